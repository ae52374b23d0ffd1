#include "query/parse.hpp"

#include <charconv>
#include <utility>

#include "query/cursor.hpp"
#include "query/lists.hpp"

namespace earshot::query {
namespace {

using Type = Node::Type;

std::string named(const Node& node) {
  return node.field == Field::finding ? node.kind + ":" : "a field";
}

// May it stand beside NEAR: does what it finds have a place in the text, or in time?
void check_near(const Node& node, std::string_view sign) {
  switch (node.type) {
    case Type::near:
      return;
    case Type::any:
      for (const Node& child : node.children) check_near(child, sign);
      return;
    case Type::all:
      throw Fault(std::string(sign) + " joins words and groups of OR, not AND: join them by NEAR too", node.begin);
    case Type::none_of:
      throw Fault(std::string(sign) + " cannot join what is left out: write NOT ( … " + std::string(sign) + " … )",
                  node.begin);
    case Type::term:
      if (is_text(node.field) || node.field == Field::subject || node.field == Field::finding ||
          node.field == Field::logo || node.field == Field::has)
        return;
      throw Fault(std::string(sign) + " joins what has a place in the text, and " + named(node) + " has none",
                  node.begin);
  }
}

class Parser {
 public:
  Parser(std::string_view text, const ParseOptions& options) : in_(text), options_(options) {}

  Node whole() {
    in_.skip_blanks();
    if (in_.ended()) in_.fail("the query is empty: write a word, or a field as has:mention");
    Node root = either(0);
    if (!in_.ended()) in_.fail("')' closes nothing: remove it, or open a '(' before");
    return root;
  }

 private:
  // What the words inside lang:(de OR fr) and exact:( … ) belong to.
  struct Scope {
    Field field = Field::text;
    std::string kind;
    bool exact = false;
  };

  Node either(int depth) {
    check_depth(depth);
    return several(Type::any, depth);
  }
  void check_depth(int depth) const {
    if (depth > kMaxQueryDepth) in_.fail("the query is nested more than 64 deep");
  }

  // Operands joined by OR, or by AND or nothing.
  Node several(Type type, int depth) {
    const bool any = type == Type::any;
    Node all;
    all.type = type, all.begin = in_.at();
    for (;;) {
      all.children.push_back(any ? several(Type::all, depth) : chain(depth));
      all.end = all.children.back().end;
      in_.skip_blanks();
      if (in_.ended() || in_.peek() == ')') break;
      const std::size_t joint = in_.at();
      const bool takes_joint = in_.takes_word(any ? "OR" : "AND");
      if (!any && !takes_joint && in_.sees_word("OR")) break;
      if (any && !takes_joint) break;
      if (takes_joint && (in_.ended() || in_.peek() == ')'))
        Cursor::fail(std::string(any ? "OR" : "AND") + " has nothing behind it: write what it joins, or remove it",
                     joint);
    }
    if (all.children.size() == 1) return Node(std::move(all.children.front()));
    return all;
  }

  // Operands joined by NEAR/n and ONEAR/n, from the left.
  Node chain(int depth) {
    Node left = negated(depth);
    for (int joined = 0;; ++joined) {
      in_.skip_blanks();
      const std::size_t at = in_.at();
      Nearness near;
      if (!takes_near(near)) return left;
      check_depth(depth + joined);
      const std::string sign(in_.text().substr(at, in_.at() - at));
      check_near(left, sign);
      in_.skip_blanks();
      if (in_.ended() || in_.peek() == ')')
        Cursor::fail(sign + " has nothing behind it: write what is near, or remove it", at);
      Node right = negated(depth);
      check_near(right, sign);
      Node pair;
      pair.type = Type::near, pair.near = near, pair.begin = left.begin, pair.end = right.end;
      pair.children.push_back(std::move(left)), pair.children.push_back(std::move(right));
      left = std::move(pair);
    }
  }

  bool sees_near() const {
    return in_.sees("NEAR/") || in_.sees("ONEAR/") || in_.sees_word("NEAR") || in_.sees_word("ONEAR");
  }
  bool takes_near(Nearness& near) {
    if (!sees_near()) return false;
    const std::size_t begin = in_.at();
    near.rule = in_.skip('O') ? Nearness::Rule::ordered : Nearness::Rule::pair;
    in_.move_to(in_.at() + 4);
    const std::string sign(in_.text().substr(begin, in_.at() - begin));
    if (!in_.skip('/')) Cursor::fail(sign + " needs a distance: write " + sign + "/5", begin);
    distance(near, sign);
    return true;
  }

  // 5, 5s, 500ms, 2m
  void distance(Nearness& near, const std::string& sign) {
    const std::size_t begin = in_.at();
    const std::string_view text = in_.word();
    std::int64_t number = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    constexpr std::int64_t kMillisecond = 1'000'000;
    const std::int64_t scale = unit == "s"    ? 1000 * kMillisecond
                               : unit == "ms" ? kMillisecond
                               : unit == "m"  ? 60'000 * kMillisecond
                                              : 0;
    near.in_time = scale != 0;
    if (error != std::errc{} || number < 0 || (!near.in_time && !unit.empty()))
      Cursor::fail("the distance of " + sign + " is a number of words, or a time as 5s: write 5, 5s, 500ms or 2m",
                   begin);
    if (!near.in_time && number > kMaxNear) Cursor::fail("words can be at most 1000 words apart", begin);
    if (near.in_time && number > 86'400'000) Cursor::fail("the time is longer than any video", begin);
    near.most = near.in_time ? number * scale : number;
  }

  Node negated(int depth) {
    check_depth(depth);
    const std::size_t begin = in_.at();
    const bool dash = in_.skip('-');
    if (!dash && !in_.takes_word("NOT")) return operand(depth);
    if (in_.ended() || in_.peek() == ')' || (dash && in_.at_blank()))
      Cursor::fail(std::string(dash ? "'-'" : "NOT") + " has nothing behind it: write what it leaves out", begin);
    Node node;
    node.type = Type::none_of, node.begin = begin;
    node.children.push_back(negated(depth + 1));
    node.end = node.children.back().end;
    return node;
  }

  Node operand(int depth) {
    for (const std::string_view word : {"AND", "OR"})
      if (in_.sees_word(word))
        in_.fail(std::string(word) + " has nothing before it: write what it joins, or quote it as a word");
    if (sees_near()) in_.fail("NEAR has nothing before it: write what it joins, or quote it as a word");
    if (in_.peek() == '(') return group(depth);
    if (in_.at_quote()) return phrase(in_.at());
    if (in_.sees("@list:")) return list();
    const bool text = is_text(scope_.field);
    if (text && in_.peek() == '/') return regex(in_.at());
    const std::size_t begin = in_.at();
    const std::string_view name = in_.name();
    if (!name.empty() && in_.peek() == ':' && (text || is_field(name))) return fielded(name, begin, depth);
    in_.move_to(begin);
    if (in_.peek() == '+') in_.skip('+');  // what other tools call required
    if (in_.at_edge() || in_.peek() == ':')
      in_.fail(std::string("'") + shown() + "' cannot stand here: quote it to look for it");
    return term(begin, in_.at(), in_.word(), Node::Form::word);
  }

  std::string shown() const { return in_.ended() ? "+" : std::string(1, in_.peek()); }

  Node group(int depth) {
    const std::size_t open = in_.at();
    in_.skip('(');
    in_.skip_blanks();
    if (in_.peek() == ')') Cursor::fail("'(' holds nothing: write a term, or remove it", open);
    if (in_.ended()) Cursor::fail("'(' is not closed: add a ')'", open);
    Node node = either(depth + 1);
    if (in_.ended()) Cursor::fail("'(' is not closed: add a ')'", open);
    in_.skip(')');
    node.begin = open, node.end = in_.at();
    if (in_.peek() != '~') return node;
    if (node.type != Type::all) in_.fail("'~' needs two or more parts in its group: write (a b)~5");
    for (const Node& child : node.children) check_near(child, "'~'");
    node.type = Type::near;
    slop(node);
    return node;
  }

  void slop(Node& node) {
    in_.skip('~');
    node.near.rule = Nearness::Rule::group;
    distance(node.near, "'~'");
    node.end = in_.at();
  }

  bool is_field(std::string_view name) const {
    const std::string low = lower(name);
    return field_named(low).field != Field::finding || is_known_kind(low);
  }

  Node fielded(std::string_view name, std::size_t begin, int depth) {
    Scope scope = scope_named(name, begin);
    if (!is_text(scope_.field) || (!is_text(scope.field) && (scope_.field != Field::text || scope_.exact)))
      Cursor::fail("a field stands inside another: close the '(' of the first", begin);
    in_.skip(':');
    if (in_.ended() || in_.at_blank() || in_.peek() == ')')
      in_.fail("the field has no value: write it right behind the ':'");
    if (is_text(scope.field)) {
      scope.exact = scope_.exact || scope.field == Field::exact;
      if (scope.field == Field::exact) scope.field = scope_.field;
    }
    std::swap(scope_, scope);
    Node node = value(depth, begin);
    std::swap(scope_, scope);
    node.begin = begin;
    return node;
  }

  Node value(int depth, std::size_t begin) {
    if (in_.peek() == '(') return group(depth + 1);
    if (in_.at_quote()) return phrase(begin);
    if (in_.sees("@list:")) return list();
    if (is_text(scope_.field)) {
      if (in_.peek() == '/') return regex(begin);
      const std::size_t at = in_.at();
      const std::string_view name = in_.name();
      const bool nested = !name.empty() && in_.peek() == ':' && field_named(lower(name)).field != Field::finding;
      if (nested) check_depth(depth + 1);
      if (nested) return fielded(name, at, depth + 1);
      in_.move_to(at);
    }
    const std::size_t at = in_.at();
    return term(begin, at, in_.word(), Node::Form::word);
  }

  static Scope scope_named(std::string_view name, std::size_t begin) {
    const std::string low = lower(name);
    const FieldName field = field_named(low);
    if (field.field == Field::finding) {
      if (const auto meant = meant_by(low))
        Cursor::fail("there is no field '" + low + "': did you mean " + std::string(*meant) + "?", begin);
      if (low == "http" || low == "https")
        Cursor::fail("'" + low + ":' reads as a field: quote a link to look for it", begin);
    }
    return {field.field, field.kind, false};
  }

  Node phrase(std::size_t begin) {
    const std::size_t open = in_.at();
    const std::string_view inside = in_.quoted();
    Node node = term(begin, open + 1, inside, Node::Form::phrase);
    node.value_at = static_cast<std::size_t>(inside.data() - in_.text().data());
    if (in_.peek() != '~' || !is_text(scope_.field)) return node;
    return spread(std::move(node));
  }

  // "a b"~n: its words, in any order.
  Node spread(Node node) {
    Node near;
    near.type = Type::near, near.begin = node.begin;
    for (Cursor words(node.value); words.skip_blanks(), !words.ended();) {
      const std::size_t at = words.at();
      while (!words.ended() && !words.at_blank()) words.move_to(words.at() + 1);
      Node& word = near.children.emplace_back(node);
      word.value = node.value.substr(at, words.at() - at);
      word.begin = word.value_at = node.value_at + at, word.end = word.begin + word.value.size();
      count_term();
    }
    if (near.children.size() < 2) in_.fail("'~' needs two or more words in its quotes: write \"a b\"~5");
    slop(near);
    return near;
  }

  Node regex(std::size_t begin) {
    const std::size_t at = in_.at() + 1;
    const std::string_view inside = in_.regex();
    return term(begin, at, inside, Node::Form::regex);
  }

  Node list() {
    const std::size_t begin = in_.at();
    in_.move_to(begin + 6);
    const std::string name(in_.at_quote() ? in_.quoted() : in_.word());
    Node any;
    any.type = Type::any, any.begin = begin, any.end = in_.at();
    for (const std::string& line : read_list(name, options_, begin)) {
      if (++list_terms_ > kMaxListTerms) Cursor::fail("the lists of the query hold more than 20000 lines", begin);
      const bool quoted = line.size() > 2 && line.front() == '"' && line.back() == '"';
      const bool phrase = quoted || line.find_first_of(" \t") != std::string::npos;
      any.children.push_back(leaf(begin, begin, quoted ? line.substr(1, line.size() - 2) : line,
                                  phrase ? Node::Form::phrase : Node::Form::word));
    }
    return any;
  }

  Node term(std::size_t begin, std::size_t value_at, std::string_view value, Node::Form form) {
    count_term();
    return leaf(begin, value_at, std::string(value), form);
  }
  Node leaf(std::size_t begin, std::size_t value_at, std::string value, Node::Form form) const {
    Node node;
    node.begin = begin, node.end = in_.at();
    node.field = scope_.field, node.kind = scope_.kind, node.exact = scope_.exact;
    node.form = form, node.value = std::move(value), node.value_at = value_at;
    return node;
  }
  void count_term() {
    if (++terms_ > kMaxTerms) in_.fail("the query has more than 2000 terms");
  }

  Cursor in_;
  const ParseOptions& options_;
  std::size_t terms_ = 0, list_terms_ = 0;
  Scope scope_;
};

}  // namespace

Node parse(std::string_view text, const ParseOptions& options) {
  if (text.size() > kMaxQuery) throw Fault("the query is longer than 64 KiB", kMaxQuery);
  return Parser(text, options).whole();
}

}  // namespace earshot::query

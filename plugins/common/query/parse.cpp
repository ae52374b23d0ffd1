#include "query/parse.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

namespace earshot::query {
namespace {

constexpr std::pair<std::string_view, Field> kFields[] = {
    {"text", Field::text},           {"has", Field::has},       {"subject", Field::subject},
    {"detector", Field::detector},   {"kind", Field::kind},     {"platform", Field::platform},
    {"author", Field::author},       {"lang", Field::language}, {"language", Field::language},
    {"country", Field::country},     {"source", Field::source}, {"id", Field::id},
    {"parent", Field::parent},       {"score", Field::score},   {"followers", Field::followers},
    {"following", Field::following}, {"likes", Field::likes},   {"reposts", Field::reposts},
    {"replies", Field::replies},     {"views", Field::views}};

bool is_number(Field field) {
  return field >= Field::score;
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

std::string lower(std::string_view text) {
  std::string all(text);
  std::transform(all.begin(), all.end(), all.begin(), [](char c) { return lower(c); });
  return all;
}

// One letter changed, added, left out, or two swapped.
bool is_near(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  if (a.size() - b.size() > 1 || b.size() < 3) return false;
  const auto at = static_cast<std::size_t>(std::mismatch(b.begin(), b.end(), a.begin()).first - b.begin());
  if (at == b.size()) return true;
  if (a.size() > b.size()) return a.substr(at + 1) == b.substr(at);
  if (a.substr(at + 1) == b.substr(at + 1)) return true;
  return at + 1 < b.size() && a[at] == b[at + 1] && a[at + 1] == b[at] && a.substr(at + 2) == b.substr(at + 2);
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Node whole() {
    skip_space();
    if (at_ == text_.size()) fail("the query is empty: write a word, or a field as has:mention");
    Node root = either(0);
    if (at_ < text_.size()) fail("')' closes nothing: remove it, or open a '(' before");
    return root;
  }

 private:
  // The field that the words inside lang:(de OR fr) belong to.
  struct Scope {
    Field field = Field::text;
    std::string name;
  };

  [[noreturn]] void fail(const std::string& message) const { fail(message, at_); }
  [[noreturn]] static void fail(const std::string& message, std::size_t at) { throw Fault(message, at); }

  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }
  // An operator is a word of its own in capitals.
  bool sees(std::string_view word) const {
    if (!text_.substr(at_).starts_with(word)) return false;
    const std::size_t end = at_ + word.size();
    return end == text_.size() || is_space(text_[end]) || text_[end] == '(' || text_[end] == ')';
  }
  bool takes(std::string_view word) {
    if (!sees(word)) return false;
    at_ += word.size();
    skip_space();
    return true;
  }

  Node either(int depth) {
    if (depth > kMaxQueryDepth) fail("the query is nested more than 64 deep");
    return several(Node::Type::any, depth);
  }

  // Operands joined by OR, or by AND or nothing.
  Node several(Node::Type type, int depth) {
    const bool any = type == Node::Type::any;
    Node all;
    all.type = type;
    for (;;) {
      all.children.push_back(any ? several(Node::Type::all, depth) : negated(depth));
      skip_space();
      if (at_ == text_.size() || text_[at_] == ')') break;
      const std::size_t joint = at_;
      const bool takes_joint = any ? takes("OR") : takes("AND");
      if (!any && !takes_joint && sees("OR")) break;
      if (any && !takes_joint) break;
      if (takes_joint && (at_ == text_.size() || text_[at_] == ')'))
        fail(std::string(any ? "OR" : "AND") + " has nothing behind it: write what it joins, or remove it", joint);
    }
    if (all.children.size() == 1) return Node(std::move(all.children.front()));
    return all;
  }

  Node negated(int depth) {
    if (depth > kMaxQueryDepth) fail("the query is nested more than 64 deep");
    const std::size_t begin = at_;
    const bool dash = at_ < text_.size() && text_[at_] == '-';
    if (dash) ++at_;
    if (!dash && !takes("NOT")) return operand(depth);
    if (at_ == text_.size() || text_[at_] == ')' || (dash && is_space(text_[at_])))
      fail(std::string(dash ? "'-'" : "NOT") + " has nothing behind it: write what it leaves out", begin);
    Node node;
    node.type = Node::Type::none_of;
    node.children.push_back(negated(depth + 1));
    return node;
  }

  Node operand(int depth) {
    for (const std::string_view word : {"AND", "OR"})
      if (sees(word)) fail(std::string(word) + " has nothing before it: write what it joins, or quote it as a word");
    if (text_[at_] == '(') return group(depth);
    if (++terms_ > kMaxTerms) fail("the query has more than 2000 terms");
    if (text_[at_] == '"') return term(at_, quoted(), true);
    const std::size_t begin = at_;
    const std::string_view word = bare();
    if (at_ == text_.size() || text_[at_] != ':' || word.empty()) {
      if (word.empty()) fail(std::string("'") + text_[at_] + "' cannot stand here: quote it to look for it");
      return term(begin, word, false);
    }
    if (scope_.field != Field::text) fail("a field stands inside another: close the '(' of the first", begin);
    ++at_;
    return fielded(field_named(word, begin), depth);
  }

  Node group(int depth) {
    const std::size_t open = at_++;
    skip_space();
    if (at_ < text_.size() && text_[at_] == ')') fail("'(' holds nothing: write a term, or remove it", open);
    if (at_ == text_.size()) fail("'(' is not closed: add a ')'", open);
    Node node = either(depth + 1);
    if (at_ == text_.size()) fail("'(' is not closed: add a ')'", open);
    ++at_;
    return node;
  }

  Node fielded(Scope scope, int depth) {
    if (at_ == text_.size() || is_space(text_[at_]) || text_[at_] == ')')
      fail("the field has no value: write it right behind the ':'");
    std::swap(scope_, scope);
    const bool grouped = text_[at_] == '(';
    const std::size_t begin = at_;
    const bool is_phrase = text_[at_] == '"';
    Node node = grouped ? group(depth) : term(begin, is_phrase ? quoted() : value(), is_phrase);
    std::swap(scope_, scope);
    return node;
  }

  Scope field_named(std::string_view word, std::size_t begin) const {
    const std::string name = lower(word);
    const auto found = std::find_if(std::begin(kFields), std::end(kFields), [&](auto& f) { return f.first == name; });
    if (found != std::end(kFields)) return {found->second, {}};
    for (const auto& field : kFields)
      if (field.first.size() > 3 && is_near(field.first, name))
        fail("there is no field '" + name + "': did you mean " + std::string(field.first) + "?", begin);
    if (name == "http" || name == "https")
      fail(std::string("'").append(name) + ":' reads as a field: quote a link to look for it", begin);
    return {Field::finding, name};
  }

  // Up to a blank, a bracket or a quote; a ':' ends it too where a field name may stand.
  std::string_view bare() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !is_space(text_[at_]) &&
           std::string_view("():\"").find(text_[at_]) == std::string_view::npos)
      ++at_;
    return text_.substr(begin, at_ - begin);
  }
  std::string_view value() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !is_space(text_[at_]) &&
           std::string_view("()\"").find(text_[at_]) == std::string_view::npos)
      ++at_;
    return text_.substr(begin, at_ - begin);
  }
  std::string_view quoted() {
    const std::size_t open = at_++;
    const std::size_t close = text_.find('"', at_);
    if (close == std::string_view::npos) fail("the quote is not closed: add a '\"'", open);
    const std::string_view inside = text_.substr(at_, close - at_);
    if (std::all_of(inside.begin(), inside.end(), is_space)) fail("the quotes hold nothing", open);
    at_ = close + 1;
    return inside;
  }

  Node term(std::size_t begin, std::string_view value, bool is_phrase) const {
    Node node;
    node.field = scope_.field, node.name = scope_.name, node.value = value;
    if (is_number(node.field)) return range(node, value, begin), node;
    if (node.field == Field::text && !is_phrase && value.ends_with('*')) {
      node.value.pop_back(), node.is_prefix = true;
      if (node.value.empty()) fail("'*' needs the beginning of a word before it", begin);
    }
    if (node.field == Field::author && node.value.size() > 1 && node.value[0] == '@') node.value.erase(0, 1);
    if (node.field != Field::text && node.field != Field::id && node.field != Field::parent)
      node.value = lower(node.value);
    return node;
  }

  static void range(Node& node, std::string_view value, std::size_t begin) {
    std::string_view text = value;
    const auto take = [&](std::string_view sign) {
      return text.starts_with(sign) && (text.remove_prefix(sign.size()), true);
    };
    if (const std::size_t dots = text.find(".."); dots != text.npos) {
      const std::string_view low = text.substr(0, dots), high = text.substr(dots + 2);
      if (low.empty() && high.empty()) fail("'..' needs a number on one side at least", begin);
      if (!low.empty()) node.from = number(low, begin);
      if (!high.empty()) node.to = number(high, begin + dots + 2);
      if (node.from > node.to) fail("the range ends before it begins: swap its numbers", begin);
    } else if (take(">=")) {
      node.from = number(text, begin + 2);
    } else if (take("<=")) {
      node.to = number(text, begin + 2);
    } else if (take(">")) {
      node.from = number(text, begin + 1), node.from_open = true;
    } else if (take("<")) {
      node.to = number(text, begin + 1), node.to_open = true;
    } else {
      take("=");
      node.from = node.to = number(text, begin + value.size() - text.size());
    }
  }

  static double number(std::string_view text, std::size_t begin) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number))
      fail(std::string("'").append(text.substr(0, 40)) + "' is no number: write as 10, >10, <=10 or 10..50", begin);
    return number;
  }

  std::string_view text_;
  std::size_t at_ = 0, terms_ = 0;
  Scope scope_;
};

}  // namespace

Node parse(std::string_view text) {
  if (text.size() > kMaxQuery) throw Fault("the query is longer than 64 KiB", kMaxQuery);
  return Parser(text).whole();
}

}  // namespace earshot::query

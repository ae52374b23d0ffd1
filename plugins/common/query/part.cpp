#include "query/part.hpp"

#include <algorithm>
#include <utility>

#include "query/fault.hpp"

namespace earshot::query {
namespace {

using Type = Node::Type;

constexpr std::size_t kMaxRegexes = 50;

bool is_term(const Node& node, Field field) {
  return node.type == Type::term && node.field == field;
}
// subject:acme, or subject:(acme OR rival)
bool is_all_of(const Node& node, Field field) {
  return is_term(node, field) ||
         (node.type == Type::any && std::all_of(node.children.begin(), node.children.end(),
                                                [&](const Node& child) { return is_term(child, field); }));
}
// Has it something that a score can be about?
bool takes_score(const Node& node) {
  if (node.type == Type::none_of) return false;
  if (node.type != Type::term) return std::any_of(node.children.begin(), node.children.end(), takes_score);
  return is_sense(node.field) || (is_finding(node.field) && node.field != Field::score);
}

class Compiler {
 public:
  explicit Compiler(const SearchFold& fold) : fold_(fold) {}

  Part part(const Node& node, const std::shared_ptr<const Scope>& outer) {
    Part made;
    made.begin = node.begin, made.end = node.end, made.scope = outer;
    switch (node.type) {
      case Type::all:
        made.type = Part::Type::all;
        made.scope = scope_of(node, outer);
        break;
      case Type::any:
        made.type = Part::Type::any;
        break;
      case Type::none_of:
        made.type = Part::Type::none_of;
        break;
      case Type::near:
        made.type = Part::Type::near, made.near = node.near;
        made.copy_of = copies(node);
        break;
      case Type::term:
        return term(node, std::move(made));
    }
    const bool scored = node.type == Type::all && std::any_of(node.children.begin(), node.children.end(), takes_score);
    for (const Node& child : node.children) {
      made.children.push_back(part(child, made.scope));
      if (scored && is_term(child, Field::score)) made.children.back().type = Part::Type::said;
    }
    return made;
  }

 private:
  Part term(const Node& node, Part made) {
    if (!is_text(node.field)) {
      made.type = Part::Type::field;
      made.field = field_term(node, fold_);
      return made;
    }
    if (node.form == Node::Form::regex && ++regexes_ > kMaxRegexes)
      throw Fault("the query has more than 50 regular expressions", node.begin);
    made.type = Part::Type::text;
    made.text = text_term(node, fold_);
    made.is_sense = is_sense(node.field);
    return made;
  }

  // What the list says itself takes the place of what the lists around it say.
  std::shared_ptr<const Scope> scope_of(const Node& node, const std::shared_ptr<const Scope>& outer) {
    std::vector<std::string> subjects, detectors;
    std::shared_ptr<Scope> scope;
    const auto own = [&]() -> Scope& {
      if (scope == nullptr) scope = std::make_shared<Scope>(*outer);
      return *scope;
    };
    for (const Node& child : node.children) {
      if (is_all_of(child, Field::subject)) add_values(child, subjects);
      if (is_all_of(child, Field::detector)) add_values(child, detectors);
      if (is_term(child, Field::score)) {
        own().has_score = true;
        own().score = number_range(child.value, child.value_at);
      }
    }
    if (!subjects.empty()) own().subjects = std::move(subjects);
    if (!detectors.empty()) own().detectors = std::move(detectors);
    return scope == nullptr ? outer : scope;
  }
  void add_values(const Node& node, std::vector<std::string>& to) {
    if (node.type == Type::term) return void(to.push_back(fold_.fold(node.value)));
    for (const Node& child : node.children) add_values(child, to);
  }

  static std::vector<std::size_t> copies(const Node& node) {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const Node& child = node.children[i];
      std::size_t same = i;
      for (std::size_t j = 0; j < i && same == i; ++j)
        if (child.type == Type::term && node.children[j].type == Type::term && child.value == node.children[j].value &&
            child.field == node.children[j].field)
          same = j;
      all.push_back(same);
    }
    return all;
  }

  const SearchFold& fold_;
  std::size_t regexes_ = 0;
};

}  // namespace

Part compile(const Node& node, const SearchFold& fold) {
  return Compiler(fold).part(node, std::make_shared<const Scope>());
}

}  // namespace earshot::query

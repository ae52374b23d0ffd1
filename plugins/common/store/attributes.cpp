#include "store/attributes.hpp"

#include <simdjson.h>

namespace earshot::store {

struct Attributes::Parsed {
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  bool any = false;
};

Attributes::Attributes() : parsed_(std::make_unique<Parsed>()) {}
Attributes::~Attributes() = default;

void Attributes::read(std::string_view json) {
  constexpr std::size_t kMost = 1 << 20;
  simdjson::dom::element root;
  parsed_->any = !json.empty() && json.size() <= kMost &&
                 parsed_->parser.parse(json.data(), json.size(), true).get(root) == simdjson::SUCCESS &&
                 root.get(parsed_->object) == simdjson::SUCCESS;
}

std::string_view Attributes::text(std::string_view key) const {
  std::string_view found;
  return parsed_->any && parsed_->object[key].get(found) == simdjson::SUCCESS ? found : std::string_view{};
}

double Attributes::real(std::string_view key, double otherwise) const {
  double found = 0;
  return parsed_->any && parsed_->object[key].get(found) == simdjson::SUCCESS ? found : otherwise;
}

}  // namespace earshot::store

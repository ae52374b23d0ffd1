// values.hpp: attributes as they stand in a store, a JSON object, as values again. One thread.
#pragma once

#include <simdjson.h>

#include <deque>
#include <string_view>
#include <vector>

#include "earshot/types.hpp"
#include "post/memory.hpp"

namespace earshot::replay {

// A text that lives as long as the batch.
ear_str keep(std::string_view text, post::Memory& memory);

class Values {
 public:
  void clear() { arrays_.clear(); }
  struct Array {
    const ear_value* first = nullptr;
    std::uint32_t count = 0;
  };
  // None where the text is no object. Valid until clear().
  Array read(std::string_view json, post::Memory& memory);

 private:
  ear_value value(std::string_view key, const simdjson::dom::element& from, post::Memory& memory, int depth);
  simdjson::dom::parser parser_;
  std::deque<std::vector<ear_value>> arrays_;
};

}  // namespace earshot::replay

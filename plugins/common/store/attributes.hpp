// attributes.hpp: reads the attributes of a finding or an alert, which stand in the store as one object of JSON. What
// is no such object has none. One instance for one thread; it keeps its memory.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace earshot::store {

class Attributes {
 public:
  Attributes();
  ~Attributes();
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;

  void read(std::string_view json);  // what was read before is forgotten
  // Valid until the next read(). Empty where there is no such text.
  std::string_view text(std::string_view key) const;
  double real(std::string_view key, double otherwise) const;

 private:
  struct Parsed;
  std::unique_ptr<Parsed> parsed_;
};

}  // namespace earshot::store

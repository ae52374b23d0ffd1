// alerts.hpp: writes alerts with their evidence, and gaps. A higher revision replaces what stands there.
// One instance for one thread.
#pragma once

#include "post/writer.hpp"
#include "store/database.hpp"

namespace earshot::store {

class Alerts {
 public:
  explicit Alerts(const Database& database);
  void write(const ear_alert& alert, std::uint64_t revision);
  void write(const ear_gap& gap);

 private:
  const Database& database_;
  Statement alert_, remove_evidence_, evidence_, gap_;
  post::Writer json_;
};

// Sixteen bytes, the high half first, as an alert's id stands in the store.
struct IdBytes {
  explicit IdBytes(ear_id id);
  std::string_view view() const { return {bytes, sizeof bytes}; }
  char bytes[16];
};

}  // namespace earshot::store

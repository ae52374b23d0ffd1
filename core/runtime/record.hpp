// record.hpp: posts, alerts and gaps as bytes of the host's own: in the outbox and among the dead letters. Version 1;
// what an older host wrote, a newer one reads. Free functions, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "earshot/abi.h"
#include "runtime/arena.hpp"

namespace earshot::host {

// One delivery to a sink, or one post. The union of what ear_delivery may carry.
struct Record {
  std::uint32_t kind = 0;  // EAR_DELIVERY_POST …
  ear_id id{};
  std::uint64_t revision = 0;
  ear_post post{};
  ear_author author{};
  ear_alert alert{};
  ear_gap gap{};
};

// The delivery that the record is. It points into the record.
ear_delivery delivery_of(const Record& record);

std::string encode(const ear_delivery& delivery);
std::string encode(const ear_post& post);
// Everything that the record points to lies in `arena`. False: the bytes are no record.
bool decode(std::string_view bytes, Arena& arena, Record& out);

}  // namespace earshot::host

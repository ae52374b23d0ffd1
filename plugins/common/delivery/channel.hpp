// channel.hpp: how one message goes out. What a delivering sink is made of besides its options. One thread at a time,
// the deliverer's.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

#include "delivery/envelope.hpp"

namespace earshot::delivery {

struct Outcome {
  enum class Kind {
    sent,
    later,    // not now: tried again
    refused,  // this message can never be taken; others can
    trouble   // nothing can be delivered until somebody acts, as with a wrong password; tried again, slowly
  };
  Kind kind = Kind::sent;
  std::string answer;                       // for people: "200 OK", "connection refused"
  std::chrono::nanoseconds retry_after{0};  // as the receiver asks; 0: it does not say
};

using Stopped = std::function<bool()>;  // true: come back soon, with `later`

class Channel {
 public:
  Channel() = default;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  virtual ~Channel() = default;

  virtual std::size_t most_alerts() const { return 20; }  // in one message
  virtual bool each_step() const { return false; }        // see Policy
  virtual Outcome send(const Envelope& envelope, const Stopped& stopped) = 0;
};

}  // namespace earshot::delivery

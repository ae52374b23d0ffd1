// door_client.hpp: asks the door of a running pipeline. Blocks; one thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace earshot::host {

// Gets `target` ("/tap?component=store") from the door at `address` (host:port) and hands on line by line as they
// come, until `line` returns false or the answer ends. False: it broke off, because the run has ended. Throws Failure:
// nobody is there, or the door's answer is a refusal, whose text is the message.
bool follow(const std::string& address, const std::string& target, const std::function<bool(std::string_view)>& line);

// `text` so that it may stand as a value in a target.
std::string percent_encoded(std::string_view text);

}  // namespace earshot::host

// error.hpp: how a component says that something failed. Throw it; the SDK turns it into a status at the boundary.
// Values, free to use from any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstring>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "earshot/abi.h"

namespace earshot {

// What went wrong, for the host to act on: retry, stop the component, or set a post aside.
class Error : public std::runtime_error {
 public:
  Error(ear_status code, const std::string& message) : std::runtime_error(message), status(code) {}

  Error& after(std::chrono::nanoseconds delay) & { return retry_after = delay, *this; }
  Error&& after(std::chrono::nanoseconds delay) && { return std::move(after(delay)); }
  Error&& at_post(std::uint32_t index) && { return post = index, std::move(*this); }
  Error&& at_option(std::string name, std::uint64_t byte = 0) && {
    return option = std::move(name), offset = byte, std::move(*this);
  }

  ear_status status;
  std::chrono::nanoseconds retry_after{0};  // 0: the host backs off by itself
  std::uint32_t post = EAR_NONE;
  std::string option;
  std::uint64_t offset = 0;  // byte in the option's text
};

// This input is wrong and stays wrong. Thrown for one post, that post becomes a dead letter.
inline Error invalid(const std::string& message) {
  return {EAR_INVALID, message};
}
// Not now; the host makes the same call again.
inline Error again(const std::string& message) {
  return {EAR_AGAIN, message};
}
inline Error rate_limited(const std::string& message) {
  return {EAR_RATE_LIMITED, message};
}
inline Error io_failure(const std::string& message) {
  return {EAR_IO, message};
}
// Refused: the component stops until somebody acts.
inline Error not_allowed(const std::string& message) {
  return {EAR_AUTH, message};
}
inline Error unsupported(const std::string& message) {
  return {EAR_UNSUPPORTED, message};
}
inline Error cancelled() {
  return {EAR_CANCELLED, "cancelled"};
}

namespace detail {

template <std::size_t N>
void copy_text(char (&to)[N], std::string_view text) noexcept {
  std::size_t length = text.size() < N - 1 ? text.size() : N - 1;
  while (length < text.size() && length > 0 && (text[length] & 0xC0) == 0x80) --length;  // no half character
  std::memcpy(to, text.data(), length);
  to[length] = 0;
}

inline ear_status report(ear_error* out, const Error& error) noexcept {
  if (out != nullptr) {
    out->post = error.post;
    out->retry_after = error.retry_after.count();
    out->offset = error.offset;
    copy_text(out->option, error.option);
    copy_text(out->message, error.what());
  }
  return error.status;
}

// Runs `body` and turns what it throws into a status: the only way out of C++ into the host.
template <class Body>
ear_status guarded(ear_error* out, Body&& body) noexcept {
  try {
    return body();
  } catch (const Error& error) {
    return report(out, error);
  } catch (const std::bad_alloc&) {
    if (out != nullptr) copy_text(out->message, "out of memory");
  } catch (const std::exception& error) {
    if (out != nullptr) copy_text(out->message, error.what());
  } catch (...) {
    if (out != nullptr) copy_text(out->message, "something was thrown that is no std::exception");
  }
  if (out != nullptr) out->post = EAR_NONE;
  return EAR_INTERNAL;
}

}  // namespace detail
}  // namespace earshot

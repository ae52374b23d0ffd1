// parse.hpp: the text of a query into its tree. Free functions; any thread.
//
//   acme "customer service"          both in the text (AND may be left out)
//   acme OR rival, NOT x, -x, ( )    OR binds weaker than AND
//   acm*                             words that begin so
//   has:mention  subject:acme        about findings; sentiment:negative is a finding of that kind and value
//   lang:(de OR fr)  likes:10..50    about the post
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

#include "query/node.hpp"

namespace earshot::query {

inline constexpr std::size_t kMaxQuery = 65536, kMaxTerms = 2000;
inline constexpr int kMaxQueryDepth = 64;

// What is wrong with a query, and at which byte.
struct Fault : std::runtime_error {
  Fault(const std::string& message, std::size_t byte) : std::runtime_error(message), offset(byte) {}
  std::size_t offset;
};

// Throws Fault.
Node parse(std::string_view text);

}  // namespace earshot::query

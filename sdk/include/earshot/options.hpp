// options.hpp: a plain struct of typed options that is its own schema and documentation.
//
//   struct LoudnessOptions {
//     double share;
//     static constexpr auto schema() {
//       return earshot::schema(earshot::option<&LoudnessOptions::share>(
//           "share", "Capitals among the letters from which a post counts as loud", {.fallback = "0.6", .max = 1}));
//     }
//   };
//
// The type of the member gives the type of the option. An option without fallback is required, unless its member is
// a std::optional. Everything here is constant or a value.
#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "earshot/abi.h"
#include "earshot/types.hpp"

namespace earshot {

struct Bytes {  // a size: 64MiB
  std::int64_t count = 0;
};
struct Url {
  std::string text;
};
struct Query {
  std::string text;
  std::filesystem::path folder;  // from which names of files in it count; empty: the working directory
};
struct Secret {  // the name of a secret; its value is shown by Host::secret alone
  std::string name;
};

// The words that a pipeline writes for an enumeration, in the order of its values, as
//   template <> inline constexpr const char* earshot::choices<Mode>[] = {"fast", "exact", nullptr};
template <class Enumeration>
inline constexpr const char* choices[] = {nullptr};

struct OptionRules {
  const char* fallback = nullptr;  // YAML
  double min = 0, max = 0;         // of numbers, seconds, bytes and list lengths; both 0: no bounds
  const char* example = nullptr;   // YAML
  std::uint32_t flags = 0;         // EAR_OPTION_RELOADABLE, EAR_OPTION_DEPRECATED
};

namespace detail {

template <class T>
struct OptionType;

template <std::uint32_t Type>
struct Scalar {
  static constexpr std::uint32_t type = Type, element = 0;
  static constexpr bool optional = false;
  static constexpr const char* const* words = nullptr;
};

template <>
struct OptionType<std::string> : Scalar<EAR_TEXT> {
  static std::string read(const ear_value& v) { return std::string(view(v.text)); }
};
template <>
struct OptionType<bool> : Scalar<EAR_BOOLEAN> {
  static bool read(const ear_value& v) { return v.integer != 0; }
};
template <std::integral T>
struct OptionType<T> : Scalar<EAR_INTEGER> {
  static T read(const ear_value& v) { return static_cast<T>(v.integer); }
};
template <std::floating_point T>
struct OptionType<T> : Scalar<EAR_REAL> {
  static T read(const ear_value& v) { return static_cast<T>(v.real); }
};
template <class Rep, class Period>
struct OptionType<std::chrono::duration<Rep, Period>> : Scalar<EAR_DURATION> {
  static auto read(const ear_value& v) {
    return std::chrono::duration_cast<std::chrono::duration<Rep, Period>>(Duration{v.integer});
  }
};
template <>
struct OptionType<Time> : Scalar<EAR_TIME> {
  static Time read(const ear_value& v) { return time(v.integer); }
};
template <>
struct OptionType<Bytes> : Scalar<EAR_SIZE> {
  static Bytes read(const ear_value& v) { return {v.integer}; }
};
template <>
struct OptionType<std::filesystem::path> : Scalar<EAR_PATH> {
  static std::filesystem::path read(const ear_value& v) { return view(v.text); }
};
template <>
struct OptionType<Url> : Scalar<EAR_URL> {
  static Url read(const ear_value& v) { return {std::string(view(v.text))}; }
};
template <>
struct OptionType<Query> : Scalar<EAR_QUERY> {
  static Query read(const ear_value& v) { return {std::string(view(v.text)), Value(v)["folder"].text()}; }
};
template <>
struct OptionType<Secret> : Scalar<EAR_SECRET> {
  static Secret read(const ear_value& v) { return {std::string(view(v.text))}; }
};
template <class T>
requires std::is_enum_v<T>
struct OptionType<T> : Scalar<EAR_CHOICE> {
  static constexpr const char* const* words = choices<T>;
  static T read(const ear_value& v) { return static_cast<T>(v.integer); }
};
template <class T>
struct OptionType<std::vector<T>> {
  static constexpr std::uint32_t type = EAR_LIST, element = OptionType<T>::type;
  static constexpr bool optional = false;
  static constexpr const char* const* words = OptionType<T>::words;
  static std::vector<T> read(const ear_value& v) {
    std::vector<T> all;
    for (std::uint32_t i = 0; i < v.count; ++i) all.push_back(OptionType<T>::read(v.items[i]));
    return all;
  }
};
template <class T>
struct OptionType<std::map<std::string, T>> {
  static constexpr std::uint32_t type = EAR_MAP, element = OptionType<T>::type;
  static constexpr bool optional = false;
  static constexpr const char* const* words = OptionType<T>::words;
  static std::map<std::string, T> read(const ear_value& v) {
    std::map<std::string, T> all;
    for (std::uint32_t i = 0; i < v.count; ++i) all.emplace(view(v.items[i].key), OptionType<T>::read(v.items[i]));
    return all;
  }
};
template <class T>
struct OptionType<std::optional<T>> : OptionType<T> {
  static constexpr bool optional = true;
  static std::optional<T> read(const ear_value& v) {
    if (v.type == EAR_UNSET) return std::nullopt;
    return OptionType<T>::read(v);
  }
};

template <class T>
struct MemberOf;
template <class Owner, class Type>
struct MemberOf<Type Owner::*> {
  using owner = Owner;
  using type = Type;
};

}  // namespace detail

template <auto Member>
struct Option {
  ear_option line;
};

template <auto Member>
constexpr Option<Member> option(const char* name, const char* doc, OptionRules rules = {}) {
  using Type = detail::OptionType<typename detail::MemberOf<decltype(Member)>::type>;
  const bool required = rules.fallback == nullptr && !Type::optional;
  return {ear_option{sizeof(ear_option), Type::type, Type::element,
                     rules.flags | (required ? std::uint32_t{EAR_OPTION_REQUIRED} : 0u), name, doc, rules.fallback,
                     rules.example, rules.min, rules.max, Type::words}};
}

template <auto... Members>
struct Schema {
  std::array<ear_option, sizeof...(Members)> lines;

  template <class Options>
  static void fill(Options& options, const ear_value* values) {
    std::size_t i = 0;
    ((options.*Members = detail::OptionType<typename detail::MemberOf<decltype(Members)>::type>::read(values[i++])),
     ...);
  }
};

template <auto... Members>
constexpr Schema<Members...> schema(Option<Members>... options) {
  return {{options.line...}};
}

struct NoOptions {
  static constexpr Schema<> schema() { return {}; }
};

}  // namespace earshot

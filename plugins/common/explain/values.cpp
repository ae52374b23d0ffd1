#include "explain/values.hpp"

#include <algorithm>

#include "model/hash.hpp"

namespace earshot::explain {
namespace {

constexpr std::size_t kMostValues = 120, kLongest = 120;
constexpr std::size_t kWords = 3;  // of a term

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

}  // namespace

std::uint64_t hash_of(Kind kind, std::string_view text) {
  return model::combine(static_cast<std::uint64_t>(kind) + 1, model::hash(text));
}

std::string link_of(std::string_view link) {
  if (const std::size_t scheme = link.find("://"); scheme != link.npos) link.remove_prefix(scheme + 3);
  link = link.substr(0, link.find_first_of("?#"));
  while (!link.empty() && std::string_view(".,;:!?'/)…").find(link.back()) != std::string_view::npos)
    link.remove_suffix(1);
  std::string all(link);
  const std::size_t host = std::min(all.find('/'), all.size());
  std::transform(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(host), all.begin(), lower);
  if (all.starts_with("www.")) all.erase(0, 4);
  return all.size() < 4 || all.find('.') == all.npos ? std::string() : all.substr(0, kLongest);
}

void Values::add(Kind kind, std::string text, std::uint32_t words) {
  if (text.empty() || text.size() > kLongest || values_.size() >= kMostValues) return;
  const std::uint64_t hash = hash_of(kind, text);
  const auto same = [&](const Value& v) { return v.hash == hash; };
  if (std::none_of(values_.begin(), values_.end(), same)) values_.push_back({hash, kind, words, std::move(text)});
}

const std::vector<Value>& Values::of(const Seen& seen) {
  values_.clear(), phrases_.clear(), tokens_.clear();
  add(Kind::platform, seen.platform), add(Kind::language, seen.language), add(Kind::place, seen.place);
  if (!seen.author.empty()) add(Kind::author, seen.platform + "/" + seen.author);
  tokens_.read(seen.text, seen.text.size());
  for (const model::Token& token : tokens_.all())
    if (token.kind == model::TokenKind::link)
      add(Kind::link, link_of(std::string_view(seen.text).substr(token.begin, token.end - token.begin)));
  phrases_.read(seen.text, seen.text.size());
  const auto& all = phrases_.all(kWords, [&](std::uint32_t, std::uint32_t begin, std::uint32_t end) {
    return std::any_of(seen.names.begin(), seen.names.end(),
                       [&](const Span& name) { return begin < name.end && end > name.begin; });
  });
  for (const phrases::Phrase& phrase : all) {
    std::string text = phrases_.normal(phrase);
    const Kind kind = text.starts_with('#') ? Kind::hashtag : Kind::term;
    add(kind, std::move(text), phrase.words);
  }
  return values_;
}

}  // namespace earshot::explain

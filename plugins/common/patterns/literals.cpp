#include "patterns/literals.hpp"

#include <hs.h>

#include <new>
#include <stdexcept>

#include "patterns/cache.hpp"

namespace earshot::patterns {
namespace {

hs_database* compile(const std::vector<std::string>& literals) {
  std::vector<const char*> expressions;
  std::vector<std::size_t> lengths;
  std::vector<unsigned> ids;
  for (const std::string& literal : literals) {
    if (literal.empty()) throw std::runtime_error("an empty literal is in every text: there is nothing to look for");
    ids.push_back(static_cast<unsigned>(ids.size()));
    expressions.push_back(literal.data());
    lengths.push_back(literal.size());
  }
  const std::vector<unsigned> flags(literals.size(), 0);
  hs_database* database = nullptr;
  hs_compile_error_t* error = nullptr;
  if (hs_compile_lit_multi(expressions.data(), flags.data(), ids.data(), lengths.data(),
                           static_cast<unsigned>(literals.size()), HS_MODE_BLOCK, nullptr, &database,
                           &error) == HS_SUCCESS)
    return database;
  const std::string message = error != nullptr ? error->message : "no reason given";
  hs_free_compile_error(error);
  throw std::runtime_error("vectorscan cannot compile the literals: " + message);
}

}  // namespace

void Literals::Free::operator()(hs_database* database) const {
  hs_free_database(database);
}

void LiteralScratch::Free::operator()(hs_scratch* scratch) const {
  hs_free_scratch(scratch);
}

Literals::Literals(std::vector<std::string> literals, const std::filesystem::path& cache)
    : literals_(std::move(literals)) {
  if (literals_.empty()) return;
  if (!cache.empty()) database_.reset(load(cache, literals_));
  cached_ = database_ != nullptr;
  if (cached_) return;
  database_.reset(compile(literals_));
  if (!cache.empty()) keep(cache, literals_, database_.get());
}

// A literal is as long as it is, so its start needs no bookkeeping by vectorscan.
void Literals::scan(std::string_view text, LiteralScratch& scratch, OnHit on_hit, void* use) const {
  if (database_ == nullptr || text.empty()) return;
  if (text.size() > UINT32_MAX) throw std::length_error("a text of 4 GiB or more cannot be searched");
  struct Context {
    const std::vector<std::string>& literals;
    OnHit on_hit;
    void* use;
  } context{literals_, on_hit, use};
  const auto on_match = [](unsigned id, unsigned long long, unsigned long long to, unsigned, void* raw) {
    const Context& c = *static_cast<const Context*>(raw);
    const auto end = static_cast<std::uint32_t>(to);
    c.on_hit(c.use, {id, end - static_cast<std::uint32_t>(c.literals[id].size()), end});
    return 0;
  };
  if (hs_scan(database_.get(), text.data(), static_cast<unsigned>(text.size()), 0, scratch.scratch_.get(), on_match,
              &context) != HS_SUCCESS)
    throw std::runtime_error("vectorscan failed on a block of text");
}

LiteralScratch::LiteralScratch(const Literals& literals) {
  hs_scratch* raw = nullptr;
  if (literals.database_ != nullptr && hs_alloc_scratch(literals.database_.get(), &raw) != HS_SUCCESS)
    throw std::bad_alloc();
  scratch_.reset(raw);
}

}  // namespace earshot::patterns

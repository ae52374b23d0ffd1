// store: the service earshot.store/1 over the files of the sqlite sink.
#include <earshot/services/store.h>
#include <earshot/service.hpp>

#include "store/reader.hpp"
#include "store/schema.hpp"
#include "store/writer.hpp"

struct ear_store {
  earshot::store::Reader reader;
};

namespace {

using earshot::view;
using earshot::detail::guarded;
using earshot::store::Reader;
using earshot::store::RowUse;

constexpr std::chrono::seconds kPatience{30};  // until a sink's transaction is over

// Asks the reader and hands each row on.
template <class Ask>
ear_status asked(ear_store* store, ear_store_row row, void* user, ear_error* error, Ask&& ask) {
  return guarded(error, [&] {
    ask(store->reader, [&](const ear_value* columns, std::uint32_t count) { return row(user, columns, count) == 0; });
    return ear_status{EAR_OK};
  });
}

ear_status open_store(ear_str path, ear_store** store, ear_error* error) noexcept {
  return guarded(error, [&] {
    *store = new ear_store{Reader(std::filesystem::path(view(path)))};
    return ear_status{EAR_OK};
  });
}
void close_store(ear_store* store) noexcept {
  delete store;
}

ear_status state(ear_store* store, ear_store_row row, void* user, ear_error* error) noexcept {
  return asked(store, row, user, error, [](Reader& r, const RowUse& use) { r.state(use); });
}
ear_status posts(ear_store* store, const ear_store_filter* filter, ear_store_row row, void* user,
                 ear_error* error) noexcept {
  return asked(store, row, user, error, [&](Reader& r, const RowUse& use) { r.posts(*filter, use); });
}
ear_status segments(ear_store* store, std::int64_t post, ear_store_row row, void* user, ear_error* error) noexcept {
  return asked(store, row, user, error, [&](Reader& r, const RowUse& use) { r.segments(post, use); });
}
ear_status findings(ear_store* store, std::int64_t post, ear_store_row row, void* user, ear_error* error) noexcept {
  return asked(store, row, user, error, [&](Reader& r, const RowUse& use) { r.findings(post, use); });
}
ear_status alerts(ear_store* store, const ear_store_filter* filter, ear_store_row row, void* user,
                  ear_error* error) noexcept {
  return asked(store, row, user, error, [&](Reader& r, const RowUse& use) { r.alerts(*filter, use); });
}
ear_status counts(ear_store* store, const ear_store_filter* filter, ear_store_row row, void* user,
                  ear_error* error) noexcept {
  return asked(store, row, user, error, [&](Reader& r, const RowUse& use) { r.counts(*filter, use); });
}
ear_status query(ear_store* store, ear_str sql, const ear_value* parameters, std::uint32_t count, std::uint64_t limit,
                 ear_store_row row, void* user, ear_error* error) noexcept {
  return asked(store, row, user, error,
               [&](Reader& r, const RowUse& use) { r.query(view(sql), parameters, count, limit, use); });
}

ear_status erase(ear_str path, ear_str platform, ear_str author, std::uint64_t* posts, ear_error* error) noexcept {
  return guarded(error, [&] {
    const std::filesystem::path file(view(path));
    if (!std::filesystem::exists(file)) throw earshot::invalid("there is no store '" + file.string() + "'");
    const earshot::store::Database database = earshot::store::open_for_writing(file, kPatience);
    const auto removed = earshot::store::Writer(database).erase(view(platform), view(author));
    if (!removed)
      throw earshot::invalid(
          std::string("the store knows no author ").append(view(platform)).append("/").append(view(author)));
    *posts = static_cast<std::uint64_t>(*removed);
    return ear_status{EAR_OK};
  });
}

constexpr ear_store_1 kTable{
    sizeof(ear_store_1), 0, open_store, close_store, state, posts, segments, findings, alerts, counts, query, erase};

class Store : public earshot::Service<> {
 public:
  static constexpr earshot::Info info{"store",
                                      "Reads what the sqlite sink has written, for commands and other plugins"};
  static constexpr const char* offers[] = {EAR_STORE_1, nullptr};
  const void* table(std::string_view id) { return id == EAR_STORE_1 ? &kTable : nullptr; }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.store", "1.0.0", "Earshot", "Apache-2.0", "Reads the stores of the sqlite sink", Store)

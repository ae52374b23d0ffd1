#include "store/show.hpp"

#include "post/time.hpp"
#include "post/writer.hpp"

namespace earshot::store {

std::string time_text(const Row& row, std::string_view column) {
  if (!row.has(column)) return "?";
  char text[post::kTimeText + 2];
  std::string out(text, post::write_time(text, row.integer(column)));
  out.resize(19);  // without fractions
  out[10] = ' ';
  return out + " UTC";
}

std::string json(const Row& row) {
  std::string out;
  row.as_map([&](const ear_value& map) {
    post::Writer writer;
    writer.value(map);
    out = writer.text();
  });
  return out;
}

std::string json(const Rows& rows) {
  std::string out = "[";
  for (const Row& row : rows) out.append(out.size() == 1 ? "" : ",").append(json(row));
  return out += ']';
}

std::string json(std::string_view text) {
  post::Writer writer;
  writer.value(text_value("", text));
  return std::string(writer.text());
}

}  // namespace earshot::store

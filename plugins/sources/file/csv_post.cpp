#include "csv_post.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "csv_time.hpp"
#include "earshot/error.hpp"
#include "post/reader.hpp"

namespace earshot::file {
namespace {

constexpr std::string_view kAttributes = "attributes.", kAuthor = "author.";

constexpr std::pair<std::string_view, ear_str ear_post::*> kTexts[] = {
    {"platform", &ear_post::platform}, {"id", &ear_post::id},
    {"kind", &ear_post::kind},         {"url", &ear_post::url},
    {"language", &ear_post::language}, {"country", &ear_post::country},
    {"parent", &ear_post::parent},     {"repost_of", &ear_post::repost_of}};
constexpr std::pair<std::string_view, std::int64_t ear_post::*> kCounts[] = {{"likes", &ear_post::likes},
                                                                             {"reposts", &ear_post::reposts},
                                                                             {"replies", &ear_post::replies},
                                                                             {"views", &ear_post::views}};
constexpr std::pair<std::string_view, ear_time ear_post::*> kTimes[] = {{"published", &ear_post::published},
                                                                        {"collected", &ear_post::collected}};
constexpr std::pair<std::string_view, ear_str ear_author::*> kAuthorTexts[] = {
    {"id", &ear_author::id},   {"handle", &ear_author::handle}, {"name", &ear_author::name},
    {"url", &ear_author::url}, {"bio", &ear_author::bio},       {"place", &ear_author::place}};
constexpr std::pair<std::string_view, std::int64_t ear_author::*> kAuthorCounts[] = {
    {"followers", &ear_author::followers}, {"following", &ear_author::following}, {"posts", &ear_author::posts}};
constexpr std::string_view kOthers[] = {"title", "text", "media", "author", "author.created"};

template <class Table>
auto* find(const Table& table, std::string_view name) {
  const auto found = std::find_if(std::begin(table), std::end(table), [&](auto& line) { return line.first == name; });
  return found == std::end(table) ? nullptr : &*found;
}

bool is_field(std::string_view name) {
  if (find(kTexts, name) != nullptr || find(kCounts, name) != nullptr || find(kTimes, name) != nullptr) return true;
  if (std::find(std::begin(kOthers), std::end(kOthers), name) != std::end(kOthers)) return true;
  if (name.starts_with(kAttributes)) return name.size() > kAttributes.size();
  if (!name.starts_with(kAuthor)) return false;
  name.remove_prefix(kAuthor.size());
  return find(kAuthorTexts, name) != nullptr || find(kAuthorCounts, name) != nullptr;
}

}  // namespace

std::string unknown_field(const std::map<std::string, std::string>& fields) {
  for (const auto& [field, column] : fields)
    if (!is_field(field))
      return "a post has no field '" + field +
             "': take platform, id, published, text, title, author, url, language, country, kind, parent, repost_of, "
             "likes, reposts, replies, views, media, collected, author.name and its like, or attributes.NAME";
  return {};
}

CsvPost::CsvPost(const CsvOptions& options, const std::vector<std::string_view>& header)
    : options_(options), columns_(header.size()) {
  std::vector<std::string> bound;
  for (const auto& [field, column] : options.columns) {
    const auto named = std::find(header.begin(), header.end(), column);
    auto place = static_cast<std::size_t>(named - header.begin());
    if (named == header.end()) {  // not by its name: by its number?
      std::size_t number = 0;
      const auto [end, error] = std::from_chars(column.data(), column.data() + column.size(), number);
      const bool counts = error == std::errc{} && end == column.data() + column.size() && number > 0;
      if (!counts || (options.header && number > header.size()))
        throw invalid("there is no column '" + column + "' for the post's " + field);
      place = number - 1;
    }
    bind(field, place);
  }
  for (std::size_t i = 0; options.header && i < header.size(); ++i) {
    const std::string name(header[i]);
    const bool taken = std::any_of(bound_.begin(), bound_.end(), [&](const Bound& b) { return b.field == name; });
    if (is_field(name) && !taken && !options.constants.contains(name)) bind(name, i);
  }
}

void CsvPost::bind(const std::string& field, std::size_t column) {
  has_id_ |= field == "id";
  bound_.push_back({field, column});
}

const ear_post* CsvPost::read(const std::vector<std::string_view>& fields, std::string_view id) {
  if (!options_.header && columns_ == 0) columns_ = fields.size();  // the first row tells how many there are
  if (fields.size() != columns_)
    return refuse("ragged: the row has " + std::to_string(fields.size()) + " fields, the first one " +
                  std::to_string(columns_)),
           nullptr;
  post_ = make_post(), author_ = make_author();
  title_ = text_ = {};
  attributes_.clear();
  post_.platform = str("csv");
  if (!has_id_) post_.id = str(id);
  for (const auto& [field, text] : options_.constants)
    if (!set(field, text)) return nullptr;
  for (const Bound& bound : bound_)
    if (bound.column >= fields.size() || !set(bound.field, fields[bound.column]))
      return bound.column >= fields.size() ? (refuse("ragged: the row has no column for " + bound.field), nullptr)
                                           : nullptr;
  return complete() ? &post_ : nullptr;
}

// A field that is empty is not said.
bool CsvPost::set(std::string_view field, std::string_view text) {
  if (text.empty()) return true;
  if (const auto* line = find(kTexts, field)) return post_.*(line->second) = str(text), true;
  if (const auto* line = find(kCounts, field)) return count(field, text, post_.*(line->second));
  if (const auto* line = find(kTimes, field)) return time(field, text, post_.*(line->second));
  if (field == "title") return title_ = text, true;
  if (field == "text") return text_ = text, true;
  if (field == "media")
    return media_ = make_media(EAR_MEDIA_IMAGE, text), post_.media = &media_, post_.media_count = 1, true;
  if (field.starts_with(kAttributes))
    return attributes_.push_back(text_value(field.substr(kAttributes.size()), text)), true;
  return set_author(field, text);
}

bool CsvPost::set_author(std::string_view field, std::string_view text) {
  post_.author = &author_;
  if (field == "author") {
    if (text.size() > 1 && text[0] == '@') text.remove_prefix(1);
    return author_.handle = str(text), true;
  }
  field.remove_prefix(kAuthor.size());
  if (const auto* line = find(kAuthorTexts, field)) return author_.*(line->second) = str(text), true;
  if (const auto* line = find(kAuthorCounts, field)) return count(field, text, author_.*(line->second));
  return time(field, text, author_.created);
}

// Also 12.0: a column with holes is exported so by some tools.
bool CsvPost::count(std::string_view field, std::string_view text, std::int64_t& to) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size())
    return refuse("wrong type: " + std::string(field) + " is no number");
  if (!(number >= 0 && number < 9e15) || number != std::floor(number))
    return refuse("wrong value: " + std::string(field) + " is no whole number from 0 on");
  return to = static_cast<std::int64_t>(number), true;
}

bool CsvPost::time(std::string_view field, std::string_view text, ear_time& to) {
  const auto read = read_export_time(text);
  if (!read) return refuse("not a time: " + std::string(field) + " is in no form that is known");
  return to = *read, true;
}

bool CsvPost::complete() {
  if (post_.id.len == 0) return refuse("no id: every post has one");
  if (post_.id.len > post::kMaxId) return refuse("too long: id has more than 1024 bytes");
  if (post_.platform.len > post::kMaxPlatform) return refuse("too long: platform has more than 64 bytes");
  if (post_.published == EAR_TIME_NONE)
    return refuse("not a time: published is not told; name its column in `columns`");
  if (post_.author != nullptr && author_.id.len == 0) author_.id = author_.handle;
  std::uint32_t n = 0;
  if (!title_.empty()) segments_[n++] = make_segment(EAR_TITLE, title_);
  if (!text_.empty()) segments_[n++] = make_segment(EAR_BODY, text_);
  post_.segments = segments_, post_.segment_count = n;
  post_.attributes = attributes_.data(), post_.attribute_count = static_cast<std::uint32_t>(attributes_.size());
  return true;
}

}  // namespace earshot::file

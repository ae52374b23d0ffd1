#include "pipeline_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

namespace earshot::look {
namespace {

// A string of JSON is one of YAML, whatever a file is called.
std::string quoted(const std::string& text) {
  std::string out = boost::json::serialize(boost::json::string(text));
  for (std::size_t at = 0; (at = out.find("${", at)) != std::string::npos; at += 8) out.replace(at, 1, "\\u0024");
  return out;
}

// Detectors one behind the other, as far as they are there.
class Chain {
 public:
  Chain(const Wish& wish, std::size_t sources) : wish_(wish) {
    for (std::size_t i = 0; i < sources; ++i) last_ += fmt::format("{}files{}", i == 0 ? "[" : ", ", i);
    last_ += ']';
  }
  void add(const char* id, const char* plugin, const std::string& options = {}) {
    if (!wish_.plugins.contains(plugin)) return;
    text_ += fmt::format("  {}: {{plugin: {}, from: {}{}}}\n", id, plugin, last_, options);
    last_ = id;
  }
  const std::string& text() const { return text_; }
  const std::string& last() const { return last_; }

 private:
  const Wish& wish_;
  std::string text_, last_;
};

}  // namespace

std::string posts_name(std::size_t source) {
  return fmt::format("posts-{}.ndjson", source);
}

std::vector<std::string> posts_texts(const Wish& wish, std::size_t sources) {
  std::vector<std::string> all(std::min(std::max<std::size_t>(sources, 1), wish.files.size()));
  for (std::size_t i = 0; i < wish.files.size(); ++i) {
    const boost::json::object post{{"platform", "file"},
                                   {"id", std::to_string(i) + '-' + wish.files[i].stem().string()},
                                   {"published", 0},
                                   {"media", boost::json::array{{{"path", wish.files[i].string()}}}}};
    all[i % all.size()] += boost::json::serialize(post) + '\n';
  }
  return all;
}

std::string pipeline_text(const Wish& wish, std::size_t sources, const std::filesystem::path& folder) {
  const auto in_folder = [&](const char* name) { return quoted((folder / name).string()); };
  std::set<std::string> folders;
  for (const std::filesystem::path& file : wish.files) folders.insert(quoted(file.parent_path().string()));
  // The logos of a watchlist lie where its paths say, seen from here.
  folders.insert(quoted(std::filesystem::current_path().string()));
  std::string out = "pipeline: look\nlisten: \"off\"\n";
  if (wish.watchlist) out += fmt::format("watchlist: !include {}\n", quoted(wish.watchlist->string()));
  out += fmt::format("services:\n  media: {{plugin: media, folders: [{}], cache: {}}}\n", fmt::join(folders, ", "),
                     in_folder("cache"));
  out += "sources:\n";
  for (std::size_t i = 0; i < sources; ++i)
    out += fmt::format("  files{}: {{plugin: file, path: {}}}\n", i, in_folder(posts_name(i).c_str()));
  Chain chain(wish, sources);
  chain.add("lettering", "ocr", fmt::format(", languages: [{}]", fmt::join(wish.languages, ", ")));
  chain.add("subtitles", "captions");
  if (wish.model) chain.add("transcripts", "transcript", ", model: " + quoted(wish.model->string()));
  if (wish.watchlist) {
    chain.add("spoken", "speech");
    chain.add("names", "brand_text");
    chain.add("logos", "logo");
  }
  if (!chain.text().empty()) out += "detectors:\n" + chain.text();
  out +=
      fmt::format("sinks:\n  found: {{plugin: ndjson, from: {}, path: {}}}\n", chain.last(), in_folder("found.ndjson"));
  if (wish.annotate && wish.plugins.contains("annotate"))
    out += fmt::format("  drawn: {{plugin: annotate, from: {}, folder: {}, only_found: no}}\n", chain.last(),
                       quoted(wish.annotate->string()));
  return out;
}

std::vector<std::string> left_out(const Wish& wish) {
  const std::pair<const char*, const char*> all[] = {{"ocr", "lettering is not read"},
                                                     {"logo", "logos are not looked for"},
                                                     {"speech", "spoken names are not listened for"},
                                                     {"video", "sound and video are not decoded"},
                                                     {"annotate", "no annotated pictures are written"}};
  std::vector<std::string> out;
  for (const auto& [plugin, loss] : all)
    if (!wish.plugins.contains(plugin))
      out.push_back(fmt::format("{}: the plugin {} is not here; `earshot plugins` tells what it needs", loss, plugin));
  if (!wish.watchlist) out.push_back("only what is read or captioned is shown; --watchlist names brands to look for");
  return out;
}

}  // namespace earshot::look

#include "backup/manifest.hpp"

#include <boost/json.hpp>
#include <fstream>
#include <iterator>

#include "earshot/error.hpp"

namespace earshot::backup {
namespace {

namespace json = boost::json;
constexpr int kForm = 1;

// A name in the folder and no way out of it.
std::string name_in(const json::value& value) {
  std::string name(value.as_string());
  if (name.empty() || name.find('/') != name.npos || name[0] == '.')
    throw invalid("the backup names a file that is not in its folder");
  return name;
}

}  // namespace

void write(const Manifest& manifest, const std::filesystem::path& folder) {
  json::array files;
  for (const Copy& copy : manifest.copies)
    files.push_back(json::object{{"name", copy.name},
                                 {"from", copy.from.string()},
                                 {"kind", copy.kind},
                                 {"bytes", copy.bytes},
                                 {"blake2b", copy.fingerprint}});
  std::ofstream out(folder / kManifest);
  out << json::serialize(json::object{{"form", kForm},
                                      {"pipeline", manifest.pipeline},
                                      {"made", manifest.made},
                                      {"sealed", manifest.sealed},
                                      {"files", std::move(files)}})
      << '\n';
  if (!out.flush()) throw io_failure("cannot write '" + (folder / kManifest).string() + "'");
}

Manifest read(const std::filesystem::path& folder) {
  std::ifstream in(folder / kManifest);
  if (!in) throw invalid("'" + folder.string() + "' holds no backup: there is no " + kManifest);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  try {
    const json::object all = json::parse(text).as_object();
    if (all.at("form").to_number<int>() != kForm) throw invalid("this backup was made by a newer Earshot");
    Manifest out{std::string(all.at("pipeline").as_string()),
                 std::string(all.at("made").as_string()),
                 all.at("sealed").as_bool(),
                 {}};
    for (const json::value& file : all.at("files").as_array())
      out.copies.push_back({name_in(file.at("name")), std::string(file.at("from").as_string()),
                            std::string(file.at("kind").as_string()), file.at("bytes").to_number<std::uint64_t>(),
                            std::string(file.at("blake2b").as_string())});
    return out;
  } catch (const Error&) {
    throw;
  } catch (const std::exception&) {
    throw invalid("'" + (folder / kManifest).string() + "' cannot be read as what a backup holds");
  }
}

}  // namespace earshot::backup

#include "query/lists.hpp"

#include <algorithm>
#include <fstream>

namespace earshot::query {
namespace {

std::string_view trimmed(std::string_view line) {
  constexpr std::string_view kBlanks = " \t\r";
  const std::size_t begin = line.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(kBlanks) - begin + 1);
}

}  // namespace

std::vector<std::string> read_list(std::string_view name, const ParseOptions& options, std::size_t at) {
  const std::string quoted = "'" + std::string(name.substr(0, 200)) + "'";
  if (!options.lists) throw Fault("lists from files cannot be used here: write the words into the query", at);
  const std::string place = options.lists->empty() ? "the working directory" : "'" + options.lists->string() + "'";
  const std::filesystem::path path(name);
  const bool leaves = path.is_absolute() || std::find(path.begin(), path.end(), "..") != path.end();
  if (name.empty() || leaves || name.find('\0') != std::string_view::npos)
    throw Fault("the list " + quoted + " lies outside of " + place + ": name a file inside it", at);
  const std::filesystem::path whole = *options.lists / path;
  std::error_code failed;
  if (!std::filesystem::is_regular_file(whole, failed)) throw Fault("there is no list " + quoted + " in " + place, at);
  std::ifstream in(whole, std::ios::binary);
  std::string text(kMaxList + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (in.bad()) throw Fault("the list " + quoted + " cannot be read", at);
  if (text.size() > kMaxList) throw Fault("the list " + quoted + " is larger than 1 MiB: split it", at);
  std::vector<std::string> lines;
  std::string_view rest = text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty() || line.starts_with("//")) continue;
    if (lines.size() == kMaxListLines) throw Fault("the list " + quoted + " has more than 10000 lines: split it", at);
    lines.emplace_back(line);
  }
  if (lines.empty()) throw Fault("the list " + quoted + " has no line with a word in it", at);
  return lines;
}

}  // namespace earshot::query

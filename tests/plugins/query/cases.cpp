#include "cases.hpp"

#include <fstream>
#include <map>
#include <stdexcept>

namespace earshot::query_cases {
namespace {

std::vector<std::string> columns(const std::string& line) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t tab = std::min(line.find('\t', at), line.size());
    all.push_back(line.substr(at, tab - at));
    at = line.find_first_not_of('\t', tab);
  }
  return all;
}

std::string unescaped(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == 'n' || text[i + 1] == 't');
    if (!escape)
      out += text[i];
    else
      out += text[++i] == 'n' ? '\n' : '\t';
  }
  return out;
}

}  // namespace

std::vector<Case> read_cases(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error(path + " cannot be read");
  std::map<std::string, std::string> posts;
  std::vector<Case> all;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> row = columns(line);
    const auto wrong = [&] { return std::runtime_error(path + ":" + std::to_string(number) + ": this is no case"); };
    if (row[0] == "post" && row.size() == 3) {
      posts[row[1]] = row[2];
      continue;
    }
    if (row.size() < 2 || row.size() > 3) throw wrong();
    Case one{number, row[0], unescaped(row[1]), {}, {}};
    if (row[0] == "yes" || row[0] == "no") {
      if (row.size() != 3) throw wrong();
      const auto named = posts.find(row[2]);
      one.post = named == posts.end() ? unescaped(row[2]) : named->second;
      if (row[2].starts_with("@@") && named == posts.end()) throw wrong();
    } else {
      if (row[0].find(':') == std::string::npos) throw wrong();
      one.message = row.size() == 3 ? row[2] : "";
    }
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace earshot::query_cases

// marks.hpp: a text cut where findings stand in it, so that a page can mark them. Free functions; any thread.
#pragma once

#include <boost/json.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::dashboard {

struct Mark {
  std::size_t begin, end;  // bytes [begin, end); may lie behind the text or inside of a character
  std::string kind, subject;
};

// At most `most` bytes of the text, never a part of a character.
std::string_view cut(std::string_view text, std::size_t most);

// [{text}, {text, kind, subject}, …]: joined, the text again; each piece bears the last mark that covers it.
boost::json::array pieces(std::string_view text, const std::vector<Mark>& marks);

}  // namespace earshot::dashboard

// cue_text.hpp: the text of a subtitle without its markup, the codes of languages, and what to do about text that is no
// UTF-8. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace earshot::video {

// Of an event of an ASS script as FFmpeg hands it out
// ("ReadOrder,Layer,Style,Name,MarginL,MarginR,MarginV,Effect,Text"): the text, without codes in braces and tags in
// angle brackets, its lines apart by '\n'.
std::string cue_text(std::string_view event);

// BCP 47 for a code of three letters (ISO 639-2, of either kind); empty where it says none.
std::string language_tag(std::string_view code);

// The text, read as Windows-1252 where it is no UTF-8.
std::string as_utf8(std::string_view text);

}  // namespace earshot::video

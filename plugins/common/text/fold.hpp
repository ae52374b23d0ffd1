// fold.hpp: text in the one form in which two ways of writing the same words are equal, with the way back to the
// bytes of the original.
//
// Folded are: case and compatibility forms (Unicode's NFKC_Casefold: "CAFÉ", fullwidth, composed or not), typographic
// apostrophes, and what stands between words: a run of white space, a single hyphen or a single underscore becomes one
// space ("Acme-Rockets", "acme\n rockets"). A dash among spaces becomes one hyphen: "Acme - Rockets" is no name.
//
// A Folder is constant once made: any thread. A FoldedTexts belongs to one thread and keeps its memory for the next
// use.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::text {

struct Range {
  std::uint32_t begin = 0, end = 0;
  bool operator==(const Range&) const = default;
};

class Folder;

// Several texts, folded one behind the other, with a NUL after each so that nothing matches across two.
class FoldedTexts {
 public:
  void clear() { bytes_.clear(), texts_.clear(), pieces_.clear(); }
  std::string_view bytes() const { return bytes_; }
  std::size_t size() const { return texts_.size(); }
  // Where the folded form of a text lies in bytes().
  Range place(std::size_t text) const { return {texts_[text].begin, texts_[text].end}; }
  // The bytes of the original that became bytes() [begin, end), which lie in `text`'s place. None where an end falls
  // into the middle of what came from one character (the "f" of a ligature "fi").
  std::optional<Range> original(std::size_t text, std::uint32_t begin, std::uint32_t end) const;

 private:
  friend class Folder;
  struct Text {
    std::uint32_t begin, end;                // in bytes_
    std::uint32_t first_piece, piece_count;  // 0 pieces: byte for byte
  };
  // Part of a folded text and where it came from. `linear`: byte for byte, else one whole became the other.
  struct Piece {
    std::uint32_t folded, folded_length;  // begin in bytes_
    std::uint32_t original, original_length;
    bool linear;
  };
  const Piece& piece_at(const Text& text, std::uint32_t folded) const;

  std::string bytes_;
  std::vector<Text> texts_;
  std::vector<Piece> pieces_;
};

class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void append(FoldedTexts& to, std::string_view text) const;
  std::string fold(std::string_view text) const;

 private:
  class Writer;
  struct Tables;
  std::unique_ptr<const Tables> tables_;
};

}  // namespace earshot::text

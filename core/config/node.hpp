// node.hpp: a YAML text as a tree that owns what it holds, each node with the place it stands at. Values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::host {

struct TextPlace {
  std::uint32_t file = 0;    // number in the FaultReport
  int line = 0, column = 0;  // from 1; the column in bytes; 0: the file as a whole
};

struct YamlNode {
  enum class Kind : std::uint8_t { null, text, list, map };
  // Where a leaf's text comes from. What comes from a file is secret wherever it stands.
  enum class From : std::uint8_t { literal, environment, file };

  Kind kind = Kind::null;
  From from = From::literal;
  bool plain = true;       // a text without quotes, which may be a number or a truth value
  bool duplicate = false;  // its key has been there before in the same map
  bool secret = false;     // never to be shown
  TextPlace at, key_at;    // the key's place where there is no value
  std::string key, text;
  std::string written;  // the text before interpolation, where that changed it
  std::vector<YamlNode> items;

  const YamlNode* find(std::string_view name) const;
  YamlNode* find(std::string_view name);
  // What may be shown of a leaf: never what was put in for ${…}.
  const std::string& shown() const { return written.empty() ? text : written; }
};

// "a text", "a list" …: for messages.
std::string_view kind_of(const YamlNode& node);

}  // namespace earshot::host

// The smaller parts: sniffing, data: URLs, orientation, hashes.
#include <catch2/catch.hpp>
#include <earshot/error.hpp>

#include "media/content.hpp"
#include "media/data_url.hpp"
#include "media/exif.hpp"
#include "media/made_pictures.hpp"
#include "media/sniff.hpp"

using namespace earshot::media;
using Catch::Contains;
using namespace std::string_view_literals;

TEST_CASE("a medium is what its bytes are") {
  const pictures::Pixels p = pictures::plain(4, 4, 1, 2, 3);
  CHECK(sniff(pictures::jpeg(p)).format == Format::jpeg);
  CHECK(sniff(pictures::png(p)).format == Format::png);
  CHECK(sniff(pictures::webp(p)).format == Format::webp);
  CHECK(sniff(pictures::gif({p})).format == Format::gif);
  CHECK(sniff("\0\0\0\x18"
              "ftypmp42\0\0\0\0"sv)
            .type == "video/mp4");
  CHECK(sniff("RIFF\x24\0\0\0WAVEfmt "sv).type == "audio/wav");
  CHECK(sniff("WEBVTT\n\n00:01.000 --> 00:02.000\nhi"sv).type == "text/vtt");
  CHECK(sniff("1\r\n00:00:01,000 --> 00:00:02,000\r\nhi"sv).type == "application/x-subrip");
  CHECK(sniff("\x7F"
              "ELF\x02\x01\x01\0"sv)
            .format == Format::unknown);
}

TEST_CASE("what poses as a medium is told by what it is") {
  CHECK_THAT(std::string(sniff(""sv).refusal), Contains("0 bytes"));
  CHECK_THAT(std::string(sniff("<!DOCTYPE html><html>"sv).refusal), Contains("HTML"));
  CHECK_THAT(std::string(sniff("\n  <HTML lang=en>"sv).refusal), Contains("HTML"));
  CHECK_THAT(std::string(sniff("<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>"sv).refusal),
             Contains("SVG"));
  CHECK_THAT(std::string(sniff("{\"error\": \"no\"}"sv).refusal), Contains("JSON"));
  CHECK_THAT(std::string(sniff("#EXTM3U\nfile:///etc/passwd"sv).refusal), Contains("playlist"));
  CHECK_THAT(std::string(sniff("ffconcat version 1.0\nfile /etc/passwd"sv).refusal), Contains("playlist"));
  CHECK_THAT(std::string(sniff("BMW is a car"sv).refusal), Contains("text"));
  CHECK(sniff("BM\x01"sv).format == Format::unknown);
  CHECK_THAT(std::string(sniff("%PDF-1.7"sv).refusal), Contains("PDF"));
  CHECK_THAT(std::string(sniff("\0\0\0\0\0\0\0\0"sv).refusal), Contains("zeros"));
}

TEST_CASE("a data: URL is read as base64 and with percents") {
  CHECK(data_of("data:image/png;base64,aGVsbG8=", 100) == "hello");
  CHECK(data_of("data:;base64,aGVs%0AbG8", 100) == "hello");
  CHECK(data_of("DATA:IMAGE/PNG;BASE64,aGVsbG8=", 100) == "hello");
  CHECK(data_of("data:,a%20b%00", 100) == "a b\0"sv);
  CHECK(data_of("data:,", 100).empty());
}

TEST_CASE("a data: URL that is none, or is too large, is refused") {
  for (const char* url : {"data:image/png;base64", "data:;base64,a$b", "data:,%4", "data:,%zz"})
    CHECK_THROWS_AS(data_of(url, 100), earshot::Error);
  CHECK_THROWS_WITH(data_of("data:," + std::string(101, 'x'), 100), Contains("more than 100 bytes"));
  CHECK_THROWS_WITH(data_of("data:;base64," + std::string(4000, 'A'), 100), Contains("more than 100 bytes"));
}

TEST_CASE("orientation is read in both orders of bytes, and what is broken is as it is") {
  CHECK(orientation("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"sv) == 6);
  CHECK(orientation("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0"sv) == 8);
  CHECK(orientation("MM\0*\xFF\xFF\xFF\xFF"sv) == 1);
  CHECK(orientation("MM\0*\0\0\0\x08\xFF\xFF"sv) == 1);
  CHECK(orientation("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x63\0\0\0"sv) == 1);
  CHECK(orientation("") == 1);
}

TEST_CASE("a content is named by its SHA-256 and found by that name") {
  CHECK(hex(content_of("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Hashing pieces;
  pieces.add("a"), pieces.add("bc");
  const Content whole = pieces.finish();
  CHECK(whole == content_of("abc"));
  CHECK(content_named(hex(whole)) == whole);
  CHECK_FALSE(content_named("abc"));
  CHECK_FALSE(content_named(std::string(64, 'g')));
}

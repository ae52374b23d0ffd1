// posts.hpp: posts for the fault tests, and a pipeline over them. The same numbers make the same posts. One thread.
#pragma once

#include <map>
#include <string>

#include "process.hpp"

// Two files of posts over four weeks with mentions of two brands, among them a burst and a silence: alpha.ndjson and
// beta.ndjson.
void write_posts(const Folder& folder, int count);

// A line of Earshot's post form.
std::string post_line(const std::string& platform, int number, const std::string& text);

// What the pipeline of `name` says where it differs; each is YAML in flow style.
struct Pipeline {
  std::string checkpoint = "200ms";
  int rate = 0;  // posts a second of each source; 0: as fast as they are taken
  std::string sources = {}, moody = {}, sinks = {}, more = {};
};

// Writes NAME.yaml: both files through brand_text, moody and spike into NAME.db and NAME.ndjson. Returns its path.
std::string write_pipeline(const Folder& folder, const std::string& name, const Pipeline& differs = {});

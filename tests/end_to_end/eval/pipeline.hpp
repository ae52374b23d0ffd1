// pipeline.hpp: a pipeline that finds Acme and Bolt, and stops what mentions neither. One thread.
#pragma once

#include "../verbs/at_work.hpp"

class WithPipeline : public AtWork {
 public:
  WithPipeline() {
    write("acme.yaml",
          "pipeline: acme\n"
          "state: state\n"
          "watchlist:\n  - {id: acme, names: [Acme]}\n  - {id: bolt, names: [Bolt]}\n"
          "sources:\n  posts: {plugin: file, path: none.ndjson}\n  more: {plugin: file, path: none.csv}\n"
          "detectors:\n"
          "  mentions: {plugin: brand_text, from: [posts, more]}\n"
          "  relevant: {plugin: filter, from: mentions, where: 'has:mention'}\n"
          "  unusual: {plugin: spike, from: relevant}\n"
          "sinks:\n  out: {plugin: ndjson, from: unusual, path: out.ndjson}\n");
    write("blind.yaml",
          "pipeline: blind\n"
          "watchlist:\n  - {id: acme, names: [Acne]}\n"
          "sources: {posts: {plugin: file, path: none.ndjson}}\n"
          "detectors: {mentions: {plugin: brand_text, from: posts}}\n"
          "sinks: {out: {plugin: ndjson, from: mentions, path: out.ndjson}}\n");
  }
};

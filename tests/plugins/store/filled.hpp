// filled.hpp: a store of a test's own, written by the sqlite sink, and commands that look into it. One thread.
#pragma once

#include <earshot/services/store.hpp>
#include <earshot/testing.hpp>
#include <functional>
#include <string>
#include <vector>

#include "../loaded.hpp"

namespace earshot::testing {

class Filled {
 public:
  explicit Filled(const std::function<void(SinkHarness&)>& fill) {
    SinkHarness sink(loaded("sqlite"), {{"path", path}});
    fill(sink);
    sink.write();
    sink.flush();
    sink.stop();  // the index is up to date then
  }
  const ear_store_1& table() { return *service_.table<ear_store_1>(EAR_STORE_1); }
  // A host for whoever uses the service.
  const ear_host& host() {
    host_.add_service(EAR_STORE_1, &table());
    return host_.raw();
  }
  Store open() { return Store(Host{host()}, path); }

  Folder folder;
  std::string path = folder / "acme.db";

 private:
  ServiceHarness service_{loaded("store")};
  TestHost host_;
};

// Runs a command once.
struct Ran {
  Ran(Filled& filled, const std::string& name, std::vector<Setting> options,
      std::initializer_list<std::string_view> words = {}) {
    options.push_back({"store", filled.path});
    CommandHarness command(loaded(name), std::move(options));
    command.service(EAR_STORE_1, &filled.table());
    code = command.run(words);
    out = command.out(), err = command.err();
  }
  int code = -1;
  std::string out, err;
};

// A finding on the bytes of `word` in the first segment.
inline TestFinding mention_of(const std::string& subject, const TestPost& post, const std::string& word) {
  TestFinding f;
  f.kind = "mention", f.subject = subject, f.detector = "mentions", f.score = 0.9, f.segment = 0;
  f.reason = "name: " + word;
  f.begin = static_cast<std::uint32_t>(post.segments[0].text.find(word));
  f.end = f.begin + static_cast<std::uint32_t>(word.size());
  return f;
}

}  // namespace earshot::testing

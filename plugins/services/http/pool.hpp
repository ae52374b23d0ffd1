// pool.hpp: curl's handles, kept for the connections that they hold open. Any thread, several at once.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace earshot::http {

struct EasyDelete {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, EasyDelete>;

class Pool {
 public:
  // One that has spoken with `origin` before, as a rule; it is used by one thread alone until it is given back.
  Easy take(const std::string& origin);
  void give(Easy easy, std::string origin);

 private:
  static constexpr std::size_t kMost = 16;  // that wait

  struct Idle {
    Easy easy;
    std::string origin;
  };
  std::mutex mutex_;
  std::vector<Idle> idle_;  // the last used at the end
};

}  // namespace earshot::http

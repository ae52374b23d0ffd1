// http.hpp: the service of http.h in C++. An Http may be used by any thread, several at once; answers are copies.
//
//   earshot::Http http(host());                                                        [main], in start()
//   const earshot::HttpAnswer answer = http.request({.method = "GET", .url = url});    [any]
#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "earshot/host.hpp"
#include "earshot/services/http.h"

namespace earshot {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string_view method = "GET", url = {}, body = {};
  HttpHeaders headers = {};
  bool trusted = false;  // the URL is from the pipeline file
  std::uint32_t redirects = 0;
  std::chrono::nanoseconds connect_timeout{0}, timeout{0};  // 0: what the service takes
  std::uint64_t most_bytes = 0;
  std::function<bool()> cancelled = {};
};

struct HttpAnswer {
  int status = 0;
  HttpHeaders headers;
  std::string body, url;
  std::chrono::nanoseconds retry_after{-1};  // negative: the server says nothing

  // The first header of that name, in whatever case; empty: there is none.
  std::string_view header(std::string_view name) const {
    const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
    for (const auto& [key, value] : headers) {
      bool equal = key.size() == name.size();
      for (std::size_t i = 0; equal && i < key.size(); ++i) equal = same(key[i], name[i]);
      if (equal) return value;
    }
    return {};
  }
};

class Http {
 public:
  Http() = default;
  explicit Http(const Host& host) : table_(&host.service<ear_http_1>(EAR_HTTP_1)) {}

  // Throws Error where no answer came; see ear_http_1.request.
  HttpAnswer request(const HttpRequest& r) const {
    std::vector<ear_http_header> headers;
    for (const auto& [name, value] : r.headers) headers.push_back({str(name), str(value)});
    ear_http_request raw{};
    raw.size = sizeof raw;
    raw.flags = r.trusted ? EAR_HTTP_TRUSTED : 0;
    raw.method = str(r.method), raw.url = str(r.url), raw.body = bytes(r.body);
    raw.headers = headers.data(), raw.header_count = static_cast<std::uint32_t>(headers.size());
    raw.redirects = r.redirects, raw.most_bytes = r.most_bytes;
    raw.connect_timeout = r.connect_timeout.count(), raw.timeout = r.timeout.count();
    if (r.cancelled) {
      raw.cancelled = [](void* user) { return std::int32_t{static_cast<const HttpRequest*>(user)->cancelled()}; };
      raw.user = const_cast<HttpRequest*>(&r);
    }
    Collected collected;
    ear_error error{};
    error.size = sizeof error;
    error.post = EAR_NONE;
    const ear_status status = table_->request(table_->ctx, &raw, &collect, &collected, &error);
    if (collected.thrown) std::rethrow_exception(collected.thrown);
    if (status != EAR_OK) throw Error(status, error.message);
    return std::move(collected.answer);
  }

 private:
  struct Collected {
    HttpAnswer answer;
    std::exception_ptr thrown;
  };
  static void collect(void* user, const ear_http_response* response) {
    auto& c = *static_cast<Collected*>(user);
    try {
      c.answer.status = static_cast<int>(response->status);
      c.answer.body = view(response->body), c.answer.url = view(response->url);
      c.answer.retry_after = std::chrono::nanoseconds{response->retry_after};
      for (std::uint32_t i = 0; i < response->header_count; ++i)
        c.answer.headers.emplace_back(view(response->headers[i].name), view(response->headers[i].value));
    } catch (...) {
      c.thrown = std::current_exception();
    }
  }

  const ear_http_1* table_ = nullptr;
};

}  // namespace earshot

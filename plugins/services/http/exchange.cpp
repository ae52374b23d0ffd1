#include "http/exchange.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "earshot/error.hpp"
#include "earshot/types.hpp"
#include "http/address.hpp"

namespace earshot::http {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::uint64_t kMostBytes = 16 << 20;
constexpr std::size_t kMostHeaders = 256 << 10;  // bytes
constexpr std::string_view kMethods[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};

struct UrlDelete {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
struct ListDelete {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct TextDelete {
  void operator()(char* text) const { curl_free(text); }
};

// A URL in its parts.
class Parsed {
 public:
  explicit Parsed(const std::string& text) : url_(curl_url()) {
    if (!url_) throw std::bad_alloc();
    const CURLUcode code = curl_url_set(url_.get(), CURLUPART_URL, text.c_str(), 0);
    if (code != CURLUE_OK) throw invalid(std::string("this is no URL: ") + curl_url_strerror(code));
    if (const std::string scheme = part(CURLUPART_SCHEME); scheme != "http" && scheme != "https")
      throw invalid("only http and https are spoken, not " + scheme);
    if (part(CURLUPART_HOST).empty()) throw invalid("the URL names no host");
  }
  std::string part(CURLUPart which, unsigned flags = 0) const {
    char* text = nullptr;
    if (curl_url_get(url_.get(), which, &text, flags) != CURLUE_OK) return {};
    const std::unique_ptr<char, TextDelete> owner(text);
    return text;
  }
  std::string origin() const {
    return part(CURLUPART_SCHEME) + "://" + part(CURLUPART_HOST) + ":" + part(CURLUPART_PORT, CURLU_DEFAULT_PORT);
  }
  // Where `location` leads from here.
  std::string resolved(const std::string& location) const {
    const std::unique_ptr<CURLU, UrlDelete> copy(curl_url_dup(url_.get()));
    if (!copy || curl_url_set(copy.get(), CURLUPART_URL, location.c_str(), 0) != CURLUE_OK)
      throw invalid("it redirects to what is no URL");
    char* text = nullptr;
    if (curl_url_get(copy.get(), CURLUPART_URL, &text, 0) != CURLUE_OK) throw invalid("it redirects to what is no URL");
    const std::unique_ptr<char, TextDelete> owner(text);
    return text;
  }

 private:
  std::unique_ptr<CURLU, UrlDelete> url_;
};

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c < 0x20 && c != '\t') || c == 0x7F; });
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

// What curl's callbacks need.
struct Transfer {
  const ear_http_request& request;
  Answer answer;
  std::uint64_t most = kMostBytes;
  std::size_t header_bytes = 0;
  bool through_proxy = false, too_large = false, not_public = false;
};

std::size_t take_body(char* data, std::size_t, std::size_t count, void* ctx) {
  auto& t = *static_cast<Transfer*>(ctx);
  if (t.answer.body.size() + count > t.most) return t.too_large = true, 0;
  try {
    t.answer.body.append(data, count);
  } catch (...) {
    return 0;
  }
  return count;
}

std::size_t take_header(char* data, std::size_t, std::size_t count, void* ctx) {
  auto& t = *static_cast<Transfer*>(ctx);
  std::string_view line(data, count);
  if ((t.header_bytes += count) > kMostHeaders) return t.too_large = true, 0;
  try {
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n' || line.back() == ' ')) line.remove_suffix(1);
    if (line.starts_with("HTTP/")) t.answer.headers.clear();  // those before were of a 100 or a proxy
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return count;
    std::string_view value = line.substr(colon + 1);
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
    t.answer.headers.emplace_back(line.substr(0, colon), value);
  } catch (...) {
    return 0;
  }
  return count;
}

int look_around(void* ctx, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const ear_http_request& request = static_cast<Transfer*>(ctx)->request;
  return request.cancelled != nullptr && request.cancelled(request.user) != 0 ? 1 : 0;
}

// Called with the address that the name stands for now, so that no second answer of a name server changes it. Through a
// proxy it is the proxy that resolves names, and has to refuse.
curl_socket_t open_socket(void* ctx, curlsocktype, curl_sockaddr* address) {
  auto& t = *static_cast<Transfer*>(ctx);
  if ((t.request.flags & EAR_HTTP_TRUSTED) == 0 && !t.through_proxy && !is_public(address->addr)) {
    t.not_public = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool is_certificate_fault(CURLcode code) {
  return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_ISSUER_ERROR ||
         code == CURLE_SSL_INVALIDCERTSTATUS || code == CURLE_SSL_PINNEDPUBKEYNOTMATCH;
}

std::unique_ptr<curl_slist, ListDelete> header_list(const ear_http_request& request) {
  std::unique_ptr<curl_slist, ListDelete> list;
  const auto add = [&](const std::string& line) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(list.release());
    list.reset(longer);
  };
  for (std::uint32_t i = 0; i < request.header_count; ++i) {
    const std::string_view name = view(request.headers[i].name), value = view(request.headers[i].value);
    if (!is_token(name)) throw invalid("a request header has no valid name");
    if (has_control(value) || value.find('\0') != std::string_view::npos)
      throw invalid("the request header " + std::string(name) + " holds a control character or a line break");
    add(std::string(name).append(value.empty() ? ";" : ": ").append(value));
  }
  add("Expect:");  // no second round trip before a body
  return list;
}

void set_up(CURL* easy, const Settings& settings, Transfer& t, const std::string& url, curl_slist* headers,
            char* message) {
  const ear_http_request& r = t.request;
  const auto set = [&](CURLoption option, auto value) {
    if (curl_easy_setopt(easy, option, value) == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  };
  const auto milliseconds = [](std::int64_t given, std::int64_t otherwise) {
    return static_cast<long>(std::max<std::int64_t>(1, (given > 0 ? given : otherwise) / 1'000'000));
  };
  const std::string method(view(r.method));
  set(CURLOPT_ERRORBUFFER, message);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set(CURLOPT_ACCEPT_ENCODING, "");  // all that curl can unpack
  set(CURLOPT_HTTPHEADER, headers);
  if (!settings.user_agent.empty()) set(CURLOPT_USERAGENT, settings.user_agent.c_str());
  if (!settings.ca_file.empty()) set(CURLOPT_CAINFO, settings.ca_file.c_str());
  set(CURLOPT_PROXY, settings.proxy.c_str());  // empty: none, whatever the environment says
  set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(r.connect_timeout, 10 * kSecond));
  set(CURLOPT_TIMEOUT_MS, milliseconds(r.timeout, 30 * kSecond));
  set(CURLOPT_MAXAGE_CONN, 60L);
  set(CURLOPT_WRITEFUNCTION, take_body);
  set(CURLOPT_WRITEDATA, &t);
  set(CURLOPT_HEADERFUNCTION, take_header);
  set(CURLOPT_HEADERDATA, &t);
  set(CURLOPT_XFERINFOFUNCTION, look_around);
  set(CURLOPT_XFERINFODATA, &t);
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_OPENSOCKETFUNCTION, open_socket);
  set(CURLOPT_OPENSOCKETDATA, &t);
  if (method == "HEAD") return set(CURLOPT_NOBODY, 1L);
  if (method == "GET" && r.body.len == 0) return set(CURLOPT_HTTPGET, 1L);
  set(CURLOPT_POST, 1L);
  set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(r.body.len));
  set(CURLOPT_POSTFIELDS, r.body.len == 0 ? "" : reinterpret_cast<const char*>(r.body.ptr));
  set(CURLOPT_CUSTOMREQUEST, method.c_str());
}

[[noreturn]] void fail(CURLcode code, const Transfer& t, const char* message, const std::string& origin) {
  if (t.too_large) throw unsupported(origin + ": the answer is larger than " + std::to_string(t.most) + " bytes");
  if (t.not_public)
    throw not_allowed(origin +
                      " stands for an address that is not public, and the URL is not one of the pipeline's own");
  if (code == CURLE_ABORTED_BY_CALLBACK) throw cancelled();
  if (code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  const std::string what = origin + ": " + (message[0] != 0 ? message : curl_easy_strerror(code));
  if (is_certificate_fault(code)) throw not_allowed(what + "; its certificate is not trusted");
  if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL) throw invalid(what);
  if (code == CURLE_SSL_CACERT_BADFILE) throw not_allowed(what + "; check the option `ca_file` of the service http");
  throw io_failure(what);
}

Answer once(Pool& pool, const Settings& settings, const ear_http_request& request, const std::string& url) {
  // One pool for both would let an untrusted URL use a connection into a private network.
  const std::string origin = Parsed(url).origin();
  const std::string key = origin + ((request.flags & EAR_HTTP_TRUSTED) != 0 ? " trusted" : "");
  const auto headers = header_list(request);
  Transfer t{request, {}};
  if (request.most_bytes != 0) t.most = request.most_bytes;
  t.through_proxy = !settings.proxy.empty();
  char message[CURL_ERROR_SIZE] = "";
  Easy easy = pool.take(key);
  set_up(easy.get(), settings, t, url, headers.get(), message);
  const CURLcode code = curl_easy_perform(easy.get());
  if (code != CURLE_OK) fail(code, t, message, origin);
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &t.answer.status);
  pool.give(std::move(easy), key);
  t.answer.url = url;
  return std::move(t.answer);
}

std::string header_of(const Answer& answer, std::string_view name) {
  for (const auto& [key, value] : answer.headers)
    if (curl_strnequal(key.c_str(), name.data(), name.size()) != 0 && key.size() == name.size()) return value;
  return {};
}

// Another host is never followed to: what was said to this one, headers with secrets too, is for this one alone.
bool may_follow(const std::string& from, const std::string& to) {
  const Parsed here(from), there(to);
  if (here.part(CURLUPART_HOST) != there.part(CURLUPART_HOST)) return false;
  if (here.origin() == there.origin()) return true;
  return here.part(CURLUPART_SCHEME) == "http" && there.part(CURLUPART_SCHEME) == "https" &&
         there.part(CURLUPART_PORT, CURLU_DEFAULT_PORT) == "443" &&
         here.part(CURLUPART_PORT, CURLU_DEFAULT_PORT) == "80";
}

}  // namespace

std::int64_t retry_after(std::string_view header, ear_time now) {
  if (header.empty()) return -1;
  constexpr std::int64_t kMost = 30LL * 86'400 * kSecond;
  std::int64_t seconds = 0;
  const auto read = std::from_chars(header.data(), header.data() + header.size(), seconds);
  if (read.ec == std::errc{} && read.ptr == header.data() + header.size())
    return seconds < 0 ? -1 : std::min(seconds, kMost / kSecond) * kSecond;
  const time_t at = curl_getdate(std::string(header).c_str(), nullptr);
  if (at == -1) return -1;
  return std::clamp<std::int64_t>(static_cast<std::int64_t>(at) * kSecond - now, 0, kMost);
}

Answer exchange(Pool& pool, const Settings& settings, const ear_http_request& request, ear_time now) {
  const std::string_view method = view(request.method);
  if (std::find(std::begin(kMethods), std::end(kMethods), method) == std::end(kMethods))
    throw invalid("the method is none of GET, HEAD, POST, PUT, PATCH and DELETE");
  if (has_control(view(request.url)) || view(request.url).find('\0') != std::string_view::npos)
    throw invalid("the URL holds a control character");
  std::string url(view(request.url));
  std::uint32_t left = method == "GET" || method == "HEAD" ? request.redirects : 0;
  for (;;) {
    Answer answer = once(pool, settings, request, url);
    const std::string location = header_of(answer, "Location");
    if (answer.status >= 301 && answer.status <= 308 && answer.status != 304 && !location.empty() && left > 0) {
      std::string next = Parsed(url).resolved(location);
      if (may_follow(url, next)) {
        url = std::move(next), --left;
        continue;
      }
    }
    answer.retry_after = retry_after(header_of(answer, "Retry-After"), now);
    return answer;
  }
}

}  // namespace earshot::http

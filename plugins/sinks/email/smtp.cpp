#include "email/smtp.hpp"

#include <algorithm>
#include <iterator>
#include <new>
#include <vector>

#include "delivery/words.hpp"

namespace earshot::email {

using delivery::Outcome;
using delivery::Stopped;

namespace {

struct ListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ListFree>;
struct MimeFree {
  void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};
using Mime = std::unique_ptr<curl_mime, MimeFree>;

void add(List& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  static_cast<void>(list.release());
  list.reset(longer);
}

// What was said on the wire, as far as an answer to people needs it: commands by their first word, and replies.
struct Talk {
  const Stopped& stopped;
  std::string command = "connecting";
  std::vector<std::string> refused = {};  // recipients: what the server said of each
  std::string last_reply = {};
  bool is_over = false;
};

// A line that begins with none of these is part of a login: it is not kept.
constexpr std::string_view kCommands[] = {"EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA"};

int listen(CURL*, curl_infotype type, char* data, std::size_t size, void* ctx) {
  auto& talk = *static_cast<Talk*>(ctx);
  const std::string_view text(data, size);
  try {
    if (type == CURLINFO_HEADER_OUT) {
      const std::string_view word = text.substr(0, std::min(text.find_first_of(" :\r\n"), size));
      if (std::find(std::begin(kCommands), std::end(kCommands), word) != std::end(kCommands)) talk.command = word;
      talk.is_over |= word == "QUIT";  // what is said to that is not what came of the mail
    }
    if (type != CURLINFO_HEADER_IN || text.empty() || talk.is_over) return 0;
    talk.last_reply = delivery::line(text, 200);
    if (talk.command == "RCPT" && (text[0] == '4' || text[0] == '5')) talk.refused.push_back(talk.last_reply);
  } catch (...) {
  }
  return 0;
}

int look_around(void* ctx, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Talk*>(ctx)->stopped() ? 1 : 0;
}

curl_mimepart* part(curl_mime* mime, const std::string& data, const char* type, const char* encoder) {
  curl_mimepart* made = curl_mime_addpart(mime);
  if (made == nullptr) throw std::bad_alloc();
  curl_mime_data(made, data.data(), data.size());
  curl_mime_type(made, type);
  curl_mime_encoder(made, encoder);
  return made;
}

void subparts(curl_mime* mime, Mime inner, const char* type) {
  curl_mimepart* made = curl_mime_addpart(mime);
  if (made == nullptr || curl_mime_subparts(made, inner.get()) != CURLE_OK) throw std::bad_alloc();
  static_cast<void>(inner.release());  // the part owns it
  curl_mime_type(made, type);
}

// multipart/mixed of: multipart/alternative of: text, multipart/related of: HTML and its pictures.
Mime mime_of(CURL* easy, const Letter& letter) {
  Mime related(curl_mime_init(easy)), alternative(curl_mime_init(easy)), all(curl_mime_init(easy));
  if (!related || !alternative || !all) throw std::bad_alloc();
  part(related.get(), letter.html, "text/html; charset=utf-8", "quoted-printable");
  for (const Picture& picture : letter.pictures) {
    curl_mimepart* made = part(related.get(), picture.png, "image/png", "base64");
    List headers;
    add(headers, "Content-ID: <" + picture.id + ">");
    add(headers, "Content-Disposition: inline; filename=chart.png");
    curl_mime_headers(made, headers.release(), 1);
  }
  part(alternative.get(), letter.text, "text/plain; charset=utf-8", "quoted-printable");
  subparts(alternative.get(), std::move(related), "multipart/related");
  subparts(all.get(), std::move(alternative), "multipart/alternative");
  return all;
}

Outcome outcome_of(CURLcode code, long status, const Talk& talk, const char* message) {
  const std::string said = message[0] != 0 ? message : curl_easy_strerror(code);
  const std::string text = talk.last_reply.empty() || status < 400 ? said : talk.command + ": " + talk.last_reply;
  if (code == CURLE_OK) {
    std::string answer = talk.last_reply;
    for (const std::string& refused : talk.refused) answer += "; a recipient was refused: " + refused;
    return {Outcome::Kind::sent, answer};
  }
  const bool trust = code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_USE_SSL_FAILED ||
                     code == CURLE_SSL_CACERT_BADFILE || code == CURLE_LOGIN_DENIED || code == CURLE_URL_MALFORMAT ||
                     code == CURLE_UNSUPPORTED_PROTOCOL;
  if (trust) return {Outcome::Kind::trouble, text};
  if (status < 500 || status > 599) return {Outcome::Kind::later, text};
  // What is refused after the whole mail was read is this mail; before that it is whoever sends or gets it.
  const bool is_mail = talk.command != "RCPT" && talk.command != "MAIL" && talk.command != "AUTH" &&
                       talk.command != "EHLO" && talk.command != "HELO" && talk.command != "STARTTLS" && status != 530;
  return {is_mail ? Outcome::Kind::refused : Outcome::Kind::trouble, text};
}

}  // namespace

Smtp::Smtp(Server server) : server_(std::move(server)), easy_(curl_easy_init()) {
  if (!easy_) throw std::bad_alloc();
  forget();
}

// Leaves nothing in the handle but its connection. Signals belong to the process, also when that is closed.
void Smtp::forget() {
  curl_easy_reset(easy_.get());
  curl_easy_setopt(easy_.get(), CURLOPT_NOSIGNAL, 1L);
}

Outcome Smtp::send(const Letter& letter, const Sender& sender, std::string_view password, const Stopped& stopped) {
  forget();  // of a call that was interrupted
  CURL* easy = easy_.get();
  const auto set = [&](CURLoption option, auto value) {
    if (curl_easy_setopt(easy, option, value) == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  };
  Talk talk{stopped};
  char message[CURL_ERROR_SIZE] = "";
  List headers, recipients;
  for (const std::string& header : letter.headers) add(headers, header);
  for (const Address& to : sender.to) add(recipients, "<" + to.address + ">");
  const Mime mime = mime_of(easy, letter);
  const std::string from = "<" + sender.from.address + ">", secret(password);
  set(CURLOPT_ERRORBUFFER, message);
  set(CURLOPT_URL, server_.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  set(CURLOPT_PROXY, "");
  set(CURLOPT_USE_SSL, static_cast<long>(server_.encrypted ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  if (!server_.ca_file.empty()) set(CURLOPT_CAINFO, server_.ca_file.c_str());
  if (!server_.user.empty()) {
    set(CURLOPT_USERNAME, server_.user.c_str());
    set(CURLOPT_PASSWORD, secret.c_str());
  }
  set(CURLOPT_MAIL_FROM, from.c_str());
  set(CURLOPT_MAIL_RCPT, recipients.get());
  set(CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);  // one address that has gone does not keep the others from hearing of it
  set(CURLOPT_HTTPHEADER, headers.get());
  set(CURLOPT_MIMEPOST, mime.get());
  set(CURLOPT_CONNECTTIMEOUT_MS, 15'000L);
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(std::max<std::int64_t>(1, server_.timeout.count() / 1'000'000)));
  set(CURLOPT_VERBOSE, 1L);  // to `listen` alone
  set(CURLOPT_DEBUGFUNCTION, listen);
  set(CURLOPT_DEBUGDATA, &talk);
  set(CURLOPT_XFERINFOFUNCTION, look_around);
  set(CURLOPT_XFERINFODATA, &talk);
  set(CURLOPT_NOPROGRESS, 0L);
  const CURLcode code = curl_easy_perform(easy);
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_setopt(easy, CURLOPT_MIMEPOST, nullptr);
  forget();
  return outcome_of(code, status, talk, message);
}

}  // namespace earshot::email

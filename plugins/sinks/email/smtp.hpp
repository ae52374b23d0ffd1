// smtp.hpp: brings a letter to a mail server, over curl. One thread at a time.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

#include "delivery/channel.hpp"
#include "email/letter.hpp"

namespace earshot::email {

struct Server {
  std::string url;        // smtp://host:587 or smtps://host:465
  bool encrypted = true;  // an smtp:// connection must become TLS before anything is said
  std::string ca_file;    // PEM; empty: the system's
  std::string user;
  std::chrono::nanoseconds timeout{std::chrono::seconds{60}};
};

class Smtp {
 public:
  explicit Smtp(Server server);
  // `password` is kept by nobody.
  delivery::Outcome send(const Letter& letter, const Sender& sender, std::string_view password,
                         const delivery::Stopped& stopped);

 private:
  void forget();
  struct Close {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  Server server_;
  std::unique_ptr<CURL, Close> easy_;  // with its connection
};

}  // namespace earshot::email

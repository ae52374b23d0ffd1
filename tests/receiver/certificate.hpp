// certificate.hpp: a key and a certificate that signs itself, made for a test. A value.
#pragma once

#include <string>

namespace receiver {

struct Certificate {
  std::string key, certificate;  // PEM
};

// For these names and addresses: "localhost" and "127.0.0.1", or what no test connects to.
Certificate make_certificate(const std::string& host, const std::string& address);

}  // namespace receiver

#include "observe/door_client.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "observe/door_request.hpp"

namespace earshot::host {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;

constexpr std::size_t kLongestLine = std::size_t{16} << 20;  // bytes

tcp::socket connect(asio::io_context& io, const std::string& address) {
  const Listen to = read_listen(address);
  tcp::socket socket(io);
  beast::error_code error;
  const auto found = tcp::resolver(io).resolve(to.host, std::to_string(to.port), error);
  if (!error) asio::connect(socket, found, error);
  if (error) throw Failure("Nobody answers at " + address + ": " + error.message() + ". Is the pipeline running?");
  return socket;
}

// Hands on the whole lines of `text` and keeps the rest in it. False: enough.
bool hand_on(std::string& text, const std::function<bool(std::string_view)>& line) {
  std::size_t from = 0;
  for (std::size_t end; (end = text.find('\n', from)) != text.npos; from = end + 1)
    if (!line(std::string_view(text).substr(from, end - from))) return false;
  text.erase(0, from);
  if (text.size() > kLongestLine) throw Failure("The door sent a line longer than 16 MiB.");
  return true;
}

}  // namespace

bool follow(const std::string& address, const std::string& target, const std::function<bool(std::string_view)>& line) {
  asio::io_context io;
  tcp::socket socket = connect(io, address);
  http::request<http::empty_body> request(http::verb::get, target, 11);
  request.set(http::field::host, address);
  beast::flat_buffer buffer;
  http::response_parser<http::buffer_body> parser;
  parser.body_limit(boost::none);
  beast::error_code error;
  http::write(socket, request, error);
  if (!error) http::read_header(socket, buffer, parser, error);
  if (error) throw Failure("The door at " + address + " does not answer: " + error.message() + ".");

  const bool refused = parser.get().result() != http::status::ok;
  std::string text;
  char part[16384];
  while (!parser.is_done() && !error) {
    parser.get().body().data = part;
    parser.get().body().size = sizeof part;
    http::read_some(socket, buffer, parser, error);
    if (error == http::error::need_buffer) error = {};
    text.append(part, sizeof part - parser.get().body().size);
    if (!refused && !hand_on(text, line)) return true;
    if (refused && text.size() > 4096) break;
  }
  if (refused) {
    std::string reason;
    while (text.ends_with('\n')) text.pop_back();
    append_visible(reason, text);
    throw Failure(reason.empty() ? "The door refused, and gave no reason." : reason);
  }
  if (!text.empty()) line(text);
  return !error;
}

std::string percent_encoded(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (kPlain.find(c) != kPlain.npos)
      out += c;
    else
      (out += '%', out += kHex[byte >> 4]) += kHex[byte & 15];
  }
  return out;
}

}  // namespace earshot::host

// door.hpp: the local HTTP door of a run: metrics, health, and streams for whoever watches. One thread of its own,
// where the handlers run too, so that they must not block. GET and HEAD; one request a connection; all of it bounded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "observe/log.hpp"

namespace earshot::host {

// What was asked for: /tap?component=store&limit=5
struct Query {
  std::string path;
  std::map<std::string, std::string, std::less<>> parameters;

  std::string get(std::string_view name) const;  // empty where it is not there
};

struct Answer {
  unsigned status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
};

// One client that follows lines as they come. Any thread; may outlive the door.
class Stream {
 public:
  static constexpr std::size_t kQueue = std::size_t{1} << 20;  // bytes that wait for a client

  virtual ~Stream() = default;
  // Never blocks. What a slow client has no room for is dropped, and the client is told how much: {"dropped":17}.
  // False: the client is gone, or the stream has ended.
  virtual bool push(std::string_view line) = 0;
  // Nothing more comes; what waits is still sent.
  virtual void end() = 0;
  // `gone` is called once, on any thread, when the client goes or the door closes; at once where that has happened.
  virtual void when_gone(std::function<void()> gone) = 0;
};

class Door {
 public:
  static constexpr std::size_t kConnections = 32, kStreams = 16;
  static constexpr std::size_t kHeader = 8192;  // bytes

  using Handler = std::function<Answer(const Query&)>;
  // Keeps the stream and begins to push, or answers why not.
  using Begin = std::function<std::optional<Answer>(const Query&, std::shared_ptr<Stream>)>;

  // `listen` is host:port, [address]:port or a port alone, which means the loopback; port 0: the system chooses.
  Door(std::string_view listen, Log& log);
  ~Door();  // as close()
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

  // Before open().
  void on(std::string path, Handler handler);
  void stream(std::string path, Begin begin);

  void open();   // throws Failure: the address cannot be used
  void close();  // hangs up on everybody, within milliseconds

  std::uint16_t port() const;
  std::string address() const;  // where a client on this machine finds it, "127.0.0.1:43211"
  // Writes the address into `file` for `earshot tap`; close() removes it. After open(). Throws Failure.
  void publish(const std::filesystem::path& file);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace earshot::host

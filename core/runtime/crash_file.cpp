#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <fstream>
#include <memory>

#include "runtime/calls.hpp"

// A signal handler can be given nothing, so what it needs is static, and it calls only what is safe in one.

namespace earshot::host {
namespace {

constexpr std::array kFatal = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
constexpr std::uint32_t kMostPosts = 65536;

std::array<char, 4096> path_of_file{};
std::array<struct sigaction, kFatal.size()> before{};
std::atomic<bool> written{false};
thread_local CallSlot* this_thread = nullptr;

struct Bytes {
  int file;
  void operator()(const void* data, std::size_t size) const {
    const char* at = static_cast<const char*>(data);
    while (size > 0) {
      const ssize_t done = ::write(file, at, size);
      if (done <= 0) return;
      at += done, size -= static_cast<std::size_t>(done);
    }
  }
};

void write_slot(const CallSlot& slot) {
  const char* component = slot.component.load(std::memory_order_acquire);
  if (component == nullptr || path_of_file[0] == 0 || written.exchange(true)) return;
  const int file = ::open(path_of_file.data(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return;
  const Bytes put{file};
  std::uint32_t size = 0;
  while (component[size] != 0 && size < 1024) ++size;
  const ear_post* const* posts = slot.posts.load(std::memory_order_relaxed);
  std::uint32_t count = posts == nullptr ? 0 : slot.post_count.load(std::memory_order_relaxed);
  if (count > kMostPosts) count = kMostPosts;
  put(&size, sizeof size);
  put(component, size);
  put(&count, sizeof count);
  for (std::uint32_t i = 0; i < count; ++i) put(&posts[i]->key, sizeof(ear_id));
  ::fsync(file);
  ::close(file);
}

void on_fatal(int signal) {
  if (this_thread != nullptr) write_slot(*this_thread);
  for (std::size_t i = 0; i < kFatal.size(); ++i)
    if (kFatal[i] == signal) ::sigaction(signal, &before[i], nullptr);
  ::raise(signal);
}

// A handler must have a stack even where the fault was a stack that ran out.
class SignalStack {
 public:
  SignalStack() {
    memory_ = ::mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory_ == MAP_FAILED) return;
    stack_t stack{};
    stack.ss_sp = memory_, stack.ss_size = kSize;
    ::sigaltstack(&stack, nullptr);
  }
  ~SignalStack() {
    if (memory_ == MAP_FAILED) return;
    stack_t none{};
    none.ss_flags = SS_DISABLE;
    ::sigaltstack(&none, nullptr);
    ::munmap(memory_, kSize);
  }

 private:
  static constexpr std::size_t kSize = 65536;
  void* memory_;
};

}  // namespace

CrashFile::CrashFile(const std::filesystem::path& folder) {
  const std::string path = folder / "crash";
  if (path.size() >= path_of_file.size()) return;
  std::memcpy(path_of_file.data(), path.c_str(), path.size() + 1);
  written = false;
  struct sigaction action {};
  action.sa_handler = on_fatal;
  action.sa_flags = SA_ONSTACK;
  ::sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < kFatal.size(); ++i) ::sigaction(kFatal[i], &action, &before[i]);
}

CrashFile::~CrashFile() {
  if (path_of_file[0] == 0) return;
  for (std::size_t i = 0; i < kFatal.size(); ++i) ::sigaction(kFatal[i], &before[i], nullptr);
  path_of_file[0] = 0;
}

void CrashFile::watch(CallSlot& slot) {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they bring a stack of their own
  thread_local std::unique_ptr<SignalStack> stack = std::make_unique<SignalStack>();
#endif
  this_thread = &slot;
}

void CrashFile::write(const CallSlot& slot) {
  write_slot(slot);
}

std::optional<Crash> CrashFile::take(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "crash";
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  Crash crash;
  std::uint32_t size = 0, count = 0;
  in.read(reinterpret_cast<char*>(&size), sizeof size);
  if (in && size <= 1024) {
    crash.component.resize(size);
    in.read(crash.component.data(), size);
    in.read(reinterpret_cast<char*>(&count), sizeof count);
  }
  for (std::uint32_t i = 0; in && i < count && i < kMostPosts; ++i) {
    ear_id key{};
    if (in.read(reinterpret_cast<char*>(&key), sizeof key)) crash.posts.emplace_back(key);
  }
  in.close();
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  if (crash.component.empty()) return std::nullopt;
  return crash;
}

}  // namespace earshot::host

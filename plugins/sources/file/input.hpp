// input.hpp: one open file as a stream of bytes, unpacked where it is compressed. What it is packed with is seen at
// its first bytes, never at its name. One instance for one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

namespace earshot::file {

// What was packed cannot be unpacked: cut short or damaged.
struct Damaged : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Input {
 public:
  // Takes `file`, which stands at its beginning. `name` is for messages.
  static std::unique_ptr<Input> open(int file, const std::string& name);
  virtual ~Input() = default;
  // Bytes put into `to`; 0 at the end, where more may come later if the file is plain. Throws Damaged, io_failure.
  virtual std::size_t read(char* to, std::size_t size) = 0;
  // Goes forward to an offset in what `read` gives. False where there is not so much.
  virtual bool skip_to(std::uint64_t offset) = 0;
  virtual bool is_plain() const { return true; }
};

}  // namespace earshot::file

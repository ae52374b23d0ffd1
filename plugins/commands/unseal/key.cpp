#include "key.hpp"

#include "sealed/key.hpp"
#include "text/cells.hpp"

namespace earshot::unseal {

int MakeKey::run(std::span<const std::string_view> arguments, CommandIo& io) {
  if (!arguments.empty()) throw invalid("key takes no words; name the file with --new FILE");
  std::error_code ignored;  // the open that follows tells
  if (options().make.has_parent_path()) std::filesystem::create_directories(options().make.parent_path(), ignored);
  sealed::make_key_file(options().make);
  io.out("The key is in " + text::cells(options().make.string(), 300) +
         ". Keep a copy where the data is not: without it nobody opens what is sealed.\n");
  return 0;
}

}  // namespace earshot::unseal

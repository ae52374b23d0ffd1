// Backups: taken from a file in use, sealed or not, and put back only as they were.
#include <catch2/catch.hpp>

#include "../store/filled.hpp"
#include "backup/copies.hpp"
#include "store/database.hpp"

using namespace earshot::testing;
using namespace earshot;
using Catch::Contains;

namespace {

void two_posts(SinkHarness& sink) {
  sink.post("Acme is down").on("mastodon").by("ana").found("mention", "acme");
  sink.post("Acme is up").on("mastodon").by("bea").found("mention", "acme");
}

std::string only_folder_in(const std::string& folder) {
  std::string found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    REQUIRE(found.empty());
    found = entry.path();
  }
  REQUIRE_FALSE(found.empty());
  return found;
}

// A backup of the store, and where it is.
std::string backed_up(Filled& filled, const std::string& passphrase_file = {}) {
  std::vector<Setting> options{{"store", filled.path}, {"to", filled.folder / "backups"}};
  if (!passphrase_file.empty()) options.push_back({"passphrase_file", passphrase_file});
  CommandHarness command(loaded("backup"), std::move(options));
  REQUIRE(command.run() == 0);
  return only_folder_in(filled.folder / "backups");
}

const ear_component& restore_command() {
  void* library = ::dlopen((std::string(EARSHOT_PLUGIN_DIR) + "/backup.so").c_str(), RTLD_NOW | RTLD_LOCAL);
  const auto* module = static_cast<const ear_module*>(::dlsym(library, "earshot_module"));
  return *module->components[1];
}

int restore(const std::string& from, const std::string& to, std::string& said, const std::string& phrase_file = {}) {
  std::vector<Setting> options{{"from", from}, {"to", to}};
  if (!phrase_file.empty()) options.push_back({"passphrase_file", phrase_file});
  CommandHarness command(restore_command(), std::move(options));
  const int code = command.run();
  said = command.out() + command.err();
  return code;
}

std::int64_t posts_in(const std::string& file) {
  return store::Database(file, store::Database::Mode::read, std::chrono::seconds{1})
      .integer("SELECT count(*) FROM posts");
}

}  // namespace

TEST_CASE("a backup is put back as it was, and nothing is overwritten") {
  Filled filled(two_posts);
  const std::string folder = backed_up(filled), to = filled.folder / "restored";
  std::string said;
  CHECK(restore(folder, to, said) == 0);
  CHECK(posts_in(to + "/acme.db") == 2);
  CHECK(restore(folder, to, said) == 1);
  CHECK_THAT(said, Contains("is there"));
}

TEST_CASE("a copy is taken while somebody writes, and has what was committed") {
  Filled filled(two_posts);
  const store::Database writing(filled.path, store::Database::Mode::write, std::chrono::seconds{1});
  const store::Transaction open(writing);
  writing.execute("DELETE FROM findings");
  const std::string folder = backed_up(filled);
  std::string said;
  REQUIRE(restore(folder, filled.folder / "restored", said) == 0);
  const store::Database copy(filled.folder / "restored/acme.db", store::Database::Mode::read, std::chrono::seconds{1});
  CHECK(copy.integer("SELECT count(*) FROM findings") == 2);
}

TEST_CASE("a sealed backup shows nothing, and opens with its passphrase alone") {
  Filled filled(two_posts);
  const std::string phrase = filled.folder.write("key", "correct horse battery\n");
  const std::string folder = backed_up(filled, phrase), to = filled.folder / "restored";
  std::ifstream in(folder + "/acme.db", std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  CHECK_THAT(bytes, !Contains("Acme is down") && !Contains("SQLite format"));
  CHECK_FALSE(std::filesystem::exists(folder + "/acme.db.plain"));
  std::string said;
  CHECK_THROWS_WITH(restore(folder, to, said), Contains("sealed"));
  CHECK_THROWS_WITH(restore(folder, to, said, filled.folder.write("other", "another horse battery\n")),
                    Contains("passphrase"));
  CHECK_FALSE(std::filesystem::exists(to + "/acme.db"));
  CHECK(restore(folder, to, said, phrase) == 0);
  CHECK(posts_in(to + "/acme.db") == 2);
}

TEST_CASE("a file that was changed after the backup is not put back") {
  Filled filled(two_posts);
  const std::string folder = backed_up(filled);
  std::ofstream(folder + "/acme.db", std::ios::app) << "x";
  std::string said;
  CHECK_THROWS_WITH(restore(folder, filled.folder / "restored", said), Contains("fingerprint"));
  CHECK_FALSE(std::filesystem::exists(filled.folder / "restored/acme.db"));
}

TEST_CASE("a backup that fails leaves nothing") {
  Folder folder;
  folder.write("broken.db", "SQLite format 3 and then nothing of the kind");
  CommandHarness command(loaded("backup"), {{"store", folder / "broken.db"}, {"to", folder / "backups"}});
  CHECK_THROWS(command.run());
  CHECK(std::filesystem::is_empty(folder / "backups"));
}

TEST_CASE("what a backup says of its files leads nowhere else") {
  Folder folder;
  folder.write("backup.json", R"({"form":1,"pipeline":"x","made":"now","sealed":false,)"
                              R"("files":[{"name":"../secret","from":"/a","kind":"store","bytes":1,"blake2b":""}]})");
  std::string said;
  CHECK_THROWS_WITH(restore(folder / "", folder / "to", said), Contains("not in its folder"));
}

#include "applied.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <earshot/error.hpp>
#include <memory>

#include "host_process/host_process.hpp"
#include "text/cells.hpp"

namespace earshot::eval {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostFindings = 100'000;  // of one post

// The posts in a file without a name: the child reads it as its standard input.
class Input {
 public:
  explicit Input(const std::string& text) : file_(std::tmpfile(), &std::fclose) {
    if (!file_ || std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size() ||
        std::fflush(file_.get()) != 0 || std::fseek(file_.get(), 0, SEEK_SET) != 0)
      throw io_failure(fmt::format("cannot write the posts to a temporary file: {}", std::strerror(errno)));
  }
  int number() const { return ::fileno(file_.get()); }

 private:
  std::unique_ptr<FILE, decltype(&std::fclose)> file_;
};

std::string text(const json::object& from, std::string_view name) {
  const json::value* v = from.if_contains(name);
  return v != nullptr && v->is_string() ? std::string(v->get_string().data(), v->get_string().size()) : std::string{};
}

std::optional<double> real(const json::value* v) {
  if (v == nullptr || !v->is_number()) return std::nullopt;
  return v->to_number<double>();
}

Said said_of(const json::object& from) {
  Said out{text(from, "kind"),
           text(from, "subject"),
           text(from, "value"),
           {},
           text(from, "reason"),
           text(from, "detector"),
           real(from.if_contains("score")).value_or(0),
           {},
           {}};
  if (from.contains("begin") || from.contains("end")) {
    const auto at = [&](const char* name) {
      return static_cast<std::uint32_t>(real(from.if_contains(name)).value_or(0));
    };
    out.place = Place{at("segment"), at("begin"), at("end")};
  }
  if (const json::value* all = from.if_contains("attributes"); all != nullptr && all->is_object()) {
    out.type = text(all->get_object(), "type");
    for (const auto& field : all->get_object())
      if (const std::optional<double> share = real(&field.value()))
        out.shares[std::string(field.key().data(), field.key().size())] = *share;
  }
  return out;
}

}  // namespace

Findings apply(const std::string& pipeline, const Labelled& labelled, const std::set<std::string>& kinds,
               const std::string& detector) {
  const Input input(labelled.posts);
  HostProcess child({"apply", pipeline, "-"}, input.number());
  Findings out(labelled.cases.size());
  std::vector<char> came(labelled.cases.size());
  for (std::string_view line; child.next(line);) {
    json::error_code error;
    const json::value value = json::parse({line.data(), line.size()}, error);
    if (error || !value.is_object()) throw invalid("`earshot apply` printed a line that is no JSON");
    const json::object& post = value.get_object();
    const auto found = labelled.by_key.find(text(post, "platform") + '/' + text(post, "id"));
    if (found == labelled.by_key.end()) continue;  // an alert
    came[found->second] = 1;
    std::vector<Said>& mine = out[found->second];
    mine.clear();  // a post that comes again was edited
    const json::value* list = post.if_contains("findings");
    if (list == nullptr || !list->is_array()) continue;
    for (const json::value& one : list->get_array()) {
      if (!one.is_object() || mine.size() >= kMostFindings) continue;
      if (!kinds.contains(text(one.get_object(), "kind"))) continue;
      if (Said said = said_of(one.get_object()); detector.empty() || said.detector == detector)
        mine.push_back(std::move(said));
    }
  }
  if (const int status = child.wait(); status != 0)
    throw invalid(fmt::format("'{}' did not run to its end (`earshot apply` ended with {}); see above for why",
                              text::cells(pipeline), status));
  for (std::size_t i = 0; i < came.size(); ++i)
    if (came[i] == 0)
      throw invalid(fmt::format("the post {} did not come out of '{}'", text::cells(labelled.cases[i].key, 60),
                                text::cells(pipeline)));
  return out;
}

}  // namespace earshot::eval

// train_context: learns from labelled examples which sense of an ambiguous name is meant, says by cross-validation how
// well, and writes a model for each watch item.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <earshot/command.hpp>
#include <optional>

#include "model/file.hpp"
#include "text/cells.hpp"
#include "train_context/labels.hpp"

namespace {

namespace context = earshot::context;
using earshot::model::Interval;
using earshot::model::wilson;

struct Options {
  std::filesystem::path labels;
  std::optional<std::filesystem::path> out;
  std::string text, item, label, group, learned_from;
  int seed, errors;

  static constexpr auto schema() {
    using earshot::option;
    using O = Options;
    return earshot::schema(
        option<&O::labels>("labels", "Labelled texts: .csv, .tsv, .ndjson or .jsonl",
                           {.example = "labels.csv", .flags = EAR_OPTION_REQUIRED}),
        option<&O::out>("out", "Folder for the models, ITEM.model each; without it the quality is measured only",
                        {.example = "models"}),
        option<&O::text>("text", "Column with the text", {.fallback = "text"}),
        option<&O::item>("item", "Column with the id of the watch item", {.fallback = "item"}),
        option<&O::label>("label", "Column that says whether it is meant: yes or no", {.fallback = "brand"}),
        option<&O::group>("group", "Column whose value keeps rows in one fold, as an author; none: equal texts",
                          {.fallback = "''"}),
        option<&O::learned_from>("learned_from", "Data and licences, to stand in the models", {.fallback = "''"}),
        option<&O::seed>("seed", "Which folds are drawn", {.fallback = "1", .min = 0, .max = 1000000}),
        option<&O::errors>("errors", "How many of the worst errors are shown for each item",
                           {.fallback = "3", .max = 1000}));
  }
};

std::string with_interval(double hits, double of) {
  if (of == 0) return "-";
  const Interval in = wilson(hits, of);
  return fmt::format("{:.3f} ({:.3f}-{:.3f})", hits / of, in.low, in.high);
}

class TrainContext : public earshot::Command<Options> {
 public:
  static constexpr earshot::Info info{"train_context", "Learns which sense of an ambiguous name is meant"};
  static constexpr const char* usage = "WATCHLIST";
  static constexpr const char* examples = "earshot train-context watchlists/acme.yaml --labels labels.csv --out models";

  int run(std::span<const std::string_view> arguments, earshot::CommandIo& io) {
    if (arguments.size() != 1) throw earshot::invalid("say which watchlist: a YAML file with watch items");
    const Options& o = options();
    const auto names = earshot::train_context::read_names(std::filesystem::path(arguments[0]));
    earshot::table::Table table;
    table.read(o.labels);
    const auto labels = earshot::train_context::read_labels(table, {o.text, o.item, o.label, o.group}, names);
    if (labels.empty()) throw earshot::invalid(fmt::format("'{}' has no labels", o.labels.string()));
    io.out(fmt::format("{:<20} {:>6} {:>6}  {:<22} {:<22} {:<22}\n", "item", "labels", "meant", "precision", "recall",
                       "right"));
    bool all = true;
    for (const auto& [id, one] : labels) all = learn(id, one, io) && all;
    return all ? 0 : 1;
  }

 private:
  bool learn(const std::string& id, const earshot::train_context::ItemLabels& labels, earshot::CommandIo& io) {
    const Options& o = options();
    try {
      const context::Learned learned =
          context::learn(context::examples_of(labels.labelled), o.learned_from, static_cast<std::uint64_t>(o.seed));
      const auto& q = learned.quality;
      const auto count = static_cast<double>(labels.labelled.size());
      io.out(fmt::format("{:<20} {:>6} {:>6}  {:<22} {:<22} {:<22}\n", id, labels.labelled.size(), q.truly,
                         with_interval(q.right, q.said), with_interval(q.right, q.truly),
                         with_interval(learned.right, count)));
      if (labels.without_name > 0)
        io.out(fmt::format("  {} texts do not have the name: all of their words counted\n", labels.without_name));
      tell_errors(labels, learned, io);
      if (o.out) save(id, learned, io);
      return true;
    } catch (const std::invalid_argument& e) {
      io.error(fmt::format("{}: {}\n", id, e.what()));
      return false;
    }
  }

  // Those of which the model was surest.
  void tell_errors(const earshot::train_context::ItemLabels& labels, const context::Learned& learned,
                   earshot::CommandIo& io) const {
    std::vector<std::size_t> wrong;
    for (std::size_t i = 0; i < learned.told.size(); ++i)
      if ((learned.told[i] >= 0.5F) != labels.labelled[i].meant) wrong.push_back(i);
    const auto surer = [&](std::size_t a, std::size_t b) {
      return std::abs(learned.told[a] - 0.5F) > std::abs(learned.told[b] - 0.5F);
    };
    std::stable_sort(wrong.begin(), wrong.end(), surer);
    wrong.resize(std::min(wrong.size(), static_cast<std::size_t>(options().errors)));
    for (const std::size_t i : wrong)
      io.out(fmt::format("  {:.2f}, but {}: {}\n", learned.told[i], labels.labelled[i].meant ? "meant" : "not meant",
                         earshot::text::cells(labels.labelled[i].text, 100)));
  }

  void save(const std::string& id, const context::Learned& learned, earshot::CommandIo& io) const {
    const std::filesystem::path path = *options().out / (id + ".model");
    try {
      std::filesystem::create_directories(*options().out);
      earshot::model::write(*learned.model, path);
    } catch (const std::exception& e) {
      throw earshot::io_failure(fmt::format("cannot write '{}': {}", path.string(), e.what()));
    }
    io.out(fmt::format("  written; put this into the watch item {}: context_model: {}\n", id, path.string()));
  }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.train_context", "1.0.0", "Earshot", "Apache-2.0", "Learns which sense of a name is meant",
               TrainContext)

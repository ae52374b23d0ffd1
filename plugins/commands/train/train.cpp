// train: learns a text model from a team's own labels, says by cross-validation how good it is, and writes it for the
// detectors that take a model.
#include <fmt/format.h>

#include <algorithm>
#include <earshot/command.hpp>
#include <fstream>
#include <iterator>
#include <numeric>

#include "model/file.hpp"
#include "report.hpp"

namespace {

using earshot::model::Goal;

enum class For { macro_f1, macro_recall, accuracy };

}  // namespace

template <>
inline constexpr const char* earshot::choices<For>[] = {"macro-f1", "macro-recall", "accuracy", nullptr};
template <>
inline constexpr const char* earshot::choices<earshot::model::LexiconName>[] = {"none", "emotion", "abuse", "service",
                                                                                nullptr};

namespace {

struct TrainVerbOptions {
  std::string kind, label, separator, learned_from;
  std::vector<std::string> text, classes, rename, silent;
  std::optional<std::string> group, by;
  std::optional<std::filesystem::path> out, card, about;
  bool any, target, look, no_floor;
  For goal;
  earshot::model::LexiconName lexicon;
  std::vector<double> c;
  double balance, characters;
  int folds, seed, features, bits, errors;

  static constexpr auto schema() {
    using earshot::option;
    using O = TrainVerbOptions;
    return earshot::schema(
        option<&O::kind>("kind", "Kind of the findings that come of it", {.fallback = "label", .example = "topic"}),
        option<&O::out>("out", "The model file to write; without it the quality is measured only",
                        {.example = "models/topics.model"}),
        option<&O::text>("text", "Columns with the text; several are read one behind the other",
                         {.fallback = "[text]", .example = "[title, body]"}),
        option<&O::label>("label", "Column with the label", {.fallback = "label"}),
        option<&O::group>("group", "Column whose value keeps rows in one fold: an author, a topic", {}),
        option<&O::by>("by", "Column by whose values the quality is told besides", {}),
        option<&O::any>("any", "Any number of labels may hold for a text", {.fallback = "false"}),
        option<&O::separator>("separator", "What stands between labels where any number may hold", {.fallback = "','"}),
        option<&O::classes>("classes", "The labels that count; none: all that occur", {.fallback = "[]"}),
        option<&O::rename>("rename", "Labels to name otherwise, as 1=spam; 2= leaves those rows out",
                           {.fallback = "[]"}),
        option<&O::silent>("silent", "Labels of which the detector says nothing", {.fallback = "[]"}),
        option<&O::target>("target", "What a label is about stands between \u27E6 and \u27E7 in the text",
                           {.fallback = "false"}),
        option<&O::look>("look", "Learn from links, figures, capitals and length too", {.fallback = "false"}),
        option<&O::lexicon>("lexicon",
                            "English words of emotion, of abuse or of service to customers to look out for besides",
                            {.fallback = "none"}),
        option<&O::goal>("goal", "What the choice of a label is tuned for", {.fallback = "macro-f1"}),
        option<&O::c>("c", "Price of an error (liblinear's C); of several the best is taken",
                      {.fallback = "[0.5, 2, 8]"}),
        option<&O::balance>("balance", "0: labels weigh as often as they occur; 1: all labels weigh the same",
                            {.fallback = "0.5", .max = 1}),
        option<&O::characters>("characters", "What runs of characters weigh against words",
                               {.fallback = "1", .max = 10}),
        option<&O::folds>("folds", "Parts of the cross-validation", {.fallback = "5", .min = 2, .max = 100}),
        option<&O::seed>("seed", "Which folds are drawn", {.fallback = "1", .min = 0, .max = 1000000}),
        option<&O::features>("features", "The strongest features are kept, so many",
                             {.fallback = "200000", .min = 100, .max = 4000000}),
        option<&O::bits>("bits", "2 to the power of it: buckets of the features",
                         {.fallback = "18", .min = 10, .max = 22}),
        option<&O::no_floor>("no_floor", "Leave out the comparison with plain logistic regression",
                             {.fallback = "false"}),
        option<&O::errors>("errors", "How many of the worst errors are shown", {.fallback = "10", .max = 1000}),
        option<&O::card>("card", "A model card to write, as Markdown", {.example = "models/MODEL_CARD.md"}),
        option<&O::about>("about", "Markdown that the card begins with: data, licences, weaknesses", {}),
        option<&O::learned_from>("learned_from", "Data and licences, to stand in the model", {.fallback = "''"}));
  }
};

namespace model = earshot::model;
using earshot::train::Data;
using earshot::train::Line;

class Train : public earshot::Command<TrainVerbOptions> {
 public:
  static constexpr earshot::Info info{"train", "Learns a text model from labels and says how good it is"};
  static constexpr const char* usage = "DATA...";
  static constexpr const char* examples =
      "earshot train reasons.csv --text text --label reason --kind reason --out models/reason.model\n"
      "earshot train posts.ndjson --label topics --any --group author --kind topic --out models/topic.model";

  int run(std::span<const std::string_view> arguments, earshot::CommandIo& io) {
    if (arguments.empty()) throw earshot::invalid("say which files to learn from: .csv, .tsv, .ndjson or .jsonl");
    earshot::table::Table table;
    for (const std::string_view path : arguments) table.read(std::filesystem::path(path));
    const TrainVerbOptions& o = options();
    const Data data = earshot::train::read_data(
        table, {o.text, o.label, o.group, o.by, o.separator, o.classes, o.rename, o.target}, o.any);
    try {
      learn(data, io);
    } catch (const std::invalid_argument& e) {
      throw earshot::invalid(e.what());
    }
    return 0;
  }

 private:
  model::Info about_model(const Data& data) const {
    const TrainVerbOptions& o = options();
    model::Info about;
    about.kind = o.kind, about.classes = data.classes, about.any = o.any, about.learned_from = o.learned_from;
    about.features.bits = static_cast<unsigned>(o.bits), about.features.look = o.look;
    about.features.lexicon = o.lexicon;
    if (!o.silent.empty()) about.set["silent"] = fmt::format("{}", fmt::join(o.silent, ","));
    for (const std::string& name : o.silent)
      if (std::find(data.classes.begin(), data.classes.end(), name) == data.classes.end())
        throw earshot::invalid(fmt::format("no label is '{}'", name)).at_option("silent");
    return about;
  }

  void learn(const Data& data, earshot::CommandIo& io) {
    const TrainVerbOptions& o = options();
    model::Info about = about_model(data);
    model::TrainOptions how;
    how.c = o.c, how.balance = o.balance, how.characters = o.characters;
    how.most_features = static_cast<std::size_t>(o.features), how.folds = static_cast<std::size_t>(o.folds);
    how.seed = static_cast<std::uint64_t>(o.seed);
    how.goal = o.goal == For::accuracy ? Goal::accuracy : o.goal == For::macro_f1 ? Goal::macro_f1 : Goal::macro_recall;
    how.tell = [&](std::string_view what) { io.error(fmt::format("{}\n", what)); };

    std::vector<Line> lines;
    const model::Examples all = data.examples(about.features);
    const model::Trained trained = model::train(all, about, how);
    if (!o.any) lines.push_back(most_frequent(data));
    if (!o.no_floor) lines.push_back(floor(data, about, how));
    lines.push_back({"this model", trained.quality});
    if (o.by && !o.any) by_column(data, trained, lines);

    about.quality = {{"examples", static_cast<double>(data.texts.size())},
                     {"folds", static_cast<double>(o.folds)},
                     {"calibration_error", trained.calibration_error}};
    if (!o.any) {
      about.quality["accuracy"] = trained.quality[0].accuracy();
      about.quality["macro_f1"] = trained.quality[0].macro_f1();
      about.quality["macro_recall"] = trained.quality[0].macro_recall();
    }
    const model::Model& m = *trained.model;
    const std::string bytes = model::write(model::Model(about, {m.outputs().begin(), m.outputs().end()},
                                                        {m.calibration().begin(), m.calibration().end()},
                                                        {m.weights().begin(), m.weights().end()}));
    const earshot::train::Report report{
        data, about, trained, std::move(lines), how.folds, static_cast<std::size_t>(o.errors), bytes.size()};
    if (o.out) save(*o.out, bytes);
    if (o.card) save(*o.card, earshot::train::as_card(report, o.about ? text_of(*o.about) : std::string{}));
    io.out(earshot::train::as_text(report));
  }

  static Line most_frequent(const Data& data) {
    std::vector<std::size_t> count(data.classes.size());
    std::vector<std::uint16_t> truly;
    for (const auto& labels : data.labels) ++count[labels[0]], truly.push_back(labels[0]);
    const auto most = static_cast<std::uint16_t>(std::max_element(count.begin(), count.end()) - count.begin());
    const std::vector<std::uint16_t> said(truly.size(), most);
    return {"always the most frequent", {model::Quality(data.classes.size(), truly, said)}};
  }

  // What a few hundred lines reach: nothing of what is special here.
  static Line floor(const Data& data, const model::Info& about, model::TrainOptions how) {
    model::Info plain = about;
    plain.features = {};
    Data without_target = data;
    without_target.target = false;
    how.c = {1}, how.balance = 1, how.characters = 1, how.rare_words_weigh_more = false, how.goal = Goal::plain;
    how.least_count = 1, how.most_features = std::size_t{1} << plain.features.bits;
    return {"n-gram floor", model::train(without_target.examples(plain.features), plain, how).quality};
  }

  static void by_column(const Data& data, const model::Trained& trained, std::vector<Line>& lines) {
    std::map<std::string, std::pair<std::vector<std::uint16_t>, std::vector<std::uint16_t>>> parts;
    for (std::size_t i = 0; i < data.by.size(); ++i) {
      auto& [truly, said] = parts[data.by[i]];
      truly.push_back(data.labels[i][0]), said.push_back(trained.said[i]);
    }
    constexpr std::size_t kMost = 50;
    for (const auto& [name, part] : parts)
      if (lines.size() < kMost)
        lines.push_back({"  " + name, {model::Quality(data.classes.size(), part.first, part.second)}});
  }

  static std::string text_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw earshot::invalid(fmt::format("cannot read '{}'", path.string())).at_option("about");
    return {std::istreambuf_iterator<char>(in), {}};
  }

  static void save(const std::filesystem::path& path, const std::string& bytes) {
    std::error_code error;
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
    std::ofstream out(path, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) throw earshot::io_failure(fmt::format("cannot write '{}'", path.string()));
  }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.train", "1.0.0", "Earshot", "Apache-2.0", "Learns text models from labels", Train)

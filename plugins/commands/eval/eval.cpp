// eval: how good a pipeline's detectors are, on posts of which is known what is to be found in them.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <earshot/command.hpp>
#include <fstream>

#include "applied.hpp"
#include "report.hpp"
#include "text/cells.hpp"

namespace {

namespace eval = earshot::eval;

struct EvalOptions {
  std::vector<std::string> kind, text, none, rename, rename_subject, labelled, values, clusters, min;
  std::optional<std::string> label, subject, id, group;
  std::optional<std::filesystem::path> labels, against, html;
  std::map<std::string, std::string> columns;
  std::string separator, detector;
  bool json, no_header;
  std::int64_t errors, top, resamples, seed;

  static constexpr auto schema() {
    using earshot::option;
    using O = EvalOptions;
    return earshot::schema(
        option<&O::kind>("kind", "Of a table: the kind of finding that its labels are of; `mention` takes the subject",
                         {.fallback = "[]", .example = "[sentiment]"}),
        option<&O::text>("text", "Of a table: columns with the text; several stand one below the other",
                         {.fallback = "[text]"}),
        option<&O::label>("label", "Of a table: column with the label", {.example = "sentiment"}),
        option<&O::labels>("labels", "Of a table: a file with a label a line, beside the texts", {}),
        option<&O::subject>("subject", "Of a table: column with the watch item that the label is about", {}),
        option<&O::id>("id", "Of a table: column with the post's id; rows of one id are labels of one post", {}),
        option<&O::group>("group", "Of a table: column of an author or topic; intervals take its posts together", {}),
        option<&O::columns>("columns", "Of a table: further fields of the post, as author=name,published=date",
                            {.fallback = "{}"}),
        option<&O::separator>("separator", "Of a table: what stands between labels where any number may hold",
                              {.fallback = "''"}),
        option<&O::none>("none", "Of a table: labels that mean that nothing is there", {.fallback = "[]"}),
        option<&O::rename>("rename", "Of a table: labels to name otherwise, as 0=negative; 0= leaves those rows out",
                           {.fallback = "[]"}),
        option<&O::rename_subject>("rename_subject", "Of a table: subjects to name otherwise, as Delta=delta",
                                   {.fallback = "[]"}),
        option<&O::no_header>("no_header", "Of a table: its first row is no header; columns are called 1, 2, 3",
                              {.fallback = "false"}),
        option<&O::labelled>("labelled", "Kinds of which everything is labelled: what is found besides is wrong",
                             {.fallback = "[]", .example = "[mention]"}),
        option<&O::values>("values",
                           "The values that count: other labels are left out, and an answer is the likeliest"
                           " of these",
                           {.fallback = "[]", .example = "[negative, positive]"}),
        option<&O::clusters>("clusters", "Kinds whose values say which posts belong together",
                             {.fallback = "[duplicate]"}),
        option<&O::detector>("detector", "Only what this component of the pipeline says", {.fallback = "''"}),
        option<&O::against>("against", "Another pipeline, to be put beside it", {.example = "configs/floor.yaml"}),
        option<&O::min>("min", "Exit with 1 where a measure is below, as sentiment.macro_recall=0.6",
                        {.fallback = "[]"}),
        option<&O::json>("json", "One object of JSON instead of tables", {.fallback = "false"}),
        option<&O::html>("html", "A page to write, which needs nothing else", {.example = "quality.html"}),
        option<&O::errors>("errors", "How many of the worst errors are shown", {.fallback = "10", .max = 10000}),
        option<&O::top>("top", "How many values and subjects are shown", {.fallback = "20", .max = 10000}),
        option<&O::resamples>("resamples", "Draws of the bootstrap", {.fallback = "1000", .max = 100000}),
        option<&O::seed>("seed", "Which draws these are", {.fallback = "1", .max = 1e9}));
  }
};

std::vector<std::filesystem::path> paths(std::span<const std::string_view> words) {
  return {words.begin(), words.end()};
}

bool is_posts(const std::filesystem::path& file) {
  return file.extension() == ".ndjson" || file.extension() == ".jsonl";
}

struct Bound {
  std::string name;
  double least = 0;
};

class Eval : public earshot::Command<EvalOptions> {
 public:
  static constexpr earshot::Info info{"eval", "How good a pipeline's detectors are, on labelled posts"};
  static constexpr const char* usage = "PIPELINE LABELLED...";
  static constexpr const char* examples =
      "earshot eval configs/perception.yaml labelled.ndjson --html quality.html\n"
      "  earshot eval acme.yaml tweets.csv --text text --label sentiment --kind sentiment --subject brand\n"
      "  earshot eval acme.yaml labelled.ndjson --min sentiment.macro_recall=0.6 --min mention.precision=0.9";

  int run(std::span<const std::string_view> words, earshot::CommandIo& io) {
    if (words.size() < 2)
      throw earshot::invalid(
          "say which pipeline and which labelled posts: earshot eval PIPELINE LABELLED.ndjson (or .csv, .tsv, .txt)");
    const std::vector<Bound> least = bounds();
    const eval::Labelled labelled = read(paths(words.subspan(1)));
    if (labelled.cases.empty())
      throw earshot::invalid(fmt::format("there is no labelled post in '{}'{}", earshot::text::cells(words[1]),
                                         labelled.left_out > 0 ? ": no row has a text and a label" : ""));
    eval::Report report = measure(std::string(words[0]), labelled);
    for (const std::string_view file : words.subspan(1)) report.files.emplace_back(file);
    if (options().html) save(*options().html, eval::as_html(report));
    io.out(options().json ? eval::as_json(report) : eval::as_text(report));
    return holds(report, least, io) ? 0 : 1;
  }

 private:
  std::vector<Bound> bounds() const {
    std::vector<Bound> out;
    for (const std::string& text : options().min) {
      const std::size_t sign = text.rfind('=');
      Bound one{text.substr(0, sign), 0};
      const char* end = text.data() + text.size();
      const char* begin = sign == std::string::npos ? end : text.data() + sign + 1;
      if (begin == end || std::from_chars(begin, end, one.least).ptr != end)
        throw earshot::invalid(fmt::format("'{}' is no bound; write KIND.MEASURE=NUMBER, as sentiment.macro_recall=0.6",
                                           earshot::text::cells(text, 60)))
            .at_option("min");
      out.push_back(std::move(one));
    }
    return out;
  }

  eval::Labelled read(const std::vector<std::filesystem::path>& files) const {
    const EvalOptions& o = options();
    if (std::all_of(files.begin(), files.end(), is_posts) && o.kind.empty())
      return eval::read_posts(files, o.labelled, o.values);
    if (o.kind.empty())
      throw earshot::invalid("say what the labels are of: --kind sentiment, for one").at_option("kind");
    const bool only_mentions = o.kind == std::vector<std::string>{"mention"};
    if (!o.label && !o.labels && !only_mentions)
      throw earshot::invalid("say in which column the label stands: --label NAME").at_option("label");
    if (!o.subject && std::find(o.kind.begin(), o.kind.end(), "mention") != o.kind.end())
      throw earshot::invalid("a mention is of a watch item: say in which column it stands, --subject NAME")
          .at_option("subject");
    eval::Columns columns{o.text,    o.kind, o.none,  o.rename, o.rename_subject, o.labelled, o.values,    o.label,
                          o.subject, o.id,   o.group, o.labels, o.separator,      o.columns,  !o.no_header};
    return eval::read_table(files, columns);
  }

  std::vector<eval::Task> tasks(const std::string& pipeline, const eval::Labelled& labelled) const {
    std::set<std::string> kinds;
    for (const eval::Case& one : labelled.cases) {
      kinds.insert(one.complete.begin(), one.complete.end());
      for (const eval::Label& label : one.labels) kinds.insert(label.kind);
    }
    return eval::make_tasks(labelled, eval::apply(pipeline, labelled, kinds, options().detector),
                            {options().clusters, options().values});
  }

  eval::Report measure(const std::string& pipeline, const eval::Labelled& labelled) const {
    const EvalOptions& o = options();
    eval::ScoreOptions how{static_cast<std::size_t>(o.resamples), static_cast<std::uint64_t>(o.seed), false};
    how.grouped = std::any_of(labelled.cases.begin(), labelled.cases.end(),
                              [](const eval::Case& one) { return !one.group.empty(); });
    eval::Report out;
    out.pipeline = pipeline, out.labelled = &labelled, out.left_out = labelled.left_out;
    out.errors = static_cast<std::size_t>(o.errors), out.top = static_cast<std::size_t>(o.top);
    for (eval::Task& task : tasks(pipeline, labelled)) {
      eval::Score score = eval::score(task, how);
      if (task.subject.empty()) {
        out.parts.push_back({std::move(task), std::move(score), {}, {}, {}});
      } else {
        out.parts.back().subjects.push_back(std::move(task));
        out.parts.back().subject_scores.push_back(std::move(score));
      }
    }
    for (eval::Part& part : out.parts) {
      const std::vector<eval::Measure> means = eval::means_over_subjects(part.subject_scores, how);
      part.score.measures.insert(part.score.measures.end(), means.begin(), means.end());
    }
    if (o.against) {
      out.against = o.against->string();
      std::size_t next = 0;
      for (const eval::Task& other : tasks(out.against, labelled))
        if (other.subject.empty()) {
          eval::Part& part = out.parts.at(next++);  // the same labels, so the same kinds in the same order
          part.against = eval::compare(part.task, other, how);
        }
    }
    return out;
  }

  static bool holds(const eval::Report& report, const std::vector<Bound>& least, earshot::CommandIo& io) {
    bool good = true;
    for (const Bound& bound : least) {
      const eval::Measure* m = eval::find(report, bound.name);
      if (m == nullptr)
        throw earshot::invalid(fmt::format("there is no measure '{}'; there are {}, and with /SUBJECT or :CLASS behind "
                                           "the kind those of one subject or class",
                                           earshot::text::cells(bound.name, 60), eval::names(report)))
            .at_option("min");
      if (m->value >= bound.least) continue;
      good = false;
      io.error(fmt::format("earshot eval: {} is {}, less than {:g}\n", earshot::text::cells(bound.name, 60),
                           eval::shown(m->value), bound.least));
    }
    return good;
  }

  static void save(const std::filesystem::path& path, const std::string& text) {
    std::ofstream out(path, std::ios::binary);
    out << text;
    out.close();
    if (!out) throw earshot::io_failure(fmt::format("cannot write '{}'", path.string()));
  }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.eval", "1.0.0", "Earshot", "Apache-2.0", "Measures detectors on labelled posts", Eval)

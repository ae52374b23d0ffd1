// `earshot graph`: a pipeline as a picture, in the words of Mermaid or Graphviz.
#include <cstdio>
#include <map>

#include "cli/shared/pipeline.hpp"

namespace earshot::host {
namespace {

struct Graph {
  std::filesystem::path file;
  std::string format = "mermaid";
};

// Ids may have '-' and may be words of the picture's language, as "end": each gets a letter before it.
std::string name_of(const std::string& id) {
  std::string name = "c_";
  for (const char c : id) name += c == '-' ? std::string("__") : std::string(1, c);
  return name;
}

std::string label(const ComponentPlan& component, const char* line_break) {
  return component.id == component.plugin ? component.id : component.id + line_break + component.plugin;
}

// Sources are stadiums, detectors boxes, sinks cylinders.
std::string mermaid(const Plan& plan) {
  std::string out = "flowchart LR\n";
  const auto node = [&](const ComponentPlan& each, const char* open, const char* close) {
    out += "  " + name_of(each.id) + open + "\"" + label(each, "<br/>") + "\"" + close + "\n";
  };
  for (const ComponentPlan& each : plan.sources) node(each, "([", "])");
  for (const ComponentPlan& each : plan.detectors) node(each, "[", "]");
  for (const ComponentPlan& each : plan.sinks) node(each, "[(", ")]");
  for (const auto* part : {&plan.detectors, &plan.sinks})
    for (const ComponentPlan& each : *part)
      for (const std::string& from : each.from) {
        const char* arrow = each.takes == Takes::alerts  ? " -. alerts .-> "
                            : each.takes == Takes::posts ? " -- posts --> "
                                                         : " --> ";
        out += "  " + name_of(from) + arrow + name_of(each.id) + "\n";
      }
  return out;
}

std::string dot(const Plan& plan) {
  std::string out = "digraph pipeline {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n";
  const auto node = [&](const ComponentPlan& each, const char* shape) {
    out += "  \"" + each.id + "\" [shape=" + shape + ", label=\"" + label(each, "\\n") + "\"];\n";
  };
  for (const ComponentPlan& each : plan.sources) node(each, "oval");
  for (const ComponentPlan& each : plan.detectors) node(each, "box");
  for (const ComponentPlan& each : plan.sinks) node(each, "cylinder");
  for (const auto* part : {&plan.detectors, &plan.sinks})
    for (const ComponentPlan& each : *part)
      for (const std::string& from : each.from) {
        out += "  \"" + from + "\" -> \"" + each.id + "\"";
        if (each.takes == Takes::alerts) out += " [style=dotted, label=\"alerts\"]";
        if (each.takes == Takes::posts) out += " [label=\"posts\"]";
        out += ";\n";
      }
  return out + "}\n";
}

}  // namespace

void add_graph(CLI::App& app, Shell& shell) {
  auto graph = std::make_shared<Graph>();
  CLI::App* verb = app.add_subcommand("graph", "Draw a pipeline");
  verb->add_option("file", graph->file, "The pipeline")->required();
  verb->add_option("--format", graph->format, "mermaid (for Markdown) or dot (for Graphviz)")
      ->check(CLI::IsMember({"mermaid", "dot"}))
      ->capture_default_str();
  verb->footer(
      "Examples:\n  earshot graph configs/demo.yaml\n  earshot graph configs/demo.yaml --format dot | dot -Tsvg > "
      "demo.svg\n"
      "Exit codes: 0 drawn, 1 the pipeline has faults.");
  verb->callback([graph, &shell] {
    Catalog catalog = open_catalog(shell);
    const std::optional<Plan> plan = load_plan(graph->file, catalog, shell);
    if (plan) std::fputs((graph->format == "dot" ? dot(*plan) : mermaid(*plan)).c_str(), stdout);
  });
}

}  // namespace earshot::host

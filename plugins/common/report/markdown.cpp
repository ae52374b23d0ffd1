#include <fmt/format.h>

#include "calendar/zone.hpp"
#include "chart/markup.hpp"
#include "report/causes.hpp"
#include "report/forms.hpp"
#include "report/formulas.hpp"
#include "report/queries.hpp"
#include "report/sentences.hpp"

namespace earshot::report {
namespace {

using chart::thousands;

std::string link_to(const std::string& url, const std::string& text) {
  if (chart::link(url).empty()) return text;
  std::string out;
  for (const char c : url) {
    const auto u = static_cast<unsigned char>(c);
    const bool plain = u > 0x20 && u < 0x7F && std::string_view("()<>[]\"'\\`").find(c) == std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", u);
  }
  return "[" + text + "](" + out + ")";
}

std::string shown(const figures::Ranked& row) {
  return markdown_text(row.label.empty() ? row.value : row.label, 100);
}

// A query as code: no sign of it ends the code.
std::string code(std::string_view text) {
  std::string out = "``` ";
  for (const char c : text) out += c == '`' ? '\'' : static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  return out + " ```";
}

std::string overview(const Content& content) {
  std::string out =
      "| | mentions | change | unique | authors | reach | net sentiment |\n|---|---:|---:|---:|---:|---:|---:|\n";
  for (const Item& item : content.items)
    out += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", markdown_text(item.item.name, 80),
                       thousands(item.now.posts), short_change(item.now.posts, item.before.posts),
                       thousands(item.now.unique_posts), thousands(item.now.authors), thousands(item.now.reach),
                       item.sentiment.stated > 0 ? with_interval(item.sentiment.net) : "");
  return out + "\n";
}

std::string rows(std::string_view title, const std::vector<ListRow>& list) {
  if (list.empty()) return {};
  std::string out = fmt::format("{}: ", title);
  for (std::size_t i = 0; i < list.size(); ++i)
    out += fmt::format("{}{} {}", i == 0 ? "" : "; ", shown(list[i].row), thousands(list[i].row.posts));
  return out + ".\n\n";
}

std::string posts(std::string_view title, const std::vector<figures::PostCard>& all, const calendar::Zone& zone) {
  if (all.empty()) return {};
  std::string out = fmt::format("### {}\n\n", title);
  for (const figures::PostCard& post : all)
    out += fmt::format("- {} on {}, {}: {}\n", link_to(post.url, "@" + markdown_text(post.author, 60)),
                       markdown_text(post.platform, 40), zone.text(post.published), markdown_text(post.text, 280));
  return out + "\n";
}

std::string section(const Content& content, const Item& item, const calendar::Zone& zone) {
  std::string out = fmt::format(
      "## {}\n\n{} mentions, {}; {} without copies; {} authors; reach {}.\n\n", markdown_text(item.item.name, 100),
      thousands(item.now.posts), change(item.now.posts, item.before.posts, content.request.before_words),
      thousands(item.now.unique_posts), thousands(item.now.authors), thousands(item.now.reach));
  if (item.sentiment.stated > 0)
    out += fmt::format("Net sentiment {}: {:.1f} % negative, {:.1f} % neutral, {:.1f} % positive of {} posts.\n\n",
                       with_interval(item.sentiment.net), 100 * item.sentiment.negative.value,
                       100 * item.sentiment.neutral.value, 100 * item.sentiment.positive.value,
                       thousands(item.sentiment.stated));
  out += rows("Praised", item.praise) + rows("Blamed", item.blame);
  for (const List& list : item.lists) {
    std::string title(words_of(list.by));
    title[0] = static_cast<char>(title[0] - 32);
    out += rows(title, list.rows);
  }
  std::string authors;
  for (const figures::RankedAuthor& a : item.farthest)
    authors += fmt::format("{}@{} ({}, {} followers)", authors.empty() ? "" : "; ", markdown_text(a.handle, 60),
                           markdown_text(a.platform, 40), a.followers < 0 ? "?" : thousands(a.followers));
  if (!authors.empty()) out += "Authors of reach: " + authors + ".\n\n";
  out += posts("Most reactions", item.best, zone) + posts("Negative", item.negative, zone) +
         posts("Positive", item.positive, zone);
  for (const Evidence& e : content.evidence)
    if (e.anchor == item.all_evidence)
      out += "All of them: " + code(command_of(e.query, content.request.store)) + "\n\n";
  return out;
}

std::string coverage(const Content& content, const calendar::Zone& zone) {
  std::string out =
      fmt::format("## What could not be seen\n\n{} posts of this period are in the store, {} of them late.\n\n",
                  thousands(content.all.posts), thousands(content.all.late));
  for (const Unseen& one : content.unseen)
    out += fmt::format("- {}: {:.1f} hours in {} gaps, {} to {}: {}\n", markdown_text(one.source, 80), one.hours,
                       thousands(one.gaps), zone.text(one.between.from), zone.text(one.between.to),
                       markdown_text(one.reason, 200));
  return out + (content.gaps.empty() ? "No source told of a gap.\n\n" : "\n");
}

}  // namespace

std::string markdown_text(std::string_view text, std::size_t most) {
  std::string out;
  for (const char c : chart::escaped(text, most)) {
    const auto u = static_cast<unsigned char>(c);
    if (u <= 0x20) {
      if (!out.empty() && out.back() != ' ') out += ' ';
      continue;
    }
    if (std::string_view("\\`*_{}[]()#+-.!|~$^=:@").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string as_markdown(const Content& content) {
  const calendar::Zone zone(content.request.zone);
  std::string out = fmt::format("# {}: {}\n\n", markdown_text(content.request.title, 200),
                                calendar::title_of(content.request.period, zone));
  for (const std::string& sentence : content.headlines) out += "- " + markdown_text(sentence, 800) + "\n";
  out += "\n" + overview(content);
  for (const Item& item : content.items)
    if (item.now.posts > 0) out += section(content, item, zone);
  out += "## Alerts\n\n";
  for (const figures::AlertCard& a : content.alerts) {
    out += fmt::format("- {}: {} (severity {}, observed {:.4g}, expected {:.4g})\n", zone.text(a.starts),
                       markdown_text(a.summary.empty() ? a.kind : a.summary, 400), a.severity, a.observed, a.expected);
    for (const Cause& cause : causes_of(a.attributes).all)
      out += fmt::format("  - {} {}: {} of the difference\n", markdown_text(cause.kind, 40),
                         markdown_text(cause.value, 120), percent(cause.share));
  }
  out += content.alerts.empty() ? "None in this period.\n\n" : "\n";
  out += coverage(content, zone) + "## How the figures are made\n\n";
  for (const Formula& f : kFormulas) out += fmt::format("- **{}**: {}\n", f.name, markdown_text(f.text, 2000));
  return out + fmt::format("\nEarshot {}, pipeline {}, configuration {}.\n", content.request.version,
                           markdown_text(content.request.pipeline, 80), content.request.config_hash);
}

}  // namespace earshot::report

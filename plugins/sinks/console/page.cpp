#include "console/page.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "post/time.hpp"
#include "text/cells.hpp"
#include "text/utf8.hpp"

namespace earshot::console {

using text::append_cells;
using text::cells;
using text::columns_of;
using text::Fitted;

namespace {

constexpr std::string_view kPlain = "\x1B[0m", kDim = "\x1B[2m", kBold = "\x1B[1m", kRed = "\x1B[31m",
                           kBoldRed = "\x1B[1;31m", kGreen = "\x1B[32m", kYellow = "\x1B[33m", kCyan = "\x1B[36m";
constexpr std::size_t kIndent = 2, kNarrow = 20;

// 2026-03-14 09:12:05
std::string when(ear_time time) {
  if (time == EAR_TIME_NONE) return "at no known time";
  if (time == EAR_TIME_END) return "the end of time";
  char text[post::kTimeText];
  const char* end = post::write_time(text, time);
  std::string all(text, static_cast<std::size_t>(std::min<std::ptrdiff_t>(end - text, 19)));
  if (all.size() > 10) all[10] = ' ';
  return all;
}

std::string number(double value) {
  char text[32];
  const bool whole = value == static_cast<double>(static_cast<std::int64_t>(value));
  const int size = std::snprintf(text, sizeof text, whole ? "%.0f" : "%.1f", value);
  return {text, static_cast<std::size_t>(size)};
}

std::string_view colour_of(const FoundBefore& f) {
  if (f.value() == "negative") return kRed;
  if (f.value() == "positive") return kGreen;
  return f.kind() == "mention" ? kCyan : kPlain;
}

std::string_view change_of(std::uint32_t change) {
  if (change == EAR_EDITED) return "edited";
  if (change == EAR_DELETED) return "deleted";
  return change == EAR_WITHDRAWN ? "withdrawn" : "";
}

}  // namespace

// One line that is not wider than the page. Words behind its end are left out.
class Page::Line {
 public:
  Line(Page& page, std::size_t indent) : page_(page), left_(std::max(page.look_.width, kNarrow)) {
    page_.text_.append(indent, ' ');
    left_ -= indent;
  }
  ~Line() { page_.text_ += '\n'; }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  std::size_t left() const { return left_; }
  // Outside text, which is shown safely; a blank before it unless it is the first.
  void word(std::string_view text, std::string_view colour = {}) {
    const std::size_t blank = begun_ ? 1 : 0;
    if (left_ <= blank || text.empty()) return;
    const std::string shown = cells(text, left_ - blank);
    if (begun_) page_.text_ += ' ';
    begun_ = true;
    left_ -= blank + columns_of(shown);
    paint(shown, colour);
  }
  // A stretch of outside text without a blank before it. False: not all of it fits.
  bool run(std::string_view text, std::string_view colour = {}) {
    std::string shown;
    const Fitted fitted = append_cells(shown, text, left_);
    left_ -= fitted.columns;
    paint(shown, colour);
    return fitted.bytes == text.size();
  }

 private:
  void paint(std::string_view shown, std::string_view colour) {
    const bool paints = page_.look_.colour && !colour.empty() && colour != kPlain && !shown.empty();
    if (paints) page_.text_ += colour;
    page_.text_ += shown;
    if (paints) page_.text_ += kPlain;
  }
  Page& page_;
  std::size_t left_;
  bool begun_ = false;
};

void Page::post(const Post& post) {
  {
    Line line(*this, 0);
    line.word(when(post.raw().published), kDim);
    line.word(post.platform(), kDim);
    if (!post.author_handle().empty()) line.word(std::string("@").append(post.author_handle()), kBold);
    line.word(change_of(post.raw().change), kYellow);
    std::vector<std::string> said;
    for (const FoundBefore f : post.findings()) {
      std::string what(f.kind() == "mention" ? f.subject() : f.kind());
      if (f.kind() != "mention" && !f.subject().empty()) what.append(" ").append(f.subject());
      if (!f.value().empty()) what.append(": ").append(f.value());
      what.insert(0, 1, '[').push_back(']');
      if (std::find(said.begin(), said.end(), what) != said.end()) continue;
      line.word(what, colour_of(f));
      said.push_back(std::move(what));
    }
  }
  if (!post.is_gone()) excerpt(post);
  if (!post.url().empty()) Line(*this, kIndent).word(post.url(), kDim);
}

namespace {

using Range = std::pair<std::size_t, std::size_t>;

// Where findings stand in a segment, in order and without overlaps.
std::vector<Range> marks_in(const Post& post, const Segment& segment) {
  std::vector<Range> marks;
  for (const FoundBefore f : post.findings())
    if (f.segment() == segment.number() && f.begin() < f.end() && f.end() <= segment.text().size())
      marks.emplace_back(f.begin(), f.end());
  std::sort(marks.begin(), marks.end());
  std::size_t done = 0;
  std::erase_if(marks, [&](const Range& m) {
    if (m.first < done) return true;
    return done = m.second, false;
  });
  return marks;
}

// Where to begin so that `mark` is well inside `room` columns: some text before it, from the beginning of a word.
std::size_t begin_before(std::string_view text, std::size_t mark, std::size_t room) {
  if (mark < room / 2) return 0;
  std::size_t at = mark - room / 3;
  while (at < mark && text[at] != ' ') ++at;
  return at;
}

}  // namespace

// The first segment in which something was found, else the first of all, as one line around the first mark.
void Page::excerpt(const Post& post) {
  const auto segments = post.segments();
  if (segments.empty()) return;
  Segment shown = segments[0];
  std::vector<Range> marks;
  for (const Segment segment : segments) {
    marks = marks_in(post, segment);
    if (marks.empty()) continue;
    shown = segment;
    break;
  }
  const std::string_view text = shown.text();
  Line line(*this, kIndent);
  std::size_t at = marks.empty() ? 0 : begin_before(text, marks.front().first, line.left());
  if (at > 0) line.run("…", kDim);
  for (const auto& [begin, end] : marks) {
    if (!line.run(text.substr(at, begin - at)) || !line.run(text.substr(begin, end - begin), kBold)) return;
    at = end;
  }
  line.run(text.substr(at));
}

void Page::alert(const ear_alert& alert) {
  {
    Line line(*this, 0);
    line.word("ALERT", alert.severity >= 7 ? kBoldRed : kYellow);
    line.word(view(alert.kind), kBold);
    line.word(view(alert.subject), kCyan);
    line.word("severity " + std::to_string(alert.severity) + "/10,");
    line.word(when(alert.start) + " to " + when(alert.end) + (alert.state == EAR_ALERT_CLOSED ? ", closed" : ""), kDim);
  }
  if (alert.summary.len != 0) {
    Line(*this, kIndent).word(view(alert.summary));
  } else {
    Line(*this, kIndent)
        .word("observed " + number(alert.observed) + ", expected " + number(alert.expected) + " (" +
              number(alert.lower) + " to " + number(alert.upper) + ")");
  }
  for (std::uint32_t i = 0; i < alert.evidence_count; ++i)
    evidence(*reinterpret_cast<const ear_evidence*>(reinterpret_cast<const char*>(alert.evidence) +
                                                    std::size_t{i} * alert.evidence_stride));
}

void Page::evidence(const ear_evidence& evidence) {
  Line line(*this, kIndent);
  line.word("-", kDim);
  line.word(when(evidence.published), kDim);
  if (evidence.author.len != 0) line.word(std::string("@").append(view(evidence.author)), kBold);
  line.word(evidence.text.len != 0 ? view(evidence.text) : view(evidence.url));
}

void Page::gap(const Gap& gap) {
  Line line(*this, 0);
  line.word("GAP", kYellow);
  line.word(gap.source());
  line.word(when(ticks(gap.from())) + " to " + when(ticks(gap.to())) + ":", kDim);
  line.word(gap.reason());
}

}  // namespace earshot::console

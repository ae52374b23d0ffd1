// How fast the dashboard is, as a browser sees it: when something is painted, when the figures are there, and how long
// the page's questions take. Needs Chromium.
//
//   bench_dashboard STORE [TIMES]     a table on standard output; each question is asked TIMES times, 20 without it.
//                                     bench_figures --store STORE --full makes a store of 5 million posts.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <earshot/testing.hpp>
#include <functional>
#include <string>
#include <vector>

#include "../../plugins/loaded.hpp"
#include "browser/browser.hpp"
#include "earshot/services/store.hpp"

namespace {

using namespace earshot::testing;

double percentile(std::vector<double> all, double share) {
  std::sort(all.begin(), all.end());
  return all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1) + 0.5)];
}

// The plugin over a store, as in a pipeline.
class Dashboard {
 public:
  explicit Dashboard(const std::string& store)
      : sink_(loaded("dashboard"), {{"listen", "127.0.0.1:0"}, {"store", store}}) {
    sink_.service(EAR_STORE_1, service_.table<ear_store_1>(EAR_STORE_1));
    sink_.start();
    const std::string told = sink_.log_text();
    const auto at = told.find("http://");
    if (at == told.npos) throw std::runtime_error("the dashboard does not start: " + told);
    address = told.substr(at, told.find_first_of(" \n", at) - at);
  }
  std::string address;

 private:
  ServiceHarness service_{loaded("store")};
  SinkHarness sink_;
};

class Questions {
 public:
  Questions(browser::Page& page, int times) : page_(page), times_(times) {
    fmt::print("{:<58} {:>8} {:>8} {:>8}\n", "milliseconds", "median", "95 %", "most");
  }
  // `path` of the API, another one each time if it likes.
  void ask(std::string_view name, const std::function<std::string(int)>& path) {
    std::vector<double> took;
    for (int i = 0; i < times_; ++i)
      took.push_back(
          page_
              .evaluate("(async () => { const begin = performance.now(); const answer = await fetch('/api/v1/" +
                        path(i) +
                        "'); await answer.text(); if (!answer.ok) throw answer.status; return "
                        "performance.now() - begin; })()")
              .to_number<double>());
    row(name, took);
    all_.insert(all_.end(), took.begin(), took.end());
  }
  void row(std::string_view name, const std::vector<double>& took) {
    fmt::print("{:<58} {:8.1f} {:8.1f} {:8.1f}\n", name, percentile(took, 0.5), percentile(took, 0.95),
               *std::max_element(took.begin(), took.end()));
    std::fflush(stdout);
  }
  void sum() { row("all questions", all_); }

 private:
  browser::Page& page_;
  int times_;
  std::vector<double> all_;
};

// What the store has, to ask for.
struct Known {
  std::vector<std::string> subjects;
  std::string last, week, everything;
};

Known known(browser::Page& page) {
  const auto state = page.evaluate("fetch('/api/v1/state').then((answer) => answer.json())");
  Known out;
  for (const auto& subject : state.at("subjects").as_array()) out.subjects.emplace_back(subject.as_string());
  if (out.subjects.empty()) throw std::runtime_error("the store has no watch item");
  const std::string day = "new Date(Date.parse('" + std::string(state.at("last").as_string()) + "') - ";
  const auto before = [&](int days) {
    return std::string(
        page.evaluate("(" + day + std::to_string(days) + " * 864e5)).toISOString().slice(0, 10)").as_string());
  };
  out.last = before(0), out.week = before(6) + ".." + out.last;
  out.everything = std::string(state.at("first").as_string()).substr(0, 10) + ".." + out.last;
  return out;
}

void ask_all(Questions& questions, const Known& store) {
  const auto subject = [&](int i) {
    return "subject=" + store.subjects[static_cast<std::size_t>(i) % store.subjects.size()];
  };
  questions.ask("overview of all posts, four weeks", [](int) { return "overview"; });
  questions.ask("overview of all posts, everything", [&](int) { return "overview?period=" + store.everything; });
  questions.ask("overview of a watch item, four weeks", [&](int i) { return "overview?" + subject(i); });
  questions.ask("overview of a watch item, everything",
                [&](int i) { return "overview?" + subject(i) + "&period=" + store.everything; });
  questions.ask("overview by a query, a week",
                [&](int) { return "overview?q=sentiment%3Anegative&period=" + store.week; });
  questions.ask("overview of a watch item by a query, four weeks",
                [&](int i) { return "overview?q=lang%3Ade&" + subject(i); });
  for (const char* by : {"latest", "engagement", "negative", "media"})
    questions.ask(fmt::format("posts of a watch item, by {}", by),
                  [&](int i) { return "posts?limit=60&by=" + std::string(by) + "&" + subject(i); });
  questions.ask("posts of everything by a query",
                [&](int) { return "posts?limit=60&q=platform%3Aforum&period=" + store.everything; });
  questions.ask("alerts", [](int) { return "alerts"; });
  questions.ask("one post", [](int i) { return "posts/" + std::to_string(1 + i); });
  questions.sum();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print("A store is needed: bench_dashboard STORE [TIMES]\n");
    return 0;
  }
  if (!browser::Chromium::installed()) {
    fmt::print("There is no Chromium: install Debian's package chromium.\n");
    return 0;
  }
  const int times = argc > 2 ? std::max(1, std::atoi(argv[2])) : 20;
  const Dashboard dashboard(argv[1]);
  const Folder folder;
  browser::Page page(folder / "browser", dashboard.address);
  Questions questions(page, times);
  std::vector<double> painted, filled;
  for (int i = 0; i < times; ++i) {
    page.go("about:blank"), page.go(dashboard.address);
    page.wait("document.querySelector('main').getAttribute('aria-busy') === 'false' && document.querySelector('.big')");
    filled.push_back(page.evaluate("performance.now()").to_number<double>());
    page.wait("performance.getEntriesByName('first-contentful-paint').length");
    painted.push_back(page.first_paint());
  }
  questions.row("first paint", painted);
  questions.row("figures of the overview shown", filled);
  ask_all(questions, known(page));
}

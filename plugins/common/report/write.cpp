#include "report/write.hpp"

#include <cstdio>
#include <fstream>
#include <optional>

#include "calendar/zone.hpp"
#include "earshot/error.hpp"
#include "report/forms.hpp"
#include "report/html.hpp"
#include "report/pdf.hpp"

namespace earshot::report {
namespace {

namespace fs = std::filesystem;

void write_file(const fs::path& path, const std::string& text) {
  const fs::path fresh = path.string() + ".new";
  {
    std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
    out << text;
    if (!out.flush())
      throw io_failure("cannot write '" + fresh.string() + "': is the folder there and the disk not full?");
  }
  std::error_code error;
  fs::rename(fresh, path, error);
  if (error) throw io_failure("cannot write '" + path.string() + "': " + error.message());
}

// "report-2026-05-04" of a day, "report-2026-05-04_2026-05-10" of several, with hours where it is no days.
std::string name_of(const Request& request) {
  const calendar::Zone zone(request.zone);
  const calendar::LocalTime from = zone.local(request.period.from), to = zone.local(request.period.to);
  if (from.hour + from.minute + to.hour + to.minute != 0) {
    std::string name = "report-" + zone.text(request.period.from) + "_" + zone.text(request.period.to);
    for (char& c : name)
      if (c == ' ' || c == ':') c = '-';
    return name;
  }
  const calendar::Date last = zone.local(request.period.to - 1).date;
  return "report-" + calendar::text(from.date) + (from.date == last ? "" : "_" + calendar::text(last));
}

}  // namespace

std::vector<Format> formats_of(const std::vector<std::string>& names) {
  std::vector<Format> out;
  for (const std::string& name : names) {
    if (name == "html")
      out.push_back(Format::html);
    else if (name == "pdf")
      out.push_back(Format::pdf);
    else if (name == "csv")
      out.push_back(Format::csv);
    else if (name == "json")
      out.push_back(Format::json);
    else if (name == "md" || name == "markdown")
      out.push_back(Format::markdown);
    else
      throw invalid("that is no format of reports: there are html, pdf, csv, json, md").at_option("format");
  }
  if (out.empty()) throw invalid("say in which formats: html, pdf, csv, json, md").at_option("format");
  return out;
}

std::vector<fs::path> write(const Content& content, const std::vector<Format>& formats, const fs::path& folder) {
  std::error_code ignored;  // the writing that follows tells
  fs::create_directories(folder, ignored);
  const fs::path base = folder / name_of(content.request);
  const auto with = [&](const char* ending) { return fs::path(base.string() + ending); };
  std::vector<fs::path> written;
  const auto add = [&](const fs::path& path, const std::string& text) {
    write_file(path, text), written.push_back(path);
  };
  std::optional<std::string> page;
  for (const Format format : formats) {
    if ((format == Format::html || format == Format::pdf) && !page) page = as_html(content);
    if (format == Format::html) add(with(".html"), *page);
    if (format == Format::json) add(with(".json"), as_json(content));
    if (format == Format::markdown) add(with(".md"), as_markdown(content));
    if (format == Format::csv) {
      fs::create_directories(with("-csv"), ignored);
      for (const auto& [name, text] : as_csv(content)) add(with("-csv") / name, text);
    }
    if (format == Format::pdf) {
      const fs::path source = with(".pdf.html");
      write_file(source, *page);
      try {
        write_pdf(source, with(".pdf"));
      } catch (...) {
        fs::remove(source, ignored);
        throw;
      }
      fs::remove(source, ignored);
      written.push_back(with(".pdf"));
    }
  }
  return written;
}

}  // namespace earshot::report

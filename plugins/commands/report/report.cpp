// report: what a store has to say of a period, as a page, a PDF, tables, JSON or Markdown: at once, or on a schedule.
#include "command.hpp"
#include "sink.hpp"

EARSHOT_PLUGIN("org.earshot.report", "1.0.0", "Earshot", "Apache-2.0", "Reports of a period: at once or on a schedule",
               earshot::report::ReportCommand, earshot::report::ReportSink)

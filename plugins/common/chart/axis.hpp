// axis.hpp: what the charts share: scales, frames, legends, and the table below. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "chart/chart.hpp"

namespace earshot::chart {

// Steps of 1, 2 or 5 that cover [least, most], about `steps` of them.
std::vector<double> ticks(double least, double most, int steps);

std::string_view word_of(Colour colour);  // the class of the colour: c1 … c6, neg, neu, pos, soft

std::string begin_svg(const Labels& labels, int width, int height);
// The caption, the drawing, the legend (where there are several) and the table.
std::string figure(const Labels& labels, const std::string& svg, const std::string& legend, const std::string& table);
std::string legend_of(const std::vector<std::pair<std::string, Colour>>& names);
std::string table_of(const Labels& labels, const std::vector<std::string>& x, const std::vector<Series>& series);

std::string text_at(double x, double y, std::string_view text, std::string_view anchor);
// Which of the names below an axis are written so that they do not touch.
std::vector<bool> shown_names(const std::vector<std::string>& names, double width);

}  // namespace earshot::chart

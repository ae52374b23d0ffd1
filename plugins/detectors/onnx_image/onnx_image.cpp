// onnx_image: what a model of the user's own sees in pictures and videos: labels of the whole, or things with boxes.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <earshot/detector.hpp>
#include <fstream>
#include <map>
#include <memory>
#include <optional>

#include "media/looks.hpp"
#include "media/reading.hpp"
#include "media/tracks.hpp"
#include "network.hpp"

namespace {

namespace onnx = earshot::onnx_image;

enum class Layout { classes, yolo };

constexpr std::size_t kLooks = 4096;
constexpr std::int64_t kGap = 1'500'000'000;
constexpr std::size_t kMostLabels = 100'000;

struct Options {
  std::filesystem::path model, labels;
  Layout layout;
  int width, height;
  double scale, threshold, overlap;
  std::vector<double> mean;
  bool swap;
  std::map<std::string, std::string> subjects;

  static constexpr auto schema();
};

}  // namespace

template <>
inline constexpr const char* earshot::choices<Layout>[] = {"classes", "yolo", nullptr};

namespace {

constexpr auto Options::schema() {
  using earshot::option;
  using O = Options;
  return earshot::schema(
      option<&O::model>("model", "The model, an ONNX file",
                        {.example = "models/parcels.onnx", .flags = EAR_OPTION_REQUIRED}),
      option<&O::labels>("labels", "Its labels, one a line, in the order of the model",
                         {.example = "models/parcels.txt", .flags = EAR_OPTION_REQUIRED}),
      option<&O::layout>("layout", "What it answers: classes of the whole picture, or boxes as YOLOv5 and YOLOv8 do",
                         {.fallback = "yolo"}),
      option<&O::width>("width", "Width of its input", {.fallback = "640", .min = 8, .max = 4096}),
      option<&O::height>("height", "Height of its input", {.fallback = "640", .min = 8, .max = 4096}),
      option<&O::scale>("scale", "What each colour, 0 to 255, is multiplied with after the mean was taken off",
                        {.fallback = "0.00392156862745098", .min = 0.000001, .max = 1000}),
      option<&O::mean>("mean", "What is taken off each of the three colours, in the model's order; none: nothing",
                       {.fallback = "[]", .max = 3}),
      option<&O::swap>("swap", "The model wants red, green, blue; no: blue, green, red", {.fallback = "yes"}),
      option<&O::threshold>("threshold", "How sure the model must be", {.fallback = "0.5", .min = 0.001, .max = 1}),
      option<&O::overlap>("overlap", "From which overlap on boxes of one label are one thing",
                          {.fallback = "0.45", .min = 0.01, .max = 1}),
      option<&O::subjects>("subjects", "Labels that mean a watch item, with its id; what else is seen is an object",
                           {.fallback = "{}", .example = "{acme_box: acme}"}));
}

std::vector<std::string> read_labels(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<std::string> all;
  for (std::string line; all.size() <= kMostLabels && std::getline(in, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (!line.empty()) all.push_back(line.substr(0, 200));
  }
  if (all.empty() || all.size() > kMostLabels)
    throw earshot::invalid(fmt::format("'{}' has no labels, or too many: write one a line", file.string()))
        .at_option("labels");
  return all;
}

// Not to be copied: each worker has a network of its own.
class OnnxImage : public earshot::Detector<Options> {
 public:
  static constexpr earshot::Info info{"onnx_image", "What an ONNX model sees in pictures and videos",
                                      EAR_STATELESS | EAR_NEEDS_MEDIA};

  OnnxImage() = default;
  OnnxImage(const OnnxImage&) = delete;
  OnnxImage& operator=(const OnnxImage&) = delete;

  void start() {
    const Options& o = options();
    labels_ = read_labels(o.labels);
    for (const auto& [label, subject] : o.subjects)
      if (std::find(labels_.begin(), labels_.end(), label) == labels_.end())
        throw earshot::invalid(fmt::format("'{}' in subjects is none of the labels of '{}'", label, o.labels.string()))
            .at_option("subjects");
    if (!o.mean.empty() && o.mean.size() != 3)
      throw earshot::invalid("mean wants three numbers, or none").at_option("mean");
    network_.emplace(o.model, onnx::Input{o.width, o.height, o.scale, o.mean, o.swap});
    network_->rehearse([&](const onnx::Answer& answer) { read(answer); });
    media_ = earshot::MediaService(host());
  }
  void stop() { network_.reset(); }

  void detect(const earshot::Batch& batch, earshot::Out& out) {
    earshot::media::each_medium(media_, batch, out, [&](auto& post, auto& media, auto& medium) {
      if (!medium.has(EAR_HAS_PICTURES)) return;
      earshot::media::Tracks tracks(kGap);
      earshot::media::to_where_it_breaks(
          [&] { medium.pictures([&](const ear_picture& picture) { return look(picture, tracks), true; }); },
          [&] {
            for (const auto& track : tracks.take())
              tell(post, media.number(), medium.kind() == EAR_MEDIA_VIDEO, track, out);
          });
    });
  }

 private:
  std::vector<onnx::Sight> read(const onnx::Answer& answer) const {
    const Options& o = options();
    if (o.layout == Layout::yolo)
      return onnx::read_yolo(answer, labels_.size(), o.width, o.height, o.threshold, o.overlap);
    if (answer.numbers.size() != labels_.size())
      throw earshot::invalid(fmt::format("the model answers with {} numbers, and '{}' has {} labels",
                                         answer.numbers.size(), o.labels.string(), labels_.size()))
          .at_option("labels");
    return onnx::read_classes(answer, o.threshold);
  }

  void look(const ear_picture& picture, earshot::media::Tracks& tracks) {
    if (host().cancelled()) throw earshot::cancelled();
    const auto& found = looks_.get(picture.look, [&] {
      std::vector<onnx::Sight> sights;
      network_->run(picture, [&](const onnx::Answer& answer) { sights = read(answer); });
      return sights;
    });
    for (const onnx::Sight& s : found) {
      const ear_quad box{{s.left, s.right, s.right, s.left}, {s.top, s.top, s.bottom, s.bottom}};
      tracks.see(labels_[s.label], picture.start, picture.stop, box, s.score);
    }
  }

  void tell(const earshot::Post& post, std::uint32_t media, bool video, const earshot::media::Track& track,
            earshot::Out& out) const {
    const auto subject = options().subjects.find(track.what);
    const bool known = subject != options().subjects.end();
    const std::string reason = fmt::format("{} seen by {}", track.what, options().model.filename().string());
    const std::array<ear_value, 3> attributes{
        earshot::text_value("how", "onnx"), earshot::real_value("share", std::round(track.share * 1000) / 10),
        earshot::real_value("seconds", std::round(static_cast<double>(track.stop - track.start) / 1e8) / 10)};
    out.finding(post, {.kind = known ? "mention" : "object",
                       .subject = known ? std::string_view(subject->second) : std::string_view{},
                       .score = track.score,
                       .media = media,
                       .start = earshot::Duration{track.start},
                       .stop = earshot::Duration{track.stop},
                       .value = track.what,
                       .reason = reason,
                       .attributes = std::span(attributes).first(video ? 3 : 2),
                       .box = track.box});
  }

  earshot::MediaService media_;
  std::vector<std::string> labels_;
  std::optional<onnx::Network> network_;
  earshot::media::Looks<std::vector<onnx::Sight>> looks_{kLooks};
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.onnx_image", "1.0.0", "Earshot", "Apache-2.0", "Pictures seen by an ONNX model", OnnxImage)

#include "network.hpp"

#include <fmt/format.h>

#include <earshot/error.hpp>
#include <fstream>
#include <iterator>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/dnn.hpp>

namespace earshot::onnx_image {
namespace {

constexpr std::uintmax_t kMostBytes = std::uintmax_t{1} << 30;

std::vector<char> bytes_of(const std::filesystem::path& file) {
  std::error_code fault;
  const std::uintmax_t size = std::filesystem::file_size(file, fault);
  if (fault) throw invalid(fmt::format("the model '{}' cannot be read: {}", file.string(), fault.message()));
  if (size > kMostBytes) throw invalid(fmt::format("the model '{}' is larger than 1 GiB", file.string()));
  std::ifstream in(file, std::ios::binary);
  std::vector<char> all{std::istreambuf_iterator<char>(in), {}};
  if (all.empty()) throw invalid(fmt::format("the model '{}' is empty or cannot be read", file.string()));
  return all;
}

// OpenCV writes each fault to stderr before it throws it.
int silent(int, const char*, const char*, const char*, int, void*) {
  return 0;
}

// What OpenCV says of a fault, in a line.
std::string words_of(const cv::Exception& e) {
  std::string text;
  for (const char c : e.err.substr(0, 300)) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '>';
    if (!space && (c < ' ' || c > '~')) continue;
    if (!space) text += c;
    if (space && !text.empty() && text.back() != ' ') text += ' ';
  }
  return text;
}

}  // namespace

struct Network::Inside {
  std::filesystem::path file;
  Input input;
  cv::dnn::Net net;

  void answer(const cv::Mat& picture, const std::function<void(const Answer&)>& use) {
    cv::Mat out;
    try {
      cv::Scalar mean;
      for (std::size_t i = 0; i < input.mean.size() && i < 3; ++i) mean[static_cast<int>(i)] = input.mean[i];
      net.setInput(cv::dnn::blobFromImage(picture, input.scale, {input.width, input.height}, mean, input.swap));
      out = net.forward();
    } catch (const cv::Exception& e) {
      throw invalid(fmt::format("the model '{}' does not run on pictures of {}x{}: {}", file.string(), input.width,
                                input.height, words_of(e)));
    }
    if (out.empty() || out.depth() != CV_32F || !out.isContinuous())
      throw invalid(fmt::format("the model '{}' does not answer with numbers", file.string()));
    Answer answer;
    answer.shape.assign(out.size.p, out.size.p + out.dims);
    answer.numbers = {out.ptr<float>(), out.total()};
    use(answer);
  }
};

Network::Network(const std::filesystem::path& file, Input input) : inside_(std::make_unique<Inside>()) {
  cv::setNumThreads(1);
  cv::redirectError(silent);
  cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
  inside_->file = file, inside_->input = std::move(input);
  const std::vector<char> bytes = bytes_of(file);
  try {
    inside_->net = cv::dnn::readNetFromONNX(bytes.data(), bytes.size());
  } catch (const std::exception& e) {
    const auto* fault = dynamic_cast<const cv::Exception*>(&e);
    throw invalid(fmt::format("'{}' is no ONNX model that can be used here: {}", file.string(),
                              fault != nullptr ? words_of(*fault) : "it is broken"));
  }
  if (inside_->net.empty()) throw invalid(fmt::format("'{}' holds no network", file.string()));
  inside_->net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
  inside_->net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
}
Network::Network(Network&&) noexcept = default;
Network::~Network() = default;

void Network::run(const ear_picture& picture, const std::function<void(const Answer&)>& use) {
  const cv::Mat color(static_cast<int>(picture.height), static_cast<int>(picture.width), CV_8UC3,
                      const_cast<std::uint8_t*>(picture.pixels), picture.stride);
  inside_->answer(color, use);
}

void Network::rehearse(const std::function<void(const Answer&)>& use) {
  inside_->answer(cv::Mat(inside_->input.height, inside_->input.width, CV_8UC3, cv::Scalar::all(128)), use);
}

}  // namespace earshot::onnx_image

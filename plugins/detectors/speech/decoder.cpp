#include "speech/decoder.hpp"

#include <err.h>
#include <fmt/format.h>
#include <ngram_model.h>
#include <pocketsphinx.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <earshot/error.hpp>
#include <utility>

namespace earshot::speech {
namespace {

constexpr int kKwsMax = 1500;         // what kws_search.c takes off each score, in units of 1024 steps of the log table
constexpr double kNamesShare = 1e-3;  // of the language model of names in the mix

// A file in memory, for a library that reads files alone.
class MemoryFile {
 public:
  explicit MemoryFile(const std::string& text) : fd_(::memfd_create("earshot-speech", MFD_CLOEXEC)) {
    std::size_t written = 0;
    while (fd_ >= 0 && written < text.size()) {
      const ::ssize_t n = ::write(fd_, text.data() + written, text.size() - written);
      if (n <= 0) break;
      written += static_cast<std::size_t>(n);
    }
    if (fd_ < 0 || written < text.size())
      throw Error(EAR_INTERNAL, std::string("there is no memory for the names to listen for: ") + std::strerror(errno));
  }
  ~MemoryFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::string path() const { return fmt::format("/proc/self/fd/{}", fd_); }

 private:
  int fd_;
};

struct FreeConfig {
  void operator()(cmd_ln_t* config) const { cmd_ln_free_r(config); }
};
struct FreeDecoder {
  void operator()(ps_decoder_t* decoder) const { ps_free(decoder); }
};
struct FreeModel {
  void operator()(ngram_model_t* model) const { ngram_model_free(model); }
};
using Model = std::unique_ptr<ngram_model_t, FreeModel>;

std::string base_word(std::uint32_t name) {
  return fmt::format("_name{}", name);
}

Error not_there(const std::filesystem::path& model) {
  return Error(EAR_INVALID, "the acoustic model in " + model.string() +
                                " cannot be loaded: install pocketsphinx-en-us, or name the folder of a model that has "
                                "en-us, en-us.lm.bin and cmudict-en-us.dict with `model`");
}

}  // namespace

struct Decoder::Sphinx {
  std::unique_ptr<cmd_ln_t, FreeConfig> config;
  std::unique_ptr<ps_decoder_t, FreeDecoder> decoder;
  std::vector<std::string> words;  // of the spellings
  std::vector<std::uint32_t> names;
  std::size_t name_count = 0;

  void load(const std::filesystem::path& model) {
    err_set_logfp(nullptr);
    const std::string hmm = model / "en-us", dict = model / "cmudict-en-us.dict";
    // Silence is kept, so that frames are times. -maxhmmpf bounds the work where nothing fits well, as in noise.
    config.reset(cmd_ln_init(nullptr, ps_args(), TRUE, "-hmm", hmm.c_str(), "-dict", dict.c_str(), "-remove_silence",
                             "no", "-maxhmmpf", "2000", nullptr));
    if (config) decoder.reset(ps_init(config.get()));
    if (!decoder) throw not_there(model);
  }

  void add(std::span<const Spelling> spellings) {
    std::uint32_t variant = 0;
    for (std::size_t i = 0; i < spellings.size(); ++i) {
      const bool first = i == 0 || spellings[i].name != spellings[i - 1].name;
      variant = first ? 1 : variant + 1;
      words.push_back(first ? base_word(spellings[i].name)
                            : fmt::format("{}({})", base_word(spellings[i].name), variant));
      names.push_back(spellings[i].name), name_count += first;
      if (ps_add_word(decoder.get(), words.back().c_str(), to_arpabet(spellings[i].phones).c_str(), FALSE) < 0)
        throw Error(EAR_INVALID, "the acoustic model lacks a sound of " + to_arpabet(spellings[i].phones));
    }
  }

  void add_spotting(std::span<const Spelling> spellings) {
    std::string lines;
    for (std::size_t i = 0; i < spellings.size(); ++i)
      lines += fmt::format("{} /{:e}/\n", words[i], std::exp(spellings[i].threshold));
    const MemoryFile file(lines);
    if (ps_set_kws(decoder.get(), "spot", file.path().c_str()) < 0)
      throw Error(EAR_INTERNAL, "PocketSphinx refuses the names to listen for");
  }

  // Words cannot be added to the language model that comes with PocketSphinx: it would crash. Mixed with a second one
  // that has the names alone, they stand among its words.
  void add_transcribing(const DecoderSettings& settings) {
    logmath_t* const log = ps_get_logmath(decoder.get());
    Model english(ngram_model_read(config.get(), (settings.model / "en-us.lm.bin").c_str(), NGRAM_AUTO, log));
    if (!english) throw not_there(settings.model);
    std::string arpa = fmt::format("\\data\\\nngram 1={}\n\n\\1-grams:\n-99 <s>\n-99 </s>\n", name_count + 2);
    for (std::size_t i = 0; i < words.size(); ++i)
      if (i == 0 || names[i] != names[i - 1])
        arpa += fmt::format("{:.3f} {}\n", settings.prior - std::log10(kNamesShare), words[i]);
    arpa += "\n\\end\\\n";
    const MemoryFile file(arpa);
    Model own(ngram_model_read(config.get(), file.path().c_str(), NGRAM_ARPA, log));
    if (!own) throw Error(EAR_INTERNAL, "PocketSphinx refuses the language model of names");
    ngram_model_t* models[] = {english.get(), own.get()};
    char first[] = "english", second[] = "names";
    char* labels[] = {first, second};
    const float32 shares[] = {static_cast<float32>(1 - kNamesShare), static_cast<float32>(kNamesShare)};
    const Model both(ngram_model_set_init(config.get(), models, labels, shares, 2));
    if (!both) throw Error(EAR_INTERNAL, "PocketSphinx refuses to mix language models");
    // The set counts its models, and the decoder the set: ours may go.
    if (ps_set_lm(decoder.get(), "words", both.get()) < 0)
      throw Error(EAR_INTERNAL, "PocketSphinx refuses the mixed language model");
  }

  void listen(const char* search, std::span<const std::int16_t> sound) {
    ps_decoder_t* const ps = decoder.get();
    if (ps_set_search(ps, search) < 0 || ps_start_utt(ps) < 0 ||
        ps_process_raw(ps, sound.data(), sound.size(), FALSE, TRUE) < 0 || ps_end_utt(ps) < 0)
      throw Error(EAR_INTERNAL, "PocketSphinx fails on a stretch of sound");
  }

  template <class Take>
  void each_word(Take&& take) {
    for (ps_seg_t* seg = ps_seg_iter(decoder.get()); seg != nullptr; seg = ps_seg_next(seg)) {
      int first = 0, last = 0;
      std::int32_t acoustic = 0, language = 0, backoff = 0;
      ps_seg_frames(seg, &first, &last);
      const std::int32_t probability = ps_seg_prob(seg, &acoustic, &language, &backoff);
      take(std::string_view(ps_seg_word(seg)), first, last, probability);
    }
  }
};

Decoder::Decoder(const DecoderSettings& settings, std::span<const Spelling> spellings)
    : sphinx_(std::make_unique<Sphinx>()) {
  sphinx_->load(settings.model);
  sphinx_->add(spellings);
  sphinx_->add_spotting(spellings);
  sphinx_->add_transcribing(settings);
}

Decoder::~Decoder() = default;

std::vector<Spotted> Decoder::spot(std::span<const std::int16_t> sound) {
  sphinx_->listen("spot", sound);
  const double step = std::log(logmath_get_base(ps_get_logmath(sphinx_->decoder.get()))) * 1024;
  std::vector<Spotted> all;
  sphinx_->each_word([&](std::string_view word, int first, int last, std::int32_t score) {
    word = word.substr(0, word.find(' '));  // it keeps the blank before the threshold
    const auto found = std::find(sphinx_->words.begin(), sphinx_->words.end(), word);
    if (found == sphinx_->words.end()) return;
    const auto spelling = static_cast<std::size_t>(found - sphinx_->words.begin());
    all.push_back({sphinx_->names[spelling], spelling, first, last, (score + kKwsMax) * step});
  });
  return all;
}

std::vector<Heard> Decoder::transcribe(std::span<const std::int16_t> sound) {
  sphinx_->listen("words", sound);
  logmath_t* const log = ps_get_logmath(sphinx_->decoder.get());
  std::vector<Heard> all;
  sphinx_->each_word([&](std::string_view word, int first, int last, std::int32_t score) {
    if (word.empty() || word[0] == '<' || word[0] == '[' || word[0] == '+') return;
    Heard heard{{}, 0, first, last, logmath_exp(log, score)};
    const auto name = std::find(sphinx_->words.begin(), sphinx_->words.end(), word);
    if (name != sphinx_->words.end())
      heard.name = sphinx_->names[static_cast<std::size_t>(name - sphinx_->words.begin())];
    else
      heard.word = word.substr(0, word.find('('));
    all.push_back(std::move(heard));
  });
  return all;
}

}  // namespace earshot::speech

#include "transcript/whisper.hpp"

#include <whisper.h>

#include <algorithm>
#include <earshot/error.hpp>
#include <mutex>

namespace earshot::transcript {
namespace {

constexpr std::int64_t kTick = 10'000'000;  // whisper.cpp counts in hundredths of a second

struct FreeContext {
  void operator()(whisper_context* context) const { whisper_free(context); }
};

// A token that begins with a blank begins a word; others go on with it. Punctuation belongs to the word before it.
Sentence sentence_of(whisper_context* context, int number) {
  Sentence sentence;
  sentence.start = whisper_full_get_segment_t0(context, number) * kTick;
  sentence.stop = whisper_full_get_segment_t1(context, number) * kTick;
  std::vector<int> tokens_of;
  for (int i = 0; i < whisper_full_n_tokens(context, number); ++i) {
    const whisper_token_data token = whisper_full_get_token_data(context, number, i);
    if (token.id >= whisper_token_eot(context)) continue;  // no text: a time, a language
    std::string text = whisper_full_get_token_text(context, number, i);
    const bool begins = sentence.words.empty() || text.starts_with(' ');
    if (text.starts_with(' ')) text.erase(0, sentence.text.empty() ? 1 : 0);
    if (begins) {
      const auto at = static_cast<std::uint32_t>(sentence.text.size() + (text.starts_with(' ') ? 1 : 0));
      sentence.words.push_back({at, at, token.t0 * kTick, token.t1 * kTick, 0}), tokens_of.push_back(0);
    }
    sentence.text += text;
    Word& word = sentence.words.back();
    word.end = static_cast<std::uint32_t>(sentence.text.size()), word.stop = token.t1 * kTick;
    word.confidence += static_cast<double>(token.p), ++tokens_of.back();
  }
  for (std::size_t w = 0; w < sentence.words.size(); ++w) {
    sentence.words[w].confidence = std::clamp(sentence.words[w].confidence / tokens_of[w], 0.0, 1.0);
    sentence.confidence += sentence.words[w].confidence / static_cast<double>(sentence.words.size());
  }
  return sentence;
}

}  // namespace

struct Whisper::Model {
  std::unique_ptr<whisper_context, FreeContext> context;
  std::string language;
  int threads = 1;
  std::mutex one;
};

Whisper::Whisper(const std::filesystem::path& model, std::string language, int threads)
    : model_(std::make_unique<Model>()) {
  whisper_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
  model_->context.reset(whisper_init_from_file_with_params(model.c_str(), whisper_context_default_params()));
  if (!model_->context)
    throw invalid("whisper.cpp cannot read the model " + model.string() +
                  ": give the path of a model in its own format (ggml)")
        .at_option("model");
  model_->language = std::move(language), model_->threads = threads;
}

Whisper::~Whisper() = default;

Said Whisper::transcribe(std::span<const std::int16_t> sound, const std::function<bool()>& cancelled) {
  std::vector<float> samples(sound.size());
  std::transform(sound.begin(), sound.end(), samples.begin(),
                 [](std::int16_t s) { return static_cast<float>(s) / 32768; });
  const std::lock_guard lock(model_->one);
  whisper_full_params how = whisper_full_default_params(WHISPER_SAMPLING_GREEDY);
  how.n_threads = model_->threads, how.language = model_->language.c_str();
  how.print_progress = how.print_realtime = how.print_special = how.print_timestamps = false;
  how.no_context = true;  // what was said before must not change what is heard now
  how.token_timestamps = true;
  how.abort_callback = [](void* ask) { return (*static_cast<const std::function<bool()>*>(ask))(); };
  how.abort_callback_user_data = const_cast<std::function<bool()>*>(&cancelled);
  whisper_context* const context = model_->context.get();
  const int failed = whisper_full(context, how, samples.data(), static_cast<int>(samples.size()));
  if (cancelled()) throw earshot::cancelled();
  if (failed != 0) throw Error(EAR_INTERNAL, "whisper.cpp fails on a stretch of sound");
  Said said;
  if (const char* language = whisper_lang_str(whisper_full_lang_id(context)); language != nullptr)
    said.language = language;
  for (int i = 0; i < whisper_full_n_segments(context); ++i)
    if (Sentence sentence = sentence_of(context, i); !sentence.text.empty())
      said.sentences.push_back(std::move(sentence));
  return said;
}

}  // namespace earshot::transcript

// Rules of options: the schema, the values that are lent to create, and secrets.
#include <random>

#include "check/corpus.hpp"
#include "check/memory.hpp"
#include "check/spy.hpp"
#include "check/trial.hpp"
#include "config/option_value.hpp"
#include "plugin/descriptor.hpp"

namespace earshot::check {

using testing::option_line;
using testing::Setting;

namespace {

// Calls `use` with each option and its text, where it has one.
template <class Use>
void each_text(const ear_component& component, const char* ear_option::*text, Use&& use) {
  for (std::uint32_t i = 0; i < component.option_count; ++i) {
    const ear_option& option = option_line(component, i);
    if (option.*text == nullptr) continue;
    try {
      use(option, testing::typed(option.type, option.element, option.choices, testing::read_yaml(option.*text)));
    } catch (const std::invalid_argument& fault) {
      throw Broken("option '" + std::string(option.name) + "': \"" + shown(option.*text) +
                   "\" is not valid: " + fault.what());
    }
  }
}

// As the host reads them.
void defaults_validate(const Subject& subject) {
  for (const host::ComponentSchema& component : host::read_descriptor(*subject.module).components)
    for (const host::OptionSchema& option : component.options)
      if (std::string complaint; component.name == subject.component->name && !host::option_default(option, complaint))
        throw Broken("option '" + option.name + "': its default " + complaint);
  each_text(*subject.component, &ear_option::fallback, testing::check_bounds);
}

void examples_validate(const Subject& subject) {
  each_text(*subject.component, &ear_option::example, testing::check_bounds);
}

// Creates with these options; refusing them in words is an answer too.
void create_with(const Subject& subject, const std::vector<Setting>& options) {
  Subject one = subject;
  one.options = options;
  const auto h = trial<testing::HarnessBase>(one);
  try {
    h->create();
  } catch (const testing::CallFailed&) {
  }
}

void created_with_defaults(const Subject& subject) {
  const auto h = trial<testing::HarnessBase>(subject);
  or_skip("take its defaults", [&] { h->create(); });
}

void bounds_tried(const Subject& subject) {
  const auto given = usable_options(*subject.component, subject.options);
  for (std::uint32_t i = 0; i < subject.component->option_count; ++i) {
    const ear_option& option = option_line(*subject.component, i);
    const bool number = option.type == EAR_INTEGER || option.type == EAR_REAL || option.type == EAR_SIZE;
    if (!number || (option.min == 0 && option.max == 0)) continue;
    for (const double edge : {option.min, (option.min + option.max) / 2, option.max}) {
      if (option.type != EAR_REAL && std::abs(edge) > 9e18) continue;
      auto options = given;
      options.push_back({option.name, option.type == EAR_REAL ? testing::Tree(edge)
                                                              : testing::Tree(static_cast<std::int64_t>(edge))});
      try {
        create_with(subject, options);
      } catch (const std::invalid_argument&) {  // a required option without an example
        throw Skipped("an option has to be given: --option NAME=VALUE");
      }
    }
  }
}

void odd_texts_survived(const Subject& subject) {
  const auto given = usable_options(*subject.component, subject.options);
  std::vector<std::string> texts = hostile_texts();
  for (const char* text : {"", " ", "-", "(", "a AND", "\"", "[", "file:///etc/shadow", "http://", "%00", "../../.."})
    texts.emplace_back(text);
  for (std::uint32_t i = 0; i < subject.component->option_count; ++i) {
    const ear_option& option = option_line(*subject.component, i);
    if (option.type != EAR_TEXT && option.type != EAR_QUERY && option.type != EAR_URL) continue;
    for (const std::string& text : texts) {
      auto options = given;
      options.push_back({option.name, text});
      try {
        create_with(subject, options);
      } catch (const std::invalid_argument&) {
        throw Skipped("an option has to be given: --option NAME=VALUE");
      }
    }
  }
}

void values_not_retained(const Subject& subject) {
  static LentMemory lent;  // what the harness gives is taken back after each call
  std::pmr::set_default_resource(&lent);
  live(subject, [] { std::pmr::set_default_resource(nullptr); });  // posts are views-not-retained's matter
}

void secrets_not_retained(const Subject& subject) {
  bool any = false;
  for (std::uint32_t i = 0; i < subject.component->option_count; ++i)
    any |= option_line(*subject.component, i).type == EAR_SECRET;
  if (!any) throw Skipped("it takes no secret");
  const auto h = trial<testing::HarnessBase>(subject);
  h->host().raw().secret = [](void*, ear_str, void (*use)(void*, ear_str), void* user) -> ear_status {
    static LentMemory lent;
    use(user, testing::keep("s3cr3t", lent));
    return lent.take_back(), EAR_OK;
  };
  or_skip("start", [&] { h->start(); });
  h->save(true);
  for (const auto& [key, value] : h->state())
    if (value.find("s3cr3t") != std::string::npos)
      throw Broken("its saved state holds the secret, under " + shown(key));
  if (h->log_text().find("s3cr3t") != std::string::npos) throw Broken("it logs the secret");
  h->stop();
}

constexpr Rule kRules[] = {
    {"defaults-validate", "each default is a value of its option's type and within its bounds", "the default as YAML",
     defaults_validate},
    {"examples-validate", "each example is one too", "YAML, or NULL", examples_validate},
    {"created-with-defaults", "what has a default need not be given", "has one for each option, in their order",
     created_with_defaults, Scope::component, kEveryKind, "create crashes"},
    {"bounds-tried", "every value within the bounds is taken, or refused in words",
     "of numbers, seconds, bytes and list lengths", bounds_tried, Scope::component, kEveryKind,
     "create crashes on a number within its bounds"},
    {"odd-texts-survived", "any text is taken, or refused in words", "Text     is UTF-8 with a length",
     odd_texts_survived, Scope::component, kEveryKind, "create crashes on a text"},
    {"values-not-retained", "it copies what it keeps of its options", "it dies with the call. [main]",
     values_not_retained, Scope::component, kEveryKind, "it touched memory that it was lent for an earlier call"},
    {"secrets-not-retained", "it keeps no secret", "Shows a secret to `use` and forgets it", secrets_not_retained,
     Scope::component, kEveryKind, "it touched a secret after the call that showed it"},
};

}  // namespace

std::span<const Rule> option_rules() {
  return kRules;
}

}  // namespace earshot::check

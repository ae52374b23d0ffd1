// A stateless detector: says which posts shout.
#include <earshot/detector.hpp>

struct LoudnessOptions {
  double share;
  static constexpr auto schema() {
    return earshot::schema(earshot::option<&LoudnessOptions::share>(
        "share", "Capitals among the letters from which a text counts as loud", {.fallback = "0.6", .max = 1}));
  }
};

class Loudness : public earshot::Detector<LoudnessOptions> {
 public:
  static constexpr earshot::Info info{"loudness", "Marks posts that shout", EAR_STATELESS};

  void detect(const earshot::Post& post, earshot::Out& out) {
    for (const earshot::Segment segment : post.segments()) {
      int capitals = 0, letters = 0;
      for (const char c : segment.text()) {
        capitals += c >= 'A' && c <= 'Z';
        letters += (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      }
      const double share = letters == 0 ? 0 : 1.0 * capitals / letters;
      if (letters >= 8 && share >= options().share)
        out.finding(post, {.kind = "loud", .score = share, .segment = segment.number()});
    }
  }
};

EARSHOT_PLUGIN("org.earshot.example.loudness", "1.0.0", "Earshot", "Apache-2.0", "Says which posts shout", Loudness)

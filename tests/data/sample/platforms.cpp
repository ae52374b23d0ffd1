#include "platforms.hpp"

#include <algorithm>
#include <array>

namespace earshot::sample {
namespace {

constexpr std::int64_t kPeople = 140;  // of a platform and language
constexpr std::array<const char*, 6> kNames{"microblog", "forum", "news", "video", "photos", "reviews"};
constexpr std::array<const char*, 6> kKinds{"status", "comment", "article", "video", "photo", "review"};

// Four who write far more than others.
const Author kBargains{"u-1001", "bargain_hawk", "Bargain Hawk", 48210};
const Author kFan{"u-1002", "fern_and_a_can", "Fern", 2310};
const Author kGrumbler{"u-1003", "gus_grumbles", "Gus", 187};
const Author kShelf{"u-1004", "thechilledshelf", "The Chilled Shelf", 15904};

// How long it takes until a post is collected, in seconds. One in thirty comes late.
std::int64_t delay(Random& random, const std::string& platform) {
  if (random.below(30) == 0) return random.between(20 * 60, 4 * 3600);
  return platform == "news" ? random.between(120, 540) : random.between(2, 50);
}

}  // namespace

Platforms::Platforms(const Texts& texts, Random& random) : texts_(texts), random_(random) {}

std::string Platforms::number(const std::string& prefix) {
  last_ += random_.between(3, 90);
  return prefix + std::to_string(100'000 + last_);
}

const Author& Platforms::author(const std::string& platform, const Topic& topic, const Voice& voice) {
  if (platform == "microblog" && voice.language == "en") {
    if (topic.list == "deal" && random_.percent(80)) return kBargains;
    if (voice.brand == tavorelle && topic.list != "crisis" && random_.percent(14)) return kFan;
    if (voice.brand == mareval && random_.percent(22)) return kGrumbler;
    if (voice.brand == thicket && random_.percent(16)) return kShelf;
  }
  auto& people = people_[platform + voice.language];
  if (people.empty())
    for (std::int64_t i = 0; i < kPeople; ++i) {
      Author author;
      const std::string& first = random_.pick(texts_.list("handle"));
      author.handle = first + random_.pick(texts_.list("handle_end"));
      if (random_.percent(70)) author.handle += std::to_string(random_.between(2, 99));
      author.name = first;
      author.name.front() = static_cast<char>(author.name.front() - 'a' + 'A');
      author.id = "u-" + std::to_string(2000 + 200 * people_.size() + static_cast<std::size_t>(i));
      author.followers = 5 + random_.skewed(900) + (random_.percent(4) ? random_.between(5'000, 90'000) : 0);
      people.push_back(author);
    }
  return people[static_cast<std::size_t>(random_.skewed(kPeople))];
}

Post Platforms::make(Platform platform, const Topic& topic, const Voice& voice, std::int64_t published) {
  const auto place = static_cast<std::size_t>(platform);
  Post post;
  post.platform = kNames[place], post.kind = kKinds[place];
  post.published = published;
  post.collected = published + delay(random_, post.platform);
  post.author = author(post.platform, topic, voice);
  if (random_.percent(70)) post.language = voice.language;
  switch (platform) {
    case Platform::microblog:
      microblog(post, topic, voice);
      break;
    case Platform::forum:
      forum(post, topic, voice);
      break;
    case Platform::news:
      news(post, topic, voice);
      break;
    case Platform::video:
      video(post, topic, voice);
      break;
    case Platform::photos:
      photo(post, topic, voice);
      break;
    case Platform::reviews:
      review(post, topic, voice);
      break;
  }
  return post;
}

std::string Platforms::several(const std::string& list, const Voice& voice, std::int64_t sentences) {
  std::string all;
  for (std::int64_t i = 0; i < sentences; ++i) {
    const std::string next = texts_.say(random_, list, voice);
    if (all.find(next) != std::string::npos) continue;
    if (!all.empty() && voice.language != "ja") all += ' ';
    all += next;
  }
  return all;
}

void Platforms::microblog(Post& post, const Topic& topic, const Voice& voice) {
  Voice here = voice;
  here.handles = here.hashtags = true;
  post.id = number("11");
  post.url = "https://microblog.example/@" + post.author.handle + "/" + post.id;
  post.text = texts_.say(random_, topic.list, here);
  if (topic.list == "deal" && random_.percent(40)) {
    constexpr std::array<const char*, 3> shops{"tavorelle", "thicket", "mareval"};
    post.text += std::string(" https://shop.") + shops[static_cast<std::size_t>(voice.brand)] + ".example/offers";
  }
  if (random_.percent(6)) post.text += random_.percent(50) ? " ☕" : " 🙃";
  post.likes = random_.skewed(60);
  post.reposts = post.likes / 6;
  post.replies = random_.skewed(7);
}

void Platforms::forum(Post& post, const Topic& topic, const Voice& voice) {
  Voice here = voice;
  post.id = number("t");
  post.url = "https://forum.example/posts/" + post.id;
  auto& threads = threads_[voice.language];
  if (threads.empty() || random_.percent(25)) {
    threads.push_back(post.id);
    post.title = texts_.has("thread", voice.language) ? texts_.say(random_, "thread", here) : "";
  } else {
    post.parent = threads[threads.size() - 1 -
                          static_cast<std::size_t>(
                              random_.skewed(static_cast<std::int64_t>(std::min<std::size_t>(threads.size(), 8))))];
  }
  post.text = texts_.say(random_, topic.list, here);
  if (texts_.has("thought", voice.language)) {
    const std::string thought = several("thought", here, random_.between(1, 3));
    post.text = random_.percent(50) ? thought + "\n\n" + post.text : post.text + "\n\n" + thought;
  }
  post.likes = random_.skewed(25);
  post.replies = random_.skewed(12);
}

void Platforms::news(Post& post, const Topic& topic, const Voice& voice) {
  post.id = number("n-");
  post.url = "https://news.example/" + voice.language + "/" + post.id + ".html";
  post.author = {"desk-" + voice.language, "", "Newsroom", 0};
  if (voice.brand == no_brand) {
    post.title = texts_.say(random_, "idle", voice);
    post.text = several("idle", voice, 2);
    return;
  }
  post.title = texts_.say(random_, topic.prefix + "headline", voice);
  post.text = several(topic.prefix + "article", voice, 4);
  post.views = 200 + random_.skewed(40'000);
}

void Platforms::video(Post& post, const Topic& topic, const Voice& voice) {
  post.id = number("v");
  post.url = "https://video.example/watch/" + post.id;
  post.title = texts_.say(random_, voice.brand == no_brand ? "idle" : topic.prefix + "video", voice);
  post.text = texts_.say(random_, topic.list, voice);
  Media media{"video", post.url + ".mp4", "video/mp4", "", 1280, 720, random_.between(60, 900)};
  const std::string spoken = topic.prefix + "spoken";
  if (voice.brand != no_brand && texts_.has(spoken, voice.language)) {
    std::int64_t at = random_.between(1, 4);
    for (const std::string& sentence : texts_.list(spoken + "." + voice.language)) {
      if (random_.percent(25)) continue;
      const std::int64_t seconds = random_.between(3, 6);
      post.captions.push_back({texts_.fill_in(random_, sentence, voice), at, at + seconds});
      at += seconds + random_.between(0, 9);
    }
  }
  post.media.push_back(media);
  post.views = 30 + random_.skewed(25'000);
  post.likes = post.views / 40;
}

void Platforms::photo(Post& post, const Topic& topic, const Voice& voice) {
  Voice here = voice;
  here.handles = here.hashtags = true;
  post.id = number("p");
  post.url = "https://photos.example/" + post.id;
  const bool named = voice.brand != no_brand;
  const bool pictured = named && texts_.has(topic.prefix + "alt", voice.language);
  post.text = texts_.say(random_, topic.list, here);
  if (named && topic.list != "crisis") post.text = texts_.say(random_, "photo", here) + "\n" + post.text;
  Media media{"image", post.url + ".jpg", "image/jpeg", "", 1080, random_.percent(50) ? 1080 : 1350, 0};
  if (pictured) media.alt = texts_.say(random_, topic.prefix + "alt", voice);
  post.media.push_back(media);
  post.likes = 3 + random_.skewed(200);
}

void Platforms::review(Post& post, const Topic& topic, const Voice& voice) {
  post.id = number("r");
  post.url = "https://reviews.example/" + post.id;
  const bool bad = topic.list == "grumble" || topic.list == "aftermath";
  const std::string list = topic.list == "crisis" ? "review_crisis" : bad ? "review_bad" : "review";
  post.stars = topic.list == "crisis" ? 1 : bad ? random_.between(1, 2) : random_.between(4, 5);
  if (voice.brand == no_brand) {
    post.text = texts_.say(random_, "idle", voice);
    return;
  }
  post.title = texts_.say(random_, "product", voice);
  post.text =
      texts_.say(random_, list, voice) + (voice.language == "ja" ? "" : " ") + texts_.say(random_, topic.list, voice);
}

Post Platforms::repost(const Post& post, std::int64_t published) {
  Voice voice;
  voice.language = "en";
  Post again;
  again.platform = post.platform, again.kind = post.kind, again.language = post.language;
  again.id = number("11");
  again.repost_of = post.id;
  again.published = published;
  again.collected = published + delay(random_, post.platform);
  again.author = author(post.platform, {"", ""}, voice);
  again.url = "https://microblog.example/@" + again.author.handle + "/" + again.id;
  again.text = "RT @" + post.author.handle + ": " + post.text;
  return again;
}

Post Platforms::edit(const Post& post, std::int64_t after) {
  Post edited = post;
  edited.change = "edited", edited.revision = post.revision + 1;
  edited.collected = post.collected + after;
  edited.text += post.language == "ja" ? "（追記あり）" : " (edit: typo)";
  return edited;
}

Post Platforms::remove(const Post& post, std::int64_t after) {
  Post gone;
  gone.platform = post.platform, gone.id = post.id;
  gone.change = "deleted", gone.revision = post.revision + 1;
  gone.published = post.published, gone.collected = post.collected + after;
  return gone;
}

}  // namespace earshot::sample

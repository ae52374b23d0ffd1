// logo: finds the logos of the watchlist in pictures and videos.
#include <earshot/detector.hpp>
#include <memory>

#include "lettering.hpp"
#include "logo/gallery.hpp"
#include "media/looks.hpp"
#include "media/reading.hpp"
#include "said.hpp"

namespace {

namespace logo = earshot::logo;

constexpr std::size_t kLooks = 4096;  // pictures whose hits are kept

struct Options {
  double threshold;

  static constexpr auto schema() {
    return earshot::schema(earshot::option<&Options::threshold>(
        "threshold", "How sure it must be that a logo is there; a watch item may have a logo_threshold of its own",
        {.fallback = "0.5", .min = 0.05, .max = 1}));
  }
};

// The gallery is read only and shared by all workers; each has pictures of its own in mind.
class Logo : public earshot::Detector<Options> {
 public:
  static constexpr earshot::Info info{"logo", "Logos of the watchlist in pictures and videos",
                                      EAR_STATELESS | EAR_NEEDS_WATCHLIST | EAR_NEEDS_MEDIA};

  Logo() = default;
  Logo(const Logo& other) : Detector(other), media_(other.media_), gallery_(other.gallery_) {}
  Logo(Logo&&) = default;
  Logo& operator=(const Logo&) = delete;
  ~Logo() = default;

  void start() {
    media_ = earshot::MediaService(host());
    auto items = logo::read_watchlist(host().watchlist());
    if (items.empty())
      throw earshot::invalid("no watch item has a logo: give one of them `logos: [acme.png]`").at_option("watchlist");
    gallery_ =
        std::make_shared<const logo::Gallery>(logo::enrol(media_, std::move(items), [&] { throw_if_cancelled(); }));
    for (const logo::GalleryView& view : gallery_->views)
      if (const std::string weak = logo::weakness(view.enrolled); !weak.empty())
        host().warn("the logo " + view.file + " of " + gallery_->items[view.item].id + ": " + weak);
  }
  void stop() {}

  void detect(const earshot::Batch& batch, earshot::Out& out) {
    earshot::media::each_medium(media_, batch, out, [&](auto& post, auto& media, auto& medium) {
      if (!medium.has(EAR_HAS_PICTURES)) return;
      const logo::Lettering lettering(post, media.number(), gallery_->items);
      logo::Said said(*gallery_);
      earshot::media::to_where_it_breaks(
          [&] { medium.pictures([&](const ear_picture& picture) { return look(picture, lettering, said), true; }); },
          [&] { said.tell(post, media.number(), medium.kind() == EAR_MEDIA_VIDEO, out); });
    });
  }

 private:
  void throw_if_cancelled() const {
    if (host().cancelled()) throw earshot::cancelled();
  }

  void look(const ear_picture& picture, const logo::Lettering& lettering, logo::Said& said) {
    throw_if_cancelled();
    const auto& found = looks_.get(picture.look, [&] {
      // What lettering can still lift over the threshold is kept, too.
      return gallery_->finder.find(logo::picture_of(picture), 0.02, [&] { throw_if_cancelled(); }).hits;
    });
    for (const logo::Hit& hit : found) {
      const logo::WatchedLogos& item = gallery_->item_of(hit);
      const bool read = lettering.reads(gallery_->views[hit.view].item, picture.start, picture.stop);
      const double score = read ? logo::with_lettering(hit.score) : hit.score;
      if (score >= item.threshold.value_or(options().threshold))
        said.see(hit, score, read, picture.start, picture.stop);
    }
  }

  earshot::MediaService media_;
  std::shared_ptr<const logo::Gallery> gallery_;
  earshot::media::Looks<std::vector<logo::Hit>> looks_{kLooks};
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.logo", "1.0.0", "Earshot", "Apache-2.0", "Logos in pictures and videos", Logo)

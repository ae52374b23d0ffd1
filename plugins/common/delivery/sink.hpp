// sink.hpp: a sink that delivers alerts: it keeps them in the alert book and has them brought to its channel. A plugin
// derives from it, gives its options (with those of delivery/options.hpp), and makes its channel.
//
//   class Webhook : public delivery::AlertSink<WebhookOptions> {
//     std::unique_ptr<delivery::Channel> open() override;    [main], in start(): services and secrets are had here
//   };
//
// It is a local sink: what `write` took is on the disk, so that a crash between raising and delivering loses nothing.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <earshot/sink.hpp>

#include "delivery/options.hpp"

namespace earshot::delivery {

template <class OptionsType>
class AlertSink : public Sink<OptionsType> {
 public:
  virtual ~AlertSink() = default;

  void prepare() {
    setting_of(this->options(), "");  // tells what is wrong
    check();
  }
  void start() {
    std::unique_ptr<Channel> channel = open();
    deliverer_ = std::make_unique<Deliverer>(this->host(), setting_of(this->options(), plugin()), std::move(channel));
    deliverer_->start();
  }
  void stop() {
    deliverer_.reset();  // delivers what is due, for as long as it may
  }
  std::uint32_t write(const Deliveries& deliveries) {
    std::vector<alert_book::Alert> alerts;
    std::vector<alert_book::PostName> gone;
    for (const Delivery delivery : deliveries) {
      if (delivery.is_alert()) alerts.push_back(alert_book::alert_of(delivery.alert()));
      if (delivery.is_post() && delivery.post().raw().change == EAR_DELETED)
        gone.push_back({std::string(delivery.post().platform()), std::string(delivery.post().id())});
    }
    deliverer_->put(alerts);
    deliverer_->withdraw(gone);
    return deliveries.size();
  }
  void flush() {}  // `write` has made everything durable
  void erase(std::string_view platform, std::string_view author) { deliverer_->erase(platform, author); }

 protected:
  virtual const char* plugin() const = 0;
  virtual void check() {}  // in create: touches nothing outside
  virtual std::unique_ptr<Channel> open() = 0;

 private:
  std::unique_ptr<Deliverer> deliverer_;
};

}  // namespace earshot::delivery

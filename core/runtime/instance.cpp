#include "runtime/instance.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "base/error.hpp"
#include "earshot/types.hpp"
#include "runtime/calls.hpp"
#include "runtime/services.hpp"

namespace earshot::host {
namespace {

std::string_view status_name(ear_status status) {
  switch (status) {
    case EAR_AGAIN:
      return "not now";
    case EAR_END:
      return "ended";
    case EAR_CANCELLED:
      return "cancelled";
    case EAR_INVALID:
      return "invalid";
    case EAR_AUTH:
      return "not allowed";
    case EAR_RATE_LIMITED:
      return "rate limited";
    case EAR_IO:
      return "input or output failed";
    case EAR_UNSUPPORTED:
      return "unsupported";
    default:
      return "internal fault";
  }
}

Diagnostic diagnostic_of(const ComponentPlan& plan, const Outcome& why) {
  Diagnostic fault;
  fault.at = plan.at;
  fault.path = plan.id;
  fault.message = why.text();
  if (why.option.empty()) return fault;
  fault.path += "." + why.option;
  if (plan.watched && plan.watched->point(fault, why.option, why.offset))
    fault.path = why.option;  // "watchlist.acme.query", whoever tells it
  else
    plan.places.point(fault, why.option, why.offset);
  return fault;
}

}  // namespace

ear_time system_now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string Outcome::text() const {
  return message.empty() ? std::string(status_name(status)) + ", and the component gave no reason" : message;
}

InstanceFault::InstanceFault(const ComponentPlan& plan, Outcome why)
    : std::runtime_error(plan.id + ": " + why.text()), diagnostic_(diagnostic_of(plan, why)) {}

std::shared_ptr<const Surroundings> surroundings_of(const Plan& plan) {
  return std::shared_ptr<const Surroundings>(
      new Surroundings{plan.name, plan.state.string(), Frozen(plan.watchlist), Frozen(plan.config), plan.secrets});
}

Instance::Instance(const ComponentPlan& plan, Environment& environment,
                   std::shared_ptr<const Surroundings> surroundings, Services* services)
    : plan_(plan),
      environment_(environment),
      surroundings_(std::move(surroundings)),
      services_(services),
      meters_(environment.meters, plan.id),
      table_(environment.load(plan.found)),
      values_(plan_.values) {
  fill_host();
  const Outcome made = calling([&](ear_error* error) { return table_.create(&host_, values_.items(), &self_, error); });
  if (!made.ok()) throw InstanceFault(plan_, made);
}

Instance::~Instance() {
  stop();
  if (self_ != nullptr) table_.destroy(self_);
}

void Instance::fill_host() {
  host_.size = sizeof host_;
  host_.abi = EAR_ABI(EAR_ABI_MAJOR, EAR_ABI_MINOR);
  host_.ctx = this;
  host_.component = str(plan_.id);
  host_.pipeline = str(surroundings_->pipeline);
  host_.state_dir = str(surroundings_->state_dir);
  host_.log = [](void* ctx, std::int32_t level, ear_str message) {
    const int bounded = level < EAR_LOG_DEBUG ? EAR_LOG_DEBUG : level > EAR_LOG_ERROR ? EAR_LOG_ERROR : level;
    of(ctx).environment_.log.say(static_cast<Level>(bounded), of(ctx).id(), view(message));
  };
  host_.metric = [](void* ctx, std::int32_t kind, ear_str name, double value) {
    of(ctx).meters_.metric(kind, view(name), value);
  };
  host_.now = [](void* ctx) { return of(ctx).environment_.now(); };
  host_.cancelled = [](void* ctx) {
    note_asked();
    return std::int32_t{of(ctx).cancelled_.load(std::memory_order_relaxed)};
  };
  host_.secret = [](void* ctx, ear_str name, void (*use)(void*, ear_str), void* user) {
    return of(ctx).show_secret(view(name), use, user);
  };
  host_.watchlist = [](void* ctx) { return &of(ctx).surroundings_->watchlist.root(); };
  host_.config = [](void* ctx) {
    const ear_value& root = of(ctx).surroundings_->config.root();
    return root.type == EAR_UNSET ? nullptr : &root;
  };
  host_.service = [](void* ctx, ear_str id) -> const void* {
    return of(ctx).services_ == nullptr ? nullptr : of(ctx).services_->table(view(id), of(ctx).id());
  };
}

ear_status Instance::show_secret(std::string_view name, void (*use)(void*, ear_str), void* user) {
  const auto secret = surroundings_->secrets.find(std::string(name));
  if (secret == surroundings_->secrets.end()) return EAR_INVALID;
  use(user, str(secret->second));
  return EAR_OK;
}

Outcome Instance::load(const std::vector<StatePiece>& pieces) {
  if (pieces.empty()) return {};
  if (table_.load == nullptr)
    return {EAR_UNSUPPORTED, EAR_NONE, {}, {}, "there is saved state, and this version cannot load any", 0};
  for (const StatePiece& piece : pieces) {
    Outcome loaded = calling([&](ear_error* error) {
      return table_.load(self_, piece.version, str(piece.key), bytes(piece.value.value_or("")), error);
    });
    if (!loaded.ok()) return loaded;
  }
  return {};
}

Outcome Instance::start() {
  Outcome done;
  if (table_.start != nullptr) done = calling([&](ear_error* error) { return table_.start(self_, error); });
  started_ = done.ok();
  return done;
}

Outcome Instance::stop() {
  if (!std::exchange(started_, false) || table_.stop == nullptr) return {};
  return calling([&](ear_error* error) { return table_.stop(self_, error); });
}

Outcome Instance::save(bool whole, std::vector<StatePiece>& out) {
  struct Saving {
    const Instance& instance;
    std::vector<StatePiece> pieces;
  } saving{*this, {}};
  ear_state_out raw{};
  raw.size = sizeof raw;
  raw.whole = whole ? 1 : 0;
  raw.ctx = &saving;
  raw.put = [](void* ctx, ear_str key, ear_bytes value) {
    auto& s = *static_cast<Saving*>(ctx);
    s.pieces.push_back(
        {s.instance.id(), s.instance.table_.state_version, std::string(view(key)), std::string(view(value))});
  };
  raw.remove = [](void* ctx, ear_str key) {
    auto& s = *static_cast<Saving*>(ctx);
    s.pieces.push_back({s.instance.id(), s.instance.table_.state_version, std::string(view(key)), std::nullopt});
  };
  Outcome done = calling([&](ear_error* error) { return table_.save(self_, &raw, error); });
  if (done.ok())
    out.insert(out.end(), std::make_move_iterator(saving.pieces.begin()), std::make_move_iterator(saving.pieces.end()));
  return done;
}

ear_time Instance::next_tick() {
  return table_.next_tick == nullptr || table_.tick == nullptr ? EAR_TIME_END : table_.next_tick(self_);
}

Outcome Instance::tick(ear_time now) {
  return calling([&](ear_error* error) { return table_.tick(self_, now, error); });
}

Outcome Instance::erase(std::string_view platform, std::string_view author) {
  return calling([&](ear_error* error) { return table_.erase(self_, str(platform), str(author), error); });
}

bool Instance::shares() const {
  return table_.detector != nullptr && table_.detector->share != nullptr;
}

Outcome Instance::share(void*& sibling) {
  return calling([&](ear_error* error) { return table_.detector->share(self_, &sibling, error); });
}

}  // namespace earshot::host

// live.hpp: posts and alerts as they come, to everybody who follows. write() from the sink's thread, follow() from any.
#pragma once

#include <earshot/sink.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "query/query.hpp"
#include "web/response.hpp"

namespace earshot::dashboard {

class Live {
 public:
  // Follows the posts of one watch item (empty: those of any) for which the query holds (empty: all).
  // Throws query::Fault.
  std::function<void(std::shared_ptr<web::EventStream>)> follow(std::string_view subject, std::string_view query,
                                                                const std::filesystem::path& lists);
  void write(const Deliveries& deliveries);

 private:
  struct Follower {
    std::string subject;
    std::optional<query::Query> query;
    std::optional<query::Evaluator> evaluator;
    std::shared_ptr<web::EventStream> stream;
    bool wants(const Post& post);
  };
  void write(const Post& post);
  void write(const ear_alert& alert, std::uint64_t revision);

  std::mutex lock_;
  std::vector<std::shared_ptr<Follower>> followers_;
};

}  // namespace earshot::dashboard

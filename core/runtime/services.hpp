// services.hpp: the services that components asked for, each made when the first one asks. Main thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/instance.hpp"

namespace earshot::host {

class Services {
 public:
  // `configured`: the `services:` section; a service that is not in there gets its defaults.
  Services(Environment& environment, std::shared_ptr<const Surroundings> surroundings,
           std::vector<ComponentPlan> configured);

  ~Services();
  Services(const Services&) = delete;
  Services& operator=(const Services&) = delete;

  // What the host itself offers; the table has to outlive this.
  void offer(std::string id, const void* table) { tables_[std::move(id)] = table; }

  // The table behind `id`, or NULL where nobody offers it; why is told in the log, with the name of who asked.
  const void* table(std::string_view id, std::string_view asked_by);
  const std::vector<std::unique_ptr<Instance>>& running() const { return running_; }

 private:
  Instance* make(std::string_view id, std::string_view asked_by);

  Environment& environment_;
  std::shared_ptr<const Surroundings> surroundings_;
  std::vector<ComponentPlan> configured_;
  std::map<std::string, const void*, std::less<>> tables_;
  std::vector<std::unique_ptr<Instance>> running_;  // a service may use another: the later goes first
};

// A component with the defaults of its schema. Throws Failure where an option is required.
ComponentPlan plan_with_defaults(const Found& found, std::string id);

}  // namespace earshot::host

// http_service.hpp: the real service http, for the harness of a component that asks for it. One thread.
#pragma once

#include <earshot/services/http.hpp>
#include <earshot/testing.hpp>

#include "loaded.hpp"

namespace earshot::testing {

class HttpService {
 public:
  explicit HttpService(std::vector<Setting> options = {}) : service_(loaded("http"), std::move(options)) {
    service_.start();
  }
  const void* table() { return service_.table().service->table(service_.self(), str(EAR_HTTP_1)); }

 private:
  ComponentUnderTest service_;
};

}  // namespace earshot::testing

// service.hpp: write a service: a component that offers other plugins a table of C functions by a name and version,
// such as "earshot.store/1". The table's header stands in earshot/services/. A class with
//
//   static constexpr const char* offers[] = {"earshot.store/1", nullptr};
//   const void* table(std::string_view id);   [main] valid and unchanged until destroy: others may be calling by it
#pragma once

#include "earshot/component.hpp"

namespace earshot {
namespace detail {

template <class T>
struct ServiceCalls {
  static const void* table(void* self, ear_str id) noexcept {
    try {
      return static_cast<Instance<T>*>(self)->object.table(view(id));
    } catch (...) {
      return nullptr;
    }
  }
};
template <class T>
inline constexpr ear_service service_calls{sizeof(ear_service), 0, T::offers, ServiceCalls<T>::table};

}  // namespace detail

template <class OptionsType = NoOptions>
class Service : public Component<OptionsType> {
 public:
  static constexpr std::uint32_t kind = EAR_SERVICE;
  template <class T>
  static constexpr void set_calls(ear_component& component) {
    component.service = &detail::service_calls<T>;
  }
};

}  // namespace earshot

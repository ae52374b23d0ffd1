#include "plugin/tables.hpp"

#include <algorithm>
#include <cstring>

namespace earshot::host {
namespace {

template <class Table>
void widen(const Table& from, Table& to) {
  to = Table{};
  std::memcpy(&to, &from, std::min<std::size_t>(from.size, sizeof to));
  to.size = sizeof to;
}

template <class Table>
void widen(const Table*& at, Table& whole) {
  if (at == nullptr) return;
  widen(*at, whole);
  at = &whole;
}

}  // namespace

Tables::Tables(const ear_module& module) {
  for (auto at = module.components; *at != nullptr; ++at) {
    Whole& whole = all_.emplace_back();
    ear_component& component = whole.component;
    widen(**at, component);
    widen(component.source, whole.source);
    widen(component.detector, whole.detector);
    widen(component.sink, whole.sink);
    widen(component.service, whole.service);
    widen(component.command, whole.command);
  }
}

const ear_component* Tables::find(std::uint32_t kind, std::string_view name) const {
  for (const Whole& whole : all_)
    if (whole.component.kind == kind && name == whole.component.name) return &whole.component;
  return nullptr;
}

}  // namespace earshot::host

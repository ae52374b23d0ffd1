// A detector on the bare tables that lets an exception out into the host.
#include <earshot/abi.h>

#include <stdexcept>
#include <string>

namespace {

ear_status create(const ear_host*, const ear_value*, void** self, ear_error*) {
  return *self = new int(0), EAR_OK;
}
void destroy(void* self) {
  delete static_cast<int*>(self);
}

ear_status detect(void*, const ear_batch* batch, const ear_detector_out*, ear_error*) {
  for (std::uint32_t i = 0; i < batch->count; ++i)
    if (batch->posts[i]->segment_count == 0) throw std::out_of_range("this post has no segment");
  return EAR_OK;
}

const ear_detector calls{sizeof(ear_detector), 0, detect, nullptr, nullptr};
ear_component describe() {
  ear_component c{};
  c.size = sizeof c, c.kind = EAR_DETECTOR, c.state_version = 1;
  c.name = "throws", c.summary = "Lets an exception out", c.option_stride = sizeof(ear_option);
  c.detector = &calls, c.create = create, c.destroy = destroy;
  return c;
}
const ear_component component = describe();
const ear_component* const components[] = {&component, nullptr};

}  // namespace

extern "C" EAR_EXPORT const ear_module earshot_module = {
    sizeof(ear_module), EAR_ABI(1, 0), "org.example.throws",    "1.0.0",
    "Example",          "Apache-2.0",  "Lets an exception out", components};

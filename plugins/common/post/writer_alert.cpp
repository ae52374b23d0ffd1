// What is no post: alerts with their evidence, and gaps.
#include "post/stride.hpp"
#include "post/writer.hpp"

namespace earshot::post {

void Writer::alert(const ear_alert& alert) {
  char id[32];
  for (std::size_t i = 0; i < 32; ++i) {
    const std::uint64_t half = i < 16 ? alert.id.high : alert.id.low;
    id[i] = "0123456789abcdef"[half >> (60 - 4 * (i % 16)) & 15];
  }
  raw("{\"alert\":{\"id\":"), string({id, sizeof id});
  field(",\"detector\":", alert.detector);
  field(",\"kind\":", alert.kind);
  field(",\"subject\":", alert.subject);
  field(",\"summary\":", alert.summary);
  field(",\"start\":", alert.start);
  field(",\"end\":", alert.end);
  raw(alert.state == EAR_ALERT_CLOSED ? ",\"state\":\"closed\"" : ",\"state\":\"open\"");
  raw(",\"revision\":"), integer(static_cast<std::int64_t>(alert.revision));
  raw(",\"observed\":"), real(alert.observed);
  raw(",\"expected\":"), real(alert.expected);
  raw(",\"lower\":"), real(alert.lower);
  raw(",\"upper\":"), real(alert.upper);
  raw(",\"severity\":"), integer(alert.severity);
  raw(",\"evidence\":[");
  for (std::uint32_t i = 0; i < alert.evidence_count; ++i) {
    if (i != 0) raw(",");
    evidence(item(alert.evidence, alert.evidence_stride, i));
  }
  raw("]");
  attributes(alert.attributes, alert.attribute_count);
  raw("}}\n");
}

void Writer::evidence(const ear_evidence& evidence) {
  raw("{\"platform\":"), string(view(evidence.platform));
  raw(",\"id\":"), string(view(evidence.id));
  field(",\"url\":", evidence.url);
  field(",\"author\":", evidence.author);
  field(",\"published\":", evidence.published);
  field(",\"text\":", evidence.text);
  raw(",\"weight\":"), real(evidence.weight);
  raw("}");
}

void Writer::gap(const ear_gap& gap) {
  raw("{\"gap\":{\"source\":"), string(view(gap.source));
  field(",\"from\":", gap.from);
  field(",\"to\":", gap.to);
  field(",\"reason\":", gap.reason);
  raw("}}\n");
}

}  // namespace earshot::post

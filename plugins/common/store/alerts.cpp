#include "store/alerts.hpp"

#include <algorithm>
#include <limits>

namespace earshot::store {

IdBytes::IdBytes(ear_id id) {
  for (int i = 0; i < 8; ++i) {
    bytes[i] = static_cast<char>(id.high >> (56 - 8 * i) & 0xFF);
    bytes[i + 8] = static_cast<char>(id.low >> (56 - 8 * i) & 0xFF);
  }
}

Alerts::Alerts(const Database& database)
    : database_(database),
      alert_(database,
             "INSERT INTO alerts(alert, revision, state, detector, kind, subject, summary, starts, ends, observed,"
             " expected, lower, upper, severity, attributes)"
             " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
             " ON CONFLICT(alert) DO UPDATE SET revision = excluded.revision, state = excluded.state,"
             " detector = excluded.detector, kind = excluded.kind, subject = excluded.subject,"
             " summary = excluded.summary, starts = excluded.starts, ends = excluded.ends,"
             " observed = excluded.observed, expected = excluded.expected, lower = excluded.lower,"
             " upper = excluded.upper, severity = excluded.severity, attributes = excluded.attributes"
             " WHERE excluded.revision > alerts.revision"),
      remove_evidence_(database, "DELETE FROM evidence WHERE alert = ?1"),
      // A deleted post does not come back as evidence.
      evidence_(database,
                "INSERT INTO evidence(alert, number, platform, id, url, author, text, published, weight)"
                " VALUES(?1, ?2, ?3, ?4, ?5, ?6, CASE WHEN EXISTS(SELECT 1 FROM posts WHERE platform = ?3 AND id = ?4"
                " AND state = 'deleted') THEN NULL ELSE ?7 END, ?8, ?9)"),
      gap_(database,
           "INSERT INTO gaps(source, starts, ends, reason) VALUES(?1, ?2, ?3, ?4)"
           " ON CONFLICT(source, starts) DO UPDATE SET ends = excluded.ends, reason = excluded.reason"
           " WHERE excluded.ends > gaps.ends") {}

void Alerts::write(const ear_alert& alert, std::uint64_t revision) {
  const IdBytes id(alert.id);
  ear_value map{};
  map.type = EAR_MAP, map.count = alert.attribute_count, map.items = alert.attributes;
  json_.clear();
  if (map.count != 0) json_.value(map);
  constexpr auto most = std::uint64_t{std::numeric_limits<std::int64_t>::max()};
  alert_.blob(1, id.view()).integer(2, static_cast<std::int64_t>(std::min(revision, most)));
  alert_.text(3, alert.state == EAR_ALERT_CLOSED ? "closed" : "open");
  alert_.known(4, alert.detector).text(5, alert.kind).known(6, alert.subject).known(7, alert.summary);
  alert_.time(8, alert.start).time(9, alert.end);
  alert_.real(10, alert.observed).real(11, alert.expected).real(12, alert.lower).real(13, alert.upper);
  alert_.integer(14, alert.severity).known(15, json_.text()).run();
  if (sqlite3_changes(database_.raw()) == 0) return;  // it stands there, or a later one does
  remove_evidence_.blob(1, id.view()).run();
  for (std::uint32_t i = 0; i < alert.evidence_count; ++i) {
    const auto& e = *reinterpret_cast<const ear_evidence*>(reinterpret_cast<const char*>(alert.evidence) +
                                                           std::size_t{i} * alert.evidence_stride);
    evidence_.blob(1, id.view()).integer(2, i).text(3, e.platform).text(4, e.id).known(5, e.url).known(6, e.author);
    evidence_.known(7, e.text).time(8, e.published).real(9, e.weight).run();
  }
}

void Alerts::write(const ear_gap& gap) {
  gap_.text(1, gap.source).integer(2, gap.from).integer(3, gap.to).known(4, gap.reason).run();
}

}  // namespace earshot::store

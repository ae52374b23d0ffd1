// alarming: a detector of the fault tests that raises an alert for each post and closes none, so that a test knows
// exactly which alerts there must be.
#include <earshot/detector.hpp>

namespace {

class Alarming : public earshot::Detector<> {
 public:
  static constexpr earshot::Info info{"alarming", "Raises an alert for each post"};

  void detect(const earshot::Post& post, earshot::Out& out) {
    const std::string subject(post.id()), summary = "post " + subject + " came";
    ear_alert alert = earshot::make_alert("came", subject);
    alert.summary = earshot::str(summary), alert.severity = 5, alert.observed = 1;
    alert.start = earshot::ticks(post.published()), alert.end = alert.start + 1;
    ear_evidence evidence = earshot::make_evidence(post.platform(), post.id());
    evidence.published = alert.start;
    alert.evidence = &evidence, alert.evidence_count = 1;
    out.alert(alert);
  }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.test.alarming", "1.0.0", "Earshot", "Apache-2.0", "For the fault tests", Alarming)

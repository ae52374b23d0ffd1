#include "novelty/candidate.hpp"

namespace earshot::novelty {

std::string Candidate::save() const {
  state::BytesOut out;
  out.number(key), out.number(subject), out.number(static_cast<std::uint64_t>(kind)), out.text(text);
  out.integer(first), out.integer(last), out.number(posts);
  authors.save(out), contents.save(out);
  out.real(reach), out.real(said_before), out.real(usual);
  sample.save(out);
  out.number(told ? 1 : 0), out.integer(start), out.number(told_posts), out.number(severity);
  out.number(also.size());
  for (const Also& one : also) out.number(static_cast<std::uint64_t>(one.kind)), out.text(one.text);
  return out.bytes();
}

void Candidate::load(std::string_view bytes) {
  state::BytesIn in(bytes);
  key = in.number(), subject = static_cast<std::uint32_t>(in.number()), kind = static_cast<Kind>(in.number() & 7);
  text = in.text(), first = in.integer(), last = in.integer(), posts = static_cast<std::uint32_t>(in.number());
  authors.load(in), contents.load(in);
  reach = in.real(), said_before = in.real(), usual = in.real();
  sample.load(in);
  told = in.number() != 0, start = in.integer(), told_posts = static_cast<std::uint32_t>(in.number());
  severity = static_cast<std::uint32_t>(in.number());
  also.resize(in.count());
  for (Also& one : also) one.kind = static_cast<Kind>(in.number() & 7), one.text = in.text();
}

}  // namespace earshot::novelty

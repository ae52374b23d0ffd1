#include "model/header.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <iterator>
#include <stdexcept>

namespace earshot::model {
namespace {

namespace json = boost::json;

const json::value& field(const json::object& from, std::string_view name) {
  const auto found = from.find(json::string_view(name.data(), name.size()));
  if (found == from.end()) throw std::runtime_error("its header has no '" + std::string(name) + "'");
  return found->value();
}
[[noreturn]] void wrong(std::string_view name) {
  throw std::runtime_error("'" + std::string(name) + "' in its header is not what it should be");
}
const json::object& object(const json::value& v, std::string_view name) {
  return v.is_object() ? v.get_object() : (wrong(name), v.get_object());
}
const json::array& list(const json::value& v, std::string_view name) {
  return v.is_array() ? v.get_array() : (wrong(name), v.get_array());
}
std::string text(const json::value& v, std::string_view name) {
  if (!v.is_string() || v.get_string().size() > 100'000) wrong(name);
  return std::string(v.get_string().data(), v.get_string().size());
}
double number(const json::value& v, std::string_view name) {
  const double n = v.is_double() ? v.get_double() : v.is_int64() ? static_cast<double>(v.get_int64()) : NAN;
  if (!std::isfinite(n) || std::abs(n) > 1e15) wrong(name);
  return n;
}
float real(const json::object& from, std::string_view name) {
  return static_cast<float>(number(field(from, name), name));
}
bool truth(const json::object& from, std::string_view name) {
  const json::value& v = field(from, name);
  return v.is_bool() ? v.get_bool() : (wrong(name), false);
}
unsigned whole(const json::object& from, std::string_view name) {
  const double n = number(field(from, name), name);
  if (n < 0 || n > 1e9 || n != std::floor(n)) wrong(name);
  return static_cast<unsigned>(n);
}

json::object write_features(const FeatureOptions& f) {
  json::object out{{"bits", f.bits},         {"words", f.words}, {"shortest", f.shortest},    {"longest", f.longest},
                   {"negation", f.negation}, {"look", f.look},   {"most_bytes", f.most_bytes}};
  if (f.lexicon != LexiconName::none) {
    const std::string_view name = kLexiconNames[static_cast<std::size_t>(f.lexicon)];
    out["lexicon"] = json::string_view(name.data(), name.size());
  }
  return out;
}
FeatureOptions read_features(const json::object& from) {
  FeatureOptions f;
  f.bits = whole(from, "bits"), f.words = whole(from, "words");
  f.shortest = whole(from, "shortest"), f.longest = whole(from, "longest");
  f.negation = truth(from, "negation"), f.look = truth(from, "look");
  f.most_bytes = whole(from, "most_bytes");
  if (const auto found = from.find("lexicon"); found != from.end()) {
    const std::string name = text(found->value(), "lexicon");
    const auto* const known = std::find(std::begin(kLexiconNames), std::end(kLexiconNames), name);
    if (known == std::end(kLexiconNames)) wrong("lexicon");
    f.lexicon = static_cast<LexiconName>(known - std::begin(kLexiconNames));
  }
  const Extractor checked(f);
  return f;
}

}  // namespace

std::string write_header(const Model& model) {
  const Info& info = model.info();
  json::object quality, set;
  for (const auto& [name, value] : info.quality) quality[name] = value;
  for (const auto& [name, value] : info.set) set[name] = value;
  json::array outputs, classes;
  for (const Output& o : model.outputs()) outputs.push_back(json::object{{"scale", o.scale}, {"bias", o.bias}});
  for (std::size_t i = 0; i < model.classes(); ++i) {
    const Calibration& c = model.calibration()[i];
    classes.push_back(
        json::object{{"name", info.classes[i]}, {"slope", c.slope}, {"shift", c.shift}, {"offset", c.offset}});
  }
  const json::object header{{"kind", info.kind},
                            {"any", info.any},
                            {"classes", classes},
                            {"outputs", outputs},
                            {"features", write_features(info.features)},
                            {"learned_from", info.learned_from},
                            {"quality", quality},
                            {"set", set}};
  return json::serialize(header);
}

Header read_header(std::string_view bytes) {
  json::error_code error;
  const json::value root = json::parse({bytes.data(), bytes.size()}, error);
  if (error) throw std::runtime_error("its header is no JSON");
  const json::object& from = object(root, "the whole");
  Header h;
  h.info.kind = text(field(from, "kind"), "kind");
  if (h.info.kind.empty() || h.info.kind.size() > 200) wrong("kind");
  h.info.any = truth(from, "any");
  for (const json::value& v : list(field(from, "classes"), "classes")) {
    const json::object& c = object(v, "classes");
    h.info.classes.push_back(text(field(c, "name"), "name"));
    h.calibration.push_back({real(c, "slope"), real(c, "shift"), real(c, "offset")});
  }
  for (const json::value& v : list(field(from, "outputs"), "outputs")) {
    const json::object& o = object(v, "outputs");
    h.outputs.push_back({real(o, "scale"), real(o, "bias")});
  }
  if (h.info.classes.size() > 256 || h.info.classes.size() < (h.info.any ? 1 : 2)) wrong("classes");
  if (h.outputs.size() != Model::outputs_for(h.info)) wrong("outputs");
  h.info.features = read_features(object(field(from, "features"), "features"));
  h.info.learned_from = text(field(from, "learned_from"), "learned_from");
  for (const auto& q : object(field(from, "quality"), "quality"))
    h.info.quality.emplace(std::string(q.key().data(), q.key().size()), number(q.value(), "quality"));
  for (const auto& s : object(field(from, "set"), "set"))
    h.info.set.emplace(std::string(s.key().data(), s.key().size()), text(s.value(), "set"));
  return h;
}

}  // namespace earshot::model

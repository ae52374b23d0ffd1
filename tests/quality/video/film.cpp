#include "film.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <random>

namespace film {
namespace {

int run(const std::string& command) {
  return std::system(command.c_str());
}

// What the camera pans over: larger than the picture, textured as a street is.
constexpr const char* kScene = R"svg(<svg xmlns="http://www.w3.org/2000/svg" width="2200" height="900">
<defs><filter id="a"><feTurbulence type="fractalNoise" baseFrequency="0.012 0.02" numOctaves="6" seed="8"/>
<feColorMatrix values=".8 0 0 0 .1  .6 .2 0 0 .1  .4 .3 .2 0 .1  0 0 0 0 1"/></filter></defs>
<rect width="2200" height="900" filter="url(#a)"/>
)svg";

void write_scene(const std::filesystem::path& file) {
  std::mt19937 random(11);
  const auto upto = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  std::ofstream out(file);
  out << kScene;
  for (int i = 0; i < 40; ++i)
    out << fmt::format(
        "<rect x='{}' y='{}' width='{}' height='{}' fill='rgb({},{},{})' opacity='.7'/><circle cx='{}' cy='{}' r='{}' "
        "fill='rgb({},{},{})' opacity='.6'/>\n",
        upto(2200), upto(900), 30 + upto(220), 30 + upto(260), upto(255), upto(255), upto(255), upto(2200), upto(900),
        10 + upto(70), upto(255), upto(255), upto(255));
  out << "</svg>\n";
}

std::string label(const std::string& text) {
  return fmt::format(
      "<svg xmlns='http://www.w3.org/2000/svg' width='600' height='160'><rect width='600' height='160' rx='12' "
      "fill='#f4efe2'/><text x='300' y='108' text-anchor='middle' font-family='DejaVu Sans' font-weight='bold' "
      "font-size='84' fill='#22303a'>{}</text></svg>",
      text);
}

}  // namespace

std::vector<Appearance> plan(double seconds, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> part(0, 1);
  std::vector<Appearance> out;
  for (double t = 2; t < seconds - 6;) {
    Appearance one;
    one.subject = part(random) < 0.5 ? "tavorelle" : "mareval";
    one.how = part(random) < 0.5 ? "logo" : "lettering";
    one.start = t, one.stop = t + 1 + 4 * part(random);
    one.width = (one.how == "logo" ? 0.1 : 0.18) + 0.15 * part(random);
    one.x = 0.05 + 0.5 * part(random), one.y = 0.05 + 0.5 * part(random);
    one.drift = 0.03 * part(random);
    t = one.stop + 2.5 + 2 * part(random);
    out.push_back(one);
  }
  return out;
}

bool make(const std::vector<Appearance>& planted, double seconds, int loops, const std::filesystem::path& folder,
          const std::filesystem::path& out) {
  if (run("command -v rsvg-convert ffmpeg >/dev/null") != 0) return false;
  const auto in = [&](const char* name) { return (folder / name).string(); };
  write_scene(folder / "scene.svg");
  std::ofstream(folder / "tavorelle.svg") << label("TAVORELLE");
  std::ofstream(folder / "mareval.svg") << label("MAREVAL");
  for (const char* name : {"scene", "tavorelle", "mareval"})
    if (run(fmt::format("rsvg-convert {0}/{1}.svg -o {0}/{1}.png", folder.string(), name)) != 0) return false;

  std::string inputs = fmt::format("-framerate 30 -i {}", in("scene.png")),
              graph = fmt::format(
                  "[0:v]loop=-1:1,setpts=N/30/TB,crop=1280:720:x='min(900,t*900/{:.1f})':y='90+80*sin(t/3)'[v0]",
                  seconds);
  for (std::size_t i = 0; i < planted.size(); ++i) {
    const Appearance& one = planted[i];
    const std::string picture = one.how == "logo"
                                    ? fmt::format("{}/configs/sample/logos/{}.png", EARSHOT_SOURCE_DIR, one.subject)
                                    : in((one.subject + ".png").c_str());
    inputs += fmt::format(" -i {}", picture);  // one frame, which overlay repeats
    graph += fmt::format(
        ";[{0}:v]scale={1}:-1,format=rgba[p{0}];[v{2}][p{0}]overlay=x='{3:.0f}+{4:.1f}*(t-{5:.3f})':y={6:.0f}:enable='"
        "between(t,{5:.3f},{7:.3f})'[v{0}]",
        i + 1, static_cast<int>(one.width * 1280), i, one.x * 1280, one.drift * 1280, one.start, one.y * 720, one.stop);
  }
  const std::string once = in("once.mp4");
  if (run(fmt::format("ffmpeg -nostdin -loglevel error -y {} -filter_complex \"{}\" -map \"[v{}]\" -t {:.1f} -r 30 "
                      "-c:v libx264 -preset veryfast -crf 23 -pix_fmt yuv420p {}",
                      inputs, graph, planted.size(), seconds, once)) != 0)
    return false;
  return run(fmt::format("ffmpeg -nostdin -loglevel error -y -stream_loop {} -i {} -c copy {}", loops - 1, once,
                         out.string())) == 0;
}

}  // namespace film

#include "assets.hpp"

#include <iterator>

#include "model/embedded.hpp"

EARSHOT_EMBED(index)
EARSHOT_EMBED(style)
EARSHOT_EMBED(app)
EARSHOT_EMBED(charts)
EARSHOT_EMBED(dom)
EARSHOT_EMBED(posts)
EARSHOT_EMBED(views)
EARSHOT_EMBED(openapi)
EARSHOT_EMBED(icon)

namespace earshot::dashboard {
namespace {

struct Asset {
  std::string_view path, type;
  std::string_view (*bytes)();
};

constexpr std::string_view kScript = "text/javascript; charset=utf-8";
constexpr Asset kAssets[] = {
    {"/", "text/html; charset=utf-8", embedded_index},
    {"/style.css", "text/css; charset=utf-8", embedded_style},
    {"/app.js", kScript, embedded_app},
    {"/charts.js", kScript, embedded_charts},
    {"/dom.js", kScript, embedded_dom},
    {"/posts.js", kScript, embedded_posts},
    {"/views.js", kScript, embedded_views},
    {"/icon.svg", "image/svg+xml", embedded_icon},
    {"/api/v1/openapi.json", "application/json", embedded_openapi},
};

}  // namespace

std::optional<web::Response> asset(std::string_view path) {
  for (const Asset& one : kAssets)
    if (one.path == path) return web::Response{.content_type = std::string(one.type), .body = std::string(one.bytes())};
  return {};
}

}  // namespace earshot::dashboard

#include "brand_text/brand_text.hpp"

EARSHOT_PLUGIN("org.earshot.brand_text", "0.1.0", "Earshot", "Apache-2.0",
               "Mentions of brands, products and people in text", earshot::brand_text::BrandText)

// How well brand_text finds names as people write them: slips and tricks made up over names of real brands, and what it
// finds in real tweets that are not about spelling. For the second the data is needed; without it that test says so.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <random>

#include "../data.hpp"
#include "brand_text/scanner.hpp"

using namespace earshot;
using namespace earshot::brand_text;
using namespace earshot::quality;

namespace {

const std::vector<std::string> kBrands{"Microsoft",
                                       "Google",
                                       "Amazon",
                                       "Facebook",
                                       "Samsung",
                                       "Netflix",
                                       "Starbucks",
                                       "McDonald's",
                                       "Walmart",
                                       "Adidas",
                                       "Nike",
                                       "Pepsi",
                                       "Coca-Cola",
                                       "Toyota",
                                       "Honda",
                                       "Nissan",
                                       "Mercedes-Benz",
                                       "Volkswagen",
                                       "Hyundai",
                                       "Porsche",
                                       "Ferrari",
                                       "Chevrolet",
                                       "Disney",
                                       "PlayStation",
                                       "Nintendo",
                                       "Spotify",
                                       "Instagram",
                                       "WhatsApp",
                                       "LinkedIn",
                                       "Pinterest",
                                       "Airbnb",
                                       "PayPal",
                                       "Mastercard",
                                       "American Express",
                                       "Bank of America",
                                       "Wells Fargo",
                                       "Vodafone",
                                       "Verizon",
                                       "Comcast",
                                       "Southwest Airlines",
                                       "Lufthansa",
                                       "Emirates",
                                       "Ryanair",
                                       "Marriott",
                                       "Hilton",
                                       "Burger King",
                                       "Taco Bell",
                                       "Chipotle",
                                       "Pizza Hut",
                                       "Nestlé",
                                       "Danone",
                                       "Unilever",
                                       "L'Oréal",
                                       "Colgate",
                                       "Gillette",
                                       "Heineken",
                                       "Budweiser",
                                       "Red Bull",
                                       "Nespresso",
                                       "IKEA",
                                       "Zara",
                                       "Primark",
                                       "Gucci",
                                       "Chanel",
                                       "Louis Vuitton",
                                       "Hermès",
                                       "Rolex",
                                       "Cartier",
                                       "Burberry",
                                       "Apple",
                                       "iPhone",
                                       "Intel",
                                       "Nvidia",
                                       "Oracle",
                                       "Adobe",
                                       "Photoshop",
                                       "Dropbox",
                                       "Android",
                                       "BlackBerry",
                                       "Nokia",
                                       "Motorola",
                                       "Panasonic",
                                       "Philips",
                                       "Siemens",
                                       "Tesla",
                                       "Boeing",
                                       "Airbus",
                                       "Shell",
                                       "Chevron",
                                       "Pfizer",
                                       "Moderna",
                                       "Costco",
                                       "Target",
                                       "Home Depot",
                                       "Best Buy",
                                       "Tesco",
                                       "Carrefour",
                                       "Alibaba",
                                       "Huawei",
                                       "Xiaomi",
                                       "TikTok",
                                       "Fortnite",
                                       "Minecraft",
                                       "Overwatch",
                                       "Reebok",
                                       "Timberland",
                                       "Sephora",
                                       "Maybelline",
                                       "LEGO",
                                       "Hasbro",
                                       "Marvel",
                                       "Sennheiser"};

std::shared_ptr<const Model> model() {
  std::vector<WatchItem> items;
  for (const std::string& brand : kBrands)
    items.push_back({brand, {brand}, {}, {}, {}, {}, {}, {true, true, true, true, true}, {}});
  const auto made = std::make_shared<Model>(items);
  made->compile();
  return made;
}

using Random = std::mt19937;
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
// A place of a letter behind the first; 0: there is none that `fits`.
std::size_t place(const std::string& name, Random& random, const std::function<bool(std::size_t)>& fits) {
  std::vector<std::size_t> all;
  for (std::size_t i = 1; i < name.size(); ++i)
    if (is_letter(name[i]) && fits(i)) all.push_back(i);
  return all.empty() ? 0 : all[random() % all.size()];
}
std::string replaced(const std::string& name, Random& random, const std::map<char, std::string>& by) {
  const std::size_t at = place(name, random, [&](std::size_t i) { return by.contains(name[i]); });
  return at == 0 ? std::string{} : name.substr(0, at) + by.at(name[at]) + name.substr(at + 1);
}

struct Trick {
  const char* name;
  Rule rule;
  std::function<std::string(const std::string&, Random&)> make;  // empty: not of this name
};

// Keys beside a key, on the keyboard that most have.
const std::map<char, std::string> kBeside{
    {'a', "sq"}, {'b', "vn"}, {'c', "xv"}, {'d', "sf"}, {'e', "wr"}, {'f', "dg"}, {'g', "fh"}, {'h', "gj"}, {'i', "uo"},
    {'j', "hk"}, {'k', "jl"}, {'l', "k"},  {'m', "n"},  {'n', "bm"}, {'o', "ip"}, {'p', "o"},  {'q', "wa"}, {'r', "et"},
    {'s', "ad"}, {'t', "ry"}, {'u', "yi"}, {'v', "cb"}, {'w', "qe"}, {'x', "zc"}, {'y', "tu"}, {'z', "x"}};

std::vector<Trick> tricks() {
  const auto any = [](std::size_t) { return true; };
  const auto joined = [](std::string name) {
    std::erase_if(name, [](char c) { return c == ' ' || c == '-' || c == '\''; });
    return name;
  };
  return {
      {"letter left out", Rule::misspelling,
       [=](std::string name, Random& r) {
         const std::size_t at = place(name, r, any);
         return at == 0 ? std::string{} : name.erase(at, 1);
       }},
      {"letter doubled", Rule::misspelling,
       [=](std::string name, Random& r) {
         const std::size_t at = place(name, r, any);
         return at == 0 ? std::string{} : name.insert(at, 1, name[at]);
       }},
      {"letters swapped", Rule::misspelling,
       [](std::string name, Random& r) {
         const std::size_t at = place(name, r, [&](std::size_t i) {
           return i + 1 < name.size() && is_letter(name[i + 1]) && name[i] != name[i + 1];
         });
         if (at == 0) return std::string{};
         std::swap(name[at], name[at + 1]);
         return name;
       }},
      {"key beside", Rule::misspelling,
       [](std::string name, Random& r) {
         const std::size_t at = place(name, r, [&](std::size_t i) { return kBeside.contains(name[i]); });
         if (at == 0) return std::string{};
         const std::string& keys = kBeside.at(name[at]);
         name[at] = keys[r() % keys.size()];
         return name;
       }},
      {"Cyrillic letter", Rule::lookalike,
       [](const std::string& name, Random& r) {
         return replaced(name, r, {{'a', "а"}, {'e', "е"}, {'o', "о"}, {'p', "р"}, {'c', "с"}, {'i', "і"}});
       }},
      {"figure for a letter", Rule::lookalike,
       [](const std::string& name, Random& r) {
         return replaced(name, r, {{'a', "4"}, {'e', "3"}, {'o', "0"}, {'i', "1"}, {'s', "5"}, {'t', "7"}});
       }},
      {"letter drawn out", Rule::elongation,
       [](std::string name, Random& r) {
         const std::size_t at = r() % 2 == 0 && is_letter(name.back())
                                    ? name.size() - 1
                                    : place(name, r, [](std::size_t) { return true; });
         return at == 0 ? std::string{} : name.insert(at, 3, name[at]);
       }},
      {"plural", Rule::inflection,
       [](const std::string& name, Random&) {
         return is_letter(name.back()) && name.back() != 's' && name.back() != 'x' && name.back() != 'z'
                    ? name + "s"
                    : std::string{};
       }},
      {"#NameWord", Rule::joined,
       [=](const std::string& name, Random& r) {
         return "#" + joined(name) + std::array{"Fail", "Sale", "Rocks", "Event"}[r() % 4];
       }},
      {"#wordname", Rule::joined,
       [=](const std::string& name, Random& r) {
         std::string tag = "#" + std::string(std::array{"boycott", "ilove", "shameon", "my"}[r() % 4]) + joined(name);
         std::transform(tag.begin(), tag.end(), tag.begin(),
                        [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c); });
         return tag;
       }},
      {"@NameHelp", Rule::joined, [=](const std::string& name, Random& r) {
         return "@" + joined(name) + std::array{"Help", "Support", "_UK", "Care"}[r() % 4];
       }}};
}

}  // namespace

TEST_CASE("brand_text finds slips and tricks over names of real brands") {
  Scanner scanner(model());
  Random random(11);
  std::printf("%-22s %-12s %6s %6s  %s\n", "made", "rule", "texts", "found", "recall");
  for (const Trick& trick : tricks()) {
    std::size_t made = 0, found = 0;
    for (int round = 0; round < 5; ++round)
      for (const std::string& brand : kBrands) {
        const std::string slip = trick.make(brand, random);
        if (slip.empty()) continue;
        const std::string text = "so I said " + slip + " again";
        scanner.add(text);
        const auto& mentions = scanner.scan();
        ++made;
        found += std::any_of(mentions.begin(), mentions.end(), [&](const Mention& m) { return m.id == brand; }) ? 1 : 0;
      }
    const double recall = static_cast<double>(found) / static_cast<double>(made);
    std::printf("%-22s %-12s %6zu %6zu  %.3f\n", trick.name, name_of(trick.rule), made, found, recall);
    CHECK(recall >= 0.5);
  }
}

TEST_CASE("brand_text takes little in tweets for a name in another writing") {
  const auto file = data("tweeteval/sentiment/train_text.txt");
  if (!file) {
    WARN("tweeteval is not here: nothing is measured");
    return;
  }
  Scanner scanner(model());
  std::map<Rule, std::map<std::string, int>> found;
  std::map<Rule, int> counts;
  std::ifstream in(*file);
  double tweets = 0;
  for (std::string line; std::getline(in, line); ++tweets) {
    scanner.add(line);
    for (const Mention& m : scanner.scan()) {
      ++counts[m.rule];
      ++found[m.rule][line.substr(m.range.begin, m.range.end - m.range.begin)];
    }
  }
  std::printf("%.0f tweets, %zu brands\n%-12s %6s  %s\n", tweets, kBrands.size(), "rule", "found", "in 10,000 tweets");
  for (const auto& [rule, count] : counts) {
    std::printf("%-12s %6d  %.2f\n", name_of(rule), count, count * 1e4 / tweets);
    if (rule != Rule::misspelling && rule != Rule::lookalike && rule != Rule::elongation) continue;
    std::string all = " ";
    for (const auto& [text, times] : found[rule]) all += " " + text;
    std::printf("%s\n", all.c_str());
  }
  CHECK((counts[Rule::misspelling] + counts[Rule::lookalike] + counts[Rule::elongation]) * 1e4 / tweets <= 5);
}

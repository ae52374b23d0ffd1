#include "terms.hpp"

#include <algorithm>
#include <array>

#include "model/hash.hpp"

namespace earshot::aspects {
namespace {

struct Common {
  std::string_view aspect, phrases;
};

// Written for this detector by what reviews, shops and services are about; plural forms stand for themselves.
constexpr std::array<Common, 24> kCommon{{
    {"service",
     "service, services, customer service, customer care, customer support, support, tech support, helpdesk, "
     "help desk, call center, call centre, hotline, table service, hospitality, treatment, response"},
    {"staff",
     "staff, waiter, waiters, waitress, waitresses, server, servers, wait staff, waitstaff, host, hostess, "
     "bartender, bartenders, barista, manager, managers, management, owner, owners, chef, chefs, crew, "
     "flight attendant, flight attendants, attendant, attendants, agent, agents, rep, reps, representative, "
     "employee, employees, cashier, driver, drivers, technician, technicians, gate agent, clerk, personnel, "
     "maitre d, busboy, attitude, delivery guy, salesman, saleswoman"},
    {"price",
     "price, prices, priced, pricing, cost, costs, value, bill, check, tab, fee, fees, charge, charges, fare, fares, "
     "tip, expensive, overpriced, cheap, affordable, price tag, value for money, money, subscription, discount, "
     "deal, deals, rate, rates, price range, price point"},
    {"delay",
     "delay, delays, delayed, wait, waiting, wait time, waiting time, wait times, queue, line, lines, long lines, "
     "on hold, hold time, late, lateness, slow, hours late, late flight, tardiness"},
    {"delivery",
     "delivery, deliveries, shipping, shipment, courier, parcel, package, tracking, dispatch, takeout, take out, "
     "delivered, delivery time"},
    {"cancellation", "cancelled, canceled, cancellation, cancellations, cancelled flight, cancelled flights"},
    {"booking",
     "booking, bookings, reservation, reservations, appointment, check in, checkin, ticket, tickets, order, "
     "ordering, rebooking, rebooked, seating"},
    {"refund",
     "refund, refunds, return, returns, return policy, compensation, voucher, vouchers, reimbursement, exchange"},
    {"luggage", "luggage, baggage, bag, bags, suitcase, lost luggage, lost bag, carry on"},
    {"quality",
     "quality, build quality, workmanship, craftsmanship, durability, material, materials, build, construction, "
     "reliability, finish"},
    {"food",
     "food, foods, meal, meals, dish, dishes, dinner, lunch, brunch, breakfast, menu, menus, pizza, sushi, fish, "
     "appetizer, appetizers, dessert, desserts, entree, entrees, steak, chicken, salad, salads, bread, rice, cheese, "
     "sauce, pasta, burger, burgers, fries, soup, seafood, meat, taste, flavor, flavors, flavour, flavours, portion, "
     "portions, ingredients, specials, cuisine, thai food, indian food, chinese food, dim sum, sandwich, sandwiches, "
     "noodles, curry, lamb, beef, pork, duck, shrimp, lobster, salmon, tuna, roll, rolls, cake, chocolate, fruit, "
     "vegetables, crust, toppings, side, sides, side dish, side dishes, plate, plates, bagel, bagels, eggs, pancakes, "
     "tacos, burrito, ribs, dumplings, kitchen, snacks, course, courses, spices, tapas, buffet, ice cream"},
    {"drinks",
     "drink, drinks, wine, wines, wine list, beer, beers, cocktail, cocktails, coffee, tea, water, sake, sangria, "
     "margarita, margaritas, martini, bottle of wine, glass of wine, bar, soda, juice, beverage, beverages, latte"},
    {"atmosphere",
     "atmosphere, ambience, ambiance, decor, interior, music, setting, vibe, space, lighting, scene, crowd, view, "
     "environment, noise, room, dining room, dining area, patio, garden, decoration, mood"},
    {"place",
     "place, location, restaurant, spot, store, shop, venue, hotel, parking, neighborhood, area, table, tables, seats, "
     "bathroom, bathrooms, restroom, restrooms, toilet, toilets"},
    {"cleanliness", "cleanliness, hygiene, clean, dirty, filthy, smell"},
    {"comfort", "comfort, seat, legroom, leg room, comfortable, uncomfortable, cushion, bed, mattress"},
    {"battery",
     "battery, batteries, battery life, charger, charging, power supply, power adapter, battery power, power cord"},
    {"screen",
     "screen, display, screen size, resolution, screen resolution, monitor, touchscreen, touch screen, brightness, "
     "lcd, retina display"},
    {"keyboard",
     "keyboard, keys, key, touchpad, touch pad, trackpad, track pad, mouse, mouse pad, mousepad, buttons, button, "
     "keypad"},
    {"performance",
     "performance, speed, processor, cpu, memory, ram, hard drive, hard disk, hdd, ssd, graphics, graphics card, "
     "video card, gaming, motherboard, boot up, startup, start up, cooling, fan, fans, heat, overheating, lag"},
    {"software",
     "software, os, operating system, windows, windows 7, vista, app, apps, application, applications, program, "
     "programs, update, updates, website, web site, site, interface, user interface, driver software, feature, "
     "features, bios, itunes, iphoto, iwork, garageband, office, system, login, account"},
    {"connection",
     "wifi, wi fi, internet, internet connection, bluetooth, network, signal, coverage, reception, wireless, "
     "usb, usb ports, ports, port, hdmi, connectivity, connection, roaming"},
    {"picture and sound",
     "camera, webcam, photos, picture quality, speakers, speaker, sound, sound quality, audio, microphone, "
     "volume, headphones"},
    {"design",
     "design, look, looks, style, color, colors, colour, size, weight, appearance, case, portability, packaging, fit"},
}};

constexpr Common kWarranty{"warranty",
                           "warranty, warranties, extended warranty, guarantee, repair, repairs, replacement"};

}  // namespace

void Terms::add(std::string_view aspect, std::string_view phrases) {
  const auto known = std::find(names_.begin(), names_.end(), aspect);
  const auto number = static_cast<std::uint32_t>(known - names_.begin());
  if (known == names_.end()) names_.emplace_back(aspect);
  model::Tokens tokens;
  while (!phrases.empty()) {
    const std::size_t end = std::min(phrases.find(','), phrases.size());
    tokens.clear();
    tokens.read(phrases.substr(0, end), 1000);
    phrases.remove_prefix(std::min(phrases.size(), end + 1));
    std::uint64_t hash = 0;
    const std::size_t words = std::min(tokens.all().size(), kLongest);
    for (std::size_t i = 0; i < words; ++i) {
      hash = model::combine(hash, tokens.all()[i].hash);
      Phrase& phrase = phrases_[hash];
      if (i + 1 == words) phrase = {number, true};
    }
  }
}

void Terms::add_common() {
  for (const Common& c : kCommon) add(c.aspect, c.phrases);
  add(kWarranty.aspect, kWarranty.phrases);
}

void Terms::find(const model::Tokens& tokens, std::size_t most, std::vector<Named>& to) const {
  const std::vector<model::Token>& all = tokens.all();
  to.clear();
  for (std::size_t i = 0; i < all.size() && to.size() < most;) {
    std::uint64_t hash = 0;
    Named best{0, i, i};
    bool found = false;
    for (std::size_t j = i; j < all.size() && j - i < kLongest && all[j].text == all[i].text; ++j) {
      hash = model::combine(hash, all[j].hash);
      const auto at = phrases_.find(hash);
      if (at == phrases_.end()) break;
      if (at->second.whole) best = {at->second.aspect, i, j}, found = true;
    }
    if (found) to.push_back(best);
    i = best.last + 1;
  }
}

}  // namespace earshot::aspects

// vocabulary.hpp: the words that a pipeline's files have of their own: names of tables, keys of JSON, names of
// components and watch items. Where somebody wrote one of them, it proves nothing that it is still there. Free
// functions, for the thread of the command.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "earshot/host.hpp"
#include "erase/places.hpp"

namespace earshot::erase {

void each_own_word(const Host& host, const Places& places, const std::function<void(std::string_view)>& use);

}  // namespace earshot::erase

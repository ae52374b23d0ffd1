// Boost.JSON without its library: its code, here once for the whole host.
#include <boost/json/src.hpp>

// Boost.JSON's own code, compiled once for all that link this library: no shared library goes along with a plugin.
#include <boost/json/src.hpp>

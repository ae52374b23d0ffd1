#include "plugin_name.hpp"

EARSHOT_PLUGIN("org.example.plugin_name", "0.1.0", "Example", "Apache-2.0", "Marks texts that contain a phrase",
               PluginName)

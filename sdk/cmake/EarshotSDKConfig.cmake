# find_package(EarshotSDK): the target EarshotSDK::sdk, earshot_add_plugin and earshot_add_plugin_test, and the
# `earshot` of the same prefix as EarshotSDK_EXECUTABLE.
get_filename_component(EarshotSDK_PREFIX "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(EarshotSDK_EXECUTABLE "${EarshotSDK_PREFIX}/bin/earshot")
include("${CMAKE_CURRENT_LIST_DIR}/EarshotSDKTargets.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/EarshotPlugin.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/EarshotPluginTest.cmake")

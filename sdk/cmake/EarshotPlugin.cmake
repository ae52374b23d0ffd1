# earshot_add_plugin(NAME SOURCE... [LIBRARIES LIBRARY...])
#
# Makes NAME.so: a module that exports the one symbol `earshot_module` and nothing else, leaves none undefined,
# and can be loaded beside any other. Used in the tree and, through find_package(EarshotSDK), outside of it.
set(EARSHOT_PLUGIN_MAP ${CMAKE_CURRENT_LIST_DIR}/plugin.map)

function(earshot_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LIBRARIES")
  add_library(${name} MODULE ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE EarshotSDK::sdk ${arg_LIBRARIES})
  set_target_properties(${name} PROPERTIES PREFIX "" SUFFIX ".so" C_VISIBILITY_PRESET hidden
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON LINK_DEPENDS ${EARSHOT_PLUGIN_MAP})
  target_link_options(${name} PRIVATE -Wl,--version-script=${EARSHOT_PLUGIN_MAP} -Wl,-z,defs -Wl,--as-needed)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Unique symbols would keep two plugins from having a static of the same name each.
    target_compile_options(${name} PRIVATE -fno-gnu-unique)
  endif()
  if(DEFINED EARSHOT_PLUGIN_DIR)
    set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${EARSHOT_PLUGIN_DIR})
  endif()
endfunction()

# earshot_add_plugin_test(PLUGIN [SOURCE...] [OPTIONS NAME=VALUE...] [LIBRARIES LIBRARY...])
#
# Two kinds of test for PLUGIN, which earshot_add_plugin made: a Catch2 program of the sources, which may drive the
# component through <earshot/testing.hpp>, and `earshot check`, the conformance check, with the options given.
function(earshot_add_plugin_test plugin)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "OPTIONS;LIBRARIES")
  if(arg_UNPARSED_ARGUMENTS)
    find_package(Catch2 2 REQUIRED)
    add_executable(${plugin}_test ${arg_UNPARSED_ARGUMENTS})
    target_link_libraries(${plugin}_test PRIVATE EarshotSDK::sdk Catch2::Catch2WithMain ${arg_LIBRARIES})
    target_compile_definitions(${plugin}_test PRIVATE EARSHOT_PLUGIN="$<TARGET_FILE:${plugin}>")
    add_dependencies(${plugin}_test ${plugin})
    add_test(NAME "test: ${plugin}" COMMAND ${plugin}_test)
  endif()
  list(TRANSFORM arg_OPTIONS PREPEND "--option=")
  add_test(NAME "check: ${plugin}" COMMAND ${EarshotSDK_EXECUTABLE} check $<TARGET_FILE:${plugin}> ${arg_OPTIONS})
endfunction()

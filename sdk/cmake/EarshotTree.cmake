# Helpers of this tree alone; what a plugin outside needs stands in EarshotPlugin.cmake.
add_custom_target(earshot_plugins)  # all plugins of this tree
add_custom_target(earshot_fuzz)     # all fuzz targets

# earshot_add_subdirectories(): every folder below that has a CMakeLists.txt. A new plugin or test is a new folder.
function(earshot_add_subdirectories)
  file(GLOB lists CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} */CMakeLists.txt)
  foreach(list IN LISTS lists)
    get_filename_component(folder ${list} DIRECTORY)
    add_subdirectory(${folder})
  endforeach()
endfunction()

# earshot_add_core(NAME SOURCE... [LIBRARIES LIBRARY...]): one part of the host as a static library `core_NAME`.
function(earshot_add_core name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LIBRARIES")
  add_library(core_${name} STATIC ${arg_UNPARSED_ARGUMENTS})
  target_include_directories(core_${name} PUBLIC ${PROJECT_SOURCE_DIR}/core)
  target_link_libraries(core_${name} PUBLIC EarshotSDK::sdk ${arg_LIBRARIES} PRIVATE earshot_flags)
endfunction()

# earshot_add_common(NAME SOURCE... [LIBRARIES LIBRARY...]): code that plugins share, as `common_NAME`.
function(earshot_add_common name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LIBRARIES")
  add_library(common_${name} STATIC ${arg_UNPARSED_ARGUMENTS})
  target_include_directories(common_${name} PUBLIC ${PROJECT_SOURCE_DIR}/plugins/common)
  target_link_libraries(common_${name} PUBLIC EarshotSDK::sdk ${arg_LIBRARIES} PRIVATE earshot_flags)
  set_target_properties(common_${name} PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
endfunction()

# earshot_add_tree_plugin(...): earshot_add_plugin with this tree's warnings, installed with the rest.
function(earshot_add_tree_plugin name)
  earshot_add_plugin(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE earshot_flags)
  add_dependencies(earshot_plugins ${name})
  install(TARGETS ${name} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/earshot/plugins)
endfunction()

# earshot_add_test(NAME SOURCE... [LIBRARIES LIBRARY...] [LABELS LABEL...]): a Catch2 program; each case is a ctest.
# It is told where the binary, the plugins and the source tree are, and runs in a folder of its own.
function(earshot_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LIBRARIES;LABELS")
  add_executable(${name} ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE Catch2::Catch2WithMain earshot_flags ${arg_LIBRARIES})
  target_compile_definitions(${name} PRIVATE
    EARSHOT_BINARY="${PROJECT_BINARY_DIR}/bin/earshot"
    EARSHOT_PLUGIN_DIR="${EARSHOT_PLUGIN_DIR}"
    EARSHOT_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  if(EARSHOT_PRECOMPILE)
    target_link_libraries(${name} PRIVATE EarshotSDK::sdk)
    target_precompile_headers(${name} REUSE_FROM test_headers)
  endif()
  if(NOT arg_LABELS)
    set(arg_LABELS unit)
  endif()
  catch_discover_tests(${name} TEST_PREFIX "${name}: " DISCOVERY_MODE PRE_TEST
    EXTRA_ARGS --order rand --rng-seed time PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 300)
endfunction()

# earshot_add_fuzz(NAME SOURCE... [LIBRARIES LIBRARY...]): a libFuzzer target; its seeds stand in corpus/NAME.
function(earshot_add_fuzz name)
  if(NOT EARSHOT_FUZZ)
    return()
  endif()
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LIBRARIES")
  add_executable(fuzz_${name} ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(fuzz_${name} PRIVATE earshot_flags ${arg_LIBRARIES})
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  add_dependencies(earshot_fuzz fuzz_${name})
  set_target_properties(fuzz_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/fuzz)
endfunction()

include(${CMAKE_CURRENT_LIST_DIR}/EarshotInstall.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/EarshotModel.cmake)

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

option(EARSHOT_PRECOMPILE "Compile once what nearly every file includes; pays in builds without optimisation" OFF)

# earshot_precompile(TARGET KIND): the target uses the headers that are compiled once for all of its KIND, whose flags
# are those of its first target.
function(earshot_precompile target kind)
  if(NOT EARSHOT_PRECOMPILE)
    return()
  endif()
  if(NOT TARGET ${kind}_headers)
    file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/${kind}_headers.cpp CONTENT "")
    add_library(${kind}_headers OBJECT ${PROJECT_BINARY_DIR}/${kind}_headers.cpp)
    target_link_libraries(${kind}_headers PRIVATE EarshotSDK::sdk earshot_flags)
    if(NOT kind STREQUAL core)
      set_target_properties(${kind}_headers PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
    endif()
    if(kind STREQUAL plugin AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      target_compile_options(plugin_headers PRIVATE -fno-gnu-unique)
    endif()
    set(headers algorithm array charconv chrono cmath cstdint cstring filesystem functional map memory optional set span
      string string_view unordered_map utility variant vector earshot/error.hpp earshot/types.hpp)
    list(TRANSFORM headers PREPEND "$<$<COMPILE_LANGUAGE:CXX>:<")
    list(TRANSFORM headers APPEND "$<ANGLE-R>>")
    target_precompile_headers(${kind}_headers PRIVATE ${headers})
    target_compile_options(${kind}_headers PRIVATE -pthread)
  endif()
  target_compile_options(${target} PRIVATE -pthread)  # some libraries ask for it, and all have to have the same macros
  target_precompile_headers(${target} REUSE_FROM ${kind}_headers)
endfunction()

# earshot_add_core(NAME SOURCE... [LIBRARIES LIBRARY...]): one part of the host as a static library `core_NAME`.
function(earshot_add_core name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LIBRARIES")
  add_library(core_${name} STATIC ${arg_UNPARSED_ARGUMENTS})
  target_include_directories(core_${name} PUBLIC ${PROJECT_SOURCE_DIR}/core)
  target_link_libraries(core_${name} PUBLIC EarshotSDK::sdk ${arg_LIBRARIES} PRIVATE earshot_flags)
  earshot_precompile(core_${name} core)
endfunction()

# earshot_add_common(NAME SOURCE... [LIBRARIES LIBRARY...]): code that plugins share, as `common_NAME`.
function(earshot_add_common name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LIBRARIES")
  add_library(common_${name} STATIC ${arg_UNPARSED_ARGUMENTS})
  target_include_directories(common_${name} PUBLIC ${PROJECT_SOURCE_DIR}/plugins/common)
  target_link_libraries(common_${name} PUBLIC EarshotSDK::sdk ${arg_LIBRARIES} PRIVATE earshot_flags)
  set_target_properties(common_${name} PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  earshot_precompile(common_${name} common)
endfunction()

# earshot_add_tree_plugin(...): earshot_add_plugin with this tree's warnings, installed with the rest.
function(earshot_add_tree_plugin name)
  earshot_add_plugin(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE earshot_flags)
  earshot_precompile(${name} plugin)
  add_dependencies(earshot_plugins ${name})
  install(TARGETS ${name} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/earshot/plugins)
endfunction()

# earshot_add_test(NAME SOURCE... [LIBRARIES LIBRARY...] [LABELS LABEL...]): a Catch2 program; each case is a ctest, unless
# a label is `by_hand`.
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
  if("by_hand" IN_LIST arg_LABELS)  # it takes minutes: built, and run by whoever wants its table
    return()
  endif()
  if(EARSHOT_THREADS_ONLY AND name IN_LIST EARSHOT_ONE_THREAD)
    set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
    return()
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

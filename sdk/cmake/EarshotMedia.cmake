# What pictures, sound and video need, each found once, as targets media::NAME. A plugin whose packages are not there is
# not built; `earshot plugins` tells which, and what to install.
option(EARSHOT_MEDIA "Build the plugins for pictures, sound and video, as far as their packages are there" ON)

# earshot_media_ready(RESULT PLUGIN KIND NEEDS TARGET... PACKAGES DEBIAN-PACKAGE...): can this plugin be built? If not,
# it is put down for `earshot plugins`.
function(earshot_media_ready result plugin kind)
  cmake_parse_arguments(PARSE_ARGV 3 arg "" "" "NEEDS;PACKAGES")
  set(ready ${EARSHOT_MEDIA})
  foreach(target IN LISTS arg_NEEDS)
    if(NOT TARGET ${target})
      set(ready OFF)
    endif()
  endforeach()
  if(NOT ready)
    list(JOIN arg_PACKAGES " " packages)
    message(STATUS "Not built: ${kind} ${plugin} (packages: ${packages})")
    set_property(GLOBAL APPEND_STRING PROPERTY EARSHOT_NOT_BUILT "${plugin}\t${kind}\t${packages}\n")
  endif()
  set(${result} ${ready} PARENT_SCOPE)
endfunction()

# Writes down what was not built; called once, at the end.
function(earshot_media_summary)
  get_property(lines GLOBAL PROPERTY EARSHOT_NOT_BUILT)
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/share/earshot/not_built.tsv CONTENT "${lines}" @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/share/earshot/not_built.tsv DESTINATION share/earshot)
endfunction()

# earshot_media_target(NAME HEADER LIBRARY... [SUFFIXES FOLDER...]): media::NAME, of a header and libraries without a
# usable package description.
function(earshot_media_target name header)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "SUFFIXES")
  find_path(MEDIA_${name}_INCLUDE ${header} PATH_SUFFIXES ${arg_SUFFIXES})
  mark_as_advanced(MEDIA_${name}_INCLUDE)
  set(files)
  foreach(library IN LISTS arg_UNPARSED_ARGUMENTS)
    find_library(MEDIA_${library}_LIBRARY ${library})
    mark_as_advanced(MEDIA_${library}_LIBRARY)
    list(APPEND files ${MEDIA_${library}_LIBRARY})
  endforeach()
  if(NOT MEDIA_${name}_INCLUDE OR "${files}" MATCHES "NOTFOUND")
    return()
  endif()
  add_library(media_${name} INTERFACE)
  target_include_directories(media_${name} SYSTEM INTERFACE ${MEDIA_${name}_INCLUDE})
  target_link_libraries(media_${name} INTERFACE ${files})
  add_library(media::${name} ALIAS media_${name})
endfunction()

# earshot_media_pkg(NAME MODULE...): media::NAME, of what pkg-config knows.
function(earshot_media_pkg name)
  pkg_check_modules(MEDIA_${name} QUIET IMPORTED_TARGET GLOBAL ${ARGN})
  if(MEDIA_${name}_FOUND)
    add_library(media::${name} ALIAS PkgConfig::MEDIA_${name})
  endif()
endfunction()

if(EARSHOT_MEDIA)
  find_package(PkgConfig REQUIRED)
  # Debian's packages of single parts of OpenCV bring no OpenCVConfig.cmake.
  earshot_media_target(opencv opencv2/core.hpp opencv_calib3d opencv_features2d opencv_flann opencv_imgproc opencv_core
    SUFFIXES opencv4)
  earshot_media_target(opencv_dnn opencv2/dnn.hpp opencv_dnn opencv_imgproc opencv_core SUFFIXES opencv4)
  earshot_media_pkg(jpeg libjpeg)
  earshot_media_pkg(png libpng)
  earshot_media_pkg(webp libwebp libwebpdemux)
  earshot_media_target(gif gif_lib.h gif)
  # Tesseract's own description puts libraries on the link line that only Tesseract itself needs.
  earshot_media_target(tesseract tesseract/baseapi.h tesseract lept)
  earshot_media_pkg(ffmpeg libavformat libavcodec libswscale libswresample libavutil)
  earshot_media_target(sphinxbase sphinxbase/err.h sphinxbase)
  earshot_media_target(pocketsphinx pocketsphinx.h pocketsphinx SUFFIXES pocketsphinx)
  if(TARGET media_pocketsphinx AND TARGET media_sphinxbase)
    target_include_directories(media_pocketsphinx SYSTEM INTERFACE ${MEDIA_sphinxbase_INCLUDE}/sphinxbase)
    target_link_libraries(media_pocketsphinx INTERFACE media_sphinxbase)
  endif()
  earshot_media_pkg(espeak espeak-ng)
  earshot_media_target(whisper whisper.h whisper)
endif()

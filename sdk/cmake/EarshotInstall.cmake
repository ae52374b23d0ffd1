# What `cmake --install` lays out of the SDK: headers, the CMake package, templates and examples. Each path is the same
# in the build tree, so that find_package(EarshotSDK) and `earshot new` work there as they do in an installed prefix.
set(EARSHOT_PACKAGE_DIR lib/cmake/EarshotSDK)

function(earshot_add_install)
  install(DIRECTORY sdk/include/earshot TYPE INCLUDE)
  install(TARGETS earshot_sdk EXPORT EarshotSDKTargets)
  install(EXPORT EarshotSDKTargets NAMESPACE EarshotSDK:: DESTINATION ${EARSHOT_PACKAGE_DIR})
  export(EXPORT EarshotSDKTargets NAMESPACE EarshotSDK::
    FILE ${PROJECT_BINARY_DIR}/${EARSHOT_PACKAGE_DIR}/EarshotSDKTargets.cmake)

  include(CMakePackageConfigHelpers)
  set(version ${PROJECT_BINARY_DIR}/${EARSHOT_PACKAGE_DIR}/EarshotSDKConfigVersion.cmake)
  write_basic_package_version_file(${version} VERSION ${PROJECT_VERSION} COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)
  set(files sdk/cmake/EarshotSDKConfig.cmake sdk/cmake/EarshotPlugin.cmake sdk/cmake/EarshotPluginTest.cmake
    sdk/cmake/plugin.map)
  install(FILES ${files} ${version} DESTINATION ${EARSHOT_PACKAGE_DIR})
  foreach(file IN LISTS files)
    configure_file(${file} ${PROJECT_BINARY_DIR}/${EARSHOT_PACKAGE_DIR} COPYONLY)
  endforeach()

  set(share ${CMAKE_INSTALL_DATADIR}/earshot)
  install(DIRECTORY sdk/template DESTINATION ${share})
  install(DIRECTORY sdk/examples DESTINATION ${share} FILES_MATCHING PATTERN *.cpp PATTERN *.c)
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/${share})
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/sdk/template ${PROJECT_BINARY_DIR}/${share}/template SYMBOLIC)
endfunction()

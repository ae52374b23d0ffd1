# Configs, docs and the systemd unit beside what is built, and all of it as a .deb and a .tar.gz (`cpack` in the build
# folder). EarshotInstall.cmake lays out the SDK.
install(FILES LICENSE README.md TYPE DOC)
install(DIRECTORY docs/ TYPE DOC FILES_MATCHING PATTERN *.md PATTERN *.svg)
file(GLOB_RECURSE readmes RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS plugins/*/README.md)
foreach(readme IN LISTS readmes)
  get_filename_component(folder ${readme} DIRECTORY)
  get_filename_component(plugin ${folder} NAME)
  install(FILES ${readme} DESTINATION ${CMAKE_INSTALL_DOCDIR}/plugins RENAME ${plugin}.md)
endforeach()
install(DIRECTORY configs DESTINATION ${CMAKE_INSTALL_DATADIR}/earshot)
install(FILES core/cli/service/earshot@.service DESTINATION lib/systemd/system)

set(CPACK_GENERATOR "DEB;TGZ")
set(CPACK_PACKAGE_NAME earshot)
set(CPACK_PACKAGE_VENDOR "Earshot")
set(CPACK_PACKAGE_CONTACT "Earshot maintainers <maintainers@earshot.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Social media and brand monitoring")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGE_FILE_NAME earshot-${PROJECT_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Watches what is published about brands, products and keywords. A small host
 loads source connectors, detectors and sinks as shared libraries, wires them
 as a YAML pipeline describes, and keeps them running.")
find_program(DPKG_SHLIBDEPS dpkg-shlibdeps)
if(DPKG_SHLIBDEPS)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
endif()
include(CPack)

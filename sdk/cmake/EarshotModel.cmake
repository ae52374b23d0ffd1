# earshot_embed_model(TARGET FILE): puts the bytes of FILE, a model as NAME.model, into TARGET, so that a plugin is one
# file. The code sees them through plugins/common/model/embedded.hpp: EARSHOT_EMBED(NAME), then embedded_NAME().
function(earshot_embed_model target file)
  get_filename_component(file ${file} ABSOLUTE)
  get_filename_component(name ${file} NAME_WE)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${name}.model.c)
  file(CONFIGURE OUTPUT ${source} CONTENT [[
__asm__(
    ".pushsection .rodata\n"
    ".balign 16\n"
    ".global earshot_model_@name@_begin\n"
    ".hidden earshot_model_@name@_begin\n"
    "earshot_model_@name@_begin:\n"
    ".incbin \"@file@\"\n"
    ".global earshot_model_@name@_end\n"
    ".hidden earshot_model_@name@_end\n"
    "earshot_model_@name@_end:\n"
    ".byte 0\n"
    ".popsection\n");
typedef int earshot_model_not_empty;  /* ISO C wants a declaration */
]] @ONLY)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS ${file})
  target_sources(${target} PRIVATE ${source})
  set_target_properties(${target} PROPERTIES DISABLE_PRECOMPILE_HEADERS ON)  # those of C++ are nothing for C
endfunction()

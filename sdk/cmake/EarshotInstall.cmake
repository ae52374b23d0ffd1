# What `cmake --install` lays out and CPack packs.
function(earshot_add_install)
endfunction()

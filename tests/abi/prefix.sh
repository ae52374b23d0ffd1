#!/bin/sh
# prefix.sh COMPILER RELEASED CURRENT: proves that the header in the folder RELEASED is a prefix of the one in CURRENT:
# every member of every struct stands where it stood and is as large, structs grow at their end only and only where
# they have a `size`, and every constant has the value it had. Needs a C++20 compiler, awk and sed.
set -eu
compiler=$1 released=$2 current=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Every struct must be pinned, or its members would not be compared.
sed -n 's/^} \(ear_[a-z_]*\);.*/\1/p' "$released/abi.h" | while read -r type; do
  grep -q "^EAR_PIN_SIZE($type," "$released/abi_layout.h" || { echo "$type is not in $released/abi_layout.h" >&2; exit 1; }
done

# Both headers as they are, each in a namespace of its own.
header() {
  printf 'namespace %s {\n#define earshot_module %s_module\n' "$1" "$1"
  printf '#undef EARSHOT_ABI_H\n#undef EARSHOT_ABI_LAYOUT_H\n'
  printf '#undef EAR_ABI_MAJOR\n#undef EAR_ABI_MINOR\n#undef EAR_ABI\n#undef EAR_HAS\n#undef EAR_EXPORT\n'
  printf '#undef EAR_TIME_NONE\n#undef EAR_TIME_END\n#undef EAR_NONE\n'
  printf '#define EARSHOT_TARGET_MINOR 0xFFFFu\n#include "%s/abi.h"\n' "$2"
  printf '#undef EARSHOT_TARGET_MINOR\n#undef earshot_module\nconstexpr unsigned minor = EAR_ABI_MINOR;\n}\n'
}

{
  printf '#include <stddef.h>\n#include <stdint.h>\n'
  header then "$(cd "$released" && pwd)"
  header now "$(cd "$current" && pwd)"
  cat <<'CODE'
template <class T>
constexpr bool may_grow = requires(T t) { t.size; };
#define MEMBER(type, member)                                                                             \
  static_assert(offsetof(now::type, member) == offsetof(then::type, member), #type "." #member " moved"); \
  static_assert(sizeof(now::type::member) == sizeof(then::type::member), #type "." #member " has another size");
#define SIZE(type)                                                                             \
  static_assert(sizeof(now::type) >= sizeof(then::type), #type " is smaller than it was");     \
  static_assert(now::minor > then::minor || sizeof(now::type) == sizeof(then::type),           \
                #type " has grown: raise EAR_ABI_MINOR (or, before the release, renew its copy)"); \
  static_assert(may_grow<then::type> || sizeof(now::type) == sizeof(then::type), #type " is frozen and has grown");
#define CONSTANT(name) \
  static_assert(static_cast<long>(now::name) == static_cast<long>(then::name), #name " has another value");
CODE
  sed -n 's/^EAR_PIN(\(ear_[a-z_]*\), \([a-z_0-9]*\),.*/MEMBER(\1, \2)/p' "$released/abi_layout.h"
  sed -n 's/^EAR_PIN_SIZE(\(ear_[a-z_]*\),.*/SIZE(\1)/p' "$released/abi_layout.h"
  # No gap between the pinned members: none was forgotten.
  awk -F'[(,) ]+' '/^EAR_PIN\(ear_/ {sum[$2] = sum[$2] " + sizeof(then::" $2 "::" $3 ")"}
    END {for (type in sum) print "static_assert(0" sum[type] " == sizeof(then::" type "), \"" type " has members that are not pinned\");"}' \
    "$released/abi_layout.h"
  sed 's/\/\*.*\*\///' "$released/abi.h" | grep -o '\bEAR_[A-Z_]* = ' | sed 's/\(.*\) = /CONSTANT(\1)/'
} >"$work/prefix.cpp"

grep -q '^MEMBER(ear_module, components)' "$work/prefix.cpp" || { echo "no pins found in $released" >&2; exit 1; }
"$compiler" -std=c++20 -fsyntax-only -Wno-invalid-offsetof "$work/prefix.cpp"
echo "$released is a prefix of $current"

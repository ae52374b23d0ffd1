#!/bin/sh
# prefix_test.sh COMPILER RELEASED CURRENT: prefix.sh must accept what may change and refuse what may not.
set -eu
compiler=$1 released=$2 current=$3
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# try WHAT EXPECTED SED-SCRIPT: a copy of the header, changed, with its own pins left out as whoever changes it would.
try() {
  rm -rf "$work/changed"
  mkdir "$work/changed"
  sed "$3" "$current/abi.h" >"$work/changed/abi.h"
  : >"$work/changed/abi_layout.h"
  if cmp -s "$current/abi.h" "$work/changed/abi.h"; then
    echo "FAILED: $1: the header was not changed" >&2
    failed=1
    return
  fi
  if sh "$here/prefix.sh" "$compiler" "$released" "$work/changed" >"$work/said" 2>&1; then said=accepted; else said=$(cat "$work/said"); fi
  case $said in
    *"$2"*) ;;
    *) echo "FAILED: $1: expected '$2', got: $said" >&2; failed=1 ;;
  esac
}

try "a member at the end of a struct that may grow" accepted 's/EAR_ABI_MINOR [0-9]*u/EAR_ABI_MINOR 65535u/; s/^} ear_gap;/  ear_str more;\n&/'
try "a member at the end without a new version" "ear_gap has grown: raise EAR_ABI_MINOR" 's/^} ear_gap;/  ear_str more;\n&/'
try "a new constant" accepted 's/  EAR_INTERNAL = -7 /  EAR_NEWER = -8,\n&/'
try "a member in the middle" "ear_post.revision moved" 's/^  uint64_t revision; .*grows.*/  uint64_t inserted;\n&/'
try "a member of another size" "ear_author.followers has another size" 's/^  int64_t followers, following/  int32_t followers, spare; int64_t following/'
try "two members that changed places" "ear_sink.write moved" \
  '/^typedef struct ear_sink {/,/^}/{s/(\*write)/(*keep)/; s/(\*flush)/(*write)/; s/(\*keep)/(*flush)/}'
try "a member that is gone" "raw" 's/^  ear_str raw; .*//'
try "a frozen struct that grew" "ear_bytes is frozen and has grown" 's/^} ear_bytes;/  size_t more;\n&/'
try "a constant of another value" "EAR_IO has another value" 's/EAR_IO = -5/EAR_IO = -9/'
exit $failed

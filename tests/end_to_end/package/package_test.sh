#!/bin/sh
# package_test.sh BUILD_FOLDER CPACK: packs what was built, unpacks it somewhere else, and runs it from there.
set -eu
build=$1 cpack=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# check ROOT: what a prefix must hold to be usable.
check() {
  "$1/bin/earshot" --version
  # Away from the build folder, so that only what was unpacked can be found.
  (cd "$folder" && "$1/bin/earshot" plugins >"$folder/plugins")
  for plugin in file brand_text ndjson; do
    grep -q "$plugin" "$folder/plugins" || { echo "$1: the plugin $plugin is not found" && exit 1; }
  done
  for file in include/earshot/abi.h lib/systemd/system/earshot@.service share/earshot/configs/demo.yaml \
    share/earshot/configs/sample/posts.ndjson.zst share/doc/earshot/LICENSE; do
    [ -f "$1/$file" ] || { echo "$1/$file is missing" && exit 1; }
  done
}

"$cpack" -G TGZ --config "$build/CPackConfig.cmake" -B "$folder/tgz" >"$folder/log" 2>&1 || { cat "$folder/log" && exit 1; }
mkdir "$folder/tar"
tar -xzf "$folder"/tgz/*.tar.gz -C "$folder/tar" --strip-components=1
check "$folder/tar"

if command -v dpkg-shlibdeps dpkg-deb file >/dev/null; then
  "$cpack" -G DEB --config "$build/CPackConfig.cmake" -B "$folder/debs" >"$folder/log" 2>&1 ||
    { cat "$folder/log" && exit 1; }
  dpkg-deb -x "$folder"/debs/*.deb "$folder/deb"
  check "$folder/deb/usr"
  depends=$(dpkg-deb -f "$folder"/debs/*.deb Depends)
  for package in libc6 libvectorscan libsqlite3; do
    case $depends in *"$package"*) ;; *) echo "the .deb does not depend on $package: $depends" && exit 1 ;; esac
  done
else
  echo "no dpkg-dev: the .deb is not tried"
fi

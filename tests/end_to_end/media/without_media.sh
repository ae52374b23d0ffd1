#!/bin/sh
# without_media.sh CMAKE SOURCE_TREE: a build without the packages for pictures, sound and video can be made, and it says
# which plugins are missing and what to install. Building it all takes minutes; that it can be configured and what it
# would build is told in seconds.
set -eu
cmake=$1 source=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$cmake" -S "$source" -B "$folder" -G Ninja -DEARSHOT_MEDIA=OFF -DEARSHOT_TESTS=OFF -DEARSHOT_BENCH=OFF >"$folder/log" 2>&1 ||
  { cat "$folder/log"; exit 1; }
for plugin in media video ocr logo onnx_image speech transcript annotate; do
  grep -q "^$plugin	" "$folder/share/earshot/not_built.tsv" || { echo "$plugin is not told" && cat "$folder/share/earshot/not_built.tsv"; exit 1; }
  ! ninja -C "$folder" -t targets all | grep -q "^$plugin: phony" || { echo "$plugin would be built"; exit 1; }
done
ninja -C "$folder" -t targets all | grep -q "^brand_text: phony" || { echo "brand_text would not be built"; exit 1; }

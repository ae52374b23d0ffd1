#!/bin/bash
# Makes the models that ship again: tests/quality/train_models.sh DATA_DIR [MODEL...], from the root of the source tree
# after a release build. DATA_DIR has the folders that the model cards name. Same data, same models, byte for byte.
set -euo pipefail

data=${1:?say where the data is: tests/quality/train_models.sh DATA_DIR}
shift
earshot=${EARSHOT:-build/release/bin/earshot}
models=("$@")
[[ ${#models[@]} -gt 0 ]] || models=(offensive spam aspects)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Texts and labels that stand in files beside each other, line for line, as TSV.
beside() {  # FOLDER PART
  printf 'label\ttext\n'
  paste "$data/$1/$2_labels.txt" "$data/$1/$2_text.txt"
}

offensive() {
  beside tweeteval/offensive train >"$work/offensive.tsv"
  "$earshot" train "$work/offensive.tsv" --kind offensive --rename 0=not_offensive --rename 1=offensive \
    --silent not_offensive --lexicon abuse --c 1 --errors 0 \
    --learned_from 'OLID by way of TweetEval (offensive, train part), research use' \
    --about plugins/detectors/offensive/ABOUT_MODEL.md --card plugins/detectors/offensive/MODEL_CARD.md \
    --out plugins/detectors/offensive/offensive.model
}

# Videos are groups: what is special to one video's comments is not learned as spam.
spam() {
  sed '1s/.*/label\ttext/' "$data/spam/sms_dev.tsv" >"$work/sms.tsv"
  local file
  for file in "$data"/spam/Youtube*.csv; do
    sed -e '1s/CONTENT/text/' -e "1s/^/video,/" -e '1!s/^/'"$(basename "$file" .csv)"',/' "$file" \
      >"$work/$(basename "$file")"
  done
  "$earshot" train "$work/sms.tsv" "$work"/Youtube*.csv --kind spam --rename 0=ham --rename 1=spam --silent ham \
    --look --group video --by video --c 4 --c 16 --errors 0 \
    --learned_from 'SMS Spam Collection (part) and YouTube Spam Collection (three videos), CC BY 4.0' \
    --about plugins/detectors/spam/ABOUT_MODEL.md --card plugins/detectors/spam/MODEL_CARD.md \
    --out plugins/detectors/spam/spam.model
}

# What a label is about is marked; sentences of several aspects come once for each.
marked_lines() {  # three lines an example: text with $T$, target, polarity
  awk 'NR % 3 == 1 { text = $0 } NR % 3 == 2 { target = $0 }
    NR % 3 == 0 {
      at = index(text, "$T$")
      gsub(/[ \r]/, "")
      name = $0 == "1" ? "positive" : $0 == "-1" ? "negative" : "neutral"
      if (at > 0) printf "%s\t%s\xe2\x9f\xa6%s\xe2\x9f\xa7%s\t%s\t%s\n", name, substr(text, 1, at - 1), target,
        substr(text, at + 3), from, text
    }' from="$2" "$1" | tr -d '\r'
}
marked_xml() {
  awk -F'"' '/<text>/ { text = $0; sub(/.*<text>/, "", text); sub(/<\/text>.*/, "", text)
      gsub(/&amp;/, "\\&", text); gsub(/&quot;/, "\"", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text) }
    /<aspectTerm / {
      for (i = 1; i < NF; i++) { if ($i ~ /from=$/) at = $(i + 1); if ($i ~ /polarity=$/) name = $(i + 1)
        if ($i ~ / term=$/) term = $(i + 1) }
      gsub(/&amp;/, "\\&", term)
      if (substr(text, at + 1, length(term)) != term) at = index(text, term) - 1
      if (at >= 0) printf "%s\t%s\xe2\x9f\xa6%s\xe2\x9f\xa7%s\t%s\t%s\n", name, substr(text, 1, at), term,
        substr(text, at + 1 + length(term)), from, text
    }' from="$2" "$1"
}

aspects() {
  {
    printf 'label\ttext\tsource\tsentence\n'
    marked_lines "$data/absa/restaurants_train.seg" restaurants
    marked_lines "$data/absa/laptops_train.seg" laptops
    marked_lines "$data/absa/twitter_dong2014_train.raw" tweets
    marked_xml "$data/absa/mams_atsa_train.xml" mams
  } >"$work/aspects.tsv"
  "$earshot" train "$work/aspects.tsv" --kind sentiment --target --group sentence --by source --c 1 --errors 0 \
    --learned_from 'SemEval-2014 task 4 restaurants and laptops, Dong et al. 2014 tweets, MAMS (train parts), research use' \
    --about plugins/detectors/aspects/ABOUT_MODEL.md --card plugins/detectors/aspects/MODEL_CARD.md \
    --out plugins/detectors/aspects/aspects.model
}

for model in "${models[@]}"; do "$model"; done

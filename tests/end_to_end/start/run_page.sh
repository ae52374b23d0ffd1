#!/bin/sh
# run_page.sh PAGE SOURCE_TREE BINARY_FOLDER: does what a page says, in an empty folder. Of its code blocks, `yaml FILE`
# and `json FILE` are written to FILE, `sh` is run, and each line of `output` must stand in what ran before.
set -eu
page=$1
export EARSHOT="$2" PATH="$3:$PATH"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
: >said

awk '
  !inside && /^```(yaml|json) / { inside = 1; printf "cat >%s <<\"END_OF_FILE\"\n", $2; close_with = "END_OF_FILE"; next }
  !inside && /^```sh$/ { inside = 1; print "cat >commands <<\"END_OF_FILE\""; close_with = "END_OF_FILE\nrun_commands"; next }
  !inside && /^```output$/ { inside = 1; print "cat >expected <<\"END_OF_FILE\""; close_with = "END_OF_FILE\ncompare"; next }
  !inside && /^```/ { inside = 2; next }
  inside && /^```$/ { if (inside == 1) print close_with; inside = 0; next }
  inside == 1 { print }
' "$page" >steps

run_commands() {
  while IFS= read -r command; do
    echo "\$ $command"
    sh -c "$command" >said 2>&1 </dev/null || { cat said && echo "failed: $command" && exit 1; }
    tee -a all_said <said
  done <commands
  mv all_said said
}

compare() {
  while IFS= read -r line; do
    grep -qF -e "$line" said || { echo "the page shows what was not said: $line" && exit 1; }
  done <expected
}

. ./steps
grep -q run_commands steps || { echo "the page has no commands" && exit 1; }

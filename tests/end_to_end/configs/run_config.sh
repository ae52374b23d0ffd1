#!/bin/sh
# run_config.sh CONFIG SOURCE_TREE BINARY_FOLDER: a pipeline that comes with the project does what its first lines say,
# in a folder of its own: it is sound, its cases hold, it runs over the sample, and a backtest of its store says what the
# run said, twice the same.
set -eu
config=$1 source=$2
export PATH="$3:$PATH"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
ln -s "$source/configs" configs
XDG_CACHE_HOME=$folder/cache
export XDG_CACHE_HOME

earshot validate --strict "configs/$config.yaml"
earshot test "configs/$config.yaml"
earshot run --quiet "configs/$config.yaml" >screen 2>log || { cat log && exit 1; }
grep -q '^ALERT ' screen || { echo "no alert over the sample" && cat screen log && exit 1; }
earshot backtest "configs/$config.yaml" >first
earshot backtest "configs/$config.yaml" >second
cmp first second
cat first
grep -q ' alerts, ' first || { echo "no alert in the backtest" && exit 1; }

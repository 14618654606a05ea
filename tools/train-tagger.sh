#!/bin/sh
# SPDX-License-Identifier: MIT
# tools/train-tagger.sh - makes models/names-en.tagger again from the project's news corpus and the
# free sets (models/README.md).
#
#   tools/train-tagger.sh TOOL DATA WORK MODEL [options of train-tagger train]
#
# TOOL is tools/train-tagger as built; DATA the folder with uner_ewt.jsonl, wnut17.jsonl, btc.jsonl,
# re3d.jsonl and gum.jsonl (training halves); WORK a folder for what is made on the way.
set -eu
[ $# -ge 4 ] || { sed -n '3,9s/^# \{0,1\}//p' "$0" >&2; exit 64; }
tool=$1 data=$2 work=$3 model=$4
shift 4
models=$(dirname "$0")/../models
python3 "$models/corpus/to_jsonl.py" gold "$models"/corpus/news/*.txt >"$work/own.jsonl"
"$tool" train -l "$models/names-en.list" -l "$models/places-en.list" -l "$models/people-en.list" \
    -l "$models/words-en.list" -l "$models/world-en.list" "$@" "$model" "own:$work/own.jsonl" \
    "uner:$data/uner_ewt.jsonl" "wnut:$data/wnut17.jsonl" "btc:$data/btc.jsonl" \
    "re3d:$data/re3d.jsonl" "gum:$data/gum.jsonl"

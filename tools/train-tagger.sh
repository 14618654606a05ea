#!/bin/sh
# SPDX-License-Identifier: MIT
# tools/train-tagger.sh - makes models/names-en.tagger again from the project's news corpus and the
# free sets (models/README.md).
#
#   tools/train-tagger.sh TOOLS DATA WORDS VECTORS WORK MODEL [options of train-tagger train]
#
# TOOLS is the folder of train-tagger and make-clusters as built; DATA the folder with
# train/{uner_ewt,wnut17,btc,re3d,gum}.jsonl and dev/uner_ewt.jsonl (for the confidence only); WORDS
# the folder with american-english and british-english of Debian's wamerican and wbritish; VECTORS
# word vectors as text, the commonest word first; WORK a folder for what is made on the way.
set -eu
[ $# -ge 6 ] || { sed -n '3,12s/^# \{0,1\}//p' "$0" >&2; exit 64; }
tools=$1 data=$2 words=$3 vectors=$4 work=$5 model=$6
shift 6
models=$(dirname "$0")/../models
python3 "$models/corpus/to_jsonl.py" gold "$models"/corpus/news/*.txt >"$work/own.jsonl"
{
    echo '[=]' # words of the dictionary, of no kind
    LC_ALL=C grep -hE '^[a-z]+$' "$words/american-english" "$words/british-english" | LC_ALL=C sort -u
} >"$work/known.list"
"$tools/make-clusters" 200000 80000 12 64 512 4096 <"$vectors" >"$work/clusters.txt"
"$tools/train-tagger" train -k "$work/clusters.txt" \
    -l "$models/names-en.list" -l "$models/places-en.list" -l "$models/people-en.list" \
    -l "$models/words-en.list" -l "$models/world-en.list" -l "$work/known.list" \
    -f 1:0.2:0:0.2 -f 0.1:1:0.5:0 -c 120 -d 0.3 -r 3 "$@" -v "uner:$data/dev/uner_ewt.jsonl" \
    "$model" "own:$work/own.jsonl" "uner:$data/train/uner_ewt.jsonl" \
    "wnut:$data/train/wnut17.jsonl" "btc:$data/train/btc.jsonl" \
    "re3d:$data/train/re3d.jsonl" "gum:$data/train/gum.jsonl"

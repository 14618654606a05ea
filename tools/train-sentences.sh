#!/bin/sh
# SPDX-License-Identifier: MIT
# Trains the model of the sentences plugin from free data and writes plugins/sentences/model_data.c.
#
# usage: train-sentences.sh TRAINER DATA CORPUS WORK
#   TRAINER  the built tools/train-sentences
#   DATA     folder with ewt_train.jsonl, gum_train_free.jsonl and the dev files
#   CORPUS   folder of the news corpus (to_jsonl.py, news/*.txt); every eighth document is held out
#   WORK     an empty folder for what lies between
set -eu
trainer=$1 data=$2 corpus=$3 work=$4
here=$(dirname "$0")
convert() { python3 "$here/sentence-data.py" "$@"; }

python3 "$corpus/to_jsonl.py" gold "$corpus"/news/*.txt >"$work/corpus.jsonl"
awk 'NR % 8 != 1' "$work/corpus.jsonl" >"$work/corpus_train.jsonl"
awk 'NR % 8 == 1' "$work/corpus.jsonl" >"$work/corpus_dev.jsonl"
plain=
train="$data/ewt_train.jsonl $data/gum_train_free.jsonl $work/corpus_train.jsonl"
# shellcheck disable=SC2086 # the names hold no blanks
{
    for file in $train; do
        name=$(basename "$file" .jsonl)
        convert plain "$file" >"$work/$name.plain"
        plain="$plain $work/$name.plain"
    done
    convert layouts 1 $train >"$work/layouts_train.plain"
    convert abbreviate 3 $train >"$work/abbr_train.plain"
}
lists=$here/../models
convert words "$lists/words-en.list" "$lists/stop-en.list" "$lists/people-en.list" \
    "$lists/names-en.list" >"$work/words.plain"
convert layouts 2 "$data/gum_dev_free.jsonl" "$work/corpus_dev.jsonl" >"$work/layouts_dev.plain"
convert plain "$work/corpus_dev.jsonl" >"$work/corpus_dev.plain"
dev=
for name in ewt_dev gum_dev_free gum_dev_nc lines_dev_nc; do
    [ -f "$data/$name.jsonl" ] || continue
    convert plain "$data/$name.jsonl" >"$work/$name.plain"
    dev="$dev $work/$name.plain"
done
# shellcheck disable=SC2086
"$trainer" train "$here/../plugins/sentences/model_data.c" $plain \
    "$work/layouts_train.plain" "$work/abbr_train.plain" "$work/words.plain" -- "$work/corpus_dev.plain" \
    "$work/layouts_dev.plain" $dev
echo "five-fold cross-validation on what was learnt from:"
# shellcheck disable=SC2086
"$trainer" cross $plain "$work/layouts_train.plain" "$work/abbr_train.plain" "$work/words.plain"

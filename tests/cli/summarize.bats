# SPDX-License-Identifier: MIT
# tests/cli/summarize.bats - what the summarize plugin chooses, and how long it gets.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >s.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "sentences"; }, { plugin = "summarize"; }, { plugin = "jsonl"; } );
X
    cat >harbour.txt <<'X'
The harbour of Velo will close for a year so that its walls can be rebuilt, the council said.
Will the boats come back?
The walls of the harbour were built by hand in 1911 and have moved by a metre.
The walls of the harbour were built by hand in 1911, and have moved by a metre.
Very well.
"We have waited for this," said the head of the fishing cooperative of Velo.
The council will pay the fishing boats of the cooperative for the year without a harbour.
A ferry to the islands will leave from the next town.
X
}

# summarize [OPTION=VALUE...]: the summary of harbour.txt
summarize()
{
    set -- "${@/#/summarize.}"
    "$QUERN" run -q "${@/#/--set=}" s.cfg harbour.txt | sed 's/.*"summary":"//; s/","summary_sents.*//; s/\\"/"/g'
}

@test "the first sentence stands, repetitions, questions and fragments do not" {
    run -0 summarize
    [[ "$output" == 'The harbour of Velo will close '* ]]
    [[ "$output" != *'Will the boats'* ]]
    [[ "$output" != *'Very well'* ]]
    [ "$(grep -o 'built by hand' <<<"$output" | wc -l)" -le 1 ]
}

@test "sentences, words, chars and ratio limit the length" {
    run -0 summarize sentences=1
    [ "$output" = 'The harbour of Velo will close for a year so that its walls can be rebuilt, the council said.' ]
    run -0 summarize words=40
    [ "$(wc -w <<<"$output")" -le 40 ]
    [ "$(wc -w <<<"$output")" -ge 20 ]
    run -0 summarize chars=200
    [ "${#output}" -le 200 ]
    [ "${#output}" -ge 90 ]
    run -0 summarize ratio=0.25
    [ "$(grep -o '[a-z]\.' <<<"$output" | wc -l)" = 2 ]
}

@test "two limits at once are refused" {
    run -78 "$QUERN" check --set summarize.words=10 --set summarize.ratio=0.5 s.cfg
    [[ "$output" == *"'words' and 'ratio' exclude each other"* ]]
}

@test "a text with nothing but fragments still gets a sentence, an empty one none" {
    printf 'Well.' >harbour.txt
    run -0 summarize
    [ "$output" = 'Well.' ]
    : >harbour.txt
    run -0 "$QUERN" run -q s.cfg harbour.txt
    [ "$output" = '{"id":"harbour.txt","text":"","sents":[]}' ] || [[ "$output" == *'"text":""'* ]]
}

@test "many sentences cost no more a sentence than few" {
    awk 'BEGIN { for (i = 0; i < 60000; i++) printf "Word%d was seen by word%d near the harbour on that day. ", i % 977, i % 3001 }' >harbour.txt
    run -0 timeout 60 "$QUERN" run -q --set summarize.ratio=0.001 s.cfg harbour.txt
}

@test "a line of many words without a stop ends" {
    awk 'BEGIN { for (i = 0; i < 400000; i++) printf "w%dx ", i; print "end." }' >harbour.txt
    run -0 timeout 60 "$QUERN" run -q s.cfg harbour.txt
    [[ "$output" == *'"summary":"'* ]]
}

# SPDX-License-Identifier: MIT
# tests/cli/diff.bats - what differs between two files of records.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    printf '%s\n' '{"id":"a","text":"Vélo won. It rained.","ents":[{"start":0,"end":4,"label":"GPE"}],"sents":[{"start":0,"end":9},{"start":10,"end":20}],"summary":"Vélo won."}' \
        '{"id":"b","text":"Orrin lost."}' >a.jsonl
}

@test "the same records, in another order and packed: no difference" {
    tac a.jsonl | gzip >b.gz
    run -0 "$QUERN" diff a.jsonl b.gz
    [ "$output" = '2 documents are the same' ]
}

@test "entities, sentences, summaries" {
    sed 's/"GPE"/"ORG"/; s/"end":9},{"start":10/"end":9},{"start":11/; s/"summary":"Vélo won."/"summary":"It rained."/' a.jsonl >b.jsonl
    run -1 "$QUERN" diff a.jsonl b.jsonl
    [[ "$output" == *'- GPE '*'[[Vélo]] won. It rained.'* ]]
    [[ "$output" == *'+ ORG '*'[[Vélo]]'* ]]
    [[ "$output" == *'1 documents are the same; 1 differ in ents; 1 differ in sents; 1 differ in summary' ]]
}

@test "texts: the words between what both begin and end with" {
    sed 's/won/did win/' a.jsonl >b.jsonl
    run -1 "$QUERN" diff a.jsonl b.jsonl
    [[ "$output" == *$'text, at byte 6:\n  - won.\n  + did win.'* ]]
}

@test "documents that only one has; limits; JSON; quiet" {
    head -n 1 a.jsonl >b.jsonl
    run -1 "$QUERN" diff a.jsonl b.jsonl
    [[ "$output" == *$'b\n  - only there'* ]]
    run -1 "$QUERN" diff b.jsonl a.jsonl --limit 0
    [ "$output" = '1 documents are the same; 1 differ in only_b' ]
    run -1 "$QUERN" diff --json a.jsonl b.jsonl
    [ "$output" = '{"same":1,"only_a":1,"only_b":0,"text":0,"ents":0,"sents":0,"tokens":0,"headings":0,"summary":0,"keyphrases":0}' ]
    run -1 "$QUERN" diff -q a.jsonl b.jsonl
    [ -z "$output" ]
}

@test "what documents say cannot steer the terminal" {
    printf '{"id":"\\u001b[31mred","text":"a \\u001b]0;x\\u0007 \\u009b1m b"}\n' >x.jsonl
    sed 's/ b"/ c"/' x.jsonl >y.jsonl
    run -1 "$QUERN" diff x.jsonl y.jsonl
    [[ "$output" == *'[31mred'* ]]
    ! LC_ALL=C grep -qE $'\x1b|\x07|\xc2\x9b' <<<"$output"
}

@test "what is no record is named; other statuses" {
    printf '{"id":"a"\n' >b.jsonl
    run -65 "$QUERN" diff a.jsonl b.jsonl
    [[ "$output" == *'b.jsonl:1'* ]]
    run -66 "$QUERN" diff a.jsonl nowhere.jsonl
    run -64 "$QUERN" diff a.jsonl
    run -64 "$QUERN" diff a.jsonl a.jsonl --limit x
}

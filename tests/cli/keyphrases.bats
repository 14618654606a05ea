# SPDX-License-Identifier: MIT
# tests/cli/keyphrases.bats - key phrases through the program, and summaries in other languages.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >k.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "sentences"; }, { plugin = "keyphrases"; count = 3; },
  { plugin = "jsonl"; } );
X
}

@test "key phrases come with score and count, in the metadata and as a layer" {
    echo 'The harbour walls of Velo moved. The harbour walls are old. Fishing crews left the harbour walls.' >a.txt
    run -0 "$QUERN" run -q k.cfg a.txt
    [[ "$output" =~ \"keyphrases\":\[\{\"text\":\"[Hh]arbour( walls)?\",\"score\":[0-9.]+,\"count\":3\} ]]
    [[ "$output" == *'"layers":{"keyphrases":[{"start":'* ]]
    [ "$(grep -o '"count"' <<<"$output" | wc -l)" -eq 3 ]
    "$QUERN" run -q --set keyphrases.least=1000 k.cfg a.txt | grep -q '"keyphrases":\[\]'
}

@test "a phrase ends before 's" {
    echo "Velo's harbour moved. Velo’s mayor saw it. Velo slept. It's Velo's." >a.txt
    run -0 "$QUERN" run -q --set keyphrases.count=1 k.cfg a.txt
    [[ "$output" == *'"keyphrases":[{"text":"Velo","score":'*',"count":4}]'* ]]
}

@test "quern eval scores them" {
    printf '{"id":"x","text":"The harbour walls moved by a metre.","keyphrases":["harbour wall"]}\n' >gold.jsonl
    "$QUERN" run -q k.cfg gold.jsonl -o out.jsonl
    "$QUERN" eval --bootstrap 0 out.jsonl gold.jsonl | grep -q '^key phrases'
}

@test "other languages: their own words of grammar and word forms" {
    echo 'Der Hafen der Stadt wird für ein Jahr geschlossen. Die Häfen sind alt. Der alte Hafen ist es auch.' >de.txt
    run -0 "$QUERN" run -q --set keyphrases.language=de k.cfg de.txt
    [[ "$output" =~ \"keyphrases\":\[\{\"text\":\"[^\"]*Hafen ]]
    [[ "$output" != *'{"text":"Der'* ]]
    run -78 "$QUERN" check --set keyphrases.language=xx k.cfg
}

@test "the same for any number of workers" {
    awk 'BEGIN { for (i = 0; i < 1000; i++) printf "{\"text\":\"Town %d of Velo paid crew %d. Crews of boats came.\"}\n", i % 9, i }' >many.jsonl
    "$QUERN" run -q k.cfg many.jsonl -o one -j 1
    "$QUERN" run -q k.cfg many.jsonl -o four -j 4
    cmp one four
}

# SPDX-License-Identifier: MIT
# tests/cli/entities.bats - the entities plugin on tests/data/entities/cases.txt, and its options.
# The cases are ASCII, so that awk can cut by the offsets of the output.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >e.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "sentences"; }, { plugin = "tokens"; },
           { plugin = "entities"; }, { plugin = "jsonl"; tokens = false; } );
X
}

# Lines of text -> the same lines with what was found marked.
mark()
{
    awk '{ gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); printf "{\"text\":\"%s\"}\n", $0 }' >in.jsonl
    "$QUERN" run -q "$@" e.cfg in.jsonl | awk '{
        text = $0; sub(/.*"text":"/, "", text); sub(/","ents".*/, "", text); gsub(/\\"/, "\"", text)
        ents = $0; sub(/.*"ents":\[/, "", ents); sub(/\].*/, "", ents)
        at = 0; out = ""
        while (match(ents, /"start":[0-9]+,"end":[0-9]+,"label":"[A-Z_]+"/)) {
            split(substr(ents, RSTART, RLENGTH), part, /[:,"]+/)
            out = out substr(text, at + 1, part[3] - at) "{" part[7] "|" substr(text, part[3] + 1, part[5] - part[3]) "}"
            at = part[5]; ents = substr(ents, RSTART + RLENGTH)
        }
        print out substr(text, at + 1)
    }'
}

@test "every case is found as marked" {
    grep -v '^#' "$top_srcdir/tests/data/entities/cases.txt" >want
    sed 's/{[A-Z_]*|\([^}]*\)}/\1/g' want | mark >got
    diff want got
}

@test "an operator's list wins over everything else" {
    printf '[PRODUCT]\nParis\nAcme Rocket Boots\n' >mine.list
    run -0 mark --set 'entities.lists=mine.list' <<<'Acme Rocket Boots were tested in Paris.'
    [ "$output" = '{PRODUCT|Acme Rocket Boots} were tested in {PRODUCT|Paris}.' ]
}

@test "labels keeps only what is asked for" {
    run -0 mark --set 'entities.labels=["GPE","MONEY"]' <<<'Mr. Smith paid $5 in Paris.'
    [ "$output" = 'Mr. Smith paid {MONEY|$5} in {GPE|Paris}.' ]
}

@test "a wrong list is named with its line" {
    printf '[PRODUCT]\nBoots\n[NOTHING]\n' >mine.list
    run -78 "$QUERN" check --set entities.lists=mine.list e.cfg
    [[ "$output" == *'mine.list:3: expected a name under a heading such as [GPE]'* ]]
}

@test "hostile input takes its time only once" {
    for piece in 'A ' '1 ' '( ' 'the Bank of ' 'Mr. '; do
        { printf '{"text":"'; yes "$piece" | head -n 100000 | tr -d '\n'; printf '"}\n'; } >big.jsonl
        timeout 60 "$QUERN" run -q e.cfg big.jsonl >out
        [ "$(wc -l <out)" = 1 ]
    done
}

# SPDX-License-Identifier: MIT
# tests/cli/mentions.bats - the mentions plugin. Names come from a list, so that what is tested is what
# mentions makes of them.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >m.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "sentences"; }, { plugin = "tokens"; },
           { plugin = "gazetteer"; shipped = false; lists = [ "l.list" ]; }, { plugin = "mentions"; },
           { plugin = "jsonl"; tokens = false; offsets = "byte"; } );
X
    printf '[PERSON]\nMark Cancian\nAnna Cancian\nJuan Cruz Jr.\nAnne Smith-Jones\n' >l.list
    printf '[ORG]\nCenter for Strategic and International Studies\nSavannah Trust\n[GPE]\nNorth Korea\n' >>l.list
}

# Text -> "LABEL chain canonical: words" lines.
names()
{
    awk '{ printf "{\"text\":\"%s\"}\n", $0 }' >in.jsonl
    "$QUERN" run -q "$@" m.cfg in.jsonl | LC_ALL=C awk '{
        text = $0; sub(/.*"text":"/, "", text); sub(/","ents".*/, "", text)
        ents = $0; sub(/.*"ents":\[/, "", ents); sub(/\],"sents.*/, "", ents)
        while (match(ents, /"start":[0-9]+,"end":[0-9]+,"label":"[A-Z_]+"(,"chain":[0-9]+,"canonical":"[^"]*")?/)) {
            split(substr(ents, RSTART, RLENGTH), part, /":"?|"?,"|"/)
            printf "%s %s %s: %s\n", part[7], part[9], part[11], substr(text, part[3] + 1, part[5] - part[3])
            ents = substr(ents, RSTART + RLENGTH)
        }
    }'
}

@test "an acronym in brackets is known again" {
    run -0 names <<<'The Center for Strategic and International Studies (CSIS) met. At CSIS, and in the CIS, they ate.'
    [ "$output" = 'ORG 1 Center for Strategic and International Studies: Center for Strategic and International Studies
ORG 1 Center for Strategic and International Studies: CSIS
ORG 1 Center for Strategic and International Studies: CSIS' ]
}

@test "a surname is the person named last before it" {
    run -0 names <<<'Mark Cancian spoke. Cancian left. Then Anna Cancian came, and Mr. Cancian stayed; so did Cancian-Smith.'
    [ "$output" = 'PERSON 1 Mark Cancian: Mark Cancian
PERSON 1 Mark Cancian: Cancian
PERSON 2 Anna Cancian: Anna Cancian
PERSON 2 Anna Cancian: Cancian' ]
}

@test "suffixes and hyphens belong to names as they should" {
    run -0 names <<<'Juan Cruz Jr. met Anne Smith-Jones. Then Cruz and Smith-Jones fell out with Jones and Cruz Lopez.'
    [ "$output" = 'PERSON 1 Juan Cruz Jr.: Juan Cruz Jr.
PERSON 2 Anne Smith-Jones: Anne Smith-Jones
PERSON 1 Juan Cruz Jr.: Cruz
PERSON 2 Anne Smith-Jones: Smith-Jones' ]
}

@test "a name that was cut at its hyphen has no surname" {
    printf '[PERSON]\nChun In\n' >>l.list
    run -0 names <<<'Chun In-bum spoke. In October he left, and In may follow.'
    [ "$output" = 'PERSON 1 Chun In: Chun In' ]
}

@test "the North is North Korea where the document speaks of it" {
    run -0 names <<<'North Korea fired. The North said no more, and the North Sea was calm in the south.'
    [ "$output" = 'GPE 1 North Korea: North Korea
GPE 1 North Korea: North' ]
    run -0 names <<<'The North said no more.'
    [ -z "$output" ]
}

@test "every rule can be put off" {
    run -0 names --set mentions.surnames=false --set mentions.acronyms=false --set mentions.halves=false \
        --set mentions.chains=false <<<'Mark Cancian, Cancian. North Korea, the North.'
    [ "$output" = 'PERSON  : Mark Cancian
GPE  : North Korea' ]
}

@test "values are no names" {
    cat >v.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "sentences"; }, { plugin = "tokens"; }, { plugin = "values"; },
           { plugin = "mentions"; }, { plugin = "jsonl"; tokens = false; } );
X
    echo 'On Monday, May 3, it cost $5.' >in.txt
    "$QUERN" run -q v.cfg in.txt >out
    run ! grep -q chain out
}

@test "what was found survives text that a later stage takes away" {
    cat >c.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "sentences"; }, { plugin = "tokens"; },
           { plugin = "gazetteer"; shipped = false; lists = [ "l.list" ]; }, { plugin = "mentions"; },
           { plugin = "junklines"; }, { plugin = "jsonl"; tokens = false; } );
X
    printf 'Share this article\n\nThe talks with Mark Cancian went on for hours, officials said on the day.\n' >in.txt
    "$QUERN" run -q c.cfg in.txt >out
    run ! grep -q 'Share this' out
    grep -q '"label":"PERSON","chain":1,"canonical":"Mark Cancian"' out
}

@test "hostile input takes its time only once" {
    yes 'Mark Cancian' | head -n 50000 | tr '\n' ' ' >big.txt
    timeout 60 "$QUERN" run -q m.cfg big.txt >out
    awk 'BEGIN { print "[PERSON]"; for (i = 0; i < 20000; i++) printf "A%d Cancian\n", i }' >l.list
    awk 'BEGIN { for (i = 0; i < 20000; i++) printf "A%d Cancian met Cancian. ", i }' >big.txt
    timeout 60 "$QUERN" run -q m.cfg big.txt >out
    [ "$(grep -o '"chain":20000,' out | wc -l)" = 2 ]
}

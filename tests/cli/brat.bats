# SPDX-License-Identifier: MIT
# tests/cli/brat.bats - the brat sink: what its files hold, odd ids, odd names in the text, and a
# folder that is seen whole or not at all.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    printf '[PERSON]\nÜnal Smith\tQ42\nMs. Ünal\tviaf:7\n[ORG DE]\nNew York Times\thttps://nyt.example/a b\n[GPE]\nNew York\n' >l.list
}

# config [STAGES]: c.cfg, the list's names as entities, then STAGES
config()
{
    cat >c.cfg <<X
version = 1;
stages = ( { plugin = "files"; }, { plugin = "sentences"; }, { plugin = "tokens"; },
  { plugin = "gazetteer"; lists = [ "l.list" ]; shipped = false; }, ${1:-}
  { plugin = "brat"; path = "out"; } );
X
}

write()
{
    config "$@"
    "$QUERN" run -q c.cfg in.jsonl
}

@test "brat: entities in code points, their finder, ids in knowledge bases" {
    printf '%s\n' '{"id":"one","text":"😀 Ünal Smith read it.\nHe left New York."}' >in.jsonl
    write
    [ "$(cat out/one.txt)" = $'😀 Ünal Smith read it.\nHe left New York.' ]
    cat out/one.ann
    [ "$(cat out/one.ann)" = $'T1\tPERSON 2 12\tÜnal Smith
A1\tFoundBy T1 own-list
N1\tReference T1 Wikidata:Q42\tÜnal Smith
T2\tGPE 30 38\tNew York
A2\tFoundBy T2 own-list' ]
    grep -qx 'GPE' out/annotation.conf
    grep -qx 'PERSON' out/annotation.conf
    grep -q '^FoundBy.*own-list' out/annotation.conf
    [ "$(cat out/ids.tsv)" = $'one\tone' ]
    [ "$(ls -A out | wc -l)" -eq 4 ]
}

@test "brat: a name across lines is written in fragments, one for each line" {
    printf '%s\n' '{"id":"a","text":"In New \r\n\t York. Ünal\u2028Smith."}' >in.jsonl
    write
    cat out/a.ann
    grep -qx $'T1\tGPE 3 6;11 15\tNew York' out/a.ann
    grep -qx $'T2\tPERSON 17 21;22 27\tÜnal Smith' out/a.ann
    # what brat checks: the fragments' text, joined by blanks, is the annotation's
    command -v python3 >/dev/null || skip "python3 is not installed"
    python3 - <<'X'
text = open("out/a.txt", encoding="utf-8", newline="").read()
lines = open("out/a.ann", encoding="utf-8", newline="").read().splitlines()
for line in lines:
    if line[0] == "T":
        _, place, words = line.split("\t", 2)
        parts = [p.split() for p in place.split(" ", 1)[1].split(";")]
        assert " ".join(text[int(b):int(e)] for b, e in parts) == words, line
assert len(lines) == 5, lines
X
}

@test "brat: labels and ids that are no words, and ids that name their resource" {
    printf '%s\n' '{"id":"a","text":"Ms. Ünal of the New York Times."}' >in.jsonl
    write
    cat out/a.ann
    grep -qx $'N1\tReference T1 viaf:7\tMs. Ünal' out/a.ann
    grep -q $'^T2\tORG_DE 16 30\tNew York Times$' out/a.ann
    grep -qx $'N2\tReference T2 KB:https://nyt.example/a_b\tNew York Times' out/a.ann
    grep -qx 'ORG_DE' out/annotation.conf
}

@test "brat: mentions of one person are equivalent, a value is a note" {
    printf '%s\n' '{"id":"a","text":"Ünal Smith came on 3 May 2021. Smith left."}' >in.jsonl
    write '{ plugin = "values"; }, { plugin = "mentions"; },'
    cat out/a.ann
    grep -qx $'#1\tAnnotatorNotes T2\t2021-05-03' out/a.ann
    grep -qx $'\\*\tEquiv T1 T3' out/a.ann
    grep -qx $'A3\tFoundBy T3 mention' out/a.ann
}

@test "brat: every id becomes a file name of its own inside the folder" {
    long=$(printf 'ü%.0s' $(seq 300))
    printf '{"id":"%s","text":"x"}\n' '../../etc/passwd' 'a/b.txt' 'a b' 'A_B' 'a_b-2' '.hidden' '' \
        '\u0000\n' "$long" "$long" >in.jsonl
    write
    cat out/ids.tsv
    [ "$(cut -f 1 out/ids.tsv | head -n 6 | tr '\n' ' ')" = '_._.._etc_passwd a_b a_b-2 A_B-3 a_b-2-2 _hidden ' ]
    [ "$(cut -f 1 out/ids.tsv | sort -f | uniq -di | wc -l)" -eq 0 ]
    [ "$(find out -name '*.txt' | wc -l)" -eq 10 ]
    [ "$(find out -name '*.ann' | wc -l)" -eq 10 ]
    cut -f 1 out/ids.tsv | iconv -f UTF-8 -t UTF-8 >/dev/null
    [ "$(ls -A | grep -c quern-)" -eq 0 ]
}

@test "brat: the same files for any number of workers" {
    awk 'BEGIN { for (i = 0; i < 700; i++) printf "{\"id\":\"%d\",\"text\":\"Ünal Smith %d is in New York. It ends.\"}\n", i % 50, i }' >in.jsonl
    config
    "$QUERN" run -q c.cfg in.jsonl -o one -j 1
    "$QUERN" run -q c.cfg in.jsonl -o four/ -j 4
    diff -r one four
    [ "$(ls one | wc -l)" -eq 1402 ]
}

@test "brat: what is there is not touched, and a failed run leaves nothing" {
    printf '%s\n' '{"id":"a","text":"x"}' 'broken' >in.jsonl
    config
    mkdir out
    echo mine >out/file
    run -73 "$QUERN" run -q c.cfg in.jsonl
    echo "$output"
    [[ "$output" == *"'out' is there already, and is not an empty folder"* ]]
    [ "$(cat out/file)" = mine ]
    rm out/file
    run -65 "$QUERN" run -q --on-error stop c.cfg in.jsonl
    [ "$(ls -A out | wc -l)" -eq 0 ]
    [ "$(ls -A | grep -c quern-)" -eq 0 ]
    "$QUERN" run -q --on-error skip c.cfg in.jsonl
    [ "$(ls out | wc -l)" -eq 4 ]
    run ! "$QUERN" run -q c.cfg in.jsonl -o -
    [[ "$output" == *"brat needs a folder"* ]]
    run ! "$QUERN" run -q c.cfg in.jsonl -o nowhere/out
    [[ "$output" == *"cannot create 'nowhere/out'"* ]]
}

@test "brat: checking a config creates nothing" {
    config
    : >in.jsonl
    "$QUERN" check c.cfg
    [ ! -e out ]
}

# SPDX-License-Identifier: MIT
# tests/cli/jsonl.bats - the jsonl sink through the program: units of offsets, gzip, and the
# contract with spaCy.
load ../common

contract=$top_builddir/tests/tools/spacy_contract

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >c.cfg <<'EOF'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "sentences"; }, { plugin = "tokens"; },
           { plugin = "jsonl"; } );
EOF
    cat >bare.cfg <<'EOF'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "jsonl"; } );
EOF
}

# part NAME: the value of a key of the one line in out.
part()
{
    grep -o "\"$1\":\[[^]]*\]" out
}

@test "offsets are code points, or bytes on demand" {
    printf 'Zoë naïvely 😀 left. Bye.' >a.txt
    "$QUERN" run -q c.cfg a.txt -o out
    [ "$(part sents)" = '"sents":[{"start":0,"end":19},{"start":20,"end":24}]' ]
    "$QUERN" run -q c.cfg --set jsonl.offsets=byte a.txt -o out
    [ "$(part sents)" = '"sents":[{"start":0,"end":24},{"start":25,"end":29}]' ]
}

@test "raw offsets point into the file, and provenance says what was changed" {
    sed 's/{ plugin = "sentences"; }/{ plugin = "fixtext"; }, &/' c.cfg >fix.cfg
    printf 'It\xc2\xa0was &amp; is. Bye.' >a.txt
    "$QUERN" run -q fix.cfg --set jsonl.offsets=raw --set jsonl.provenance=true a.txt -o out
    beg=$(part sents | sed 's/.*{"start":\([0-9]*\),.*/\1/')
    end=$(part sents | sed 's/.*"end":\([0-9]*\)}.*/\1/')
    [ "$(tail -c +$((beg + 1)) a.txt | head -c $((end - beg)))" = 'Bye.' ]
    part provenance | grep -q '"rawstart":[0-9]*,"rawend":[0-9]*,"rule":"'
}

@test "every output keeps the contract with spaCy" {
    printf 'One  two.\n\nThree\xc2\xa0four\t\n five.  ' >a.txt
    printf ' \n ' >b.txt
    printf '\xe2\x80\x8bzero width\xe3\x80\x80wide\r\nend' >c.txt
    printf '{"text":"a\\u0000b \\u2028 c. D e."}\n' >d.jsonl
    "$QUERN" run -q c.cfg a.txt b.txt c.txt d.jsonl -o out
    "$contract" <out
    "$QUERN" run -q c.cfg "$top_srcdir"/examples -o out 2>err || true
    "$contract" <out
}

@test "the contract's checker sees a breach" {
    printf '{"text":"a  b","tokens":[{"id":0,"start":0,"end":1},{"id":1,"start":3,"end":4}]}\n' >x
    run "$contract" <x
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = 'line 1: tokens[1]: starts at 3, the one before ends at 1' ]
    printf '{"text":"ab","tokens":[{"id":0,"start":0,"end":2}],"ents":[{"start":0,"end":1,"label":"X"}]}' >x
    run "$contract" <x
    [ "$status" -eq 1 ]
    printf '{"text":"ab"}\n' >x
    run "$contract" <x
    [ "$status" -eq 1 ]
}

@test "tokens can be left out; keys no stage makes are not there" {
    printf 'One. Two.' >a.txt
    "$QUERN" run -q c.cfg --set jsonl.tokens=false a.txt -o out
    [ "$(cat out)" = \
        '{"id":"a.txt","text":"One. Two.","sents":[{"start":0,"end":4},{"start":5,"end":9}]}' ]
    "$QUERN" run -q bare.cfg a.txt -o out
    [ "$(cat out)" = '{"id":"a.txt","text":"One. Two."}' ]
}

@test "metadata can be left out" {
    printf '{"text":"x","k":1}\n' >a.jsonl
    "$QUERN" run -q bare.cfg --set jsonl.meta=false a.jsonl -o out
    [ "$(cat out)" = '{"id":"a.jsonl:1","text":"x"}' ]
}

@test "gzip by the name: whole, deterministic, the same text for any number of workers" {
    awk 'BEGIN { for (i = 0; i < 5000; i++) printf "{\"text\":\"Line %d of many. It ends.\"}\n", i }' >a.jsonl
    "$QUERN" run -q c.cfg a.jsonl -o plain -j 1
    "$QUERN" run -q c.cfg a.jsonl -o one.gz -j 1
    sleep 1 # a time in the header would show
    "$QUERN" run -q c.cfg a.jsonl -o four.gz -j 4
    cmp one.gz four.gz
    gzip -t one.gz
    gzip -dc one.gz | cmp - plain
    "$QUERN" run -q c.cfg --set jsonl.compress=none a.jsonl -o off.gz
    cmp off.gz plain
    "$QUERN" run -q c.cfg --set jsonl.compress=gzip a.jsonl | gzip -dc | cmp - plain
    "$QUERN" run -q c.cfg --set jsonl.level=1 a.jsonl -o fast.gz
    [ "$(wc -c <fast.gz)" -gt "$(wc -c <one.gz)" ]
}

@test "Zstandard by the name, or by the option" {
    command -v zstd >/dev/null || skip "no zstd to unpack with"
    awk 'BEGIN { for (i = 0; i < 500; i++) printf "{\"text\":\"Line %d of many. It ends.\"}\n", i }' >a.jsonl
    "$QUERN" run -q c.cfg a.jsonl -o plain -j 1
    "$QUERN" run -q c.cfg a.jsonl -o one.zst -j 1 || skip "built without Zstandard"
    "$QUERN" run -q c.cfg a.jsonl -o four.zst -j 4
    cmp one.zst four.zst
    zstd -dcq one.zst | cmp - plain
    "$QUERN" run -q c.cfg --set jsonl.compress=zstd a.jsonl | zstd -dcq | cmp - plain
    : >empty.jsonl
    "$QUERN" run -q c.cfg empty.jsonl -o none.zst
    [ -s none.zst ]
    [ -z "$(zstd -dcq none.zst)" ]
}

@test "a large document among small ones keeps its place and its bytes" {
    awk 'BEGIN { for (i = 0; i < 40; i++) {
        printf "{\"text\":\""; for (k = 0; k < (i % 10 == 5 ? 200000 : 3); k++) printf "It is naïve %d. ", k
        print "\"}" } }' >a.jsonl
    "$QUERN" run -q c.cfg a.jsonl -o plain -j 4
    "$contract" <plain
    [ "$(grep -o '^{"id":"[^"]*"' plain | sort -t: -k3 -n | cut -d: -f3)" = \
        "$(grep -o '^{"id":"[^"]*"' plain | cut -d: -f3)" ]
    "$QUERN" run -q c.cfg a.jsonl -o one.gz -j 1
    "$QUERN" run -q c.cfg a.jsonl -o four.gz -j 4
    cmp one.gz four.gz
    gzip -dc one.gz | cmp - plain
}

@test "no documents make an empty output, which is valid gzip when asked for" {
    "$QUERN" run -q c.cfg </dev/null >out
    [ ! -s out ]
    "$QUERN" run -q c.cfg -o out.gz </dev/null
    gzip -t out.gz
    [ "$(gzip -dc out.gz | wc -c)" -eq 0 ]
    printf 'broken\n' >a.jsonl
    "$QUERN" run -q c.cfg a.jsonl -o out.gz 2>err || [ $? -eq 2 ]
    gzip -t out.gz
}

@test "what was written can be read again" {
    printf 'A "quoted" \\ text.\n\tWith é and \xf0\x9f\x98\x80.\x01' >a.txt
    "$QUERN" run -q c.cfg a.txt -o one.jsonl
    "$QUERN" run -q bare.cfg --set jsonl.meta=false one.jsonl -o two.jsonl
    "$QUERN" run -q bare.cfg a.txt -o want.jsonl
    cmp two.jsonl want.jsonl
}

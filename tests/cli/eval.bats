# SPDX-License-Identifier: MIT
# tests/cli/eval.bats - quern eval: what it counts, compares, shows and refuses.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >gold.jsonl <<'X'
{"id":"a","genre":"news","text":"The Hague is far. Ann’s boat sank.","sents":[[0,17],[18,34]],"ents":[{"start":4,"end":9,"label":"GPE"},{"start":18,"end":21,"label":"PERSON"}],"refs":["Ann's boat sank."],"keyphrases":["boat"]}
{"id":"b","genre":"mail","text":"Pay £5 to Ünal.","sents":[{"start":0,"end":15}],"ents":[{"start":4,"end":6,"label":"MONEY"},{"start":10,"end":14,"label":"PERSON"}]}
X
    cat >pred.jsonl <<'X'
{"id":"b","text":"Pay £5 to Ünal.","sents":[[0,15]],"ents":[{"start":4,"end":6,"label":"MONEY"},{"start":10,"end":14,"label":"ORG"}]}
{"id":"a","text":"The  Hague is far.\nAnn’s boat sank.","sents":[[0,35]],"ents":[{"start":0,"end":10,"label":"GPE"},{"start":19,"end":24,"label":"PERSON"}],"summary":"Ann's boat sank.","keyphrases":[{"text":"Boats","score":2.5}]}
X
}

# The P, R and F1 of a figure in $output.
figure()
{
    awk -v name="$1" 'index($0, name) == 1 { print $(NF - (NF - 1)), $2, $3, $4 }' <<<"$output" |
        awk '{ print $2, $3, $4 }'
}

@test "entities count by place and label, white space does not" {
    run -0 "$QUERN" eval --bootstrap 0 pred.jsonl gold.jsonl
    echo "$output"
    [ "$(figure entities)" = '25.00 25.00 25.00' ]
    [ "$(figure sentences)" = '50.00 33.33 40.00' ]
    [ "$(figure ROUGE-1)" = '100.00 100.00 100.00' ]
    [[ "$output" == *'key phrases       100.00  100.00  100.00'* ]]
    [[ "$output" == *'2 documents, 1 with every sentence right'* ]]
}

@test "--trim leaves articles and possessives out, on both sides" {
    run -0 "$QUERN" eval --trim --bootstrap 0 pred.jsonl gold.jsonl
    [ "$(figure entities)" = '75.00 75.00 75.00' ]
}

@test "labels are renamed, listed, dropped and ignored" {
    run -0 "$QUERN" eval --trim --bootstrap 0 --map-pred ORG=PERSON pred.jsonl gold.jsonl
    [ "$(figure entities)" = '100.00 100.00 100.00' ]
    run -0 "$QUERN" eval --trim --bootstrap 0 --map PERSON=,ORG= pred.jsonl gold.jsonl
    [[ "$output" =~ entities\ .*100.00\ +2\ +2\ +2 ]]
    run -0 "$QUERN" eval --trim --bootstrap 0 --labels PERSON pred.jsonl gold.jsonl
    [ "$(figure entities)" = '100.00 50.00 66.67' ]
    run -0 "$QUERN" eval --trim --bootstrap 0 --unlabelled pred.jsonl gold.jsonl
    [ "$(figure entities)" = '100.00 100.00 100.00' ]
    run -0 "$QUERN" eval --trim --bootstrap 0 --map-pred GPE=X,ORG=GPE,X=PERSON pred.jsonl gold.jsonl
    [ "$(figure entities)" = '50.00 50.00 50.00' ] # all pairs of a list at once
}

@test "byte offsets are read when they are said to be bytes" {
    "$QUERN" run -q --set jsonl.offsets=byte "$top_srcdir/conf/news.cfg" gold.jsonl -o byte.jsonl
    "$QUERN" run -q "$top_srcdir/conf/news.cfg" gold.jsonl -o point.jsonl
    run -0 "$QUERN" eval --pred-bytes --bootstrap 0 byte.jsonl gold.jsonl
    bytes=$output
    run -0 "$QUERN" eval --bootstrap 0 point.jsonl gold.jsonl
    [ "$bytes" = "$output" ]
    run -65 "$QUERN" eval byte.jsonl gold.jsonl
    [[ "$output" == *'byte.jsonl:1: a span goes from'* ]]
}

@test "texts that differ are aligned, records without prediction are missed" {
    sed 's/far\. /very, very far. /; 2d' gold.jsonl | sed 's/"ents":\[[^]]*\]/"ents":[{"start":4,"end":9,"label":"GPE"},{"start":29,"end":32,"label":"PERSON"}]/; s/\[\[0,17\],\[18,34\]\]/[[0,28],[29,45]]/' >p.jsonl
    run -0 "$QUERN" eval --bootstrap 0 p.jsonl gold.jsonl
    echo "$output"
    [ "$(figure entities)" = '100.00 50.00 66.67' ]
    [ "$(figure sentences)" = '100.00 66.67 80.00' ]
    [[ "$output" == *'1 without a prediction, 1 whose text differs (aligned)'* ]]
}

@test "--vs compares two predictions on the same documents" {
    run -0 "$QUERN" eval --trim --vs gold.jsonl --bootstrap 50 pred.jsonl gold.jsonl
    [[ "$output" =~ entities.*-25.00\ \[-50.00,\ \+?0.00\]\ p= ]]
    run -0 "$QUERN" eval --json --vs pred.jsonl --bootstrap 50 pred.jsonl gold.jsonl
    [[ "$output" == *'"difference":{"f1":0.0000,"interval":[0.0000,0.0000],"p":1}'* ]]
}

@test "--by gives the figures of each group, --errors the mistakes" {
    run -0 "$QUERN" eval --trim --bootstrap 0 --by genre --errors 5 pred.jsonl gold.jsonl
    [[ "$output" == *'news (1): entities 100.00'* ]]
    [[ "$output" == *'mail (1): entities 50.00'* ]]
    [[ "$output" == *'1  PERSON taken for ORG'* ]]
    [[ "$output" == *'b  PERSON, got ORG "Ünal"  Pay £5 to [[Ünal]].'* ]]
    [[ "$output" == *'sentence ends missed: 1'*'a  The Hague is far.[|] Ann’s boat sank.'* ]]
}

@test "--json is one JSON object" {
    command -v python3 >/dev/null || skip "no python3 to read the JSON with"
    "$QUERN" eval --json pred.jsonl gold.jsonl >out.json
    python3 - <<'X'
import json
d = json.load(open("out.json"))
assert d["entities"]["f1"] == 25 and d["entities"]["labels"]["PERSON"]["gold"] == 2, d
assert d["documents"] == 2 and len(d["sentences"]["interval"]) == 2, d
X
}

@test "lines of clean-up: dropped, kept, lost" {
    cat >lines.jsonl <<'X'
{"id":"a","text":"Share\nThe boat sank.\nRead more\nIt was old.","lines":[{"start":0,"end":5,"keep":false},{"start":6,"end":20,"keep":true},{"start":21,"end":30,"keep":false},{"start":31,"end":42,"keep":true}]}
X
    echo '{"id":"a","text":"The boat sank.\nRead more"}' >p.jsonl
    run -0 "$QUERN" eval --bootstrap 0 p.jsonl lines.jsonl
    [[ "$output" =~ dropped\ lines\ +50.00\ +50.00\ +50.00 ]]
}

@test "--min-f1 fails below its bound" {
    run -1 "$QUERN" eval --min-f1 99 pred.jsonl gold.jsonl
    run -0 "$QUERN" eval --trim --min-f1 75 pred.jsonl gold.jsonl
}

@test "what is wrong with a file is named with its line" {
    printf '{"id":"a","text":"x"}\n{"id":"b",}\n' >bad.jsonl
    run -65 "$QUERN" eval bad.jsonl gold.jsonl
    [[ "$output" == *"bad.jsonl:2: byte 11"* ]]
    echo '{"id":"a","text":"abc","ents":[{"start":2,"end":9,"label":"X"}]}' >bad.jsonl
    run -65 "$QUERN" eval bad.jsonl gold.jsonl
    [[ "$output" == *"bad.jsonl:1: a span goes from 2 to 9 in a text of 3 code points"* ]]
    echo '{"id":"a","text":"abc","ents":[{"start":-1,"end":2}]}' >bad.jsonl
    run -65 "$QUERN" eval bad.jsonl gold.jsonl
    [[ "$output" == *"bad.jsonl:1: an offset is no whole number"* ]]
    run -66 "$QUERN" eval nowhere.jsonl gold.jsonl
    [[ "$output" == *"nowhere.jsonl: No such file"* ]]
    echo '{"id":"a","text":"abc"}' >empty.jsonl
    run -65 "$QUERN" eval empty.jsonl gold.jsonl
    [[ "$output" == *"no layer in common"* ]]
    run -64 "$QUERN" eval gold.jsonl
    run -64 "$QUERN" eval --map X gold.jsonl gold.jsonl
    run -64 "$QUERN" eval --bootstrap x gold.jsonl gold.jsonl
}

@test "gzip and standard input are read" {
    gzip -k gold.jsonl
    "$QUERN" eval --bootstrap 0 - gold.jsonl.gz <gold.jsonl | grep -q '^entities *100.00'
}

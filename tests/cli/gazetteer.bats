# SPDX-License-Identifier: MIT
# tests/cli/gazetteer.bats - the gazetteer plugin, its lists in all their forms, and
# quern compile-list.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >g.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "sentences"; }, { plugin = "tokens"; },
           { plugin = "gazetteer"; shipped = false; lists = []; }, { plugin = "jsonl"; tokens = false; offsets = "byte"; } );
X
    cat >mine.csv <<'X'
name,label,id,aliases,case,use
"Acme Rocket Boots, ""Inc.""",ORG,Q1,Acme | ARB,,
kind of blue,WORK_OF_ART,Q2,,any,
X
    printf '%s\n' '{"name":"Ada Quern","label":"PERSON","id":"Q3","aliases":["A. Quern"],"note":[1]}' >mine.jsonl
    printf '# mine\n[GPE]\nParis\tQ90\nSão Tomé\n[BEER]\nOld Speckled Hen\n' >mine.list
}

# Text -> "LABEL id words" lines.
names()
{
    awk '{ printf "{\"text\":\"%s\"}\n", $0 }' >in.jsonl
    "$QUERN" run -q "$@" g.cfg in.jsonl | LC_ALL=C awk '{
        text = $0; sub(/.*"text":"/, "", text); sub(/","ents".*/, "", text)
        ents = $0; sub(/.*"ents":\[/, "", ents); sub(/\].*/, "", ents)
        while (match(ents, /"start":[0-9]+,"end":[0-9]+,"label":"[A-Z_]+"(,"kb_id":"[^"]*")?/)) {
            split(substr(ents, RSTART, RLENGTH), part, /":"?|"?,"|"/)
            print part[7], (part[9] == "" ? "-" : part[9]), substr(text, part[3] + 1, part[5] - part[3])
            ents = substr(ents, RSTART + RLENGTH)
        }
    }'
}

@test "text, CSV and JSON lines give names, ids, aliases and case rules" {
    run -0 names --set 'gazetteer.lists=["mine.csv","mine.jsonl","mine.list"]' \
        <<<'A. Quern of Acme heard KIND  of Blue in Paris; paris and arb are words. An Old Speckled Hen, São Tomé.'
    [ "$output" = 'PERSON Q3 A. Quern
ORG Q1 Acme
WORK_OF_ART Q2 KIND  of Blue
GPE Q90 Paris
BEER - Old Speckled Hen
GPE - São Tomé' ]
}

@test "the longest name wins, and a name ends where a word ends" {
    printf '[ORG]\nNew York Times\n[GPE]\nNew York\nYork\nQuern\n' >l.list
    run -0 names --set gazetteer.lists=l.list <<<'The New York Times, New Yorkers, New York and York. Quernstone, Quern-like, Mac-Quern.'
    [ "$output" = 'ORG - New York Times
GPE - New York
GPE - York
GPE - Quern
GPE - Quern' ]
}

@test "a compiled list says the same as its sources" {
    "$QUERN" compile-list mine.csv mine.jsonl mine.list -o all.qnl
    text='A. Quern of Acme and ARB in Paris: kind of blue.'
    names --set 'gazetteer.lists=["mine.csv","mine.jsonl","mine.list"]' <<<"$text" >want
    names --set gazetteer.lists=all.qnl <<<"$text" >got
    [ -s want ]
    diff want got
    "$QUERN" compile-list mine.csv mine.jsonl mine.list -o again.qnl
    cmp all.qnl again.qnl
}

@test "an operator's list wins over everything else, shipped lists do not" {
    printf '[ORG]\nMay 12\nParis\n' >l.list
    cat >all.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "sentences"; }, { plugin = "tokens"; }, { plugin = "values"; },
           { plugin = "gazetteer"; lists = [ "l.list" ]; }, { plugin = "jsonl"; tokens = false; } );
X
    echo 'On May 12 she left Paris for Lyon and Kenya.' >in.txt
    "$QUERN" run -q all.cfg in.txt >out
    grep -q '"ents":\[{"start":3,"end":9,"label":"ORG"},{"start":19,"end":24,"label":"ORG"},{"start":29,"end":33,"label":"GPE","kb_id":"geonames:[0-9]*"},{"start":38,"end":43,"label":"GPE","kb_id":"iso3166:KE"}\]' out
}

@test "a hint counts only where the context agrees" {
    printf '[GPE?]\nReading\nChelsea\n' >h.list
    mkdir -p data
    "$QUERN" compile-list h.list -o data/names-en.qnl
    QUERN_DATA_PATH=$PWD/data run -0 names --set gazetteer.shipped=true \
        <<<'Reading is good. He lives in Reading, near Chelsea Harbour; Chelsea won.'
    [ "$output" = 'GPE - Reading' ]
}

@test "labels keeps only what is asked for" {
    run -0 names --set 'gazetteer.lists=["mine.csv","mine.list"]' --set 'gazetteer.labels=["ORG"]' \
        <<<'Acme went to Paris.'
    [ "$output" = 'ORG Q1 Acme' ]
}

@test "lists that are wrong are named with line and reason" {
    check()
    {
        printf "$2" >"$1"
        run -65 "$QUERN" compile-list "$1" -o x.qnl
        echo "$output"
        [[ "$output" == *"$1:$3: $4"* ]]
        run -78 "$QUERN" check --set gazetteer.lists="$1" g.cfg
        [[ "$output" == *"$1:$3: $4"* ]]
        [ ! -e x.qnl ]
    }
    check a.list 'Paris\n' 1 'a name before the first heading'
    check b.list '[GPE]\nParis\n[ORG\n' 3 'a heading is written [LABEL]'
    check c.list '[GPE]\nPar\xffis\n' 2 'not UTF-8'
    check d.csv 'name,kind\n' 1 'the first line must name the fields'
    check e.csv 'name,label\n"Paris,GPE\n' 2 'a quoted field is not closed'
    check f.csv 'name,label\nParis,GPE,Q90\n' 2 'more fields than the first line names'
    check g.csv 'name,label,case\nParis,GPE,some\n' 2 'case is "exact" or "any"'
    check h.jsonl '{"name":"Paris"}\n' 1 'no label'
    check i.jsonl '{"name":"Paris","label":"GPE"}\n{"name":1}\n' 2 'byte 9'
    check j.jsonl '{"name":"","label":"GPE"}\n' 1 'a name is empty'
}

@test "a compiled list that is cut off or damaged is refused, never read past its end" {
    "$QUERN" compile-list mine.csv mine.list -o all.qnl
    head -c 9000 all.qnl >short.qnl
    run -78 "$QUERN" check --set gazetteer.lists=short.qnl g.cfg
    [[ "$output" == *'short.qnl: it is cut off or damaged; make it again with quern compile-list'* ]]
    for at in 8300 9000 20000 24650; do # slots, entries: whatever they say, it ends well
        cp all.qnl bad.qnl
        printf '\377\377\377\377\377\377\377\377' | dd of=bad.qnl bs=1 seek="$at" conv=notrunc status=none
        run names --set gazetteer.lists=bad.qnl <<<'Acme in Paris and São Tomé: kind of blue.'
        [ "$status" -eq 0 ] || [ "$status" -eq 78 ]
    done
}

@test "files that are not there and outputs that cannot be are said so" {
    run -66 "$QUERN" compile-list none.csv -o x.qnl
    run -73 "$QUERN" compile-list mine.csv -o no/such/folder/x.qnl
    run -64 "$QUERN" compile-list mine.csv
    run -64 "$QUERN" compile-list -o x.qnl
}

@test "hostile input takes its time only once" {
    printf '[ORG]\na a a a a a a a a a a a a a a b\nthe Bank of the Bank of\n' >h.list
    for piece in 'a ' 'the Bank of ' 'A' '. '; do
        { printf '{"text":"'; yes "$piece" | head -n 100000 | tr -d '\n'; printf '"}\n'; } >big.jsonl
        timeout 60 "$QUERN" run -q --set gazetteer.lists=h.list --set gazetteer.shipped=true g.cfg big.jsonl >out
        [ "$(wc -l <out)" = 1 ]
    done
}

@test "the compiled list that is shipped is that of the lists beside it" {
    cd "$top_srcdir/models"
    "$QUERN" compile-list names-en.list world-en.list places-en.list -o "$BATS_TEST_TMPDIR/again.qnl"
    cmp names-en.qnl "$BATS_TEST_TMPDIR/again.qnl"
}

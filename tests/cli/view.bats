# SPDX-License-Identifier: MIT
# tests/cli/view.bats - the page of records: what is in it, hostile texts, wrong records; in a browser
# where there is one.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    printf '{"id":"a","text":"Velo won.","ents":[{"start":0,"end":4,"label":"GPE"}]}\n\n{"id":"b","text":"Orrin lost."}\n' >r.jsonl
}

# The JSON in the page.
island() { sed -n '/id="data">/,/^]<\/script>/p' "$1" | sed '1s/.*id="data">//; $s/<\/script>.*//'; }

@test "the page holds the records, as they are" {
    "$QUERN" view r.jsonl -o p.html --title 'A <b> & "c"'
    grep -q '<title>A &lt;b&gt; &amp; &quot;c&quot;</title>' p.html
    [ "$(island p.html | tr -d '\n')" = '[{"id":"a","text":"Velo won.","ents":[{"start":0,"end":4,"label":"GPE"}]},{"id":"b","text":"Orrin lost."}]' ]
}

@test "tokens are counted, not kept" {
    printf '{"id":"a","tokens":[{"id":0,"start":0,"end":1,"x":"[<,{"},{"id":1}],"text":"<"}\n{"tokens":[],"text":"y"}\n' >x.jsonl
    "$QUERN" view x.jsonl -o p.html
    [ "$(island p.html | tr -d '\n')" = '[{"id":"a","tokens":2,"text":"\u003c"},{"tokens":0,"text":"y"}]' ]
}

@test "gzip, several files, standard input; the same bytes each time" {
    gzip -k r.jsonl
    "$QUERN" view r.jsonl.gz - <r.jsonl >one.html
    "$QUERN" view r.jsonl.gz - <r.jsonl >two.html
    cmp one.html two.html
    [ "$(island one.html | grep -c '"id"')" -eq 4 ]
}

@test "no text can leave its place" {
    printf '{"id":"<!--","text":"</script><script>alert(1)</script><!-- <script> & \\u2028 ]]>"}\n' >x.jsonl
    "$QUERN" view x.jsonl -o p.html
    [ "$(grep -o '<script' p.html | wc -l)" -eq 2 ]
    [ "$(grep -o '</script' p.html | wc -l)" -eq 2 ]
    [ "$(grep -c '<!--' p.html)" -eq 0 ]
    island p.html | grep -qF '"text":"\u003c/script>\u003cscript>alert(1)\u003c/script>'
}

@test "the policy names what is in the page, and nothing is fetched" {
    command -v openssl >/dev/null || skip "openssl is not installed"
    "$QUERN" view r.jsonl -o p.html
    grep -q "default-src 'none'" p.html
    for tag in style script; do
        sed -n "/^<$tag>/,/^<\/$tag>/p; /^<$tag>.*/{/<\/$tag>/p}" p.html | awk -v t="$tag" 'NR == 1 { sub("^<" t ">", "") } $0 ~ "</" t ">" { exit } { print }' >part
        hash=$(openssl dgst -sha256 -binary part | openssl base64)
        grep -qF "'sha256-$hash'" p.html
    done
    run ! grep -E '(src|href)="?(https?:|//)|@import|url\(' p.html
}

@test "limit says what is left out" {
    run -0 --separate-stderr "$QUERN" view --limit 1 r.jsonl -o p.html
    [[ "$stderr" == *'1 documents more are not in the page (--limit 1)'* ]]
    [ "$(island p.html | grep -c '"id"')" -eq 1 ]
}

@test "a record that is none is named, and there is no page" {
    printf '{"id":"a","text":"x"}\n{"id":"b","text":"y"\n' >x.jsonl
    run -65 "$QUERN" view x.jsonl -o p.html
    [[ "$output" == *'x.jsonl:2: '* ]]
    [ ! -e p.html ]
    printf '{"id":"a"}\n' >x.jsonl
    run -65 "$QUERN" view x.jsonl -o p.html
    [[ "$output" == *'x.jsonl:1: the record has no "text"'* ]]
    head -c 30 r.jsonl >cut.jsonl
    run -65 "$QUERN" view cut.jsonl -o p.html
    gzip -c r.jsonl | head -c 40 >cut.gz
    run -66 "$QUERN" view cut.gz -o p.html
    run -66 "$QUERN" view nowhere.jsonl -o p.html
    [[ "$output" == *'nowhere.jsonl: No such file'* ]]
    run -64 "$QUERN" view
    run -64 "$QUERN" view --limit 0 r.jsonl
    [ ! -e p.html ]
    run -74 bash -c "\"$QUERN\" view r.jsonl >/dev/full"
}

@test "the page in the program is the one in the sources" {
    command -v python3 >/dev/null || skip "python3 is not installed"
    python3 "$top_srcdir/tools/make-page.py" "$top_srcdir/core/page" view >now.c
    diff now.c "$top_srcdir/core/page/view_data.c"
}

@test "in a browser: marks, search, changes, keys, no violation by axe" {
    [ -n "${QUERN_BROWSER:-}" ] || skip "no browser: QUERN_BROWSER names a folder with playwright-core and axe-core in node_modules"
    printf '%s\n' \
        '{"id":"a","text":"😀 Velo <b>won</b>.\nIt rained.","ents":[{"start":2,"end":6,"label":"GPE","chain":1}],"sents":[{"start":0,"end":18},{"start":19,"end":29}],"summary":"It rained.","summary_sents":[1],"raw":"x\n😀 Velo <b>won</b>.\nIt rained.","provenance":[{"start":0,"end":0,"rawstart":0,"rawend":2,"rule":"junk-credit"}],"layers":{"junk":[{"start":19,"end":29,"label":"junk-model"}]},"meta":{"keyphrases":[{"text":"it"},{"text":"velo"}]}}' \
        '{"id":"b","text":"</script><img src=x onerror=alert(1)>"}' \
        '{"id":{},"text":"odd","ents":[null,{"start":0,"end":9},{"start":0,"end":2,"label":"constructor"}],"sents":[7],"summary_sents":[0,5],"meta":"m","headings":3,"provenance":{},"raw":1,"tokens":{},"layers":{"junk":[{"start":0,"end":1},5]},"keyphrases":[null,{"text":"<b>"}]}' \
        '{"text":"odder","ents":{},"sents":"s","summary_sents":[0],"summary":[],"meta":null,"layers":1}' >x.jsonl
    "$QUERN" view x.jsonl -o p.html
    run -0 env NODE_PATH="$QUERN_BROWSER/node_modules" node "$top_srcdir/tests/browser/view.js" "$PWD/p.html"
    echo "$output"
}

# SPDX-License-Identifier: MIT
# tests/cli/report.bats - quern report: its counts are those of the records, and no text of theirs gets out of
# its place.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >r.jsonl <<'X'
{"id":"a","text":"Ada met Bo in Velo.\nAda won 3.","ents":[{"start":0,"end":3,"label":"PERSON","chain":1,"canonical":"Ada Lin"},{"start":8,"end":10,"label":"PERSON"},{"start":14,"end":18,"label":"GPE"},{"start":20,"end":23,"label":"PERSON","chain":1,"canonical":"Ada Lin"},{"start":28,"end":29,"label":"CARDINAL"}],"sents":[{"start":0,"end":19},{"start":20,"end":30}],"tokens":[{"id":0,"start":0,"end":3},{"id":1,"start":4,"end":7},{"id":2,"start":20,"end":23}],"meta":{"language":"en","keyphrases":[{"text":"harbour","score":1.5}]},"provenance":[{"start":0,"end":0,"rawstart":0,"rawend":13,"rule":"junk-credit"}],"raw":"Getty Images\nAda met Bo in Velo.\nAda won 3."}
{"id":"b","text":"é😀 Velo","ents":[{"start":3,"end":7,"label":"GPE"}],"sents":[{"start":0,"end":7}],"tokens":[{"id":0,"start":0,"end":2}],"meta":{"language":"en"},"provenance":[]}
{"id":"b","text":"é😀 Velo","ents":[],"sents":[],"tokens":[]}
{"id":9,"text":" \n"}
X
}

# rows FILE: the page's rows, their cells divided by blanks.
rows()
{
    sed 's/<svg.*<\/svg>//; s/<[^>]*>/ /g; s/  */ /g; s/^ //; s/ $//' "$1"
}

@test "what is counted" {
    run -0 --separate-stderr "$QUERN" report r.jsonl -o p.html
    [ -z "$stderr" ]
    rows p.html >out
    for line in 'documents 4' 'characters 46' 'sentences 3' 'tokens 4' 'entities 6' \
        'documents changed by a rule 1' 'PERSON 3 1' 'GPE 2 2' 'CARDINAL 1 1' 'Ada Lin PERSON 2 1' \
        'Velo GPE 2 2' 'Bo PERSON 1 1' 'harbour 1' 'junk-credit 1 13 1' 'language 2 1 en ×2' \
        '1 document without text' '1 document with exactly the text of an earlier one' \
        '1 document with the id of an earlier one' '1 document in which no entity was found'; do
        grep -qxF "$line" out || { cat out; echo "missing: $line"; false; }
    done
    grep -q 'Getty Images␊ in a' out
    run ! grep -q '3 CARDINAL' out # a value is no name
}

@test "with the run's numbers" {
    printf 'Bo met Al.\n' >a.txt
    "$QUERN" pipe 'fixtext ! sentences ! jsonl' a.txt -o o.jsonl --stats s.json --quiet
    "$QUERN" report o.jsonl --stats s.json --title 'A <title>' -o p.html
    rows p.html >out
    grep -qxF 'records read 1' out
    grep -qE '^sentences 1 0 0 [0-9.]+ s [0-9]+ %' out
    grep -qF 'A &lt;title&gt;' p.html
    printf '{"a":1}\n' >s.json
    run -65 "$QUERN" report o.jsonl --stats s.json -o q.html
    [[ "$output" == *'s.json: not what `quern run --stats` writes'* ]]
    [ ! -e q.html ]
}

@test "no text can leave its place, and the page has no script" {
    printf '%s\n' '{"id":"<i>","text":"<script>x</script>","ents":[{"start":0,"end":8,"label":"<b>\"&"}],"meta":{"<k>":"</td><script>y"}}' >x.jsonl
    "$QUERN" report x.jsonl -o p.html
    run ! grep -qi '<script\|<i>\|<b>\|<k>' p.html
    grep -q '&lt;script&gt;' p.html
    grep -q "default-src 'none'; style-src 'sha256-" p.html
    run ! grep -qE '(src|href|style)=' p.html
}

@test "several files, gzip, standard input; the same bytes each time" {
    "$QUERN" report r.jsonl r.jsonl --title t -o one.html
    gzip -c r.jsonl >r.gz
    cat r.jsonl | "$QUERN" report r.gz - --title t >two.html
    cmp one.html two.html
    rows one.html | grep -qxF 'documents 8'
}

@test "the counts do not depend on the order of the records" {
    tac r.jsonl | "$QUERN" report - --title t | sed '/longest/,$d' >one.html
    "$QUERN" report r.jsonl --title t | sed '/longest/,$d' >two.html
    cmp one.html two.html
}

@test "nothing at all is a page, too" {
    : >none.jsonl
    "$QUERN" report none.jsonl -o p.html
    rows p.html | grep -qxF 'documents 0'
}

@test "a record that is none is named, and there is no page" {
    bad() # LINE WORDS
    {
        { cat r.jsonl; printf '%s\n' "$1"; } >bad.jsonl
        run -65 "$QUERN" report bad.jsonl -o p.html
        [[ "$output" == "quern: bad.jsonl:5: "*"$2"* ]] || { echo "$output"; false; }
        [ ! -e p.html ]
    }
    bad '{"text":"a"' 'byte 12'
    bad '{"id":"x"}' 'no "text"'
    bad '{"text":"abc","ents":[{"start":2,"end":4,"label":"X"}]}' 'ents: a span must have'
    bad '{"text":"abc","ents":[{"start":2,"end":1,"label":"X"}]}' 'ents: a span must have'
    bad '{"text":"abc","tokens":{}}' 'tokens: not an array'
    bad '{"text":"abc","provenance":[{"start":0,"end":0,"rawstart":1,"rawend":9,"rule":"r"}],"raw":"abc"}' 'behind the end of "raw"'
    bad '{"text":"abc","meta":[]}' '"meta" is not an object'
    run -66 "$QUERN" report nowhere.jsonl
    run -64 "$QUERN" report
    run -74 bash -c "\"$QUERN\" report r.jsonl >/dev/full"
}

@test "the page in the program is the one in the sources" {
    command -v python3 >/dev/null || skip "python3 is not installed"
    python3 "$top_srcdir/tools/make-page.py" "$top_srcdir/core/page" report >now.c
    diff now.c "$top_srcdir/core/page/report_data.c"
}

@test "in a browser: no violation by axe, light, dark and narrow" {
    [ -n "${QUERN_BROWSER:-}" ] || skip "no browser: QUERN_BROWSER names a folder with playwright-core and axe-core in node_modules"
    "$QUERN" report r.jsonl -o p.html
    run -0 env NODE_PATH="$QUERN_BROWSER/node_modules" node "$top_srcdir/tests/browser/still.js" "$PWD/p.html"
    echo "$output"
    [ -z "$output" ]
}

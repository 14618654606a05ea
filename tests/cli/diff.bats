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

@test "texts: word by word, with what is around" {
    sed 's/won/did win/' a.jsonl >b.jsonl
    run -1 "$QUERN" diff a.jsonl b.jsonl
    [[ "$output" == *$'  text, at byte 6: Vélo [-won.-]{+did win.+} It rained.\n'* ]]
    printf '{"id":"a","text":"One two three four five six.\\nSeven."}\n' >a.jsonl
    printf '{"id":"a","text":"One deux trois four five and six. Seven."}\n' >b.jsonl
    run -1 "$QUERN" diff a.jsonl b.jsonl
    [ "${lines[1]}" = '  text, at byte 4: One [-two three-]{+deux trois+} four five six. Seven.' ]
    [ "${lines[2]}" = '  text, at byte 24: One two three four five {+and +}six. Seven.' ]
    [ "${lines[3]}" = '  text, at byte 28: two three four five six.[-\n-]{+ +}Seven.' ]
    run -1 "$QUERN" diff --limit 2 a.jsonl b.jsonl
    [ "${#lines[@]}" -eq 4 ]
}

@test "key phrases that came and went" {
    printf '{"id":"a","text":"t","keyphrases":["a b","c","d"]}\n' >a.jsonl
    printf '{"id":"a","text":"t","keyphrases":["c","a b","e"]}\n' >b.jsonl
    run -1 "$QUERN" diff a.jsonl b.jsonl
    [[ "$output" == *'  key phrases: [-d-] {+e+}'* ]]
    printf '{"id":"a","text":"t","keyphrases":["d","c","a b"]}\n' >b.jsonl
    run -1 "$QUERN" diff a.jsonl b.jsonl
    [[ "$output" == *'key phrases: the same in another order'* ]]
}

@test "the page: everything of documents is text, and all differences are there" {
    printf '{"id":"<b>x","text":"keep <script>alert(1)</script> & more","ents":[{"start":0,"end":4,"label":"<i>"}]}\n{"id":"y","text":"same"}\n{"id":"z","text":"It & he.","ents":[{"start":0,"end":2,"label":"ORG"}]}\n' >a.jsonl
    sed 's/ more/ less/; s/"ORG"/"PERSON"/; s/"id":"y"/"id":"new"/' a.jsonl >b.jsonl
    run -1 "$QUERN" diff --html d.html a.jsonl b.jsonl
    [ "$output" = '0 documents are the same; 1 differ in only_a; 1 differ in only_b; 1 differ in text; 1 differ in ents' ]
    run ! grep -qE '<(script|b|i)>' d.html
    grep -q '<h2 dir="auto">&lt;b&gt;x</h2>' d.html
    grep -q '<del>more</del><ins>less</ins>' d.html
    grep -q '<span class="l">PERSON</span> <bdi><ins>It</ins> &amp; he.</bdi>' d.html
    printf '{"id":"a","text":"One.\\nTwo."}\n' >c.jsonl
    printf '{"id":"a","text":"One.\\n\\nTwo two.","sents":[{"start":0,"end":4}]}\n' >e.jsonl
    run -1 "$QUERN" diff --html e.html c.jsonl e.jsonl
    grep -q 'One.<del>↵' e.html
    grep -q '<ins>↵' e.html
    grep -q 'Only A has this document' d.html
    grep -q "default-src 'none'" d.html
    python3 - d.html <<'END'
import html.parser, sys
class P(html.parser.HTMLParser):
    open = []
    def handle_starttag(self, tag, attrs):
        if tag not in ("meta",): self.open.append(tag)
    def handle_endtag(self, tag): assert self.open.pop() == tag, tag
p = P(); p.feed(open(sys.argv[1]).read()); assert not p.open, p.open
END
    run -1 "$QUERN" diff --html d.html --limit 1 a.jsonl b.jsonl
    grep -q 'Not all differences are shown' d.html
    run -73 "$QUERN" diff --html no/d.html a.jsonl b.jsonl
    cp d.html before.html
    run -0 "$QUERN" diff --html d.html a.jsonl a.jsonl
    run ! cmp -s d.html before.html
}

@test "long texts that have nothing in common, and long ones that have all but a word" {
    awk 'BEGIN { printf "{\"id\":\"a\",\"text\":\""; for (i = 0; i < 300000; i++) printf "w%d ", i; print "\"}" }' >a.jsonl
    awk 'BEGIN { printf "{\"id\":\"a\",\"text\":\""; for (i = 0; i < 300000; i++) printf "v%d ", i; print "\"}" }' >b.jsonl
    sed 's/ w777 / new /; s/ w299990 / /' a.jsonl >c.jsonl
    run -1 "$QUERN" diff a.jsonl b.jsonl
    [ "${#lines[@]}" -eq 3 ]
    run -1 "$QUERN" diff a.jsonl c.jsonl
    [[ "$output" == *'[-w777-]{+new+}'* ]]
    [[ "$output" == *'[-'*w299990*'-]'* ]]
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

@test "the page in a browser: no violation by axe, light, dark and narrow" {
    [ -n "${QUERN_BROWSER:-}" ] || skip "no browser: QUERN_BROWSER names a folder with playwright-core and axe-core in node_modules"
    printf '{"id":"a","text":"One two <img src=x onerror=alert(1)> %0200d.","ents":[{"start":0,"end":3,"label":"ORG"}]}\n{"id":"b","text":"T","keyphrases":["k"],"sents":[{"start":0,"end":1}]}\n{"id":"c","text":"C"}\n' 0 >x.jsonl
    sed 's/two/deux/; s/\["k"\]/["l"]/; s/,"sents":.*/}/; s/"id":"c"/"id":"d"/' x.jsonl >y.jsonl
    run -1 "$QUERN" diff --html d.html x.jsonl y.jsonl
    run -0 env NODE_PATH="$QUERN_BROWSER/node_modules" node "$top_srcdir/tests/browser/still.js" "$PWD/d.html"
    echo "$output"
    [ -z "$output" ]
}

# SPDX-License-Identifier: MIT
# tests/cli/test.bats - quern test: cases that pass, cases that fail and how they say so, golden files,
# JUnit, mistakes in test files; and the tests of the shipped configs.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >n.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; path = "nowhere"; }, { plugin = "fixtext"; }, { plugin = "junklines"; },
  { plugin = "sentences"; }, { plugin = "jsonl"; path = "must-not-be-made.jsonl"; } );
X
}

# cases TEXT: n.test.cfg with these cases
cases()
{
    printf 'version = 1;\nconfig = "n.cfg";\ntests = (\n%s\n);\n' "$1" >n.test.cfg
}

@test "a case passes: text, sentences, what was dropped and changed, by which rule" {
    cases '{ name = "all"; input = "The boat sank.\nGetty Images\nIt was &amp; is old.\n";
        text = "The boat sank.\nIt was & is old.\n"; sentences = [ "The boat sank.", "It was & is old." ];
        dropped = [ "junk-credit: Getty Images" ]; changed = [ "entity: &amp; -> &" ]; state = "live"; records = 1; }'
    run -0 "$QUERN" test n.test.cfg
    [ "$output" = $'ok 1 - all\n1..1' ]
    [ ! -e must-not-be-made.jsonl ]
}

@test "a case fails: what was expected and what was found" {
    cases '{ name = "text"; input = "It sank."; text = "It swam."; },
      { name = "list"; input = "One. Two. Three."; sentences = [ "One.", "Deux.", "Three." ]; },
      { name = "count"; input = "x"; records = 2; }, { name = "fine"; input = "It sank."; text = "It sank."; }'
    run -1 "$QUERN" test n.test.cfg
    echo "$output"
    [[ "$output" == *$'not ok 1 - text\n#   n.test.cfg:4\n#   text: expected "It swam.", found "It sank."'* ]]
    [[ "$output" == *$'#   sentences: (- expected, + found)\n#     - "Deux."\n#     + "Two."\nnot ok 3'* ]]
    [[ "$output" == *'records: expected 2, found 1'* ]]
    [[ "$output" == *$'ok 4 - fine\n1..4\n# 3 failed, 0 blessed, of 4' ]]
}

@test "from and to cut a part out of the pipeline" {
    cases '{ name = "to"; to = "fixtext"; input = "A &amp; b.\nGetty Images\n"; text = "A & b.\nGetty Images\n"; },
      { name = "from"; from = "junklines"; to = "junklines"; input = "A &amp; b went.\nGetty Images\n"; text = "A &amp; b went.\n"; },
      { name = "no such"; to = "junkline"; input = "x"; }'
    run -1 "$QUERN" test n.test.cfg
    [[ "$output" == *$'ok 1 - to\nok 2 - from\nnot ok 3'* ]]
    [[ "$output" == *"there is no stage 'junkline'"*"did you mean 'junklines'?"* ]]
}

@test "set, file, record, meta, and records that fail" {
    printf '{"id":"a","text":"One.","n":3,"who":"Ann"}\n{"id":"b","text":\n{"id":"c","text":"Three. Four."}\n' >r.jsonl
    cases '{ name = "third"; file = "r.jsonl"; record = 3; text = "Three. Four."; records = 3; },
      { name = "meta"; file = "r.jsonl"; meta = { n = 3; who = "Ann"; }; },
      { name = "wrong meta"; file = "r.jsonl"; meta = { n = 4; none = "x"; }; },
      { name = "failed"; file = "r.jsonl"; record = 2; state = "failed"; },
      { name = "failed unsaid"; file = "r.jsonl"; record = 2; },
      { name = "set"; set = [ "junklines.action=mark" ]; input = "It sank.\nGetty Images\n"; text = "It sank.\nGetty Images\n"; }'
    run -1 "$QUERN" test n.test.cfg
    echo "$output"
    [ "$(grep -c '^ok' <<<"$output")" -eq 4 ]
    [[ "$output" == *'not ok 3 - wrong meta'*'n: expected'*'none: expected "x", found "(not there)"'* ]]
    [[ "$output" == *'not ok 5 - failed unsaid'*'state: expected "live", found'* ]]
}

@test "golden files: missing, blessed, the same, different" {
    cases '{ name = "gold"; input = "One. Two.\n"; golden = "gold.jsonl"; }'
    run -1 "$QUERN" test n.test.cfg
    [[ "$output" == *"--bless writes it"* ]]
    [ ! -e gold.jsonl ]
    run -0 "$QUERN" test --bless n.test.cfg
    [[ "$output" == *"ok 1 - gold # blessed"* ]]
    run -0 "$QUERN" test n.test.cfg
    sed -i 's/One/Une/' gold.jsonl
    run -1 "$QUERN" test n.test.cfg
    [[ "$output" == *"golden: differs"*"Une"*"One"* ]]
}

@test "JUnit and --only" {
    cases '{ name = "good <1>"; to = "fixtext"; input = "x"; text = "x"; }, { name = "bad & 2"; to = "fixtext"; input = "x"; text = "y"; }'
    run -1 "$QUERN" test --junit j.xml n.test.cfg
    grep -q '<testsuite name="quern" tests="2" failures="1">' j.xml
    grep -q 'name="good &lt;1>"' j.xml
    grep -q '<failure message="not as expected">text: expected &quot;y&quot;' j.xml
    ! command -v xmllint >/dev/null || xmllint --noout j.xml
    run -0 "$QUERN" test --only good n.test.cfg
    [[ "$output" == $'ok 1 - good <1>\n1..1' ]]
}

@test "mistakes in a test file are found before anything runs" {
    cases '{ name = "a"; input = "x"; txet = "x"; }, { name = "b"; text = "x"; }, { name = "c"; input = "x"; sentences = "x"; }'
    run -78 "$QUERN" test n.test.cfg
    [[ "$output" == *"n.test.cfg:4:"*"unknown setting 'txet' in a test"*"did you mean 'text'?"* ]]
    [[ "$output" == *"a test has either 'input', a text, or 'file'"* ]]
    [[ "$output" == *"'sentences' cannot be a string"* ]]
    [[ "$output" == *"1..0"* ]]
    echo 'version = 1; tests = ();' >n.test.cfg
    run -78 "$QUERN" test n.test.cfg
    [[ "$output" == *"'config' names the config that is tested"* ]]
}

@test "the shipped configs pass their tests" {
    for f in "$top_srcdir"/conf/*.test.cfg; do
        run -0 "$QUERN" test "$f"
    done
}

# SPDX-License-Identifier: MIT
# tests/cli/show.bats - quern show, graph and pipe: the config a run uses, its picture, and a pipeline
# given on the command line.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >s.cfg <<'X'
version = 1;
run = { batch_records = 7; };
stages = (
  { plugin = "files"; },
  { plugin = "sentences"; gaps = "all"; },
  { plugin = "summarize"; id = "short"; words = 50; title_key = "a \"b\" $${x}"; },
  { plugin = "jsonl"; path = "-"; } );
X
    echo 'Ann met Mr. Smith in Velo. It rained.' >a.txt
}

@test "show: every value says where it comes from" {
    run -0 "$QUERN" show --set short.mmr=2 s.cfg
    echo "$output"
    grep -qE '^  batch_records = 7; +# s.cfg:2$' <<<"$output"
    grep -qE '^  workers = 0; +# default$' <<<"$output"
    grep -qE '^    gaps = "all"; +# s.cfg:5$' <<<"$output"
    grep -qE '^    mmr = 2.0; +# --set$' <<<"$output"
    grep -qE '^    forward = 1.0; +# default$' <<<"$output"
    grep -qE '^    max_size = "67108864B"; +# default$' <<<"$output"
    ! grep -q 'sentences = 3' <<<"$output" # words was given, which excludes it
}

@test "show: what it prints is a config that does the same" {
    "$QUERN" show s.cfg >again.cfg
    "$QUERN" check -q again.cfg
    diff <("$QUERN" run -q s.cfg a.txt) <("$QUERN" run -q again.cfg a.txt)
    diff <("$QUERN" show again.cfg | sed 's/ *#.*//') <(sed 's/ *#.*//' again.cfg)
    "$QUERN" show "$top_srcdir/conf/news.cfg" >news.cfg
    "$QUERN" check -q news.cfg
}

@test "show: --changed leaves defaults out" {
    run -0 "$QUERN" show --changed s.cfg
    [[ "$output" == *'gaps = "all"'* ]]
    [[ "$output" != *'# default'* ]]
}

@test "show: a wrong config is said to be wrong" {
    sed -i 's/gaps/gasp/' s.cfg
    run -78 "$QUERN" show s.cfg
    [[ "$output" == *"did you mean 'gaps'?"* ]]
}

@test "graph: stages in order, and who reads which layer from whom" {
    run -0 "$QUERN" graph s.cfg
    [ "${lines[0]}" = 'files   source' ]
    [ "${lines[4]}" = 'short (summarize)   reads sents from sentences' ]
    [ "${lines[6]}" = 'jsonl   sink   reads sents from sentences, summary from short' ]
}

@test "graph: DOT, Mermaid and SVG" {
    "$QUERN" graph --format dot s.cfg >g.dot
    grep -q 's1 -> s2 \[style = dashed, constraint = false, label = "sents"\];' g.dot
    ! command -v dot >/dev/null || dot -Tsvg g.dot >/dev/null
    "$QUERN" graph --format mermaid s.cfg | grep -q 's1 -. sents .-> s2'
    "$QUERN" graph --format svg s.cfg >g.svg
    [ "$(grep -c '<rect' g.svg)" -eq 4 ]
    grep -q "class='layer'>summary<" g.svg
    ! command -v xmllint >/dev/null || xmllint --noout g.svg
    run -64 "$QUERN" graph --format png s.cfg
}

@test "graph: with what a run has measured" {
    printf 'Velo won. Orrin lost.\n' >a.txt
    printf '\xff\n' >b.txt
    run -2 "$QUERN" run -q s.cfg a.txt b.txt -o /dev/null --stats s.json
    run -0 "$QUERN" graph --stats s.json s.cfg
    [[ "${lines[0]}" =~ ^'files   source   2 records, '[0-9]+'%, 1 left out'$ ]]
    [[ "${lines[4]}" =~ ^'short (summarize)   1 records, '[0-9]+'%   reads sents' ]]
    "$QUERN" graph --stats s.json --format svg s.cfg >g.svg
    [ "$(grep -c "class='note'>" g.svg)" -eq 4 ]
    ! command -v xmllint >/dev/null || xmllint --noout g.svg
    "$QUERN" graph --stats s.json --format dot s.cfg | grep -q 'label = "files\\n2 records, '
    "$QUERN" graph --stats s.json --format mermaid s.cfg | grep -q 'files<br>2 records, '
    run -66 "$QUERN" graph --stats nowhere.json s.cfg
    run -65 "$QUERN" graph --stats s.cfg s.cfg
    [[ "$output" == *'s.cfg: '* ]]
}

@test "pipe: a source and a sink are added where there are none" {
    run -0 "$QUERN" pipe --print-config 'sentences'
    [ "${lines[2]}" = '  { plugin = "files"; },' ]
    "$QUERN" pipe -q 'sentences' a.txt >out.jsonl
    grep -q '"sents":\[{"start":0,"end":26},{"start":27,"end":37}\]' out.jsonl
}

@test "pipe: words, numbers, truth values, lists and quoted values" {
    run -0 "$QUERN" pipe --print-config 'files path=a.txt ! tokens style=ud ! table header=false rows=documents ! jsonl level=9 path="a ! b.jsonl"'
    [[ "$output" == *'{ plugin = "files"; path = "a.txt"; },'* ]]
    [[ "$output" == *'header = false; rows = "documents";'* ]]
    [[ "$output" == *'level = 9; path = "a ! b.jsonl"; }'* ]]
    run -0 "$QUERN" pipe --print-config 'tagger labels=PERSON,ORG'
    [[ "$output" == *'labels = [ "PERSON", "ORG" ];'* ]]
}

@test "pipe: options of run, before or behind the stages" {
    "$QUERN" pipe -o out.jsonl 'sentences ! jsonl' a.txt -q -j 2
    [ -s out.jsonl ]
    "$QUERN" pipe 'sentences ! jsonl' a.txt -q -o again.jsonl
    cmp out.jsonl again.jsonl
}

@test "pipe: mistakes are shown in what was written, and nothing is left behind" {
    export TMPDIR=$BATS_TEST_TMPDIR/t
    mkdir t
    run -78 "$QUERN" pipe 'sentences gasp=all' a.txt
    [[ "$output" == *"unknown option 'gasp'"*"did you mean 'gaps'?"* ]]
    run -64 "$QUERN" pipe 'sentences gaps' a.txt
    [[ "$output" == *"expected OPTION=VALUE or '!' at 'gaps'"* ]]
    run -64 "$QUERN" pipe 'sentences ! ! jsonl' a.txt
    run -64 "$QUERN" pipe 'jsonl path="x' a.txt
    [[ "$output" == *"a quote is not closed"* ]]
    run -64 "$QUERN" pipe -q
    [ -z "$(ls t)" ]
}

@test "pipe: messages name the pipeline; data files are those of the current folder first" {
    run -78 "$QUERN" pipe 'sentnces' a.txt
    [[ "$output" == *"pipe:"*": error[E0101]: there is no plugin 'sentnces'"* ]]
    [[ "$output" == *"did you mean 'sentences'"* ]]
    printf 'name,label\nVelo,GPE\n' >mine.csv
    run -0 "$QUERN" pipe -q 'sentences ! tokens ! gazetteer lists=mine.csv' a.txt
    mkdir sub
    "$QUERN" pipe --print-config 'sentences ! tokens ! gazetteer lists=mine.csv' >sub/p.cfg
    run -78 "$QUERN" run -q sub/p.cfg a.txt
    [[ "$output" == *"the one in the current folder is './mine.csv'"* ]]
    run -64 "$QUERN" pipe 'sentences !' a.txt
    [[ "$output" == *'expected a plugin at the end'* ]]
}

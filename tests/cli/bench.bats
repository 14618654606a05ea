# SPDX-License-Identifier: MIT
# tests/cli/bench.bats - quern bench: that its figures belong together, that nothing of the operator's is
# written, and what it refuses. How fast anything is, is nobody's business here.
bats_require_minimum_version 1.5.0
load ../common

setup() {
    cd "$BATS_TEST_TMPDIR"
    cat >words.cfg <<'END'
version = 1;
stages = (
  { plugin = "files"; path = "-"; },
  { plugin = "sentences"; },
  { plugin = "tokens"; id = "words"; },
  { plugin = "jsonl"; path = "precious.jsonl"; }
);
END
    sed '/sentences/d; /words/d; s/precious/other/' words.cfg >copy.cfg
}

# figures EXPRESSION: a Python expression over the JSON object `b`.
figures() {
    python3 -c 'import json, sys
b = json.load(open("b.json"))
assert eval(sys.argv[1]), (sys.argv[1], b)' "$1"
}

@test "figures belong together: documents, tokens, stages, intervals" {
    run -0 --separate-stderr "$QUERN" bench words.cfg --docs 50 --runs 7 -j 2 --json
    echo "$output" >b.json
    [ -z "$stderr" ]
    figures 'b["runs"] == 7 and len(b["configs"]) == 1 and "ratio" not in b'
    figures 'b["input"]["kind"] == "sample news" and b["input"]["documents"] == 50'
    figures '[s["id"] for s in b["configs"][0]["stages"]] == ["sample", "sentences", "words", "jsonl"]'
    figures 'abs(sum(s["share"] for s in b["configs"][0]["stages"]) - 1) < 1e-6'
    figures 'b["configs"][0]["workers"] == 2 and b["configs"][0]["out"] == 50'
    figures '20 * 50 < b["configs"][0]["tokens"] < b["input"]["bytes"] / 3'
    figures 'all(i["low"] <= i["median"] <= i["high"] for i in (b["configs"][0][k] for k in ("mb_per_second", "documents_per_second", "tokens_per_second", "start_ms", "seconds")))'
    figures 'len(b["configs"][0]["run_seconds"]) == 7 and b["configs"][0]["peak_bytes"] > 1e6'
    figures 'abs(b["configs"][0]["mb_per_second"]["median"] / b["configs"][0]["documents_per_second"]["median"] * 50e6 / b["input"]["bytes"] - 1) < 1e-6'
    figures 'b["limits"]["copy_mb_per_second"] > 0 and b["limits"]["read_mb_per_second"] > 0'
}

@test "the same text every time, and no two documents alike" {
    run -0 "$QUERN" bench copy.cfg --docs 300 --runs 6 --json
    echo "$output" >b.json
    n=$(python3 -c 'import json; print(json.load(open("b.json"))["input"]["bytes"])')
    sed 's/{ plugin = "jsonl"/{ plugin = "dupes"; documents = "exact"; }, &/' copy.cfg >dupes.cfg
    run -0 "$QUERN" bench dupes.cfg --docs 300 --runs 6 --json
    echo "$output" >b.json
    figures "b['input']['bytes'] == $n and b['configs'][0]['out'] == 300"
}

@test "pages for a pipeline that reads pages" {
    sed 's/{ plugin = "sentences"; }/{ plugin = "html"; }/; /words/d' words.cfg >pages.cfg
    run -0 "$QUERN" bench pages.cfg --docs 20 --runs 6 --json
    echo "$output" >b.json
    figures 'b["input"]["kind"] == "sample pages" and b["configs"][0]["out"] == 20'
    figures '"tokens" not in b["configs"][0]'
}

@test "nothing of the operator's is written, whatever fails" {
    sed 's/{ plugin = "jsonl"/{ plugin = "table"; path = "t.tsv"; }, &/; s/version = 1;/&\nrun = { on_error = "quarantine"; };/' words.cfg >w.cfg
    printf 'A good line.\n' >good.txt
    printf 'Bad \xff\xfe bytes.\n' >bad.txt
    printf mine >precious.jsonl
    ls -I before -I after >before
    run -0 "$QUERN" bench w.cfg good.txt bad.txt --runs 6
    [[ "$output" == *'1 documents failed and were left out'* ]]
    ls -I before -I after >after
    diff before after
    [ "$(cat precious.jsonl)" = mine ]
}

@test "own files, compared with the same under another option" {
    mkdir in
    for i in 1 2 3; do printf 'The ferry is late. So are we.\n' >in/$i.txt; done
    run -0 "$QUERN" bench words.cfg in --vs copy.cfg --vs-set run.workers=1 --set run.batch_records=2 --runs 6 --json
    echo "$output" >b.json
    figures 'b["input"] == {"kind": "files", "documents": 3, "bytes": 90}'
    figures '[c["config"] for c in b["configs"]] == ["words.cfg", "copy.cfg"]'
    figures 'b["configs"][1]["set"] == ["run.batch_records=2", "run.workers=1"] and b["configs"][1]["workers"] == 1'
    figures 'b["ratio"]["low"] <= b["ratio"]["median"] <= b["ratio"]["high"]'
    figures 'b["verdict"] == ("faster" if b["ratio"]["low"] > 1 else "slower" if b["ratio"]["high"] < 1 else "no difference seen")'
    run -0 "$QUERN" bench words.cfg in --vs-set words.style=ptb --runs 6
    [[ "$output" == *$'\nA: words.cfg, '*$'\nB: words.cfg --set words.style=ptb, '* ]]
    [[ "$output" =~ 'B is '[0-9.]+' times as fast as A (95%: '[0-9.]+' .. '[0-9.]+'): '(faster|slower|no difference seen) ]]
}

@test "pipelines that do different things are told apart" {
    sed 's/{ plugin = "jsonl"/{ plugin = "langid"; accept = [ "de" ]; }, &/' copy.cfg >de.cfg
    run -0 "$QUERN" bench copy.cfg --vs de.cfg --docs 40 --runs 6
    [[ "$output" == *'they do not do the same: 40 documents come out of A, 0 out of B'* ]]
}

@test "wrong words, wrong configs, nothing to read" {
    run -64 "$QUERN" bench
    run -64 "$QUERN" bench words.cfg --runs 5
    run -64 "$QUERN" bench words.cfg --docs 0
    run -64 "$QUERN" bench words.cfg -
    [[ "$output" == *'only once'* ]]
    run -64 "$QUERN" bench words.cfg --docs 3 in
    run -78 "$QUERN" bench words.cfg --set words.stile=ud --docs 5
    [[ "$output" == *"did you mean 'style'"* ]]
    run -78 "$QUERN" bench copy.cfg --vs-set words.style=ud --docs 5
    run -78 "$QUERN" bench nowhere.cfg
    run -66 "$QUERN" bench words.cfg nowhere.txt
    : >empty.txt
    run -66 "$QUERN" bench words.cfg empty.txt
    [[ "$output" == *'nothing to read'* ]]
}

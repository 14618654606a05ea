# SPDX-License-Identifier: MIT
# tests/cli/exec.bats - programs as stages: the examples, order, edits with provenance, programs that die,
# hang, talk nonsense or too much.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    examples=$top_srcdir/examples/exec
    printf '{"id":"a","text":"The ferry of Velo left the harbour in the rain at noon today."}\n' >a.jsonl
    printf '{"id":"b","text":"Velo, über Velo."}\n' >>a.jsonl
}

# config COMMAND [OPTION...]: c.cfg with exec between files and jsonl
config()
{
    printf 'version = 1;\nstages = ( { plugin = "files"; }, { plugin = "exec"; command = [ %s ]; %s },\n  { plugin = "jsonl"; provenance = true; } );\n' "$1" "${2:-}" >c.cfg
}

@test "Python: edits keep the rest of the text in its place, metadata is added" {
    command -v python3 >/dev/null || skip "no python3"
    config "\"python3\", \"$examples/upper.py\", \"ferry\", \"harbour\""
    run -0 "$QUERN" run -q c.cfg a.jsonl
    [[ "${lines[0]}" == *'"text":"The FERRY of Velo left the HARBOUR in the rain'*'"meta":{"raised":2}'* ]]
    [[ "${lines[0]}" == *'"provenance":[{"start":4,"end":9,"rawstart":4,"rawend":9,"rule":"exec"},{"start":27,"end":34,'* ]]
    [[ "${lines[1]}" == *'"raised":0'*'"provenance":[]'* ]]
}

@test "awk: answers in order, without numbers; records dropped with their rule" {
    interactive=
    if awk -W version 2>&1 </dev/null | grep -q mawk; then interactive='"-W", "interactive",'; fi
    config "\"awk\", $interactive \"-f\", \"$examples/length.awk\"" 'send = [];'
    run -0 --separate-stderr "$QUERN" run c.cfg a.jsonl
    [ "${#lines[@]}" -eq 1 ]
    [[ "${lines[0]}" == '{"id":"a"'* ]]
    [[ "$stderr" == *'1 records dropped by too-short'* ]]
}

@test "shell: entities with byte offsets come out in code points" {
    config "\"sh\", \"$examples/names.sh\"" 'offsets = "byte";'
    run -0 "$QUERN" run -q c.cfg a.jsonl
    [[ "${lines[0]}" == *'"ents":[{"start":13,"end":17,"label":"GPE"}]'* ]]
    [[ "${lines[1]}" == *'"ents":[{"start":0,"end":4,"label":"GPE"},{"start":11,"end":15,"label":"GPE"}]'* ]]
}

@test "a whole new text keeps what it shares with the old one" {
    config '"sed", "-u", "s/ferry/boat/; s/\"id\"[^,]*,//"'
    run -0 "$QUERN" run -q c.cfg a.jsonl
    [[ "${lines[0]}" == *'"text":"The boat of Velo'*'"provenance":[{"start":4,"end":8,"rawstart":4,"rawend":9,"rule":"exec"}]'* ]]
}

@test "many records, any number of workers: input order, every one once" {
    config '"cat"'
    awk 'BEGIN { for (i = 0; i < 3000; i++) { t = ""; for (k = 0; k < i % 300; k++) t = t "word " k " "; printf "{\"id\":\"%d\",\"text\":\"%s\"}\n", i, t } }' >many.jsonl
    "$QUERN" run -q -j 1 c.cfg many.jsonl -o one.jsonl
    "$QUERN" run -q -j 3 c.cfg many.jsonl -o three.jsonl
    cmp one.jsonl three.jsonl
    [ "$(grep -o '^{"id":"[0-9]*"' one.jsonl | tr -dc '0-9\n')" = "$(seq 0 2999)" ]
}

@test "a record that kills the program fails alone" {
    cat >dies.sh <<'X'
while IFS= read -r line; do
    case $line in *bad*) exit 3 ;; esac
    echo "$line"
done
X
    config '"sh", "dies.sh"'
    for i in 1 2 3 4 5; do echo "{\"id\":\"$i\",\"text\":\"good\"}"; done >m.jsonl
    sed -i '3s/good/bad/' m.jsonl
    run -2 --separate-stderr "$QUERN" run -j 1 c.cfg m.jsonl
    [ "${#lines[@]}" -eq 4 ]
    [[ "$stderr" == *'m.jsonl:3: no answer: the program ended with status 3'* ]]
    [[ "$stderr" == *'1 restarts'* ]]
}

@test "a program that is too slow is ended, and started again only so often" {
    printf 'read -r line; sleep 60\n' >slow.sh
    config '"sh", "slow.sh"' 'deadline = "200ms"; restarts = 1;'
    run -65 --separate-stderr timeout 20 "$QUERN" run -q -j 1 c.cfg a.jsonl
    [[ "$stderr" == *'started again 1 times'* ]]
    config '"sh", "slow.sh"' 'deadline = "200ms"; restarts = 5;'
    run -2 --separate-stderr timeout 20 "$QUERN" run -j 1 c.cfg a.jsonl
    [[ "$stderr" == *'no answer within 0.2 seconds'* ]]
    ! pgrep -f "$BATS_TEST_TMPDIR/slow.sh" >/dev/null
}

@test "what a program left in the background ends with it" {
    printf 'sleep 61 & echo $! >left; exec cat\n' >leaves.sh
    config '"sh", "leaves.sh"'
    # Without the pipe of a test's output: the one left behind would hold it open.
    timeout 20 "$QUERN" run -q -j 1 c.cfg a.jsonl >out.jsonl 2>err </dev/null
    [ "$(wc -l <out.jsonl)" -eq 2 ]
    # Gone, or dead and not yet collected by init.
    run ps -o stat= -p "$(cat left)"
    [[ "$output" == '' || "$output" == Z* ]] || { kill "$(cat left)"; return 1; }
}

@test "wrong answers fail their record, and say what is wrong" {
    answers()
    {
        printf 'while IFS= read -r line; do printf "%%s\\n" '"'%s'"'; done\n' "$1" >w.sh
        config '"sh", "w.sh"'
        head -n 1 a.jsonl >one.jsonl
        run -2 --separate-stderr "$QUERN" run c.cfg one.jsonl
        [[ "$stderr" == *"one.jsonl:1: the program's answer: "*"$2"* ]] || { echo "$stderr"; return 1; }
    }
    answers 'nonsense' 'expected'
    answers '{"ents":[{"start":5,"end":900}]}' 'outside the text'
    answers '{"ents":[{"start":5,"end":9},{"start":7,"end":12}]}' 'do not overlap'
    answers '{"edits":[{"start":5,"end":9,"with":"x"},{"start":1,"end":2,"with":"y"}]}' 'in order'
    answers '{"error":"I cannot read this"}' 'I cannot read this'
}

@test "a program that answers what nobody asked ends the run" {
    printf 'read -r line; echo "{\\"i\\":77}"\n' >w.sh
    config '"sh", "w.sh"'
    run -65 --separate-stderr "$QUERN" run -q c.cfg a.jsonl
    [[ "$stderr" == *'answered number 77, which it was not asked'* ]]
    printf 'read -r line; head -c 3000 /dev/zero | tr "\\0" x; sleep 5\n' >w.sh
    config '"sh", "w.sh"' 'max_answer = "2KiB";'
    run -74 --separate-stderr timeout 20 "$QUERN" run -q c.cfg a.jsonl
    [[ "$stderr" == *'an answer has more than 2048 bytes'* ]]
}

@test "a program that is not there is an error before any record" {
    config '"no-such-program"'
    run -74 --separate-stderr "$QUERN" run -q c.cfg a.jsonl -o out.jsonl
    [[ "$stderr" == *"cannot start 'no-such-program': No such file or directory"* ]]
    [ ! -e out.jsonl ]
    sed -i 's/command = \[[^]]*\];//' c.cfg
    run -78 "$QUERN" check c.cfg
}

@test "a program that closes its output and lives on is named as such" {
    config '"sh", "-c", "exec <&- >&-; sleep 30"' 'restarts = 0;'
    run -65 "$QUERN" run c.cfg a.jsonl
    [[ "$output" == *'the program closed its output and did not end'* ]]
}

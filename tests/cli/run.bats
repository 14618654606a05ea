# SPDX-License-Identifier: MIT
# tests/cli/run.bats - quern run as an operator meets it: outputs, workers, failing records,
# signals, exit statuses.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    echo 'version = 1; stages = ( { plugin = "files"; }, { plugin = "sentences"; }, { plugin = "tokens"; }, { plugin = "jsonl"; } );' >p.cfg
}

# N small documents as JSON lines.
documents()
{
    awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++)
        printf "{\"id\":\"d%d\",\"text\":\"Mr. Smith of no. %d spoke. He left at %d p.m. on foot.\"}\n", i, i, i % 12 }'
}

@test "without a sink, JSON lines go to standard output" {
    echo 'version = 1; stages = ( { plugin = "files"; }, { plugin = "sentences"; } );' >q.cfg
    run --separate-stderr -0 "$QUERN" run -q q.cfg - <<<'One. Two.'
    [[ "$output" == '{"id":"-","text":"One. Two.\n",'*'"sents":['* ]]
    [ -z "$stderr" ]
}

@test "the output is the same for any number of workers" {
    documents 3000 >in.jsonl
    for j in 1 2 3 8; do "$QUERN" run -q -j $j p.cfg in.jsonl -o out.$j; done
    [ "$(wc -l <out.1)" = 3000 ]
    for j in 2 3 8; do cmp out.1 out.$j; done
    "$QUERN" run -q -j 3 --set run.batch_records=7 p.cfg in.jsonl -o out.b
    cmp out.1 out.b
}

@test "the summary names every stage and says what limits the run" {
    documents 100 >in.jsonl
    run --separate-stderr -0 "$QUERN" run -j 1 p.cfg in.jsonl -o out
    [[ "${stderr_lines[0]}" == 'quern: 100 records in, 100 out; '*' (1 worker)' ]] || [[ "${stderr_lines[0]}" == 'quern: 100 records in, 100 out; '*', 1 worker)' ]]
    for stage in files sentences tokens jsonl; do [[ "$stderr" == *"  $stage "*" 100 "* ]]; done
    [[ "$stderr" == *'<- limits the run'* ]]
}

@test "a record that fails is named, the others come out, exit 2" {
    { documents 3; echo '{"id": "x"}'; documents 2; } >in.jsonl
    run --separate-stderr -2 "$QUERN" run -q -j 2 p.cfg in.jsonl -o out
    [ "$(wc -l <out)" = 5 ]
    [[ "$stderr" == *'in.jsonl:4'* ]]
}

@test "on_error = skip: exit 0 and not a word" {
    { documents 3; echo 'no json'; } >in.jsonl
    run --separate-stderr -0 "$QUERN" run -q --on-error skip p.cfg in.jsonl -o out
    [ "$(wc -l <out)" = 3 ]
    [ -z "$stderr" ]
}

@test "on_error = stop: exit 65 and no output" {
    { documents 3; echo 'no json'; } >in.jsonl
    run --separate-stderr -65 "$QUERN" run -q --on-error stop p.cfg in.jsonl -o out
    [[ "$stderr" == *'in.jsonl:4'* ]]
    [ ! -e out ]
}

@test "--limit: so many records are read, the first ones, whatever the batches and threads" {
    documents 200 >in.jsonl
    "$QUERN" run -q p.cfg in.jsonl -o all
    for n in 1 63 64 65 130 200 500; do
        "$QUERN" run -q --limit $n p.cfg in.jsonl -o out
        head -n $n all | cmp - out
    done
    "$QUERN" run -q -j 4 --set run.batch_records=3 --set run.limit=10 p.cfg in.jsonl in.jsonl -o out
    head -n 10 all | cmp - out
    run -64 "$QUERN" run -q --limit 0 p.cfg in.jsonl
    run -64 "$QUERN" run -q --limit 3x p.cfg in.jsonl
    # what is behind the limit is not even read
    mkfifo fifo
    { documents 3; exec sleep 60; } >fifo 3>&- &
    writer=$!
    timeout 30 "$QUERN" run -q --limit 3 p.cfg - -o out <fifo || true
    kill "$writer"
    [ "$(wc -l <out)" -eq 3 ]
}

@test "quarantine keeps the bytes and the reason" {
    printf 'fine\n' >a.txt
    printf 'caf\xe9\n' >b.txt
    run --separate-stderr -2 "$QUERN" run --on-error quarantine:q.jsonl p.cfg a.txt b.txt -o out
    [ "$(wc -l <out)" = 1 ]
    [ "$(cat q.jsonl)" = '{"id":"b.txt","bytes":"Y2Fm6Qo=","place":"b.txt","stage":"files","error":"the text is not UTF-8: byte 0xE9 at offset 3. Convert the input (iconv -t UTF-8), or put a stage that decodes before the others"}' ]
    [[ "$stderr" == *'1 records in quarantine: q.jsonl'* ]]
}

@test "an output file is replaced only by a whole one" {
    documents 10 >in.jsonl
    echo old >out
    run -66 "$QUERN" run -q p.cfg nowhere -o out
    [ "$(cat out)" = old ]
    "$QUERN" run -q p.cfg in.jsonl -o out
    [ "$(wc -l <out)" = 10 ]
    [ "$(ls -A | grep -c quern-)" = 0 ]
}

@test "a full disk is an error that is said, exit 74" {
    documents 10 >in.jsonl
    run --separate-stderr -74 "$QUERN" run -q p.cfg in.jsonl -o /dev/full
    [[ "$stderr" == *"cannot write '/dev/full'"*'No space left on device'* ]]
}

@test "an output that cannot be made: exit 73, before anything is read" {
    run -73 "$QUERN" run -q p.cfg - -o no/where
    [[ "$output" == *"cannot create 'no/where': No such file or directory"* ]]
}

@test "a reader that goes away ends the run quietly" {
    documents 20000 >in.jsonl
    { "$QUERN" run p.cfg in.jsonl 2>err || echo $? >status; } | head -n 1 >first
    [ "$(wc -l <first)" = 1 ]
    [ "$(cat status)" = 141 ]
    [ ! -s err ]
}

@test "SIGTERM finishes what is under way and keeps it, exit 143" {
    { documents 50; sleep 20; } | { "$QUERN" run -q p.cfg - -o out & echo $! >pid; wait $! || echo $? >status; } &
    for i in $(seq 100); do [ -s pid ] && ls -A | grep -q quern- && break; sleep 0.1; done
    sleep 1
    kill -TERM "$(cat pid)"
    for i in $(seq 100); do [ -s status ] && break; sleep 0.1; done
    pkill -P $! sleep || true
    [ "$(cat status)" = 143 ]
    [ -f out ]
}

@test "wrong command lines: exit 64" {
    run -64 "$QUERN"
    run -64 "$QUERN" rnu
    run -64 "$QUERN" run
    run -64 "$QUERN" run -j x p.cfg
    run -64 "$QUERN" run --nonsense p.cfg
    run -64 "$QUERN" plugins lst
}

@test "help and version go to standard output, exit 0" {
    run --separate-stderr -0 "$QUERN" --version
    [ "${lines[0]}" = "quern $(sed -n 's/^AC_INIT(\[quern\], \[\([^]]*\)\].*/\1/p' "$top_srcdir/configure.ac")" ]
    for c in run check plugins help; do
        run --separate-stderr -0 "$QUERN" help $c
        [[ "${lines[0]}" == "usage: quern $c"* ]]
        [ -z "$stderr" ]
    done
}

@test "standard error has no colour and no progress line when it is no terminal" {
    documents 10 >in.jsonl
    "$QUERN" run p.cfg in.jsonl -o out 2>err
    run -1 grep -q $'\033\|\r' err
}

@test "a terminal gets a progress line with share and rate, unless NO_COLOR or CI is set" {
    script -qec true /dev/null || skip "no pseudo-terminal can be made here"
    documents 120000 >in.jsonl
    TERM=xterm CI= NO_COLOR= script -qec "'$QUERN' run -j 1 p.cfg in.jsonl -o out" /dev/null | tr '\r' '\n' >seen
    grep -q 'records, [0-9]*%, .*/s' seen
    for off in CI NO_COLOR; do
        env TERM=xterm CI= NO_COLOR= $off=1 script -qec "'$QUERN' run -j 1 p.cfg in.jsonl -o out" /dev/null | tr '\r' '\n' >seen
        run -1 grep -q 'records, [0-9]*%' seen
    done
}

@test "a second SIGINT stops at once: exit 130, nothing left behind" {
    mkfifo in
    { documents 500; sleep 30; } >in &
    feeder=$!
    "$QUERN" run -q p.cfg in -o out 2>/dev/null &
    pid=$!
    for i in $(seq 100); do ls -A | grep -q quern- && break; sleep 0.1; done
    sleep 0.5
    kill -STOP "$pid" # both signals are there before it can drain
    kill -INT "$pid"
    kill -CONT "$pid"
    kill -TERM "$pid"
    status=0
    wait "$pid" || status=$?
    pkill -P "$feeder" || true
    kill "$feeder" 2>/dev/null || true
    [ "$status" = 130 ] || [ "$status" = 143 ]
    [ "$(ls -A | grep -c quern-)" = 0 ]
}

@test "a command that is none: what was probably meant" {
    run -64 "$QUERN" chek p.cfg
    [[ "$output" == *"'chek' is not a command - did you mean 'check'?"* ]]
    run -64 "$QUERN" frobnicate
    [[ "$output" == *"'frobnicate' is not a command"* ]]
    [[ "$output" != *'did you mean'* ]]
}

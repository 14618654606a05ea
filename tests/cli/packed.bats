# SPDX-License-Identifier: MIT
# tests/cli/packed.bats - records packed by gzip or zstd are read by every command that reads records,
# and damage is told of, never taken for the end.
bats_require_minimum_version 1.5.0
load ../common

setup() {
    cd "$BATS_TEST_TMPDIR"
    for i in 1 2 3; do
        printf '{"id":"%s","text":"The ferry %s is late.","ents":[]}\n' $i $i
    done >r.jsonl
}

# needs_zstd: skips where nothing can pack, or quern was built without.
needs_zstd() {
    command -v zstd >/dev/null || skip "no zstd to pack with"
    zstd -q r.jsonl
    run "$QUERN" diff -q r.jsonl r.jsonl.zst
    if [[ "$output" == *'built without libzstd; unpack it first'* ]]; then
        [ "$status" -eq 66 ]
        skip "built without libzstd"
    fi
}

@test "zstd is read by view, report, diff and eval; by its first bytes, not its name" {
    needs_zstd
    run -0 "$QUERN" diff r.jsonl r.jsonl.zst
    mv r.jsonl.zst packed
    "$QUERN" view --title t r.jsonl >plain.html
    "$QUERN" view --title t packed >packed.html
    cmp plain.html packed.html
    "$QUERN" view --title t - <packed >packed.html
    cmp plain.html packed.html
    "$QUERN" report --title t r.jsonl >plain.html
    "$QUERN" report --title t packed >packed.html
    cmp plain.html packed.html
    cmp <("$QUERN" eval --bootstrap 0 --json r.jsonl r.jsonl) <("$QUERN" eval --bootstrap 0 --json packed packed)
}

@test "zstd: frames one behind the other, frames to skip, and lines longer than any buffer" {
    needs_zstd
    head -1 r.jsonl | zstd -q >p
    printf '\x53\x2a\x4d\x18\x03\x00\x00\x00abc' >>p
    tail -n +2 r.jsonl | zstd -q >>p
    run -0 "$QUERN" diff r.jsonl p
    awk 'BEGIN { for (k = 0; k < 4; k++) { printf "{\"id\":\"%d\",\"text\":\"", k
         for (i = 0; i < 100000; i++) printf "word%d ", i * (k + 1) % 7919; print "\"}" } }' >long.jsonl
    zstd -q long.jsonl
    run -0 "$QUERN" diff long.jsonl long.jsonl.zst
    "$QUERN" view --title t long.jsonl >a.html
    "$QUERN" view --title t long.jsonl.zst >b.html
    cmp a.html b.html
    printf '' | zstd -q >nothing.zst
    run -1 "$QUERN" diff nothing.zst r.jsonl
}

@test "zstd that ends too early or is damaged is an error" {
    needs_zstd
    size=$(stat -c %s r.jsonl.zst)
    for keep in 6 $((size / 2)) $((size - 1)); do
        head -c $keep r.jsonl.zst >cut
        run -66 "$QUERN" view cut -o p.html
        [[ "$output" == *'cut: the zstd data ends too early'* ]]
        run "$QUERN" eval cut r.jsonl
        [ "$status" -eq 66 ]
    done
    { head -c $((size - 2)) r.jsonl.zst; printf 'xx'; } >bad
    run -66 "$QUERN" view bad -o p.html
    [[ "$output" == *'bad: damaged zstd data: '* ]]
    [ ! -e p.html ]
}

@test "gzip that ends too early is an error for every command" {
    gzip -c r.jsonl | head -c 60 >cut
    for c in "view cut -o p.html" "report cut -o p.html" "diff cut r.jsonl" "eval cut r.jsonl"; do
        run "$QUERN" $c
        [ "$status" -eq 66 ]
        [[ "$output" == *'cut: the gzip data ends too early'* ]]
    done
    [ ! -e p.html ]
}

@test "what only looks packed is taken as it is" {
    printf '(\xb5' >short
    run "$QUERN" view short -o p.html
    [[ "$output" != *zstd* ]]
    : >empty
    run -0 "$QUERN" diff empty empty
}

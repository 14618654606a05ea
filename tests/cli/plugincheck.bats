# SPDX-License-Identifier: MIT
# tests/cli/plugincheck.bats - quern plugins check: every planted fault is found by the test that is there for
# it, and a plugin that is right passes.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    [ -z "${INSTRUMENTED:-}" ] || skip "a plugin that crashes ends differently with $INSTRUMENTED"
    cd "$BATS_TEST_TMPDIR"
}

# faulty FAULT: builds faulty.so with it.
faulty()
{
    $CC -std=gnu11 -O1 -shared -fPIC -fvisibility=hidden -DFAULT_"$1" -I "$top_srcdir/include" -o faulty.so \
        "$top_srcdir/tests/check/faulty.c"
}

# finds FAULT TEST WORDS [OPTION...]: that test fails, with these words.
finds()
{
    local fault=$1 test=$2 words=$3
    shift 3
    faulty "$fault"
    run -1 "$QUERN" plugins check ./faulty.so --deadline 20 "$@"
    [[ "$output" == *"FAILED $test"*"$words"* ]] || { echo "$fault: $output"; false; }
}

@test "a plugin without a fault passes, a folder before its name or not" {
    faulty none
    run -0 "$QUERN" plugins check faulty.so
    [[ "$output" != *FAILED* ]]
    [[ "$output" == *'0 failed'* ]]
}

@test "level 1: what is not bound, what is given out" {
    faulty unbound
    run -69 "$QUERN" plugins check ./faulty.so
    [[ "$output" == *nobody_has_this* ]]
    faulty constructor
    run -69 "$QUERN" plugins check ./faulty.so
    [[ "$output" == *'crashes when it is loaded: signal 6'* ]]
    finds symbol 'loading: one symbol' 'an_open_symbol' --level 1
}

@test "level 2: help and licence" {
    finds help 'descriptor' 'option every: its help ends with a full stop' --level 2
    finds license 'descriptor' 'names no licence' --level 2
}

@test "level 3: what is left behind or changed in the program" {
    finds file 'life: opened and closed' 'files open' --only hundred
    finds locale 'life: opened and closed' 'changed the locale' --only hundred
    finds folder 'life: opened and closed' 'changed the working folder' --only hundred
    finds signal 'life: opened and closed' 'changed what signal 12 does' --only hundred
    finds print 'life: opened and closed' 'printed "hello"' --only hundred
}

@test "level 4: crashes, exits, hangs" {
    finds crash 'documents: no text at all' 'crashed: signal 11' --only 'no text'
    finds exit 'documents: NUL' 'ended the program with status 3' --only NUL
    finds hang 'documents: 10 MB on one line' 'did not end within 1 seconds' --only 'on one line' --deadline 1
}

@test "level 4: spans and texts that cannot be" {
    finds range 'documents: one byte' 'in a text of 1 bytes' --only 'one byte'
    finds boundary 'documents: characters' 'cuts a character in two' --only 'every length'
    finds order 'documents: news' 'not sorted' --only news
    finds label 'documents: news' 'the label 60000, which is no name' --only news
    finds utf8 'documents: news' 'no longer UTF-8' --only news
    finds wordless 'documents: one byte' 'failed without a reason' --only 'one byte'
    finds undeclared 'documents: only what is declared' 'writes the layer surprise' --only declared
}

@test "level 5: another answer the next time; random documents, found again by their seed" {
    finds twice 'same answer: asked twice' 'comes out differently' --only twice
    faulty random
    found=
    for seed in 1 100 200 300 400 500; do
        "$QUERN" plugins check ./faulty.so --reproduce $seed >out || { found=$seed; break; }
    done
    [ -n "$found" ]
    grep -q 'crashed: signal 6' out
    run -1 "$QUERN" plugins check ./faulty.so --reproduce "$found"
}

@test "TAP, levels, options, and what cannot be tried" {
    faulty none
    run -0 "$QUERN" plugins check ./faulty.so --level 2 --format tap
    [ "${lines[0]}" = 'ok 1 - loading: every symbol is bound' ]
    [ "${lines[-1]}" = 1..3 ]
    run -64 "$QUERN" plugins check
    run -64 "$QUERN" plugins check ./faulty.so --level 9
    run -64 "$QUERN" plugins check ./faulty.so --only 'no such test'
    run -69 "$QUERN" plugins check ./nowhere.so
    run -1 "$QUERN" plugins check mask
    [[ "$output" == *"needs the option 'kinds'"*'--set'* ]]
    run -0 "$QUERN" plugins check mask --set 'kinds=["email"]' --only news
    run -1 "$QUERN" plugins check ./faulty.so --set every=1000 --only hundred
}

@test "in the same process, for a debugger" {
    faulty range
    run -1 "$QUERN" plugins check ./faulty.so --in-process --only 'one byte'
    [[ "$output" == *'in a text of 1 bytes'* ]]
}

@test "every plugin that ships passes" {
    for p in $("$QUERN" plugins list | awk '{ print $1 }'); do
        case $p in
        mask) set -- --set 'kinds=["email","phone","card","ip","iban"]' ;;
        exec) set -- --set 'command=["cat"]' ;;
        lua) set -- --set 'code="function process(doc) end"' ;;
        digest) set -- --set key=topic ;;
        *) set -- ;;
        esac
        "$QUERN" plugins check "$p" "$@" --deadline 120 >out || { cat out; false; }
    done
}

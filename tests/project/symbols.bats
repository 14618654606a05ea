# SPDX-License-Identifier: MIT
# tests/project/symbols.bats - what the built plugins and the library offer to and ask of the rest
# of the world, read from their symbol tables.
load ../common

setup()
{
    [ "$QUERN_STATIC_PLUGINS" != yes ] || skip "the plugins are part of the program"
    [ -z "$INSTRUMENTED" ] || skip "instrumented code has symbols of its own"
}

built_plugins()
{
    local p
    for p in $plugins; do
        echo "$top_builddir/.libs/$p.so"
    done
}

# Functions that end the process, jump over its owner's frames or print to its standard output.
forbidden=' (exit|_exit|_Exit|quick_exit|abort|longjmp|_longjmp|siglongjmp|__assert_fail|printf|vprintf|puts|putchar|perror|__printf_chk|__vprintf_chk|__longjmp_chk)(@|$)'

# asked_for PATTERN FILES: the undefined symbols that match, with their file.
asked_for()
{
    local pattern=$1 so
    shift
    for so in "$@"; do
        nm -D --undefined-only "$so" | grep -E "$pattern" | sed "s|^|$so:|"
    done
}

@test "every plugin exports exactly one symbol" {
    for so in $(built_plugins); do
        run nm -D --defined-only "$so"
        echo "$so: $output"
        [ "${#lines[@]}" -eq 1 ]
        [[ "${lines[0]}" == *quern_plugin ]]
    done
}

@test "no plugin can exit, abort, jump away or print" {
    complain "$(asked_for "$forbidden" $(built_plugins))"
}

@test "no plugin needs a symbol of the program or of libquern" {
    complain "$(asked_for ' qn_' $(built_plugins))"
}

@test "libquern can neither exit, abort nor print on standard output" {
    complain "$(asked_for "$forbidden" "$top_builddir/.libs/libquern.so")"
}

# The functions of quern/run.h.
declared()
{
    grep -o 'qn_[a-z_]*(' "$top_srcdir/include/quern/run.h" | tr -d '(' | grep -v '^qn_live$' | sort -u
}

@test "libquern exports what quern/run.h declares, under a version, and nothing else" {
    run nm -D --defined-only "$top_builddir/.libs/libquern.so"
    [ "$(declared | wc -l)" -gt 20 ]
    complain "$(diff <(declared) <(awk '$3 ~ /^qn_/ { sub(/@@QUERN_1\.[0-9]+$/, "", $3); print $3 }' \
        <<<"$output" | sort))"
    complain "$(grep -v ' qn_\| A QUERN_1' <<<"$output")"
}

@test "libquern.so.1 is the name that programs are linked with" {
    readelf -d "$top_builddir/.libs/libquern.so" | grep -q 'SONAME.*\[libquern\.so\.1\]'
}

# SPDX-License-Identifier: MIT
# tests/cli/manual.bats - the manual page and the program agree: every command, option, exit status
# and environment variable that one knows, the other tells.
load ../common

page=docs/quern.1

setup()
{
    cd "$top_srcdir"
}

commands()
{
    "$QUERN" help | sed -n 's/^  quern \([a-z][a-z]*\) .*/\1/p'
}

@test "the manual describes every command" {
    [ "$(commands | wc -l)" -ge 4 ]
    for c in $(commands); do
        grep -qE "^\.It Cm $c" "$page" || { echo "missing: $c"; return 1; }
    done
}

@test "the manual describes every option of every command" {
    for c in $(commands); do
        "$QUERN" help "$c"
    done | grep -oE '^ +(-[a-z], )?--[a-z0-9-]+' | grep -oE -- '--[a-z0-9-]+' | sort -u >"$BATS_TEST_TMPDIR/o"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/o")" -ge 6 ]
    while read -r option; do
        grep -qE "^\.It.* Fl -${option#--}( |$)" "$page" || { echo "missing: $option"; return 1; }
    done <"$BATS_TEST_TMPDIR/o"
}

@test "the program takes every option that the manual describes" {
    for c in $(commands); do
        "$QUERN" help "$c"
    done >"$BATS_TEST_TMPDIR/help"
    grep -oE '^\.It.* Fl -[a-z0-9-]+' "$page" | sed 's/.* Fl -/--/' | while read -r option; do
        grep -q -- "$option" "$BATS_TEST_TMPDIR/help" || { echo "unknown: $option"; return 1; }
    done
}

@test "the manual lists every exit status that help lists" {
    "$QUERN" help run | sed -n '/^exit status/,$p' | grep -oE '(^|[ ;:])[0-9]{1,2} ' | tr -d ' ;:' |
        sort -u >"$BATS_TEST_TMPDIR/s"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/s")" -ge 8 ]
    while read -r status; do
        grep -qx "\.It $status" "$page" || { echo "missing: $status"; return 1; }
    done <"$BATS_TEST_TMPDIR/s"
}

@test "the manual describes every QUERN_ variable that the sources read" {
    complain "$(grep -rhoE 'getenv\("QUERN_[A-Z_]+' core | sed 's/.*"//' | sort -u |
        while read -r name; do grep -q "^\.It Ev $name\$" "$page" || echo "missing: $name"; done)"
}

@test "the manual is correct mdoc" {
    command -v mandoc >/dev/null || skip "mandoc is not installed"
    mandoc -T lint -W warning docs/*.[1-8]
}

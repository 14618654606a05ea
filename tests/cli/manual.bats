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

@test "every command has a page of its own that names all its options" {
    for c in $("$QUERN" help --names); do
        SOURCE_DATE_EPOCH=1790000000 "$QUERN" help "$c" --man >"$BATS_TEST_TMPDIR/quern-$c.1"
        "$QUERN" help "$c" | grep -oE '^ +(-[a-z], )?--[a-z0-9-]+' | grep -oE -- '--[a-z0-9-]+' | sort -u |
            while read -r option; do
                tr -d '\\' <"$BATS_TEST_TMPDIR/quern-$c.1" | grep -q -- "$option" ||
                    { echo "quern-$c.1: $option"; exit 1; }
            done
    done
    grep -qx '.Dd September 21, 2026' "$BATS_TEST_TMPDIR/quern-run.1"
    grep -q '^.Sh EXIT STATUS' "$BATS_TEST_TMPDIR/quern-run.1"
    command -v mandoc >/dev/null || skip "mandoc is not installed"
    mandoc -T lint -W warning "$BATS_TEST_TMPDIR"/*.1
}

@test "every plugin has a page that names all its options" {
    for p in $("$QUERN" plugins list | awk '{ print $1 }'); do
        "$QUERN" plugins show "$p" --man >"$BATS_TEST_TMPDIR/quern-$p.7"
        "$QUERN" plugins show "$p" |
            awk '/^  options:/ { on = 1; next } /^  [a-z]/ { on = 0 } on && /^    [a-z_]/ { print $1 }' |
            while read -r option; do
                grep -qxF -- ".It \\&$option" "$BATS_TEST_TMPDIR/quern-$p.7" || { echo "$p: $option"; exit 1; }
            done
    done
    command -v mandoc >/dev/null || skip "mandoc is not installed"
    mandoc -T lint -W warning "$BATS_TEST_TMPDIR"/*.7
}

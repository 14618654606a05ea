# SPDX-License-Identifier: MIT
# tests/project/sources.bats - rules that the source tree itself keeps: floors, headers, sizes.
load ../common
# In two pieces, so that tools that read licence lines do not take this one for another.
licence="SPDX-License-""Identifier: MIT"

setup()
{
    cd "$top_srcdir" || return 1
}

c_files()
{
    find core plugins include examples tests tools \( -name '*.c' -o -name '*.h' \) -print | sort
}

floors()
{
    find "$@" \( -name '*.c' -o -name '*.h' \) -print | sort | xargs awk -f \
        "$top_srcdir/tests/project/floors.awk"
}

@test "no file includes one of a higher floor, none includes in circles" {
    complain "$(floors core plugins)"
}

@test "the floors test sees what it is there to see" {
    cd "$BATS_TEST_TMPDIR"
    mkdir -p core/text plugins/a plugins/b
    printf '#include "run.h"\n' >core/batch.c
    printf '#include "b.h"\n' >core/text/a.h
    printf '#include "text/a.h"\n' >core/text/b.h
    printf '#include <quern/record.h>\n' >core/text/c.c
    printf '\n' >core/run.h
    printf '\n' >core/novel.c
    printf '#include "run.h"\n#include "b.h"\n#include "gone.h"\n' >plugins/a/a.c
    printf '\n' >plugins/b/b.h
    out=$(floors core plugins)
    echo "$out"
    [ "$(wc -l <<<"$out")" -eq 7 ]
    grep -q '^core/batch.c:1: "run.h": is on a higher floor' <<<"$out"
    grep -q '^core/text/b.h:1: circle' <<<"$out"
    grep -q '^core/text/c.c:1: core/text is pure' <<<"$out"
    grep -q '^core/novel.c: which floor' <<<"$out"
    grep -q '^plugins/a/a.c:1: "run.h": a plugin includes' <<<"$out"
    grep -q '^plugins/a/a.c:2: "b.h": no such file' <<<"$out"
    grep -q '^plugins/a/a.c:3: "gone.h": no such file' <<<"$out"
}

@test "every C file opens with its licence and says what it is for" {
    complain "$(c_files | while read -r f; do
        awk -v first="/* $licence */" 'NR == 1 && $0 != first { bad = "no licence line" }
             NR == 2 && !/^\/\* [a-z]/ { bad = bad "; no comment that says what it is for" }
             END { if (bad != "") print FILENAME ": " bad }' "$f"
    done)"
}

@test "every script and makefile fragment opens with its licence" {
    complain "$(find . \( -path ./build -o -path ./.git -o -path ./autom4te.cache \) -prune -o \
        \( -name '*.mk' -o -name '*.bats' -o -name '*.bash' -o -name '*.awk' -o -name '*.sh' \
        -o -name configure.ac -o -name Makefile.am -o -name '*.py' \) -print |
        grep -v '^./build-aux/' | sort | while read -r f; do
        head -n 3 "$f" | grep -q "$licence" || echo "$f: no licence line"
    done)"
}

# Files called *_data are written by a tool.
@test "no source file is longer than 700 lines" {
    complain "$(c_files | grep -v '_data\.[ch]$' | xargs wc -l | awk '$2 != "total" && $1 > 700')"
}

#!/bin/sh
# SPDX-License-Identifier: MIT
# check.sh - tests quern on a Debian 12 machine, from nothing: installs the packages that are
# missing (asks first on a terminal; --no-install: never), builds in ./build, runs every test and
# ends with the line "N passed, N failed". Exit status 0 when none failed.
set -eu
cd "$(dirname "$0")"
option=${1:-}
case $option in
'' | --no-install) ;;
*) echo 'usage: ./check.sh [--no-install]' >&2; exit 64 ;;
esac
. tools/setup.sh
quern_setup libcmocka-dev bats g++ zstd

say "testing (log: build/check.log)"
log=build/check.log
make -C build -k -j "$(nproc)" check >"$log" 2>&1 || true
# "FAIL: file 3 what it proves" and the like; details stand in build/test-suite.log.
grep -E '^(FAIL|ERROR|XPASS|SKIP):' "$log" || true
awk '/^# PASS: / { passed += $3 } /^# SKIP: / { skipped += $3 }
    /^# (FAIL|ERROR|XPASS): / { failed += $3 } /^# TOTAL: / { total += $3 }
    END {
        if (total == 0) { print "no test ran: see build/check.log" > "/dev/stderr"; failed = 1 }
        if (failed) print "details: build/check.log, build/test-suite.log"
        printf "%d passed, %d failed", passed, failed
        print skipped ? ", " skipped " skipped" : ""
        exit failed > 0
    }' "$log"

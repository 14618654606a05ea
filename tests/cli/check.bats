# SPDX-License-Identifier: MIT
# tests/cli/check.bats - every mistake that a config can hold, with the exact words it is answered
# with: tests/config/NAME.cfg against NAME.out.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cp -R "$top_srcdir/tests/config" "$BATS_TEST_TMPDIR/c"
    chmod -R u+w "$BATS_TEST_TMPDIR/c"
    cd "$BATS_TEST_TMPDIR/c"
    unset XDG_DATA_HOME HOME QUERN_TEST_UNSET
}

# The folders searched are this machine's.
words()
{
    "$QUERN" check "$@" 2>&1 | sed 's/not found in .*/not found in .../'
}

check_golden()
{
    words "$1.cfg" | diff "$1.out" - || return 1
    run -78 "$QUERN" check -q "$1.cfg"
}

@test "bad escape" { check_golden bad-escape; }
@test "bare words" { check_golden bare-words; }
@test "byte order mark" { check_golden byte-order-mark; }
@test "columns" { check_golden columns; }
@test "comment not closed" { check_golden comment-not-closed; }
@test "control bytes" { check_golden control-bytes; }
@test "dotted name" { check_golden dotted-name; }
@test "duplicate id" { check_golden duplicate-id; }
@test "duplicate key" { check_golden duplicate-key; }
@test "empty stages" { check_golden empty-stages; }
@test "group not closed" { check_golden group-not-closed; }
@test "include circle" { check_golden include-circle; }
@test "include missing" { check_golden include-missing; }
@test "include place" { check_golden include-place; }
@test "integer too large" { check_golden integer-too-large; }
@test "missing comma" { check_golden missing-comma; }
@test "missing plugin" { check_golden missing-plugin; }
@test "missing value" { check_golden missing-value; }
@test "mixed array" { check_golden mixed-array; }
@test "inputs and outputs that are not there: exit 66" {
    words needs-path.cfg | diff needs-path.out -
    run -66 "$QUERN" check -q needs-path.cfg
}
@test "newer version" { check_golden newer-version; }
@test "no plugin named" { check_golden no-plugin-named; }
@test "no stages" { check_golden no-stages; }
@test "no version" { check_golden no-version; }
@test "not a choice" { check_golden not-a-choice; }
@test "not utf8" { check_golden not-utf8; }
@test "nul byte" { check_golden nul-byte; }
@test "odd numbers" { check_golden odd-numbers; }
@test "order" { check_golden order; }
@test "out of range" { check_golden out-of-range; }
@test "plugin_path of a wrong type" { check_golden plugin-path-type; }
@test "an escape at the end of a line" { check_golden string-line-end; }
@test "string not closed" { check_golden string-not-closed; }
@test "trailing comma" { check_golden trailing-comma; }
@test "units" { check_golden units; }
@test "unknown option" { check_golden unknown-option; }
@test "unknown run option" { check_golden unknown-run-option; }
@test "unknown top level" { check_golden unknown-top-level; }
@test "unmet need" { check_golden unmet-need; }
@test "use circle" { check_golden use-circle; }
@test "variables" { check_golden variables; }
@test "wrong type" { check_golden wrong-type; }

@test "an include that fans out is cut off" {
    mkdir f && cd f
    for i in $(seq 70); do echo '# nothing' >"$i.inc"; echo "@include \"$i.inc\""; done >fan.cfg
    run -78 "$QUERN" check fan.cfg
    [ "${lines[0]}" = 'fan.cfg:64:11: error[E0405]: more than 64 files are included' ]
}

@test "an include in a list is one mistake, with what to do instead" {
    printf 'version = 1;\nstages = ( { plugin = "files"; },\n@include "rest.inc"\n  { plugin = "jsonl"; } );\n' >p.cfg
    run -78 "$QUERN" check p.cfg
    [[ "$output" == *'p.cfg:3:1: error[E0401]: @include stands between settings, not in a list'* ]]
    [[ "$output" == *'{ use = "common"; }'* ]]
    [[ "$output" == *'1 error, 0 warnings'* ]]
    printf 'common = ( { plugin = "fixtext"; } );\n' >rest.inc
    printf 'version = 1;\n@include "rest.inc"\nstages = ( { plugin = "files"; }, { use = "common"; }, { plugin = "jsonl"; } );\n' >p.cfg
    run -0 "$QUERN" check p.cfg
}

@test "a pipe or a device that is included is refused, not waited for" {
    mkfifo pipe.inc
    for path in "$PWD/pipe.inc" /dev/zero; do
        printf 'version = 1;\n@include "%s"\n' "$path" >pipe.cfg
        run -78 timeout 10 "$QUERN" check pipe.cfg
        [[ "$output" == *"pipe.cfg:2:11: error[E0501]: cannot read '$path': it is a pipe or a device"* ]]
    done
}

@test "a file of more than 1 MiB is refused" {
    { echo 'version = 1;'; head -c 1100000 /dev/zero | tr '\0' ' '; } >big.cfg
    run -78 "$QUERN" check big.cfg
    [ "${lines[0]}" = "big.cfg: error[E0405]: 'big.cfg': a config may have 1 MiB, with all that it includes" ]
}

@test "groups nested more than 32 deep are refused" {
    { printf 'a = '; printf '( %.0s' $(seq 40); } >deep.cfg
    run -78 "$QUERN" check deep.cfg
    [ "${lines[0]}" = 'deep.cfg:1:69: error[E0405]: nested more than 32 deep' ]
}

@test "a config that is not there" {
    run -78 "$QUERN" check nowhere.cfg
    [ "${lines[0]}" = "nowhere.cfg: error[E0501]: cannot read 'nowhere.cfg': No such file or directory" ]
}

@test "a plugin that cannot be loaded is named with the linker's words, exit 69" {
    mkdir p && echo 'not an object' >p/broken.so
    echo 'version = 1; stages = ( { plugin = "files"; }, { plugin = "broken"; } );' >b.cfg
    QUERN_PLUGIN_PATH="$PWD/p:$QUERN_PLUGIN_PATH" run -69 "$QUERN" check b.cfg
    [ "${lines[0]}" = "b.cfg:1:59: error[E0102]: cannot load plugin 'broken'" ]
    [[ "$output" == *"p/broken.so: file too short"* || "$output" == *"p/broken.so: invalid ELF header"* ]]
}

@test "a stage that is right is opened although another is wrong, and nothing is made" {
    printf '%s\n' 'version = 1; stages = ( { plugin = "files"; }, { plugin = "fixtxt"; },' \
        '{ plugin = "junklines"; rules = "none.rules"; }, { plugin = "sentences"; gaps = 1; },' \
        '{ plugin = "jsonl"; path = "made.jsonl"; }, { plugin = "text"; path = "/no/such/out"; } );' >w.cfg
    run -78 "$QUERN" check w.cfg
    [[ "$output" == *"w.cfg:1:59: error[E0101]"*"w.cfg:2:12: error[E0103]: junklines: "*"none.rules"*"w.cfg:2:81: error[E0202]"*"w.cfg:3:56: error[E0504]"*'4 errors'* ]]
    [ ! -e made.jsonl ]
    run -78 "$QUERN" run w.cfg
    [[ "$output" != *"cannot open"* ]]
    [ ! -e made.jsonl ]
}

@test "more than 20 mistakes are counted" {
    { echo 'version = 1; stages = ('; for i in $(seq 30); do echo '{ plugin = x; },'; done; echo ');'; } >many.cfg
    run -78 "$QUERN" check many.cfg
    [ "${lines[-2]}" = '(11 more are not shown)' ]
    [ "${lines[-1]}" = '31 errors, 0 warnings' ]
}

@test "--format=gnu is one line a mistake, for editors" {
    run -78 "$QUERN" check --format=gnu unknown-option.cfg
    [ "$output" = "unknown-option.cfg:2:32: error: unknown option 'pth' for plugin 'files'; did you mean 'path'? [E0203]" ]
}

@test "--format=json is one object a line" {
    run -78 "$QUERN" check --format=json no-version.cfg
    [ "$output" = '{"severity":"error","code":"E0407","file":"no-version.cfg","message":"the config does not say its version","help":"write version = 1; at the top"}' ]
}

@test "--set changes an option and its mistakes are found" {
    echo 'version = 1; stages = ( { plugin = "files"; }, { plugin = "jsonl"; } );' >s.cfg
    "$QUERN" check -q --set jsonl.level=9 --set run.workers=2 s.cfg
    run -78 "$QUERN" check --set jsonl.level=12 --set josnl.x=1 --set files s.cfg
    [ "${lines[0]}" = "--set: error[E0210]: no stage has the id 'josnl'" ]
    [ "${lines[1]}" = "        = did you mean 'jsonl'?" ]
    [ "${lines[2]}" = "--set: error[E0210]: expected STAGE.OPTION=VALUE, found 'files'" ]
    [ "${lines[3]}" = "--set: error[E0204]: 'level' is 12, the largest allowed is 9" ]
}

# fan NAME USES: lists l0 to l6, each using the next USES times, the last with one stage NAME.
fan()
{
    echo 'version = 1;'
    for i in 0 1 2 3 4 5; do
        echo "l$i = ("
        for _ in $(seq 2 "$2"); do echo "{ use = \"l$((i + 1))\"; },"; done
        echo "{ use = \"l$((i + 1))\"; });"
    done
    echo "l6 = ( { plugin = \"$1\"; } ); stages = ( { use = \"l0\"; } );"
}

@test "lists that use lists are cut off" {
    fan files 40 >fan.cfg
    run -78 timeout 20 "$QUERN" check --format=gnu fan.cfg
    [[ "$output" == *': error: more than 1000 stages, with those of the lists used [E0405]'* ]]
}

@test "more than 1,000 stages are a mistake, not a shorter pipeline" {
    { echo 'version = 1; stages = ( { plugin = "files"; },'; for i in $(seq 1000); do
        echo "{ plugin = \"fixtext\"; id = \"i$i\"; },"; done; echo '{ plugin = "jsonl"; } );'; } >long.cfg
    run -78 "$QUERN" check long.cfg
    [ "${lines[0]}" = 'long.cfg:1001:1: error[E0405]: more than 1000 stages, with those of the lists used' ]
}

@test "a file that is no config at all ends soon" {
    head -c 1000000 /dev/zero | tr '\0' ')' >no.cfg
    run -78 timeout 20 "$QUERN" check no.cfg
    [ "${lines[-1]}" = '200 errors, 0 warnings' ]
}

@test "--set takes paths that look like numbers, and names a stage by its plugin" {
    echo 'version = 1; stages = ( { id = "in"; plugin = "files"; path = "s.cfg"; },
        { id = "a"; plugin = "fixtext"; }, { id = "b"; plugin = "fixtext"; },
        { id = "out"; plugin = "jsonl"; } );' >s.cfg
    "$QUERN" check -q --set out.path=- --set jsonl.path=2b --set jsonl.path=1.2.3 s.cfg
    run -78 "$QUERN" check --set fixtext.x=1 s.cfg
    [ "${lines[0]}" = "--set: error[E0210]: 2 stages have the plugin 'fixtext'" ]
}

@test "--set heeds on_error and leaves what makes a stage" {
    echo 'version = 1; stages = ( { plugin = "files"; path = "s.cfg"; }, { plugin = "jsonl"; } );' >s.cfg
    run -78 "$QUERN" check --set jsonl.on_error=skp s.cfg
    [ "${lines[0]}" = "--set: error[E0206]: 'on_error' cannot be \"skp\"" ]
    run -78 "$QUERN" check --set jsonl.plugin=5 s.cfg
    [ "${lines[0]}" = "--set: error[E0210]: 'plugin' is set in the config only" ]
}

@test "every code has its help" {
    for code in $(sed -n 's/.*error\[\(E[0-9]*\)\].*/\1/p' *.out | sort -u); do
        "$QUERN" help "$code" >/dev/null
    done
}

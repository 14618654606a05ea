# SPDX-License-Identifier: MIT
# tests/install/abi.bats - old, new, foreign and broken plugins: what must load loads, what must not
# is refused with words that name the file and the reason.
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    printf 'Some text.\n' >a.txt
    cat >v.cfg <<'EOF'
version = 1;
stages = (
    { plugin = "files"; path = "a.txt"; },
    { plugin = "variant"; },
    { plugin = "jsonl"; path = "-"; }
);
EOF
    export QUERN_PLUGIN_PATH=$PWD:$QUERN_PLUGIN_PATH
}

# variant FLAG...: builds variant.so in one of its forms.
variant()
{
    $CC -std=gnu11 -Wall -Wextra -shared -fPIC -I "$top_srcdir/include" "$@" \
        -o variant.so "$top_srcdir/tests/install/variant.c"
}

# refused WORDS...: the config is refused with status 69 and words that name the file.
refused()
{
    run "$QUERN" run v.cfg
    echo "$output"
    [ "$status" -eq 69 ]
    [[ "$output" == *variant.so* ]]
    for words in "$@"; do
        [[ "$output" == *"$words"* ]]
    done
}

@test "a plugin built against these headers loads" {
    variant
    run "$QUERN" run v.cfg --set variant.times=2
    echo "$output"
    [ "$status" -eq 0 ]
    [ "$(grep -o '"label":"VARIANT"' <<<"$output" | wc -l)" -eq 2 ]
}

# Tomorrow's quern: the core of this tree, built against headers that have grown by a member in the
# descriptor and in the option rows, and by a minor version. It says so if it reads what is not there.
tomorrow()
{
    cp -r "$top_srcdir/core" "$top_srcdir/include" .
    sed -i 's/^#define QN_ABI_MINOR .*/#define QN_ABI_MINOR 1/
        s/^} qn_option;/const char *grown; } qn_option;/
        s/^} qn_plugin;/const char *grown; } qn_plugin;/' include/quern/plugin.h
    sed -i 's/^    if (!good_name(ours->name))/    if (ours->grown)\n        refuse(m, "read too far");\n    else if (!good_name(ours->name))/' \
        core/loader.c
    sed -i 's/^ *what = bad_row(&o, size);/&\n        if (o.grown) what = "was read too far";/' \
        core/option.c
    grep -q 'o.grown' core/option.c
    grep -q 'ours->grown' core/loader.c
    $CC -std=gnu11 -Werror=return-type -D_GNU_SOURCE -DQN_VERSION='"1"' -DQN_PLUGIN_DIR='"/none"' \
        -DQN_DATA_DIR='"/none"' -Iinclude -Icore -o tomorrow $(find core -name '*.c') \
        -lltdl -lconfig -lz -lm -lpthread
}

@test "plugins built today run in a quern whose descriptors have grown, with the same output" {
    [ "$QUERN_STATIC_PLUGINS" != yes ] || skip "the plugins are part of the program"
    [ -z "$INSTRUMENTED" ] || skip "plugins built with a sanitizer need a program built with it"
    variant
    tomorrow
    "$QUERN" run v.cfg --set variant.times=3 >today.jsonl
    ./tomorrow run v.cfg --set variant.times=3 >tomorrow.jsonl
    cat tomorrow.jsonl
    cmp today.jsonl tomorrow.jsonl
    [ "$(grep -o '"label":"VARIANT"' tomorrow.jsonl | wc -l)" -eq 3 ]
    run ./tomorrow run v.cfg --set variant.times=10
    [ "$status" -eq 78 ]
    run ./tomorrow plugins show variant
    [[ "$output" == *"plugin ABI 1.0"* ]]
}

@test "option rows too short to hold what every row needs are refused" {
    variant -DSTRIDE=8
    refused "option_stride"
}

@test "a plugin of a newer minor version is refused" {
    variant -DMINOR=QN_ABI_MINOR+1
    refused "1.1" "1.0"
}

@test "a plugin of another major version is refused" {
    variant -DMAJOR=QN_ABI_MAJOR+1
    refused "2.0" "1.0"
}

@test "a plugin with the wrong magic number is refused" {
    variant -DMAGIC=0x12345678
    refused "QN_MAGIC"
}

@test "a plugin of a kind unknown here is refused" {
    variant -DKIND=9
    refused "kind"
}

@test "a descriptor too short to hold what every plugin needs is refused" {
    variant -DSIZE=12
    refused "12"
}

@test "a next that leads in a circle ends, and is said" {
    variant -DCIRCLE
    run timeout 20 "$QUERN" plugins list
    echo "$output"
    [[ "$output" == *"variant.so: not usable: its \`next\` leads to 'variant' twice"* ]]
    [ "$(grep -c '^variant ' <<<"$output")" -eq 1 ]
}

@test "a file without the symbol is refused" {
    variant -DNO_DESCRIPTOR
    refused "quern_plugin"
}

@test "a plugin that lacks a symbol is refused at load time, with the symbol's name" {
    variant -DMISSING_SYMBOL
    refused "undefined symbol: defined_nowhere"
}

@test "a plugin cut short anywhere is refused, and does not take quern down" {
    variant
    mv variant.so whole.so
    size=$(stat -c %s whole.so)
    for n in 0 1 63 64 65 500 1000 4096 $((size / 2)); do
        echo "$n of $size bytes"
        head -c "$n" whole.so >variant.so
        refused
    done
    refused "cut short"
}

@test "a text file with a plugin's name is refused with the loader's own words" {
    echo 'not a plugin' >variant.so
    refused "file too short"
}

@test "a plugin that exists nowhere is refused with the folders searched" {
    run "$QUERN" run v.cfg
    echo "$output"
    [ "$status" -eq 78 ]
    [[ "$output" == *"no plugin 'variant'"* ]]
    [[ "$output" == *"$PWD"* ]]
}

@test "a plugin built against the frozen headers of ABI 1.0 loads and writes the same" {
    variant
    "$QUERN" run -q v.cfg --set variant.times=2 >now.jsonl
    $CC -std=gnu11 -Wall -Wextra -Werror -shared -fPIC -I "$top_srcdir/tests/install/abi-1.0" -o variant.so \
        "$top_srcdir/tests/install/variant.c"
    "$QUERN" run -q v.cfg --set variant.times=2 >frozen.jsonl
    cmp now.jsonl frozen.jsonl
}

# layout HEADERS: each member of each struct of ABI 1.0 with its place, each enumerator with its value, as the
# debugger sees them.
layout()
{
    $CC -std=gnu11 -g -O0 -fno-eliminate-unused-debug-types -fno-eliminate-unused-debug-symbols -shared -fPIC -I "$1" \
        -o layout.so "$top_srcdir/tests/install/variant.c"
    readelf --wide --debug-dump=info layout.so | awk '
        /DW_TAG_/ { tag = $0; sub(/.*\(/, "", tag); sub(/\).*/, "", tag); name = "" }
        /DW_AT_name/ { name = $NF }
        tag == "DW_TAG_structure_type" && /DW_AT_name/ { struct = name }
        tag == "DW_TAG_member" && /DW_AT_data_member_location/ { print struct "." name, $NF }
        tag == "DW_TAG_enumerator" && /DW_AT_const_value/ { print name, $NF }' | grep -E '^(qn_|QN_)' | sort -u
}

@test "the headers of today move nothing of ABI 1.0 (make abi-check)" {
    layout "$top_srcdir/tests/install/abi-1.0" >frozen
    [ "$(wc -l <frozen)" -gt 100 ]
    layout "$top_srcdir/include" >now
    complain "$(comm -23 frozen now | sed 's/$/: not as in ABI 1.0/')"
}

@test "the check of the headers sees a member that moved, and a number that changed" {
    layout "$top_srcdir/tests/install/abi-1.0" >frozen
    cp -r "$top_srcdir/include" moved
    chmod -R u+w moved
    sed -i 's/^    qn_str id; .*/    uint64_t intruder;\n&/; s/QN_REC_DROPPED = 2,/QN_REC_DROPPED = 16,/' moved/quern/record.h
    layout moved >now
    comm -23 frozen now | grep -q '^qn_record.id '
    comm -23 frozen now | grep -q '^QN_REC_DROPPED 2'
}

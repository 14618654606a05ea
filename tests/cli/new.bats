# SPDX-License-Identifier: MIT
# tests/cli/new.bats - quern new: a config of each kind that comes with quern, which checks and passes its tests
# under any name.
bats_require_minimum_version 1.5.0
load ../common

setup() { cd "$BATS_TEST_TMPDIR"; }

@test "the kinds are those of conf/, each with what it is for" {
    run -0 "$QUERN" new
    for cfg in "$top_srcdir"/conf/*.cfg; do
        case $cfg in *.test.cfg) continue ;; esac
        kind=$(basename "$cfg" .cfg)
        [[ $'\n'"$output" == *$'\n'"$kind"$'\n    '[A-Z]* ]]
    done
    [[ "$output" == *'News articles copied from the web'* ]]
    [[ "$output" != *SPDX* ]]
}

@test "each kind under another name: checked, and its tests pass" {
    mkdir sub
    for kind in $("$QUERN" new | grep -v '^ '); do
        run -0 --separate-stderr "$QUERN" new "$kind" "sub/my-$kind.cfg"
        [[ "$output" == *"quern test sub/my-$kind.test.cfg"* ]]
        [[ "$output" == *"quern run my-$kind.cfg "* ]]
        ! grep -E "(^|[^-])$kind(\.test)?\.cfg" "sub/my-$kind.cfg" "sub/my-$kind.test.cfg" ||
            { echo "$kind keeps its old name"; false; }
        "$QUERN" check "sub/my-$kind.cfg"
        "$QUERN" test "sub/my-$kind.test.cfg"
    done
    "$QUERN" new news
    cmp <(sed 's/conf\///' "$top_srcdir/conf/news.cfg") news.cfg
}

@test "what is there already stays" {
    echo mine >news.test.cfg
    run -73 "$QUERN" new news
    [[ "$output" == *"'news.test.cfg' is there already"* ]]
    [ ! -e news.cfg ]
    [ "$(cat news.test.cfg)" = mine ]
    run -73 "$QUERN" new news nowhere/x.cfg
    [ ! -e nowhere ]
}

@test "an operator's own kinds go before those that come with quern" {
    mkdir -p own/conf
    printf '# SPDX-License-Identifier: MIT\n# Ours.\n#\n# quern run news.cfg\nversion = 1;\nstages = ( { plugin = "files"; }, { plugin = "jsonl"; } );\n' >own/conf/news.cfg
    export QUERN_DATA_PATH="$PWD/own:$QUERN_DATA_PATH"
    run -0 "$QUERN" new
    [[ "$output" == *$'news\n    Ours.'* ]]
    run -0 "$QUERN" new news a.cfg
    grep -q 'quern run a.cfg' a.cfg
    [ ! -e a.test.cfg ]
    [[ "$output" != *'quern test'* ]]
}

@test "wrong words" {
    run -64 "$QUERN" new newz
    [[ "$output" == *"did you mean 'news'"* ]]
    run -64 "$QUERN" new ../news
    run -64 "$QUERN" new news my.conf
    [[ "$output" == *'ends in ".cfg"'* ]]
    run -64 "$QUERN" new news .cfg
    run -64 "$QUERN" new news a.cfg b
    run -64 "$QUERN" new --force
}

# SPDX-License-Identifier: MIT
# tests/install/installed.bats - what strangers do with an installed quern and nothing else: run
# the news pipeline on the sample articles; build examples/shout with one cc line, find it through
# QUERN_PLUGIN_PATH, see its entities.
# `make installcheck` runs it on the installed tree; `make check` installs into a folder first.
bats_require_minimum_version 1.5.0
load ../common

setup_file()
{
    root=${INSTALLED_ROOT-$BATS_FILE_TMPDIR/root}
    if [ -z "${INSTALLED_ROOT+set}" ]; then
        "${MAKE:-make}" -s -C "$top_builddir" install DESTDIR="$root" >"$BATS_FILE_TMPDIR/log" 2>&1 ||
            { cat "$BATS_FILE_TMPDIR/log"; return 1; }
    fi
    export root
    export LD_LIBRARY_PATH="$root$libdir${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
    export PKG_CONFIG_PATH="$root$libdir/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$root"
    # Where a staged tree will lie in the end is still empty, so its folders are named.
    [ -z "$root" ] ||
        export QUERN_PLUGIN_PATH="$root$plugindir" QUERN_DATA_PATH="$root$pkgdatadir"
    export author=$BATS_FILE_TMPDIR/author
    mkdir -p "$author"
    cp "$top_srcdir/examples/shout/"* "$author"
    cd "$author"
    # The line of the example's own comment.
    eval "$(sed -n 's|^ \*   cc |${CC:-cc} |p' shout.c)"
}

@test "the example plugin has at most 25 lines below its comment" {
    lines=$(awk 'seen; /\*\/$/ && NR > 1 { seen = 1 }' "$author/shout.c" | wc -l)
    echo "$lines lines"
    [ "$lines" -gt 5 ]
    [ "$lines" -le 25 ]
}

@test "the line in its comment builds the plugin, with one exported symbol" {
    [ "$(nm -D --defined-only "$author/shout.so" | awk '{ print $3 }')" = quern_plugin ]
}

@test "the installed news pipeline runs on the installed articles" {
    cd "$BATS_TEST_TMPDIR"
    run "$root$bindir/quern" run "$root$pkgdatadir/conf/news.cfg" \
        "$root$pkgdatadir/examples/articles" -o out.jsonl
    echo "$output"
    [ "$status" -eq 0 ]
    [ "$(wc -l <out.jsonl)" -eq 4 ]
    for key in text ents sents tokens summary; do
        [ "$(grep -c "\"$key\":" out.jsonl)" -eq 4 ]
    done
    complain "$(grep -o 'Share this article' out.jsonl)"
}

@test "a config of each installed kind passes its tests" {
    cd "$BATS_TEST_TMPDIR"
    for kind in $("$root$bindir/quern" new | grep -v '^ '); do
        "$root$bindir/quern" new "$kind"
        "$root$bindir/quern" test "$kind.test.cfg"
    done
    [ -e news.cfg ]
}

@test "the installed quern finds the plugin through QUERN_PLUGIN_PATH and writes its entities" {
    cd "$author"
    QUERN_PLUGIN_PATH=.${QUERN_PLUGIN_PATH:+:$QUERN_PLUGIN_PATH}
    printf 'NATO and the UN met; WHO came, Who left.\n' >article.txt
    run "$root$bindir/quern" run shout.cfg article.txt --quiet
    echo "$output"
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq 1 ]
    [ "$(grep -o '"start":[0-9]*,"end":[0-9]*,"label":"SHOUT"' <<<"$output" | tr '\n' ' ')" = \
        '"start":0,"end":4,"label":"SHOUT" "start":13,"end":15,"label":"SHOUT" "start":21,"end":24,"label":"SHOUT" ' ]
    run "$root$bindir/quern" plugins show shout
    echo "$output"
    [[ "$output" == *"labels words written in capitals"*"/shout.so, plugin ABI 1.0"* ]]
}

@test "a new plugin of each kind: three commands, and its tests pass" {
    cd "$BATS_TEST_TMPDIR"
    for kind in filter source sink; do
        "$root$bindir/quern" plugins new "my_$kind" --kind "$kind"
        # Two make variables stand for what pkg-config cannot know of a staged tree.
        ${MAKE:-make} -C "my_$kind" PLUGIN_MK="$root$pkgdatadir/plugin.mk" QUERN="$root$bindir/quern"
        run -0 ${MAKE:-make} -s -C "my_$kind" check PLUGIN_MK="$root$pkgdatadir/plugin.mk" \
            QUERN="$root$bindir/quern"
        echo "$output"
        [[ "$output" == *ok* ]]
        [[ "$output" != *'not ok'* ]]
        [ "$(nm -D --defined-only "my_$kind/my_$kind.so" | awk '{ print $3 }')" = quern_plugin ]
        [ "$(wc -l <"my_$kind/my_$kind.c")" -le 35 ]
    done
    [ "$(awk 'NF' my_filter/my_filter.c | wc -l)" -le 25 ]
    run -73 "$root$bindir/quern" plugins new my_filter
    run -64 "$root$bindir/quern" plugins new My-Filter
    run -64 "$root$bindir/quern" plugins new other --kind pump
}

@test "a new plugin's makefile finds quern through pkg-config, or says that it cannot" {
    cd "$BATS_TEST_TMPDIR"
    "$root$bindir/quern" plugins new plain
    # pkg-config names the final place; a staged tree's root goes before it.
    unset PKG_CONFIG_SYSROOT_DIR
    sed "s|^prefix=|prefix=$root|" "$root$libdir/pkgconfig/quern.pc" >quern.pc
    PKG_CONFIG_PATH=$PWD run -0 ${MAKE:-make} -C plain check PLUGIN_MK="$root$pkgdatadir/plugin.mk"
    echo "$output"
    [[ "$output" == *"ok 2"* ]]
    PKG_CONFIG_PATH=/none PKG_CONFIG_LIBDIR=/none run -2 ${MAKE:-make} -C plain
    [[ "$output" == *"does not find quern.pc"* ]]
}

@test "a test that fails makes \`make check\` of a plugin fail" {
    cd "$BATS_TEST_TMPDIR"
    "$root$bindir/quern" plugins new counts
    sed -i 's/words = 3/words = 4/' counts/counts.test.cfg
    run -2 ${MAKE:-make} -s -C counts check PLUGIN_MK="$root$pkgdatadir/plugin.mk" QUERN="$root$bindir/quern"
}

@test "quern.pc names the plugin folder and the ABI" {
    [ "$("$PKG_CONFIG" --variable=plugindir quern)" = "$root$plugindir" ] ||
        [ "$("$PKG_CONFIG" --variable=plugindir quern)" = "$plugindir" ]
    header=$root$("$PKG_CONFIG" --variable=includedir quern)/quern/plugin.h
    [ -e "$header" ] || header=$("$PKG_CONFIG" --variable=includedir quern)/quern/plugin.h
    for part in major minor; do
        upper=$(echo "$part" | tr a-z A-Z)
        [ "$("$PKG_CONFIG" --variable="abi_$part" quern)" = \
            "$(awk -v name="QN_ABI_$upper" '$2 == name { print $3 }' "$header")" ]
    done
}

@test "an installed plugin folder holds plugins and nothing else" {
    [ "$QUERN_STATIC_PLUGINS" != yes ] || skip "the plugins are part of the program"
    [ -n "$plugins" ] || skip "no plugins"
    complain "$(diff <(printf '%s.so\n' $plugins | sort) <(cd "$root$plugindir" && ls))"
}

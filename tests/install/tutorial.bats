# SPDX-License-Identifier: MIT
# tests/install/tutorial.bats - docs/writing-plugins.md, run as it stands: its files are written, its commands run,
# and what it says they print is what they print.
bats_require_minimum_version 1.5.0
load ../common

@test "every block of the tutorial does what it says" {
    [ "$QUERN_STATIC_PLUGINS" != yes ] || skip "the plugins are part of the program"
    [ -z "$INSTRUMENTED" ] || skip "a new plugin is not built with $INSTRUMENTED"
    root=${INSTALLED_ROOT-$BATS_TEST_TMPDIR/root}
    [ -n "${INSTALLED_ROOT+set}" ] || "${MAKE:-make}" -s -C "$top_builddir" install DESTDIR="$root" >"$BATS_TEST_TMPDIR/log" 2>&1 ||
        { cat "$BATS_TEST_TMPDIR/log"; return 1; }
    export PATH="$root$bindir:$PATH" PKG_CONFIG_PATH="$root$libdir/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$root"
    export PLUGIN_MK="$root$pkgdatadir/plugin.mk" QUERN="$root$bindir/quern"
    export LD_LIBRARY_PATH="$root$libdir${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
    [ -z "$root" ] || export QUERN_PLUGIN_PATH="$root$plugindir" QUERN_DATA_PATH="$root$pkgdatadir"
    mkdir "$BATS_TEST_TMPDIR/work"
    cd "$BATS_TEST_TMPDIR/work"
    # A script of the page: commands write to ./out, which an output block is compared with.
    awk -v top="$PWD" '
        /^```/ && !kind {
            kind = substr($1, 4); file = $2
            if (sub(/^file=/, "", file)) print "cat >\"" top "/" file "\" <<\"END OF FILE\""
            else if (kind == "sh") print "{ set -e"
            else if (kind == "output") print "cat >\"" top "/want\" <<\"END OF FILE\""
            else kind = "none"
            next }
        /^```/ {
            if (kind == "sh") print "} >\"" top "/out\""
            else if (kind != "none") print "END OF FILE"
            if (kind == "output") print "diff \"" top "/want\" \"" top "/out\""
            kind = ""; next }
        kind && kind != "none" { print }' "$top_srcdir/docs/writing-plugins.md" >page.sh
    [ "$(grep -c '^diff' page.sh)" -ge 3 ]
    # A reader's quern is installed; this one may stand in a folder of its own.
    sed -i 's/QUERN_PLUGIN_PATH=\. /QUERN_PLUGIN_PATH=.:$QUERN_PLUGIN_PATH /' page.sh
    run bash -e page.sh
    echo "$output"
    [ "$status" -eq 0 ]
}

# SPDX-License-Identifier: MIT
# tests/project/dist.bats - the release tarball holds every file of the repository: what EXTRA_DIST
# and the _SOURCES lists forget is missed by whoever builds from a tarball, not by us. debian/ is the
# packagers' and stays out.
load ../common

@test "every tracked file is in the tarball" {
    [ -e "$top_srcdir/.git" ] && command -v git >/dev/null || skip "not a git checkout"
    tree=$BATS_TEST_TMPDIR/quern
    "${MAKE:-make}" -s -C "$top_builddir" distdir distdir="$tree"
    (cd "$tree" && find . -type f) | sed 's|^\./||' | sort >"$BATS_TEST_TMPDIR/packed"
    git -C "$top_srcdir" ls-files | grep -vE '^(\.(ci/|git)|debian/)' | sort >"$BATS_TEST_TMPDIR/tracked"
    complain "$(comm -13 "$BATS_TEST_TMPDIR/packed" "$BATS_TEST_TMPDIR/tracked" |
        sed 's/$/: tracked, but in no _SOURCES or EXTRA_DIST list/')"
}

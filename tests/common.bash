# SPDX-License-Identifier: MIT
# tests/common.bash - `load ../common` gives every bats file these variables, whether `make check`
# runs it or somebody by hand (`bats tests/cli/x.bats`, the program built in ./build):
#   top_srcdir, top_builddir   absolute paths
#   QUERN                      the program under test
#   QUERN_PLUGIN_PATH          where it finds the plugins just built
#   QUERN_DATA_PATH            and the models and lists, and conf/
# and bats' own BATS_TEST_TMPDIR for files.
: "${top_srcdir:=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}"
: "${top_builddir:=$top_srcdir/build}"
: "${QUERN:=$top_builddir/quern}"
: "${QUERN_PLUGIN_PATH:=$top_builddir/.libs}"
: "${QUERN_DATA_PATH:=$top_srcdir/models:$top_srcdir}"
: "${CC:=cc}"
: "${CXX=c++}"
export top_srcdir top_builddir QUERN QUERN_PLUGIN_PATH QUERN_DATA_PATH CC CXX

# complain LINES: fails with the lines, passes without any.
complain()
{
    if [ -n "$1" ]; then
        printf '%s\n' "$1"
        return 1
    fi
}

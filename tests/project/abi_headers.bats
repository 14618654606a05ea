# SPDX-License-Identifier: MIT
# tests/project/abi_headers.bats - the plugin ABI's headers are usable by anybody: each compiles
# alone, strictly, as C11 and as C++11.
load ../common

# compile COMPILER STD LANGUAGE
compile()
{
    local header
    for header in base record host plugin run; do
        echo "#include <quern/$header.h>" | $1 -std="$2" -x "$3" -Wall -Wextra -Wpedantic -Werror \
            -I "$top_srcdir/include" -fsyntax-only -
    done
}

@test "each public header compiles alone as strict C11" {
    compile "$CC" c11 c
}

@test "each public header compiles alone as strict C++11" {
    [ -n "$CXX" ] || skip "no C++ compiler"
    compile "$CXX" c++11 c++
}

@test "a plugin may be written in C++" {
    [ -n "$CXX" ] || skip "no C++ compiler"
    cat >"$BATS_TEST_TMPDIR/p.cc" <<'EOF'
#include <quern/plugin.h>
static qn_plugin make()
{
    qn_plugin p = { QN_PLUGIN_HEAD };
    p.kind = QN_STAGE;
    p.name = "p";
    return p;
}
const qn_plugin quern_plugin = make();
EOF
    $CXX -std=c++11 -Wall -Wextra -I "$top_srcdir/include" -fPIC -shared -o "$BATS_TEST_TMPDIR/p.so" \
        "$BATS_TEST_TMPDIR/p.cc"
    nm -D --defined-only "$BATS_TEST_TMPDIR/p.so" | grep -q ' quern_plugin$'
}

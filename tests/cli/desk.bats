# SPDX-License-Identifier: MIT
# tests/cli/desk.bats - what lies around the program: editor syntax, the systemd unit.
load ../common

@test "vim knows a config by its stages and colours it" {
    command -v vim >/dev/null && vim --version | grep -q '+syntax' || skip "vim with syntax is not installed"
    cd "$BATS_TEST_TMPDIR"
    cat >see.vim <<X
set runtimepath^=$top_srcdir/tools/vim
filetype on
syntax on
edit $top_srcdir/conf/news.cfg
call writefile([&filetype, synIDattr(synID(search('plugin'), col('.'), 1), 'name')], 'seen')
qall!
X
    vim -es -u NONE -N -S see.vim </dev/null || true
    [ "$(head -n 1 seen)" = quern ]
}

@test "the systemd unit is one, and is hardened" {
    unit=$top_builddir/tools/systemd/quern@.service
    grep -q '^ExecStart=/' "$unit"
    run grep -c '@bindir' "$unit"
    [ "$output" = 0 ]
    # Every option of the command is one that quern knows.
    for option in $(sed -n 's/^ExecStart=//p' "$unit" | grep -oE -- '--[a-z-]+'); do
        "$QUERN" help run | grep -q -- "$option"
    done
    command -v systemd-analyze >/dev/null || skip "systemd-analyze is not installed"
    cp "$unit" "$BATS_TEST_TMPDIR/quern@x.service"
    sed -i "s|^Exec\\(.*\\)=[^ ]*/quern|Exec\\1=$(command -v true)|" "$BATS_TEST_TMPDIR/quern@x.service"
    systemd-analyze verify --man=no "$BATS_TEST_TMPDIR/quern@x.service" 2>&1 | grep -v 'Failed to' | tee "$BATS_TEST_TMPDIR/said"
    ! grep -q 'quern@x.service:' "$BATS_TEST_TMPDIR/said"
}

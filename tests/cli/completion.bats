# SPDX-License-Identifier: MIT
# tests/cli/completion.bats - what the shells offer for quern.
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    mkdir bin
    ln -s "$QUERN" bin/quern
    PATH=$PWD/bin:$PATH
    printf 'version = 1;\nstages = ( { plugin = "files"; }, { plugin = "mask"; id = "veil"; kinds = [ "ip" ]; }, { plugin = "text"; } );\n' >a.cfg
}

# offered WORD...: what is offered for the last word
offered()
{
    bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _quern 2>/dev/null; printf "%s\n" "${COMPREPLY[@]}"' \
        bash "$top_srcdir/tools/completion/quern" "$@"
}

@test "bash: commands, their options, plugins" {
    [ "$(offered quern ch)" = check ]
    offered quern '' | grep -qx run
    offered quern run --st | grep -qx -- --stats
    offered quern run - | grep -qx -- -o
    [ "$(offered quern plugins show fixt)" = fixtext ]
    [ "$(offered quern plugins sh)" = show ]
    [ "$(offered quern help eva)" = eval ]
    [ "$(offered quern run --color al)" = always ]
}

@test "bash: the stages of the config and the options of their plugins" {
    offered quern run a.cfg --set ve | grep -qx veil.
    offered quern run a.cfg --set mask.st | grep -qx mask.style=
    offered quern run a.cfg --tap v | grep -qx veil
}

@test "bash: files where files are asked for" {
    [ "$(offered quern run a.c)" = a.cfg ]
}

@test "zsh: the functions are correct, and offer the commands" {
    command -v zsh >/dev/null || skip "zsh is not installed"
    zsh -n "$top_srcdir/tools/completion/_quern"
}

# SPDX-License-Identifier: MIT
# tests/cli/junkhard.bats - junklines on tests/data/cleanup/furniture.txt: of its real lines hardly any is lost, and of
# furniture little is left.
bats_require_minimum_version 1.5.0
load ../common

# Goes through the texts whose names begin with one of the letters: sets texts, exact, lost, left.
clean_texts() # LETTERS
{
    cd "$BATS_TEST_TMPDIR" || return
    awk '/^#/ { next } /^=== / { name = $2; next }
        { line = $0; sub(/^~ /, "", line); print line >(name ".txt") }
        !/^~ / { print >(name ".want") }' "$top_srcdir/tests/data/cleanup/furniture.txt"
    lost=0 left=0 exact=0 texts=0
    for want in [$1]*.want; do
        text=${want%.want}
        "$QUERN" pipe 'fixtext ! junklines ! text' "$text.txt" --quiet | sed "/^$/d" >"$text.got"
        l=$(diff "$want" "$text.got" | grep -c '^<' || true) r=$(diff "$want" "$text.got" | grep -c '^>' || true)
        diff "$want" "$text.got" | sed "s/^[<>]/$text &/" | grep '[<>]' || true
        lost=$((lost + l)) left=$((left + r)) texts=$((texts + 1))
        [ $((l + r)) -gt 0 ] || exact=$((exact + 1))
    done
    echo "$texts texts, $exact exact; $lost lost, $left left"
}

@test "27 hard texts: at most 3 of 130 real lines lost, 5 of 158 others left, 20 texts exact" {
    clean_texts ab
    [ "$texts" -eq 27 ]
    [ "$lost" -le 3 ]
    [ "$left" -le 5 ]
    [ "$exact" -ge 20 ]
}

@test "73 hard texts: at most 5 of 392 real lines lost, 42 of 565 others left, 44 texts exact" {
    clean_texts a-h
    [ "$texts" -eq 73 ]
    [ "$lost" -le 5 ]
    [ "$left" -le 42 ]
    [ "$exact" -ge 44 ]
}

# SPDX-License-Identifier: MIT
# tests/cli/docfilter.bats - signals, presets as tags and as reasons to drop.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >f.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "docfilter"; presets = ["gopher", "c4", "fineweb"]; },
  { plugin = "jsonl"; } );
X
    # 80 different words and some, in sentences
    awk 'BEGIN { for (i = 0; i < 80; i++) {
        printf "%sword%c%c", i ? " " : "The ", 97 + i % 26, 97 + int(i / 3) % 26
        if (i % 9 == 8) printf ". With that the" } print " end." }' >good.txt
    printf 'Menu\nHome\nMenu\nHome { }\n' >poor.txt
}

@test "a good document has signals and no broken rule" {
    out=$("$QUERN" run -q f.cfg good.txt)
    [[ $out == *'"quality":{"words":'* ]]
    [[ $out != *quality_rules* ]]
}

@test "a poor one names every broken rule" {
    out=$("$QUERN" run -q f.cfg poor.txt)
    echo "$out"
    [[ $out == *'"quality_rules":["gopher-words",'*'"gopher-top-2gram"'*'"c4-sentences","c4-braces","fineweb-end-lines","fineweb-short-lines"'* ]]
}

@test "drop leaves it out, for the first broken rule of the presets given" {
    "$QUERN" run f.cfg good.txt poor.txt --set docfilter.action=drop --set docfilter.presets=c4 >out 2>err
    [ "$(grep -c '' out)" -eq 1 ]
    grep -q good out
    grep -q 'dropped by c4-sentences' err
}

@test "without a preset it only measures" {
    sed -i 's/presets[^;]*;//' f.cfg
    out=$("$QUERN" run -q f.cfg poor.txt)
    [[ $out == *'"short_lines":1'* ]]
    [[ $out != *quality_rules* ]]
    [[ $out != *dup_5gram* ]]
}

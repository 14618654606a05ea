# SPDX-License-Identifier: MIT
# tests/cli/dupes.bats - repeated paragraphs and repeated documents in the built program.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >d.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "dupes"; documents = "near"; }, { plugin = "jsonl"; } );
X
    awk 'BEGIN { srand(4)
        for (i = 0; i < 2000; i++) {
            base = i % 500
            printf "{\"id\":\"%d\",\"text\":\"", i
            for (k = 0; k < 120; k++) printf "%s%d", k ? " " : "", (base * 7919 + k * 104729) % 99991
            if (i >= 500 && i < 1000) printf " and one more"
            if (i >= 1000 && i < 1500) printf " %d other words of %d its own %d", i, i + 1, i + 2
            printf "\"}\n"
        } }' >many.jsonl
}

@test "documents seen before are dropped, the first of each stays" {
    "$QUERN" run d.cfg many.jsonl -o out.jsonl 2>err
    [ "$(grep -c '' out.jsonl)" -eq 500 ]
    [[ "$(tail -n 1 out.jsonl)" == '{"id":"499"'* ]]
    grep -q '500 exact' err
    grep -q '1,*000 near' err
}

@test "tags name the original and how alike they are" {
    "$QUERN" run -q d.cfg many.jsonl -o out.jsonl --set dupes.action=tag
    [ "$(grep -c '' out.jsonl)" -eq 2000 ]
    grep '^{"id":"1507"' out.jsonl | grep -q '"dupe_of":"7","similarity":1[,}.]'
    grep '^{"id":"1007"' out.jsonl | grep -q '"dupe_of":"7","similarity":0.9'
    [[ "$(grep '^{"id":"7"' out.jsonl)" != *dupe_of* ]]
}

@test "exact only: what differs stays" {
    "$QUERN" run -q d.cfg many.jsonl -o out.jsonl --set dupes.documents=exact
    [ "$(grep -c '' out.jsonl)" -eq 1500 ]
}

@test "the same for any number of workers and in every run" {
    "$QUERN" run -q d.cfg many.jsonl -o one.jsonl -j 1 --set dupes.action=tag
    "$QUERN" run -q d.cfg many.jsonl -o four.jsonl -j 4 --set dupes.action=tag
    cmp one.jsonl four.jsonl
}

@test "bounded memory forgets the oldest documents" {
    "$QUERN" run -q d.cfg many.jsonl -o out.jsonl --set dupes.memory=64KiB
    [ "$(grep -c '' out.jsonl)" -eq 2000 ]
}

@test "a paragraph said twice is dropped with its distance, a short one stays" {
    p="The council said on Tuesday that the harbour would have to close for a year."
    printf '%s\n\nYes.\n\n%s\n\nYes.\n\nThe end of the story is told here.\n' "$p" "$p" >a.txt
    out=$("$QUERN" run -q d.cfg a.txt)
    [[ $out == *"\"text\":\"$p\\n\\nYes.\\n\\nYes.\\n\\nThe end of the story is told here.\\n\""* ]]
    out=$("$QUERN" run -q d.cfg a.txt --set dupes.unit_action=mark)
    [[ $out == *'"dupes":[{"start":84,"end":160,"label":"dupes-repeat"}]'* ]]
}

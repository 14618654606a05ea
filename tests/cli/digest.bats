# SPDX-License-Identifier: MIT
# tests/cli/digest.bats - summaries over documents that belong together.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >d.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "sentences"; }, { plugin = "digest"; key = "story"; sentences = 2; },
  { plugin = "jsonl"; } );
X
    cat >d.jsonl <<'X'
{"id":"a","story":"harbour","text":"The harbour of Velo will close for a year, the council said. Its old walls have moved by a metre since spring."}
{"id":"b","story":"boat race","text":"Twenty boats will start in the race to the islands on Sunday. The wind will be strong all day."}
{"id":"c","text":"This one belongs to no story at all, and says so itself."}
{"id":"d","story":"harbour","text":"The council of Velo will close the harbour for a year. Fishing crews will be paid by the council for a year."}
{"id":"e","story":"harbour","text":"The harbour of Velo is to close for a whole year, the council has said. A ferry will leave from the next town instead."}
X
}

# The group's summary that the record carries.
digest()
{
    grep "^{\"id\":\"$1\"" out.jsonl | sed 's/.*"digest"://; s/}}*$//'
}

@test "every record carries its group's summary so far, and only its group's" {
    "$QUERN" run -q d.cfg d.jsonl -o out.jsonl
    [[ "$(digest a)" == '{"documents":1,"sentences":[{"id":"a","text":"'* ]]
    [[ "$(digest e)" == *'{"id":"d","text":"The council of Velo will close the harbour'* ]]
    [[ "$(digest b)" == '{"documents":1,'* ]]
    [[ "$(digest b)" != *harbour* ]]
    [ "$(grep -c '"digest"' out.jsonl)" -eq 4 ]
    [[ "$(digest e)" == '{"documents":3,'* ]]
}

@test "what several documents say is said once" {
    "$QUERN" run -q d.cfg d.jsonl -o out.jsonl
    [ "$(digest e | grep -o 'close' | wc -l)" -eq 1 ]
}

@test "the same for any number of workers, in bounded memory" {
    awk 'BEGIN { for (i = 0; i < 3000; i++)
        printf "{\"id\":\"%d\",\"story\":%d,\"text\":\"The council of town %d will close harbour %d. Boats of crew %d will sail to island %d.\"}\n", i, i % 50, i % 7, i % 11, i % 13, i % 17 }' >many.jsonl
    "$QUERN" run -q d.cfg many.jsonl -o one.jsonl -j 1
    "$QUERN" run -q d.cfg many.jsonl -o four.jsonl -j 4
    cmp one.jsonl four.jsonl
    "$QUERN" run -q --set digest.groups=2 d.cfg many.jsonl -o few.jsonl
    [[ "$(tail -n 1 few.jsonl)" == *'"digest":{"documents":1,'* ]]
    [[ "$(tail -n 1 one.jsonl)" == *'"digest":{"documents":60,'* ]]
}

@test "the key is required" {
    sed -i 's/key = "story"; //' d.cfg
    run -78 "$QUERN" check d.cfg
    [[ "$output" == *"'key'"* ]]
}

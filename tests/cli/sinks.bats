# SPDX-License-Identifier: MIT
# tests/cli/sinks.bats - the sinks text, conll, table, prodigy and sqlite: what they write, for any
# number of workers, and what they do with odd text and full disks.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    printf '{"id":"a","text":" Mr. Smith met\\nÜnal, \\"Ann\\" in New York.  He paid $5.\\n","n":3}\n' >a.jsonl
    printf '{"id":"b","text":""}\n' >>a.jsonl
}

# config SINK [OPTION...]: c.cfg with all stages and that sink
config()
{
    cat >c.cfg <<X
version = 1;
stages = ( { plugin = "files"; }, { plugin = "sentences"; gaps = "off"; }, { plugin = "tokens"; },
  { plugin = "gazetteer"; lists = [ "l.list" ]; shipped = false; },
  { plugin = "summarize"; sentences = 1; }, { plugin = "$1"; ${2:-} } );
X
    printf '[PERSON]\nSmith\nÜnal\n[GPE]\nNew York\n' >l.list
}

sink()
{
    config "$@"
    "$QUERN" run -q c.cfg a.jsonl
}

# The same bytes for any number of workers, and from records in plenty.
same_for_workers()
{
    config "$@"
    awk 'BEGIN { for (i = 0; i < 700; i++) printf "{\"text\":\"Smith %d is in New York. It ends.\"}\n", i }' >many.jsonl
    "$QUERN" run -q c.cfg many.jsonl -o one -j 1
    "$QUERN" run -q c.cfg many.jsonl -o four -j 4
    cmp one four
    [ -s one ]
}

@test "conll: IOB2 tags, documents and sentences kept apart" {
    run -0 sink conll 'format = "iob2";'
    [ "$output" = $'-DOCSTART-\tO\n\nMr.\tO\nSmith\tB-PERSON\nmet\tO\nÜnal\tB-PERSON\n,\tO\n"\tO\nAnn\tO\n"\tO\nin\tO\nNew\tB-GPE\nYork\tI-GPE\n.\tO\n\nHe\tO\npaid\tO\n$\tO\n5\tO\n.\tO\n\n-DOCSTART-\tO' ]
    same_for_workers conll 'format = "iob2";'
}

@test "conll: CoNLL-U from which the text can be put together again" {
    sink conll 'format = "conllu";' >out
    grep -qx '# text = Mr. Smith met Ünal, "Ann" in New York.' out
    grep -qx '# sent_id = a-2' out
    grep -qx $'4\tÜnal\t_\t_\t_\t_\t_\t_\t_\tNER=B-PERSON|SpaceAfter=No' out
    awk -F '\t' 'NF == 10 { s = $10; before = after = ""
            if (match(s, /SpacesBefore=[^|]*/)) before = substr(s, RSTART + 13, RLENGTH - 13)
            if (s ~ /SpaceAfter=No/) after = ""
            else if (match(s, /SpacesAfter=[^|]*/)) after = substr(s, RSTART + 12, RLENGTH - 12)
            else after = "\\s"
            printf "%s%s%s", before, $2, after }' out |
        sed 's/\\s/ /g; s/\\n/\n/g' >again
    printf ' Mr. Smith met\nÜnal, "Ann" in New York.  He paid $5.\n' | cmp - again
}

@test "conll: CoNLL-U Plus names its columns once" {
    run -0 sink conll
    [ "${lines[0]}" = '# global.columns = ID FORM MISC NER' ]
    [ "$(grep -c global.columns <<<"$output")" = 1 ]
    same_for_workers conll
}

@test "text: documents, sentences, tokens, summaries" {
    run -0 sink text 'separator = "--\n";'
    [ "$output" = $' Mr. Smith met\nÜnal, "Ann" in New York.  He paid $5.\n--\n--' ]
    run -0 sink text 'what = "sentences"; separator = "";'
    [ "$output" = $'Mr. Smith met Ünal, "Ann" in New York.\nHe paid $5.' ]
    run -0 sink text 'what = "tokens"; separator = "";'
    [ "$output" = $'Mr. Smith met Ünal , " Ann " in New York .\nHe paid $ 5 .' ]
    sink text 'what = "summaries";' >out
    [ "$(wc -l <out)" -eq 2 ] # one line a document, empty for the empty one
    same_for_workers text 'what = "tokens";'
}

@test "text: what needs a layer says so when nobody makes it" {
    cat >c.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "text"; what = "sentences"; } );
X
    run -78 "$QUERN" check c.cfg
    [[ "$output" == *"no earlier stage makes 'sents'"* ]]
    sed -i 's/text"; what = "sentences"/table"/' c.cfg
    run -78 "$QUERN" check c.cfg
    [[ "$output" == *"no earlier stage makes 'ents'"* ]]
}

@test "table: CSV of entities, with quotes where they are needed" {
    sink table >out
    printf 'id,start,end,label,entity,value,kb_id,canonical,sentence\r\na,5,10,PERSON,Smith,,,,1\r\na,15,19,PERSON,Ünal,,,,1\r\na,30,38,GPE,New York,,,,1\r\n' | cmp - out
    sink table 'rows = "documents";' >out
    head -n 2 out | grep -q '^a," Mr. Smith met'
    grep -q 'Ünal, ""Ann"" in New York' out
    run -0 sink table 'rows = "sentences"; offsets = "byte"; header = false;'
    [[ "${lines[2]}" == $'a,42,53,2,He paid $5.,'* ]]
    same_for_workers table
    : >none.jsonl
    "$QUERN" run -q c.cfg none.jsonl -o none.csv.gz
    [ "$(gzip -dc none.csv.gz)" = $'id,start,end,label,entity,value,kb_id,canonical,sentence\r' ]
}

@test "table: TSV by the name, with tabs and line ends written out" {
    config table 'rows = "documents";'
    printf '{"id":"t\\\\x","text":"one\\ttwo\\nthree"}\n' >t.jsonl
    "$QUERN" run -q c.cfg t.jsonl -o t.tsv
    [ "$(sed -n 2p t.tsv)" = $'t\\\\x\tone\\ttwo\\nthree\tone\\ttwo\\nthree' ]
}

@test "prodigy: spans begin and end with tokens, in the task's own offsets" {
    run -0 sink prodigy 'task = "sentence";'
    [[ "${lines[0]}" == '{"text":"Mr. Smith met\nÜnal, \"Ann\" in New York.","meta":{"id":"a","sentence":1},"tokens":[{"text":"Mr.","start":0,"end":3,"id":0,"ws":true}'* ]]
    [[ "${lines[0]}" == *'"spans":[{"start":4,"end":9,"token_start":1,"token_end":1,"label":"PERSON"},{"start":14,"end":18,"token_start":3,"token_end":3,"label":"PERSON"},{"start":29,"end":37,"token_start":9,"token_end":10,"label":"GPE"}]}' ]]
    [[ "${lines[1]}" == '{"text":"He paid $5.","meta":{"id":"a","sentence":2},'*'"spans":[]}' ]]
    same_for_workers prodigy
}

@test "sqlite: documents, entities, metadata and a full-text index" {
    [ -e "$top_builddir/.libs/sqlite.so" ] || [ "$QUERN_STATIC_PLUGINS" = yes ] || skip "built without sqlite"
    command -v sqlite3 >/dev/null || skip "no sqlite3 to read it with"
    config sqlite
    "$QUERN" run -q c.cfg a.jsonl -o a.db
    [ "$(sqlite3 a.db 'pragma integrity_check')" = ok ]
    [ "$(sqlite3 a.db 'select id, length(text) from docs')" = $'a|53\nb|0' ]
    [ "$(sqlite3 a.db 'select start, end, label, text from ents order by start')" = $'5|10|PERSON|Smith\n15|19|PERSON|Ünal\n30|38|GPE|New York' ]
    [ "$(sqlite3 a.db "select docs.id from search join docs on doc = search.rowid where search match 'unal'")" = a ]
    [ "$(sqlite3 a.db "select value from meta where key = 'n'")" = 3 ]
    [ "$(ls)" = "$(printf '%s\n' a.db a.jsonl c.cfg l.list)" ] # no temporary file is left
    same_for_workers sqlite
}

@test "sqlite: a run that fails leaves the old database as it was" {
    [ -e "$top_builddir/.libs/sqlite.so" ] || [ "$QUERN_STATIC_PLUGINS" = yes ] || skip "built without sqlite"
    config sqlite
    echo old >a.db
    echo '{"id":"x"' >>a.jsonl
    run -65 "$QUERN" run -q --on-error stop c.cfg a.jsonl -o a.db
    [ "$(cat a.db)" = old ]
    "$QUERN" check -q --set sqlite.path=b.db c.cfg
    [ "$(ls)" = "$(printf '%s\n' a.db a.jsonl c.cfg l.list)" ]
}

@test "a full disk is an error of every sink, and leaves nothing half-written" {
    [ -c /dev/full ] || skip "no /dev/full"
    for sink in text conll table prodigy; do
        config "$sink"
        run -74 "$QUERN" run -q c.cfg a.jsonl -o /dev/full
        [[ "$output" == *"No space left"* ]]
    done
}

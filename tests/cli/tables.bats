# SPDX-License-Identifier: MIT
# tests/cli/tables.bats - the files source on CSV and TSV: every dialect gives the same documents,
# and broken rows cost only themselves.
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >c.cfg <<'EOF2'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "jsonl"; } );
EOF2
}

# go ARGS...: runs, leaves the output in out, the messages in err and the exit status in rc.
go()
{
    rc=0
    "$QUERN" run c.cfg "$@" >out 2>err || rc=$?
}

said()
{
    grep -qF -- "$1" err || {
        echo "not said: $1"
        cat err
        return 1
    }
}

@test "columns become text, id and metadata; quotes, line ends and empty cells as RFC 4180 has them" {
    printf 'id,title,text\r\n1,"a ""q"" b","two\r\nlines, yes"\r\n\r\n2,,plain "x"\r\n,"",""\r\n3,x,no end' >a.csv
    go a.csv
    [ "$rc" -eq 0 ]
    cat >want <<'EOF2'
{"id":"1","text":"two\r\nlines, yes","meta":{"title":"a \"q\" b"}}
{"id":"2","text":"plain \"x\""}
{"id":"a.csv:6","text":""}
{"id":"3","text":"no end","meta":{"title":"x"}}
EOF2
    diff want out
    go --set files.text_field=title --set files.id_field=text a.csv
    head -n 1 out | grep -qxF '{"id":"two\r\nlines, yes","text":"a \"q\" b","meta":{"id":"1"}}'
}

@test "the delimiter is learnt from the header, or from a line that names it" {
    printf '\xef\xbb\xbfid;text\n1;"a;b,c,d"\n' >semicolon.csv
    printf 'id\ttext\n1\t"a;b,c,d"\n' >tab.csv
    printf 'sep=|\r\nid|text\r\n1|a;b,c,d\r\n' >pipe.csv
    printf 'text\n"a;b,c,d"\n' >one.csv
    printf 'sep="\nid"text\n1,x\n' >quote.csv
    go semicolon.csv tab.csv pipe.csv one.csv quote.csv
    [ "$rc" -eq 2 ]
    said 'quote.csv:1: the header has no column "text"'
    printf '{"id":"1","text":"a;b,c,d"}\n%.0s' 1 2 3 >want
    printf '{"id":"one.csv:2","text":"a;b,c,d"}\n' >>want
    diff want out
}

@test "a row with wrong quotes or too few cells is named; the next line is read again" {
    printf 'id,text\n1,bad,too\n2,"open\n3,"x"y\n4,good\n5,"a""b"\n6,"never closed' >a.csv
    go a.csv
    [ "$rc" -eq 2 ]
    printf '{"id":"4","text":"good"}\n{"id":"5","text":"a\\"b"}\n' >want
    diff want out
    said 'a.csv:2: found 3 cells, expected 2 as in the header'
    said 'a.csv:3: text behind the quote (") that closes a cell'
    said 'a.csv:4: text behind the quote (") that closes a cell'
    said 'a.csv:7: a cell begins with a quote (") that is not closed'
}

@test "a quote that is never closed costs its line, not the file" {
    { printf 'id,text\n0,"open\n'; for i in $(seq 1 5000); do printf '%d,"row %d"\n' "$i" "$i"; done; } >a.csv
    go a.csv
    [ "$rc" -eq 2 ]
    [ "$(wc -l <out)" -eq 5000 ]
    { printf 'id,text\n0,"open\n'; for i in $(seq 1 5000); do printf '%d,row\n' "$i"; done; } >b.csv
    go --set files.max_size=1KiB b.csv
    [ "$(wc -l <out)" -eq 5000 ]
    said 'b.csv:2: a cell begins with a quote (") that is not closed'
}

@test "columns without a name are named by their place; a missing cell by its column" {
    printf ',text,lang,\n7,x,en,y\n8,z\n9\n' >a.csv
    go a.csv
    [ "$rc" -eq 2 ]
    [ "$(cat out)" = '{"id":"a.csv:2","text":"x","meta":{"column 1":"7","lang":"en","column 4":"y"}}' ]
    said 'a.csv:3: found 2 cells, expected 4 as in the header: none for "lang" and what follows it'
    said 'a.csv:4: found 1 cells, expected 4 as in the header: none for "text"'
}

@test "a row that is too long is passed over" {
    { printf 'id,text\n1,'; head -c 100000 /dev/zero | tr '\0' x; printf '\n2,ok\n'; } >a.csv
    for f in csv tsv; do
        tr , "$([ $f = csv ] && printf , || printf '\t')" <a.csv >b.$f
        go --set files.max_size=1000 b.$f
        [ "$(cat out)" = '{"id":"2","text":"ok"}' ]
        said "b.$f:2: a line of 100002 bytes, longer than max_size = 1000"
    done
}

@test "a header that will not do fails the file in one message" {
    printf 'id,body\n1,x\n2,y\n' >a.csv
    printf 'text,text\n1,x\n' >b.csv
    printf '"id,text\n1,x\n' >c.csv
    printf 'id,te\xffxt\n1,x\n' >d.csv
    : >e.csv
    printf 'text\nfine\n' >f.csv
    printf 'id,text\r1,x\r' >g.csv
    go a.csv b.csv c.csv d.csv e.csv f.csv g.csv
    [ "$rc" -eq 2 ]
    [ "$(cat out)" = '{"id":"f.csv:2","text":"fine"}' ]
    said 'a.csv:1: the header has no column "text"; name the column with text_field. It has: "id", "body"'
    said 'b.csv:1: the header has two columns "text", the 1. and the 2.; rename one'
    said 'g.csv:1: the lines end with CR alone'
    said 'c.csv:1: a cell begins with a quote (") that is not closed'
    said 'd.csv:1: the header is not UTF-8'
    [ "$(grep -c 'error: files' err)" -eq 5 ]
}

@test "cells that are not UTF-8 are named" {
    printf 'id,title,text\n1,caf\xe9,x\n2,x,caf\xe9\n3,x,y\n' >a.csv
    go a.csv
    [ "$rc" -eq 2 ]
    [ "$(cat out)" = '{"id":"3","text":"y","meta":{"title":"x"}}' ]
    said 'a.csv:2: the column "title" is not UTF-8: byte 0xE9'
    said 'a.csv:3: the text is not UTF-8: byte 0xE9'
}

@test "what the table sink writes comes back as it was, as CSV and as TSV" {
    printf '%s\n' '{"id":"1","text":"a\tb\\n\n\"c\", d\r\n"}' '{"id":"2","text":"\\t \\\\"}' \
        '{"id":"3","text":""}' '{"id":"4","text":"\""}' >a.jsonl
    go a.jsonl
    cp out want
    for f in csv tsv csv.gz; do
        cat >t.cfg <<EOF2
version = 1;
stages = ( { plugin = "files"; }, { plugin = "table"; rows = "documents"; path = "t.$f"; } );
EOF2
        "$QUERN" run -q t.cfg a.jsonl
        go "t.$f"
        [ "$rc" -eq 0 ]
        sed 's/,"meta":.*/}/' out | diff want -
    done
}

@test "rows are the same for any number of workers, also behind another table's" {
    for f in a b c; do
        { printf 'id,text,%s\n' "$f"; for i in $(seq 1 2000); do
            printf '%s%d,"text ""%d""\n",%s\n' "$f" "$i" "$i" "$f"; done; } >$f.csv
    done
    go -j 1 a.csv b.csv c.csv
    [ "$rc" -eq 0 ]
    cp out one
    go -j 4 a.csv b.csv c.csv
    cmp one out
    [ "$(grep -c '"meta":{"b":"b"}' out)" -eq 2000 ]
}

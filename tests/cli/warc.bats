# SPDX-License-Identifier: MIT
# tests/cli/warc.bats - the files source on web archives (WARC, WET), whole, quirky and broken.
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >c.cfg <<'EOF2'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "jsonl"; } );
EOF2
}

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

# rec TYPE NAME CONTENT-TYPE [FIELD]: a record around standard input.
rec()
{
    cat >body
    printf 'WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:%s>\r\nContent-Type: %s\r\n' "$1" "$2" "$3"
    [ -z "${4-}" ] || printf '%s\r\n' "$4"
    printf 'Content-Length: %d\r\n\r\n' "$(wc -c <body)"
    cat body
    printf '\r\n\r\n'
}

# answer NAME HEADERS: an HTTP answer with these headers (escapes as in printf) around standard input.
answer()
{
    { printf "HTTP/1.1 $2\r\n\r\n"; cat; } | rec response "$1" 'application/http; msgtype=response'
}

texts()
{
    sed 's/,"meta":.*//' out
}

@test "text of a WET file comes with its address, date and languages" {
    printf 'made by: x' | rec warcinfo info application/warc-fields >a.warc.wet
    printf 'Text.\n' | rec conversion one text/plain "$(printf 'WARC-Target-URI: http://a.example/\r\nWARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Identified-Content-Language: eng,fra')" >>a.warc.wet
    go a.warc.wet
    [ "$rc" -eq 0 ]
    [ "$(cat out)" = '{"id":"urn:one","text":"Text.\n","meta":{"url":"http://a.example/","fetched":"2026-01-02T03:04:05Z","type":"text/plain","languages":"eng,fra"}}' ]
    gzip -c a.warc.wet >b.warc.wet.gz
    go b.warc.wet.gz
    grep -qF '"text":"Text.\n"' out
    go - <a.warc.wet
    grep -qF '"text":"Text.\n"' out
}

@test "an HTTP answer gives its body: plain, in chunks, packed, and where the header is no longer true" {
    {
        printf '<p>plain' | answer plain '200 OK\r\nContent-Type: text/html; charset="ISO-8859-2"; x=1'
        printf '5;ext=1\r\nin ch\r\n4\r\nunks\r\n0\r\nTrailer: x\r\n\r\n' | answer chunks '200 OK\r\ntransfer-encoding: chunked\r\nContent-Type: text/plain'
        printf '<p>packed' | gzip | answer packed '203 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html'
        printf 'packed' | gzip >z
        { printf '%x\r\n' "$(wc -c <z)"; cat z; printf '\r\n0\r\n\r\n'; } | answer both '200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\nContent-Type: text/plain'
        { printf '%x\r\n' "$(wc -c <z)"; cat z; printf '\r\n0\r\n\r\n'; } | answer transfer '200 OK\r\nTransfer-Encoding: gzip, chunked\r\nContent-Type: text/plain'
        printf 'abc\nundone' | answer undone '200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\nContent-Type: text/plain'
        printf ' <html>' | answer untyped '200 OK\r\nServer: x'
    } >a.warc
    go a.warc
    [ "$rc" -eq 0 ]
    texts >got
    cat >want <<'EOF2'
{"id":"urn:plain","text":"<p>plain"
{"id":"urn:chunks","text":"in chunks"
{"id":"urn:packed","text":"<p>packed"
{"id":"urn:both","text":"packed"
{"id":"urn:transfer","text":"packed"
{"id":"urn:undone","text":"abc\nundone"
{"id":"urn:untyped","text":" <html>"}
EOF2
    diff want got
    head -n 1 out | grep -qF '"type":"text/html","charset":"ISO-8859-2"'
}

@test "requests are passed over; errors of servers and other media types are dropped, and counted" {
    {
        printf 'GET / HTTP/1.1\r\n\r\n' | rec request r 'application/http; msgtype=request'
        printf 'gone' | answer gone '404 Not Found\r\nContent-Type: text/html'
        printf 'PNG' | answer image '200 OK\r\nContent-Type: image/png'
        printf 'none' | answer none '200 OK\r\nServer: x'
        printf 'a' | answer a '200 OK\r\nContent-Type: text/plain'
        printf '{}' | answer json '200 OK\r\nContent-Type: application/json'
    } >a.warc
    go a.warc
    [ "$rc" -eq 0 ]
    [ "$(texts)" = '{"id":"urn:a","text":"a"' ]
    said '1 passed over'
    said '1 records dropped by http-status'
    said '3 records dropped by media-type'
    go --set 'files.types=["application/json"]' a.warc
    [ "$(texts)" = '{"id":"urn:json","text":"{}"' ]
}

@test "line ends without CR, missing and extra blank lines and version 1.1 are no trouble" {
    {
        printf 'WARC/1.1\nwarc-type:conversion\nWARC-Record-ID:<x:1>\nContent-Type: text/plain\ncontent-length:  3 \n\none'
        printf 'WARC/0.18\r\nWARC-Type: conversion\r\nWARC-Record-ID: <x:2>\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\ntwo\n\n\n\0\0\r\n'
        printf 'WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <x:3>\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nthree'
    } >a
    go a
    [ "$rc" -eq 0 ]
    texts >got
    printf '{"id":"x:1","text":"one"\n{"id":"x:2","text":"two"\n{"id":"x:3","text":"three"\n' | diff - got
}

@test "what is no record is passed over up to the next one, and named with its byte" {
    {
        printf 'one' | rec conversion 1 text/plain
        printf 'junk\nmore junk\n'
        printf 'two' | rec conversion 2 text/plain
        printf 'no length' | rec conversion 3 text/plain | sed 's/Content-Length: .*/Content-Length: many\r/'
        printf 'too short' | rec conversion 4 text/plain | sed 's/Content-Length: .*/Content-Length: 3\r/'
        printf 'five' | rec conversion 5 text/plain
        printf 'WARC/1.0\r\nWARC-Type: conversion\r\n'
        printf 'six' | rec conversion 6 text/plain
        printf 'cut off' | rec conversion 7 text/plain | head -c -6
    } >a.warc
    go a.warc
    [ "$rc" -eq 2 ]
    texts >got
    for t in 1:one 2:two 4:too 5:five 6:six; do
        printf '{"id":"urn:%s","text":"%s"\n' "${t%:*}" "${t#*:}"
    done | diff - got
    at=$(($(grep -abo '^junk' a.warc | cut -d: -f1) + 1))
    said "a.warc:2: byte $at unpacked: found no record, expected a line WARC/1.0 or WARC/1.1"
    said 'the record has no Content-Length that is a number'
    said "no empty line ends the record's header"
    said 'the archive is cut off inside a record of'
}

@test "a page that cannot be unpacked, or grows too much, fails by itself" {
    {
        printf '\x89\xff' | answer brotli '200 OK\r\nContent-Encoding: br\r\nContent-Type: text/html'
        { printf 'page' | gzip | head -c -8; printf 12345678; } | answer damaged '200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html'
        head -c 20000000 /dev/zero | gzip | answer bomb '200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html'
        awk 'BEGIN { srand(1); while (i++ < 3000) print rand() }' | gzip | head -c 5000 | answer cut '200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html'
        printf 'ff\r\nhalf a chunk' | answer half '200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html'
        printf 'no header' | rec response none 'application/http; msgtype=response'
        printf fine | answer fine '200 OK\r\nContent-Type: text/html'
    } >a.warc
    go a.warc
    [ "$rc" -eq 2 ]
    said 'a.warc:1: the page is packed with "br", expected gzip or zstd'
    said 'a.warc:2: the gzip page is damaged'
    said 'a.warc:3: the packed page grows beyond'
    said 'a.warc:6: the answer does not begin with HTTP/'
    sed -n 1p out | grep -qF '"truncated":"encoding"'
    sed -n 2p out | grep -qF '"text":"half a chunk"'
    sed -n 2p out | grep -qF '"truncated":"chunk"'
    sed -n 3p out | grep -qF '"text":"fine"'
}

@test "a record longer than max_size is passed over without holding it" {
    head -c 3000000 /dev/zero | tr '\0' x | rec conversion 1 text/plain >a.warc
    printf 'two' | rec conversion 2 text/plain >>a.warc
    go --set files.max_size=1MiB a.warc
    [ "$rc" -eq 2 ]
    [ "$(texts)" = '{"id":"urn:2","text":"two"' ]
    said 'a.warc:1: a record of 3000000 bytes, longer than max_size = 1048576'
}

@test "a length that no file can have is called wrong, not too large" {
    printf 'WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 99999999999999\r\n\r\nabc' >a.warc
    go a.warc
    [ "$rc" -eq 2 ]
    said 'of which 3 are there: its Content-Length is wrong or the archive is cut off'
}

@test "an archive of gzip members that is cut gives all records before, for any number of workers" {
    for i in $(seq 1 500); do
        printf 'text %d' "$i" | rec conversion "$i" text/plain | gzip
    done >a.warc.gz
    go -j 1 a.warc.gz
    [ "$(wc -l <out)" -eq 500 ]
    cp out one
    go -j 4 a.warc.gz
    cmp one out
    head -c -30 a.warc.gz >b.warc.gz
    go b.warc.gz
    [ "$rc" -eq 2 ]
    head -n 499 one | cmp - out
    said 'b.warc.gz: gzip data is cut off'
}

@test "ARC, the older format, is named" {
    printf 'filedesc://a.arc 0.0.0.0 20010101000000 text/plain 76\n1 0 x\n' >a.warc
    go a.warc
    [ "$rc" -eq 2 ]
    said 'a.warc:1: byte 1 unpacked: an ARC archive'
}

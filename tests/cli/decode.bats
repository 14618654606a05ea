# SPDX-License-Identifier: MIT
# tests/cli/decode.bats - bytes in any encoding: marks, patterns, labels, fallback, mistakes, provenance.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >c.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "decode"; }, { plugin = "jsonl"; provenance = true; } );
X
    cat >t.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "decode"; }, { plugin = "text"; } );
X
}

text() { "$QUERN" run -q t.cfg "$@"; }

@test "byte order marks, UTF-16 and UTF-32 with and without them" {
    printf 'Caf\303\251 Velo.\nA line more.' >want
    for e in UTF-16LE UTF-16BE UTF-32LE UTF-32BE UTF-16 UTF-32; do iconv -f UTF-8 -t $e want >"$e.txt"; done
    { printf '\357\273\277'; cat want; } >mark.txt
    for f in UTF-*.txt mark.txt; do
        [ "$(text "$f")" = "$(cat want)" ] || { echo "$f"; false; }
    done
    run -0 --separate-stderr "$QUERN" run -q c.cfg UTF-16LE.txt
    [[ "$output" == *'"encoding":"UTF-16LE"'* ]]
    run -0 --separate-stderr "$QUERN" run -q c.cfg mark.txt
    [[ "$output" == *'"text":"Café'*'"rawstart":0,"rawend":3,"rule":"decode-mark"'* ]]
    [[ "$output" != *'"encoding"'* ]]
}

@test "what is not UTF-8 is the fallback; the map leads back to the bytes" {
    printf 'The caf\351 of \223Velo\224.' >a.txt
    [ "$(text a.txt)" = 'The café of “Velo”.' ]
    run -0 --separate-stderr "$QUERN" run -q c.cfg a.txt
    [[ "$output" == *'"start":7,"end":8,"rawstart":7,"rawend":8,"rule":"decode-charset"'*'"encoding":"WINDOWS-1252"'* ]] ||
        [[ "$output" == *'"encoding":"WINDOWS-1252"'*'"start":7,"end":'*',"rawstart":7,"rawend":8,"rule":"decode-charset"'* ]]
    printf '\360\322\311\327\305\324' >k.txt
    [ "$(text --set decode.fallback=koi8-r k.txt)" = 'Привет' ]
    [ "$(text --set decode.encoding=koi8-r k.txt)" = 'Привет' ]
}

@test "a label counts for what is not UTF-8, and for what hides in ASCII" {
    printf '<meta charset=shift_jis><p>\223\372\226\173</p>' >page.html
    [[ "$(text page.html)" == *'日本'* ]]
    printf '<meta charset=shift_jis><p>caf\303\251</p>' >copy.html
    [[ "$(text copy.html)" == *'café'* ]]
    printf '<meta charset=iso-2022-jp><p>\033$BF|K\\\033(B</p>' >jis.html
    [[ "$(text jis.html)" == *'日本'* ]]
    printf '<meta charset=utf-16><p>caf\351</p>' >odd.html
    [[ "$(text odd.html)" == *'caf�'* ]]
    [[ "$(text --set decode.declared=false page.html)" == *'“ú–{'* ]]
}

@test "a web archive's Content-Type is a label" {
    page=$(printf '<p>\320\362\311')
    http=$(printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=koi8-r\r\n\r\n%sx' "$page")
    http=${http%x}
    LC_ALL=C printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n' \
        "$(LC_ALL=C; printf '%s' "$http" | wc -c)" "$http" >a.warc
    [ "$(text a.warc)" = '<p>пРи' ]
}

@test "mistakes: replaced and counted, or their record dropped or refused" {
    printf 'a\200b\303' >bad.txt
    printf 'good' >good.txt
    run -0 "$QUERN" run --set decode.encoding=utf-8 t.cfg bad.txt good.txt
    [[ "$output" == *'a�b�'* ]]
    [[ "$output" == *'2 invalid'* ]]
    run -0 --separate-stderr "$QUERN" run --set decode.encoding=utf-8 --set decode.invalid=drop t.cfg bad.txt good.txt
    [[ "$output" == *good* ]]
    [[ "$output" != *b* ]]
    [[ "$stderr" == *'1 records dropped by decode-invalid'* ]]
    run -2 --separate-stderr "$QUERN" run --set decode.encoding=utf-8 --set decode.invalid=fail t.cfg bad.txt good.txt
    [[ "$stderr" == *'bad.txt'*'byte 0x80 at offset 1 begins no character of UTF-8 (2 such places)'* ]]
}

@test "an encoding that nobody knows is refused before the run" {
    run -78 "$QUERN" check --set decode.encoding=klingon-1 t.cfg
    [[ "$output" == *'"klingon-1" is no encoding that iconv knows (iconv -l lists them)'* ]]
    run -78 "$QUERN" check --set decode.fallback=utf-8//IGNORE t.cfg
    [[ "$output" == *'"utf-8//IGNORE" is no encoding'* ]]
}

@test "without decode, such a text is refused with a word about it" {
    printf 'caf\351' >a.txt
    printf 'version = 1;\nstages = ( { plugin = "files"; }, { plugin = "text"; } );\n' >n.cfg
    run -2 "$QUERN" run n.cfg a.txt
    [[ "$output" == *'byte 0xE9 at offset 3'*'decode'* ]]
}

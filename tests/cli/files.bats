# SPDX-License-Identifier: MIT
# tests/cli/files.bats - the files source through the program: what becomes a document, and that
# broken input is named and costs nothing but itself.
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >c.cfg <<'EOF'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "jsonl"; } );
EOF
}

# go ARGS...: runs, leaves the output in out, the messages in err and the exit status in rc.
go()
{
    rc=0
    "$QUERN" run c.cfg "$@" >out 2>err || rc=$?
}

# same FILE TEXT: the file holds the text (escapes as in printf).
same()
{
    printf "$2" >want
    diff want "$1"
}

said()
{
    grep -qF -- "$1" err || {
        echo "not said: $1"
        cat err
        return 1
    }
}

@test "a text file is a document whose id is its path" {
    mkdir d
    printf 'one\n' >d/a.txt
    : >d/empty.txt
    printf 'nul \0 stays' >d/nul.txt
    go d/a.txt ./d/a.txt d/empty.txt d/nul.txt
    [ "$rc" -eq 0 ]
    same out '{"id":"d/a.txt","text":"one\\n"}\n{"id":"./d/a.txt","text":"one\\n"}
{"id":"d/empty.txt","text":""}\n{"id":"d/nul.txt","text":"nul \\u0000 stays"}\n'
}

@test "a folder is read in byte order of the paths, without hidden names" {
    mkdir -p d/a d/.git d/b
    for f in d/a/z.txt d/a.txt d/a-b.txt d/Z.txt d/b/1.txt d/.hidden.txt d/.git/x.txt; do
        printf x >"$f"
    done
    go d
    [ "$(grep -o '"id":"[^"]*"' out | tr '\n' ' ')" = \
        '"id":"d/Z.txt" "id":"d/a-b.txt" "id":"d/a.txt" "id":"d/a/z.txt" "id":"d/b/1.txt" ' ]
    cp out first
    go d/
    cmp out first
}

@test "links to files are followed, links to folders and pipes in a folder are named" {
    mkdir -p d/sub other
    printf x >other/f.txt
    ln -s ../other/f.txt d/link.txt
    ln -s .. d/sub/up
    ln -s gone d/dangling.txt
    mkfifo d/pipe
    go d
    [ "$rc" -eq 2 ]
    same out '{"id":"d/link.txt","text":"x"}\n'
    said 'd/sub/up: passed over: a symbolic link to a folder'
    said 'd/pipe: passed over: not a regular file'
    said 'd/dangling.txt: cannot be read: No such file or directory'
}

@test "a pattern is expanded in byte order; a file of that very name comes first" {
    printf 1 >b.txt
    printf 2 >B.txt
    printf 3 >'[x].txt'
    go '*.txt' '[x].txt'
    same out '{"id":"B.txt","text":"2"}\n{"id":"[x].txt","text":"3"}
{"id":"b.txt","text":"1"}\n{"id":"[x].txt","text":"3"}\n'
}

@test "what is not there stops the run before it starts" {
    go gone.txt
    [ "$rc" -eq 66 ]
    said '"gone.txt" cannot be read: No such file or directory'
    go 'gone/*.txt'
    [ "$rc" -eq 66 ]
    said 'no file matches "gone/*.txt"'
    go - -
    [ "$rc" -eq 66 ]
    said '"-" (standard input) is given twice'
    [ ! -s out ]
}

@test "a file that may not be read is named" {
    [ "$(id -u)" -ne 0 ] || skip "root may read everything"
    mkdir d
    printf x >d/a.txt
    printf y >d/b.txt
    chmod 0 d/a.txt
    go d/a.txt
    [ "$rc" -eq 66 ]
    said '"d/a.txt" cannot be read: Permission denied'
    go d
    [ "$rc" -eq 2 ]
    said 'd/a.txt: cannot be opened: Permission denied'
    same out '{"id":"d/b.txt","text":"y"}\n'
}

@test "standard input is text or JSON lines, plain or gzip, by its content" {
    printf 'plain' | go
    same out '{"id":"-","text":"plain"}\n'
    printf '\n {"text":"j"}\n' | go -
    same out '{"id":"-:2","text":"j"}\n'
    printf '{"text":"z"}\n' | gzip | go
    same out '{"id":"-:1","text":"z"}\n'
    printf '{ is how a sentence may begin' | go
    same out '{"id":"-","text":"{ is how a sentence may begin"}\n'
    go </dev/null
    [ "$rc" -eq 0 ]
    [ ! -s out ]
}

@test "the format is known by name, by content, or by option" {
    printf '{"text":"x"}\n' >a.jsonl
    gzip -c a.jsonl >b.ndjson.gz
    cp a.jsonl c.data
    cp a.jsonl d.txt
    gzip -c a.jsonl >e
    go a.jsonl b.ndjson.gz c.data d.txt e
    [ "$(grep -o '"id":"[^"]*"' out | tr '\n' ' ')" = \
        '"id":"a.jsonl:1" "id":"b.ndjson.gz:1" "id":"c.data:1" "id":"d.txt" "id":"e:1" ' ]
    go --set files.format=jsonl d.txt
    same out '{"id":"d.txt:1","text":"x"}\n'
    go --set files.format=txt a.jsonl
    same out '{"id":"a.jsonl","text":"{\\"text\\":\\"x\\"}\\n"}\n'
}

@test "a named pipe is read once, as text or as lines" {
    mkfifo p
    printf 'through a pipe' >p &
    go p
    same out '{"id":"p","text":"through a pipe"}\n'
    printf '{"text":"a"}\n{"text":"b"}\n' >p &
    go p
    same out '{"id":"p:1","text":"a"}\n{"id":"p:2","text":"b"}\n'
}

@test "fields of a JSON line become text, id and typed metadata" {
    cat >a.jsonl <<'EOF'
{"id":"A","text":"t","s":"é\n","i":-5,"big":12345678901234567890,"r":2.50,"b":true,"n":null,"o":{"k": [1]}}
{"text":"t","id":17}
{"text":"t","id":{"$oid":"x"}}
{"text":"t","id":""}
{"body":"t","key":"K","text":5}
EOF
    go a.jsonl
    head -n 4 out >four
    same four '{"id":"A","text":"t","meta":{"s":"é\\n","i":-5,"big":12345678901234567890,"r":2.5,"b":true,"n":null,"o":{"k": [1]}}}
{"id":"17","text":"t"}\n{"id":"a.jsonl:3","text":"t","meta":{"id":{"$oid":"x"}}}\n{"id":"a.jsonl:4","text":"t"}\n'
    go --set files.text_field=body --set files.id_field=key a.jsonl
    same out '{"id":"K","text":"t","meta":{"text":5}}\n'
}

@test "blank lines, CRLF, a byte order mark and a missing last line end are no trouble" {
    printf '\xef\xbb\xbf{"text":"a"}\r\n\r\n  \n{"text":"b"}\r\n{"text":"c"}' >a.jsonl
    go a.jsonl
    [ "$rc" -eq 0 ]
    same out '{"id":"a.jsonl:1","text":"a"}\n{"id":"a.jsonl:4","text":"b"}\n{"id":"a.jsonl:5","text":"c"}\n'
}

@test "every broken line is named with what is wrong, and costs only itself" {
    {
        printf '{"text":"first"}\n'
        printf '[1]\n'
        printf '{"text":"cut\n'
        printf '{"title":"x"}\n'
        printf '{"text":7}\n'
        printf '{"text":"\xff"}\n'
        printf '{"text":"\0"}\n'
        printf '{"text":"\\ud800"}\n'
        printf '{"text":"a","text":"b"}\n'
        printf '{"text":"x"} {"text":"y"}\n'
        printf '{"text":"last"}\n'
    } >a.jsonl
    go a.jsonl
    [ "$rc" -eq 2 ]
    same out '{"id":"a.jsonl:1","text":"first"}\n{"id":"a.jsonl:11","text":"last"}\n'
    said "a.jsonl:2: not a JSON object on one line: byte 1: found '[', expected an object"
    said "a.jsonl:3: not a JSON object on one line: byte 13: found the end, expected '\"'"
    said 'a.jsonl:4: the object has no "text"; name the field with text_field'
    said "a.jsonl:5: not a JSON object on one line: byte 9: found '7', expected a string"
    said 'a.jsonl:6: not a JSON object on one line: byte 10: found byte 0xFF, expected UTF-8'
    said 'a.jsonl:7: not a JSON object on one line: byte 10: found byte 0x00'
    said 'a.jsonl:8: not a JSON object on one line: byte 10: found the first half of a surrogate'
    said 'a.jsonl:9: the field "text" is there twice'
    said "a.jsonl:10: not a JSON object on one line: byte 14: found '{', expected nothing more"
}

@test "what failed goes to quarantine as it was read" {
    printf '{"text":"good"}\n{"text":"bad}\n' >a.jsonl
    go --on-error quarantine:q.jsonl a.jsonl
    same out '{"id":"a.jsonl:1","text":"good"}\n'
    grep -qF '"text":"{\"text\":\"bad}"' q.jsonl
    grep -qF '"place":"a.jsonl:2"' q.jsonl
}

@test "what quarantine holds is read again, with a stage that can" {
    for n in 1 2 3; do printf "caf\xe9 %0${n}d" 0 >$n.txt; done
    go --on-error quarantine:q.jsonl 1.txt 2.txt 3.txt
    [ "$rc" -eq 2 ]
    sed 's/{ *plugin = "files"[^}]*}/&, { plugin = "decode"; }/' c.cfg >d.cfg
    grep -q decode d.cfg
    "$QUERN" run -q d.cfg q.jsonl >out
    [ "$(grep -o '"text":"[^"]*"' out | tr -d '\n')" = '"text":"café 0""text":"café 00""text":"café 000"' ]
    grep -qF '"id":"2.txt"' out
    grep -qF '"error":"the text is not UTF-8' out
    "$QUERN" run -q d.cfg - <q.jsonl | cmp - out
    printf '{"bytes":"a","x":1}\n{"bytes":"=AAA"}\n{"bytes":"AA=A"}\n{"bytes":7}\n{"bytes":"////","text":"both"}\n{"bytes":""}\n' >odd.jsonl
    go odd.jsonl
    [ "$rc" -eq 2 ]
    for n in 1 2 3 4; do said "odd.jsonl:$n: the object has no \"text\""; done
    same out '{"id":"odd.jsonl:5","text":"both","meta":{"bytes":"////"}}\n{"id":"odd.jsonl:6","text":""}\n'
}

@test "text that is not UTF-8 is named" {
    printf 'caf\xe9' >a.txt
    printf 'fine' >b.txt
    go a.txt b.txt
    [ "$rc" -eq 2 ]
    said 'a.txt: the text is not UTF-8: byte 0xE9'
    same out '{"id":"b.txt","text":"fine"}\n'
}

@test "a file name that is not UTF-8 is read, and written with escapes" {
    mkdir d
    printf x >"$(printf 'd/caf\xe9.txt')" || skip "the file system wants UTF-8"
    go d
    same out '{"id":"d/caf\\\\xe9.txt","text":"x"}\n'
}

@test "a line of 1 GiB is passed over in little memory" {
    {
        printf '{"text":"before"}\n'
        head -c 1G /dev/zero | tr '\0' 'x'
        printf '\n{"text":"behind"}\n'
    } | { [ -n "$INSTRUMENTED" ] || ulimit -v 600000; go; }
    grep -c . out | grep -qx 2
    same out '{"id":"-:1","text":"before"}\n{"id":"-:3","text":"behind"}\n'
    said '-:2: a line of 1073741824 bytes, longer than max_size = 67108864'
}

@test "max_size holds for documents and lines" {
    printf '12345678' >a.txt
    printf '123456789' >b.txt
    gzip -c b.txt >c.txt.gz
    go --set files.max_size=8 a.txt b.txt c.txt.gz
    [ "$rc" -eq 2 ]
    same out '{"id":"a.txt","text":"12345678"}\n'
    said 'b.txt: longer than max_size = 8 bytes'
    said 'c.txt.gz: longer than max_size = 8 bytes'
}

# lines N: JSON lines that deflate can make little of.
lines()
{
    awk -v n="$1" 'BEGIN { srand(1); for (i = 1; i <= n; i++)
        printf "{\"text\":\"%d %d %d %d\"}\n", i, rand() * 1e9, rand() * 1e9, rand() * 1e9 }'
}

@test "gzip: members, padding, and text by its first bytes and not by its name" {
    { printf '{"text":"a"}\n{"te' | gzip; printf 'xt":"b"}\n' | gzip; } >m.jsonl
    go m.jsonl
    same out '{"id":"m.jsonl:1","text":"a"}\n{"id":"m.jsonl:2","text":"b"}\n'
    head -c 1000 /dev/zero >>m.jsonl
    go m.jsonl
    [ "$rc" -eq 0 ]
    same out '{"id":"m.jsonl:1","text":"a"}\n{"id":"m.jsonl:2","text":"b"}\n'
    printf 'plain' | gzip >t.txt
    go t.txt
    same out '{"id":"t.txt","text":"plain"}\n'
}

@test "gzip: whole lines before a cut come out, then its place, then the next file" {
    lines 2000 >a.jsonl
    gzip -c a.jsonl >whole.gz
    n=$(($(wc -c <whole.gz) / 2))
    head -c "$n" whole.gz >cut.jsonl.gz
    printf '{"text":"next"}\n' >z.jsonl
    go cut.jsonl.gz z.jsonl
    [ "$rc" -eq 2 ]
    said "cut.jsonl.gz: gzip data is cut off: the file ends behind byte $n (byte"
    tail -n 1 out >last
    same last '{"id":"z.jsonl:1","text":"next"}\n'
    k=$(($(wc -l <out) - 1))
    [ "$k" -gt 500 ]
    head -n "$k" out | sed 's/.*"text"/{"text"/' >got
    head -n "$k" a.jsonl | cmp - got
}

@test "gzip: a wrong checksum, a wrong length and junk behind are each named" {
    lines 100 >a.jsonl
    gzip -c a.jsonl >crc.jsonl.gz
    n=$(wc -c <crc.jsonl.gz)
    cp crc.jsonl.gz len.jsonl.gz
    cp crc.jsonl.gz junk.jsonl.gz
    printf 'XXXX' | dd of=crc.jsonl.gz bs=1 seek=$((n - 8)) conv=notrunc 2>dd.err
    printf 'XXXX' | dd of=len.jsonl.gz bs=1 seek=$((n - 4)) conv=notrunc 2>dd.err
    printf 'junk' >>junk.jsonl.gz
    go crc.jsonl.gz len.jsonl.gz junk.jsonl.gz a.jsonl
    [ "$rc" -eq 2 ]
    said 'crc.jsonl.gz: gzip data is damaged'
    said 'the data does not have the checksum (CRC-32) it should have'
    said 'the data does not have the length it should have'
    said "junk.jsonl.gz: junk behind the gzip data at byte $((n + 1)) of the file: found byte 0x6a"
    [ "$(wc -l <out)" -eq 400 ]
}

@test "gzip: text files fail as a whole" {
    lines 2000 | gzip >a.gz
    head -c 9000 a.gz >cut.txt.gz
    printf 'not packed' >plain.txt.gz
    : >empty.txt.gz
    printf '\xfd7zXZ\x00' >z.txt
    printf ok >b.txt
    go cut.txt.gz plain.txt.gz empty.txt.gz z.txt b.txt
    [ "$rc" -eq 2 ]
    same out '{"id":"b.txt","text":"ok"}\n'
    said 'cut.txt.gz: gzip data is cut off: the file ends behind byte 9000'
    said 'plain.txt.gz: is named .gz but is not gzip'
    said 'empty.txt.gz: is named .gz but is not gzip: found an empty file'
    said 'z.txt: is xz data; quern reads plain files, gzip and zstd: unpack it first'
}

@test "gzip: a bomb of 1,000 to 1 is refused with the default options" {
    head -c 100000000 /dev/zero | gzip >bomb.txt.gz
    cp bomb.txt.gz bomb.jsonl.gz
    printf ok >b.txt
    go bomb.txt.gz bomb.jsonl.gz b.txt
    [ "$rc" -eq 2 ]
    same out '{"id":"b.txt","text":"ok"}\n'
    said 'bomb.txt.gz: gzip data grows too much'
    said 'bomb.jsonl.gz: gzip data grows too much'
}

# zst FILE: packs it to FILE.zst, or skips the test when nothing here can, or quern was built without.
zst()
{
    command -v zstd >/dev/null || skip "no zstd to pack with"
    printf x | zstd -q >probe.zst
    go probe.zst
    if grep -q 'built without' err; then skip "built without libzstd"; fi
    zstd -q "$@"
}

@test "zstd: frames, a frame to skip, and both formats by their first bytes and by name" {
    lines 3000 >a.jsonl
    head -n 1700 a.jsonl >x
    tail -n +1701 a.jsonl >y
    zst x y
    { cat x.zst; printf '\x55\x2a\x4d\x18\x03\x00\x00\x00abc'; cat y.zst; } >both
    go both
    [ "$rc" -eq 0 ]
    sed 's/.*"text"/{"text"/' out | cmp - a.jsonl
    go - <both
    [ "$(wc -l <out)" -eq 3000 ]
    printf 'plain' >t.txt
    zstd -q t.txt
    go t.txt.zst
    same out '{"id":"t.txt.zst","text":"plain"}\n'
}

@test "zstd: cut off, damaged, with junk behind and grown too far, each named with its place" {
    lines 2000 >a.jsonl
    zst a.jsonl
    n=$(wc -c <a.jsonl.zst)
    head -c $((n / 2)) a.jsonl.zst >cut.jsonl.zst
    cp a.jsonl.zst sum.jsonl.zst
    printf 'XX' | dd of=sum.jsonl.zst bs=1 seek=$((n - 2)) conv=notrunc 2>dd.err
    { cat a.jsonl.zst; printf junk; } >junk.jsonl.zst
    head -c 100000000 /dev/zero | zstd -q >bomb.txt.zst
    cp a.jsonl plain.jsonl.zst
    go cut.jsonl.zst sum.jsonl.zst junk.jsonl.zst bomb.txt.zst plain.jsonl.zst a.jsonl
    [ "$rc" -eq 2 ]
    said "cut.jsonl.zst: zstd data is cut off: the file ends behind byte $((n / 2)) (byte"
    said 'sum.jsonl.zst: zstd data is damaged behind byte'
    said 'the data does not have the checksum (XXH64) it should have'
    said "junk.jsonl.zst: junk behind the zstd data at byte $((n + 1)) of the file: found byte 0x6a"
    said 'bomb.txt.zst: zstd data grows too much'
    said 'plain.jsonl.zst: is named .zst but is not zstd: found other bytes'
    [ "$(grep -c '"id":"junk' out)" -eq 2000 ]
    [ "$(grep -c '"id":"a.jsonl' out)" -eq 2000 ]
}

@test "the output is the same bytes for any number of workers" {
    mkdir d
    for i in $(seq 1 300); do
        lines "$((i % 7))" >"d/$i.jsonl"
        printf 'text %d' "$i" >"d/$i.txt"
        printf '{"text":' >>"d/$i.jsonl"
    done
    go -j 1 d
    cp out one
    cp err one.err
    go -j 4 d
    cmp one out
    diff <(grep error: one.err) <(grep error: err)
}

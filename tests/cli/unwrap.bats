# SPDX-License-Identifier: MIT
# tests/cli/unwrap.bats - which line ends go, which stay, and what becomes of hyphens.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >u.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "unwrap"; }, { plugin = "jsonl"; } );
X
    cat >prose.txt <<'X'
The harbour of Velo will close for a whole year because its old
walls have moved by a metre since the spring, the town's council
said on Tuesday. Fishing crews will be paid for as long as the har-
bour is closed, and a ferry will leave from the next town in-
stead. It was a well-
known problem, and everybody said that it was well-known.

A second paragraph follows here, and it is wrapped at the same
width as the first one was.
X
}

# The text that comes out, with line ends as they are in JSON.
text()
{
    "$QUERN" run -q u.cfg "$@" | sed 's/.*"text":"//; s/"[,}].*//'
}

@test "wrapped paragraphs become one line each, hyphens go or stay by the text's own words" {
    out=$(text prose.txt)
    echo "$out"
    [[ $out == 'The harbour of Velo will close for a whole year because its old walls have moved'* ]]
    [[ $out == *'as long as the harbour is closed'* ]]
    [[ $out == *'next town instead. It was a well-known problem'* ]]
    [[ $out == *'well-known.\n\nA second paragraph follows here, and it is wrapped at the same width as the first one was.\n' ]]
}

@test "a word's own halves are no evidence for a compound; halves elsewhere in the text are" {
    printf 'Dr Ward met the ferry on its way to a har-\nbour of the west; the council is to for-\nward the vote.' >h.txt
    out=$("$QUERN" run -q u.cfg h.txt --set unwrap.mode=on | sed 's/.*"text":"//; s/".*//')
    echo "$out"
    [[ $out == *'a harbour of the west'* ]]
    [[ $out == *'is to forward the vote.' ]]
    printf ' For him, a for-\nward vote.' >>h.txt
    out=$("$QUERN" run -q u.cfg h.txt --set unwrap.mode=on | sed 's/.*"text":"//; s/".*//')
    echo "$out"
    [[ $out == *'is to for-ward the vote.'* ]]
}

@test "compounds are known by what one half is" {
    printf 'Two-thirds of the editor-in-chiefs had an alcohol-free lager; about three-\nquarters had none, said the tower-\nin-chief, a Hungarian-\nspeaking guest of sepa-\nrate thresh-\nolds who came fur-\nther.\n' >h.txt
    out=$(text h.txt --set unwrap.mode=on)
    echo "$out"
    [[ $out == *'about three-quarters had none, said the tower-in-chief, a Hungarian-speaking guest of separate thresholds who came further.'* ]]
}

@test "a line with more indent than most begins a paragraph, and texts of long lines were not wrapped" {
    { printf '   A heading that has no stop but fills its line to the very end\n'; sed 's/^The /   The /; s/^A second/   A second/; /^$/d' prose.txt; } >in.txt
    out=$(text in.txt)
    echo "$out"
    [[ $out == *'to the very end\n   The harbour of Velo will close for a whole year because its old walls'* ]]
    [[ $out == *'well-known.\n   A second paragraph follows here'* ]]
    { head -3 prose.txt; for i in 1 2 3; do tr '\n' ' ' <prose.txt; echo; done; } >long.txt
    out=$(text long.txt)
    [[ $out == *'because its old\nwalls have moved'* ]]
}

@test "lists, tables, headings, quotations, code and signatures stay" {
    cat prose.txt - >mixed.txt <<'X'

- the first item of a list that goes on for quite a while here
- the second item of the list that goes on for quite a while too

ONE HEADING IN CAPITALS THAT IS LONG ENOUGH TO BE A FULL LINE
name        age   town of residence of the person in question

> quoted words of somebody else that fill the line to its end
> and go on in the next line as well

    code = indented by four blanks and also long enough to be full
    more = code

-- 
Ana Lopes, Council of Velo, Harbour Road 12, second floor, Velo
telephone on request
X
    out=$(text mixed.txt)
    [[ $out == *'was.\n\n- the first item of a list that goes on for quite a while here\n- the second'* ]]
    [[ $out == *'FULL LINE\nname '*'\n\n> quoted words of somebody else that fill the line to its end\n> and'* ]]
    [[ $out == *'to be full\n    more'*'second floor, Velo\ntelephone on request\n' ]]
}

@test "verse and lines that were never wrapped stay" {
    printf '%s\n' 'The wind is in the willow tree' 'And all the boats are home' 'The moon is on the open sea' \
        'And I am here alone' >verse.txt
    [ "$(text verse.txt)" = 'The wind is in the willow tree\nAnd all the boats are home\nThe moon is on the open sea\nAnd I am here alone\n' ]
    printf '%s\n' 'A paragraph in one line, as editors write them, which goes on and on without any line end until it is over, however long that takes it.' \
        'Short one.' 'Another paragraph in one line, which goes on and on without any line end until it is over, however long that may take it.' >long.txt
    [ "$(text long.txt | grep -o '\\n' | wc -l)" -eq 3 ]
}

@test "Chinese is joined without a blank" {
    printf '%s\n' '港口将关闭一年，因为旧墙自春天以来已经移动了一米，' '市议会星期二说。渔民将在港口关闭期间得到补偿，渡' '轮将从下一个城镇出发。' >zh.txt
    [ "$(text zh.txt)" = '港口将关闭一年，因为旧墙自春天以来已经移动了一米，市议会星期二说。渔民将在港口关闭期间得到补偿，渡轮将从下一个城镇出发。\n' ]
}

@test "every change has its rule, and a second pass changes nothing" {
    "$QUERN" run -q u.cfg prose.txt --stats s.json >one.jsonl
    grep -q '"rule": *"unwrap-join"' s.json
    grep -q '"rule": *"unwrap-hyphen"' s.json
    grep -q '"rule": *"unwrap-compound"' s.json
    "$QUERN" run -q u.cfg one.jsonl >two.jsonl
    [ "$(sed 's/.*"text"//' one.jsonl)" = "$(sed 's/.*"text"//' two.jsonl)" ]
}

@test "hostile text ends in time" {
    awk 'BEGIN { for (i = 0; i < 100000; i++) printf "a-\n" }' >h.txt
    awk 'BEGIN { for (i = 0; i < 300000; i++) printf "-"; for (i = 0; i < 100000; i++) printf "a- "; for (i = 0; i < 100000; i++) printf "a1b2" }' >>h.txt
    timeout 60 "$QUERN" run -q u.cfg h.txt --set unwrap.mode=on >/dev/null
}

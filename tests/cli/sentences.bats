# SPDX-License-Identifier: MIT
# tests/cli/sentences.bats - sentences and tokens as an operator sets them up: words of one's own,
# languages, styles, confidence, and the blanks that spaCy counts as tokens.
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >c.cfg <<'EOF'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "sentences"; }, { plugin = "tokens"; },
           { plugin = "jsonl"; } );
EOF
}

# sentences OPTION...: the sentences of standard input, one a line, between brackets.
sentences()
{
    "$QUERN" run -q c.cfg --set jsonl.offsets=byte "$@" - -o out <"${file:-in}"
    grep -o '"sents":\[[^]]*\]' out | grep -o '"start":[0-9]*,"end":[0-9]*' |
        while IFS=: read -r _ beg end; do
            beg=${beg%,*}
            printf '[%s]\n' "$(tail -c +$((beg + 1)) in | head -c $((end - beg)))"
        done
}

@test "words given in the config end no sentence" {
    printf 'It hit the zzgl. Bridge at noon. The zzgl. The end.' >in
    run sentences
    [ "${lines[0]}" = '[It hit the zzgl.]' ]
    run sentences --set 'sentences.abbreviations=["Zzgl."]'
    [ "${lines[0]}" = '[It hit the zzgl. Bridge at noon.]' ]
    [ "${lines[1]}" = '[The zzgl.]' ]
    [ "${lines[2]}" = '[The end.]' ]
    grep -qF '{"id":3,"start":11,"end":15},{"id":4,"start":15,"end":16}' out
    sentences --set 'sentences.abbreviations=["Zzgl."]' --set 'tokens.abbreviations=["zzgl"]'
    grep -qF '{"id":3,"start":11,"end":16}' out
}

@test "each language knows its own abbreviations" {
    printf 'Wir kamen bzw. Anna kam.' >in
    [ "$(sentences --set sentences.language=de | wc -l)" = 1 ]
    [ "$(sentences --set sentences.language=other | wc -l)" = 2 ]
}

@test "confidence is written on request, and is 1 where nothing was to decide" {
    printf 'He met Gen. Ames of Bright Inc. Analysts were calm. It was late.\n\nBye' >in
    sentences
    run ! grep -q confidence out
    sentences --set sentences.confidence=true
    [ "$(grep -o '"confidence":[0-9.]*' out | wc -l)" = "$(grep -o '"start"' <<<"$(grep -o '"sents":\[[^]]*' out)" | wc -l)" ]
    grep -q '"confidence":1}\],' out
    grep -q '"confidence":0\.[5-9][0-9]*}' out
}

@test "a bias moves the doubtful cuts, not the plain ones" {
    printf 'He met Gen. Ames of Bright Inc. Analysts in New York and Lima were calm. It was late.' >in
    [ "$(sentences --set sentences.gaps=all --set sentences.bias=1 | wc -l)" -le 3 ] # not every blank
    [ "$(sentences --set sentences.bias=10 | wc -l)" = 3 ]
    [ "$(sentences --set sentences.bias=-1 | wc -l)" = 2 ]
}

@test "white space between tokens beyond one blank is a token to spaCy" {
    printf 'One  two.\n\nThree' >in
    sentences
    grep -qF '"tokens":[{"id":0,"start":0,"end":3},{"id":1,"start":4,"end":5},{"id":2,"start":5,"end":8},{"id":3,"start":8,"end":9},{"id":4,"start":9,"end":11},{"id":5,"start":11,"end":16}]' out
}

# styles STYLE: the tokens of the file `in`, a sentence a line.
styles()
{
    "$QUERN" run -q styles.cfg --set "tokens.style=$1" - -o out <in
    awk -F'\t' '/^#/ { next } NF < 2 { print line; line = ""; next }
        { line = line (line == "" ? "" : " ") $2 }' out
}

@test "each style cuts news prose as its convention says" {
    cat >styles.cfg <<'EOF'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "sentences"; }, { plugin = "tokens"; },
           { plugin = "conll"; } );
EOF
    cat >in <<'EOF'
The mayor can't say when it'll open: "We're gonna wait," she told J.P. Stone of Harbor & Co. on Tuesday. 'Tis the city's fourth try (the first cost $3.5m, or US$4) -- and its best... Nobody's sure, though, that U.S.-backed bonds, up 5% since 9/11/2001, won't fall 5-10 points.

"They'd've told us," said the O'Haras' lawyer, a well-known 40-year-old of the '60s; he cannot and/or won't return e-mail (press@harbor.example), y'all. It’s Ana’s call, ain’t it? Rock ’n’ roll, Mr. Poe. The loan came from Harbor & Co.
EOF
    styles ud >got
    diff - got <<'EOF'
The mayor ca n't say when it 'll open : " We 're gon na wait , " she told J.P. Stone of Harbor & Co. on Tuesday .
'T is the city 's fourth try ( the first cost $ 3.5 m , or US$ 4 ) -- and its best ...
Nobody 's sure , though , that U.S. - backed bonds , up 5 % since 9/11/2001 , wo n't fall 5 - 10 points .
" They 'd 've told us , " said the O'Haras ' lawyer , a well - known 40 - year - old of the '60s ; he can not and / or wo n't return e-mail ( press@harbor.example ) , y' all .
It ’s Ana ’s call , ai n’t it ?
Rock ’n’ roll , Mr. Poe .
The loan came from Harbor & Co .
EOF
    styles ptb >got
    diff - got <<'EOF'
The mayor ca n't say when it 'll open : " We 're gon na wait , " she told J.P. Stone of Harbor & Co. on Tuesday .
'T is the city 's fourth try ( the first cost $ 3.5m , or US$ 4 ) -- and its best ...
Nobody 's sure , though , that U.S.-backed bonds , up 5 % since 9/11/2001 , wo n't fall 5-10 points .
" They 'd 've told us , " said the O'Haras ' lawyer , a well-known 40-year-old of the '60s ; he can not and/or wo n't return e-mail ( press@harbor.example ) , y' all .
It ’s Ana ’s call , ai n’t it ?
Rock ’n’ roll , Mr. Poe .
The loan came from Harbor & Co .
EOF
    styles spacy >got
    diff - got <<'EOF'
The mayor ca n't say when it 'll open : " We 're gon na wait , " she told J.P. Stone of Harbor & Co. on Tuesday .
' Tis the city 's fourth try ( the first cost $ 3.5 m , or US$ 4 ) -- and its best ...
Nobody 's sure , though , that U.S.-backed bonds , up 5 % since 9/11/2001 , wo n't fall 5 - 10 points .
" They 'd 've told us , " said the O'Haras ' lawyer , a well - known 40-year - old of the ' 60s ; he can not and/or wo n't return e - mail ( press@harbor.example ) , y' all .
It ’s Ana ’s call , ai n’t it ?
Rock ’ n ’ roll , Mr. Poe .
The loan came from Harbor & Co.
EOF
}

@test "the result is the same however the input arrives" {
    for _ in 1 2 3 4 5 6 7 8; do
        printf 'Gen. Ames spoke at 5 p.m. to the U.S. envoy. “Zoë left,” he said. It was late.\n\nBye'
    done >in
    "$QUERN" run -q c.cfg - -o whole <in
    dd bs=1 if=in 2>/dev/null | "$QUERN" run -q c.cfg - -o pieces
    cmp whole pieces
}

@test "10 MB without a stop, of stops, and of blanks go through" {
    for unit in 'lorem ipsum ' '.' '. ' 'A. ' ' ' 'a.B'; do
        yes "$unit" | tr -d '\n' | head -c 10000000 >in
        "$QUERN" run -q c.cfg --set sentences.gaps=all --set jsonl.tokens=false - -o out <in
        [ "$(wc -l <out)" = 1 ]
    done
}

@test "the compiled lexicons are those of the text files" {
    command -v python3 >/dev/null || skip "needs python3"
    lexicons=$top_srcdir/plugins/sentences/lexicon
    for pair in sentences:sentences/lexicon_data.c tokens:tokens/abbrev_data.c; do
        python3 "$top_srcdir/tools/make-lexicon.py" "${pair%:*}" "$lexicons" |
            tr -d ' \n' | grep -o '{0x[^}]*}' >new
        tr -d ' \n' <"$top_srcdir/plugins/${pair#*:}" | grep -o '{0x[^}]*}' | cmp new -
    done
}

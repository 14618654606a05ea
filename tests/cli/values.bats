# SPDX-License-Identifier: MIT
# tests/cli/values.bats - the values plugin on tests/data/values/cases.txt, and its options.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >v.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "sentences"; }, { plugin = "tokens"; },
           { plugin = "values"; }, { plugin = "jsonl"; tokens = false; meta = false; offsets = "byte"; } );
X
}

# Lines of text -> the same lines with what was found marked.
mark()
{
    awk '{ gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); printf "{\"text\":\"%s\"}\n", $0 }' >in.jsonl
    "$QUERN" run -q "$@" v.cfg in.jsonl | LC_ALL=C awk '{
        text = $0; sub(/.*"text":"/, "", text); sub(/","ents".*/, "", text); gsub(/\\"/, "\"", text)
        ents = $0; sub(/.*"ents":\[/, "", ents); sub(/\].*/, "", ents)
        at = 0; out = ""
        while (match(ents, /"start":[0-9]+,"end":[0-9]+,"label":"[A-Z_]+"(,"value":"[^"]*")?/)) {
            split(substr(ents, RSTART, RLENGTH), part, /":"?|"?,"|"/)
            value = part[9] == "" ? "" : "=" part[9]
            out = out substr(text, at + 1, part[3] - at) "{" part[7] value "|" \
                substr(text, part[3] + 1, part[5] - part[3]) "}"
            at = part[5]; ents = substr(ents, RSTART + RLENGTH)
        }
        print out substr(text, at + 1)
    }'
}

@test "every case is found, with its value" {
    grep -v '^#' "$top_srcdir/tests/data/values/cases.txt" >want
    sed 's/{[A-Z_]*[^|{}]*|\([^}]*\)}/\1/g' want | mark --set values.reference=2024-05-20 >got
    diff want got
}

@test "without a day to count from, what needs one has no value" {
    run -0 mark <<<'It rained yesterday and on Friday, May 17, and on Monday.'
    [ "$output" = 'It rained {DATE|yesterday} and on {DATE=XXXX-05-17|Friday, May 17}, and on {DATE=XXXX-WXX-1|Monday}.' ]
}

@test "the document's own date counts, not the option" {
    echo '{"text":"It rained yesterday.","date":"2020-03-01T10:00:00Z"}' >in.jsonl
    "$QUERN" run -q --set values.reference=2024-05-20 v.cfg in.jsonl | grep -q '"value":"2020-02-29"'
}

@test "labels, normalise and dollar do what they say" {
    run -0 mark --set 'values.labels=["MONEY"]' --set values.dollar=CAD <<<'It cost $5 on May 3.'
    [ "$output" = 'It cost {MONEY=CAD 5|$5} on May 3.' ]
    run -0 mark --set values.normalise=false <<<'It cost $5 on May 3.'
    [ "$output" = 'It cost {MONEY|$5} on {DATE|May 3}.' ]
}

@test "quantities in SI units, exact to 15 digits, where the unit is the same everywhere" {
    cat >want <<'X'
{QUANTITY=41439809.765376 m2|16 square miles} at {QUANTITY=33.3333333333333 m/s|120 km/h} or {QUANTITY=26.8224 m/s|60 mph}
{QUANTITY=1.778 m|5 feet 10 inches}, {QUANTITY=37 Cel|98.6 degrees Fahrenheit}, {QUANTITY=-40 Cel|minus 40F}, {QUANTITY=5.14444444444444 m/s|10 knots}
{QUANTITY=~238480.942392 m3|about 1.5 million barrels}, {QUANTITY=8046.72..16093.44 m|5 to 10 miles}, {QUANTITY=25200000000000000 J|7 TWh}, {QUANTITY=0.000045 kg/m3|45 μg/L}
{QUANTITY=804.672 m|half a mile}, {QUANTITY=12 kg|12 kg}, {QUANTITY=0.28316846592 m3/s|10 cusecs}
{QUANTITY=3 gal|3 gallons} and {QUANTITY=2 ton|2 tons} are not
X
    sed 's/{[A-Z_]*[^|{}]*|\([^}]*\)}/\1/g' want | mark --set values.units=si >got
    diff want got
}

@test "a reference that is no day is refused" {
    run -78 "$QUERN" check --set values.reference=2024-02-30 v.cfg
    [[ "$output" == *'"2024-02-30" is no day: write it as 2024-05-12'* ]]
}

@test "values that no number can hold are found without one" {
    run -0 mark <<<'It has 123456789012345678901234 atoms, 99999999999999999 trillion stars, and weighs 1e5.'
    [[ "$output" == 'It has 123456789012345678901234 atoms,'* ]]
    [[ "$output" == *'{CARDINAL'*'|99999999999999999 trillion}'* ]]
}

@test "hostile input takes its time only once, and any number of workers agrees" {
    for piece in '1 ' 'one hundred ' 'and ' '$' '1-' 'May ' 'the last ' 'at least ' '12 h ' 'half a '; do
        { printf '{"text":"'; yes "$piece" | head -n 100000 | tr -d '\n'; printf '"}\n'; } >big.jsonl
        timeout 60 "$QUERN" run -q v.cfg big.jsonl >out
        [ "$(wc -l <out)" = 1 ]
    done
    sed 's/{[A-Z_]*[^|{}]*|\([^}]*\)}/\1/g; s/"//g; s/.*/{"text":"&"}/' "$top_srcdir/tests/data/values/cases.txt" >in.jsonl
    "$QUERN" run -q -j 1 v.cfg in.jsonl >one
    "$QUERN" run -q -j 4 v.cfg in.jsonl >four
    cmp one four
}

# SPDX-License-Identifier: MIT
# tests/cli/tagger.bats - the tagger plugin with the model that ships: what every model must find,
# its options, and files that are no model.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >t.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "sentences"; }, { plugin = "tokens"; },
           { plugin = "tagger"; }, { plugin = "jsonl"; tokens = false; } );
X
    model=$top_srcdir/models/names-en.tagger
}

# Text -> "LABEL words" lines.
names()
{
    cat >in.txt
    "$QUERN" run -q "$@" t.cfg in.txt | awk '{
        text = $0; sub(/.*"text":"/, "", text); sub(/","ents".*/, "", text); gsub(/\\n/, "\n", text)
        ents = $0; sub(/.*"ents":\[/, "", ents); sub(/\].*/, "", ents)
        while (match(ents, /"start":[0-9]+,"end":[0-9]+,"label":"[A-Z_]+"/)) {
            split(substr(ents, RSTART, RLENGTH), part, /[:,"]+/)
            print part[7], substr(text, part[3] + 1, part[5] - part[3])
            ents = substr(ents, RSTART + RLENGTH)
        }
    }'
}

@test "plain names are found with their labels" {
    run -0 names <<<'German officials met Maria Jensen, a lawyer from London, in Spain on Friday.'
    [ "$output" = $'NORP German\nPERSON Maria Jensen\nGPE London\nGPE Spain' ]
}

@test "a person's name has no title, and all of its hyphens" {
    run -0 names <<<'In Seoul, Gen. Lee Sang-ho and Mr Park Min-su met the Maria Jensen-led party.'
    [ "$output" = $'GPE Seoul\nPERSON Lee Sang-ho\nPERSON Park Min-su\nPERSON Maria Jensen' ]
}

@test "labels keeps only what is asked for" {
    run -0 names --set 'tagger.labels=["GPE"]' <<<'Maria Jensen, a lawyer from London, was in Spain.'
    [ "$output" = $'GPE London\nGPE Spain' ]
}

@test "a label that the model does not know is refused with those that it knows" {
    run -78 "$QUERN" check --set 'tagger.labels=["DATE"]' t.cfg
    [[ "$output" == *'knows no label DATE; it knows PERSON, NORP, ORG'* ]]
}

@test "min_confidence leaves out what is less sure" {
    text='Maria Jensen of Jensen met Anna in Spain, at Victoria, with Orange and Reading.'
    names <<<"$text" >all
    names --set tagger.min_confidence=0.9 <<<"$text" >sure
    names --set tagger.min_confidence=1 <<<"$text" >none
    [ "$(wc -l <sure)" -lt "$(wc -l <all)" ]
    [ "$(wc -l <none)" = 0 ]
}

@test "a file that is no model, or not whole, or damaged, is refused with the reason" {
    echo 'no model' >text.tagger
    run -78 "$QUERN" check --set tagger.model=text.tagger t.cfg
    [[ "$output" == *'text.tagger cannot be used: it is no model of the tagger'* ]]
    head -c 100000 "$model" >short.tagger
    run -78 "$QUERN" check --set tagger.model=short.tagger t.cfg
    [[ "$output" == *'short.tagger cannot be used:'*'it is not whole'* ]]
    { head -c 200000 "$model"; printf 'x'; tail -c +200002 "$model"; } >bad.tagger
    cmp -s "$model" bad.tagger && printf 'y' | dd of=bad.tagger bs=1 seek=200000 conv=notrunc status=none
    run -78 "$QUERN" check --set tagger.model=bad.tagger t.cfg
    [[ "$output" == *'bad.tagger cannot be used: its checksum is wrong'* ]]
    run ! "$QUERN" check --set tagger.model=missing.tagger t.cfg
    [[ "$output" == *missing.tagger* ]]
}

@test "the trainer gives the same bytes for the same seed, and a model that has learnt" {
    for i in 1 2 3 4 5 6 7 8 9; do
        printf '{"id":"d%d","text":"We met Zork Blim%d in Garn. Blim%d left Garn.","ents":[' $i $i $i
        printf '{"start":7,"end":17,"label":"PERSON"},{"start":21,"end":25,"label":"GPE"},'
        printf '{"start":27,"end":32,"label":"PERSON"},{"start":38,"end":42,"label":"GPE"}]}\n'
    done >own.jsonl
    trainer=$top_builddir/tools/train-tagger
    for run in 'a 1' 'b 1' 'c 2'; do
        "$trainer" train -h 0:0 -r 1 -p 2 -s "${run#* }" "${run% *}.tagger" own:own.jsonl 2>/dev/null
    done
    cmp a.tagger b.tagger
    run ! cmp -s a.tagger c.tagger
    run -0 names --set tagger.model=a.tagger <<<'We met Zork Blim4 in Garn.'
    [ "$output" = $'PERSON Zork Blim4\nGPE Garn' ]
    echo '{"id":"x","text":"Short.","ents":[{"start":0,"end":99,"label":"GPE"}]}' >wrong.jsonl
    run -1 "$trainer" train d.tagger own:wrong.jsonl
    [[ "$output" == *'x: a span beyond the text'* ]]
}

@test "a word that was never seen is what others of its cluster are" {
    printf '%s\n' 'zork 1 0.1' 'garn 0.1 1' 'blug 0.9 0.2' 'tarn 0.2 1' 'grim 1 0' 'farn 0 1' \
        'vlim 0.9 0' 'hoxt 0 0.8' 'late 9' >vectors
    "$top_builddir/tools/make-clusters" 8 6 3 2 2 2 <vectors >clusters
    [ "$(sed -n 's/^vlim //p' clusters)" = "$(sed -n 's/^zork //p' clusters)" ]
    [ "$(sed -n 's/^hoxt //p' clusters)" = "$(sed -n 's/^garn //p' clusters)" ]
    [ "$(sed -n 's/^hoxt //p' clusters)" != "$(sed -n 's/^zork //p' clusters)" ]
    [ "$(wc -l <clusters)" = 8 ]
    for i in 1 2 3 4 5 6; do
        for word in 'Zork PERSON' 'Garn GPE' 'Blug PERSON' 'Tarn GPE' 'Grim PERSON' 'Farn GPE'; do
            printf '{"id":"%s%d","text":"Now %s came.","ents":[{"start":4,"end":8,"label":"%s"}]}\n' \
                "${word% *}" $i "${word% *}" "${word#* }"
        done
    done >own.jsonl
    "$top_builddir/tools/train-tagger" train -k clusters -h 0:0 -r 1 -p 2 k.tagger own:own.jsonl 2>/dev/null
    run -0 names --set tagger.model=k.tagger <<<$'Now Vlim came.\n\nNow Hoxt came.'
    [ "$output" = $'PERSON Vlim\nGPE Hoxt' ]
    run -1 "$top_builddir/tools/make-clusters" 8 9 3 2 <vectors
    [[ "$output" == *'LEARN is more than there are words'* ]]
}

@test "any number of threads gives the same bytes" {
    for i in 1 2 3 4 5 6; do
        cat "$top_srcdir"/examples/articles/*.txt | sed "s/the/the $i/" >"a$i.txt"
    done
    "$QUERN" run -q -j 1 t.cfg a?.txt >one
    "$QUERN" run -q -j 3 t.cfg a?.txt >three
    cmp one three
    grep -q '"label":"GPE"' one
}

@test "hostile input takes its time only once" {
    for piece in 'A ' 'Bank of the ' '" ' '( ' 'x' 'é'; do
        { printf '{"text":"'; yes "$piece" | head -n 100000 | tr -d '\n' | sed 's/"/\\"/g'; printf '"}\n'; } >big.jsonl
        timeout 60 "$QUERN" run -q t.cfg big.jsonl >out
        [ "$(wc -l <out)" = 1 ]
    done
}

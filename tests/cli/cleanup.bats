# SPDX-License-Identifier: MIT
# tests/cli/cleanup.bats - fixtext and junklines in the built program: text, layers, metadata,
# offsets into the raw input, counters, and mistakes in rule files.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >c.cfg <<'EOF'
version = 1;
stages = (
  { plugin = "files"; },
  { plugin = "fixtext"; },
  { plugin = "junklines"; },
  { plugin = "jsonl"; path = "-"; offsets = "byte"; }
);
EOF
    printf '%s\r\n' 'Old bridge to close' 'By Ana Lopes, transport reporter' 'Getty Images' \
        'The council said on Tuesday that the cafÃ© on the old bridge would have to close for good.' \
        'Getty Images had been asked for pictures of the bridge, and it sent eleven of them.' \
        'Share this article' >a.txt
}

# What the pipeline makes of a.txt.
clean()
{
    "$QUERN" run c.cfg a.txt "$@" 2>err
}

@test "damage is repaired and furniture dropped, real lines stay" {
    out=$(clean)
    echo "$out"
    [[ $out == *'"text":"Old bridge to close\nThe council said on Tuesday that the café on the old bridge would have to close for good.\nGetty Images had been asked for pictures of the bridge, and it sent eleven of them.\n"'* ]]
}

@test "byline and credit go to the metadata, unless told not to" {
    out=$(clean)
    [[ $out == *'"byline":"Ana Lopes, transport reporter"'* ]]
    [[ $out == *'"credit":"Getty Images"'* ]]
    out=$(clean --set junklines.meta=false)
    [[ $out != *byline* ]]
}

@test "the headline is in the layer headings" {
    out=$(clean)
    [[ $out == *'"headings":[{"start":0,"end":19}]'* ]]
}

@test "marking keeps the lines and labels them with their rule" {
    out=$(clean --set junklines.action=mark)
    echo "$out"
    [[ $out == *'\nGetty Images\n'* ]]
    [[ $out == *'junk-byline'*'junk-credit'*'junk-share'* ]]
}

@test "the summary counts the lines of each class" {
    clean >/dev/null
    cat err
    grep -q 'junklines .* 3 lines, 1 credit, 1 share, 1 byline' err
    grep -q 'fixtext .* 1 mojibake, 6 newlines' err
}

@test "rules of one's own are added" {
    printf '[house]\nthe council said ...\n' >own.rules
    out=$(clean --set 'junklines.rules=["news-en.rules","own.rules"]')
    [[ $out != *'The council'* ]]
    [[ $out != *'Share this'* ]]
    grep -q '1 other' err
}

@test "a mistake in a rule file is named with its line" {
    printf '[house]\n\nopen (group\n' >own.rules
    run -78 "$QUERN" run c.cfg a.txt --set 'junklines.rules="own.rules"'
    echo "$output"
    [[ $output == *'own.rules:3: a ( without its )'* ]]
}

@test "without model and rules nothing is dropped" {
    printf '# none\n' >none.rules
    out=$(clean --set junklines.rules=none.rules --set junklines.model=false)
    [[ $out == *'Share this article'* ]]
}

@test "a few lines are never all junk by the model alone, and one line never" {
    printf '{"text":"%s"}\n' 'ok' 'More\nb' 'Getty Images' 'Share this article\nGetty Images\n' >few.jsonl
    run -0 "$QUERN" pipe 'files ! junklines ! jsonl' few.jsonl -q
    [ "$(sed 's/.*"text":"//; s/",.*/;/' <<<"$output" | tr -d '\n')" = 'ok;b;Getty Images;;' ]
}

# SPDX-License-Identifier: MIT
# tests/cli/mask.bats - masking in the built program: styles, offsets, rules, options.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >m.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "mask"; kinds = ["email", "phone"]; },
  { plugin = "sentences"; }, { plugin = "jsonl"; offsets = "byte"; } );
X
    printf 'Write to müller@example.org or +44 20 7946 0958. Not to 10.0.0.1, said Ana.\n' >a.txt
}

@test "placeholders by kind; kinds not named are left alone" {
    out=$("$QUERN" run -q m.cfg a.txt)
    [[ $out == *'"text":"Write to [email] or [phone]. Not to 10.0.0.1, said Ana.\n"'* ]]
}

@test "stars of the same length keep every offset" {
    sed -i 's/kinds/style = "same-length"; kinds/' m.cfg
    out=$("$QUERN" run -q m.cfg a.txt)
    [[ $out == *'"text":"Write to *·**************** or ****************. Not to 10.0.0.1, said Ana.\n"'* ]]
    "$QUERN" run -q m.cfg a.txt --set mask.kinds=iban >plain
    [ "$(grep -o '"start":[0-9]*,"end":[0-9]*' plain)" = "$(grep -o '"start":[0-9]*,"end":[0-9]*' <<<"$out")" ]
}

@test "the summary counts each kind" {
    "$QUERN" run m.cfg a.txt 2>err >/dev/null
    grep -q 'mask .*1 email, 1 phone' err
}

@test "nothing is masked unasked: kinds must be given, and be known" {
    sed -i 's/kinds = [^;]*;//' m.cfg
    run -78 "$QUERN" check m.cfg
    [[ $output == *"'kinds'"* ]]
    run -78 "$QUERN" check --set mask.kinds=names m.cfg
    [[ $output == *names* ]]
}

# SPDX-License-Identifier: MIT
# tests/cli/observe.bats - seeing what a run does: --stats, --tap, --metrics-file, SIGUSR1, JSON logs;
# and that the books balance.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >n.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; }, { plugin = "fixtext"; id = "fix"; }, { plugin = "junklines"; }, { plugin = "sentences"; },
  { plugin = "jsonl"; } );
X
    cat >n.jsonl <<'X'
{"id":"a","text":"The  council met.\nShare this article\nIt was &amp; is old."}
{"id":"b","text":
{"id":"c","text":"Nothing to mend here."}
X
}

have_python()
{
    command -v python3 >/dev/null || skip "no python3 to read JSON with"
}

@test "--stats: every record and byte is accounted for" {
    have_python
    run -2 --separate-stderr "$QUERN" run --stats s.json n.cfg n.jsonl -o out.jsonl
    python3 - <<'X'
import json
s = json.load(open("s.json"))
r, b = s["records"], s["bytes"]
assert s["state"] == "done" and s["config"] == "n.cfg", s
assert (r["read"], r["out"], r["failed"], r["dropped"]) == (3, 2, 1, 0), r
assert r["read"] == r["out"] + r["failed"] + r["dropped"]
assert b["read"] == b["kept"] + b["changed"] + b["dropped"] + b["failed"], b
assert b["changed"] == sum(x["bytes_before"] for x in s["rules"]), s["rules"]
out = [json.loads(l) for l in open("out.jsonl")]
assert b["kept"] + sum(x["bytes_after"] for x in s["rules"]) == sum(len(x["text"].encode()) for x in out)
fix = [x for x in s["stages"] if x["id"] == "fix"][0]
assert fix["plugin"] == "fixtext" and fix["file"].endswith("n.cfg") and fix["line"] == 2 and fix["records"] == 2, fix
assert any(x["rule"].startswith("junk") or "share" in x["rule"] for x in s["rules"]), s["rules"]
X
}

@test "--stats: the same numbers for any number of workers" {
    have_python
    for i in $(seq 300); do sed "s/\"[abc]\"/\"$i\"/; 2d" n.jsonl; done >many.jsonl
    "$QUERN" run -q -j 1 --stats one.json n.cfg many.jsonl -o /dev/null
    "$QUERN" run -q -j 4 --stats four.json n.cfg many.jsonl -o /dev/null
    python3 - <<'X'
import json
def numbers(f):
    s = json.load(open(f))
    return (s["records"], s["bytes"], s["rules"],
            [(x["id"], x["records"], x["counters"], x["drops"]) for x in s["stages"]])
assert numbers("one.json") == numbers("four.json")
assert json.load(open("one.json"))["records"]["out"] == 600
X
}

@test "--stats: a file that cannot be written is an error, but the run is done" {
    run -73 "$QUERN" run -q --stats /nowhere/s.json n.cfg <(sed 2d n.jsonl) -o out.jsonl
    [ -s out.jsonl ]
}

@test "--tap shows records as a stage left them, and the rule of every change" {
    have_python
    run -2 "$QUERN" run -q --tap fix --tap junklines:1 --tap-file t.jsonl n.cfg n.jsonl -o out.jsonl
    python3 - <<'X'
import json
t = [json.loads(l) for l in open("t.jsonl")]
fix = [x for x in t if x["tap"] == "fix"]
junk = [x for x in t if x["tap"] == "junklines"]
assert [x["id"] for x in fix if x["state"] == "live"] == ["a", "c"], fix
assert [x["state"] for x in fix].count("failed") == 1 and all(x.get("why") for x in fix if x["state"] == "failed")
a = fix[0]
assert "&" in a["text"] and "&amp;" not in a["text"] and "Share" in a["text"]
assert any(c["before"] == "&amp;" and c["after"] == "&" and c["rule"] for c in a["changes"]), a["changes"]
assert len(junk) == 1 and "Share" not in junk[0]["text"]
assert any("Share this article" in c["before"] and c["after"] == "" for c in junk[0]["changes"])
X
}

@test "--tap keeps the order of the input, whatever the number of workers" {
    for i in $(seq 500); do echo "{\"id\":\"$i\",\"text\":\"Record $i.\"}"; done >many.jsonl
    "$QUERN" run -q -j 4 --tap sentences:400 n.cfg many.jsonl -o /dev/null 2>tap
    [ "$(grep -o '"id":"[0-9]*"' tap | tr -dc '0-9\n')" = "$(seq 400)" ]
}

@test "--tap with a stage that is not there names one that is" {
    run -78 "$QUERN" run --tap sentnces n.cfg n.jsonl
    [[ "$output" == *"E0210"*"there is no stage 'sentnces'"* ]]
    [[ "$output" == *"did you mean 'sentences'?"* ]]
    run -64 "$QUERN" run --tap fix:x n.cfg n.jsonl
}

@test "--metrics-file is what Prometheus reads" {
    run -2 "$QUERN" run -q --metrics-file m.prom n.cfg n.jsonl -o out.jsonl
    grep -qx 'quern_records_total{state="read"} 3' m.prom
    grep -qx 'quern_records_total{state="failed"} 1' m.prom
    grep -qx 'quern_stage_records_total{stage="fix"} 2' m.prom
    grep -q '^quern_stage_counter_total{stage="sentences",counter="sentences"} ' m.prom
    complain "$(grep -vE '^(# (HELP|TYPE) quern_[a-z_]+ .+|quern_[a-z_]+(\{[^}]*\})? [0-9.eE+-]+)$' m.prom)"
}

@test "SIGUSR1 shows how far the run is, and it goes on" {
    mkfifo pipe
    "$QUERN" run n.cfg - -o out.jsonl <pipe 2>err &
    pid=$!
    exec 7>pipe
    for i in $(seq 200); do echo "{\"id\":\"$i\",\"text\":\"Record $i.\"}"; done >&7
    tries=0
    # until the run listens, the signal would end it
    until grep -qi '^SigCgt:.*[2367abef]..$' "/proc/$pid/status" || [ $((tries++)) -ge 300 ]; do
        sleep 0.1
    done
    tries=0
    until grep -q 'records in' err || [ $((tries++)) -ge 100 ]; do
        kill -USR1 "$pid" || true
        sleep 0.1
    done
    grep -q 'records in' err
    exec 7>&-
    wait "$pid"
    [ "$(wc -l <out.jsonl)" -eq 200 ]
    [ "$(grep -c 'records in' err)" -ge 2 ] # the question and the end
}

@test "what stages drop is written, with stage and rule, in order, for any number of threads" {
    printf 'version = 1;\nstages = ( { plugin = "files"; }, { plugin = "fixtext"; }, { plugin = "dupes"; documents = "exact"; }, { plugin = "jsonl"; } );\n' >d.cfg
    for i in $(seq 300); do printf '{"id":"%s","text":"Text &amp; %s."}\n' $i $((i % 100)); done >d.jsonl
    "$QUERN" run -q d.cfg d.jsonl -o out --dropped gone.jsonl --stats s.json
    [ "$(wc -l <out)" -eq 100 ]
    [ "$(wc -l <gone.jsonl)" -eq 200 ]
    [ "$(head -1 gone.jsonl)" = '{"id":"101","text":"Text &amp; 1.","place":"d.jsonl:101","stage":"dupes","rule":"dupes-exact"}' ]
    sed -n '$s/.*"dropped":200.*/ok/p' s.json | grep -q ok
    for j in 1 4; do
        "$QUERN" run -q -j $j d.cfg d.jsonl -o out --set run.dropped=again.jsonl --set run.batch_records=7
        cmp gone.jsonl again.jsonl
    done
    run -0 "$QUERN" run -q d.cfg gone.jsonl -o out # and can be read again
    [ "$(wc -l <out)" -eq 100 ]
    run -74 "$QUERN" run -q d.cfg d.jsonl -o out --dropped out
    run -74 "$QUERN" run -q d.cfg d.jsonl -o out --dropped /dev/full
    "$QUERN" bench d.cfg d.jsonl --runs 6 --set run.dropped=bench.jsonl >/dev/null
    [ ! -e bench.jsonl ]
}

@test "numbers and taps do not take the place of the records" {
    for o in --stats --metrics-file "--tap sentences --tap-file"; do
        run -64 "$QUERN" run -q n.cfg n.jsonl -o out.jsonl $o out.jsonl
        [[ "$output" == *' out.jsonl: something else is written to that file'* ]]
        [ ! -e out.jsonl ]
    done
    run -64 "$QUERN" run -q n.cfg n.jsonl -o out.jsonl --stats s --metrics-file s
    run -2 "$QUERN" run -q n.cfg n.jsonl -o /dev/null --stats /dev/null
}

@test "an input is not replaced by the output; an output among the inputs is told of" {
    cp n.jsonl in.jsonl
    mkdir d
    ln -s ../in.jsonl d/link.jsonl
    for o in in.jsonl ./in.jsonl d/../in.jsonl d/link.jsonl; do
        run -64 "$QUERN" run -q n.cfg n.jsonl in.jsonl -o $o
        [[ "$output" == *"'in.jsonl' is input and output"* ]]
        cmp n.jsonl in.jsonl
    done
    rm d/link.jsonl
    run -2 "$QUERN" run n.cfg n.jsonl d -o d/out.jsonl
    [[ "$output" == *"the output 'd/out.jsonl' lies in the input folder 'd'"* ]]
    mkdir dd
    run -2 "$QUERN" run n.cfg n.jsonl d -o dd/out.jsonl
    [[ "$output" != *'lies in'* ]]
}

@test "--log-format json: one object a line, the last with the numbers" {
    have_python
    run -2 --separate-stderr "$QUERN" run --log-format json n.cfg n.jsonl -o out.jsonl
    echo "$stderr" | python3 -c '
import json, sys
lines = [json.loads(l) for l in sys.stdin]
assert lines[0]["level"] == "error" and "n.jsonl:2" in lines[0]["message"] and lines[0]["ts"].endswith("Z"), lines
assert lines[-1]["message"] == "run ended" and lines[-1]["stats"]["records"]["failed"] == 1, lines'
}

# plugin NAME: builds NAME.so, a stage that crashes over a document with "crash" in it and has a deprecated option.
plugin() {
    cat >"$1.c" <<END
#include <quern/plugin.h>
struct opts { int64_t top, sentences; };
static const qn_option options[] = {QN_OPTION(struct opts, sentences, QN_INT, .help = "how many"),
    QN_OPTION(struct opts, top, QN_INT, .use = "sentences", .help = "how many"), {.name = NULL}};
static const char *const needs[] = {"text", NULL};
static qn_status process(qn_ctx *cx, qn_record *r)
{
    (void)cx;
    if (r->text.n > 5 && memcmp(r->text.p, "crash", 5) == 0) *(volatile int *)8 = 1;
    return QN_OK;
}
const qn_plugin quern_plugin = {QN_PLUGIN_HEAD, .kind = QN_STAGE, .name = "$1", .version = "1", .license = "MIT",
    .help = "x", .needs = needs, QN_OPTIONS(options, struct opts), .process = process};
END
    $CC -shared -fPIC -I "$top_srcdir/include" -o "$1.so" "$1.c"
    printf 'version = 1;\nplugin_path = ".";\nstages = ( { plugin = "files"; }, { plugin = "%s"; id = "mine"; %s }, { plugin = "jsonl"; } );\n' "$1" "${2:-}" >"$1.cfg"
}

@test "a plugin that crashes: stage, plugin and document are named, and the output stays as it was" {
    [ -z "${INSTRUMENTED:-}" ] || skip "a sanitizer tells of the crash itself"
    plugin fragile
    printf 'fine words' >a.txt
    printf 'crash here' >"$(printf 'b\033.txt')"
    echo old >out.jsonl
    run -139 --separate-stderr "$QUERN" run -q -j 1 fragile.cfg a.txt b*.txt -o out.jsonl
    [[ "$stderr" == *"quern: fault (signal 11) in stage 'mine', plugin "*"fragile.so, at the document b?.txt; "* ]]
    [ "$(cat out.jsonl)" = old ]
    run -0 "$QUERN" run -q -j 1 fragile.cfg a.txt -o out.jsonl
}

@test "check --strict: a warning is a mistake" {
    plugin aged 'top = 3;'
    run -0 "$QUERN" check aged.cfg
    [[ "$output" == *"'top' is deprecated: use 'sentences'"* ]]
    run -78 "$QUERN" check --strict aged.cfg
    [[ "$output" != *'ok, '* ]]
    sed -i 's/top/sentences/' aged.cfg
    run -0 "$QUERN" check --strict aged.cfg
}

# SPDX-License-Identifier: MIT
# tests/install/embed.bats - strangers' programs on an installed libquern: the examples in C and
# Python, and every block of docs/embedding.md.
bats_require_minimum_version 1.5.0
load ../common

setup_file()
{
    [ "$QUERN_STATIC_PLUGINS" != yes ] || return 0
    root=${INSTALLED_ROOT-$BATS_FILE_TMPDIR/root}
    if [ -z "${INSTALLED_ROOT+set}" ]; then
        "${MAKE:-make}" -s -C "$top_builddir" install DESTDIR="$root" >"$BATS_FILE_TMPDIR/log" 2>&1 ||
            { cat "$BATS_FILE_TMPDIR/log"; return 1; }
    fi
    export root
    export LD_LIBRARY_PATH="$root$libdir${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
    export PKG_CONFIG_PATH="$root$libdir/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$root"
    [ -z "$root" ] ||
        export QUERN_PLUGIN_PATH="$root$plugindir" QUERN_DATA_PATH="$root$pkgdatadir"
    export QUERN_LIBRARY="$root$libdir/libquern.so.1"
    # A sanitizer must be in the program, too.
    export cc_flags="-Wall -Wextra -Werror $INSTRUMENTED"
    export PYTHONPATH="$root$pkgdatadir/examples/python" PYTHONDONTWRITEBYTECODE=1
}

setup()
{
    [ "$QUERN_STATIC_PLUGINS" != yes ] || skip "the plugins are part of the program"
    cd "$BATS_TEST_TMPDIR"
    cp "$root$pkgdatadir/conf/news.cfg" .
    cp "$root$pkgdatadir/examples/embed/"* .
}

# block LANGUAGE NUMBER: that block of docs/embedding.md
block()
{
    awk -v want="$1" -v number="$2" '/^```/ { if (inside) inside = 0
        else { n += $0 == "```" want; inside = $0 == "```" want && n == number } next } inside' \
        "$top_srcdir/docs/embedding.md"
}

# build NUMBER: the page's C program of that number as ./program
build()
{
    block c "$1" >program.c
    [ -s program.c ]
    $CC $cc_flags -o program program.c $("$PKG_CONFIG" --cflags --libs libquern)
}

python()
{
    command -v python3 >/dev/null || skip "python3 is not installed"
    [ -z "$INSTRUMENTED" ] || skip "a sanitizer would have to be in python3, too"
    run -0 python3 "$@"
    echo "$output"
}

@test "the C example builds with its Makefile and tells entities" {
    ${MAKE:-make} CC="$CC" CFLAGS="$cc_flags"
    printf 'Angela Merkel met Barack Obama in Berlin.\nNothing.\nNATO\n' >lines.txt
    run -0 ./embed news.cfg <lines.txt
    echo "$output"
    [ "${lines[0]}" = "PERSON Angela Merkel" ]
    [ "${lines[1]}" = "PERSON Barack Obama" ]
    [ "${lines[2]}" = "GPE Berlin" ]
    run -1 ./embed nowhere.cfg
    [[ "$output" == *"embed: nowhere.cfg: "*"[E0501]"* ]]
}

@test "the page's first program: the line that quern run would write" {
    build 1
    run -0 ./program
    echo "$output"
    printf '%s' '{"id":"greeting","text":"Angela Merkel met Barack Obama in Berlin.","lang":"en"}' >in.jsonl
    [ "$output" = "$("$root$bindir/quern" run -q news.cfg in.jsonl)" ]
}

@test "the page's second program: many documents, in order" {
    build 2
    awk 'BEGIN { for (i = 0; i < 1000; i++) print "Angela Merkel went to Berlin." }' >lines.txt
    run -0 ./program news.cfg <lines.txt
    [ "${#lines[@]}" -eq 1000 ]
    [ "${lines[0]}" = "1: 2 entities" ]
    [ "${lines[999]}" = "1000: 2 entities" ]
    run -1 ./program nowhere.cfg </dev/null
    [[ "$output" == nowhere.cfg:* ]]
}

@test "the page's third program: a whole run, its output that of quern run, and its problems" {
    build 3
    articles=$root$pkgdatadir/examples/articles
    run -0 ./program news.cfg "$articles" out.jsonl
    [ "$output" = "4 documents" ]
    "$root$bindir/quern" run -q news.cfg "$articles" -o again.jsonl
    cmp out.jsonl again.jsonl
    printf 'version = 1;\nstages = ( { plugin = "files"; pth = "x"; } );\n' >bad.cfg
    run ! ./program bad.cfg "$articles" out.jsonl
    [[ "$output" == "bad.cfg:2:32: E0203 "* ]]
}

@test "every C block of the page is one of these programs" {
    [ -z "$(block c 4)" ]
    [ -z "$(block python 3)" ]
}

@test "a program with a decimal comma in its locale reads configs all the same" {
    localedef -i de_DE -f UTF-8 "$PWD/de_DE.UTF-8" >/dev/null 2>&1 ||
        skip "localedef cannot make de_DE here"
    cat >comma.c <<'X'
#include <locale.h>
#include <quern/run.h>
#include <stdio.h>
int main(int argc, char **argv)
{
    qn_pipeline *p = qn_pipeline_new();
    qn_status st = QN_E_BUG;
    if (argc < 2 || !setlocale(LC_ALL, "de_DE.UTF-8")) return 9;
    if (p && !qn_pipeline_config_text(p, argv[1], strlen(argv[1]), "x")) st = qn_pipeline_open(p);
    if (p) puts(qn_pipeline_error(p));
    qn_pipeline_free(p);
    return st == QN_OK && printf("%.1f\n", 0.5) > 0 ? 0 : 1;
}
X
    $CC $cc_flags -o comma comma.c $("$PKG_CONFIG" --cflags --libs libquern)
    # threshold lies between 0.3 and 1, so that 0 would be a mistake
    run -0 env LOCPATH="$PWD" ./comma 'version = 1; stages = ({ plugin = "dupes"; threshold = 0.75; });'
    echo "$output"
    [ "${lines[-1]}" = "0,5" ]
}

@test "opening and freeing a hundred times leaves no memory behind" {
    [ -z "$INSTRUMENTED" ] || skip "the sanitizers look for leaks themselves"
    command -v valgrind >/dev/null || skip "valgrind is not installed"
    cat >cycle.c <<'X'
#include <quern/run.h>
int main(int argc, char **argv)
{
    int i, n = argc > 1 ? 100 : 1;
    (void)argv;
    for (i = 0; i < n; i++) {
        qn_pipeline *p = qn_pipeline_new();
        const qn_record *r;
        if (!p || qn_pipeline_config_text(p, "version = 1; stages = ({ plugin = \"tokens\"; });",
                                          47, "x") || qn_pipeline_set(p, "run.workers=2") ||
            qn_pipeline_open(p) || qn_pipeline_push(p, NULL, "A b.", 4, NULL) ||
            qn_pipeline_next(p, &r))
            return 1;
        qn_pipeline_free(p);
    }
    return 0;
}
X
    $CC -g $cc_flags -o cycle cycle.c $("$PKG_CONFIG" --cflags --libs libquern)
    valgrind ./cycle >log 2>&1 || true
    ! grep -q 'debuginfo reader' log || skip "valgrind cannot read what this compiler tells debuggers"
    for count in '' many; do
        valgrind --leak-check=full ./cycle $count 2>&1 | tee "log$count" |
            sed -n 's/.*in use at exit: \([0-9,]*\) bytes.*/\1/p' | tr -d , >"left$count"
        grep -q 'ERROR SUMMARY' "log$count"
    done
    echo "left after 1: $(<left), after 100: $(<leftmany)"
    [ "$(<left)" -eq "$(<leftmany)" ]
}

@test "python: the page's programs" {
    block python 1 >one.py
    python one.py
    [ "$output" = $'PERSON Angela Merkel\nPERSON Barack Obama\nGPE Berlin\n2000 entities' ]
    block python 2 >two.py
    python two.py
    [ "$output" = "E0101 1 36 there is no plugin 'sentenses' - did you mean 'sentences'?" ]
}

@test "python: documents, failures, ends" {
    cat >more.py <<'X'
import quern

config = 'version = 1; stages = ( { plugin = "sentences"; }, { plugin = "tokens"; } );'
with quern.Pipeline(text=config, workers=2) as p:
    doc = p({"text": "Caf\u00e9 \U0001f600. Good day.", "id": 7, "tags": ["a"]})
    assert (doc.id, doc.meta) == ("7", {"tags": ["a"]}), doc.json
    assert [s.text for s in doc.sents] == ["Caf\u00e9 \U0001f600.", "Good day."], doc.sents
    assert doc.tokens[-1].text == "." and doc.ents == [] and doc.summary is None
    docs = list(p.pipe(({"text": "Text %d." % i, "id": i} for i in range(1000)), window=50))
    assert [d.id for d in docs] == [str(i) for i in range(1000)]
    for doc in p.pipe(["one"] * 100):
        try:
            p("two")
            assert False
        except RuntimeError:
            break
    assert p("Still in step.").text == "Still in step."
    def broken():
        yield "fine"
        yield "lone \ud800"
    try:
        list(p.pipe(broken()))
        assert False
    except UnicodeEncodeError:
        pass
    assert p("Still in step, too.").id
try:
    p("closed")
    assert False
except ValueError:
    pass

heard = []
config = 'version = 1; stages = ( { plugin = "docfilter"; presets = "gopher"; action = "drop"; } );'
with quern.Pipeline(text=config, options={"docfilter.signals": False},
                    log=lambda level, stage, words: heard.append(words)) as p:
    assert p("Two words.").dropped
n = quern.run(text='version = 1; stages = ( { plugin = "files"; }, { plugin = "tokens"; } );',
              inputs="in.txt", output="out.jsonl", workers=1)
assert n == (1, 1, 0, 0), n
try:
    quern.run(text='version = 1; stages = ( { plugin = "files"; } );', inputs="gone.txt", output="x")
    assert False
except quern.ConfigError as e:
    assert e.problems[0].code == "E0503" and "gone.txt" in str(e), e
print("well")
X
    echo "Some text." >in.txt
    python more.py
    [ "$output" = well ]
    grep -q '"text":"Some text.' out.jsonl
}

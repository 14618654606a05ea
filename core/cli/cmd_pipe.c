/* SPDX-License-Identifier: MIT */
/* core/cli/cmd_pipe.c - quern pipe: a pipeline on the command line, 'fixtext ! sentences ! jsonl'.
 * It is made into a config, which is then run as any other. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "loader.h"
#include "text/json_write.h"

const char help_pipe[] =
    "  quern pipe 'sentences ! tagger labels=PERSON,ORG ! table rows=entities' articles/\n"
    "\n"
    "  STAGES                    plugins with '!' between, each with OPTION=VALUE behind it.\n"
    "                            A VALUE is a number, true or false, a word, words with\n"
    "                            commas between (a list), or \"text in quotes\"\n"
    "      --print-config        print the config and run nothing\n"
    "\n"
    "and all options of quern run. Without a source the files plugin reads; without a sink,\n"
    "records go to standard output as JSON lines.\n";

/* ---- from the words to a config ----------------------------------------------------------------
 */

static const char *skip_blanks(const char *p)
{
    return p + strspn(p, " \t\r\n");
}

static int is_number(const char *p, size_t n)
{
    char word[64], *end;
    if (n == 0 || n >= sizeof word) return 0;
    memcpy(word, p, n);
    word[n] = '\0';
    if (!strchr("+-0123456789", word[0])) return 0;
    strtod(word, &end);
    return *end == '\0';
}

static void put_string(qn_jsonw *w, const char *p, size_t n)
{
    size_t i;
    qn_jsonw_lit(w, "\"");
    for (i = 0; i < n; i++) {
        if (p[i] == '"' || p[i] == '\\') qn_jsonw_lit(w, "\\");
        qn_jsonw_raw(w, (qn_str){p + i, 1});
    }
    qn_jsonw_lit(w, "\"");
}

/* PERSON,ORG -> [ "PERSON", "ORG" ] */
static void put_list(qn_jsonw *w, const char *p, size_t n)
{
    size_t at, end;
    qn_jsonw_lit(w, "[ ");
    for (at = 0; at <= n; at = end + 1) {
        for (end = at; end < n && p[end] != ','; end++) {
        }
        if (at) qn_jsonw_lit(w, ", ");
        put_string(w, p + at, end - at);
    }
    qn_jsonw_lit(w, " ]");
}

/* The value at *p, which is left behind it. 0: a quote is not closed. */
static int put_value(qn_jsonw *w, const char **p)
{
    const char *from = *p, *end;
    if (*from == '"') {
        for (end = from + 1; *end && *end != '"'; end++)
            if (*end == '\\' && end[1]) end++;
        if (!*end) return 0;
        qn_jsonw_raw(w, (qn_str){from, (size_t)(end + 1 - from)});
        *p = end + 1;
        return 1;
    }
    end = from + strcspn(from, " \t\r\n!");
    *p = end;
    if (is_number(from, (size_t)(end - from)) ||
        (end - from == 4 && memcmp(from, "true", 4) == 0) ||
        (end - from == 5 && memcmp(from, "false", 5) == 0))
        qn_jsonw_raw(w, (qn_str){from, (size_t)(end - from)});
    else if (memchr(from, ',', (size_t)(end - from)))
        put_list(w, from, (size_t)(end - from));
    else
        put_string(w, from, (size_t)(end - from));
    return 1;
}

/* NAME OPTION=VALUE... up to "!" or the end; EXIT_DONE or what usage_error gave. */
static int put_stage(qn_jsonw *w, const char **p)
{
    size_t n = strcspn(*p, " \t\r\n!=");
    if (n == 0 || (*p)[n] == '=')
        return **p ? usage_error("pipe", "expected a plugin at '%.30s'", *p)
                   : usage_error("pipe", "expected a plugin at the end");
    qn_jsonw_lit(w, "  { plugin = ");
    put_string(w, *p, n);
    qn_jsonw_lit(w, ";");
    for (*p = skip_blanks(*p + n); **p && **p != '!'; *p = skip_blanks(*p)) {
        n = strcspn(*p, " \t\r\n!=");
        if ((*p)[n] != '=' || n == 0)
            return usage_error("pipe", "expected OPTION=VALUE or '!' at '%.30s'", *p);
        qn_jsonw_lit(w, " ");
        qn_jsonw_raw(w, (qn_str){*p, n});
        qn_jsonw_lit(w, " = ");
        *p += n + 1;
        if (!put_value(w, p)) return usage_error("pipe", "a quote is not closed: '%.30s'", *p);
        qn_jsonw_lit(w, ";");
    }
    qn_jsonw_lit(w, " }");
    return EXIT_DONE;
}

/* 1 when the first plugin of the pipeline is a source, or cannot be told: run will say why. */
static int begins_with_source(const char *stages)
{
    char why[512], name[256];
    qn_loader *l = qn_loader_new(why, sizeof why);
    const qn_module *m = NULL;
    const char *p = skip_blanks(stages);
    int source;
    snprintf(name, sizeof name, "%.*s", (int)strcspn(p, " \t\r\n!="), p);
    if (l && qn_loader_add_default_dirs(l) == QN_OK) m = qn_loader_find(l, name, why, sizeof why);
    source = !m || m->plugin.kind == QN_SOURCE;
    qn_loader_free(l);
    return source;
}

static int make_config(qn_jsonw *w, const char *stages)
{
    const char *p = skip_blanks(stages);
    int code = EXIT_DONE, n = 0;
    qn_jsonw_lit(w, "version = 1;\nstages = (\n");
    if (*p && !begins_with_source(p)) {
        qn_jsonw_lit(w, "  { plugin = \"files\"; }");
        n++;
    }
    while (code == EXIT_DONE) {
        if (n++) qn_jsonw_lit(w, ",\n");
        code = put_stage(w, &p);
        if (*p != '!') break;
        p = skip_blanks(p + 1);
    }
    qn_jsonw_lit(w, "\n);\n");
    if (code == EXIT_DONE && w->no_memory) code = EXIT_INTERNAL;
    return code;
}

/* ---- running it --------------------------------------------------------------------------------
 */

/* Where the stages stand: the first argument that is neither an option nor an option's value. 0:
 * nowhere */
static int find_stages(int n, char **argv)
{
    static const char *const with_value[] = {
        "-o",         "-j",       "--output",       "--workers",    "--set",
        "--on-error", "--tap",    "--dropped",      "--limit",      "--tap-file",
        "--stats",    "--format", "--metrics-file", "--log-format", "--color"};
    size_t k;
    int i;
    for (i = 1; i < n; i++) {
        if (argv[i][0] != '-' || argv[i][1] == '\0') return i;
        for (k = 0; k < sizeof with_value / sizeof *with_value; k++)
            if (strcmp(argv[i], with_value[k]) == 0) {
                i++;
                break;
            }
    }
    return 0;
}

int cmd_pipe(int argc, char **argv)
{
    static char name[] = "pipe";
    qn_jsonw w = {0};
    int code, print = 0, i, n = 1, at;
    for (i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) return help_of("pipe");
        if (strcmp(argv[i], "--print-config") == 0)
            print = 1;
        else
            argv[n++] = argv[i];
    }
    argv[n] = NULL;
    at = find_stages(n, argv);
    if (!at) return usage_error("pipe", "expected stages such as 'sentences ! tokens ! jsonl'");
    code = make_config(&w, argv[at]);
    if (code == EXIT_DONE && print)
        code = fwrite(w.p, 1, w.n, stdout) == w.n && fflush(stdout) == 0 ? EXIT_DONE : EXIT_IO;
    else if (code == EXIT_DONE) {
        argv[at] = name; /* the stages' place */
        code = run_text(n, argv, w.p, w.n);
    }
    qn_jsonw_free(&w);
    return code;
}

/* SPDX-License-Identifier: MIT */
/* core/cli/cmd_view.c - quern view: records as one page that needs nothing else. They go into it as
 * the JSON they are, checked, with every "<" written as an escape: no text of theirs can end the
 * element. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "lines.h"
#include "page/page.h"
#include "text/json_read.h"
#include "text/utf8.h"

const char help_view[] =
    "  RECORDS               JSON Lines as the sink jsonl writes them (plain, gzip, zstd;\n"
    "                        \"-\": standard input), with offsets in code points\n"
    "  -o, --output FILE     the page (default: standard output)\n"
    "      --title TEXT      of the page (default: the first file's name)\n"
    "      --limit N         documents at most (5000)\n"
    "\n"
    "The page shows the documents with what was found in them: names and values, the\n"
    "summary, headings, key phrases. Written with jsonl.provenance = true and jsonl.raw =\n"
    "true, it also shows what was changed and by which rule. It is one file, loads nothing,\n"
    "and what documents say is never run. \"?\" lists its keys.\n"
    "\n"
    "exit status: 0; 64 wrong command line; 65 a record is not what it should be; 66 a\n"
    "file cannot be read; 73 the page cannot be made; 74 writing failed\n";

struct view {
    html page;
    const char *title;
    char **file;
    int nfile, code;
    uint64_t limit, n, left_out;
    char *room; /* for a line's strings, and then the line escaped */
    size_t cap;
    char why[1024];
};

static int fail(const struct view *v, int status)
{
    fprintf(stderr, "quern: %s\n", v->why);
    return status;
}

/* Items of an array that was read before. */
static unsigned long long items(qn_str array)
{
    qn_jsonr r;
    unsigned long long n = 0;
    qn_jsonr_open(&r, array.p, array.n, NULL);
    if (qn_jsonr_array(&r))
        while (qn_jsonr_item(&r) && qn_jsonr_skip(&r, NULL))
            n++;
    return n;
}

/* Is it an object with a text? The reader checks all of the JSON, its UTF-8 included. *tokens: the
 * value of that member. */
static int is_record(struct view *v, const lines *l, qn_str line, qn_str *tokens)
{
    qn_jsonr r;
    qn_str key, text = {NULL, 0};
    int ok = 1;
    char why[512];
    qn_jsonr_open(&r, line.p, line.n, v->room);
    if (qn_jsonr_object(&r))
        while (ok && qn_jsonr_member(&r, &key))
            ok = qn_str_eq(key, (qn_str)QN_STR("text"))     ? qn_jsonr_string(&r, &text)
                 : qn_str_eq(key, (qn_str)QN_STR("tokens")) ? qn_jsonr_skip(&r, tokens)
                                                            : qn_jsonr_skip(&r, NULL);
    ok = qn_jsonr_close(&r);
    if (ok && text.p) return 1;
    qn_jsonr_why(&r, why, sizeof why);
    snprintf(v->why, sizeof v->why, "%s:%llu: %s", l->file.path, (unsigned long long)l->number,
             ok ? "the record has no \"text\"" : why);
    return 0;
}

static int make_room(struct view *v, size_t n)
{
    char *room;
    if (n <= v->cap) return 1;
    room = realloc(v->room, n);
    if (!room) {
        snprintf(v->why, sizeof v->why, "out of memory");
        return 0;
    }
    v->room = room;
    v->cap = n;
    return 1;
}

/* "<" as \u003c: in JSON it stands in strings only. Returns the new end of `out`. */
static char *escape(char *out, const char *p, const char *end)
{
    for (; p < end; p++) {
        if (*p == '<') {
            memcpy(out, "\\u003c", 6);
            out += 6;
        } else {
            *out++ = *p;
        }
    }
    return out;
}

/* Tokens are most of a record's bytes and none of the page: how many they are stands for them. */
static int put_record(struct view *v, const lines *l, qn_str line)
{
    enum { COUNT = 24 }; /* room for a comma, a line end and the count */
    qn_str tokens = {NULL, 0};
    char *out;
    if (!make_room(v, 6 * line.n + COUNT)) return fail(v, EXIT_INTERNAL);
    if (!is_record(v, l, line, &tokens)) return fail(v, EXIT_DATA);
    out = v->room;
    if (v->n++) *out++ = ',';
    *out++ = '\n';
    if (tokens.n) {
        out = escape(out, line.p, tokens.p);
        out += sprintf(out, "%llu", items(tokens));
        line.n -= (size_t)(tokens.p + tokens.n - line.p);
        line.p = tokens.p + tokens.n;
    }
    out = escape(out, line.p, line.p + line.n);
    html_bytes(&v->page, v->room, (size_t)(out - v->room));
    return v->page.st == QN_OK ? EXIT_DONE : EXIT_IO;
}

static int put_file(struct view *v, const char *path)
{
    lines l;
    qn_str line;
    qn_status st = lines_open(&l, path, v->why, sizeof v->why);
    int code = EXIT_DONE;
    if (st != QN_OK) return fail(v, EXIT_NOINPUT);
    while (code == EXIT_DONE && (st = lines_next(&l, &line, v->why, sizeof v->why)) == QN_OK) {
        if (v->n < v->limit)
            code = put_record(v, &l, line);
        else
            v->left_out++;
    }
    lines_close(&l);
    if (code != EXIT_DONE || st == QN_END) return code;
    return fail(v, st == QN_E_NOMEM ? EXIT_INTERNAL : EXIT_NOINPUT);
}

static void put_documents(html *h, void *with)
{
    struct view *v = with;
    int i;
    html_put(h, "[");
    for (i = 0; i < v->nfile && v->code == EXIT_DONE; i++)
        v->code = put_file(v, v->file[i]);
    html_put(h, "\n]");
}

static int make_page(struct view *v, const char *output)
{
    html *h = &v->page;
    h->out = qn_out_open(output, 0, v->why, sizeof v->why);
    if (!h->out) return fail(v, EXIT_CANTCREATE);
    page_write(h, view_page, v->title, put_documents, v);
    if (v->code == EXIT_DONE && h->st == QN_OK) h->st = qn_out_keep(h->out, h->why, sizeof h->why);
    if (h->st != QN_OK) {
        v->code = EXIT_IO;
        if (h->st != QN_E_CANCELLED) fprintf(stderr, "quern: %s\n", h->why);
    }
    qn_out_free(h->out);
    free(v->room);
    if (v->code == EXIT_DONE && v->left_out)
        fprintf(stderr, "quern: %llu documents more are not in the page (--limit %llu)\n",
                (unsigned long long)v->left_out, (unsigned long long)v->limit);
    return v->code;
}

static int parse_limit(const char *s, uint64_t *out)
{
    char *end;
    *out = strtoull(s, &end, 10);
    return *s >= '0' && *s <= '9' && !*end && *out > 0;
}

int cmd_view(int argc, char **argv)
{
    static const struct option known[] = {{"output", required_argument, NULL, 'o'},
                                          {"title", required_argument, NULL, 't'},
                                          {"limit", required_argument, NULL, 'l'},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    struct view v = {.limit = 5000};
    const char *output = "-";
    int o;
    opterr = 0;
    while ((o = getopt_long(argc, argv, "o:h", known, NULL)) != -1) {
        if (o == 'h') return help_of("view");
        if (o == 'o')
            output = optarg;
        else if (o == 't')
            v.title = optarg;
        else if (o != 'l' || !parse_limit(optarg, &v.limit))
            return usage_error("view", "wrong option or value: '%s'", argv[optind - 1]);
    }
    if (optind == argc) return usage_error("view", "no file of records given");
    if (v.title && qn_utf8_valid(v.title, strlen(v.title)) != strlen(v.title))
        return usage_error("view", "the title is not UTF-8");
    if (!v.title) v.title = strcmp(argv[optind], "-") == 0 ? "Documents" : argv[optind];
    if (qn_utf8_valid(v.title, strlen(v.title)) != strlen(v.title)) v.title = "Documents";
    v.file = argv + optind;
    v.nfile = argc - optind;
    return make_page(&v, output);
}

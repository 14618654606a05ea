/* SPDX-License-Identifier: MIT */
/* core/cli/cmd_diff.c - quern diff: what differs between two files of records, document by
 * document, paired by id: text, entities, sentences, tokens, summary, key phrases. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "eval/doc.h"
#include "names.h"

const char help_diff[] =
    "  A, B                  JSON Lines as the sink jsonl writes them (plain, gzip, zstd;\n"
    "                        \"-\": standard input); their order does not matter\n"
    "      --limit N         differences shown at most (50); all are counted\n"
    "      --bytes           offsets are UTF-8 bytes, not code points\n"
    "      --json            the counts as one JSON object, and nothing else\n"
    "  -q, --quiet           nothing is shown; the exit status tells\n"
    "\n"
    "\"-\" marks what only A has, \"+\" what only B has.\n"
    "\n"
    "exit status: 0 no difference; 1 differences; 64 wrong command line; 65 a record is not\n"
    "what it should be; 66 a file cannot be read\n";

enum what {
    DOCUMENT_A,
    DOCUMENT_B,
    TEXT,
    ENTITIES,
    SENTENCES,
    TOKENS,
    HEADINGS,
    SUMMARY,
    PHRASES,
    KINDS
};
static const char *const kinds[KINDS] = {"only_a", "only_b",   "text",    "ents",      "sents",
                                         "tokens", "headings", "summary", "keyphrases"};

struct diff {
    eval_docs a, b;
    qn_names *names;
    unsigned long long count[KINDS]; /* of documents */
    unsigned long long same;
    long limit;
    int quiet, json;
    const eval_doc *shown; /* the document whose id was printed last */
};

/* ---- showing ------------------------------------------------------------------------------------
 */

/* On one line, at most `most` bytes, cut at characters. */
static void put_text(const char *p, size_t n, size_t most)
{
    size_t i, end = n;
    if (end > most)
        for (end = most; end > 0 && (p[end] & 0xC0) == 0x80;)
            end--;
    for (i = 0; i < end; i++) /* no control, of C1 neither, reaches the terminal */
        if (p[i] == '\xC2' && i + 1 < end && (unsigned char)p[i + 1] < 0xA0)
            putchar(' '), i++;
        else
            putchar((unsigned char)p[i] < ' ' || p[i] == 0x7F ? ' ' : p[i]);
    if (end < n) fputs("...", stdout);
}

static int may_show(struct diff *d, const eval_doc *doc)
{
    if (d->quiet || d->json || d->limit <= 0) return 0;
    d->limit--;
    if (d->shown != doc) {
        put_text(doc->id.p, doc->id.n, 500);
        putchar('\n');
    }
    d->shown = doc;
    return 1;
}

/* Byte offsets of code points, asked in any order. */
static size_t byte_of(qn_str s, uint32_t point)
{
    size_t i;
    for (i = 0; i < s.n; i++)
        if ((s.p[i] & 0xC0) != 0x80 && point-- == 0) return i;
    return s.n;
}

static void put_span(const struct diff *d, char mark, const eval_doc *doc, const eval_span *s)
{
    enum { AROUND = 24 };
    const size_t beg = byte_of(doc->text, s->beg), end = byte_of(doc->text, s->end);
    const qn_str label = qn_names_text(d->names, s->label);
    size_t from = beg > AROUND ? beg - AROUND : 0;
    while (from < beg && (doc->text.p[from] & 0xC0) == 0x80)
        from++;
    printf("  %c %-10.*s ", mark, (int)label.n, label.p);
    put_text(doc->text.p + from, beg - from, AROUND + 4);
    fputs("[[", stdout);
    put_text(doc->text.p + beg, end - beg, 60);
    fputs("]]", stdout);
    put_text(doc->text.p + end, doc->text.n - end < AROUND ? doc->text.n - end : AROUND, AROUND);
    putchar('\n');
}

/* ---- texts --------------------------------------------------------------------------------------
 */

static int is_blank(char c)
{
    return (unsigned char)c <= ' ';
}

/* What lies between the words that both begin and end with. */
static void show_texts(struct diff *d, const eval_doc *doc, const char *what, qn_str a, qn_str b)
{
    size_t i = 0, beg = 0, k = 0, end = 0;
    if (!may_show(d, doc)) return;
    while (i < a.n && i < b.n && a.p[i] == b.p[i])
        if (is_blank(a.p[i++])) beg = i;
    while (k < a.n - beg && k < b.n - beg && a.p[a.n - 1 - k] == b.p[b.n - 1 - k])
        if (is_blank(a.p[a.n - 1 - k++])) end = k;
    if (i == a.n && i == b.n) return;
    printf("  %s, at byte %zu:\n  - ", what, beg);
    put_text(a.p + beg, a.n - beg - end, 200);
    fputs("\n  + ", stdout);
    put_text(b.p + beg, b.n - beg - end, 200);
    putchar('\n');
}

static int same_text(qn_str a, qn_str b)
{
    return a.n == b.n && (!a.n || memcmp(a.p, b.p, a.n) == 0);
}

/* ---- spans --------------------------------------------------------------------------------------
 */

static int span_order(const eval_span *x, const eval_span *y)
{
    if (x->beg != y->beg) return x->beg < y->beg ? -1 : 1;
    if (x->end != y->end) return x->end < y->end ? -1 : 1;
    return (int)x->label - (int)y->label;
}

static int by_place(const void *x, const void *y)
{
    return span_order(x, y);
}

/* Both lists side by side; returns how many spans only one has. */
static unsigned compare_spans(struct diff *d, const eval_doc *a, const eval_doc *b, int layer)
{
    eval_layer x = a->layer[layer], y = b->layer[layer];
    uint32_t i = 0, k = 0;
    unsigned n = 0;
    if (x.n) qsort(x.v, x.n, sizeof *x.v, by_place);
    if (y.n) qsort(y.v, y.n, sizeof *y.v, by_place);
    while (i < x.n || k < y.n) {
        const int c = i == x.n ? 1 : k == y.n ? -1 : span_order(&x.v[i], &y.v[k]);
        if (c == 0) {
            i++;
            k++;
            continue;
        }
        n++;
        if (layer != EVAL_TOKENS && may_show(d, a))
            put_span(d, c < 0 ? '-' : '+', c < 0 ? a : b, c < 0 ? &x.v[i] : &y.v[k]);
        if (c < 0)
            i++;
        else
            k++;
    }
    return n;
}

static int same_phrases(const eval_doc *a, const eval_doc *b)
{
    uint32_t i;
    if (a->keys.n != b->keys.n) return 0;
    for (i = 0; i < a->keys.n; i++)
        if (!same_text(a->keys.v[i], b->keys.v[i])) return 0;
    return 1;
}

/* ---- documents ----------------------------------------------------------------------------------
 */

static void compare(struct diff *d, const eval_doc *a, const eval_doc *b)
{
    static const enum what of_layer[EVAL_LAYERS] = {ENTITIES, SENTENCES, TOKENS, HEADINGS};
    int layer, different = 0;
    unsigned n;
    if (!same_text(a->text, b->text)) {
        d->count[TEXT]++;
        show_texts(d, a, "text", a->text, b->text);
        return; /* places in two texts cannot be compared */
    }
    for (layer = 0; layer < EVAL_LAYERS; layer++) {
        n = compare_spans(d, a, b, layer);
        if (n && layer == EVAL_TOKENS && may_show(d, a)) printf("  tokens: %u differ\n", n);
        d->count[of_layer[layer]] += n > 0;
        different |= n > 0;
    }
    if (!same_text(a->summary, b->summary)) {
        d->count[SUMMARY]++;
        show_texts(d, a, "summary", a->summary, b->summary);
        different = 1;
    }
    if (!same_phrases(a, b)) {
        d->count[PHRASES]++;
        if (may_show(d, a)) puts("  key phrases differ");
        different = 1;
    }
    d->same += !different;
}

static void compare_all(struct diff *d)
{
    size_t i;
    for (i = 0; i < d->a.n; i++) {
        const eval_doc *b = eval_doc_find(&d->b, d->a.v[i].id);
        if (b) {
            compare(d, &d->a.v[i], b);
            continue;
        }
        d->count[DOCUMENT_A]++;
        if (may_show(d, &d->a.v[i])) puts("  - only there");
    }
    for (i = 0; i < d->b.n; i++)
        if (!eval_doc_find(&d->a, d->b.v[i].id)) {
            d->count[DOCUMENT_B]++;
            if (may_show(d, &d->b.v[i])) puts("  + only there");
        }
}

static unsigned long long total(const struct diff *d)
{
    unsigned long long sum = 0;
    int k;
    for (k = 0; k < KINDS; k++)
        sum += d->count[k];
    return sum;
}

static void print_counts(const struct diff *d)
{
    int k;
    if (d->quiet) return;
    if (d->json) {
        printf("{\"same\":%llu", d->same);
        for (k = 0; k < KINDS; k++)
            printf(",\"%s\":%llu", kinds[k], d->count[k]);
        puts("}");
        return;
    }
    printf("%llu documents are the same", d->same);
    for (k = 0; k < KINDS; k++)
        if (d->count[k]) printf("; %llu differ in %s", d->count[k], kinds[k]);
    putchar('\n');
}

static int read_both(struct diff *d, char **path, int bytes)
{
    const eval_reading how = {.bytes = bytes};
    char why[1024];
    qn_status st = eval_docs_read(&d->a, path[0], &how, d->names, why, sizeof why);
    if (st == QN_OK) st = eval_docs_read(&d->b, path[1], &how, d->names, why, sizeof why);
    if (st == QN_OK) return EXIT_DONE;
    fprintf(stderr, "quern: %s\n", why);
    return st == QN_E_DATA ? EXIT_DATA : st == QN_E_NOMEM ? EXIT_INTERNAL : EXIT_NOINPUT;
}

int cmd_diff(int argc, char **argv)
{
    static const struct option known[] = {
        {"limit", required_argument, NULL, 'l'}, {"bytes", no_argument, NULL, 'b'},
        {"json", no_argument, NULL, 'j'},        {"quiet", no_argument, NULL, 'q'},
        {"help", no_argument, NULL, 'h'},        {NULL, 0, NULL, 0}};
    struct diff d = {.limit = 50};
    int o, code, bytes = 0;
    char *end = NULL;
    opterr = 0;
    while ((o = getopt_long(argc, argv, "qh", known, NULL)) != -1) {
        if (o == 'h') return help_of("diff");
        if (o == 'l') d.limit = strtol(optarg, &end, 10);
        bytes |= o == 'b';
        d.json |= o == 'j';
        d.quiet |= o == 'q';
        if (o == '?' || d.limit < 0 || (end && *end))
            return usage_error("diff", "wrong option or value: '%s'", argv[optind - 1]);
    }
    if (argc - optind != 2)
        return usage_error("diff", "two files are compared, not %d", argc - optind);
    d.names = qn_names_new(65535);
    if (!d.names) return EXIT_INTERNAL;
    code = read_both(&d, argv + optind, bytes);
    if (code == EXIT_DONE) {
        compare_all(&d);
        print_counts(&d);
        code = total(&d) ? EXIT_DIFFERENT : EXIT_DONE;
    }
    eval_docs_free(&d.a);
    eval_docs_free(&d.b);
    qn_names_free(d.names);
    return code;
}

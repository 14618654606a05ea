/* SPDX-License-Identifier: MIT */
/* core/cli/cmd_diff.c - quern diff: what differs between two files of records, document by
 * document, paired by id: text, entities, sentences, tokens, summary, key phrases. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "diff_show.h"
#include "names.h"
#include "page/page.h"

const char help_diff[] =
    "  A, B                  JSON Lines as the sink jsonl writes them (plain, gzip, zstd;\n"
    "                        \"-\": standard input); their order does not matter\n"
    "      --limit N         differences shown at most (50; on a page 5000); all are\n"
    "                        counted\n"
    "      --html FILE       show them on a page, and only the counts here\n"
    "      --bytes           offsets are UTF-8 bytes, not code points\n"
    "      --json            the counts as one JSON object, and nothing else\n"
    "  -q, --quiet           nothing is shown; the exit status tells\n"
    "\n"
    "\"-\" marks what only A has, \"+\" what only B has; in texts [-this-] became {+that+},\n"
    "word by word.\n"
    "\n"
    "exit status: 0 no difference; 1 differences; 64 wrong command line; 65 a record is not\n"
    "what it should be; 66 a file cannot be read; 73 the page cannot be made; 74 writing\n"
    "failed\n";

enum { LIMIT = 50, PAGE_LIMIT = 5000 };

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
    long limit, left; /* differences to be shown at most, and of them still */
    int quiet, json;
    const char *html;      /* file of the page, or NULL */
    diff_show *show;       /* NULL: only counted */
    const eval_doc *shown; /* the document whose id was shown last */
    int no_memory;
    /* where a code point of a document was found last: spans come in order */
    const eval_doc *at_doc;
    uint32_t at_point;
    size_t at_byte;
};

/* ---- showing ------------------------------------------------------------------------------------
 */

static int may_show(struct diff *d, const eval_doc *doc)
{
    if (!d->show || d->left <= 0) return 0;
    d->left--;
    if (d->shown != doc) d->show->document(d->show, doc->id);
    d->shown = doc;
    return 1;
}

/* The byte of a code point; going on from the last one asked for takes linear time in all. */
static size_t byte_of(struct diff *d, const eval_doc *doc, uint32_t point)
{
    if (d->at_doc != doc || d->at_point > point) {
        d->at_doc = doc;
        d->at_point = 0;
        d->at_byte = 0;
    }
    while (d->at_point < point && d->at_byte < doc->text.n) {
        do
            d->at_byte++;
        while (d->at_byte < doc->text.n && (doc->text.p[d->at_byte] & 0xC0) == 0x80);
        d->at_point++;
    }
    return d->at_byte;
}

static void show_span(struct diff *d, char mark, int layer, const eval_doc *doc, const eval_span *s)
{
    static const qn_str what[EVAL_LAYERS] = {QN_STR("entity"), QN_STR("sentence"), QN_STR("token"),
                                             QN_STR("heading")};
    const qn_str label = s->label ? qn_names_text(d->names, s->label) : what[layer];
    const size_t beg = byte_of(d, doc, s->beg), end = byte_of(d, doc, s->end);
    d->show->span(d->show, mark, label, doc->text, beg, end);
}

static void show_texts(struct diff *d, const eval_doc *doc, const char *what, qn_str a, qn_str b)
{
    eval_change *v = NULL;
    size_t n = 0;
    if (!may_show(d, doc)) return;
    d->left++; /* each change counts */
    if (!eval_changes(a, b, &v, &n)) {
        d->no_memory = 1;
        return;
    }
    if ((long)n > d->left) n = (size_t)d->left;
    d->left -= (long)n;
    d->show->texts(d->show, what, a, b, v, n);
    free(v);
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
            show_span(d, c < 0 ? '-' : '+', layer, c < 0 ? a : b, c < 0 ? &x.v[i] : &y.v[k]);
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
        if (n && layer == EVAL_TOKENS && may_show(d, a)) d->show->tokens(d->show, n);
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
        if (may_show(d, a)) d->show->phrases(d->show, &a->keys, &b->keys);
        different = 1;
    }
    d->same += !different;
}

static void compare_all(struct diff *d)
{
    size_t i;
    memset(d->count, 0, sizeof d->count);
    d->same = 0;
    d->left = d->limit;
    for (i = 0; i < d->a.n; i++) {
        const eval_doc *b = eval_doc_find(&d->b, d->a.v[i].id);
        if (b) {
            compare(d, &d->a.v[i], b);
            continue;
        }
        d->count[DOCUMENT_A]++;
        if (may_show(d, &d->a.v[i])) d->show->only(d->show, '-');
    }
    for (i = 0; i < d->b.n; i++)
        if (!eval_doc_find(&d->a, d->b.v[i].id)) {
            d->count[DOCUMENT_B]++;
            if (may_show(d, &d->b.v[i])) d->show->only(d->show, '+');
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

/* ---- the page -----------------------------------------------------------------------------------
 */

static void fact(html *h, const char *what, unsigned long long n)
{
    html_putf(h, "<div><dt>%s</dt><dd>", what);
    html_count(h, n);
    html_put(h, "</dd></div>\n");
}

static void put_body(html *h, void *with)
{
    static const char *const words[KINDS] = {
        "documents only A has", "documents only B has", "differ in text",
        "differ in entities",   "differ in sentences",  "differ in tokens",
        "differ in headings",   "differ in summary",    "differ in key phrases"};
    struct diff *d = with;
    diff_page page;
    int k;
    html_put(h, "<p class=\"soft\">A: <bdi>");
    html_words(h, d->a.path);
    html_put(h, "</bdi>, B: <bdi>");
    html_words(h, d->b.path);
    html_put(h, "</bdi>. <del>What only A has</del>, <ins>what only B has</ins>.</p>\n"
                "<dl class=\"facts\">\n");
    fact(h, "documents are the same", d->same);
    for (k = 0; k < KINDS; k++)
        if (d->count[k]) fact(h, words[k], d->count[k]);
    html_put(h, "</dl>\n");
    diff_page_begin(&page, h);
    d->show = &page.show;
    compare_all(d);
    diff_page_end(&page);
    d->show = NULL;
    if (d->left <= 0)
        html_putf(h, "<p class=\"soft\">Not all differences are shown: --limit %ld.</p>\n",
                  d->limit);
}

static int make_page(struct diff *d)
{
    html h = {.st = QN_OK};
    h.out = qn_out_open(d->html, 0, h.why, sizeof h.why);
    if (!h.out) {
        fprintf(stderr, "quern: %s\n", h.why);
        return EXIT_CANTCREATE;
    }
    page_write(&h, report_page, "Differences", put_body, d);
    if (h.st == QN_OK && !d->no_memory) h.st = qn_out_keep(h.out, h.why, sizeof h.why);
    qn_out_free(h.out);
    if (h.st == QN_OK) return EXIT_DONE;
    fprintf(stderr, "quern: %s\n", h.why);
    return EXIT_IO;
}

/* ---- the whole ----------------------------------------------------------------------------------
 */

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

static int tell(struct diff *d)
{
    diff_show text = diff_show_text;
    int code = EXIT_DONE;
    if (!d->quiet && !d->json && !d->html) d->show = &text;
    compare_all(d);
    d->show = NULL;
    if (d->html) code = make_page(d);
    if (d->no_memory) {
        fprintf(stderr, "quern: out of memory\n");
        return EXIT_INTERNAL;
    }
    if (code != EXIT_DONE) return code;
    print_counts(d);
    return total(d) ? EXIT_DIFFERENT : EXIT_DONE;
}

static int parse(struct diff *d, int argc, char **argv, int *bytes)
{
    static const struct option known[] = {{"limit", required_argument, NULL, 'l'},
                                          {"bytes", no_argument, NULL, 'b'},
                                          {"json", no_argument, NULL, 'j'},
                                          {"quiet", no_argument, NULL, 'q'},
                                          {"html", required_argument, NULL, 'H'},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    char *end = NULL;
    int o;
    opterr = 0;
    d->limit = -1;
    while ((o = getopt_long(argc, argv, "qh", known, NULL)) != -1) {
        if (o == 'h') exit(help_of("diff"));
        if (o == 'l') d->limit = strtol(optarg, &end, 10);
        if (o == 'H') d->html = optarg;
        *bytes |= o == 'b';
        d->json |= o == 'j';
        d->quiet |= o == 'q';
        if (o == '?' || (end && (*end || d->limit < 0)))
            return usage_error("diff", "wrong option or value: '%s'", argv[optind - 1]);
    }
    if (d->limit < 0) d->limit = d->html ? PAGE_LIMIT : LIMIT;
    if (argc - optind != 2)
        return usage_error("diff", "two files are compared, not %d", argc - optind);
    return EXIT_DONE;
}

int cmd_diff(int argc, char **argv)
{
    struct diff d = {0};
    int bytes = 0, code = parse(&d, argc, argv, &bytes);
    if (code != EXIT_DONE) return code;
    d.names = qn_names_new(65535);
    if (!d.names) return EXIT_INTERNAL;
    code = read_both(&d, argv + optind, bytes);
    if (code == EXIT_DONE) code = tell(&d);
    eval_docs_free(&d.a);
    eval_docs_free(&d.b);
    qn_names_free(d.names);
    return code;
}

/* SPDX-License-Identifier: MIT */
/* tests/tools/spacy_contract.c - checks JSON lines against what spaCy's Doc.from_json asks of them
 * and what quern promises beside: prints each breach as "line N: ..." and exits 1. spaCy itself
 * is too large to be a test dependency; docs/formats.md has the rules in words. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "text/json_read.h"

struct span {
    int64_t id, beg, end;
    int has_label;
};

struct spans {
    struct span *v;
    size_t n;
    int given;
};

struct doc {
    qn_str text, summary;
    int has_text, has_summary;
    struct spans ents, sents, tokens;
    int64_t *chosen; /* summary_sents */
    size_t nchosen;
    uint32_t *point; /* code points of the text, npoint of them */
    size_t *byte;    /* where each begins; byte[npoint] is the end */
    size_t npoint;
};

static size_t line_number;
static int breaches;

static QN_PRINTF(1, 2) void breach(const char *fmt, ...)
{
    va_list ap;
    printf("line %zu: ", line_number);
    va_start(ap, fmt);
    vprintf(fmt, ap);
    va_end(ap);
    printf("\n");
    breaches = 1;
}

static void *need(void *p)
{
    if (p) return p;
    fprintf(stderr, "spacy_contract: out of memory\n");
    exit(2);
}

static int named(qn_str name, const char *word)
{
    return name.n == strlen(word) && memcmp(name.p, word, name.n) == 0;
}

/* ---- reading -------------------------------------------------------------------------------- */

static int64_t read_int(qn_jsonr *j)
{
    qn_json_number n;
    if (!qn_jsonr_number(j, &n)) return -1;
    if (n.type != QN_JSON_INT) breach("a number that is not whole");
    return n.type == QN_JSON_INT ? n.i : -1;
}

/* What quern says of an entity beside; spaCy takes any key whose value is a string or a whole
 * number. */
static int is_detail(qn_str name)
{
    return named(name, "value") || named(name, "kb_id") || named(name, "chain") ||
           named(name, "canonical");
}

/* One {"start":..,"end":..} with at most the keys id and label, or details, beside. */
static struct span read_span(qn_jsonr *j, const char *what, int want_id)
{
    struct span s = {-1, -1, -1, 0};
    qn_str name, label;
    if (!qn_jsonr_object(j)) return s;
    while (qn_jsonr_member(j, &name)) {
        if (named(name, "start"))
            s.beg = read_int(j);
        else if (named(name, "end"))
            s.end = read_int(j);
        else if (want_id && named(name, "id"))
            s.id = read_int(j);
        else if (!want_id && named(name, "label"))
            s.has_label = qn_jsonr_string(j, &label) && label.n > 0;
        else if (strcmp(what, "ents") == 0 && is_detail(name)) {
            qn_json_kind kind = qn_jsonr_peek(j);
            if (kind != QN_JSON_STRING && kind != QN_JSON_NUMBER)
                breach("%s: \"%.*s\" is neither string nor number", what, (int)name.n, name.p);
            qn_jsonr_skip(j, NULL);
        } else
            breach("%s: the key \"%.*s\"", what, (int)name.n, name.p), qn_jsonr_skip(j, NULL);
    }
    return s;
}

static struct spans read_spans(qn_jsonr *j, const char *what, int want_id)
{
    struct spans l = {NULL, 0, 1};
    if (!qn_jsonr_array(j)) return l;
    while (qn_jsonr_item(j)) {
        if ((l.n & (l.n - 1)) == 0) /* full at every power of two */
            l.v = need(realloc(l.v, 2 * (l.n + 1) * sizeof *l.v));
        l.v[l.n++] = read_span(j, what, want_id);
    }
    return l;
}

static void read_doc(qn_jsonr *j, struct doc *d)
{
    qn_str name;
    if (!qn_jsonr_object(j)) return;
    while (qn_jsonr_member(j, &name)) {
        if (named(name, "text")) {
            d->has_text = qn_jsonr_string(j, &d->text);
        } else if (named(name, "summary")) {
            d->has_summary = qn_jsonr_string(j, &d->summary);
        } else if (named(name, "ents")) {
            d->ents = read_spans(j, "ents", 0);
        } else if (named(name, "sents")) {
            d->sents = read_spans(j, "sents", 0);
        } else if (named(name, "tokens")) {
            d->tokens = read_spans(j, "tokens", 1);
        } else if (named(name, "summary_sents") && qn_jsonr_array(j)) {
            while (qn_jsonr_item(j)) {
                d->chosen = need(realloc(d->chosen, (d->nchosen + 1) * sizeof *d->chosen));
                d->chosen[d->nchosen++] = read_int(j);
            }
        } else {
            qn_jsonr_skip(j, NULL);
        }
    }
}

static void find_points(struct doc *d)
{
    size_t i;
    d->point = need(calloc(d->text.n + 1, sizeof *d->point));
    d->byte = need(calloc(d->text.n + 1, sizeof *d->byte));
    for (i = 0; i < d->text.n; i++) {
        unsigned char c = (unsigned char)d->text.p[i];
        if ((c & 0xC0) != 0x80) {
            d->byte[d->npoint] = i;
            d->point[d->npoint++] = c < 0x80   ? c
                                    : c < 0xE0 ? c & 0x1Fu
                                    : c < 0xF0 ? c & 15u
                                               : c & 7u;
        } else {
            d->point[d->npoint - 1] = d->point[d->npoint - 1] << 6 | (c & 0x3Fu);
        }
    }
    d->byte[d->npoint] = d->text.n;
}

/* ---- rules ---------------------------------------------------------------------------------- */

/* Python's str.isspace for one character. */
static int is_space(uint32_t c)
{
    return (c >= 9 && c <= 13) || (c >= 28 && c <= 32) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

static int in_text(const struct doc *d, const char *what, size_t i, const struct span *s)
{
    if (s->beg >= 0 && s->beg < s->end && s->end <= (int64_t)d->npoint) return 1;
    breach("%s[%zu]: %" PRId64 " to %" PRId64 " is no stretch of a text of %zu", what, i, s->beg,
           s->end, d->npoint);
    return 0;
}

/* Only white space, or none at either end. */
static void check_token_text(const struct doc *d, size_t i, const struct span *t)
{
    int64_t k, white = 0;
    for (k = t->beg; k < t->end; k++)
        white += is_space(d->point[k]);
    if (white != t->end - t->beg && (is_space(d->point[t->beg]) || is_space(d->point[t->end - 1])))
        breach("tokens[%zu]: white space at the end of a word", i);
}

static void check_tokens(const struct doc *d)
{
    int64_t pos = 0;
    size_t i;
    for (i = 0; i < d->tokens.n; i++) {
        const struct span *t = &d->tokens.v[i];
        if (!in_text(d, "tokens", i, t)) return;
        if (t->id != (int64_t)i) breach("tokens[%zu]: id %" PRId64, i, t->id);
        check_token_text(d, i, t);
        if (t->beg < pos || t->beg - pos > 1 || (t->beg > pos && d->point[pos] != ' ') ||
            (i == 0 && t->beg != 0))
            breach("tokens[%zu]: starts at %" PRId64 ", the one before ends at %" PRId64, i, t->beg,
                   pos);
        if (i > 0 && t->beg == pos && d->point[pos] == ' ')
            breach("tokens[%zu]: begins with the space of the one before", i);
        pos = t->end;
    }
    if (pos < (int64_t)d->npoint &&
        (i == 0 || pos + 1 < (int64_t)d->npoint || d->point[pos] != ' '))
        breach("tokens: the last ends at %" PRId64 ", the text at %zu", pos, d->npoint);
}

/* The spans begin and end with tokens and do not overlap. Both are in order. */
static void check_edges(const struct doc *d, const char *what, const struct spans *l)
{
    size_t i, k = 0;
    int64_t end = 0;
    for (i = 0; i < l->n; i++) {
        const struct span *s = &l->v[i];
        if (!in_text(d, what, i, s)) return;
        if (s->beg < end) breach("%s[%zu]: overlaps the one before", what, i);
        end = s->end;
        while (k < d->tokens.n && d->tokens.v[k].beg < s->beg)
            k++;
        if (k == d->tokens.n || d->tokens.v[k].beg != s->beg)
            breach("%s[%zu]: does not start where a token does", what, i);
        while (k < d->tokens.n && d->tokens.v[k].end < s->end)
            k++;
        if (k == d->tokens.n || d->tokens.v[k].end != s->end)
            breach("%s[%zu]: does not end where a token does", what, i);
    }
}

/* The summary is its sentences joined by one space. */
static void check_summary(const struct doc *d)
{
    size_t i, at = 0;
    for (i = 0; i < d->nchosen; i++) {
        const struct span *s;
        size_t beg, n;
        if (d->chosen[i] < 0 || (size_t)d->chosen[i] >= d->sents.n ||
            (i > 0 && d->chosen[i] <= d->chosen[i - 1])) {
            breach("summary_sents[%zu]: %" PRId64, i, d->chosen[i]);
            return;
        }
        s = &d->sents.v[d->chosen[i]];
        beg = d->byte[s->beg];
        n = d->byte[s->end] - beg;
        if (i > 0 && at < d->summary.n && d->summary.p[at] == ' ') at++;
        if (d->summary.n - at < n || memcmp(d->summary.p + at, d->text.p + beg, n) != 0) {
            breach("summary: sentence %" PRId64 " is not at byte %zu", d->chosen[i], at);
            return;
        }
        at += n;
    }
    if (at != d->summary.n) breach("summary: more than its sentences");
}

static void check_doc(struct doc *d, int tokens_wanted)
{
    size_t i;
    if (!d->has_text) {
        breach("no text");
        return;
    }
    find_points(d);
    if (d->tokens.given) {
        check_tokens(d);
        check_edges(d, "ents", &d->ents);
        check_edges(d, "sents", &d->sents);
    } else if (tokens_wanted) {
        breach("no tokens");
    }
    for (i = 0; i < d->ents.n; i++)
        if (!d->ents.v[i].has_label) breach("ents[%zu]: no label", i);
    if (d->has_summary) check_summary(d);
}

static void check_line(char *line, size_t n, int tokens_wanted)
{
    struct doc d = {0};
    qn_jsonr j;
    char why[200], *room = need(malloc(n + 1));
    qn_jsonr_open(&j, line, n, room);
    read_doc(&j, &d);
    if (qn_jsonr_close(&j)) {
        check_doc(&d, tokens_wanted);
    } else {
        qn_jsonr_why(&j, why, sizeof why);
        breach("%s", why);
    }
    free(d.ents.v);
    free(d.sents.v);
    free(d.tokens.v);
    free(d.chosen);
    free(d.point);
    free(d.byte);
    free(room);
}

int main(int argc, char **argv)
{
    int tokens_wanted = argc < 2 || strcmp(argv[1], "--no-tokens") != 0;
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    while ((n = getline(&line, &cap, stdin)) > 0) {
        line_number++;
        check_line(line, (size_t)n, tokens_wanted);
    }
    free(line);
    if (line_number == 0) {
        fprintf(stderr, "spacy_contract: no lines on standard input\n");
        return 2;
    }
    printf("%zu lines %s\n", line_number, breaches ? "checked" : "keep the contract");
    return breaches;
}

/* SPDX-License-Identifier: MIT */
/* core/report/corpus.c - see corpus.h. A record is read twice: once for where its members lie and
 * its texts, then those members that count. */
#include "report/corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/json_read.h"
#include "text/utf8.h"

enum { NAME_MOST = 120, EXAMPLE_MOST = 160, VALUE_MOST = 80 }; /* bytes kept */

struct record {
    report_corpus *c;
    qn_str id, text, raw;                      /* decoded; p NULL: not there */
    qn_str ents, sents, tokens, meta, changes; /* JSON as written */
    size_t ntoken, next;                       /* tokens; the first behind the last sentence */
    char *room, *why;
    size_t nwhy;
    qn_status st;
};

struct span {
    int64_t beg, end, rawbeg, rawend; /* -1: not given */
    qn_str label, canonical, rule;
};

static int is(qn_str s, const char *word)
{
    return strlen(word) == s.n && memcmp(s.p, word, s.n) == 0;
}

static void fail(struct record *r, qn_status st, const char *why)
{
    if (r->st != QN_OK) return;
    r->st = st;
    snprintf(r->why, r->nwhy, "%s", why);
}

static tally_entry *count(struct record *r, tally *t, qn_str key, qn_str rest)
{
    tally_entry *e = tally_add(t, key, rest, r->c->documents);
    if (!e) fail(r, QN_E_NOMEM, "out of memory");
    return e;
}

/* ---- lengths ------------------------------------------------------------------------------------
 */

uint64_t report_bin_begins(unsigned bin)
{
    static const unsigned first[] = {1, 2, 5};
    uint64_t n = 1;
    unsigned i;
    if (bin == 0) return 0;
    for (i = 0; i < (bin - 1) / 3; i++)
        n *= 10;
    return n * first[(bin - 1) % 3];
}

unsigned report_bin(uint64_t n)
{
    unsigned bin = 0;
    while (bin + 1 < REPORT_BINS && n >= report_bin_begins(bin + 1))
        bin++;
    return bin;
}

int report_is_value(qn_str label)
{
    static const char *const values[] = {"DATE",     "TIME",    "PERCENT",  "MONEY",
                                         "QUANTITY", "ORDINAL", "CARDINAL", NULL};
    const char *const *v;
    for (v = values; *v; v++)
        if (is(label, *v)) return 1;
    return 0;
}

/* At most `most` bytes, whole characters. */
static qn_str cut(qn_str s, size_t most)
{
    if (s.n <= most) return s;
    while (most > 0 && ((unsigned char)s.p[most] & 0xC0) == 0x80)
        most--;
    return (qn_str){s.p, most};
}

static qn_str keep(struct record *r, qn_str s)
{
    const char *p = qn_pool_string(r->c->pool, s.p ? s.p : "", s.n);
    if (!p) fail(r, QN_E_NOMEM, "out of memory");
    return (qn_str){p ? p : "", p ? s.n : 0};
}

static void note_long(struct record *r, uint64_t size)
{
    report_corpus *c = r->c;
    unsigned i = c->nlongest;
    if (i == REPORT_LONGEST && size <= c->longest[i - 1].size) return;
    if (i < REPORT_LONGEST)
        c->nlongest++;
    else
        i--;
    for (; i > 0 && c->longest[i - 1].size < size; i--)
        c->longest[i] = c->longest[i - 1];
    c->longest[i] = (report_long){keep(r, cut(r->id, NAME_MOST)), size};
}

/* ---- spans --------------------------------------------------------------------------------------
 */

static int offset(qn_jsonr *j, int64_t *out)
{
    qn_json_number v;
    if (!qn_jsonr_number(j, &v)) return 0;
    *out = v.type == QN_JSON_INT && v.i >= 0 ? v.i : INT64_MAX;
    return 1;
}

static int read_span(qn_jsonr *j, struct span *s)
{
    qn_str key;
    *s = (struct span){-1, -1, -1, -1, {"", 0}, {NULL, 0}, {"", 0}};
    if (!qn_jsonr_object(j)) return 0;
    while (qn_jsonr_member(j, &key)) {
        const int string = qn_jsonr_peek(j) == QN_JSON_STRING;
        if (is(key, "start"))
            offset(j, &s->beg);
        else if (is(key, "end"))
            offset(j, &s->end);
        else if (is(key, "rawstart"))
            offset(j, &s->rawbeg);
        else if (is(key, "rawend"))
            offset(j, &s->rawend);
        else if (string && is(key, "label"))
            qn_jsonr_string(j, &s->label);
        else if (string && is(key, "canonical"))
            qn_jsonr_string(j, &s->canonical);
        else if (string && is(key, "rule"))
            qn_jsonr_string(j, &s->rule);
        else
            qn_jsonr_skip(j, NULL);
    }
    return 1;
}

/* Calls use(r, span) for each span of the array, whose places lie in the text. */
static void each_span(struct record *r, qn_str array, const char *what,
                      void (*use)(struct record *, const struct span *))
{
    const int64_t points = (int64_t)qn_utf8_count(r->text.p, r->text.n);
    qn_jsonr j;
    struct span s;
    char why[200];
    if (!array.p) return;
    qn_jsonr_open(&j, array.p, array.n, r->room);
    if (qn_jsonr_array(&j)) {
        while (r->st == QN_OK && qn_jsonr_item(&j)) {
            if (!read_span(&j, &s)) break;
            if (s.beg < 0 || s.end < s.beg || s.end > points) {
                snprintf(why, sizeof why,
                         "%s: a span must have \"start\" and \"end\", code points of the text",
                         what);
                fail(r, QN_E_DATA, why);
            } else {
                use(r, &s);
            }
            j.room = r->room; /* its strings are not needed any more */
        }
    }
    if (r->st == QN_OK && !qn_jsonr_close(&j)) {
        snprintf(why, sizeof why, "%s: not an array of spans", what);
        fail(r, QN_E_DATA, why);
    }
}

/* at[i]: the byte at which code point i begins, one more for the end. */
static int find_places(struct record *r)
{
    report_corpus *c = r->c;
    size_t i, n = 0;
    if (r->text.n + 1 > c->capat) {
        uint32_t *at = realloc(c->at, (r->text.n + 1) * sizeof *at);
        if (!at) {
            fail(r, QN_E_NOMEM, "out of memory");
            return 0;
        }
        c->at = at;
        c->capat = r->text.n + 1;
    }
    for (i = 0; i < r->text.n; i++)
        if (((unsigned char)r->text.p[i] & 0xC0) != 0x80) c->at[n++] = (uint32_t)i;
    c->at[n] = (uint32_t)r->text.n;
    return 1;
}

static qn_str span_text(const struct record *r, const struct span *s)
{
    const uint32_t beg = r->c->at[s->beg];
    return (qn_str){r->text.p + beg, r->c->at[s->end] - beg};
}

/* ---- the members that count ---------------------------------------------------------------------
 */

/* Line ends and runs of blanks as one blank. */
static qn_str one_line(qn_str s, char *out, size_t cap)
{
    size_t i, n = 0;
    for (i = 0; i < s.n && n < cap; i++) {
        const char ch = s.p[i] == '\n' || s.p[i] == '\t' || s.p[i] == '\r' ? ' ' : s.p[i];
        if (ch != ' ' || (n && out[n - 1] != ' ')) out[n++] = ch;
    }
    return cut((qn_str){out, n}, n < cap ? n : cap - 4);
}

static void use_entity(struct record *r, const struct span *s)
{
    char words[NAME_MOST + 4];
    qn_str name = s->canonical.p ? s->canonical : span_text(r, s);
    r->c->ents++;
    name = cut(one_line(name, words, sizeof words), NAME_MOST);
    count(r, &r->c->labels, s->label, (qn_str){"", 0});
    count(r, &r->c->names, s->label, name);
}

static void use_token(struct record *r, const struct span *s)
{
    report_corpus *c = r->c;
    if (r->ntoken == c->captoken) {
        const size_t cap = c->captoken ? 2 * c->captoken : 1024;
        uint32_t *v = realloc(c->token, cap * sizeof *v);
        if (!v) {
            fail(r, QN_E_NOMEM, "out of memory");
            return;
        }
        c->token = v;
        c->captoken = cap;
    }
    c->token[r->ntoken++] = (uint32_t)s->beg;
}

static void use_sentence(struct record *r, const struct span *s)
{
    const uint32_t *token = r->c->token;
    size_t first;
    r->c->sents++;
    if (!r->tokens.p) return;
    while (r->next < r->ntoken && token[r->next] < s->beg)
        r->next++;
    for (first = r->next; r->next < r->ntoken && token[r->next] < s->end;)
        r->next++;
    r->c->by_sent.n[report_bin(r->next - first)]++;
}

static report_examples *examples_of(struct record *r, tally_entry *rule)
{
    report_corpus *c = r->c;
    if (rule->more) return &c->example[rule->more - 1];
    if (c->nexample == c->capexample) {
        const uint32_t cap = c->capexample ? 2 * c->capexample : 32;
        report_examples *v = realloc(c->example, cap * sizeof *v);
        if (!v) {
            fail(r, QN_E_NOMEM, "out of memory");
            return NULL;
        }
        c->example = v;
        c->capexample = cap;
    }
    c->example[c->nexample].n = 0;
    rule->more = ++c->nexample;
    return &c->example[c->nexample - 1];
}

/* The first ones that differ. */
static void add_example(struct record *r, tally_entry *rule, qn_str before, qn_str after)
{
    report_examples *x = examples_of(r, rule);
    unsigned i;
    if (!x || x->n == REPORT_EXAMPLES) return;
    before = cut(before, EXAMPLE_MOST);
    for (i = 0; i < x->n; i++)
        if (qn_str_eq(x->v[i].before, before)) return;
    x->v[x->n] = (report_example){keep(r, cut(r->id, NAME_MOST)), keep(r, before),
                                  keep(r, cut(after, EXAMPLE_MOST))};
    x->n++;
}

static void use_change(struct record *r, const struct span *s)
{
    tally_entry *rule;
    if (s->rawbeg < 0 || s->rawend < s->rawbeg) {
        fail(r, QN_E_DATA, "provenance: no \"rawstart\" and \"rawend\" where there should be");
        return;
    }
    rule = count(r, &r->c->rules, s->rule, (qn_str){"", 0});
    if (!rule) return;
    rule->bytes += (uint64_t)(s->rawend - s->rawbeg);
    if (!r->raw.p) return;
    if (s->rawend > (int64_t)r->raw.n)
        fail(r, QN_E_DATA, "provenance: \"rawend\" is behind the end of \"raw\"");
    else
        add_example(r, rule, (qn_str){r->raw.p + s->rawbeg, (size_t)(s->rawend - s->rawbeg)},
                    span_text(r, s));
}

/* Key phrases: strings, or objects with a "text". */
static void count_phrases(struct record *r, qn_jsonr *j)
{
    qn_str key, text;
    if (!qn_jsonr_array(j)) return;
    while (r->st == QN_OK && qn_jsonr_item(j)) {
        text = (qn_str){NULL, 0};
        if (qn_jsonr_peek(j) == QN_JSON_STRING) {
            qn_jsonr_string(j, &text);
        } else if (qn_jsonr_object(j)) {
            while (qn_jsonr_member(j, &key))
                if (!is(key, "text") || !qn_jsonr_string(j, &text)) qn_jsonr_skip(j, NULL);
        }
        if (text.p) count(r, &r->c->phrases, cut(text, NAME_MOST), (qn_str){"", 0});
    }
}

static void count_meta(struct record *r)
{
    qn_jsonr j;
    qn_str key, value;
    if (!r->meta.p) return;
    qn_jsonr_open(&j, r->meta.p, r->meta.n, r->room);
    if (qn_jsonr_object(&j)) {
        while (r->st == QN_OK && qn_jsonr_member(&j, &key)) {
            if (is(key, "keyphrases") && qn_jsonr_peek(&j) == QN_JSON_ARRAY) {
                count_phrases(r, &j);
                continue;
            }
            if (qn_jsonr_peek(&j) == QN_JSON_STRING)
                qn_jsonr_string(&j, &value);
            else if (!qn_jsonr_skip(&j, &value))
                break;
            count(r, &r->c->meta, cut(key, VALUE_MOST), cut(value, VALUE_MOST));
        }
    }
    if (r->st == QN_OK && !qn_jsonr_close(&j)) fail(r, QN_E_DATA, "\"meta\" is not an object");
}

/* ---- a record -----------------------------------------------------------------------------------
 */

static void count_members(struct record *r)
{
    report_corpus *c = r->c;
    const uint64_t ents = c->ents;
    if ((r->ents.p || r->changes.p) && !find_places(r)) return;
    each_span(r, r->tokens, "tokens", use_token);
    each_span(r, r->sents, "sents", use_sentence);
    each_span(r, r->ents, "ents", use_entity);
    each_span(r, r->changes, "provenance", use_change);
    count_meta(r);
    c->tokens += r->ntoken;
    c->has_tokens |= r->tokens.p != NULL;
    c->has_sents |= r->sents.p != NULL;
    c->has_ents |= r->ents.p != NULL;
    c->has_changes |= r->changes.p != NULL;
    c->without_ents += r->ents.p && c->ents == ents;
    c->changed += r->changes.p && r->changes.n > 2;
    c->raw += r->raw.p != NULL;
}

static void count_sizes(struct record *r)
{
    report_corpus *c = r->c;
    const size_t points = qn_utf8_count(r->text.p, r->text.n);
    uint64_t hash;
    tally_entry *e;
    size_t i = 0;
    c->bytes += r->text.n;
    c->points += points;
    c->by_points.n[report_bin(points)]++;
    c->by_tokens.n[report_bin(r->ntoken)] += r->tokens.p != NULL;
    note_long(r, points);
    while (i < r->text.n && strchr(" \t\r\n", r->text.p[i]) && r->text.p[i])
        i++;
    c->empty += i == r->text.n;
    if ((e = count(r, &c->ids, r->id, (qn_str){"", 0})) != NULL) c->again += e->n > 1;
    if (i == r->text.n) return;
    hash = tally_hash(r->text, (qn_str){"", 0});
    if ((e = count(r, &c->texts, (qn_str){(const char *)&hash, sizeof hash}, (qn_str){"", 0})))
        c->texts_again += e->n > 1;
}

/* Where the members are. */
static void find_members(struct record *r, qn_jsonr *j)
{
    const struct {
        const char *name;
        qn_str *json, *string;
    } members[] = {{"id", NULL, &r->id},       {"text", NULL, &r->text},
                   {"raw", NULL, &r->raw},     {"ents", &r->ents, NULL},
                   {"sents", &r->sents, NULL}, {"tokens", &r->tokens, NULL},
                   {"meta", &r->meta, NULL},   {"provenance", &r->changes, NULL}};
    qn_str key, number;
    size_t i;
    while (qn_jsonr_member(j, &key)) {
        for (i = 0; i < sizeof members / sizeof *members && !is(key, members[i].name); i++)
            ;
        if (i == sizeof members / sizeof *members)
            qn_jsonr_skip(j, NULL);
        else if (members[i].json)
            qn_jsonr_skip(j, members[i].json);
        else if (i == 0 && qn_jsonr_peek(j) == QN_JSON_NUMBER)
            r->id = qn_jsonr_skip(j, &number) ? number : r->id;
        else
            qn_jsonr_string(j, members[i].string);
    }
}

static int make_room(report_corpus *c, size_t n)
{
    char *room;
    if (n <= c->caproom) return 1;
    room = realloc(c->room, n);
    if (!room) return 0;
    c->room = room;
    c->caproom = n;
    return 1;
}

qn_status report_corpus_add(report_corpus *c, qn_str line, char *why, size_t nwhy)
{
    struct record r = {.c = c, .why = why, .nwhy = nwhy, .id = QN_STR("")};
    qn_jsonr j;
    if (!make_room(c, 2 * line.n + 1)) { /* the texts, and one member's strings at a time */
        snprintf(why, nwhy, "out of memory");
        return QN_E_NOMEM;
    }
    r.room = c->room + line.n;
    qn_jsonr_open(&j, line.p, line.n, c->room);
    if (qn_jsonr_object(&j)) find_members(&r, &j);
    if (!qn_jsonr_close(&j)) {
        qn_jsonr_why(&j, why, nwhy);
        return QN_E_DATA;
    }
    if (!r.text.p) {
        snprintf(why, nwhy, "the record has no \"text\"");
        return QN_E_DATA;
    }
    c->documents++;
    count_members(&r);
    if (r.st == QN_OK) count_sizes(&r);
    return r.st;
}

int report_corpus_init(report_corpus *c)
{
    memset(c, 0, sizeof *c);
    c->pool = qn_pool_new();
    c->labels.pool = c->names.pool = c->rules.pool = c->pool;
    c->meta.pool = c->phrases.pool = c->ids.pool = c->texts.pool = c->pool;
    return c->pool != NULL;
}

void report_corpus_end(report_corpus *c)
{
    tally_sort(&c->labels);
    tally_sort(&c->names);
    tally_sort(&c->rules);
    tally_sort(&c->meta);
    tally_sort(&c->phrases);
}

void report_corpus_free(report_corpus *c)
{
    tally_free(&c->labels);
    tally_free(&c->names);
    tally_free(&c->rules);
    tally_free(&c->meta);
    tally_free(&c->phrases);
    tally_free(&c->ids);
    tally_free(&c->texts);
    free(c->example);
    free(c->room);
    free(c->at);
    free(c->token);
    qn_pool_free(c->pool);
}

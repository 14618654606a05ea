/* SPDX-License-Identifier: MIT */
/* plugins/junklines/compile.c - rule files into patterns, see rules.h; docs/plugins/junklines.md
 * explains the language. */
#include "patterns.h"

#include <stdlib.h>
#include <string.h>

struct junklines_rules *junklines_rules_new(void)
{
    struct junklines_rules *r = calloc(1, sizeof *r);
    if (r) {
        r->open = -1;
        junklines_learn(&r->vocabulary);
    }
    return r;
}

void junklines_rules_free(struct junklines_rules *r)
{
    if (!r) return;
    free(r->class_name);
    free(r->v);
    free(r->pool);
    free(r->item);
    free(r->posting);
    free(r->bucket[0]);
    free(r->bucket[1]);
    free(r->bucket[2]);
    free(r);
}

unsigned junklines_classes(const struct junklines_rules *r)
{
    return r->nclass;
}

const char *junklines_class(const struct junklines_rules *r, unsigned i)
{
    return r->class_name[i];
}

static int class_number(struct junklines_rules *r, const char *p, size_t n)
{
    char(*more)[32];
    if (n == 4 && memcmp(p, "keep", 4) == 0) return JUNKLINES_KEEP;
    for (unsigned i = 0; i < r->nclass; i++)
        if (strlen(r->class_name[i]) == n && memcmp(r->class_name[i], p, n) == 0) return (int)i;
    more = realloc(r->class_name, (r->nclass + 1) * sizeof *more);
    if (!more) return JUNKLINES_NONE;
    r->class_name = more;
    memcpy(more[r->nclass], p, n);
    more[r->nclass][n] = 0;
    return (int)r->nclass++;
}

static bool pool_add(struct junklines_rules *r, const char *p, size_t n, uint32_t *at)
{
    if (r->pool_n + n > r->pool_cap) {
        size_t cap = (r->pool_cap + n) * 2 + 256;
        char *more = realloc(r->pool, cap);
        if (!more) return false;
        r->pool = more;
        r->pool_cap = cap;
    }
    memcpy(r->pool + r->pool_n, p, n);
    *at = (uint32_t)r->pool_n;
    r->pool_n += n;
    return true;
}

static int slot(const char *p, size_t n)
{
    static const struct {
        const char *name;
        uint8_t kind;
    } known[] = {{"any", ANY},   {"n", NUMBER}, {"name", NAME},   {"names", NAMES},
                 {"when", WHEN}, {"url", URL},  {"email", EMAIL}, {"handle", HANDLE},
                 {"UP", UPPER},  {"caps", CAPS}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].name) == n && memcmp(known[i].name, p, n) == 0) return known[i].kind;
    return -1;
}

/* <(> <)> <[> <]> <#> <bar>: the signs that mean something in the language itself. */
static const char *add_mark(struct junklines_rules *r, struct draft *t, const char *p, size_t n)
{
    struct item *x = &t->item[t->n++];
    if (n == 3 && memcmp(p, "bar", 3) == 0)
        p = "|";
    else if (n != 1 || !strchr("()[]#", *p))
        return "unknown <slot>";
    x->kind = WORD;
    x->n = 1;
    x->hash = junklines_hash(p, 1);
    return pool_add(r, p, 1, &x->text) ? NULL : "out of memory";
}

/* Is it one word that stands in the pool as it is written? Most are, and need no splitting. */
static bool as_written(const char *p, size_t n)
{
    size_t i = 0;
    while (i < n && p[i] >= 'a' && p[i] <= 'z')
        i++;
    return i == n && n > 0 && n <= 64;
}

/* {a|b|c}: one of these words. */
static const char *add_choice(struct junklines_rules *r, struct draft *t, const char *p, size_t n)
{
    struct item *x = &t->item[t->n++];
    size_t i, k;
    uint32_t at;
    x->kind = CHOICE;
    x->n = 0;
    for (i = 0; i < n; i = k + 1) {
        struct junklines_words w;
        char size;
        for (k = i; k < n && p[k] != '|';)
            k++;
        if (as_written(p + i, k - i))
            w.v[0] = (struct junklines_word){.p = p + i, .n = (uint16_t)(k - i)};
        else
            junklines_words_of(p + i, k - i, &w);
        size = (char)w.v[0].n;
        if (x->n == 255) return "more than 255 words in one choice";
        if (!pool_add(r, &size, 1, &at) || !pool_add(r, w.v[0].p, w.v[0].n, &(uint32_t){0}))
            return "out of memory";
        if (!x->n++) x->text = at;
    }
    return NULL;
}

/* One alternative-free pattern text to items. */
static const char *parse_plain(struct junklines_rules *r, struct draft *t, const char *p, size_t n)
{
    size_t i = 0;
    t->n = 0;
    while (i < n) {
        struct junklines_words w;
        size_t k = i;
        if (p[i] == ' ') {
            i++;
            continue;
        }
        while (k < n && p[k] != ' ')
            k++;
        if (t->n == ITEMS) return "more than 24 words";
        if (p[i] == '{' && p[k - 1] == '}') {
            const char *why = add_choice(r, t, p + i + 1, k - i - 2);
            if (why) return why;
        } else if (k - i == 3 && memcmp(p + i, "...", 3) == 0) {
            t->item[t->n++].kind = GAP;
        } else if (p[i] == '<' && k - i > 2 && p[k - 1] == '>') {
            int kind = slot(p + i + 1, k - i - 2);
            const char *why = NULL;
            if (kind >= 0)
                t->item[t->n++].kind = (uint8_t)kind;
            else
                why = add_mark(r, t, p + i + 1, k - i - 2);
            if (why) return why;
        } else if (as_written(p + i, k - i)) {
            struct item *x = &t->item[t->n++];
            x->kind = WORD;
            x->n = (uint8_t)(k - i);
            x->hash = junklines_hash(p + i, k - i);
            if (!pool_add(r, p + i, k - i, &x->text)) return "out of memory";
        } else {
            junklines_words_of(p + i, k - i, &w);
            for (unsigned j = 0; j < w.n; j++) {
                struct item *x = &t->item[t->n];
                if (t->n++ == ITEMS) return "more than 24 words";
                x->kind = WORD;
                x->n = (uint8_t)w.v[j].n;
                x->hash = w.v[j].hash;
                if (!pool_add(r, w.v[j].p, w.v[j].n, &x->text)) return "out of memory";
            }
        }
        i = k;
    }
    return t->n ? NULL : "an empty pattern";
}

/* Room for one more element of an array that grows by doubling; NULL when out of memory. */
static void *grown(void *array, size_t n, size_t *cap, size_t more, size_t size)
{
    void *p;
    size_t want = *cap ? *cap * 2 : 512;
    if (n + more <= *cap) return array;
    while (want < n + more)
        want *= 2;
    p = realloc(array, want * size);
    if (p) *cap = want;
    return p;
}

static const char *add_pattern(struct junklines_rules *r, const struct pattern *guards,
                               const char *p, size_t n)
{
    struct draft t;
    const char *why = parse_plain(r, &t, p, n);
    struct pattern *v = grown(r->v, r->n, &r->cap, 1, sizeof *v);
    struct item *item = grown(r->item, r->nitems, &r->capitems, ITEMS, sizeof *item);
    if (v) r->v = v;
    if (item) r->item = item;
    if (why || !v || !item) return why ? why : "out of memory";
    memcpy(item + r->nitems, t.item, t.n * sizeof *item);
    v[r->n] = *guards;
    v[r->n].first = (uint32_t)r->nitems;
    v[r->n++].n = (uint8_t)t.n;
    r->nitems += t.n;
    return NULL;
}

/* The first ( that opens a group; <(> is a sign of the text. */
static const char *group(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i] == '(' && !(i && p[i - 1] == '<')) return p + i;
    return NULL;
}

/* The ) that closes it. */
static const char *group_end(const char *p, const char *end)
{
    for (; p < end; p++)
        if (*p == ')' && p[-1] != '<') return p;
    return NULL;
}

/* Is it one plain word, which can stand in a {choice}? */
static bool single(const char *p, size_t n)
{
    struct junklines_words w;
    if (as_written(p, n)) return n <= 60;
    if (!n || n > 60 || p[0] == '<' || p[0] == '{' || memchr(p, ' ', n)) return false;
    junklines_words_of(p, n, &w);
    return w.n == 1 && !(n == 3 && memcmp(p, "...", 3) == 0);
}

struct builder {
    struct junklines_rules *r;
    const struct pattern *guards;
    unsigned left; /* patterns that one line may still become */
};

static const char *expand(struct builder *b, const char *p, size_t n);

/* The pattern p[0, n) with its group [open, close] replaced by with[0, m). */
static const char *replaced(struct builder *b, const char *p, size_t n, const char *open,
                            const char *close, const char *with, size_t m)
{
    char buf[PATTERN_MAX];
    size_t head = (size_t)(open - p), tail = (size_t)(p + n - close - 1);
    if (head + m + tail > sizeof buf) return "a pattern longer than 4095 bytes";
    memcpy(buf, p, head);
    memcpy(buf + head, with, m);
    memcpy(buf + head + m, close + 1, tail);
    return expand(b, buf, head + m + tail);
}

/* Writes out the first (a|b) group of a pattern until none is left: its plain words together as
 * one choice, every other alternative as a pattern of its own. */
static const char *expand(struct builder *b, const char *p, size_t n)
{
    const char *open = group(p, n), *close, *from, *why = NULL;
    char words[PATTERN_MAX];
    size_t m = 0, k;
    bool apart;
    if (!open)
        return b->left-- ? add_pattern(b->r, b->guards, p, n)
                         : "more than 8192 patterns from one line";
    close = group_end(open, p + n);
    if (!close) return "a ( without its )";
    if (n >= PATTERN_MAX) return "a pattern longer than 4095 bytes";
    apart = (open == p || open[-1] == ' ') && (close + 1 == p + n || close[1] == ' ');
    words[m++] = '{';
    for (from = open + 1; !why && from <= close; from += k + 1) {
        for (k = 0; from[k] != '|' && from + k < close;)
            k++;
        if (apart && single(from, k)) {
            memcpy(words + m, from, k);
            m += k;
            words[m++] = '|';
        } else {
            why = replaced(b, p, n, open, close, from, k);
        }
    }
    if (why || m == 1) return why;
    words[m - 1] = '}';
    return replaced(b, p, n, open, close, words, m);
}

/* "pattern :: 12 nostop top": what stands behind the two colons. */
static const char *guards_of(struct pattern *g, const char *p, size_t n)
{
    size_t i = 0;
    while (i < n) {
        size_t k = i;
        while (k < n && p[k] != ' ')
            k++;
        if (k == i) {
            i++;
            continue;
        }
        if (p[i] >= '1' && p[i] <= '9')
            g->max_words = (uint8_t)atoi(p + i);
        else if (k - i == 6 && memcmp(p + i, "nostop", 6) == 0)
            g->nostop = 1;
        else if (k - i == 3 && memcmp(p + i, "top", 3) == 0)
            g->top = 1;
        else if (k - i == 5 && memcmp(p + i, "below", 5) == 0)
            g->below = 1;
        else if (k - i == 6 && memcmp(p + i, "bottom", 6) == 0)
            g->bottom = 1;
        else
            return "unknown condition behind ::";
        i = k;
    }
    return NULL;
}

static const char *parse_line(struct junklines_rules *r, const char *p, size_t n, int *class)
{
    struct pattern g = {.max_words = NO_LIMIT};
    const char *why = NULL;
    size_t k;
    if (p[0] == '[') {
        if (n < 3 || p[n - 1] != ']' || n > 30)
            return "a class is written [name], at most 28 letters";
        *class = class_number(r, p + 1, n - 2);
        return *class == JUNKLINES_NONE ? "out of memory" : NULL;
    }
    if (*class == JUNKLINES_NONE) return "a pattern before the first [class]";
    for (k = 0; k + 1 < n && memcmp(p + k, "::", 2) != 0;)
        k++;
    if (k + 1 < n)
        why = guards_of(&g, p + k + 2, n - k - 2);
    else
        k = n;
    g.class = (int16_t) * class;
    return why ? why : expand(&(struct builder){r, &g, EXPANSIONS}, p, k);
}

int junklines_rules_add(struct junklines_rules *r, const char *text, size_t n, const char **why)
{
    int class = JUNKLINES_NONE, line = 0;
    size_t i = 0, k;
    for (; i < n; i = k + 1) {
        size_t end;
        line++;
        for (k = i; k < n && text[k] != '\n';)
            k++;
        for (end = k; end > i && (text[end - 1] == ' ' || text[end - 1] == '\r');)
            end--;
        if (end == i || text[i] == '#') continue;
        *why = parse_line(r, text + i, end - i, &class);
        if (*why) return strcmp(*why, "out of memory") == 0 ? -1 : line;
    }
    return 0;
}

/* The item under whose words a pattern is found. */
static enum anchor anchor_of(const struct item *item, unsigned n, const struct item **x)
{
    *x = item;
    if (item->kind <= CHOICE) return FIRST;
    *x = &item[n - 1];
    if ((*x)->kind <= CHOICE) return LAST;
    for (*x = item; *x < item + n; ++*x)
        if ((*x)->kind <= CHOICE) return INSIDE;
    return OPEN;
}

static bool post(struct junklines_rules *r, int32_t *head, size_t pattern)
{
    struct posting *more = grown(r->posting, r->npostings, &r->cappostings, 1, sizeof *more);
    if (!more) return false;
    r->posting = more;
    r->posting[r->npostings] = (struct posting){(uint32_t)pattern, *head};
    *head = (int32_t)r->npostings++;
    return true;
}

static bool post_all(struct junklines_rules *r, size_t pattern)
{
    const struct item *x;
    enum anchor a = anchor_of(r->item + r->v[pattern].first, r->v[pattern].n, &x);
    const char *p;
    if (a == OPEN) return post(r, &r->open, pattern);
    if (x->kind == WORD) return post(r, &r->bucket[a][x->hash & r->mask], pattern);
    p = r->pool + x->text;
    for (unsigned i = 0; i < x->n; i++) {
        uint8_t n = (uint8_t)*p++;
        if (!post(r, &r->bucket[a][junklines_hash(p, n) & r->mask], pattern)) return false;
        p += n;
    }
    return true;
}

bool junklines_rules_ready(struct junklines_rules *r)
{
    size_t size = 1024;
    while (size < r->n * 8)
        size *= 2;
    r->mask = (uint32_t)size - 1;
    for (int a = 0; a < 3; a++) {
        r->bucket[a] = malloc(size * sizeof *r->bucket[a]);
        if (!r->bucket[a]) return false;
        for (size_t i = 0; i < size; i++)
            r->bucket[a][i] = -1;
    }
    for (size_t i = r->n; i-- > 0;) /* backwards: chains are in the order of the files */
        if (!post_all(r, i)) return false;
    return true;
}

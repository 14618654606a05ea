/* SPDX-License-Identifier: MIT */
/* plugins/mentions/forms.c - see forms.h. */
#include "forms.h"

#include <stdlib.h>

#include "text/chars.h"

enum { LONGEST = 200, ACRONYM = 8 }; /* bytes of a form, of an acronym */

void forms_free(forms *f)
{
    free(f->mention);
    free(f->form);
    memset(f, 0, sizeof *f);
}

static int is_value(const form_labels *l, qn_name label)
{
    int i;
    for (i = 0; i < l->nvalues; i++)
        if (l->values[i] == label) return 1;
    return 0;
}

static void *grow(void *v, uint32_t *cap, size_t size)
{
    uint32_t more = *cap ? *cap * 2 : 128;
    void *p = more > *cap ? reallocarray(v, more, size) : NULL;
    if (p) *cap = more;
    return p;
}

static int add_mention(forms *f, const mention *m)
{
    if (f->nmention == f->capmention) {
        void *p = grow(f->mention, &f->capmention, sizeof *f->mention);
        if (!p) return 0;
        f->mention = p;
    }
    f->mention[f->nmention++] = *m;
    return 1;
}

static uint32_t filter_bit(qn_str word)
{
    const unsigned char *p = (const unsigned char *)word.p;
    return (p[0] * 37u + p[word.n - 1] * 11u + (unsigned)word.n * 5u) & 4095;
}

static int add_form(forms *f, qn_str text, enum form_kind kind, qn_name label, uint32_t owner)
{
    form *x;
    if (text.n == 0 || text.n > LONGEST) return 1;
    if (f->nform == f->capform) {
        void *p = grow(f->form, &f->capform, sizeof *f->form);
        if (!p) return 0;
        f->form = p;
    }
    x = &f->form[f->nform++];
    *x = (form){text, kind, label, owner, 1, 0, 0, 0};
    x->votes = x->sure = f->mention[owner].sure;
    return 1;
}

static qn_str token_text(qn_str text, const qn_layer *tokens, uint32_t i)
{
    const qn_span *t = &tokens->v[i];
    return (qn_str){text.p + t->beg, t->end - t->beg};
}

static int all_capitals(qn_str s)
{
    size_t i = 0;
    unsigned len;
    for (; i < s.n; i += len) {
        uint32_t cp = qn_char_get(s.p + i, &len);
        if (qn_char_class(cp) == QN_CH_LOWER && !(s.p[i] == 's' && i + 1 == s.n)) return 0;
        if (i == 0 && qn_char_class(cp) != QN_CH_UPPER) return 0;
    }
    return s.n > 1;
}

static int is_mark(qn_str s, char mark)
{
    return s.n == 1 && s.p[0] == mark;
}

/* "(CSIS)" behind mention m. */
static int find_acronym(forms *f, qn_str text, const qn_layer *tokens, uint32_t m)
{
    const mention *x = &f->mention[m];
    qn_str word;
    if (x->end + 2 >= tokens->n || !is_mark(token_text(text, tokens, x->end), '(') ||
        !is_mark(token_text(text, tokens, x->end + 2), ')'))
        return 1;
    word = token_text(text, tokens, x->end + 1);
    if (word.n > ACRONYM || x->text.n <= word.n || !all_capitals(word)) return 1;
    return add_form(f, word, FORM_ACRONYM, x->label, m);
}

/* "Jr.", "III" behind a surname. */
static int is_suffix(qn_str s)
{
    return qn_str_eq(s, (qn_str)QN_STR("Jr.")) || qn_str_eq(s, (qn_str)QN_STR("Jr")) ||
           qn_str_eq(s, (qn_str)QN_STR("Sr.")) || qn_str_eq(s, (qn_str)QN_STR("II")) ||
           qn_str_eq(s, (qn_str)QN_STR("III")) || is_mark(s, ',') || is_mark(s, '.');
}

/* The last word of a person's name, with what hyphens tie to it: "Gagnon-Tremblay". A name that was
 * cut at a hyphen ("Chun In" of Chun In-bum) tells none. */
static int find_surname(forms *f, qn_str text, const qn_layer *tokens, uint32_t m)
{
    const mention *x = &f->mention[m];
    uint32_t end = x->end, first;
    qn_str word;
    unsigned len;
    if (end + 1 < tokens->n && is_mark(token_text(text, tokens, end), '-') &&
        tokens->v[end - 1].end == tokens->v[end].beg &&
        tokens->v[end].end == tokens->v[end + 1].beg)
        return 1;
    while (end > x->first + 1 && is_suffix(token_text(text, tokens, end - 1)))
        end--;
    first = end - 1;
    while (first > x->first + 1 && is_mark(token_text(text, tokens, first - 1), '-') &&
           tokens->v[first - 1].end == tokens->v[first].beg)
        first -= 2;
    if (first <= x->first) return 1;
    word = (qn_str){text.p + tokens->v[first].beg, tokens->v[end - 1].end - tokens->v[first].beg};
    if (word.n < 2 || qn_char_class(qn_char_get(word.p, &len)) != QN_CH_UPPER || word.n <= len ||
        word.p[word.n - 1] == '.')
        return 1;
    return add_form(f, word, FORM_SURNAME, x->label, m);
}

/* North, South, East or West. */
static int is_direction(qn_str s)
{
    return qn_str_eq(s, (qn_str)QN_STR("North")) || qn_str_eq(s, (qn_str)QN_STR("South")) ||
           qn_str_eq(s, (qn_str)QN_STR("East")) || qn_str_eq(s, (qn_str)QN_STR("West"));
}

int forms_is_half(qn_str text, const qn_layer *tokens, uint32_t i)
{
    const qn_str the = i ? token_text(text, tokens, i - 1) : (qn_str){"", 0};
    qn_str next;
    unsigned len;
    if (!is_direction(token_text(text, tokens, i)) || the.n != 3 || (the.p[0] | 0x20) != 't' ||
        the.p[1] != 'h' || the.p[2] != 'e')
        return 0;
    if (i + 1 == tokens->n) return 1;
    next = token_text(text, tokens, i + 1);
    return next.n && !is_mark(next, '-') && qn_char_class(qn_char_get(next.p, &len)) != QN_CH_UPPER;
}

/* "North" of "North Korea". */
static int find_half(forms *f, qn_str text, const qn_layer *tokens, uint32_t m)
{
    const mention *x = &f->mention[m];
    const qn_str word = token_text(text, tokens, x->first);
    if (x->end != x->first + 2 || !is_direction(word)) return 1;
    return add_form(f, word, FORM_HALF, x->label, m);
}

static int compare_text(qn_str a, qn_str b)
{
    const size_t n = a.n < b.n ? a.n : b.n;
    const int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : a.n < b.n ? -1 : a.n > b.n;
}

static int by_text(const void *a, const void *b)
{
    const form *x = a, *y = b;
    const int c = compare_text(x->text, y->text);
    if (c) return c;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->kind == FORM_FULL && x->label != y->label) return x->label < y->label ? -1 : 1;
    return x->owner < y->owner ? -1 : x->owner > y->owner;
}

/* Full names alike become one with a count; of acronyms alike, the first stays. */
static void compress(forms *f)
{
    uint32_t i, n = 0;
    for (i = 0; i < f->nform; i++) {
        const form *x = &f->form[i];
        form *last = n ? &f->form[n - 1] : NULL;
        if (last && last->kind == x->kind && qn_str_eq(last->text, x->text) &&
            ((x->kind == FORM_FULL && last->label == x->label) || x->kind == FORM_ACRONYM)) {
            last->count++;
            last->votes += x->votes;
            if (x->sure > last->sure) last->sure = x->sure;
            continue;
        }
        f->form[n++] = *x;
    }
    f->nform = n;
}

static int collect(forms *f, qn_str text, const qn_layer *ents, const qn_layer *tokens,
                   const form_labels *l)
{
    uint32_t i, k = 0;
    for (i = 0; i < ents->n; i++) {
        const qn_span *e = &ents->v[i];
        mention m = {.ent = i, .beg = e->beg, .label = e->label, .sure = e->data ? e->data : 65535};
        m.text = (qn_str){text.p + e->beg, e->end - e->beg};
        while (k < tokens->n && tokens->v[k].beg < e->beg)
            k++;
        m.first = k;
        while (k < tokens->n && tokens->v[k].end <= e->end)
            k++;
        m.end = k;
        m.half = m.end == m.first + 1 && forms_is_half(text, tokens, m.first);
        if (m.end > m.first && !is_value(l, e->label) && !add_mention(f, &m)) return 0;
    }
    return 1;
}

/* The first word of a form, as forms_may_begin is asked for it. */
static qn_str first_word(const forms *f, const form *x, const qn_layer *tokens, qn_str text)
{
    const mention *m = &f->mention[x->owner];
    uint32_t i;
    for (i = m->first; i < m->end + 2 && i < tokens->n; i++)
        if (text.p + tokens->v[i].beg == x->text.p) return token_text(text, tokens, i);
    return x->text;
}

qn_status forms_read(forms *f, qn_str text, const qn_layer *ents, const qn_layer *tokens,
                     const form_labels *l, unsigned kinds)
{
    uint32_t i, n;
    f->nmention = f->nform = 0;
    memset(f->filter, 0, sizeof f->filter);
    if (!collect(f, text, ents, tokens, l)) return QN_E_NOMEM;
    for (i = 0; i < f->nmention; i++) {
        const mention *m = &f->mention[i];
        if (!add_form(f, m->text, FORM_FULL, m->label, i)) return QN_E_NOMEM;
        if ((kinds & 1u << FORM_ACRONYM) && !find_acronym(f, text, tokens, i)) return QN_E_NOMEM;
        if ((kinds & 1u << FORM_SURNAME) && m->label == l->person &&
            !find_surname(f, text, tokens, i))
            return QN_E_NOMEM;
        if ((kinds & 1u << FORM_HALF) && m->label == l->gpe && !find_half(f, text, tokens, i))
            return QN_E_NOMEM;
    }
    for (i = 0, n = f->nform; i < n; i++) {
        const uint32_t bit = filter_bit(first_word(f, &f->form[i], tokens, text));
        f->filter[bit / 64] |= UINT64_C(1) << (bit % 64);
    }
    if (f->nform) qsort(f->form, f->nform, sizeof *f->form, by_text);
    compress(f);
    return QN_OK;
}

int forms_may_begin(const forms *f, qn_str word)
{
    uint32_t bit;
    if (word.n == 0) return 0;
    bit = filter_bit(word);
    return (int)(f->filter[bit / 64] >> (bit % 64) & 1);
}

uint32_t forms_find(const forms *f, qn_str text, uint32_t *first)
{
    uint32_t lo = 0, hi = f->nform, end;
    if (text.n > LONGEST) return *first = 0;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (compare_text(f->form[mid].text, text) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    *first = lo;
    hi = f->nform;
    for (end = lo; end < hi;) { /* the first that is greater */
        uint32_t mid = end + (hi - end) / 2;
        if (compare_text(f->form[mid].text, text) <= 0)
            end = mid + 1;
        else
            hi = mid;
    }
    return end;
}

const form *forms_best(const forms *f, uint32_t first, uint32_t end)
{
    const form *best = NULL;
    uint32_t i;
    for (i = first; i < end && f->form[i].kind == f->form[first].kind; i++)
        if (!best || f->form[i].votes > best->votes) best = &f->form[i];
    return best;
}

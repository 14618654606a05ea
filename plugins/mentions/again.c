/* SPDX-License-Identifier: MIT */
/* plugins/mentions/again.c - see again.h. */
#include "again.h"

#include "text/chars.h"

enum {
    LONGEST = 8, /* tokens of a name that is looked for again */
    SURE = 49151 /* confidence, of 65,535, that a name must have had once to be found again */
};

struct walk {
    const forms *f;
    int repeats;
    qn_str text;
    const qn_layer *tokens;
    uint32_t free_end; /* first token behind that an entity or a sentence's end closes the way to */
    uint32_t sent;     /* first token of the sentence */
};

static qn_str token(const struct walk *w, uint32_t i)
{
    const qn_span *t = i < w->tokens->n ? &w->tokens->v[i] : NULL;
    return t ? (qn_str){w->text.p + t->beg, t->end - t->beg} : (qn_str){"", 0};
}

static int is_capital(qn_str s)
{
    unsigned len;
    return s.n && qn_char_class(qn_char_get(s.p, &len)) == QN_CH_UPPER;
}

static int tight(const struct walk *w, uint32_t i)
{
    return i > 0 && i < w->tokens->n && w->tokens->v[i - 1].end == w->tokens->v[i].beg;
}

static int is_dash(qn_str s)
{
    return s.n == 1 && s.p[0] == '-';
}

/* Half of a hyphenated name, or beside a capital that would make it longer. */
static int is_part(const struct walk *w, uint32_t i, uint32_t end, uint32_t kind)
{
    if (i >= 2 && tight(w, i) && is_dash(token(w, i - 1)) && tight(w, i - 1)) return 1;
    if (tight(w, end) && is_dash(token(w, end)) && is_capital(token(w, end + 1))) return 1;
    if (kind == FORM_HALF) return !forms_is_half(w->text, w->tokens, i);
    if (kind == FORM_ACRONYM) return 0;
    return !tight(w, end) && end < w->free_end && is_capital(token(w, end)) && end == i + 1 &&
           token(w, end).n > 1;
}

/* Single words at the start of a sentence may be words. */
static int is_doubtful(const struct walk *w, uint32_t i, uint32_t end, uint32_t kind)
{
    return kind == FORM_FULL && end == i + 1 && i == w->sent;
}

/* The longest known name from token i on. Behind it; i: none. */
static uint32_t known_name(const struct walk *w, uint32_t i, qn_name *label)
{
    const form *known;
    uint32_t end, first, past;
    uint32_t most = i + LONGEST < w->free_end ? i + LONGEST : w->free_end;
    for (end = most; end > i; end--) {
        const uint32_t beg = w->tokens->v[i].beg;
        past = forms_find(w->f, (qn_str){w->text.p + beg, w->tokens->v[end - 1].end - beg}, &first);
        if (past == first) continue;
        known = forms_best(w->f, first, past);
        if (known->sure >= SURE && (known->kind != FORM_FULL || w->repeats) &&
            !is_part(w, i, end, known->kind) && !is_doubtful(w, i, end, known->kind)) {
            *label = known->label;
            return end;
        }
    }
    return i;
}

/* ---- the walk
 * ------------------------------------------------------------------------------------ */

/* Sets how far the way is free from token i on; past the entity it stands in. */
static uint32_t next_free(struct walk *w, uint32_t i, const qn_layer *ents, const qn_layer *sents,
                          uint32_t *e, uint32_t *s)
{
    const qn_span *tok = w->tokens->v;
    uint32_t limit;
    while (*e < ents->n && ents->v[*e].end <= tok[i].beg)
        (*e)++;
    if (*e < ents->n && ents->v[*e].beg <= tok[i].beg) return i + 1;
    while (*s < sents->n && sents->v[*s].end <= tok[i].beg)
        (*s)++;
    limit = *s < sents->n ? sents->v[*s].end : UINT32_MAX;
    if (*s < sents->n && (i == 0 || tok[i - 1].end <= sents->v[*s].beg)) w->sent = i;
    if (*e < ents->n && ents->v[*e].beg < limit) limit = ents->v[*e].beg;
    for (w->free_end = i; w->free_end < w->tokens->n && w->free_end < i + LONGEST + 1 &&
                          tok[w->free_end].end <= limit;)
        w->free_end++;
    return i;
}

int mentions_again(const forms *f, int repeats, qn_str text, const qn_layer *ents,
                   const qn_layer *tokens, const qn_layer *sents, mentions_take take, void *arg)
{
    struct walk w = {f, repeats, text, tokens, 0, UINT32_MAX};
    uint32_t i = 0, e = 0, s = 0, end;
    while (i < tokens->n) {
        qn_name label = 0;
        const qn_str word = token(&w, i);
        if (!forms_may_begin(f, word) || !is_capital(word) ||
            next_free(&w, i, ents, sents, &e, &s) > i) {
            i++;
            continue;
        }
        end = known_name(&w, i, &label);
        if (end > i && !take(arg, tokens->v[i].beg, tokens->v[end - 1].end, label)) return 0;
        i = end > i ? end : i + 1;
    }
    return 1;
}

/* SPDX-License-Identifier: MIT */
/* plugins/tokens/stops.c - does a final stop belong to its word? Abbreviations keep it; a word that
 * merely ends a sentence does not. With the layer "sents" the end of the sentence is known. */
#include "lexer.h"

/* Text after `at` up to `to` without a letter or digit. */
static int only_marks(const lexer *x, uint32_t at, uint32_t to)
{
    unsigned len;
    uint32_t steps;
    for (steps = 0; at < to; at += len)
        if (++steps > 8 || tokens_wordy(x, at, &len)) return 0;
    return 1;
}

/* 1 when the sentence ends with the stop before `at`, as far as can be told. */
static int ends_sentence(const lexer *x, uint32_t at)
{
    uint32_t i, cp;
    unsigned len;
    int class, breaks = 0;
    if (x->p->nsents) {
        uint32_t end = x->p->sents[x->sent].end;
        return end <= x->end && only_marks(x, at, end);
    }
    if (!only_marks(x, at, x->end)) return 0;
    for (i = x->end; i < x->n && i - x->end < 8; i += len) {
        cp = qn_char_get(x->t + i, &len);
        class = qn_char_class(cp);
        breaks += cp == '\n';
        if (class == QN_CH_UPPER || class == QN_CH_LETTER) return 1;
        if (class == QN_CH_LOWER || class == QN_CH_DIGIT) return breaks > 1;
    }
    return 1;
}

/* U.S, a.m, Ph.D: letters and stops, no part longer than three. */
static int is_dotted(const lexer *x, uint32_t beg, uint32_t end)
{
    uint32_t part = 0, stops = 0, at;
    for (at = beg; at < end; at++) {
        char c = x->t[at];
        if (c == '.') {
            stops++;
            part = 0;
        } else if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) || ++part > 3) {
            return 0;
        }
    }
    return stops > 0;
}

static int digit_follows(const lexer *x, uint32_t at)
{
    while (at < x->n && (x->t[at] == ' ' || x->t[at] == '\n'))
        at++;
    return at < x->n && x->t[at] >= '0' && x->t[at] <= '9';
}

int tokens_keeps_stop(const lexer *x, uint32_t beg, uint32_t end)
{
    unsigned flags, len;
    uint32_t first;
    int last, class;
    if (end + 1 < x->end && x->t[end + 1] == '.') return 0; /* an ellipsis */
    if (end - beg > 24) return 0;
    if (is_dotted(x, beg, end)) return 1;
    flags = tokens_abbrev(x->p->abbrev, x->t + beg, end - beg);
    if (tokens_is_extra(&x->p->extra, x->t + beg, end - beg)) flags = ABBREV_ALWAYS;
    last = ends_sentence(x, end + 1);
    if (flags & ABBREV_ALWAYS) return !x->p->nsents || !last || x->p->style == STYLE_SPACY;
    if (flags & ABBREV_NUMBER) return digit_follows(x, end + 1) || (x->p->nsents && !last);
    class = tokens_class(x, beg, &first, &len);
    if (beg + len == end && class == QN_CH_UPPER) return !last || (!x->p->nsents && first != 'I');
    if (x->p->style == STYLE_PTB && x->p->nsents && class != QN_CH_DIGIT) return !last;
    return 0;
}

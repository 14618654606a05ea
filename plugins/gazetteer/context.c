/* SPDX-License-Identifier: MIT */
/* plugins/gazetteer/context.c - see context.h. */
#include "context.h"

#include "text/chars.h"

static qn_str token(const gazetteer_text *t, uint32_t i)
{
    const qn_span *s = i < t->tokens->n ? &t->tokens->v[i] : NULL;
    return s ? (qn_str){t->text.p + s->beg, s->end - s->beg} : (qn_str){"", 0};
}

/* Token i stands right against the one before it. */
static int tight(const gazetteer_text *t, uint32_t i)
{
    return i > 0 && i < t->tokens->n && t->tokens->v[i - 1].end == t->tokens->v[i].beg;
}

static int class_at(qn_str s)
{
    unsigned len;
    return s.n ? qn_char_class(qn_char_get(s.p, &len)) : QN_CH_SPACE;
}

static int is(qn_str s, const char *word)
{
    size_t n = strlen(word), i;
    if (s.n != n) return 0;
    for (i = 0; i < n; i++)
        if ((s.p[i] | 0x20) != word[i]) return 0;
    return 1;
}

static int is_one_of(qn_str s, const char *const *list)
{
    for (; *list; list++)
        if (is(s, *list)) return 1;
    return 0;
}

static int is_dash(qn_str s)
{
    return s.n == 1 && s.p[0] == '-';
}

int gazetteer_shouts(const gazetteer_text *t, uint32_t i)
{
    uint32_t k, caps = 0, small = 0;
    const uint32_t from = i > 6 ? i - 6 : 0, to = i + 7 < t->tokens->n ? i + 7 : t->tokens->n;
    for (k = from; k < to; k++) {
        qn_str s = token(t, k);
        if (s.n > 1 && class_at(s) == QN_CH_UPPER)
            caps += class_at((qn_str){s.p + 1, s.n - 1}) == QN_CH_UPPER;
        small += class_at(s) == QN_CH_LOWER;
    }
    return caps >= 3 && caps > 3 * small;
}

/* "Saint-Fleur", "Jean-Paul": half of another name. */
static int is_half(const gazetteer_text *t, uint32_t i, uint32_t end)
{
    if (i >= 2 && tight(t, i) && tight(t, i - 1) && is_dash(token(t, i - 1)) &&
        class_at(token(t, i - 2)) == QN_CH_UPPER)
        return 1;
    return tight(t, end) && tight(t, end + 1) && is_dash(token(t, end)) &&
           class_at(token(t, end + 1)) == QN_CH_UPPER;
}

/* A word such as "in" before a place. */
static int place_before(const gazetteer_text *t, uint32_t i)
{
    static const char *const words[] = {"in", "near", "from",    "outside", "across", "at",
                                        "to", "via",  "towards", "between", "around", NULL};
    return i > 0 && is_one_of(token(t, i - 1), words);
}

static int name_around(const gazetteer_text *t, uint32_t i, uint32_t end)
{
    return (i > 0 && !tight(t, i) && class_at(token(t, i - 1)) == QN_CH_UPPER &&
            token(t, i - 1).n > 1) ||
           (!tight(t, end) && class_at(token(t, end)) == QN_CH_UPPER);
}

static int is_language_here(const gazetteer_text *t, uint32_t i, uint32_t end)
{
    static const char *const before[] = {
        "speak", "speaks",   "spoke", "speaking",   "spoken", "fluent",
        "learn", "learning", "into",  "translated", "write",  "written",
        "teach", "taught",   "sing",  "understand", NULL};
    static const char *const behind[] = {"language", "speaker", "speakers",  "translation", "words",
                                         "word",     "lessons", "subtitles", "dialect",     NULL};
    qn_str prev = i ? token(t, i - 1) : token(t, UINT32_MAX), next = token(t, end);
    if (is_one_of(next, behind) || is_one_of(prev, before)) return 1;
    return (is(prev, "in") || is(prev, "and") || is(prev, "or")) && class_at(next) != QN_CH_LOWER &&
           class_at(next) != QN_CH_UPPER && !is_dash(next);
}

int gazetteer_agrees(const gazetteer_text *t, uint32_t i, uint32_t end, const qn_phrase *p)
{
    if (is_half(t, i, end)) return 0;
    if (qn_str_eq(p->label, (qn_str)QN_STR("LANGUAGE"))) return is_language_here(t, i, end);
    if (!(p->flags & QN_PHRASE_HINT)) return 1;
    return place_before(t, i) && !name_around(t, i, end);
}

/* SPDX-License-Identifier: MIT */
/* plugins/entities/names.c - see names.h. */
#include "names.h"

enum { LONGEST_RUN = 12 };

/* Words that start a sentence with a capital without being a name. */

static const word *at(const words *w, uint32_t i)
{
    return &w->v[i < w->n ? i : w->n];
}

static const word *before(const words *w, uint32_t i)
{
    return i > 0 && w->v[i - 1].sentence == w->v[i].sentence ? &w->v[i - 1] : &w->v[w->n];
}

static int has(const word *x, int class)
{
    return (x->bits & LEX_BIT(class)) != 0;
}

static int capital(const word *x)
{
    return (x->flags & WORD_CAP) && !(x->flags & WORD_SHOUT);
}

/* ---- listed names
 * -------------------------------------------------------------------------------- */

/* "Jordan said", "Chelsea Clinton": a listed place that is somebody here. */
static int is_somebody(const words *w, uint32_t i, uint32_t j)
{
    const word *first = at(w, i), *next = at(w, j);
    if (before(w, i)->title_words == 1 && has(before(w, i), LEX_TITLE)) return 1;
    return j == i + 1 && has(first, LEX_FIRST_NAME) && capital(next) &&
           next->sentence == first->sentence && (next->flags & WORD_SPACE) && !next->label_words;
}

static void listed(words *w, uint32_t i)
{
    const word *x = at(w, i);
    uint32_t j = i + x->label_words;
    if (x->label == LEX_LANGUAGE) return; /* only with a cue: see language() */
    if (x->operator_list) {
        words_answer(w, i, x->label_words, x->label, RANK_OPERATOR);
        return;
    }
    if (!(x->flags & (WORD_CAP | WORD_DIGIT)) && x->label_words == 1 && !memchr(x->p, '-', x->n) &&
        !(x->n > 1 && x->p[1] >= 'A' && x->p[1] <= 'Z'))
        return;
    if (is_somebody(w, i, j)) return;
    words_answer(w, i, x->label_words, x->label, RANK_SHIPPED);
}

static void language(words *w, uint32_t i)
{
    const word *prev = before(w, i), *next = at(w, i + 1);
    int after_in = word_is(prev, "in") || word_is(prev, "and");
    if (!has(at(w, i), LEX_LANGUAGE) || !capital(at(w, i))) return;
    if (word_in(next, VOC_LANGUAGE_HEADS) ||
        (word_in(prev, VOC_LANGUAGE_CUES) &&
         !(after_in && (next->flags & (WORD_LOWER | WORD_CAP)))))
        words_answer(w, i, 1, LEX_LANGUAGE, RANK_RULE);
}

/* ---- runs of capitals
 * ------------------------------------------------------------------------------ */

/* "In-bum", "Jong-un": a hyphen and small letters behind the second of two names. */
static int ends_a_given_name(const words *w, uint32_t dash)
{
    const word *x = at(w, dash + 1);
    return dash >= 2 && capital(at(w, dash - 2)) && at(w, dash - 1)->n <= 6 && x->n <= 6 &&
           (x->flags & WORD_LOWER) && !(at(w, dash - 2)->bits & LEX_BIT(LEX_GPE));
}

/* A run of capitalised words from i: "Center for Strategic and International Studies" goes over
 * joiners only where `wide`. Behind it. */
static uint32_t run_end(const words *w, uint32_t i, int wide)
{
    uint32_t j = i + 1, k;
    while (j < w->n && j - i < LONGEST_RUN && at(w, j)->sentence == at(w, i)->sentence) {
        const word *x = at(w, j);
        int tight = !(x->flags & WORD_SPACE);
        if (capital(x) && (!tight || word_is(at(w, j - 1), "-"))) {
            j++;
            continue;
        }
        if (tight && word_is(x, "-") && !(at(w, j + 1)->flags & WORD_SPACE) &&
            (capital(at(w, j + 1)) || ends_a_given_name(w, j))) {
            j += 2;
            continue;
        }
        if (has(x, LEX_PARTICLE) && (x->flags & WORD_LOWER) && word_is(at(w, j + 1), "-") &&
            !(at(w, j + 1)->flags & WORD_SPACE) && capital(at(w, j + 2)) && !tight) {
            j += 3; /* "al-Maqtari" */
            continue;
        }
        if (has(x, LEX_PARTICLE) && (x->flags & WORD_LOWER) && capital(at(w, j + 1)) &&
            !word_is(x, "y") && !word_is(x, "e")) {
            j += 2;
            continue;
        }
        if (!wide || !word_in(x, VOC_JOINERS)) break;
        k = j + 1;
        if (word_is(at(w, k), "the") && !word_is(x, "and")) k++;
        if (!capital(at(w, k)) || at(w, k)->sentence != at(w, i)->sentence) break;
        j = k + 1;
    }
    return j;
}

/* The kind of name that a head word at its end, or a lead at its start, makes of it; -1. */
static int by_head(const words *w, uint32_t i, uint32_t j)
{
    const word *last = at(w, j - 1), *first = at(w, i);
    if (j - i < 2) return -1;
    if (has(last, LEX_ORG_HEAD)) return LEX_ORG;
    if (has(first, LEX_EVENT_LEAD)) return LEX_EVENT;
    if (has(first, LEX_LOC_LEAD)) return LEX_LOC;
    if (has(last, LEX_FAC_HEAD)) return LEX_FAC;
    if (has(last, LEX_EVENT_HEAD)) return LEX_EVENT;
    if (has(last, LEX_LAW_HEAD)) return LEX_LAW;
    if (has(last, LEX_LOC_HEAD)) return LEX_LOC;
    return -1;
}

/* "Ministry of Defence", "Bank of England", "Center for ... Studies": a head word, then a joiner.
 */
static uint32_t headed_by_first(const words *w, uint32_t i, uint32_t j, int *label)
{
    uint32_t k, end;
    for (k = i; k < j; k++) {
        const word *x = at(w, k + 1);
        if (!has(at(w, k), LEX_ORG_HEAD) && !has(at(w, k), LEX_LAW_HEAD)) continue;
        if (k + 1 != j || !(word_is(x, "of") || word_is(x, "for") || word_is(x, "on"))) continue;
        end = run_end(w, k, 1);
        if (end <= j) continue;
        *label = has(at(w, k), LEX_ORG_HEAD) ? LEX_ORG : LEX_LAW;
        return end;
    }
    return j;
}

static int is_age(const words *w, uint32_t j)
{
    return word_is(at(w, j), ",") && (at(w, j + 1)->flags & WORD_DIGIT) && at(w, j + 1)->n == 2 &&
           (word_is(at(w, j + 2), ",") || word_is(at(w, j + 2), "."));
}

static int starts_with_first_name(const words *w, uint32_t i, uint32_t j)
{
    return has(at(w, i), LEX_FIRST_NAME) && j - i >= 2 && j - i <= 5 && !has(at(w, j - 1), LEX_GPE);
}

/* "the Indomitable Lions", "a DJI Mavic": people have no article. */
static int has_article(const words *w, uint32_t i)
{
    const word *prev = before(w, i);
    return word_is(prev, "the") || word_is(prev, "a") || word_is(prev, "an");
}

/* Is the run somebody? RANK_RULE with a cue, RANK_GUESS without, 0 when not. */
static int person_rank(const words *w, uint32_t i, uint32_t j)
{
    const word *prev = before(w, i), *next = at(w, j);
    uint32_t n = j - i, k;
    for (k = i; k < j; k++)
        if (at(w, k)->flags & WORD_CAPS && at(w, k)->n > 3) return 0;
    if (starts_with_first_name(w, i, j)) return RANK_RULE;
    if (n > 4) return 0;
    if (is_age(w, j)) return RANK_RULE;
    if (word_in(prev, VOC_SPEECH) && word_is(at(w, i), "the") == 0 && n >= 2) return RANK_RULE;
    if (n >= 2 && word_in(next, VOC_SPEECH)) return RANK_RULE;
    if (n >= 2 && word_in(prev, VOC_ROLES)) return RANK_RULE;
    if (n >= 2 && n <= 3 && !at(w, i)->label_words && !at(w, j - 1)->label_words &&
        !has_article(w, i))
        return RANK_GUESS;
    return 0;
}

/* One unknown capital in a place's place: "in Tacloban", "Gulu, Uganda". */
static int is_place(const words *w, uint32_t i, uint32_t j)
{
    const word *prev = before(w, i), *country = at(w, j + 1);
    if (word_is(at(w, j), ",") && country->label == LEX_GPE && country->label_words &&
        (at(w, j + 1 + country->label_words)->flags & (WORD_CAP | WORD_LOWER)) == 0)
        return RANK_RULE;
    if (word_in(prev, VOC_PLACE_WORDS) && j - i <= 2 && !(at(w, i)->flags & WORD_CAPS))
        return RANK_GUESS;
    return 0;
}

/* Behind a title at i: the name's first word. "Lt. Gen. (retd) Chun" goes over the bracket. */
static uint32_t behind_title(const words *w, uint32_t i)
{
    uint32_t k = i + at(w, i)->title_words;
    if (word_is(at(w, k), "(") &&
        (word_is(at(w, k + 1), "retd") || word_is(at(w, k + 1), "ret.") ||
         word_is(at(w, k + 1), "ret") || word_is(at(w, k + 1), "retired"))) {
        k += 2;
        while (word_is(at(w, k), ".") || word_is(at(w, k), ")"))
            k++;
    }
    return k;
}

static void titled(words *w, uint32_t i)
{
    uint32_t k = behind_title(w, i), j;
    if (at(w, i)->title_words == 0 || !capital(at(w, i)) || !capital(at(w, k)) ||
        at(w, k)->title_words || at(w, k)->sentence != at(w, i)->sentence)
        return;
    j = run_end(w, k, 0);
    if (by_head(w, k, j) < 0) words_answer(w, k, j - k, LEX_PERSON, RANK_RULE);
}

/* "Korean People's Army": a run, 's, and a run that ends in a head word. */
static uint32_t possessive_organisation(const words *w, uint32_t j)
{
    uint32_t k;
    if (!word_is(at(w, j), "'s") && !word_is(at(w, j), "’s")) return j;
    if (!capital(at(w, j + 1))) return j;
    k = run_end(w, j + 1, 0);
    return has(at(w, k - 1), LEX_ORG_HEAD) ? k : j;
}

static void unknown_run(words *w, uint32_t i, uint32_t j)
{
    int rank, label = -1;
    uint32_t end;
    for (end = i; end < j && !(at(w, end)->title_words && end > i); end++) {
    }
    j = end; /* a title opens a name of its own */
    if (at(w, i)->title_words && !has(at(w, i), LEX_FIRST_NAME) && by_head(w, i, j) < 0) return;
    end = possessive_organisation(w, j);
    if (end > j) {
        words_answer(w, i, end - i, LEX_ORG, RANK_RULE);
        return;
    }
    end = headed_by_first(w, i, j, &label);
    if (label < 0) label = by_head(w, i, end = j);
    if (label >= 0) {
        words_answer(w, i, end - i, label, RANK_RULE);
        return;
    }
    rank = person_rank(w, i, j);
    if (rank < RANK_RULE && is_place(w, i, j)) {
        words_answer(w, i, j - i, LEX_GPE, is_place(w, i, j));
        return;
    }
    if (rank)
        words_answer(w, i, j - i, LEX_PERSON, rank);
    else if (j - i >= 2 && word_is(before(w, i), "the") && !at(w, i)->label_words)
        words_answer(w, i, j - i, LEX_ORG, RANK_GUESS);
}

static void acronym(words *w, uint32_t i)
{
    const word *x = at(w, i);
    if (!(x->flags & WORD_CAPS) || (x->flags & WORD_SHOUT) || x->n > 6 || x->label_words ||
        word_in(x, VOC_NOT_ORGANISATIONS) || has(x, LEX_TITLE))
        return;
    words_answer(w, i, 1, LEX_ORG, RANK_GUESS);
}

/* The first word of a sentence is only taken for a name when the document does not use it as a
 * word, and it is no opener. */
static uint32_t skip_opener(const words *w, uint32_t i)
{
    const word *x = at(w, i);
    if (!(x->flags & WORD_START)) return word_in(x, VOC_OPENERS) && !x->title_words ? i + 1 : i;
    if (x->title_words || x->label_words || has(x, LEX_FIRST_NAME)) return i;
    return word_in(x, VOC_OPENERS) || words_seen_lower(w, x) ? i + 1 : i;
}

/* "Article 5", "Resolution 242" */
static void numbered_law(words *w, uint32_t i)
{
    if (has(at(w, i), LEX_LAW_LEAD) && capital(at(w, i)) && (at(w, i + 1)->flags & WORD_DIGIT))
        words_answer(w, i, 2, LEX_LAW, RANK_VALUE);
}

/* "11th Corps", "F-16", "Boeing 737", "iPhone 15" */
static void with_figure(words *w, uint32_t i)
{
    const word *x = at(w, i), *y = at(w, i + 1), *z = at(w, i + 2);
    if ((x->flags & WORD_DIGIT) && x->n > 2 && x->p[x->n - 1] == 'h' && has(y, LEX_ORG_HEAD) &&
        capital(y)) {
        words_answer(w, i, 2, LEX_ORG, RANK_VALUE);
        return;
    }
    if (!(x->flags & WORD_CAP)) return;
    if (x->n <= 3 && word_is(y, "-") && !(y->flags & WORD_SPACE) && (z->flags & WORD_DIGIT) &&
        !(z->flags & WORD_SPACE))
        words_answer(w, i, 3, LEX_PRODUCT, RANK_RULE);
    else if ((x->label == LEX_PRODUCT || word_is(x, "boeing") || word_is(x, "airbus")) &&
             (y->flags & (WORD_DIGIT | WORD_SPACE)) == (WORD_DIGIT | WORD_SPACE))
        words_answer(w, i, 2, LEX_PRODUCT, RANK_VALUE);
}

/* A quoted title behind "film", "novel", ...: the quotes stay outside. */
static void work_of_art(words *w, uint32_t i)
{
    uint32_t k, end = 0;
    if (!(word_is(at(w, i), "“") || word_is(at(w, i), "\"") || word_is(at(w, i), "‘"))) return;
    if (!has(before(w, i), LEX_WORK_CUE) || !capital(at(w, i + 1))) return;
    for (k = i + 1; k < w->n && k - i <= LONGEST_RUN && !end; k++)
        if (word_is(at(w, k), "”") || word_is(at(w, k), "\"") || word_is(at(w, k), "’")) end = k;
    if (end > i + 1) words_answer(w, i + 1, end - i - 1, LEX_WORK, RANK_RULE);
}

void names_find(words *w)
{
    uint32_t i, j;
    for (i = 0; i < w->n; i++) {
        if (at(w, i)->label_words) listed(w, i);
        titled(w, i);
        language(w, i);
        acronym(w, i);
        numbered_law(w, i);
        with_figure(w, i);
        work_of_art(w, i);
    }
    for (i = 0; i<w->n; i = j> i ? j : i + 1) {
        j = i + 1;
        if (!capital(at(w, i))) continue;
        j = skip_opener(w, i);
        if (j > i) continue;
        j = run_end(w, i, 0);
        unknown_run(w, i, j);
    }
}

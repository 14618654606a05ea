/* SPDX-License-Identifier: MIT */
/* tools/tagger-learn.c - see tagger-learn.h. Every feature has a row that all styles of data share
 * and one for each style that it occurs in: what holds everywhere goes into the former. */
#include "tagger-learn.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    NONE = UINT32_MAX,
    LONGEST = 4096,
    WIDTH = 28 /* COLS, and one so that loops go by fours */
};

/* Weight now, and the sum by which its mean over all steps differs from it. */
typedef struct weight {
    float now, late;
} weight;

/* One sentence to learn from. */
typedef struct example {
    uint32_t first, n; /* tokens, counted through all examples */
    const uint64_t *legal;
    unsigned style, copies;
} example;

/* Feature hash -> number, and how often it occurs. */
typedef struct slot {
    uint64_t hash;
    uint32_t count, number;
} slot;

typedef struct learner {
    const learn_options *o;
    slot *slots;
    size_t nslot, used;
    uint64_t *hash; /* of each numbered feature */
    uint32_t nfeature;
    example *ex;
    uint32_t nex, capex;
    uint32_t *ids, *start; /* features of each token: ids[start[t]..start[t+1]) */
    uint8_t *kept;         /* those of ids that were not dropped out this time */
    size_t nid, capid;
    uint32_t ntoken, captoken;
    uint32_t *copy[STYLES];              /* row of a feature's copy, or NONE */
    float (*row)[WIDTH], (*late)[WIDTH]; /* weights now; what is to be taken off for their mean */
    uint32_t nrow;
    weight from[FROM_ROWS][TO_ROOM], go_on[MODEL_LABELS][4];
    float step;
    float (*emit)[TAGS]; /* of the sentence under way */
    uint8_t *guess, *best;
    uint8_t (*back)[TAGS];
    uint64_t random;
} learner;

/* ---- features to numbers -------------------------------------------------------------------- */

static slot *find_slot(learner *l, uint64_t hash)
{
    size_t at = (size_t)(hash * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (l->nslot - 1);
    while (l->slots[at].count && l->slots[at].hash != hash)
        at = (at + 1) & (l->nslot - 1);
    return &l->slots[at];
}

static void grow_slots(learner *l)
{
    slot *old = l->slots;
    size_t n = l->nslot, i;
    if (n && l->used * 2 < n) return;
    l->nslot = n ? n * 2 : 1 << 20;
    l->slots = need(calloc(l->nslot, sizeof *l->slots));
    for (i = 0; i < n; i++)
        if (old[i].count) *find_slot(l, old[i].hash) = old[i];
    free(old);
}

static void count_features(learner *l, const uint64_t *f, unsigned n)
{
    unsigned i;
    for (i = 0; i < n; i++) {
        slot *s;
        grow_slots(l);
        s = find_slot(l, f[i]);
        if (s->count == 0) {
            l->used++;
            s->hash = f[i];
        }
        s->count++;
    }
}

static void number_features(learner *l)
{
    size_t i;
    l->hash = need(malloc((l->used + 1) * sizeof *l->hash));
    for (i = 0; i < l->nslot; i++) {
        slot *s = &l->slots[i];
        if (s->count < l->o->least) continue;
        s->number = l->nfeature;
        l->hash[l->nfeature++] = s->hash;
    }
}

static void keep_features(learner *l, const uint64_t *f, unsigned n)
{
    unsigned i;
    if (l->nid + FEATURES_MAX > l->capid) {
        l->capid = l->capid ? l->capid * 2 : 1 << 20;
        l->ids = need(realloc(l->ids, l->capid * sizeof *l->ids));
    }
    if (l->ntoken + 2 > l->captoken) {
        l->captoken = l->captoken ? l->captoken * 2 : 1 << 16;
        l->start = need(realloc(l->start, l->captoken * sizeof *l->start));
    }
    l->start[l->ntoken++] = (uint32_t)l->nid;
    for (i = 0; i < n; i++) {
        const slot *s = find_slot(l, f[i]);
        if (s->count >= l->o->least) l->ids[l->nid++] = s->number;
    }
    l->start[l->ntoken] = (uint32_t)l->nid;
}

static void keep_example(learner *l, const corpus_doc *d, uint32_t beg, uint32_t end)
{
    if (l->nex == l->capex) {
        l->capex = l->capex ? l->capex * 2 : 4096;
        l->ex = need(realloc(l->ex, l->capex * sizeof *l->ex));
    }
    l->ex[l->nex++] =
        (example){l->ntoken, end - beg, d->legal + beg, d->set->style, d->set->weight};
}

/* 1 when the word before token i makes a language of what is mostly a people: "in Russian". */
static int says_language(const corpus_doc *d, const tagger_words *w, uint32_t i)
{
    static const char words[] =
        " in into from speak speaks spoke speaking spoken fluent learn learned learning teach ";
    char padded[16] = " ";
    uint32_t n;
    if (i == 0) return 0;
    n = w->v[i - 1].end - w->v[i - 1].beg;
    if (n > 10) return 0;
    memcpy(padded + 1, d->text + w->v[i - 1].beg, n);
    padded[n + 1] = ' ';
    return strstr(words, padded) != NULL;
}

/* The tags that the labels of a listed word allow at its place in the phrase. */
static uint64_t listed_tags(const tagger_word *w, const learn_classes *c)
{
    const uint32_t place = w->list >> PLACE_SHIFT;
    const unsigned part = place == PLACE_ALONE   ? TAG_U
                          : place == PLACE_FIRST ? TAG_B
                          : place == PLACE_INNER ? TAG_I
                                                 : TAG_L;
    uint64_t tags = 0;
    unsigned k;
    for (k = 0; k < MODEL_LABELS; k++)
        if (w->list & c->label[k]) tags |= UINT64_C(1) << (1 + 4 * k + part);
    return tags;
}

static uint64_t label_tags(const char *label)
{
    unsigned k;
    for (k = 0; strcmp(corpus_label[k], label) != 0; k++)
        ;
    return UINT64_C(15) << (1 + 4 * k);
}

/* What a listed phrase [i, i + n) that the set has not marked must be; 0: not said. */
static uint64_t unmarked(const corpus_doc *d, const tagger_words *w, uint32_t i, uint32_t n,
                         uint64_t tags)
{
    const uint64_t norp = label_tags("NORP"), language = label_tags("LANGUAGE");
    uint32_t k;
    for (k = i; k < i + n; k++)
        if (!(d->legal[k] & 1) || w->v[k].shape >> SHAPE_BITS != CASE_NORMAL) return 0;
    if (!(w->v[i].flags & WORD_NAMELIKE)) return 0;
    if ((tags & norp) && !(tags & ~(norp | language)))
        return (tags & language) && says_language(d, w, i) ? 0 : norp;
    if (n > 1 && !(tags & ~label_tags("EVENT"))) return label_tags("EVENT");
    if (n > 1 && !(tags & ~label_tags("LAW"))) return label_tags("LAW");
    return 0;
}

static void mark_listed(const corpus_doc *d, const tagger_words *w, const learn_classes *c)
{
    uint32_t i, n, k;
    for (i = 0; i < w->n; i += n) {
        const uint32_t place = w->v[i].list >> PLACE_SHIFT;
        const uint64_t tags = listed_tags(&w->v[i], c);
        uint64_t label = 0;
        for (n = 1; place == PLACE_FIRST && i + n < w->n; n++)
            if (w->v[i + n - 1].list >> PLACE_SHIFT == PLACE_LAST) break;
        if (tags) label = unmarked(d, w, i, n, tags);
        for (k = i; k < i + n; k++) {
            const uint64_t here = listed_tags(&w->v[k], c);
            if (d->legal[k] & 1 ? label & here & d->legal[k] : here & d->legal[k])
                d->legal[k] &= d->legal[k] & 1 ? label & here : here;
        }
    }
}

/* Twice over the data: first counts features, then keeps the frequent ones. */
static void read_corpus(learner *l, const corpus *c, const tagger_lists *lists,
                        const learn_classes *classes, int second)
{
    tagger_words w = {0};
    uint64_t f[FEATURES_MAX];
    uint32_t i, s, t;
    for (i = 0; i < c->n; i++) {
        const corpus_doc *d = &c->v[i];
        if (d->held) continue;
        if (tagger_words_read(&w, (qn_str){d->text, d->n}, &d->tokens, &d->sents, lists))
            need(NULL);
        if (!second) mark_listed(d, &w, classes);
        for (s = 0; s < w.nsent; s++) {
            const uint32_t beg = w.sent[s], end = w.sent[s + 1];
            if (!d->teach[s] || end - beg > LONGEST) continue;
            if (second) keep_example(l, d, beg, end);
            for (t = beg; t < end; t++) {
                const unsigned n = tagger_features(&w, t, beg, end, f);
                second ? keep_features(l, f, n) : count_features(l, f, n);
            }
        }
    }
    tagger_words_free(&w);
}

static void make_rows(learner *l)
{
    uint32_t i, k;
    for (k = 0; k < STYLES; k++) {
        l->copy[k] = need(malloc((l->nfeature + 1) * sizeof *l->copy[k]));
        memset(l->copy[k], 0xFF, l->nfeature * sizeof *l->copy[k]);
    }
    l->nrow = l->nfeature;
    for (i = 0; i < l->nex; i++) {
        const example *e = &l->ex[i];
        for (k = l->start[e->first]; k < l->start[e->first + e->n]; k++) {
            uint32_t *copy = &l->copy[e->style][l->ids[k]];
            if (*copy == NONE) *copy = l->nrow++;
        }
    }
    l->row = need(calloc(l->nrow, sizeof *l->row));
    l->late = need(calloc(l->nrow, sizeof *l->late));
    l->kept = need(malloc(l->nid + 1));
    l->emit = need(malloc(LONGEST * sizeof *l->emit));
    l->back = need(malloc(LONGEST * sizeof *l->back));
    l->guess = need(malloc(LONGEST));
    l->best = need(malloc(LONGEST));
}

/* ---- decoding ------------------------------------------------------------------------------- */

static void tag_scores(const float *sum, float *emit)
{
    unsigned k;
    emit[0] = sum[COL_O];
    for (k = 0; k < MODEL_LABELS; k++) {
        emit[1 + 4 * k + TAG_B] = sum[COL_BEGIN + k] + sum[COL_B];
        emit[1 + 4 * k + TAG_I] = sum[COL_INSIDE + k] + sum[COL_I];
        emit[1 + 4 * k + TAG_L] = sum[COL_INSIDE + k] + sum[COL_L];
        emit[1 + 4 * k + TAG_U] = sum[COL_BEGIN + k] + sum[COL_U];
    }
}

static void score(learner *l, const example *e)
{
    const uint64_t drop = (uint64_t)(l->o->dropout * 256);
    uint32_t i, k, c;
    for (i = 0; i < e->n; i++) {
        float sum[WIDTH] = {0};
        uint64_t dice = 0;
        for (k = l->start[e->first + i]; k < l->start[e->first + i + 1]; k++) {
            const uint32_t id = l->ids[k];
            const float *a = l->row[id], *b = l->row[l->copy[e->style][id]];
            if (dice < 256) dice = random_next(&l->random) | UINT64_C(1) << 63;
            l->kept[k] = (dice & 255) >= drop;
            dice >>= 8;
            if (!l->kept[k]) continue;
            for (c = 0; c < WIDTH; c++)
                sum[c] += a[c] + b[c];
        }
        tag_scores(sum, l->emit[i]);
    }
}

/* Where a path may come from: for tag t of the word before. */
static int ends(unsigned t)
{
    return t == 0 || (t - 1) % 4 == TAG_L || (t - 1) % 4 == TAG_U;
}

static unsigned label_of(unsigned t)
{
    return (t + 3) / 4; /* 0 for O, else 1 + label */
}

/* The best score of a path that may be followed by a start, for each thing that may have ended. */
static void best_ends(const float *before, float *ended, uint8_t *tag)
{
    unsigned k;
    ended[0] = before[0];
    tag[0] = 0;
    for (k = 0; k < MODEL_LABELS; k++) {
        const unsigned l = 1 + 4 * k + TAG_L, u = 1 + 4 * k + TAG_U;
        tag[k + 1] = (uint8_t)(before[u] > before[l] ? u : l);
        ended[k + 1] = before[tag[k + 1]];
    }
}

static float start_score(const learner *l, const float *ended, unsigned to, unsigned *from)
{
    float best = ended[0] + l->from[0][to].now;
    unsigned k;
    *from = 0;
    for (k = 1; k <= MODEL_LABELS; k++) {
        const float s = ended[k] + l->from[k][to].now;
        if (s > best) {
            best = s;
            *from = k;
        }
    }
    return best;
}

static float inner_score(const learner *l, const float *before, unsigned k, int last, uint8_t *from)
{
    const unsigned b = 1 + 4 * k + TAG_B, i = 1 + 4 * k + TAG_I;
    float sb, si;
    if (!before) return -1e30f;
    sb = before[b] + l->go_on[k][last].now;
    si = before[i] + l->go_on[k][2 + last].now;
    *from = (uint8_t)(si > sb ? i : b);
    return si > sb ? si : sb;
}

/* The best legal path; with `cost`, tags that are not gold score more, so that gold must win by a
 * margin. 0 when there is no legal path. */
static int decode(learner *l, const example *e, int gold, float cost, uint8_t *tag)
{
    float score2[2][TAGS], *before = NULL, *now;
    uint32_t i;
    unsigned t, k, best = 0;
    for (i = 0; i < e->n; i++) {
        const uint64_t legal = e->legal[i];
        float start[TO_ROOM], ended[TO_ROOM];
        uint8_t from[TO_ROOM] = {0}, end_tag[TO_ROOM];
        now = score2[i & 1];
        if (before) best_ends(before, ended, end_tag);
        for (k = 0; k < TO_ROOM; k++) {
            unsigned came = 0;
            start[k] = before ? start_score(l, ended, k, &came) : l->from[FROM_START][k].now;
            if (before) from[k] = end_tag[came];
        }
        for (t = 0; t < TAGS; t++) {
            const unsigned part = (t - 1) % 4;
            uint8_t came = from[label_of(t)];
            float s = start[label_of(t)];
            if (t && (part == TAG_I || part == TAG_L))
                s = inner_score(l, before, label_of(t) - 1, part == TAG_L, &came);
            s += l->emit[i][t] + (legal >> t & 1 ? 0 : cost);
            if (gold && !(legal >> t & 1)) s = -1e30f;
            now[t] = s < -1e30f ? -1e30f : s;
            l->back[i][t] = came;
        }
        before = now;
    }
    for (t = 1; before && t < TAGS; t++)
        if (ends(t) && before[t] > before[best]) best = t;
    if (!before || before[best] < -1e20f) return 0;
    for (i = e->n; i-- > 0; best = l->back[i][best])
        tag[i] = (uint8_t)best;
    return 1;
}

/* ---- updates -------------------------------------------------------------------------------- */

static inline void bump(learner *l, weight *w, float by)
{
    w->now += by;
    w->late += by * l->step;
}

static void bump_tag(learner *l, uint32_t row, unsigned t, float by)
{
    const unsigned k = (t - 1) / 4, part = (t - 1) % 4;
    unsigned a = COL_O, b = COL_B + part;
    if (t) a = (part == TAG_B || part == TAG_U ? COL_BEGIN : COL_INSIDE) + k;
    l->row[row][a] += by;
    l->late[row][a] += by * l->step;
    if (t == 0) return;
    l->row[row][b] += by;
    l->late[row][b] += by * l->step;
}

static void bump_word(learner *l, const example *e, uint32_t i, unsigned t, float by)
{
    uint32_t k;
    for (k = l->start[e->first + i]; k < l->start[e->first + i + 1]; k++) {
        const uint32_t id = l->ids[k];
        if (!l->kept[k]) continue;
        bump_tag(l, id, t, by);
        bump_tag(l, l->copy[e->style][id], t, by);
    }
}

static void bump_step(learner *l, const uint8_t *tag, uint32_t i, float by)
{
    const unsigned t = tag[i], part = (t - 1) % 4;
    if (t && (part == TAG_I || part == TAG_L))
        bump(l, &l->go_on[(t - 1) / 4][((tag[i - 1] - 1) % 4 == TAG_I ? 2 : 0) + (part == TAG_L)],
             by);
    else
        bump(l, &l->from[i ? label_of(tag[i - 1]) : FROM_START][label_of(t)], by);
}

/* 1 when the guess was wrong. */
static int learn_example(learner *l, const example *e)
{
    uint32_t i;
    int wrong = 0;
    score(l, e);
    if (!decode(l, e, 0, (float)l->o->cost, l->guess)) return 0;
    for (i = 0; i < e->n; i++)
        wrong |= !(e->legal[i] >> l->guess[i] & 1);
    if (!wrong || !decode(l, e, 1, 0, l->best)) return 0;
    for (i = 0; i < e->n; i++) {
        if (l->guess[i] != l->best[i]) {
            bump_word(l, e, i, l->best[i], 1);
            bump_word(l, e, i, l->guess[i], -1);
        }
        bump_step(l, l->best, i, 1);
        bump_step(l, l->guess, i, -1);
    }
    return 1;
}

static void run_epochs(learner *l)
{
    uint32_t *order, n = 0, i, epoch, wrong;
    unsigned k;
    for (i = 0; i < l->nex; i++)
        n += l->ex[i].copies;
    order = need(malloc(n * sizeof *order));
    for (i = n = 0; i < l->nex; i++)
        for (k = 0; k < l->ex[i].copies; k++)
            order[n++] = i;
    for (epoch = 0; epoch < l->o->epochs; epoch++) {
        for (i = n; i > 1; i--) {
            const uint32_t j = (uint32_t)(random_next(&l->random) % i), t = order[i - 1];
            order[i - 1] = order[j];
            order[j] = t;
        }
        for (i = wrong = 0; i < n; i++) {
            /* At first only what has all labels: the others could be learnt as anything. */
            if (epoch == 0 && l->ex[order[i]].style != STYLE_OWN) continue;
            l->step++;
            wrong += (uint32_t)learn_example(l, &l->ex[order[i]]);
        }
        fprintf(stderr, "epoch %u: %u of %u sentences wrong\n", epoch + 1, wrong, n);
    }
    free(order);
}

/* ---- the result ----------------------------------------------------------------------------- */

static float mean(const learner *l, const weight *w)
{
    return w->now - w->late / (l->step + 1);
}

static float row_mean(const learner *l, uint32_t row, unsigned col)
{
    return l->row[row][col] - l->late[row][col] / (l->step + 1);
}

/* Adds what one restart has learnt for a genre. */
static void fold(const learner *l, const double *share, learnt *out)
{
    uint32_t i;
    unsigned c, k;
    for (i = 0; i < l->nfeature; i++) {
        float *w = out->w + (size_t)i * COLS;
        for (c = 0; c < COLS; c++)
            w[c] += row_mean(l, i, c);
        for (k = 0; k < STYLES; k++)
            for (c = 0; c < COLS && l->copy[k][i] != NONE; c++)
                w[c] += (float)share[k] * row_mean(l, l->copy[k][i], c);
    }
    for (c = 0; c < FROM_ROWS; c++)
        for (k = 0; k < TO_ROOM; k++)
            out->from[c][k] += mean(l, &l->from[c][k]);
    for (c = 0; c < MODEL_LABELS; c++)
        for (k = 0; k < 4; k++)
            out->go_on[c][k] += mean(l, &l->go_on[c][k]);
}

static void forget(learner *l)
{
    memset(l->row, 0, l->nrow * sizeof *l->row);
    memset(l->late, 0, l->nrow * sizeof *l->late);
    memset(l->from, 0, sizeof l->from);
    memset(l->go_on, 0, sizeof l->go_on);
    l->step = 0;
}

void learn(const corpus *c, const tagger_lists *lists, const learn_classes *classes,
           const learn_options *o, learnt *out)
{
    learner l = {.o = o, .random = o->seed};
    unsigned k, g;
    read_corpus(&l, c, lists, classes, 0);
    number_features(&l);
    read_corpus(&l, c, lists, classes, 1);
    make_rows(&l);
    fprintf(stderr, "%u sentences, %u tokens, %u of %zu features, %u rows\n", l.nex, l.ntoken,
            l.nfeature, l.used, l.nrow);
    for (g = 0; g < o->genres; g++) {
        memset(&out[g], 0, sizeof out[g]);
        out[g].n = l.nfeature;
        out[g].feature = l.hash;
        out[g].w = need(calloc((size_t)l.nfeature + 1, COLS * sizeof *out[g].w));
    }
    for (k = 0; k < o->restarts; k++) {
        forget(&l);
        run_epochs(&l);
        for (g = 0; g < o->genres; g++)
            fold(&l, o->fold[g], &out[g]);
    }
    for (k = 0; k < STYLES; k++)
        free(l.copy[k]);
    free(l.slots);
    free(l.ex);
    free(l.ids);
    free(l.start);
    free(l.kept);
    free(l.row);
    free(l.late);
    free(l.emit);
    free(l.back);
    free(l.guess);
    free(l.best);
}

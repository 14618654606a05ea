/* SPDX-License-Identifier: MIT */
/* plugins/html/score.c - see score.h. Each block gets a linear score of what it looks like and
 * where it stands; the element whose blocks sum up highest is the article's; in it, what scores
 * high enough with its neighbours stays. */
#include "score.h"

#include "weights.h"

#include <stdlib.h>
#include <string.h>

const float html_weights[HTML_F_COUNT] = {
#define X(name) [HTML_F_##name] = W_##name,
    HTML_FEATURES(X)
#undef X
};

/* What the elements around say. */
static const struct {
    uint32_t flag;
    enum html_feature feature;
} places[] = {
    {HTML_IN_ARTICLE, HTML_F_ARTICLE},   {HTML_IN_MAIN, HTML_F_MAIN},
    {HTML_IN_GOOD, HTML_F_GOOD},         {HTML_IN_BODY_PROP, HTML_F_BODY_PROP},
    {HTML_IN_MARGIN, HTML_F_MARGIN},     {HTML_IN_BAD, HTML_F_BAD},
    {HTML_IN_HIDDEN, HTML_F_HIDDEN},     {HTML_IN_FIGURE, HTML_F_FIGURE},
    {HTML_IN_COMMENTS, HTML_F_COMMENTS}, {HTML_IN_HEADER, HTML_F_HEADER},
    {HTML_IN_QUOTE, HTML_F_QUOTE},
};
enum { PLACES = sizeof places / sizeof *places };

static bool is_heading(enum html_tag t)
{
    return t >= HTML_T_H1 && t <= HTML_T_H6;
}

static bool is_cell(const struct html_block *k)
{
    return k->tag == HTML_T_TD || k->tag == HTML_T_TH;
}

static float place_score(uint32_t flags, const float *w)
{
    float s = 0;
    for (size_t i = 0; i < PLACES; i++)
        if (flags & places[i].flag) s += w[places[i].feature];
    return s;
}

static float own_score(const struct html_block *k, const float *w)
{
    float words = (float)k->words, s = w[HTML_F_BASE];
    s += w[HTML_F_LENGTH] * words / (words + 12);
    s += w[HTML_F_LINKS] * (float)k->link_words / (words + .5F);
    s += w[HTML_F_SENTENCE] * (float)k->sentence;
    s += w[HTML_F_MARKS] * (float)(k->commas + k->stops > 2);
    s += w[HTML_F_REPEATED] * (float)k->repeated;
    if (k->tag == HTML_T_P) s += w[HTML_F_PARAGRAPH];
    if (is_heading(k->tag)) s += w[HTML_F_HEADING];
    if (k->tag == HTML_T_LI) s += w[HTML_F_ITEM];
    if (is_cell(k)) s += w[HTML_F_CELL];
    if (k->flags & HTML_IN_SLANT) s += w[HTML_F_SLANTED];
    return s + place_score(k->flags, w);
}

/* ---- texts that a page says again and again ---- */

struct seen {
    uint64_t hash;
    uint32_t block;
};

static uint64_t block_hash(const struct html_page *g, const struct html_block *k)
{
    uint64_t h = 0xCBF29CE484222325u; /* FNV-1a over all but white space */
    for (uint32_t r = k->run; r < k->run + k->nrun; r++)
        for (uint32_t i = g->run[r].beg; i < g->run[r].end; i++)
            if ((unsigned char)g->p[i] > ' ') h = (h ^ (unsigned char)g->p[i]) * 0x100000001B3u;
    return h;
}

static int by_hash(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return x->block < y->block ? -1 : x->block > y->block;
}

/* Blocks of some words whose text stands in the page three times or more. */
static int note_repeated(struct html_page *g)
{
    enum { WORDS = 3, TIMES = 3 };
    struct seen *v = malloc((g->nblock + 1) * sizeof *v);
    uint32_t n = 0, end;
    if (!v) return 0;
    for (uint32_t i = 0; i < g->nblock; i++)
        if (g->block[i].words >= WORDS) v[n++] = (struct seen){block_hash(g, &g->block[i]), i};
    qsort(v, n, sizeof *v, by_hash);
    for (uint32_t i = 0; i < n; i = end) {
        for (end = i + 1; end < n && v[end].hash == v[i].hash;)
            end++;
        for (uint32_t j = i; j < end && end - i >= TIMES; j++)
            g->block[v[j].block].repeated = true;
    }
    free(v);
    return 1;
}

/* ---- the article ---- */

/* The element with the highest sum over its blocks; of equal ones the innermost. */
static uint32_t best_node(const struct html_page *g, const float *w, float *sum)
{
    uint32_t best = 0;
    for (uint32_t i = 0; i < g->nblock; i++) {
        const struct html_block *k = &g->block[i];
        float size = w[HTML_F_MASS] * (float)(k->words < 120 ? k->words : 120);
        float s = k->score;
        if (s > 2) s = 2;
        if (s < -2) s = -2;
        sum[k->node] += s * (s > 0 ? size : size + 2);
    }
    for (uint32_t i = g->nnode; i-- > 1;)
        sum[g->node[i].parent] += sum[i];
    for (uint32_t i = 1; i < g->nnode; i++)
        if (sum[i] >= sum[best]) best = i;
    return best;
}

/* A heading stays when something that it heads does. */
static void settle_headings(struct html_page *g, uint32_t beg, uint32_t end)
{
    bool next = false;
    for (uint32_t i = end; i-- > beg;) {
        struct html_block *k = &g->block[i];
        if (is_heading(k->tag)) {
            if (!next) k->keep = false;
        } else {
            next = k->keep;
        }
    }
}

/* Classes that speak of furniture say nothing when most of the page's running text is inside. */
static void forgive(struct html_page *g, float *text)
{
    const uint32_t doubtful = HTML_IN_BAD | HTML_IN_MARGIN | HTML_IN_HIDDEN | HTML_IN_FIGURE |
                              HTML_IN_HEADER | HTML_IN_COMMENTS;
    const float most = .6F;
    for (uint32_t i = 0; i < g->nblock; i++) {
        const struct html_block *k = &g->block[i];
        if (k->words >= 10 && k->link_words * 3 < k->words)
            text[k->node] += (float)(k->words - k->link_words);
    }
    for (uint32_t i = g->nnode; i-- > 1;)
        text[g->node[i].parent] += text[i];
    for (uint32_t i = 0; i < g->nblock; i++) /* what inline elements say stays */
        g->block[i].flags &= ~g->node[g->block[i].node].flags;
    for (uint32_t i = 0; i < g->nnode; i++) {
        struct html_node *v = &g->node[i];
        if (text[i] > most * text[0]) v->own &= ~doubtful;
        v->flags = v->own | (i ? g->node[v->parent].flags : 0);
    }
    for (uint32_t i = 0; i < g->nblock; i++)
        g->block[i].flags |= g->node[g->block[i].node].flags;
}

/* A paragraph long enough to be the article's own. */
static bool is_running(const struct html_block *k)
{
    return k->words >= 15 && k->link_words * 2 < k->words && k->score > 0;
}

/* Keeps what scores high enough within the article's element; what that says of all its blocks
 * tells none of them apart. Before its first and behind its last paragraph stand headline, byline,
 * date, buttons and links to other stories. */
static void choose(struct html_page *g, const struct html_node *article, const float *w)
{
    uint32_t beg = article->first_block, end = article->end_block, first = beg, last = end;
    float common = place_score(
        article->flags & ~(uint32_t)(HTML_IN_HIDDEN | HTML_IN_BODY_PROP | HTML_IN_QUOTE), w);
    while (first < end && !is_running(&g->block[first]))
        first++;
    while (last > first && !is_running(&g->block[last - 1]))
        last--;
    for (uint32_t i = beg; i < end; i++) {
        struct html_block *k = &g->block[i];
        float before = i > beg ? k[-1].score : 0, after = i + 1 < end ? k[1].score : 0;
        float s = k->score - common + w[HTML_F_INSIDE] + w[HTML_F_NEIGHBOURS] * (before + after);
        if (first < end && i < first && !is_cell(k)) s += w[HTML_F_AHEAD];
        if (i >= last && !is_cell(k)) s += w[HTML_F_BEHIND];
        if (k->link_words * 10 > k->words * 8 && k->words > 2 && k->tag != HTML_T_LI)
            s += w[HTML_F_LINKED];
        k->keep = s > 0;
    }
    settle_headings(g, beg, end);
}

int html_score(struct html_page *g, const float weight[HTML_F_COUNT])
{
    float *sum = calloc(g->nnode + 1, sizeof *sum);
    if (!sum || !note_repeated(g)) {
        free(sum);
        return 0;
    }
    forgive(g, sum);
    memset(sum, 0, g->nnode * sizeof *sum);
    for (uint32_t i = 0; i < g->nblock; i++) {
        g->block[i].score = own_score(&g->block[i], weight);
        g->block[i].keep = false;
    }
    choose(g, &g->node[best_node(g, weight, sum)], weight);
    free(sum);
    return 1;
}

void html_keep_all(struct html_page *g)
{
    for (uint32_t i = 0; i < g->nblock; i++)
        g->block[i].keep = !(g->block[i].flags & HTML_IN_HIDDEN);
}

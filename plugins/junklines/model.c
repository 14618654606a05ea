/* SPDX-License-Identifier: MIT */
/* plugins/junklines/model.c - the two layers and the verdict; see model.h. */
#include "facts.h"

static float junk_at(const struct junklines_doc *d, long i)
{
    return i < 0 || i >= (long)d->n ? 0.5f : probability(d->v[i].first);
}

static float mean(const struct junklines_doc *d, unsigned i, unsigned before, unsigned after)
{
    unsigned a = i > before ? i - before : 0, b = d->n - i - 1 > after ? i + after + 1 : d->n;
    return (d->sum[(size_t)b * NSUM + S_P] - d->sum[(size_t)a * NSUM + S_P]) / (float)(b - a);
}

static float mean_by_chars(const struct junklines_doc *d, unsigned i, unsigned reach)
{
    return junklines_window(d, S_PC, i, reach, reach) /
           (junklines_window(d, S_C, i, reach, reach) + 1);
}

unsigned junklines_row(const struct junklines_doc *d, unsigned i)
{
    bool article = d->sum[(size_t)d->n * NSUM + S_PROSE] * 3 > (float)d->n;
    return d->v[i].size / 2u + (article ? JUNKLINES_SIZES / 2 : 0);
}

void junklines_inputs(const struct junklines_doc *d, unsigned i, float *in)
{
    const struct junklines_line *l = &d->v[i];
    unsigned n = 0;
    in[n++] = 1;
    in[n++] = l->first;
    in[n++] = probability(l->first);
    in[n++] = l->rule >= 0;
    for (int k = 1; k <= 4; k++) {
        in[n++] = junk_at(d, (long)i - k);
        in[n++] = junk_at(d, (long)i + k);
    }
    in[n++] = mean(d, i, 3, 3);
    in[n++] = mean(d, i, 8, 8);
    in[n++] = mean(d, i, 20, 20);
    in[n++] = mean(d, i, 8, 0);
    in[n++] = mean(d, i, 0, 8);
    in[n++] = mean_by_chars(d, i, 5);
    in[n++] = mean_by_chars(d, i, 12);
    in[n++] = d->sum[(size_t)d->n * NSUM + S_P] / (float)d->n;
    in[n++] = junk_at(d, (long)i - 1) * junk_at(d, (long)i + 1);
    in[n++] = mean(d, i, 30, 0);
    in[n++] = mean(d, i, 0, 30);
    while (n < JUNKLINES_INPUTS)
        in[n++] = 0;
}

bool junklines_score(struct junklines_doc *d)
{
    uint32_t facts[JUNKLINES_ACTIVE];
    float in[JUNKLINES_INPUTS];
    for (unsigned i = 0; i < d->n; i++) {
        unsigned n = junklines_facts(d, i, facts);
        int sum = 0;
        for (unsigned k = 0; k < n; k++)
            sum += junklines_weight[facts[k]];
        d->v[i].first = (float)sum / 1024.0f;
    }
    if (!junklines_sums(d)) return false;
    for (unsigned i = 0; i < d->n; i++) {
        const float *w = junklines_layer2[junklines_row(d, i)];
        float sum = 0;
        junklines_inputs(d, i, in);
        for (unsigned k = 0; k < JUNKLINES_INPUTS; k++)
            sum += w[k] * in[k];
        d->v[i].score = sum;
    }
    return true;
}

/* Does prose follow line i, with nothing but furniture that the rules know (byline, credit, time)
 * between? */
static bool leads_to_prose(const struct junklines_doc *d, unsigned i)
{
    unsigned k = i + 1;
    while (k < d->n && k < i + 9 && d->v[k].rule >= 0)
        k++;
    return k < d->n && (d->v[k].prose || (d->v[k].sentence && k + 1 < d->n && d->v[k + 1].prose));
}

/* Is there a sentence behind line i, with nothing but furniture that the rules know between? */
static bool leads_to_sentence(const struct junklines_doc *d, unsigned i)
{
    unsigned k = i + 1;
    while (k < d->n && k < i + 9 && d->v[k].rule >= 0)
        k++;
    return k < d->n && d->v[k].sentence;
}

/* In a copy of an article, not of a whole page, and before its first sentence: the first line
 * that is more than a word or two and no furniture that the rules know, or the last such line. */
static bool headline(const struct junklines_doc *d, unsigned i)
{
    const struct junklines_line *l = &d->v[i];
    bool last = leads_to_sentence(d, i);
    if (d->n > ARTICLE_LINES || i > 8 || l->words < 3 || l->chars < 18 || l->caps > 4) return false;
    while (i--)
        if (d->v[i].rule == JUNKLINES_NONE && (last ? d->v[i].sentence : d->v[i].words > 2))
            return false;
    return true;
}

bool junklines_heading(const struct junklines_doc *d, unsigned i)
{
    const struct junklines_line *l = &d->v[i];
    /* a short line behind a credit inside the text is a caption */
    bool top = junklines_body(d, i) < 9, after = i == 0 || l[-1].prose || (l[-1].rule >= 0 && top);
    return l->rule == JUNKLINES_NONE && l->chars >= 8 && l->chars <= 110 && l->words >= 2 &&
           l->words <= 6 && (l->ending >= 6 && l->ending <= 8) && l->starts && !l->copies &&
           (headline(d, i) || (after && leads_to_prose(d, i)));
}

/* In a copy of an article most lines are real: there a line is dropped only when the model is this
 * much surer, a sentence even more. In a copy of a whole page few are. */
static float caution(const struct junklines_doc *d, const struct junklines_line *l)
{
    if (d->n > ARTICLE_LINES) return junklines_row(d, 0) < JUNKLINES_SIZES / 2 ? -0.5f : 0;
    if (l->sentence) return l->words >= 7 ? 5.0f : 3.0f;
    return l->ending == 0 && l->starts && l->stops > 0 ? 2.0f : 1.0f; /* "Branches were shut." */
}

static int verdict_of_line(const struct junklines_doc *d, unsigned i,
                           const struct junklines_policy *p)
{
    const struct junklines_line *l = &d->v[i];
    float odds = l->score + p->bias - caution(d, l);
    if (l->rule >= 0) return l->rule;
    if (!p->model || l->rule == JUNKLINES_KEEP || odds <= 0) return JUNKLINES_NONE;
    return p->keep_headings && junklines_heading(d, i) ? JUNKLINES_NONE : JUNKLINES_MODEL;
}

enum { FEW_LINES = 5 };

/* A few lines tell the model too little of what they stand among: it may not take all that the
 * rules leave of them. The only line of a text is the text, whatever it reads like. */
int junklines_verdict(const struct junklines_doc *d, unsigned i, const struct junklines_policy *p)
{
    const int verdict = verdict_of_line(d, i, p);
    if (d->n == 1) return JUNKLINES_NONE;
    if (verdict != JUNKLINES_MODEL || d->n > FEW_LINES) return verdict;
    for (unsigned k = 0; k < d->n; k++)
        if (verdict_of_line(d, k, p) == JUNKLINES_NONE) return verdict;
    return JUNKLINES_NONE;
}

/* SPDX-License-Identifier: MIT */
/* tools/train-junklines.c - trains the line model of the junklines plugin and writes
 * plugins/junklines/model_data.c. Deterministic: the same input gives the same weights.
 *
 * usage: train-junklines RULES LINES >model_data.c
 *
 * LINES holds documents: a line "= NAME WEIGHT FOLD" starts one, then "1<tab>text" (keep) or
 * "0<tab>text" (drop) for each line of it; tools/junklines-lines makes it. NAMEs that start with
 * "page", "prose", "variant" and anything else (articles) are scored apart. Cross-validated figures
 * go to standard error. */
#include "junklines/model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDS = 5, EPOCHS = 8, EPOCHS2 = 30 };

struct sample {
    struct junklines_doc doc;
    char *label;
    float weight;
    int page; /* 0 article, 1 page, 2 prose, 3 variant */
    int fold;
    char *text;
    size_t n;
    uint32_t **facts;
    unsigned *nfacts;
};

static struct sample *docs;
static size_t ndocs;

static void *must(void *p)
{
    if (!p) {
        fputs("out of memory\n", stderr);
        exit(1);
    }
    return p;
}

static char *slurp(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    char *p = NULL;
    size_t cap = 0;
    *n = 0;
    if (!f) {
        perror(path);
        exit(1);
    }
    do {
        cap = cap ? cap * 2 : 1 << 20;
        p = must(realloc(p, cap));
        *n += fread(p + *n, 1, cap - *n, f);
    } while (*n == cap);
    fclose(f);
    return p;
}

static void read_docs(char *p, size_t n)
{
    size_t i = 0, cap = 0, labels = 0;
    struct sample *s = NULL;
    while (i < n) {
        char *nl = memchr(p + i, '\n', n - i);
        size_t len = nl ? (size_t)(nl - p) - i : n - i;
        if (p[i] == '=') {
            if (ndocs == cap)
                docs = must(realloc(docs, (cap = cap ? cap * 2 : 256) * sizeof *docs));
            s = &docs[ndocs++];
            memset(s, 0, sizeof *s);
            s->page = strncmp(p + i, "= page", 6) == 0 ? 1
                      : p[i + 2] == 'p'                ? 2
                      : p[i + 2] == 'v'                ? 3
                                                       : 0;
            if (sscanf(p + i + 2, "%*s %f %d", &s->weight, &s->fold) != 2) must(NULL);
            s->text = must(malloc(1));
            s->label = must(malloc(1));
            labels = 0;
        } else if (s && len > 2) {
            s->label = must(realloc(s->label, labels + 1));
            s->label[labels++] = p[i] == '0';
            s->text = must(realloc(s->text, s->n + len));
            memcpy(s->text + s->n, p + i + 2, len - 2);
            s->n += len - 2;
            s->text[s->n++] = '\n';
        }
        i += len + 1;
    }
}

static void take_facts(const struct junklines_rules *r)
{
    for (size_t i = 0; i < ndocs; i++) {
        struct sample *s = &docs[i];
        if (!junklines_read(&s->doc, r, s->text, s->n)) must(NULL);
        s->facts = must(calloc(s->doc.n + 1, sizeof *s->facts));
        s->nfacts = must(calloc(s->doc.n + 1, sizeof *s->nfacts));
        for (unsigned k = 0; k < s->doc.n; k++) {
            uint32_t f[JUNKLINES_ACTIVE];
            s->nfacts[k] = junklines_facts(&s->doc, k, f);
            s->facts[k] = must(malloc(s->nfacts[k] * sizeof *f + 1));
            memcpy(s->facts[k], f, s->nfacts[k] * sizeof *f);
        }
    }
}

/* Losing a long real line costs more than leaving a short junk line in, most of all in the copy of
 * an article, where there is little junk. */
static float cost(const struct sample *s, unsigned k)
{
    float c = s->doc.v[k].chars > 400 ? 400.0f : s->doc.v[k].chars;
    float keep = (0.6f + c / 120.0f) * (s->page == 1 ? 1.0f : 4.0f);
    return s->weight * (s->label[k] ? 1.0f : keep);
}

static float dot(const float *w, const uint32_t *f, unsigned n)
{
    float sum = 0;
    for (unsigned i = 0; i < n; i++)
        sum += w[f[i]];
    return sum;
}

/* Adagrad over the documents outside a fold (fold -1: all). */
static void train1(float *w, int fold)
{
    float *g2 = must(calloc(JUNKLINES_WEIGHTS, sizeof *g2));
    memset(w, 0, JUNKLINES_WEIGHTS * sizeof *w);
    for (int epoch = 0; epoch < EPOCHS; epoch++)
        for (size_t d = 0; d < ndocs; d++) {
            size_t at = (d * 7919 + (size_t)epoch * 104729) % ndocs;
            struct sample *s = &docs[at];
            if (s->fold == fold) continue;
            for (unsigned k = 0; k < s->doc.n; k++) {
                float p = 1 / (1 + expf(-dot(w, s->facts[k], s->nfacts[k])));
                float g = (p - (float)s->label[k]) * cost(s, k);
                if (fabsf(g) < 1e-3f) continue;
                for (unsigned j = 0; j < s->nfacts[k]; j++) {
                    uint32_t f = s->facts[k][j];
                    float gj = g + 2e-4f * w[f];
                    g2[f] += gj * gj;
                    w[f] -= 0.06f * gj / (sqrtf(g2[f]) + 1e-3f);
                }
            }
        }
    free(g2);
}

static void apply1(const float *w, int fold)
{
    for (size_t d = 0; d < ndocs; d++)
        if (fold < 0 || docs[d].fold == fold) {
            struct sample *s = &docs[d];
            for (unsigned k = 0; k < s->doc.n; k++)
                s->doc.v[k].first = dot(w, s->facts[k], s->nfacts[k]);
            if (!junklines_sums(&s->doc)) must(NULL);
        }
}

static void train2(float w[JUNKLINES_SIZES][JUNKLINES_INPUTS], int fold)
{
    float g2[JUNKLINES_SIZES][JUNKLINES_INPUTS] = {{0}}, in[JUNKLINES_INPUTS];
    memset(w, 0, sizeof g2);
    for (int z = 0; z < JUNKLINES_SIZES; z++)
        w[z][1] = 1;
    for (int epoch = 0; epoch < EPOCHS2; epoch++)
        for (size_t d = 0; d < ndocs; d++) {
            size_t at = (d * 7919 + (size_t)epoch * 104729) % ndocs;
            struct sample *s = &docs[at];
            if (s->fold == fold) continue;
            for (unsigned k = 0; k < s->doc.n; k++) {
                unsigned z = junklines_row(&s->doc, k);
                float sum = 0, g;
                junklines_inputs(&s->doc, k, in);
                for (int j = 0; j < JUNKLINES_INPUTS; j++)
                    sum += w[z][j] * in[j];
                g = (1 / (1 + expf(-sum)) - (float)s->label[k]) * cost(s, k);
                for (int j = 0; j < JUNKLINES_INPUTS; j++) {
                    float gj = g * in[j];
                    g2[z][j] += gj * gj;
                    w[z][j] -= 0.05f * gj / (sqrtf(g2[z][j]) + 1e-3f);
                }
            }
        }
}

static void apply2(float w[JUNKLINES_SIZES][JUNKLINES_INPUTS], int fold)
{
    float in[JUNKLINES_INPUTS];
    for (size_t d = 0; d < ndocs; d++)
        if (fold < 0 || docs[d].fold == fold)
            for (unsigned k = 0; k < docs[d].doc.n; k++) {
                float *v = w[junklines_row(&docs[d].doc, k)], sum = 0;
                junklines_inputs(&docs[d].doc, k, in);
                for (int j = 0; j < JUNKLINES_INPUTS; j++)
                    sum += v[j] * in[j];
                docs[d].doc.v[k].score = sum;
            }
}

static void report(const char *what, int page, int second)
{
    for (float t = -2; t < 3.01f; t += 0.5f) {
        double tp = 0, fp = 0, fn = 0, lost = 0, chars = 0;
        for (size_t d = 0; d < ndocs; d++)
            for (unsigned k = 0; docs[d].page == page && k < docs[d].doc.n; k++) {
                const struct junklines_line *l = &docs[d].doc.v[k];
                struct junklines_policy policy = {true, true, -t};
                int drop = second ? junklines_verdict(&docs[d].doc, k, &policy) != JUNKLINES_NONE
                                  : l->rule >= 0 || l->first > t;
                int junk = docs[d].label[k];
                tp += drop && junk;
                fp += drop && !junk;
                fn += !drop && junk;
                chars += junk ? 0 : l->chars;
                lost += junk || !drop ? 0 : l->chars;
            }
        fprintf(stderr, "%s bias %+.1f: F1 %.4f P %.4f R %.4f, lost %.0f lines, %.2f %% chars\n",
                what, -t, 2 * tp / (2 * tp + fp + fn), tp / (tp + fp + 1e-9), tp / (tp + fn), fp,
                100 * lost / chars);
    }
}

static void write_weights(const float *w, float w2[JUNKLINES_SIZES][JUNKLINES_INPUTS])
{
    puts("/* SPDX-License-Identifier: MIT */\n"
         "/* plugins/junklines/model_data.c - weights of the line model.\n"
         " * Made by tools/train-junklines: do not edit. */\n"
         "#include \"model.h\"\n\n/* clang-format off */\n"
         "const int16_t junklines_weight[JUNKLINES_WEIGHTS] = {");
    for (int i = 0; i < JUNKLINES_WEIGHTS; i++) {
        float x = roundf(w[i] * 1024);
        printf("%d,%s",
               (int)(x > 32767    ? 32767
                     : x < -32767 ? -32767
                                  : x),
               i % 24 == 23 ? "\n" : "");
    }
    puts("};\nconst float junklines_layer2[JUNKLINES_SIZES][JUNKLINES_INPUTS] = {");
    for (int z = 0; z < JUNKLINES_SIZES; z++) {
        printf("{");
        for (int j = 0; j < JUNKLINES_INPUTS; j++)
            printf("%.4ff,", (double)w2[z][j]);
        puts("},");
    }
    puts("};");
}

int main(int argc, char **argv)
{
    struct junklines_rules *r = must(junklines_rules_new());
    float *w = must(malloc(JUNKLINES_WEIGHTS * sizeof *w));
    float w2[JUNKLINES_SIZES][JUNKLINES_INPUTS], cv2[JUNKLINES_SIZES][JUNKLINES_INPUTS];
    const char *why = "";
    char *text;
    size_t n;
    if (argc != 3) {
        fputs("usage: train-junklines RULES LINES >model_data.c\n", stderr);
        return 2;
    }
    text = slurp(argv[1], &n);
    if (junklines_rules_add(r, text, n, &why) || !junklines_rules_ready(r)) {
        fprintf(stderr, "%s: %s\n", argv[1], why);
        return 1;
    }
    text = slurp(argv[2], &n);
    read_docs(text, n);
    take_facts(r);
    for (int fold = 0; fold < FOLDS; fold++) {
        train1(w, fold);
        apply1(w, fold);
    }
    report("pages, layer 1", 1, 0);
    for (int fold = 0; fold < FOLDS; fold++) {
        train2(cv2, fold);
        apply2(cv2, fold);
    }
    report("pages", 1, 1);
    report("articles", 0, 1);
    report("prose", 2, 1);
    report("variants", 3, 1);
    train2(w2, -1);
    train1(w, -1);
    write_weights(w, w2);
    return 0;
}

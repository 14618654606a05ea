/* SPDX-License-Identifier: MIT */
/* tools/train-sentences.c - trains the model of the sentences plugin and scores it. Deterministic;
 * uses the plugin's own scan and features, so that what is learnt is what runs.
 *
 *   train-sentences train MODEL.c TRAIN.plain... -- DEV.plain...   logistic regression, writes C
 *   train-sentences cross TRAIN.plain...                           five-fold cross-validation
 *   train-sentences eval rules|model off|lines|all FILE.plain...   sentence F1
 *   train-sentences split rules|model off|lines|all FILE.plain     predictions, plain, to stdout
 *   train-sentences errors rules|model off|lines|all FILE.plain    every wrong and missed cut
 *
 * FILE.plain is made by tools/sentence-data.py. */
#include "../plugins/sentences/decide.h"
#include "../plugins/sentences/model.h"
#include "../plugins/sentences/split.h"
#include "text/chars.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDS = 5, EPOCHS = 16, WEIGHTS = 1 << FEATURE_BITS, CASES = 1 << CASE_BITS };
static const double RATE = 0.1, L1 = 0.5, L2 = 20, EARLY_LOSS = 0.06, STOP_LOSS = 0.0005;

typedef struct span {
    uint32_t beg, end;
} span;

typedef struct doc {
    char name[256];
    char *text;
    span *sent;
    uint32_t n, nsent;
    uint32_t fold; /* the same for a document and the copies made of it */
    int file;      /* number of the file it was read from */
} doc;

typedef struct corpus {
    doc *v;
    size_t n, cap;
} corpus;

typedef struct example {
    uint32_t first; /* index into features */
    uint8_t n, yes, kind;
} example;

/* The state of one pass over a corpus: examples when training, spans when scoring. */
typedef struct pass {
    const doc *d;
    const sentences_model *model;
    sentences_lexicon lex;
    uint32_t at; /* next gold sentence */
    example *ex;
    uint32_t *feature;
    size_t nex, capex, nfeature, capfeature;
    span *out;
    size_t nout, capout;
} pass;

static void die(const char *what, const char *name)
{
    fprintf(stderr, "train-sentences: %s: %s\n", name, what);
    exit(1);
}

static void *grow(void *p, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap) return p;
    *cap = need * 2 + 1024;
    p = realloc(p, *cap * size);
    if (!p) die("out of memory", "");
    return p;
}

/* "line:NAME-3" and "abbr:NAME" are copies of NAME; "case:NAME" is a list of words. */
static uint32_t fold_of(const char *name)
{
    int layout = strncmp(name, "line:", 5) == 0;
    const char *from = layout || strncmp(name, "abbr:", 5) == 0 ? name + 5 : name;
    const char *to = layout ? strrchr(from, '-') : NULL;
    return sentences_word_key(from, to ? (size_t)(to - from) : strlen(from)) % FOLDS;
}

static void read_docs(corpus *c, const char *path, int file)
{
    FILE *f = fopen(path, "rb");
    doc d = {.file = file};
    if (!f) die("cannot be opened", path);
    while (fscanf(f, "#doc %255s %u %u", d.name, &d.n, &d.nsent) == 3) {
        uint32_t i;
        size_t spare = 0, cap = 0;
        d.text = grow(NULL, &spare, (size_t)d.n + 1, 1);
        d.sent = grow(NULL, &cap, d.nsent, sizeof *d.sent);
        if (fgetc(f) != '\n' || fread(d.text, 1, d.n, f) != d.n) die("cut short", path);
        for (i = 0; i < d.nsent; i++)
            if (fscanf(f, "%u %u", &d.sent[i].beg, &d.sent[i].end) != 2)
                die("a sentence line is not two numbers", path);
        fgetc(f);
        d.fold = fold_of(d.name);
        c->v = grow(c->v, &c->cap, c->n + 1, sizeof *c->v);
        c->v[c->n++] = d;
    }
    if (!feof(f)) die("a line that is not #doc", path);
    fclose(f);
}

/* ---- training ------------------------------------------------------------------------------- */

static uint32_t lower_count[CASES], upper_count[CASES];
static uint8_t word_case[CASES / 4];
static int8_t weight[WEIGHTS], early[1 << EARLY_BITS];
static int space_limit, stop_limit;

/* Counts how words are written inside gold sentences; their first words tell nothing. */
static void count_case(const doc *d)
{
    uint32_t i, at, end;
    for (i = 0; i < d->nsent; i++) {
        int first = 1;
        for (at = d->sent[i].beg; at < d->sent[i].end; at = end) {
            unsigned len;
            int class = qn_char_class(qn_char_get(d->text + at, &len)), c = class;
            end = at + len;
            if (class != QN_CH_LOWER && class != QN_CH_UPPER) continue;
            while (end < d->sent[i].end && c >= QN_CH_LOWER && c <= QN_CH_DIGIT) {
                c = qn_char_class(qn_char_get(d->text + end, &len));
                end += c >= QN_CH_LOWER && c <= QN_CH_DIGIT ? len : 0;
            }
            if (!first) {
                uint32_t slot = sentences_case_slot(sentences_word_key(d->text + at, end - at));
                (class == QN_CH_LOWER ? lower_count : upper_count)[slot]++;
            }
            first = 0;
        }
    }
}

static void make_case_table(void)
{
    uint32_t i;
    for (i = 0; i < CASES; i++) {
        uint32_t lo = lower_count[i], up = upper_count[i];
        unsigned c = lo + up < 2   ? CASE_UNKNOWN
                     : lo > 4 * up ? CASE_LOWER
                     : up > 4 * lo ? CASE_UPPER
                                   : CASE_BOTH;
        word_case[i >> 2] = (uint8_t)(word_case[i >> 2] | c << (2 * (i & 3)));
    }
}

/* Lists of words say how these are written, nothing else. */
static int is_words(const doc *d)
{
    return strncmp(d->name, "case:", 5) == 0;
}

/* 1 when a gold sentence starts at the gap's right side. */
static int gold(pass *p, const gap *g)
{
    while (p->at < p->d->nsent && p->d->sent[p->at].beg < g->right)
        p->at++;
    return p->at < p->d->nsent && p->d->sent[p->at].beg == g->right;
}

/* Copies with abbreviations put in teach only what stands before them. */
static int has_short_form(const gap *g)
{
    return g->kind == GAP_STOP && ((g->l1.lex & LEX_ABBREVIATION) || g->l1.shape == SHAPE_UPPER1 ||
                                   g->l1.shape == SHAPE_DOTTED || g->l1.shape == SHAPE_INITIALS);
}

static int learn(void *arg, const gap *g)
{
    pass *p = arg;
    example *e;
    int yes = gold(p, g);
    if (strncmp(p->d->name, "abbr:", 5) == 0 && !has_short_form(g))
        return yes ? DECIDE_SURE : -DECIDE_SURE;
    p->ex = grow(p->ex, &p->capex, p->nex + 1, sizeof *p->ex);
    p->feature = grow(p->feature, &p->capfeature, p->nfeature + FEATURES_MAX, sizeof *p->feature);
    e = &p->ex[p->nex++];
    e->first = (uint32_t)p->nfeature;
    e->n = (uint8_t)sentences_features(g, word_case, p->feature + p->nfeature);
    e->yes = (uint8_t)yes;
    e->kind = g->kind;
    p->nfeature += e->n;
    return e->yes ? DECIDE_SURE : -DECIDE_SURE;
}

static int learn_early(void *arg, const gap *g)
{
    pass *p = arg;
    example *e;
    int yes = gold(p, g);
    gap plain = *g;
    if ((g->kind == GAP_SPACE || sentences_is_plain_stop(&plain, p->d->text, &p->lex)) &&
        strncmp(p->d->name, "abbr:", 5) != 0) {
        p->ex = grow(p->ex, &p->capex, p->nex + 1, sizeof *p->ex);
        p->feature =
            grow(p->feature, &p->capfeature, p->nfeature + FEATURES_MAX, sizeof *p->feature);
        e = &p->ex[p->nex++];
        e->first = (uint32_t)p->nfeature;
        e->n = (uint8_t)sentences_early_features(g, word_case, p->feature + p->nfeature);
        e->yes = (uint8_t)yes;
        e->kind = g->kind;
        p->nfeature += e->n;
    }
    return yes ? DECIDE_SURE : -DECIDE_SURE;
}

static int keep(void *arg, uint32_t beg, uint32_t end, int score)
{
    pass *p = arg;
    (void)score;
    p->out = grow(p->out, &p->capout, p->nout + 1, sizeof *p->out);
    p->out[p->nout++] = (span){beg, end};
    return 0;
}

static void shuffle(uint32_t *order, size_t n)
{
    uint64_t state = 88172645463325252u;
    size_t i;
    for (i = n; i > 1; i--) {
        size_t j;
        uint32_t t;
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        j = state % i;
        t = order[i - 1];
        order[i - 1] = order[j];
        order[j] = t;
    }
}

/* Logistic regression by FTRL-proximal: L1 keeps rare features at zero, L2 the others small. */
static void fit(const pass *p, int8_t *out, size_t size)
{
    static double w[WEIGHTS], z[WEIGHTS], g2[WEIGHTS];
    size_t spare = 0, i;
    uint32_t *order = grow(NULL, &spare, p->nex, sizeof *order);
    int epoch, k;
    memset(w, 0, sizeof w);
    memset(z, 0, sizeof z);
    memset(g2, 0, sizeof g2);
    for (i = 0; i < p->nex; i++)
        order[i] = (uint32_t)i;
    for (epoch = 0; epoch < EPOCHS; epoch++) {
        double loss = 0;
        shuffle(order, p->nex);
        for (i = 0; i < p->nex; i++) {
            const example *e = &p->ex[order[i]];
            const uint32_t *f = p->feature + e->first;
            double sum = 0, prob, g;
            for (k = 0; k < e->n; k++)
                sum += w[f[k]];
            prob = 1 / (1 + exp(-sum));
            loss -= log(fmax(e->yes ? prob : 1 - prob, 1e-12));
            g = prob - e->yes;
            for (k = 0; k < e->n; k++) {
                uint32_t x = f[k];
                double s = (sqrt(g2[x] + g * g) - sqrt(g2[x])) / RATE;
                z[x] += g - s * w[x];
                g2[x] += g * g;
                w[x] = fabs(z[x]) <= L1
                           ? 0
                           : ((z[x] > 0 ? L1 : -L1) - z[x]) / ((1 + sqrt(g2[x])) / RATE + L2);
            }
        }
        fprintf(stderr, "epoch %d: mean loss %.5f\n", epoch + 1, loss / (double)p->nex);
    }
    for (i = 0; i < size; i++) {
        double q = nearbyint(w[i] * MODEL_SCALE);
        out[i] = (int8_t)(q > 127 ? 127 : q < -127 ? -127 : q);
    }
    free(order);
}

static int early_sum(const pass *p, const example *e)
{
    int sum = 0, k;
    for (k = 0; k < e->n; k++)
        sum += early[p->feature[e->first + (uint32_t)k]];
    return sum;
}

static int ascending(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/* The limit below which EARLY_LOSS of the true cuts without a stop lie, and the one above which of
 * plain stops but STOP_LOSS are true cuts. */
static void set_limits(const pass *p)
{
    size_t spare = 0, n[2] = {0, 0}, i, kept[2] = {0, 0}, all[2] = {0, 0};
    int *sum = grow(NULL, &spare, 2 * p->nex, sizeof *sum), *no = sum + p->nex;
    for (i = 0; i < p->nex; i++) {
        const example *e = &p->ex[i];
        if (e->kind == GAP_SPACE && e->yes) sum[n[0]++] = early_sum(p, e);
        if (e->kind == GAP_STOP && !e->yes) no[n[1]++] = early_sum(p, e);
        all[e->kind == GAP_STOP]++;
    }
    qsort(sum, n[0], sizeof *sum, ascending);
    qsort(no, n[1], sizeof *no, ascending);
    space_limit = n[0] ? sum[(size_t)((double)n[0] * EARLY_LOSS)] : 0;
    i = (size_t)((double)all[1] * STOP_LOSS);
    stop_limit = n[1] > i ? no[n[1] - 1 - i] : 0;
    if (stop_limit < 0) stop_limit = 0;
    for (i = 0; i < p->nex; i++)
        if (p->ex[i].kind == GAP_STOP)
            kept[1] += early_sum(p, &p->ex[i]) <= stop_limit;
        else
            kept[0] += early_sum(p, &p->ex[i]) >= space_limit;
    fprintf(stderr, "second look: %zu of %zu blanks, %zu of %zu plain stops\n", kept[0], all[0],
            kept[1], all[1]);
    free(sum);
}

static void write_table(FILE *f, const char *type, const char *name, const void *v, size_t n,
                        int is_signed)
{
    size_t i;
    fprintf(f, "static const %s %s[%zu] = {", type, name, n);
    for (i = 0; i < n; i++)
        fprintf(f, "%s%d,", i % 24 ? "" : "\n    ",
                is_signed ? ((const int8_t *)v)[i] : ((const uint8_t *)v)[i]);
    fprintf(f, "\n};\n");
}

static void write_model(const char *path)
{
    FILE *f = fopen(path, "w");
    if (!f) die("cannot be written", path);
    fprintf(f, "/* SPDX-License-Identifier: MIT */\n"
               "/* plugins/sentences/model_data.c - written by tools/train-sentences; see "
               "models/README.md. */\n#include \"model.h\"\n\n");
    write_table(f, "int8_t", "weight", weight, WEIGHTS, 1);
    write_table(f, "uint8_t", "word_case", word_case, CASES / 4, 0);
    write_table(f, "int8_t", "early", early, 1 << EARLY_BITS, 1);
    fprintf(f, "const sentences_model sentences_english = {weight, word_case, early, %d, %d};\n",
            space_limit, stop_limit);
    if (fclose(f)) die("cannot be written", path);
}

/* ---- scoring -------------------------------------------------------------------------------- */

static int by_rules(void *arg, const gap *g)
{
    (void)arg;
    return sentences_rules(g);
}

static int by_model(void *arg, const gap *g)
{
    return sentences_score(g, ((pass *)arg)->model);
}

static int early_look(void *arg, const gap *g)
{
    return sentences_early(g, ((pass *)arg)->model);
}

static void set_up(sentences_params *p, int gaps, pass *state)
{
    memset(p, 0, sizeof *p);
    p->lex.table = sentences_find_lexicon("en");
    state->lex = p->lex;
    p->gaps = gaps;
    p->emit = keep;
    p->arg = state;
}

static void run(const doc *d, sentences_params *p, pass *state)
{
    uint64_t work = 0;
    state->d = d;
    state->at = 0;
    state->nout = 0;
    sentences_split(d->text, d->n, p, &work);
}

static size_t hits(const doc *d, const pass *state)
{
    size_t i = 0, j = 0, hit = 0;
    while (i < d->nsent && j < state->nout) {
        if (d->sent[i].beg == state->out[j].beg && d->sent[i].end == state->out[j].end) hit++;
        if (d->sent[i].end <= state->out[j].end)
            i++;
        else
            j++;
    }
    return hit;
}

typedef struct result {
    size_t hit, found, gold;
} result;

static void add_score(result *res, const doc *d, sentences_params *p, pass *state)
{
    run(d, p, state);
    res->hit += hits(d, state);
    res->found += state->nout;
    res->gold += d->nsent;
}

static void print_score(const result *r, const char *name)
{
    printf("%-24s F1 %.2f  P %.2f  R %.2f  (%zu gold, %zu found)\n", name,
           200.0 * (double)r->hit / (double)(r->found + r->gold),
           100.0 * (double)r->hit / (double)r->found, 100.0 * (double)r->hit / (double)r->gold,
           r->gold, r->found);
}

static void score(const corpus *c, sentences_params *p, pass *state, const char *name)
{
    result res = {0};
    size_t i;
    for (i = 0; i < c->n; i++)
        add_score(&res, &c->v[i], p, state);
    print_score(&res, name);
}

static void show(const doc *d, uint32_t at, const char *what)
{
    uint32_t from = at > 50 ? at - 50 : 0, to = d->n - at > 40 ? at + 40 : d->n, i;
    printf("%s: ", what);
    for (i = from; i < to; i++) {
        if (i == at) fputs(" [|] ", stdout);
        putchar(d->text[i] == '\n' ? '$' : d->text[i]);
    }
    printf("   (%s)\n", d->name);
}

static void errors(const corpus *c, sentences_params *p, pass *state)
{
    size_t k;
    for (k = 0; k < c->n; k++) {
        const doc *d = &c->v[k];
        size_t i = 0, j = 0;
        run(d, p, state);
        while (i < d->nsent || j < state->nout) {
            uint32_t a = i < d->nsent ? d->sent[i].beg : UINT32_MAX;
            uint32_t b = j < state->nout ? state->out[j].beg : UINT32_MAX;
            if (a < b)
                show(d, a, "MISS ");
            else if (b < a)
                show(d, b, "SPLIT");
            i += a <= b;
            j += b <= a;
        }
    }
}

static void print_plain(const corpus *c, sentences_params *p, pass *state)
{
    size_t i, j;
    for (i = 0; i < c->n; i++) {
        run(&c->v[i], p, state);
        printf("#doc %s %u %zu\n%.*s\n", c->v[i].name, c->v[i].n, state->nout, (int)c->v[i].n,
               c->v[i].text);
        for (j = 0; j < state->nout; j++)
            printf("%u %u\n", state->out[j].beg, state->out[j].end);
    }
}

/* Learns from all documents but those of fold `out`; returns the model, which lives in the tables
 * above. */
static sentences_model learn_model(const corpus *c, uint32_t out)
{
    sentences_model model = {weight, word_case, early, 0, 0};
    pass state = {0};
    sentences_params p;
    size_t i;
    int first_look;
    memset(lower_count, 0, sizeof lower_count);
    memset(upper_count, 0, sizeof upper_count);
    memset(word_case, 0, sizeof word_case);
    for (i = 0; i < c->n; i++)
        if (c->v[i].fold != out || is_words(&c->v[i])) count_case(&c->v[i]);
    make_case_table();
    set_up(&p, GAPS_ALL, &state);
    for (first_look = 0; first_look < 2; first_look++) {
        state.nex = state.nfeature = 0;
        p.decide = first_look ? learn_early : learn;
        for (i = 0; i < c->n; i++)
            if (c->v[i].fold != out && !is_words(&c->v[i])) run(&c->v[i], &p, &state);
        fprintf(stderr, "%zu examples, %zu features\n", state.nex, state.nfeature);
        if (first_look)
            fit(&state, early, 1 << EARLY_BITS);
        else
            fit(&state, weight, WEIGHTS);
    }
    set_limits(&state);
    model.space_limit = space_limit;
    model.stop_limit = stop_limit;
    free(state.ex);
    free(state.feature);
    return model;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void train(int argc, char **argv)
{
    corpus c = {0}, dev;
    pass state = {0};
    sentences_params p;
    sentences_model model;
    int k, gaps;
    for (k = 1; k < argc && strcmp(argv[k], "--") != 0; k++)
        read_docs(&c, argv[k], k);
    model = learn_model(&c, FOLDS);
    write_model(argv[0]);
    set_up(&p, GAPS_ALL, &state);
    state.model = &model;
    p.decide = by_model;
    p.early = early_look;
    for (k++; k < argc; k++) {
        for (gaps = GAPS_LINES; gaps <= GAPS_ALL; gaps++) {
            dev = (corpus){0};
            read_docs(&dev, argv[k], k);
            p.gaps = gaps;
            printf("%-6s ", gaps == GAPS_ALL ? "all" : "lines");
            score(&dev, &p, &state, base_name(argv[k]));
        }
    }
}

/* Every document is scored by a model that saw neither it nor a copy of it. */
static void cross(int argc, char **argv)
{
    corpus c = {0};
    pass state = {0};
    sentences_params p;
    sentences_model model;
    uint32_t fold;
    size_t cap = 0, i;
    result *res = grow(NULL, &cap, (size_t)argc * 2, sizeof *res);
    int k;
    memset(res, 0, cap * sizeof *res);
    for (k = 0; k < argc; k++)
        read_docs(&c, argv[k], k);
    set_up(&p, GAPS_ALL, &state);
    state.model = &model;
    p.decide = by_model;
    p.early = early_look;
    for (fold = 0; fold < FOLDS; fold++) {
        model = learn_model(&c, fold);
        for (i = 0; i < 2 * c.n; i++) {
            const doc *d = &c.v[i / 2];
            p.gaps = i & 1 ? GAPS_ALL : GAPS_LINES;
            if (d->fold == fold && !is_words(d))
                add_score(&res[2 * (size_t)d->file + (i & 1)], d, &p, &state);
        }
    }
    for (k = 0; k < 2 * argc; k++) {
        if (res[k].gold == 0) continue;
        printf("%-6s ", k & 1 ? "all" : "lines");
        print_score(&res[k], base_name(argv[k / 2]));
    }
    free(res);
}

static int gaps_of(const char *word)
{
    return strcmp(word, "off") == 0 ? GAPS_OFF : strcmp(word, "all") == 0 ? GAPS_ALL : GAPS_LINES;
}

int main(int argc, char **argv)
{
    corpus c;
    pass state = {0};
    sentences_params p;
    int k;
    if (argc > 3 && strcmp(argv[1], "train") == 0) {
        train(argc - 2, argv + 2);
        return 0;
    }
    if (argc > 2 && strcmp(argv[1], "cross") == 0) {
        cross(argc - 2, argv + 2);
        return 0;
    }
    if (argc < 5) {
        fputs("usage: train-sentences train|cross|eval|split|errors ... (see the source's head)\n",
              stderr);
        return 2;
    }
    set_up(&p, gaps_of(argv[3]), &state);
    p.decide = strcmp(argv[2], "rules") == 0 ? by_rules : by_model;
    p.early = p.decide == by_model ? early_look : NULL;
    state.model = &sentences_english;
    for (k = 4; k < argc; k++) {
        c = (corpus){0};
        read_docs(&c, argv[k], k);
        if (strcmp(argv[1], "eval") == 0)
            score(&c, &p, &state, argv[k]);
        else if (strcmp(argv[1], "errors") == 0)
            errors(&c, &p, &state);
        else
            print_plain(&c, &p, &state);
    }
    return 0;
}

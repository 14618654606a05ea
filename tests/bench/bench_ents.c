/* SPDX-License-Identifier: MIT */
/* tests/bench/bench_ents.c - values, gazetteer and mentions in tokens a second on one thread, the
 * very plugins, beside the least that any finder must do in the same run: hash every token and look
 * it up in a table of 64 KiB. bench_ents [PLUGIN_DIR [FILE...]]: the sample articles or given
 * texts. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../../plugins/sentences/split.h"
#include "../../plugins/tokens/tokenize.h"
#include "batch.h"
#include "quern/plugin.h"

enum { DOCS = 64, RUNS = 7, SPANS = 1 << 16, LAYERS = 8 };
enum { SENTS = 1, TOKENS, ENTS, VALUES, LINKS, CHAINS };

struct doc {
    qn_str text;
    qn_layer sents, tokens;
};

struct stage {
    const qn_plugin *plugin;
    qn_ctx cx;
    void *options;
    qn_layer_id needs[8], makes[8];
    qn_name names[64];
    uint64_t count[16];
};

static struct doc docs[DOCS];
static uint32_t ndoc;
static uint64_t ntoken;
static tokens_out sents, tokens;

/* ---- documents --------------------------------------------------------------------------------
 */

static int full(tokens_out *o)
{
    o->n = 0;
    return 0;
}

static int keep(void *arg, uint32_t beg, uint32_t end, int score)
{
    (void)arg;
    (void)score;
    if (sents.n == sents.cap) return full(&sents);
    sents.v[sents.n] = (qn_span){beg, end, 0, 0, 0};
    sents.n++;
    return 0;
}

static qn_layer copy(const tokens_out *o)
{
    qn_layer l = {malloc((o->n + 1) * sizeof(qn_span)), o->n, o->n};
    if (l.v) memcpy(l.v, o->v, o->n * sizeof *l.v);
    return l;
}

static int read_doc(const char *path)
{
    sentences_params sp = {.gaps = GAPS_ALL, .emit = keep};
    tokens_params tp = {.style = STYLE_UD, .abbrev = tokens_find_abbrevs("en")};
    struct doc *d = &docs[ndoc];
    FILE *f = fopen(path, "rb");
    char *p = malloc(1 << 20);
    uint64_t work = 0;
    size_t n = f && p ? fread(p, 1, 1 << 20, f) : 0;
    if (f) fclose(f);
    if (n == 0 || ndoc == DOCS) {
        free(p);
        return 0;
    }
    d->text = (qn_str){p, n};
    sentences_language(&sp, "en");
    sents.n = tokens.n = 0;
    sentences_split(p, (uint32_t)n, &sp, &work);
    tp.sents = sents.v;
    tp.nsents = sents.n;
    tokens_split(p, (uint32_t)n, &tp, &tokens);
    d->sents = copy(&sents);
    d->tokens = copy(&tokens);
    ntoken += d->tokens.n;
    ndoc++;
    return d->sents.v && d->tokens.v;
}

/* ---- a host, as small as these plugins need it
 * ------------------------------------------------------ */

static const char *words[4096];
static size_t word_size[4096];
static qn_name nword = 1;

static qn_name name(qn_ctx *cx, qn_str word)
{
    qn_name i;
    (void)cx;
    for (i = 1; i < nword; i++)
        if (word_size[i] == word.n && memcmp(words[i], word.p, word.n) == 0) return i;
    words[nword] = word.p;
    word_size[nword] = word.n;
    return nword++;
}

static qn_status fail(qn_ctx *cx, qn_status st, const char *fmt, ...)
{
    (void)cx;
    fprintf(stderr, "bench_ents: %s\n", fmt);
    return st;
}

static qn_status set_meta(qn_ctx *cx, qn_record *r, const qn_meta *m)
{
    (void)cx;
    if (!r->meta) r->meta = qn_alloc(r->batch, 8 * sizeof *r->meta);
    if (r->nmeta < 8) r->meta[r->nmeta++] = *m;
    return QN_OK;
}

static qn_status open_data(qn_ctx *cx, const char *file, qn_str *bytes)
{
    const char *top = getenv("QUERN_DATA_PATH");
    char path[1024];
    FILE *f;
    char *p = malloc(64 << 20);
    (void)cx;
    snprintf(path, sizeof path, "%s/%s", top ? top : "models", file);
    f = fopen(path, "rb");
    if (f && p) {
        bytes->n = fread(p, 1, 64 << 20, f);
        bytes->p = p;
        fclose(f);
        return QN_OK;
    }
    if (f) fclose(f);
    free(p);
    return QN_E_IO;
}

static const qn_host host = {
    .size = sizeof host, .name = name, .fail = fail, .set_meta = set_meta, .open_data = open_data};

static qn_layer_id layer_of(const char *word)
{
    static const char *const known[] = {"", "sents", "tokens", "ents", "values", "links", "chains"};
    qn_layer_id i;
    for (i = 1; i < sizeof known / sizeof *known; i++)
        if (strncmp(known[i], word, strlen(known[i])) == 0) return i;
    return 0;
}

/* Options as their defaults say, as far as these plugins use them. */
static void fill_options(struct stage *s)
{
    const qn_option *o = s->plugin->options;
    s->options = calloc(1, s->plugin->options_size + 64);
    for (; o && o->name && s->options; o++) {
        char *at = (char *)s->options + o->offset;
        if (o->type == QN_BOOL) *(int *)(void *)at = o->def && strcmp(o->def, "true") == 0;
        if (o->type == QN_STRING) *(const char **)(void *)at = o->def;
    }
}

static int open_plugin(struct stage *s, const char *dir, const char *plugin)
{
    char path[1024], symbol[100];
    void *so;
    int i;
    snprintf(path, sizeof path, "%s/%s.so", dir, plugin);
    so = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    snprintf(symbol, sizeof symbol, "%s_LTX_quern_plugin", plugin);
    s->plugin = so ? dlsym(so, symbol) : NULL;
    if (!s->plugin) return 0;
    for (i = 0; s->plugin->needs && s->plugin->needs[i]; i++)
        s->needs[i] = layer_of(s->plugin->needs[i]);
    for (i = 0; s->plugin->makes && s->plugin->makes[i]; i++)
        s->makes[i] = layer_of(s->plugin->makes[i]);
    for (i = 0; s->plugin->names && s->plugin->names[i]; i++)
        s->names[i] = name(NULL, (qn_str){s->plugin->names[i], strlen(s->plugin->names[i])});
    fill_options(s);
    s->cx = (qn_ctx){.size = sizeof s->cx,
                     .host = &host,
                     .options = s->options,
                     .needs = s->needs,
                     .makes = s->makes,
                     .names = s->names,
                     .count = s->count};
    return (!s->plugin->open || s->plugin->open(&s->cx) == QN_OK) &&
           (!s->plugin->enter || s->plugin->enter(&s->cx) == QN_OK);
}

/* ---- measuring
 * ---------------------------------------------------------------------------------------- */

static volatile uint32_t table[1 << 14];

__attribute__((noinline)) static uint64_t limit(const struct doc *d)
{
    uint64_t hits = 0;
    uint32_t i;
    for (i = 0; i < d->tokens.n; i++) {
        const qn_span *t = &d->tokens.v[i];
        uint64_t h = UINT64_C(14695981039346656037);
        uint32_t k;
        for (k = t->beg; k < t->end; k++)
            h = (h ^ (unsigned char)d->text.p[k]) * UINT64_C(1099511628211);
        hits += table[h >> 50];
    }
    return hits;
}

static uint64_t run_stages(const struct doc *d, struct stage *const *s, int n, qn_batch *b)
{
    qn_record *r;
    int i;
    qn_batch_reset(b);
    r = qn_batch_add_record(b, LAYERS);
    if (!r) return 0;
    r->text = r->raw = d->text;
    r->layer[SENTS] = d->sents;
    r->layer[TOKENS] = d->tokens;
    for (i = 0; i < n; i++)
        if (s[i]->plugin->process(&s[i]->cx, r) != QN_OK) return 0;
    return r->layer[ENTS].n;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double measure(const char *what, struct stage *const *s, int n, qn_batch *b, double base)
{
    enum { TOTAL = 2000000 }; /* tokens a run */
    double speed[RUNS];
    uint64_t found = 0, done;
    uint32_t i;
    int run;
    for (run = 0; run < RUNS; run++) {
        double start = seconds();
        for (done = found = 0; done < TOTAL; done += ntoken)
            for (i = 0; i < ndoc; i++)
                found += n ? run_stages(&docs[i], s, n, b) : limit(&docs[i]);
        speed[run] = (double)done / 1e6 / (seconds() - start);
    }
    qsort(speed, RUNS, sizeof *speed, ascending);
    printf("%-32s %7.2f M tokens/s [%.2f-%.2f]", what, speed[RUNS / 2], speed[0], speed[RUNS - 1]);
    if (base > 0) printf("  %.3f of the limit", speed[RUNS / 2] / base);
    printf("  (%llu found)\n", (unsigned long long)found);
    return speed[RUNS / 2];
}

static int read_docs(int argc, char **argv)
{
    static const char *const names[] = {"harbour", "merger", "quake", "telescope"};
    const char *top = getenv("top_srcdir");
    char path[1024];
    int i, ok = 1;
    for (i = 2; i < argc; i++)
        ok &= read_doc(argv[i]);
    for (i = 0; argc <= 2 && i < 4; i++) {
        snprintf(path, sizeof path, "%s/examples/articles/%s.txt", top ? top : ".", names[i]);
        ok &= read_doc(path);
    }
    return ok && ndoc;
}

int main(int argc, char **argv)
{
    static struct stage gazetteer, values, mentions;
    struct stage *all[] = {&gazetteer, &values, &mentions};
    const char *dir = argc > 1 ? argv[1] : ".libs";
    qn_batch *b = qn_batch_new(0);
    double base;
    sents.v = malloc(SPANS * sizeof *sents.v);
    tokens.v = malloc(SPANS * sizeof *tokens.v);
    sents.cap = tokens.cap = SPANS;
    sents.more = tokens.more = full;
    if (!b || !sents.v || !tokens.v || !read_docs(argc, argv)) {
        fputs("bench_ents: no text: run it from the source tree, or give files\n", stderr);
        return 1;
    }
    if (!open_plugin(&gazetteer, dir, "gazetteer") || !open_plugin(&values, dir, "values") ||
        !open_plugin(&mentions, dir, "mentions")) {
        fputs("bench_ents: cannot open the plugins: give their folder\n", stderr);
        return 1;
    }
    printf("%u documents, %llu tokens\n", ndoc, (unsigned long long)ntoken);
    base = measure("limit: hash and look up", NULL, 0, b, 0);
    measure("gazetteer", all, 1, b, base);
    measure("values", all + 1, 1, b, base);
    measure("values, mentions", all + 1, 2, b, base);
    measure("gazetteer, values, mentions", all, 3, b, base);
    return 0;
}

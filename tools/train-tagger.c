/* SPDX-License-Identifier: MIT */
/* tools/train-tagger.c - trains the model of the tagger plugin and runs it on annotated text.
 * Deterministic: the same data and options give the same bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tagger-export.h"
#include "tagger-lists.h"
#include "text/json_write.h"
#include "text/utf8.h"

static const char usage[] =
    "usage: train-tagger train [options] MODEL SET:FILE.jsonl...\n"
    "       train-tagger tag [options] MODEL SET:FILE.jsonl...     found names as JSON lines\n"
    "SET is own, uner, btc, wnut, re3d or gum.\n"
    "  -l FILE   a list of names and words; may repeat\n"
    "  -k FILE   clusters of words, by tools/make-clusters\n"
    "  -s N      seed (1)\n"
    "  -e N      passes over the data (6)\n"
    "  -m N      a feature must occur N times (2)\n"
    "  -r N      learn N times in other orders and take the mean (3)\n"
    "  -d P      share of the features that are dropped at random (0.2)\n"
    "  -c COST   margin by which gold must win (20)\n"
    "  -f A:B:C:D shares of the copies for own, uner, tweets, re3d and gum; repeated: for the\n"
    "            weights of web text (1:0.3:0:0.2, none)\n"
    "  -p N      thousands of rows of each genre (131)\n"
    "  -v SET:FILE  text not to learn from, for the confidence; may repeat\n"
    "  -h N:K    hold out the documents of our own corpus whose hash modulo N is K (10:0);\n"
    "            0:0 holds out none. With tag: only these\n";

typedef struct arguments {
    learn_options learn;
    const char *list[16], *clusters;
    char *held[8];
    unsigned nlist, nheld, parts, part, rows;
} arguments;

static int read_options(arguments *a, int argc, char **argv)
{
    double *fold;
    int c;
    *a = (arguments){
        .learn = {1, 6, 2, 3, 0.2, 20, 0, {{1, 0.3, 0, 0.2}}}, .parts = 10, .rows = 131};
    while ((c = getopt(argc, argv, "l:k:s:e:m:r:d:c:f:p:v:h:")) != -1) {
        switch (c) {
        case 'l':
            if (a->nlist == 16) die("more than 16 lists", optarg);
            a->list[a->nlist++] = optarg;
            break;
        case 'k':
            a->clusters = optarg;
            break;
        case 's':
            a->learn.seed = strtoull(optarg, NULL, 10);
            break;
        case 'e':
            a->learn.epochs = (unsigned)atoi(optarg);
            break;
        case 'm':
            a->learn.least = (unsigned)atoi(optarg);
            break;
        case 'r':
            a->learn.restarts = (unsigned)atoi(optarg);
            break;
        case 'd':
            a->learn.dropout = atof(optarg);
            break;
        case 'c':
            a->learn.cost = atof(optarg);
            break;
        case 'f':
            if (a->learn.genres == MODEL_GENRES) die("more genres than a model may have", optarg);
            fold = a->learn.fold[a->learn.genres++];
            if (sscanf(optarg, "%lf:%lf:%lf:%lf", fold, fold + 1, fold + 2, fold + 3) != STYLES)
                return 0;
            break;
        case 'v':
            if (a->nheld == 8) die("more than 8 sets", optarg);
            a->held[a->nheld++] = optarg;
            break;
        case 'p':
            a->rows = (unsigned)atoi(optarg);
            break;
        case 'h':
            if (sscanf(optarg, "%u:%u", &a->parts, &a->part) != 2) return 0;
            break;
        default:
            return 0;
        }
    }
    if (a->learn.genres == 0) a->learn.genres = 1;
    return argc - optind >= 2;
}

static void write_file(const char *path, qn_str bytes)
{
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes.p, 1, bytes.n, f) != bytes.n || fclose(f) != 0)
        die("cannot be written", path);
}

/* What a run works on lives as long as the program, whose end frees it. */
static corpus c;

static void train(const arguments *a, const char *model, char **set, int nset)
{
    static tagger_lists lists;
    static learnt genre[MODEL_GENRES];
    static genre_clues clues;
    const export_parts parts = {genre,  a->learn.genres, &clues,
                                &lists, a->rows * 500,   "see models/README.md of quern"};
    learn_classes classes;
    qn_str file;
    unsigned k;
    int i;
    if (a->clusters) clusters_read(a->clusters, &lists.clusters);
    lists_read(a->list, a->nlist, &lists, &classes);
    for (i = 0; i < nset; i++)
        corpus_read(&c, set[i], a->parts, a->part);
    for (k = 0; k < a->nheld; k++)
        corpus_read(&c, a->held[k], 1, 0);
    if (a->learn.genres > 1) learn_genre(&c, a->learn.seed, &clues);
    corpus_add_noise(&c, a->learn.seed);
    learn(&c, &lists, &classes, &a->learn, genre);
    file = export_model(&parts);
    export_confidence(file, &c);
    write_file(model, file);
    free((char *)(uintptr_t)file.p);
}

static qn_str read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    size_t cap = 1 << 20, n = 0, got;
    char *p = need(malloc(cap));
    if (!f) die("cannot be opened", path);
    while ((got = fread(p + n, 1, cap - n, f)) > 0)
        if ((n += got) == cap) p = need(realloc(p, cap *= 2));
    fclose(f);
    return (qn_str){p, n};
}

static void print_names(const corpus_doc *d, const tagger_work *w, int32_t web)
{
    qn_jsonw j = {0};
    uint32_t i;
    qn_jsonw_lit(&j, "{\"id\":");
    qn_jsonw_str(&j, (qn_str){d->id, strlen(d->id)});
    qn_jsonw_lit(&j, ",\"text\":");
    qn_jsonw_str(&j, (qn_str){d->text, d->n});
    qn_jsonw_lit(&j, ",\"web\":");
    qn_jsonw_u64(&j, (uint64_t)web);
    qn_jsonw_lit(&j, ",\"ents\":[");
    for (i = 0; i < w->n; i++) {
        if (i) qn_jsonw_lit(&j, ",");
        qn_jsonw_lit(&j, "{\"start\":");
        qn_jsonw_u64(&j, qn_utf8_count(d->text, w->name[i].beg));
        qn_jsonw_lit(&j, ",\"end\":");
        qn_jsonw_u64(&j, qn_utf8_count(d->text, w->name[i].end));
        qn_jsonw_lit(&j, ",\"label\":");
        qn_jsonw_str(
            &j, (qn_str){corpus_label[w->name[i].label], strlen(corpus_label[w->name[i].label])});
        qn_jsonw_lit(&j, ",\"score\":");
        qn_jsonw_real(&j, w->name[i].data / 65535.);
        qn_jsonw_lit(&j, "}");
    }
    qn_jsonw_lit(&j, "]}\n");
    if (j.no_memory) need(NULL);
    fwrite(j.p, 1, j.n, stdout);
    qn_jsonw_free(&j);
}

static void tag(const arguments *a, const char *model, char **set, int nset)
{
    static tagger_model m;
    static tagger_work w;
    char words[200];
    uint32_t i;
    int k;
    if (tagger_model_open(&m, read_file(model), words, sizeof words)) die(words, model);
    for (k = 0; k < nset; k++)
        corpus_read(&c, set[k], a->parts, a->part);
    for (i = 0; i < c.n; i++) {
        const corpus_doc *d = &c.v[i];
        if (a->parts && d->set->style == STYLE_OWN && !d->held) continue;
        if (tagger_tag(&w, &m, (qn_str){d->text, d->n}, &d->tokens, &d->sents)) need(NULL);
        print_names(d, &w, tagger_genre_share(&m, &w.words));
    }
}

int main(int argc, char **argv)
{
    arguments a;
    void (*run)(const arguments *, const char *, char **, int) = NULL;
    if (argc > 1 && strcmp(argv[1], "train") == 0) run = train;
    if (argc > 1 && strcmp(argv[1], "tag") == 0) run = tag;
    if (!run || !read_options(&a, argc - 1, argv + 1)) {
        fputs(usage, stderr);
        return 64;
    }
    run(&a, argv[optind + 1], argv + optind + 2, argc - optind - 2);
    return 0;
}

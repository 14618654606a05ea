/* SPDX-License-Identifier: MIT */
/* core/cli/cmd_eval.c - quern eval: predicted records against gold ones. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "eval/report.h"

const char help_eval[] =
    "      --vs RECORDS          a second prediction to compare with: what PRED is better or\n"
    "                            worse by, with interval and p (paired, by document)\n"
    "      --order               pair records by their place in the file, not by id\n"
    "      --labels L1,L2        score these labels of entities only\n"
    "      --map A=B,C=B         count label A as B; \"A=\" leaves it out. Also --map-gold and\n"
    "                            --map-pred, for one side\n"
    "      --unlabelled          entities by place only\n"
    "      --trim                entities without a leading the/a/an and a trailing 's\n"
    "      --pred-bytes, --gold-bytes  offsets of that file are UTF-8 bytes, not code points\n"
    "      --by KEY              also by group: the record's KEY, or that of its \"meta\"\n"
    "      --bootstrap N         draws for the intervals (1000); 0: none\n"
    "      --seed N              of the draws (0)\n"
    "      --errors N            show up to N errors of each kind, and the labels confused\n"
    "      --json                one JSON object\n"
    "      --min-f1 F            exit 1 when the first figure is below F (per cent)\n"
    "\n"
    "PRED and GOLD are JSON Lines (plain, gzip, zstd; \"-\": standard input), such as\n"
    "the sink jsonl writes. Whatever both hold is scored: ents, sents (and the\n"
    "boundaries between them), tokens; summary against refs (ROUGE, Porter stems) or\n"
    "summary; keyphrases (or keys) at 10; text against lines marked keep or drop. White\n"
    "space does not count; texts that differ are aligned.\n"
    "\n"
    "exit status: 0 scored; 1 below --min-f1; 65 a file is not what it should be; 66 it\n"
    "cannot be read\n";

/* A list of "A=B" pairs given for gold, for pred, or for both. */
enum { SIDE_GOLD = 1, SIDE_PRED = 2, SIDE_BOTH = 3 };

struct rename {
    const char *pairs;
    int side;
};

struct eval_args {
    const char *pred, *gold, *vs;
    const char *labels;
    eval_reading read_pred, read_gold;
    struct rename *rename;
    size_t nrename;
    int order, unlabelled, trim, json;
    double min_f1;
    eval_print print;
};

/* What the command holds while it works. */
struct eval_work {
    const struct eval_args *args;
    qn_names *names;
    eval_labels labels;
    eval_docs gold, pred, vs;
    eval_score score, base;
};

static int fail(const char *why)
{
    fprintf(stderr, "quern: eval: %s\n", why);
    return EXIT_INTERNAL;
}

/* ---- labels ---------------------------------------------------------------------------------- */

/* The number of the word p[0, n), or DROPPED for an empty one. */
static uint16_t label_number(struct eval_work *w, const char *p, size_t n)
{
    qn_str s = {p, n};
    return n ? qn_names_get(w->names, s) : EVAL_LABEL_DROPPED;
}

/* Renames by one list: all its pairs at once, so that A=B,B=A swaps. */
static int rename_labels(struct eval_work *w, const struct rename *r)
{
    const char *p = r->pairs;
    uint16_t *from = NULL, *to = NULL;
    size_t n = 0, i, k;
    int side;
    for (i = 0, k = 1; p[i]; i++)
        k += p[i] == ',';
    from = calloc(k, sizeof *from);
    to = calloc(k, sizeof *to);
    while (from && to && *p) {
        size_t len = strcspn(p, ","), name = strcspn(p, "=,");
        if (name == len) break;
        from[n] = label_number(w, p, name);
        to[n++] = label_number(w, p + name + 1, len - name - 1);
        p += len + (p[len] == ',');
    }
    for (side = SIDE_GOLD; from && to && side <= SIDE_PRED; side++) {
        uint16_t *map = side == SIDE_GOLD ? w->labels.gold : w->labels.pred;
        unsigned label;
        if (!(r->side & side)) continue;
        for (label = 0; label < w->labels.n; label++)
            for (i = 0; i < n; i++)
                if (map[label] == from[i]) {
                    map[label] = to[i];
                    break;
                }
    }
    free(from);
    free(to);
    if (!*p) return EXIT_DONE;
    return usage_error("eval", "'%s': expected LABEL=LABEL,...", r->pairs);
}

static int listed(const char *list, qn_str word)
{
    while (*list) {
        size_t n = strcspn(list, ",");
        if (n == word.n && memcmp(list, word.p, n) == 0) return 1;
        list += n + (list[n] == ',');
    }
    return 0;
}

static void keep_listed(struct eval_work *w, uint16_t *map)
{
    unsigned i;
    for (i = 0; i < w->labels.n; i++)
        if (map[i] != EVAL_LABEL_DROPPED &&
            !listed(w->args->labels, qn_names_text(w->names, map[i])))
            map[i] = EVAL_LABEL_DROPPED;
}

/* The maps know all labels of the files and of the options; so they are made in two rounds, the
 * first of which only gives the options' labels their numbers. */
static int make_labels(struct eval_work *w)
{
    const struct eval_args *a = w->args;
    unsigned i, n;
    size_t k;
    int code = EXIT_DONE;
    for (k = 0; k < a->nrename && code == EXIT_DONE; k++)
        code = rename_labels(w, &a->rename[k]);
    if (code != EXIT_DONE) return code;
    n = qn_names_count(w->names) + 1;
    w->labels.gold = malloc(n * sizeof *w->labels.gold);
    w->labels.pred = malloc(n * sizeof *w->labels.pred);
    if (!w->labels.gold || !w->labels.pred) return fail("out of memory");
    w->labels.n = n;
    w->labels.trim = a->trim;
    for (i = 0; i < n; i++)
        w->labels.gold[i] = w->labels.pred[i] = (uint16_t)i;
    for (k = 0; k < a->nrename; k++)
        rename_labels(w, &a->rename[k]);
    if (a->labels) {
        keep_listed(w, w->labels.gold);
        keep_listed(w, w->labels.pred);
    }
    for (i = 0; a->unlabelled && i < n; i++) {
        if (w->labels.gold[i] != EVAL_LABEL_DROPPED) w->labels.gold[i] = 0;
        if (w->labels.pred[i] != EVAL_LABEL_DROPPED) w->labels.pred[i] = 0;
    }
    return EXIT_DONE;
}

/* ---- the work -------------------------------------------------------------------------------- */

static int read_docs(struct eval_work *w, eval_docs *docs, const char *path,
                     const eval_reading *how)
{
    char why[1024];
    qn_status st = eval_docs_read(docs, path, how, w->names, why, sizeof why);
    if (st == QN_OK) return EXIT_DONE;
    fail(why);
    return st == QN_E_IO ? EXIT_NOINPUT : st == QN_E_NOMEM ? EXIT_INTERNAL : EXIT_DATA;
}

static int compare(struct eval_work *w)
{
    const struct eval_args *a = w->args;
    int code = read_docs(w, &w->gold, a->gold, &a->read_gold);
    if (code == EXIT_DONE) code = read_docs(w, &w->pred, a->pred, &a->read_pred);
    if (code == EXIT_DONE && a->vs) code = read_docs(w, &w->vs, a->vs, &a->read_pred);
    if (code == EXIT_DONE) code = make_labels(w);
    if (code != EXIT_DONE) return code;
    if (eval_score_make(&w->score, &w->gold, &w->pred, a->order, &w->labels) != QN_OK ||
        (a->vs && eval_score_make(&w->base, &w->gold, &w->vs, a->order, &w->labels) != QN_OK))
        return fail("out of memory");
    return EXIT_DONE;
}

static int show(struct eval_work *w)
{
    const struct eval_args *a = w->args;
    eval_print how = a->print;
    int f, first = -1;
    for (f = EVAL_FIGURES; f-- > 0;)
        if (w->score.has[f]) first = f;
    if (first < 0 || !w->gold.n) {
        fail("nothing to score: the two files hold no layer in common (ents, sents, tokens, "
             "summary, "
             "keyphrases; gold: lines)");
        return EXIT_DATA;
    }
    how.names = w->names;
    how.base = a->vs ? &w->base : NULL;
    if (a->json) {
        qn_status st = eval_print_json(stdout, &w->score, &how);
        if (st != QN_OK) return fail(st == QN_E_NOMEM ? "out of memory" : "cannot write");
    } else {
        eval_print_table(stdout, &w->score, &how);
        if (how.errors) eval_print_errors(stdout, &w->score, &how);
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fail("cannot write to standard output");
        return EXIT_IO;
    }
    return 100 * eval_measure_value(&w->score.figure[first]).f < a->min_f1 ? EXIT_DIFFERENT
                                                                           : EXIT_DONE;
}

static int work(const struct eval_args *a)
{
    struct eval_work w = {0};
    int code;
    w.args = a;
    w.names = qn_names_new(EVAL_LABEL_DROPPED - 1);
    if (!w.names) return fail("out of memory");
    code = compare(&w);
    if (code == EXIT_DONE) code = show(&w);
    eval_score_free(&w.score);
    eval_score_free(&w.base);
    eval_docs_free(&w.gold);
    eval_docs_free(&w.pred);
    eval_docs_free(&w.vs);
    free(w.labels.gold);
    free(w.labels.pred);
    qn_names_free(w.names);
    return code;
}

/* ---- the command line ------------------------------------------------------------------------ */

enum {
    OPT_VS = 256,
    OPT_ORDER,
    OPT_LABELS,
    OPT_MAP,
    OPT_MAP_GOLD,
    OPT_MAP_PRED,
    OPT_UNLABELLED,
    OPT_TRIM,
    OPT_PRED_BYTES,
    OPT_GOLD_BYTES,
    OPT_BY,
    OPT_BOOTSTRAP,
    OPT_SEED,
    OPT_ERRORS,
    OPT_JSON,
    OPT_MIN_F1
};

static const struct option longs[] = {
    {"vs", required_argument, NULL, OPT_VS},
    {"order", no_argument, NULL, OPT_ORDER},
    {"labels", required_argument, NULL, OPT_LABELS},
    {"map", required_argument, NULL, OPT_MAP},
    {"map-gold", required_argument, NULL, OPT_MAP_GOLD},
    {"map-pred", required_argument, NULL, OPT_MAP_PRED},
    {"unlabelled", no_argument, NULL, OPT_UNLABELLED},
    {"trim", no_argument, NULL, OPT_TRIM},
    {"pred-bytes", no_argument, NULL, OPT_PRED_BYTES},
    {"gold-bytes", no_argument, NULL, OPT_GOLD_BYTES},
    {"by", required_argument, NULL, OPT_BY},
    {"bootstrap", required_argument, NULL, OPT_BOOTSTRAP},
    {"seed", required_argument, NULL, OPT_SEED},
    {"errors", required_argument, NULL, OPT_ERRORS},
    {"json", no_argument, NULL, OPT_JSON},
    {"min-f1", required_argument, NULL, OPT_MIN_F1},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

/* A whole number up to 100000. */
static int number(const char *option, const char *word, uint64_t *out)
{
    char *end;
    unsigned long v = strtoul(word, &end, 10);
    if (*word < '0' || *word > '9' || *end || v > 100000)
        return usage_error("eval", "--%s %s: expected a whole number up to 100000", option, word);
    *out = v;
    return EXIT_DONE;
}

static int take_number(struct eval_args *a, int opt, const char *word)
{
    uint64_t v = 0;
    int code = EXIT_DONE;
    char *end;
    switch (opt) {
    case OPT_BOOTSTRAP:
        code = number("bootstrap", word, &v);
        a->print.rounds = (unsigned)v;
        break;
    case OPT_SEED:
        code = number("seed", word, &a->print.seed);
        break;
    case OPT_ERRORS:
        code = number("errors", word, &v);
        a->print.errors = (unsigned)v;
        break;
    default:
        a->min_f1 = strtod(word, &end);
        if (end == word || *end || !(a->min_f1 >= 0 && a->min_f1 <= 100))
            code = usage_error("eval", "--min-f1 %s: expected a number from 0 to 100", word);
    }
    return code;
}

static int take_option(struct eval_args *a, int opt, const char *word)
{
    switch (opt) {
    case OPT_VS:
        a->vs = word;
        break;
    case OPT_LABELS:
        a->labels = word;
        break;
    case OPT_MAP:
    case OPT_MAP_GOLD:
    case OPT_MAP_PRED:
        a->rename[a->nrename].pairs = word;
        a->rename[a->nrename++].side = opt == OPT_MAP        ? SIDE_BOTH
                                       : opt == OPT_MAP_GOLD ? SIDE_GOLD
                                                             : SIDE_PRED;
        break;
    case OPT_BY:
        a->read_gold.by = word;
        a->print.groups = 1;
        break;
    case OPT_ORDER:
        a->order = 1;
        break;
    case OPT_UNLABELLED:
        a->unlabelled = 1;
        break;
    case OPT_TRIM:
        a->trim = 1;
        break;
    case OPT_PRED_BYTES:
        a->read_pred.bytes = 1;
        break;
    case OPT_GOLD_BYTES:
        a->read_gold.bytes = 1;
        break;
    case OPT_JSON:
        a->json = 1;
        break;
    default:
        return take_number(a, opt, word);
    }
    return EXIT_DONE;
}

static int parse(struct eval_args *a, int argc, char **argv)
{
    int opt, code;
    while ((opt = getopt_long(argc, argv, "h", longs, NULL)) != -1) {
        if (opt == '?') return usage_error("eval", "wrong option");
        if (opt == 'h') {
            help_of("eval");
            return -1;
        }
        code = take_option(a, opt, optarg);
        if (code != EXIT_DONE) return code;
    }
    if (argc - optind != 2)
        return usage_error("eval", "expected two files, PRED and GOLD; found %d", argc - optind);
    a->pred = argv[optind];
    a->gold = argv[optind + 1];
    return EXIT_DONE;
}

int cmd_eval(int argc, char **argv)
{
    struct eval_args a = {0};
    int code;
    a.print.rounds = 1000;
    a.rename = calloc((size_t)argc, sizeof *a.rename);
    if (!a.rename) return fail("out of memory");
    code = parse(&a, argc, argv);
    if (code == EXIT_DONE) code = work(&a);
    free(a.rename);
    return code < 0 ? EXIT_DONE : code;
}

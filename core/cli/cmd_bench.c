/* SPDX-License-Identifier: MIT */
/* core/cli/cmd_bench.c - quern bench: how fast a pipeline is, and whether another is faster: runs
 * in turn, each in a process of its own, medians with intervals. */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "bench_figures.h"
#include "cli.h"

const char help_bench[] =
    "  INPUT                     files and folders, read as the config says; without any,\n"
    "                            made-up news, as many as take about half a second\n"
    "      --vs CONFIG2          measure a second pipeline, in turn with the first, and\n"
    "                            say whether it is faster\n"
    "      --set STAGE.OPT=VALUE     sets an option in both\n"
    "      --vs-set STAGE.OPT=VALUE  sets an option in the second only, which is the first\n"
    "                            again when there is no --vs\n"
    "      --runs N              runs of each (12), from 6 to 1000, behind a warm-up\n"
    "      --docs N              made-up documents (as many as take half a second)\n"
    "  -j, --workers N           threads that work on records (default: as the config says)\n"
    "      --json                the figures as one JSON object\n"
    "\n"
    "Each run is a process of its own. Records go to /dev/null as JSON lines, whatever the\n"
    "config's sinks, and those that fail are left out: nothing of yours is overwritten.\n"
    "\"ms per MB\" is work of all threads. An interval is made of the runs' ranks; two\n"
    "pipelines are compared by the ratios of neighbouring runs.\n"
    "\n"
    "exit status: 0; 64 wrong command line; and those of quern run, when a run fails\n";

enum { RUNS = 12, MOST_RUNS = 1000, FIRST_DOCS = 100 };
static const uint64_t run_ns = 500000000; /* that a run on made-up text is to take */
static const size_t most_bytes = 64 << 20;

struct bench {
    bench_side side[2];
    size_t nside;
    const char **set[2]; /* of each side */
    bench_sample sample;
    long runs, docs;
    int json, pages;
};

/* ---- command line ------------------------------------------------------------------------------
 */

static int parse_number(const char *word, long least, long most, long *out)
{
    char *end;
    errno = 0;
    *out = strtol(word, &end, 10);
    return errno == 0 && end != word && !*end && *out >= least && *out <= most;
}

static void add_set(struct bench *b, size_t side, const char *assignment)
{
    b->set[side][b->side[side].job.nset++] = assignment;
}

static int parse_one(struct bench *b, int opt)
{
    switch (opt) {
    case 'v':
        b->side[1].job.config = optarg;
        return EXIT_DONE;
    case 's':
        add_set(b, 0, optarg);
        return EXIT_DONE;
    case 'S':
        add_set(b, 1, optarg);
        b->nside = 2;
        return EXIT_DONE;
    case 'r':
        if (!parse_number(optarg, BENCH_LEAST_RUNS, MOST_RUNS, &b->runs))
            return usage_error("bench", "--runs %s: expected a number from %d to %d", optarg,
                               BENCH_LEAST_RUNS, MOST_RUNS);
        return EXIT_DONE;
    case 'd':
        if (!parse_number(optarg, 1, 1000000, &b->docs))
            return usage_error("bench", "--docs %s: expected a number from 1 to 1000000", optarg);
        return EXIT_DONE;
    case 'j':
        if (!parse_number(optarg, 0, 1024, &b->side[0].job.workers))
            return usage_error("bench", "-j %s: expected a number of threads from 0 to 1024",
                               optarg);
        return EXIT_DONE;
    case 'J':
        b->json = 1;
        return EXIT_DONE;
    default:
        return usage_error("bench", "unknown option");
    }
}

/* The second side takes what both are told before its own. */
static void share_sets(struct bench *b)
{
    const size_t n = b->side[0].job.nset;
    memmove(b->set[1] + n, b->set[1], b->side[1].job.nset * sizeof *b->set[1]);
    memcpy(b->set[1], b->set[0], n * sizeof *b->set[1]);
    b->side[1].job.nset += n;
}

/* What is left is the config and the inputs, for both sides. */
static int take_words(struct bench *b, int n, char **word)
{
    bench_job *one = &b->side[0].job, *two = &b->side[1].job;
    size_t i;
    if (n == 0) return usage_error("bench", "no config given");
    one->config = word[0];
    one->input = (const char *const *)word + 1;
    one->ninput = (size_t)n - 1;
    for (i = 0; i < one->ninput; i++)
        if (strcmp(one->input[i], "-") == 0)
            return usage_error("bench", "standard input can be read only once; give files");
    if (b->docs && one->ninput)
        return usage_error("bench", "--docs is for made-up text, not INPUT");
    if (two->config) b->nside = 2;
    if (!two->config) two->config = one->config;
    two->input = one->input;
    two->ninput = one->ninput;
    two->workers = one->workers;
    share_sets(b);
    return EXIT_DONE;
}

static int parse(struct bench *b, int argc, char **argv)
{
    static const struct option longs[] = {
        {"vs", required_argument, NULL, 'v'},
        {"set", required_argument, NULL, 's'},
        {"vs-set", required_argument, NULL, 'S'},
        {"runs", required_argument, NULL, 'r'},
        {"docs", required_argument, NULL, 'd'},
        {"json", no_argument, NULL, 'J'},
        {"workers", required_argument, NULL, 'j'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    int opt, st;
    while ((opt = getopt_long(argc, argv, "j:h", longs, NULL)) != -1) {
        if (opt == 'h') exit(help_of("bench"));
        st = parse_one(b, opt);
        if (st != EXIT_DONE) return st;
    }
    return take_words(b, argc - optind, argv + optind);
}

/* ---- measuring ---------------------------------------------------------------------------------
 */

static int make_sample(struct bench *b, size_t docs)
{
    size_t i;
    bench_sample_free(&b->sample);
    for (i = 0; i < b->nside; i++)
        b->side[i].job.sample = &b->sample;
    if (bench_sample_make(&b->sample, docs, b->pages)) return EXIT_DONE;
    fprintf(stderr, "quern: out of memory\n");
    return EXIT_INTERNAL;
}

/* The first look at a pipeline, which says what is wrong with it, counts its records, and warms
 * things up. */
static int look(struct bench *b, size_t i)
{
    bench_job job = b->side[i].job;
    job.count = 1;
    job.loud = 1;
    return bench_measure(&job, &b->side[i].first);
}

static int reads_pages(const bench_run *r)
{
    unsigned i;
    for (i = 0; i < r->nstage; i++)
        if (strcmp(r->stage[i].plugin, "html") == 0) return 1;
    return 0;
}

/* As many documents as take run_ns, guessed from runs with fewer. */
static int fit_sample(struct bench *b)
{
    enum { STEPS = 5 };
    size_t docs = b->docs ? (size_t)b->docs : FIRST_DOCS;
    int i, code = make_sample(b, docs);
    if (code == EXIT_DONE) code = look(b, 0);
    if (code == EXIT_DONE && reads_pages(&b->side[0].first)) {
        b->pages = 1;
        if ((code = make_sample(b, docs)) == EXIT_DONE) code = look(b, 0);
    }
    for (i = 0; i < STEPS && !b->docs && code == EXIT_DONE; i++) {
        const uint64_t took = b->side[0].first.run_ns + 1;
        size_t most = docs * (most_bytes / (b->sample.start[docs] + 1) + 1);
        size_t more = docs * (took < run_ns / 20 ? 20 : (size_t)(run_ns / took));
        if (took > run_ns / 2 || docs >= most / 2) break;
        docs = more < most ? more : most;
        if ((code = make_sample(b, docs)) == EXIT_DONE) code = look(b, 0);
    }
    return code;
}

/* One run of each, the one that was second last time first. */
static int run_pair(struct bench *b, size_t number)
{
    size_t k;
    for (k = 0; k < b->nside; k++) {
        const size_t i = b->nside == 2 ? (k + number) % 2 : k;
        int code = bench_measure(&b->side[i].job, &b->side[i].run[number]);
        if (code == EXIT_DONE) continue;
        fprintf(stderr, "quern: %s: run %zu failed, though the first went well\n",
                b->side[i].job.config, number + 1);
        return code;
    }
    for (k = 0; k < b->nside; k++)
        b->side[k].n = number + 1;
    return EXIT_DONE;
}

static int measure_all(struct bench *b)
{
    const int progress = use_progress();
    size_t i;
    int code = b->side[0].job.ninput ? look(b, 0) : fit_sample(b);
    if (code == EXIT_DONE && b->nside == 2) code = look(b, 1);
    for (i = 0; i < b->nside && code == EXIT_DONE; i++)
        if (b->side[i].first.bytes == 0) {
            fprintf(stderr, "quern: %s: there was nothing to read\n", b->side[i].job.config);
            code = EXIT_NOINPUT;
        }
    for (i = 0; i < (size_t)b->runs && code == EXIT_DONE; i++) {
        if (progress) fprintf(stderr, "\rrun %zu of %ld", i + 1, b->runs);
        code = run_pair(b, i);
    }
    if (progress) fputs("\r\033[K", stderr);
    return code;
}

static int print_json(const bench_figures *f)
{
    qn_jsonw w = {0};
    int ok = bench_put_json(f, &w);
    if (ok) fwrite(w.p, 1, w.n, stdout);
    qn_jsonw_free(&w);
    return ok;
}

static int bench(struct bench *b)
{
    bench_figures f = {b->side, b->nside, {0, 0}};
    size_t i;
    int code;
    for (i = 0; i < b->nside; i++) {
        b->side[i].job.set = b->set[i];
        b->side[i].run = calloc((size_t)b->runs, sizeof *b->side[i].run);
        if (!b->side[i].run) return EXIT_INTERNAL;
    }
    code = measure_all(b);
    if (code != EXIT_DONE) return code;
    f.limits = bench_limits_of(&b->side[0].job);
    if (b->json ? print_json(&f) : bench_print(&f)) return EXIT_DONE;
    fprintf(stderr, "quern: out of memory\n");
    return EXIT_INTERNAL;
}

int cmd_bench(int argc, char **argv)
{
    struct bench b = {.nside = 1, .runs = RUNS};
    int i, code = EXIT_INTERNAL;
    b.side[0].job.workers = -1;
    for (i = 0; i < 2; i++)
        b.set[i] = calloc((size_t)argc, sizeof *b.set[i]);
    if (b.set[0] && b.set[1]) code = parse(&b, argc, argv);
    if (code == EXIT_DONE) code = bench(&b);
    if (code == EXIT_DONE && fflush(stdout) != 0) code = EXIT_IO;
    bench_sample_free(&b.sample);
    for (i = 0; i < 2; i++) {
        free(b.set[i]);
        free(b.side[i].run);
    }
    return code;
}

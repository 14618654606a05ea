/* SPDX-License-Identifier: MIT */
/* core/cli/cmd_plugincheck.c - quern plugins check: chooses the tests, finds the stages that make
 * what the plugin needs, and says what came of it. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "check/check.h"
#include "cli.h"
#include "option.h"
#include "plugincheck.h"

enum { UPSTREAM = 1024, SETS = 64 };

struct ask {
    check_task task;
    const char *set[SETS], *only;
    int level, tap;
    char upstream[UPSTREAM];
    unsigned failed, skipped, n;
};

/* ---- what the plugin needs ----------------------------------------------------------------------
 */

static int makes(const qn_plugin *p, const char *layer, size_t n)
{
    size_t i;
    for (i = 0; p->makes && p->makes[i]; i++)
        if (strlen(p->makes[i]) == n && memcmp(p->makes[i], layer, n) == 0) return 1;
    return 0;
}

static int needs_options(const qn_plugin *p)
{
    qn_option o;
    size_t i;
    for (i = 0; p->options && qn_option_row(p->options, p->option_stride, i, &o); i++)
        if (o.required) return 1;
    return 0;
}

static size_t how_many(const char *const *words)
{
    size_t n = 0;
    while (words && words[n])
        n++;
    return n;
}

/* Who makes the layer; of several the one that makes the least else, which is there for it: exec
 * and lua make whatever their programs do. NULL: nobody. */
static const qn_plugin *maker(const struct ask *a, const qn_module *const *all, size_t n,
                              const char *layer, size_t len)
{
    const qn_plugin *best = NULL;
    size_t k;
    for (k = 0; k < n; k++) {
        const qn_plugin *q = &all[k]->plugin;
        if (all[k]->problem || q->kind != QN_STAGE || needs_options(q) || !makes(q, layer, len) ||
            strcmp(q->name, a->task.plugin->name) == 0)
            continue;
        if (!best || how_many(q->makes) < how_many(best->makes)) best = q;
    }
    return best;
}

/* Adds the stages that make what `p` needs, those that they need first. */
static void add_upstream(struct ask *a, const qn_module *const *all, size_t n, const qn_plugin *p,
                         int depth)
{
    size_t i;
    for (i = 0; depth < 8 && p->needs && p->needs[i]; i++) {
        const size_t len = strcspn(p->needs[i], "?");
        const qn_plugin *q;
        char entry[160];
        if (strncmp(p->needs[i], "text", len) == 0 || strncmp(p->needs[i], "meta", len) == 0)
            continue;
        q = maker(a, all, n, p->needs[i], len);
        if (!q) continue;
        snprintf(entry, sizeof entry, ", { plugin = \"%s\"; }", q->name);
        if (strstr(a->upstream, entry)) continue;
        add_upstream(a, all, n, q, depth + 1);
        if (strlen(a->upstream) + strlen(entry) < UPSTREAM && !strstr(a->upstream, entry))
            strcat(a->upstream, entry);
    }
}

/* ---- results ------------------------------------------------------------------------------------
 */

static void say(struct ask *a, const check_test *test, check_result result, const char *words)
{
    const char *p = words;
    a->n++;
    a->failed += result == CHECK_FAILED;
    a->skipped += result == CHECK_SKIPPED;
    if (a->tap) {
        printf("%sok %u - %s%s%.*s\n", result == CHECK_FAILED ? "not " : "", a->n, test->name,
               result == CHECK_SKIPPED ? " # SKIP " : "",
               result == CHECK_SKIPPED ? (int)strcspn(words, "\n") : 0, words);
        if (result == CHECK_SKIPPED) return;
    } else {
        if (result == CHECK_SKIPPED) return; /* counted at the end */
        printf("%-6s %s\n", result == CHECK_FAILED ? "FAILED" : "ok", test->name);
    }
    while (*p) {
        const size_t len = strcspn(p, "\n");
        printf("%s%.*s\n", a->tap ? "# " : "         ", (int)len, p);
        p += len + (p[len] == '\n');
    }
    fflush(stdout);
}

static int run_tests(struct ask *a)
{
    char words[CHECK_WORDS];
    const check_test *test;
    for (test = check_tests; test->name; test++) {
        if (test->level > a->level || (a->only && !strstr(test->name, a->only))) continue;
        words[0] = '\0';
        say(a, test, check_run(&a->task, test, words), words);
        if (strncmp(words, "cannot be opened", 16) == 0) {
            fputs("quern: the other tests need a plugin that opens; give its options with --set\n",
                  stderr);
            break;
        }
    }
    if (a->tap) printf("1..%u\n", a->n);
    if (!a->tap)
        printf("%s: %u passed, %u failed, %u do not apply (level %d of %d)\n", a->task.plugin->name,
               a->n - a->failed - a->skipped, a->failed, a->skipped, a->level, CHECK_LEVELS);
    if (!a->n) return usage_error("plugins", "check: no test is called \"%s\"", a->only);
    return a->failed ? EXIT_DIFFERENT : EXIT_DONE;
}

/* ---- the command --------------------------------------------------------------------------------
 */

/* A path needs a "/" to be one. */
static const char *name_of(const char *arg, char *room, size_t n)
{
    const size_t len = strlen(arg);
    if (strchr(arg, '/') || len < 3 || strcmp(arg + len - 3, ".so") != 0) return arg;
    snprintf(room, n, "./%s", arg);
    return room;
}

static int parse(struct ask *a, int argc, char **argv)
{
    static const struct option known[] = {{"level", required_argument, NULL, 'l'},
                                          {"only", required_argument, NULL, 'o'},
                                          {"set", required_argument, NULL, 's'},
                                          {"seed", required_argument, NULL, 'e'},
                                          {"reproduce", required_argument, NULL, 'r'},
                                          {"deadline", required_argument, NULL, 'd'},
                                          {"format", required_argument, NULL, 'f'},
                                          {"in-process", no_argument, NULL, 'i'},
                                          {NULL, 0, NULL, 0}};
    int o;
    opterr = 0;
    while ((o = getopt_long(argc, argv, "", known, NULL)) != -1) {
        if (o == 'l')
            a->level = atoi(optarg);
        else if (o == 'o')
            a->only = optarg;
        else if (o == 's' && a->task.nset < SETS)
            a->set[a->task.nset++] = optarg;
        else if (o == 'e' || o == 'r')
            a->task.seed = strtoull(optarg, NULL, 10);
        else if (o == 'd')
            a->task.deadline = strtod(optarg, NULL);
        else if (o == 'f' && (strcmp(optarg, "tap") == 0 || strcmp(optarg, "text") == 0))
            a->tap = optarg[1] == 'a';
        else if (o == 'i')
            a->task.in_process = 1;
        else
            return 0;
        if (o == 'r') a->only = "random documents";
    }
    return optind + 1 == argc && a->level >= 1 && a->level <= CHECK_LEVELS && a->task.deadline > 0;
}

struct loading {
    qn_loader *loader;
    const char *name;
};

static void load(void *arg)
{
    const struct loading *l = arg;
    char why[1024];
    (void)qn_loader_find(l->loader, l->name, why, sizeof why);
}

int check_plugin(qn_loader *l, int argc, char **argv)
{
    int died;
    struct ask a = {.level = CHECK_LEVELS, .task = {.seed = 1, .deadline = 60}};
    const qn_module *const *all;
    const qn_module *m;
    char why[1024], room[600];
    size_t n;
    if (!parse(&a, argc, argv)) return usage_error("plugins", "check: wrong arguments");
    a.task.name = name_of(argv[optind], room, sizeof room);
    a.task.set = a.set;
    died = a.task.in_process ? 0 : check_survives(load, &(struct loading){l, a.task.name});
    if (died) {
        fprintf(stderr, "quern: plugin '%s': crashes when it is loaded: signal %d (%s)\n",
                a.task.name, died, strsignal(died));
        return EXIT_UNAVAILABLE;
    }
    m = qn_loader_find(l, a.task.name, why, sizeof why);
    if (!m) {
        fprintf(stderr, "quern: plugin '%s': %s\n", a.task.name, why);
        return EXIT_UNAVAILABLE;
    }
    a.task.plugin = &m->plugin;
    a.task.file = m->file;
    all = qn_loader_list(l, &n); /* valid until the loader is asked again */
    if (all) add_upstream(&a, all, n, &m->plugin, 0);
    a.task.upstream = a.upstream;
    return run_tests(&a);
}

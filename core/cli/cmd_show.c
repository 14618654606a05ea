/* SPDX-License-Identifier: MIT */
/* core/cli/cmd_show.c - quern show: the config that a run would use, every option of every stage
 * with its value and where that comes from. What it prints is a config again. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "config.h"
#include "option.h"
#include "plan.h"
#include "text/json_write.h"

const char help_show[] =
    "      --set STAGE.OPT=VALUE  sets an option; STAGE is a stage's id, or \"run\"\n"
    "      --changed             only what is not a default\n"
    "      --color WHEN          auto, always, never (for mistakes)\n"
    "\n"
    "Every value has a comment that says where it comes from: a place in a file, --set, or\n"
    "default. Secrets are shown as they are written (\"env:NAME\"), never what they stand\n"
    "for. The output is a config that does the same.\n"
    "\n"
    "exit status: as of quern check\n";

struct show_args {
    qn_plan_request req;
    const char **set;
    int changed;
    color_when color;
};

/* A string in config syntax: quote and backslash escaped, controls as \xHH. */
static void put_string(qn_jsonw *w, const char *s)
{
    char hex[8];
    qn_jsonw_lit(w, "\"");
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\') {
            qn_jsonw_lit(w, "\\");
            qn_jsonw_raw(w, (qn_str){s, 1});
        } else if (c == '\n') {
            qn_jsonw_lit(w, "\\n");
        } else if (c == '\t') {
            qn_jsonw_lit(w, "\\t");
        } else if (c < 0x20 || c == 0x7F) {
            snprintf(hex, sizeof hex, "\\x%02X", c);
            qn_jsonw_raw(w, (qn_str){hex, strlen(hex)});
        } else if (c == '$' && s[1] == '{') {
            qn_jsonw_lit(w, "$$"); /* no variable: what it stood for is here already */
        } else {
            qn_jsonw_raw(w, (qn_str){s, 1});
        }
    }
    qn_jsonw_lit(w, "\"");
}

static void put_real(qn_jsonw *w, double v, const char *after)
{
    size_t from = w->n;
    qn_jsonw_real(w, v);
    if (!after && !w->no_memory && !memchr(w->p + from, '.', w->n - from) &&
        !memchr(w->p + from, 'e', w->n - from))
        qn_jsonw_lit(w, ".0");
    if (after) qn_jsonw_raw(w, (qn_str){after, strlen(after)});
}

static void put_list(qn_jsonw *w, const qn_list *l)
{
    size_t i;
    qn_jsonw_lit(w, "[");
    for (i = 0; i < l->n; i++) {
        qn_jsonw_raw(w, i ? (qn_str){", ", 2} : (qn_str){" ", 1});
        put_string(w, l->v[i]);
    }
    qn_jsonw_lit(w, " ]");
}

/* The k-th of "a|b|c". */
static void put_choice(qn_jsonw *w, const char *choices, int k)
{
    char word[64];
    while (k-- > 0 && choices)
        choices = strchr(choices, '|') ? strchr(choices, '|') + 1 : NULL;
    snprintf(word, sizeof word, "%.*s", (int)strcspn(choices ? choices : "", "|"),
             choices ? choices : "");
    put_string(w, word);
}

/* The value an option has; 0 when it has none (a string that is not set). */
static int put_value(qn_jsonw *w, const qn_option *o, const void *options, const qn_node *given)
{
    const char *at = (const char *)options + o->offset;
    switch ((qn_option_type)o->type) {
    case QN_INT:
        qn_jsonw_i64(w, *(const int64_t *)(const void *)at);
        if (*(const int64_t *)(const void *)at > INT32_MAX ||
            *(const int64_t *)(const void *)at < INT32_MIN)
            qn_jsonw_lit(w, "L");
        return 1;
    case QN_SIZE:
        qn_jsonw_lit(w, "\"");
        qn_jsonw_u64(w, *(const uint64_t *)(const void *)at);
        qn_jsonw_lit(w, "B\"");
        return 1;
    case QN_TIME:
        qn_jsonw_lit(w, "\"");
        put_real(w, *(const double *)(const void *)at, "s");
        qn_jsonw_lit(w, "\"");
        return 1;
    case QN_FLOAT:
        put_real(w, *(const double *)(const void *)at, NULL);
        return 1;
    case QN_BOOL:
        qn_jsonw_bool(w, *(const int *)(const void *)at);
        return 1;
    case QN_ENUM:
        put_choice(w, o->choices, *(const int *)(const void *)at);
        return 1;
    case QN_LIST:
        put_list(w, (const qn_list *)(const void *)at);
        return 1;
    case QN_SECRET: /* never what it stands for */
        if (!given && !o->def) return 0;
        put_string(w, given && given->type == QN_NODE_STRING ? given->u.s : o->def);
        return 1;
    case QN_STRING:
        if (!*(const char *const *)(const void *)at) return 0;
        put_string(w, *(const char *const *)(const void *)at);
        return 1;
    }
    return 0;
}

static void put_origin(const qn_node *given)
{
    if (!given)
        puts("# default");
    else if (given->origin || !given->value.line)
        printf("# %s\n", given->origin ? given->origin : given->value.file);
    else
        printf("# %s:%u\n", given->value.file, given->value.line);
}

/* One "name = value;   # origin" for every option. Numbers without a default and not given say 0 or
 * nothing: they are left out, because writing them down may exclude another. */
static int show_options(const qn_option *table, uint32_t stride, const void *options,
                        const qn_node *group, int changed, const char *indent)
{
    qn_jsonw w = {0};
    qn_option o;
    size_t i;
    for (i = 0; qn_option_row(table, stride, i, &o); i++) {
        const qn_node *given = group ? qn_node_get(group, o.name) : NULL;
        if (!given && (changed || !o.def || o.excludes || o.use)) continue;
        w.n = 0;
        if (!put_value(&w, &o, options, given)) continue;
        if (w.no_memory) break;
        printf("%s%s = %.*s;", indent, o.name, (int)w.n, w.p);
        printf("%*s", (int)(strlen(o.name) + w.n + 4 < 40 ? 40 - strlen(o.name) - w.n - 4 : 1), "");
        put_origin(given);
    }
    i = (size_t)w.no_memory;
    qn_jsonw_free(&w);
    return i == 0;
}

static const char *policy_word(qn_on_error p)
{
    static const char *const word[] = {"report", "stop", "skip", "quarantine"};
    return word[p];
}

static int show_stage(const qn_stage *st, int changed, int last)
{
    const qn_config_stage *c = st->conf;
    const qn_node *policy = qn_node_get(c->node, "on_error");
    int ok;
    printf("  { plugin = \"%s\"; id = \"%s\";", c->plugin->u.s, st->id);
    printf("%*s",
           (int)(strlen(c->plugin->u.s) + strlen(st->id) < 18
                     ? 18 - strlen(c->plugin->u.s) - strlen(st->id)
                     : 1),
           "");
    put_origin(c->plugin);
    ok = show_options(st->plugin->options, st->plugin->option_stride, st->options, c->node, changed,
                      "    ");
    if (policy) {
        printf("    on_error = \"%s\"; ", policy_word(st->on_error));
        put_origin(policy);
    }
    puts(last ? "  }" : "  },");
    return ok;
}

static int show_plan(const qn_plan *plan, int changed)
{
    unsigned i;
    int ok;
    puts("version = 1;");
    puts("run = {");
    ok = show_options(qn_run_option_table, sizeof *qn_run_option_table, &plan->run,
                      plan->config->run, changed, "  ");
    puts("};");
    puts("stages = (");
    for (i = 0; ok && i < plan->nstage; i++)
        ok = show_stage(&plan->stage[i], changed, i + 1 == plan->nstage);
    puts(");");
    return ok && fflush(stdout) == 0 && !ferror(stdout) ? EXIT_DONE : EXIT_IO;
}

static int parse(struct show_args *a, int argc, char **argv)
{
    static const struct option longs[] = {
        {"set", required_argument, NULL, 's'},
        {"changed", no_argument, NULL, 'd'},
        {"color", required_argument, NULL, 'c'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    int opt;
    while ((opt = getopt_long(argc, argv, "h", longs, NULL)) != -1) {
        switch (opt) {
        case 's':
            a->set[a->req.nset++] = optarg;
            break;
        case 'd':
            a->changed = 1;
            break;
        case 'c':
            if (!parse_color(optarg, &a->color))
                return usage_error("show", "--color %s: expected auto, always or never", optarg);
            break;
        case 'h':
            help_of("show");
            return -1;
        default:
            return usage_error("show", "wrong option");
        }
    }
    if (argc - optind != 1) return usage_error("show", "expected one config");
    a->req.config = argv[optind];
    return EXIT_DONE;
}

int cmd_show(int argc, char **argv)
{
    struct show_args a = {0};
    qn_diags *diags = qn_diags_new();
    qn_plan *plan = NULL;
    int code;
    a.set = calloc((size_t)argc, sizeof *a.set);
    code = a.set && diags ? parse(&a, argc, argv) : EXIT_INTERNAL;
    if (code == EXIT_DONE) {
        a.req.set = a.set;
        a.req.workers = -1;
        a.req.dry = 1;
        plan = qn_plan_new(&a.req, diags);
        qn_diags_print(diags, stderr, QN_DIAG_TEXT, use_color(stderr, a.color));
        code = plan ? show_plan(plan, a.changed) : exit_of_diags(diags);
    }
    qn_plan_free(plan);
    qn_diags_free(diags);
    free(a.set);
    return code < 0 ? EXIT_DONE : code;
}

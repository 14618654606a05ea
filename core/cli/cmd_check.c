/* SPDX-License-Identifier: MIT */
/* core/cli/cmd_check.c - quern check: everything that run does before the first record, outputs
 * only probed, so that every mistake in a config is found and nothing is touched. */
#include <getopt.h>
#include <stdlib.h>

#include "cli.h"
#include "plan.h"

const char help_check[] =
    "      --set STAGE.OPT=VALUE  sets an option; STAGE is a stage's id, or \"run\"\n"
    "      --format FORMAT       how mistakes are shown: text, gnu (file:line:column:), json\n"
    "      --color WHEN          auto, always, never\n"
    "      --strict              a warning is a mistake, too\n"
    "  -q, --quiet               say nothing when there is nothing wrong\n"
    "\n"
    "Plugins are loaded and opened as for a run, sound ones even when other stages are wrong;\n"
    "inputs must be there; outputs must be possible, but are not made.\n"
    "\n"
    "exit status: 0 no mistakes; 78 mistakes in a config; 69 a plugin cannot be loaded;\n"
    "66 input missing; 73 output cannot be made\n";

struct check_args {
    const char **set;
    size_t nset;
    qn_diag_format format;
    color_when color;
    int quiet, strict;
};

static int check_one(const struct check_args *a, const char *path)
{
    qn_plan_request req = {0};
    qn_diags *diags = qn_diags_new();
    qn_plan *plan;
    int code;
    if (!diags) return EXIT_INTERNAL;
    req.config = path;
    req.set = a->set;
    req.nset = a->nset;
    req.workers = -1;
    req.dry = 1;
    plan = qn_plan_new(&req, diags);
    qn_diags_print(diags, stdout, a->format, use_color(stdout, a->color));
    code = exit_of_diags(diags);
    if (code == EXIT_DONE && a->strict && qn_diags_warnings(diags)) code = EXIT_CONFIG;
    if (plan && code == EXIT_DONE && !a->quiet && a->format == QN_DIAG_TEXT)
        printf("%s: ok, %u stages\n", path, plan->nstage);
    qn_plan_free(plan);
    qn_diags_free(diags);
    return code;
}

static int parse(struct check_args *a, int argc, char **argv)
{
    static const struct option longs[] = {
        {"set", required_argument, NULL, 's'},
        {"format", required_argument, NULL, 'f'},
        {"color", required_argument, NULL, 'c'},
        {"quiet", no_argument, NULL, 'q'},
        {"strict", no_argument, NULL, 'S'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    int opt;
    while ((opt = getopt_long(argc, argv, "qh", longs, NULL)) != -1) {
        switch (opt) {
        case 's':
            a->set[a->nset++] = optarg;
            break;
        case 'f':
            if (!qn_diag_format_parse(optarg, &a->format))
                return usage_error("check", "--format %s: expected text, gnu or json", optarg);
            break;
        case 'c':
            if (!parse_color(optarg, &a->color))
                return usage_error("check", "--color %s: expected auto, always or never", optarg);
            break;
        case 'q':
            a->quiet = 1;
            break;
        case 'S':
            a->strict = 1;
            break;
        case 'h':
            exit(help_of("check"));
        default:
            return usage_error("check", "wrong option");
        }
    }
    return optind < argc ? EXIT_DONE : usage_error("check", "no config given");
}

int cmd_check(int argc, char **argv)
{
    struct check_args a = {0};
    int code, worst = EXIT_DONE, i;
    a.set = calloc((size_t)argc, sizeof *a.set);
    if (!a.set) return EXIT_INTERNAL;
    worst = parse(&a, argc, argv);
    for (i = optind; worst != EXIT_USAGE && i < argc; i++) {
        code = check_one(&a, argv[i]);
        if (code > worst) worst = code;
    }
    free(a.set);
    return worst;
}

/* SPDX-License-Identifier: MIT */
/* core/cli/cmd_run.c - quern run: reads the command line, makes the plan, runs it, and says what
 * happened. */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clash.h"
#include "cli.h"
#include "fault.h"
#include "run.h"
#include "stats.h"
#include "summary.h"
#include "tap.h"

const char help_run[] =
    "  INPUT                     replaces the source's path; \"-\" is standard input\n"
    "  -o, --output OUT          replaces the sink's path; \"-\" is standard output\n"
    "  -j, --workers N           threads that work on records (default: one per core)\n"
    "      --limit N             read N records and no more\n"
    "      --set STAGE.OPT=VALUE  sets an option; STAGE is a stage's id, or \"run\"; a list is\n"
    "                            written as in a config: tagger.labels='[\"ORG\",\"GPE\"]'\n"
    "      --on-error WHAT       what becomes of records that fail: report, stop, skip,\n"
    "                            quarantine:FILE\n"
    "      --dropped FILE        write the records that stages drop, each with stage and rule\n"
    "      --tap STAGE[:N]       show the first N records (10) as the stage left them, with what\n"
    "                            was changed and by which rule; may be given more than once\n"
    "      --tap-file FILE       where to (default: standard error)\n"
    "      --stats FILE          write what happened, in numbers, as JSON\n"
    "      --metrics-file FILE   the same for Prometheus, every five seconds\n"
    "      --log-format FORMAT   text, or json: one object a line\n"
    "      --format FORMAT       how mistakes in the config are shown: text, gnu, json\n"
    "      --color WHEN          auto, always, never\n"
    "  -q, --quiet               no progress line, no summary, no warnings\n"
    "  -v, --verbose             more messages; twice: debugging\n"
    "\n"
    "A file is written under a temporary name and put in its place at the end. SIGINT and\n"
    "SIGTERM finish the records that are under way; a second one stops at once. SIGUSR1 shows\n"
    "how far the run is.\n"
    "\n"
    "exit status: 0 done; 2 done, but records were left out because of errors; 64 wrong\n"
    "command line; 65 bad input (on_error = \"stop\"); 66 input missing; 69 plugin cannot\n"
    "be loaded; 70 fault in quern or a plugin; 73 output cannot be made; 74 reading or\n"
    "writing failed; 78 wrong config; 128+N ended by signal N\n";

struct run_args {
    qn_plan_request req;
    const char **set; /* as many as there are arguments at most */
    qn_diag_format format;
    color_when color;
    int quiet, verbose, json_log;
    const char *stats, *metrics, *tap_file;
    struct tap tap[MOST_TAPS];
    qn_tap hook[MOST_TAPS];
};

/* What the calling thread does while the workers work. */
struct watch {
    const struct run_args *args;
    qn_plan *plan;
    progress_line *line;
    int progress;
    uint64_t metrics_due; /* ns after the start */
};

/* ---- command line ---------------------------------------------------------------------------- */

static int parse_workers(const char *word, long *out)
{
    char *end;
    errno = 0;
    *out = strtol(word, &end, 10);
    return errno == 0 && end != word && *end == '\0' && *out >= 0 && *out <= 1024;
}

static int parse_count(const char *word, long *out)
{
    char *end;
    errno = 0;
    *out = strtol(word, &end, 10);
    return errno == 0 && end != word && *end == '\0' && *out > 0;
}

static int take_tap(struct run_args *a, const char *word)
{
    size_t i = a->req.ntap;
    if (i == MOST_TAPS) return usage_error("run", "at most %d taps", MOST_TAPS);
    if (!parse_tap(&a->tap[i], word))
        return usage_error("run", "--tap %s: expected STAGE or STAGE:NUMBER", word);
    a->hook[i] = (qn_tap){a->tap[i].stage, see_tap, &a->tap[i]};
    a->req.tap = a->hook;
    a->req.ntap++;
    return EXIT_DONE;
}

enum {
    OPT_DROPPED = 256,
    OPT_LIMIT,
    OPT_TAP,
    OPT_TAP_FILE,
    OPT_STATS,
    OPT_METRICS,
    OPT_LOG_FORMAT
};

static int parse_report(struct run_args *a, int opt)
{
    switch (opt) {
    case OPT_LIMIT:
        if (parse_count(optarg, &a->req.limit)) return EXIT_DONE;
        return usage_error("run", "--limit %s: expected a number of records, 1 or more", optarg);
    case OPT_DROPPED:
        a->req.dropped = optarg;
        return EXIT_DONE;
    case OPT_TAP:
        return take_tap(a, optarg);
    case OPT_TAP_FILE:
        a->tap_file = optarg;
        return EXIT_DONE;
    case OPT_STATS:
        a->stats = optarg;
        return EXIT_DONE;
    case OPT_METRICS:
        a->metrics = optarg;
        return EXIT_DONE;
    case OPT_LOG_FORMAT:
        a->json_log = strcmp(optarg, "json") == 0;
        if (a->json_log || strcmp(optarg, "text") == 0) return EXIT_DONE;
        return usage_error("run", "--log-format %s: expected text or json", optarg);
    default:
        return usage_error("run", "wrong option"); /* getopt has named it */
    }
}

static int parse_one(struct run_args *a, int opt)
{
    switch (opt) {
    case 'o':
        a->req.output = optarg;
        return EXIT_DONE;
    case 'j':
        if (!parse_workers(optarg, &a->req.workers))
            return usage_error("run", "-j %s: expected a number of threads from 0 to 1024", optarg);
        return EXIT_DONE;
    case 's':
        a->set[a->req.nset++] = optarg;
        return EXIT_DONE;
    case 'e':
        a->req.on_error = optarg;
        return EXIT_DONE;
    case 'f':
        if (!qn_diag_format_parse(optarg, &a->format))
            return usage_error("run", "--format %s: expected text, gnu or json", optarg);
        return EXIT_DONE;
    case 'c':
        if (!parse_color(optarg, &a->color))
            return usage_error("run", "--color %s: expected auto, always or never", optarg);
        return EXIT_DONE;
    case 'q':
        a->quiet = 1;
        return EXIT_DONE;
    case 'v':
        a->verbose++;
        return EXIT_DONE;
    default:
        return parse_report(a, opt);
    }
}

static int parse(struct run_args *a, int argc, char **argv)
{
    static const struct option longs[] = {
        {"output", required_argument, NULL, 'o'},
        {"workers", required_argument, NULL, 'j'},
        {"set", required_argument, NULL, 's'},
        {"on-error", required_argument, NULL, 'e'},
        {"format", required_argument, NULL, 'f'},
        {"color", required_argument, NULL, 'c'},
        {"quiet", no_argument, NULL, 'q'},
        {"verbose", no_argument, NULL, 'v'},
        {"dropped", required_argument, NULL, OPT_DROPPED},
        {"limit", required_argument, NULL, OPT_LIMIT},
        {"tap", required_argument, NULL, OPT_TAP},
        {"tap-file", required_argument, NULL, OPT_TAP_FILE},
        {"stats", required_argument, NULL, OPT_STATS},
        {"metrics-file", required_argument, NULL, OPT_METRICS},
        {"log-format", required_argument, NULL, OPT_LOG_FORMAT},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    int opt, st;
    while ((opt = getopt_long(argc, argv, "o:j:qvh", longs, NULL)) != -1) {
        if (opt == 'h') exit(help_of("run"));
        st = parse_one(a, opt);
        if (st != EXIT_DONE) return st;
    }
    if (optind >= argc) return usage_error("run", "no config given");
    a->req.config = argv[optind];
    a->req.input = (const char *const *)argv + optind + 1;
    a->req.ninput = (size_t)(argc - optind - 1);
    return EXIT_DONE;
}

/* ---- signals --------------------------------------------------------------------------------- */

static qn_session *signalled; /* the one run of this process */
static volatile sig_atomic_t last_signal;

static void on_signal(int sig)
{
    int stop = atomic_load(&signalled->stop);
    last_signal = sig;
    if (stop < QN_CANCEL) atomic_store(&signalled->stop, stop + 1);
}

static volatile sig_atomic_t asked; /* SIGUSR1 */

static void on_question(int sig)
{
    (void)sig;
    asked = 1;
}

static void catch_signals(qn_session *s)
{
    struct sigaction sa;
    memset(&sa, 0, sizeof sa);
    signalled = s;
    sa.sa_handler = on_signal;
    sigaction(SIGINT, &sa, NULL);
    sigaction(SIGTERM, &sa, NULL);
    sa.sa_handler = on_question;
    sa.sa_flags = SA_RESTART;
    sigaction(SIGUSR1, &sa, NULL);
    sa.sa_handler = SIG_IGN; /* a closed pipe comes back as EPIPE from write(2) */
    sigaction(SIGPIPE, &sa, NULL);
}

/* ---- the end --------------------------------------------------------------------------------- */

static int exit_of(qn_status st, const qn_run_report *rep)
{
    switch (st) {
    case QN_OK:
        if (last_signal) return 128 + last_signal;
        return rep->totals.failed > rep->totals.skipped ? EXIT_LEFT_OUT : EXIT_DONE;
    case QN_E_CANCELLED:
        return 128 + (last_signal ? last_signal : SIGPIPE);
    case QN_E_DATA:
        return EXIT_DATA;
    case QN_E_IO:
        return EXIT_IO;
    default:
        return EXIT_INTERNAL;
    }
}

static void say_end(const struct run_args *a, const qn_plan *plan, qn_status st,
                    const qn_run_report *rep, const char *why)
{
    char n[32];
    if (st != QN_OK && st != QN_E_CANCELLED) log_to_stderr(NULL, QN_ERROR, "", why);
    if (a->quiet || (st == QN_E_CANCELLED && !last_signal))
        return; /* the reader of a pipe has gone: nothing to say */
    if (last_signal)
        fprintf(stderr, "quern: %s by signal %d after %s records\n",
                st == QN_OK ? "stopped" : "cancelled", (int)last_signal,
                grouped(rep->totals.read, n));
    print_summary(stderr, plan, rep);
    if (rep->totals.quarantined)
        fprintf(stderr, "quern: %s records in quarantine: %s\n",
                grouped(rep->totals.quarantined, n), plan->run.quarantine);
}

/* ---- while it runs -----------------------------------------------------------------------------
 */

static void write_metrics(const struct watch *w, const qn_run_report *rep)
{
    qn_jsonw text = {0};
    char why[1024];
    put_metrics(&text, w->plan, rep);
    if (!write_file(w->args->metrics, &text, why, sizeof why))
        qn_log_say(w->plan->session->log, QN_WARN, "", "--metrics-file: %s", why);
    qn_jsonw_free(&text);
}

static void watch_run(void *user, qn_running *run)
{
    enum { EVERY = 5 };
    struct watch *w = user;
    qn_run_report rep;
    int due = w->args->metrics && qn_running_ns(run) >= w->metrics_due;
    if (asked || due) {
        qn_running_report(run, &rep);
        if (due) write_metrics(w, &rep);
        if (due) w->metrics_due = rep.ns + EVERY * UINT64_C(1000000000);
        if (asked) {
            clear_progress(w->line);
            print_summary(stderr, w->plan, &rep);
            asked = 0;
        }
        qn_run_report_free(&rep);
    }
    if (w->progress) draw_progress(w->line, run);
}

/* ---- the whole ---------------------------------------------------------------------------------
 */

static int check_files(const struct run_args *a, const qn_plan *plan)
{
    const clash_file file[] = {{"--tap-file", a->req.ntap ? a->tap_file : NULL},
                               {"--metrics-file", a->metrics},
                               {"--stats", a->stats}};
    return check_clash(plan, file, sizeof file / sizeof *file, a->req.input, a->req.ninput);
}

static int open_taps(struct run_args *a, qn_plan *plan)
{
    FILE *out = stderr;
    size_t i;
    if (a->tap_file && a->req.ntap) out = fopen(a->tap_file, "w");
    if (!out) {
        fprintf(stderr, "quern: --tap-file %s: %s\n", a->tap_file, strerror(errno));
        return 0;
    }
    for (i = 0; i < a->req.ntap; i++) {
        a->tap[i].out = out;
        a->tap[i].session = plan->session;
    }
    return 1;
}

static int close_taps(const struct run_args *a)
{
    FILE *out = a->req.ntap ? a->tap[0].out : NULL;
    if (!out || out == stderr || fclose(out) == 0) return 1;
    fprintf(stderr, "quern: --tap-file %s: %s\n", a->tap_file, strerror(errno));
    return 0;
}

static const char *state_of(qn_status st)
{
    if (st == QN_E_CANCELLED) return "cancelled";
    if (st != QN_OK) return "failed";
    return last_signal ? "stopped" : "done";
}

/* Numbers of the run, to their file and as the last line of a JSON log. 0 when the file cannot be
 * written. */
static int write_stats(const struct run_args *a, const qn_plan *plan, const qn_run_report *rep,
                       qn_status st)
{
    qn_jsonw text = {0};
    char why[1024];
    int ok = 1;
    put_stats(&text, plan, rep, a->req.config, state_of(st));
    if (a->json_log && !a->quiet && !text.no_memory) log_json_end(text.p, text.n);
    qn_jsonw_lit(&text, "\n");
    if (a->stats) ok = write_file(a->stats, &text, why, sizeof why);
    if (!ok) log_to_stderr(NULL, QN_ERROR, "--stats", why);
    qn_jsonw_free(&text);
    return ok;
}

static int run_plan(struct run_args *a, qn_plan *plan, qn_log *log, progress_line *line)
{
    struct watch watch = {a, plan, line, !a->quiet && !a->json_log && use_progress(), 0};
    qn_run_report rep;
    char why[1024];
    int code;
    qn_status st;
    line->plan = plan;
    if (check_files(a, plan) != EXIT_DONE) return EXIT_USAGE;
    if (!open_taps(a, plan)) return EXIT_CANTCREATE;
    catch_signals(plan->session);
    name_faults();
    st = qn_run(plan, watch_run, &watch, &rep, why, sizeof why);
    clear_progress(line);
    qn_log_flush(log);
    if (a->json_log) {
        if (st != QN_OK && st != QN_E_CANCELLED) log_json(NULL, QN_ERROR, "", why);
    } else {
        say_end(a, plan, st, &rep, why);
    }
    code = exit_of(st, &rep);
    if (a->metrics) write_metrics(&watch, &rep);
    if (!write_stats(a, plan, &rep, st) && code == EXIT_DONE) code = EXIT_CANTCREATE;
    if (!close_taps(a) && code == EXIT_DONE) code = EXIT_IO;
    qn_run_report_free(&rep);
    return code;
}

static qn_level least_level(const struct run_args *a)
{
    if (a->quiet) return QN_ERROR;
    return a->verbose > 1 ? QN_DEBUG : a->verbose ? QN_INFO : QN_WARN;
}

static int plan_and_run(struct run_args *a)
{
    progress_line line = {0, NULL};
    int code;
    qn_diags *diags = qn_diags_new();
    qn_log *log =
        qn_log_new(a->json_log ? log_json : log_to_stderr, &line.drawn, least_level(a), 20);
    qn_plan *plan;
    a->req.log = log;
    plan = diags && log ? qn_plan_new(&a->req, diags) : NULL;
    if (diags) qn_diags_print(diags, stderr, a->format, use_color(stderr, a->color));
    if (plan)
        code = run_plan(a, plan, log, &line);
    else
        code = diags && log ? exit_of_diags(diags) : EXIT_INTERNAL;
    qn_plan_free(plan);
    qn_log_free(log);
    qn_diags_free(diags);
    return code;
}

/* text NULL: the config is a file. */
static int run(int argc, char **argv, const char *text, size_t n)
{
    struct run_args a = {0};
    int st;
    a.req.text = text;
    a.req.ntext = n;
    a.req.workers = -1;
    a.set = calloc((size_t)argc, sizeof *a.set);
    if (!a.set) return EXIT_INTERNAL;
    a.req.set = a.set;
    st = parse(&a, argc, argv);
    if (st == EXIT_DONE) st = plan_and_run(&a);
    free(a.set);
    return st;
}

int cmd_run(int argc, char **argv)
{
    return run(argc, argv, NULL, 0);
}

int run_text(int argc, char **argv, const char *text, size_t n)
{
    return run(argc, argv, text, n);
}

/* SPDX-License-Identifier: MIT */
/* core/cli/cmd_graph.c - quern graph: a picture of a pipeline, its stages in order and which layers
 * go from whom to whom; as text, DOT, Mermaid, or an SVG drawn here. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "lines.h"
#include "plan.h"
#include "report/stages.h"

const char help_graph[] =
    "      --format FORMAT       text, dot (Graphviz), mermaid, svg\n"
    "      --set STAGE.OPT=VALUE  sets an option\n"
    "      --stats FILE          what `quern run --stats FILE` wrote: adds each stage's\n"
    "                            records and its share of the time\n"
    "\n"
    "Stages stand in their order; beside them, each layer leads from the stage that made it\n"
    "last to every later stage that reads it.\n"
    "\n"
    "exit status: as of quern check; 65 or 66 when --stats is none or cannot be read\n";

enum { NOTE = 96 };
enum format { TEXT, DOT, MERMAID, SVG };

struct graph_args {
    qn_plan_request req;
    const char **set;
    enum format format;
    const char *stats; /* file, or NULL */
};

/* A layer on its way from stage to stage. */
struct flow {
    const char *layer;
    size_t n; /* length of the layer's name */
    unsigned from, to;
};

/* What is drawn beside the stages themselves. */
struct flows {
    struct flow *v;
    size_t n;
    char (*note)[NOTE]; /* of each stage, from --stats: "400 records, 12%"; NULL: of none */
};

static const char *note_of(const struct flows *f, unsigned stage)
{
    return f->note ? f->note[stage] : "";
}

static int same(const char *list_word, const char *word, size_t n)
{
    return strlen(list_word) == n && memcmp(list_word, word, n) == 0;
}

/* The stage before `to` that makes the layer last; -1: none. */
static int maker(const qn_plan *plan, unsigned to, const char *word, size_t n)
{
    unsigned i, k;
    for (i = to; i-- > 0;) {
        const char *const *makes = plan->stage[i].plugin->makes;
        for (k = 0; makes && makes[k]; k++)
            if (same(makes[k], word, n)) return (int)i;
    }
    return -1;
}

/* Text and metadata go down the chain itself. */
static int is_chain(const char *word, size_t n)
{
    return same("text", word, n) || same("bytes", word, n) || same("meta", word, n);
}

static int find_flows(const qn_plan *plan, struct flows *out)
{
    unsigned i, k;
    for (i = 0; i < plan->nstage; i++) {
        const char *const *needs = plan->stage[i].plugin->needs;
        for (k = 0; needs && needs[k]; k++) {
            size_t n = strlen(needs[k]);
            struct flow *more;
            int from;
            if (n && needs[k][n - 1] == '?') n--;
            if (is_chain(needs[k], n)) continue;
            from = maker(plan, i, needs[k], n);
            if (from < 0) continue;
            more = realloc(out->v, (out->n + 1) * sizeof *more);
            if (!more) return 0;
            out->v = more;
            out->v[out->n++] = (struct flow){needs[k], n, (unsigned)from, i};
        }
    }
    return 1;
}

static const char *kind_word(const qn_stage *st)
{
    return st->plugin->kind == QN_SOURCE ? "source"
           : st->plugin->kind == QN_SINK ? "sink"
                                         : "stage";
}

/* ---- text --------------------------------------------------------------------------------------
 */

static void print_text(const qn_plan *plan, const struct flows *f)
{
    unsigned i;
    size_t k;
    for (i = 0; i < plan->nstage; i++) {
        const qn_stage *st = &plan->stage[i];
        const char *sep = "   reads ";
        printf("%s%s", i ? "  |\n" : "", st->id);
        if (strcmp(st->id, st->plugin->name) != 0) printf(" (%s)", st->plugin->name);
        if (st->plugin->kind != QN_STAGE) printf("   %s", kind_word(st));
        if (*note_of(f, i)) printf("   %s", note_of(f, i));
        for (k = 0; k < f->n; k++) {
            if (f->v[k].to != i) continue;
            printf("%s%.*s from %s", sep, (int)f->v[k].n, f->v[k].layer,
                   plan->stage[f->v[k].from].id);
            sep = ", ";
        }
        putchar('\n');
    }
}

/* ---- DOT and Mermaid ---------------------------------------------------------------------------
 */

static void put_quoted(const char *s, const char *note)
{
    putchar('"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\') putchar('\\');
        putchar(*s);
    }
    printf("%s%s\"", *note ? "\\n" : "", note);
}

static void print_dot(const qn_plan *plan, const struct flows *f)
{
    unsigned i;
    size_t k;
    puts("digraph pipeline {\n  rankdir = LR;\n  node [shape = box, style = rounded];");
    for (i = 0; i < plan->nstage; i++) {
        printf("  s%u [label = ", i);
        put_quoted(plan->stage[i].id, note_of(f, i));
        puts(plan->stage[i].plugin->kind == QN_STAGE ? "];" : ", style = \"rounded,bold\"];");
    }
    for (i = 1; i < plan->nstage; i++)
        printf("  s%u -> s%u [weight = 10];\n", i - 1, i);
    for (k = 0; k < f->n; k++)
        printf("  s%u -> s%u [style = dashed, constraint = false, label = \"%.*s\"];\n",
               f->v[k].from, f->v[k].to, (int)f->v[k].n, f->v[k].layer);
    puts("}");
}

/* Mermaid's labels stand in quotes; a quote in them is an entity. */
static void put_mermaid(const char *s)
{
    for (; *s; s++)
        if (*s == '"')
            fputs("#quot;", stdout);
        else
            putchar(*s);
}

static void print_mermaid(const qn_plan *plan, const struct flows *f)
{
    unsigned i;
    size_t k;
    puts("flowchart LR");
    for (i = 0; i < plan->nstage; i++) {
        const char *open = plan->stage[i].plugin->kind == QN_STAGE ? "[\"" : "([\"";
        printf("  s%u%s", i, open);
        put_mermaid(plan->stage[i].id);
        if (*note_of(f, i)) printf("<br>%s", note_of(f, i));
        puts(plan->stage[i].plugin->kind == QN_STAGE ? "\"]" : "\"])");
    }
    for (i = 1; i < plan->nstage; i++)
        printf("  s%u --> s%u\n", i - 1, i);
    for (k = 0; k < f->n; k++)
        printf("  s%u -. %.*s .-> s%u\n", f->v[k].from, (int)f->v[k].n, f->v[k].layer, f->v[k].to);
}

/* ---- SVG: a column of boxes, and beside it the layers, each in a lane of its own ----------------
 */

enum {
    BOX_W = 220,
    BOX_H = 34,
    NOTED_H = 50,
    ROW = 56,
    NOTED_ROW = 72,
    TOP = 16,
    LEFT = 16,
    LANE = 74,
    LANE_0 = 46
};

/* A box is higher, and the rows are farther apart, when it has a note. */
static int box_h(const struct flows *f)
{
    return f->note ? NOTED_H : BOX_H;
}

static int row_y(const struct flows *f, unsigned i)
{
    return TOP + (int)i * (f->note ? NOTED_ROW : ROW);
}

static void put_xml(const char *s, size_t n)
{
    size_t i;
    for (i = 0; i < n; i++) {
        if (s[i] == '<')
            fputs("&lt;", stdout);
        else if (s[i] == '&')
            fputs("&amp;", stdout);
        else if (s[i] == '>')
            fputs("&gt;", stdout);
        else if ((unsigned char)s[i] >= 0x20)
            putchar(s[i]);
    }
}

static void draw_box(const struct flows *f, const qn_stage *st, unsigned i)
{
    int y = row_y(f, i);
    printf("<rect x='%d' y='%d' width='%d' height='%d' rx='7' class='%s'/>", LEFT, y, BOX_W,
           box_h(f), kind_word(st));
    printf("<text x='%d' y='%d' class='id'>", LEFT + 12, y + 22);
    put_xml(st->id, strlen(st->id));
    puts("</text>");
    if (*note_of(f, i))
        printf("<text x='%d' y='%d' class='note'>%s</text>\n", LEFT + 12, y + 40, note_of(f, i));
    if (i)
        printf("<path d='M%d %dV%d' class='step' marker-end='url(#a)'/>\n", LEFT + BOX_W / 2,
               row_y(f, i - 1) + box_h(f), y - 2);
}

/* The first lane in which no other layer is on its way past stage `from`. */
static unsigned free_lane(const unsigned *end, unsigned nlane, unsigned from)
{
    unsigned lane;
    for (lane = 0; lane < nlane && end[lane] > from; lane++) {
    }
    return lane;
}

static int by_from(const void *a, const void *b)
{
    const struct flow *x = a, *y = b;
    size_t n = x->n < y->n ? x->n : y->n;
    int c;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    c = memcmp(x->layer, y->layer, n);
    if (c == 0) c = (x->n > y->n) - (x->n < y->n);
    return c ? c : (x->to > y->to) - (x->to < y->to);
}

static int same_layer(const struct flow *a, const struct flow *b)
{
    return a->from == b->from && a->n == b->n && memcmp(a->layer, b->layer, a->n) == 0;
}

/* One line down the lane for a layer, a branch to each reader. */
static void draw_layer(const struct flows *all, const struct flow *f, size_t n, unsigned lane)
{
    const int h = box_h(all), out = row_y(all, f->from) + h / 2 + 6;
    int x = LEFT + BOX_W + LANE_0 + (int)lane * LANE;
    size_t i;
    printf("<path d='M%d %dH%dV%d' class='flow'/>", LEFT + BOX_W, out, x,
           row_y(all, f[n - 1].to) + h / 2 - 6);
    for (i = 0; i < n; i++)
        printf("<path d='M%d %dH%d' class='flow' marker-end='url(#b)'/>", x,
               row_y(all, f[i].to) + h / 2 - 6, LEFT + BOX_W + 2);
    printf("<text x='%d' y='%d' class='layer'>", x + 4, out + 16);
    put_xml(f->layer, f->n);
    puts("</text>");
}

static int print_svg(const qn_plan *plan, struct flows *f)
{
    unsigned *end = calloc(f->n + 1, sizeof *end), lanes = 0, lane, i;
    unsigned *lane_at = calloc(f->n + 1, sizeof *lane_at);
    size_t k, n;
    if (!end || !lane_at) {
        free(end);
        free(lane_at);
        return 0;
    }
    if (f->n) qsort(f->v, f->n, sizeof *f->v, by_from);
    for (k = 0; k < f->n; k += n) {
        for (n = 1; k + n < f->n && same_layer(&f->v[k], &f->v[k + n]); n++) {
        }
        lane = free_lane(end, lanes, f->v[k].from);
        end[lane] = f->v[k + n - 1].to;
        if (lane == lanes) lanes++;
        lane_at[k] = lane;
    }
    printf("<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' role='img' "
           "aria-label='pipeline'>\n",
           LEFT * 2 + BOX_W + LANE_0 + (int)lanes * LANE,
           row_y(f, plan->nstage - 1) + box_h(f) + TOP);
    puts(
        "<style>text{font:14px system-ui,sans-serif;fill:#1f2937}.id{font-weight:600}"
        ".layer{font-size:12px;fill:#0f5c6e}.note{font-size:12px;fill:#51606f}rect{fill:#f3f6f8;"
        "stroke:#51606f;stroke-width:1.3}"
        ".source,.sink{fill:#e3f1ee;stroke:#0f5c6e}.step{stroke:#51606f;stroke-width:1.6;fill:none}"
        ".flow{stroke:#0f5c6e;stroke-width:1.2;fill:none;stroke-dasharray:5 3}"
        "@media(prefers-color-scheme:dark){text{fill:#e5e7eb}.layer{fill:#7fd0de}.note{fill:#"
        "a9b6c4}"
        "rect{fill:#263241;stroke:#93a4b5}.source,.sink{fill:#16393c;stroke:#7fd0de}"
        ".step{stroke:#93a4b5}.flow{stroke:#7fd0de}}</style>");
    puts(
        "<defs><marker id='a' viewBox='0 0 8 8' refX='7' refY='4' markerWidth='8' markerHeight='8' "
        "orient='auto'><path d='M0 0L8 4L0 8z' fill='#51606f'/></marker><marker id='b' "
        "viewBox='0 0 8 8' refX='7' refY='4' markerWidth='7' markerHeight='7' orient='auto'>"
        "<path d='M0 0L8 4L0 8z' fill='#0f5c6e'/></marker></defs>");
    for (i = 0; i < plan->nstage; i++)
        draw_box(f, &plan->stage[i], i);
    for (k = 0; k < f->n; k += n) {
        for (n = 1; k + n < f->n && same_layer(&f->v[k], &f->v[k + n]); n++) {
        }
        draw_layer(f, &f->v[k], n, lane_at[k]);
    }
    puts("</svg>");
    free(end);
    free(lane_at);
    return 1;
}

/* ---- the command -------------------------------------------------------------------------------
 */

/* Each stage's note, by its id: a stage that the run did not have has none. */
static void write_notes(const qn_plan *plan, const report_run *run, char (*note)[NOTE])
{
    double all = 0;
    unsigned i, k;
    for (k = 0; k < run->nstage; k++)
        all += run->stage[k].seconds;
    for (i = 0; i < plan->nstage; i++)
        for (k = 0; k < run->nstage; k++) {
            const report_stage *s = &run->stage[k];
            char n[32], out[32];
            if (!same(plan->stage[i].id, s->id.p, s->id.n)) continue;
            snprintf(note[i], NOTE, "%s records, %.0f%%", grouped(s->records, n),
                     all > 0 ? 100 * s->seconds / all : 0.0);
            if (s->dropped + s->failed)
                snprintf(note[i] + strlen(note[i]), NOTE - strlen(note[i]), ", %s left out",
                         grouped(s->dropped + s->failed, out));
        }
}

static int read_notes(const qn_plan *plan, const char *path, struct flows *f)
{
    static report_run run;
    qn_pool *pool = qn_pool_new();
    qn_str line;
    char why[1200], words[512];
    int code = EXIT_INTERNAL;
    f->note = calloc(plan->nstage + 1, sizeof *f->note);
    if (pool && f->note) {
        code = EXIT_DONE;
        if (lines_first(path, pool, &line, why, sizeof why) != QN_OK) {
            code = EXIT_NOINPUT;
        } else if (!report_run_read(&run, pool, line.p, line.n, words, sizeof words)) {
            snprintf(why, sizeof why, "%.500s: %s", path, words);
            code = EXIT_DATA;
        }
        if (code != EXIT_DONE) fprintf(stderr, "quern: %s\n", why);
    }
    if (code == EXIT_DONE) write_notes(plan, &run, f->note);
    qn_pool_free(pool);
    return code;
}

static int draw(const qn_plan *plan, const struct graph_args *a)
{
    struct flows f = {NULL, 0, NULL};
    const enum format format = a->format;
    int code = a->stats ? read_notes(plan, a->stats, &f) : EXIT_DONE;
    int ok = code == EXIT_DONE && find_flows(plan, &f);
    if (ok && format == TEXT) print_text(plan, &f);
    if (ok && format == DOT) print_dot(plan, &f);
    if (ok && format == MERMAID) print_mermaid(plan, &f);
    if (ok && format == SVG) ok = print_svg(plan, &f);
    free(f.v);
    free(f.note);
    if (!ok) return code == EXIT_DONE ? EXIT_INTERNAL : code;
    return fflush(stdout) == 0 && !ferror(stdout) ? EXIT_DONE : EXIT_IO;
}

static int parse_format(const char *word, enum format *out)
{
    static const char *const words[] = {"text", "dot", "mermaid", "svg"};
    int i;
    for (i = 0; i < 4; i++)
        if (strcmp(word, words[i]) == 0) {
            *out = (enum format)i;
            return 1;
        }
    return 0;
}

static int parse(struct graph_args *a, int argc, char **argv)
{
    static const struct option longs[] = {{"format", required_argument, NULL, 'f'},
                                          {"set", required_argument, NULL, 's'},
                                          {"stats", required_argument, NULL, 'S'},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    int opt;
    while ((opt = getopt_long(argc, argv, "h", longs, NULL)) != -1) {
        if (opt == 'h') {
            help_of("graph");
            return -1;
        }
        if (opt == '?') return usage_error("graph", "wrong option");
        if (opt == 'S') a->stats = optarg;
        if (opt == 's') a->set[a->req.nset++] = optarg;
        if (opt == 'f' && !parse_format(optarg, &a->format))
            return usage_error("graph", "--format %s: expected text, dot, mermaid or svg", optarg);
    }
    if (argc - optind != 1) return usage_error("graph", "expected one config");
    a->req.config = argv[optind];
    return EXIT_DONE;
}

int cmd_graph(int argc, char **argv)
{
    struct graph_args a = {0};
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
        qn_diags_print(diags, stderr, QN_DIAG_TEXT, use_color(stderr, COLOR_AUTO));
        code = plan ? draw(plan, &a) : exit_of_diags(diags);
    }
    qn_plan_free(plan);
    qn_diags_free(diags);
    free(a.set);
    return code < 0 ? EXIT_DONE : code;
}

/* SPDX-License-Identifier: MIT */
/* core/cli/summary.c - see summary.h. */
#include "summary.h"

#include <string.h>

#include "cli.h"

/* Share of the input that has been read, 0..1; negative when the source cannot tell. */
static double share_done(const qn_plan *plan)
{
    const qn_stage *source = &plan->stage[0];
    const qn_progress *ext;
    uint64_t done, total;
    if (!source->plugin->extension) return -1;
    ext = source->plugin->extension(QN_EXT_PROGRESS);
    if (!ext) return -1;
    ext->get(source->state, &done, &total);
    if (total == 0) return -1;
    return done < total ? (double)done / (double)total : 1;
}

void draw_progress(progress_line *line, qn_running *run)
{
    qn_totals totals = qn_running_totals(run), *t = &totals;
    double s = (double)qn_running_ns(run) / 1e9, done = share_done(line->plan);
    char a[32], b[32];
    fprintf(stderr, "\r\033[Kquern: %s records", grouped(t->read, a));
    if (done >= 0) fprintf(stderr, ", %.0f%%", 100 * done);
    fprintf(stderr, ", %s/s", sized(s > 0 ? (double)t->bytes / s : 0, b));
    if (done > 0.01) fprintf(stderr, ", %.0f s left", s / done - s);
    if (t->dropped) fprintf(stderr, ", %s dropped", grouped(t->dropped, a));
    if (t->failed) fprintf(stderr, ", %s failed", grouped(t->failed, a));
    fflush(stderr);
    line->drawn = 1;
}

void clear_progress(progress_line *line)
{
    if (line->drawn) fputs("\r\033[K", stderr);
    line->drawn = 0;
}

static void print_head(FILE *f, const qn_run_report *rep)
{
    const qn_totals *t = &rep->totals;
    char a[32], b[32], c[32], d[32];
    double s = (double)rep->ns / 1e9;
    fprintf(f, "quern: %s records in, %s out", grouped(t->read, a), grouped(t->out, b));
    if (t->dropped) fprintf(f, ", %s dropped", grouped(t->dropped, c));
    if (t->failed) fprintf(f, ", %s failed", grouped(t->failed, d));
    fprintf(f, "; %s in %.2f s", sized((double)t->bytes, a), s);
    fprintf(f, " (%s/s, %u %s)\n", sized(s > 0 ? (double)t->bytes / s : 0, b), rep->workers,
            rep->workers == 1 ? "worker" : "workers");
}

/* "12 dropped, 3 fixed" from the plugin's counters; then what took records out. */
static void print_notes(FILE *f, const qn_plan *plan, const qn_run_report *rep, unsigned i)
{
    const qn_plugin *p = plan->stage[i].plugin;
    const qn_stage_report *s = &rep->stage[i];
    const qn_drop_count *drop;
    const char *sep = "  ";
    char buf[32];
    size_t k, ndrop = 0;
    for (k = 0; s->count && k < plan->stage[i].ncount; k++)
        if (s->count[k]) {
            fprintf(f, "%s%s %s", sep, grouped(s->count[k], buf), p->counters[k].name);
            sep = ", ";
        }
    drop = rep->ledger ? qn_ledger_drops(rep->ledger, &ndrop) : NULL;
    for (k = 0; drop && k < ndrop; k++)
        if (drop[k].stage == i) {
            fprintf(f, "%s%s records dropped by %s", sep, grouped(drop[k].n, buf), drop[k].rule);
            sep = ", ";
        }
    if (s->failed) {
        fprintf(f, "%s%s records failed", sep, grouped(s->failed, buf));
        sep = ", ";
    }
    if ((int)i == rep->limit) fputs("  <- limits the run", f);
}

static int id_width(const qn_plan *plan)
{
    size_t widest = 5;
    unsigned i;
    for (i = 0; i < plan->nstage; i++)
        if (strlen(plan->stage[i].id) > widest) widest = strlen(plan->stage[i].id);
    return widest > 32 ? 32 : (int)widest;
}

void print_summary(FILE *f, const qn_plan *plan, const qn_run_report *rep)
{
    int width = id_width(plan);
    uint64_t all = 0;
    char n[32];
    unsigned i;
    print_head(f, rep);
    if (rep->nstage == 0 || rep->totals.read == 0) return;
    for (i = 0; i < rep->nstage; i++)
        all += rep->stage[i].ns;
    fprintf(f, "  %-*s %11s %9s %6s %9s  %s\n", width, "stage", "records", "time", "share",
            "waited", "notes");
    for (i = 0; i < rep->nstage; i++) {
        const qn_stage_report *s = &rep->stage[i];
        fprintf(f, "  %-*.*s %11s %8.2fs %5.0f%% %8.2fs", width, width, plan->stage[i].id,
                grouped(s->records, n), (double)s->ns / 1e9,
                all ? 100.0 * (double)s->ns / (double)all : 0.0, (double)s->wait_ns / 1e9);
        print_notes(f, plan, rep, i);
        putc('\n', f);
    }
}

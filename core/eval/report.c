/* SPDX-License-Identifier: MIT */
/* core/eval/report.c - see report.h. */
#include "eval/report.h"

#include <stdlib.h>

#include "text/json_write.h"
#include "text/utf8.h"

static const char *label_of(const eval_print *how, unsigned label)
{
    return label ? qn_names_text(how->names, (uint16_t)label).p : "(no label)";
}

/* Labels that occur, most frequent in gold first, then by name. */
struct row {
    unsigned label;
    uint32_t gold;
    const char *name;
};

static int by_gold(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    if (x->gold != y->gold) return x->gold > y->gold ? -1 : 1;
    return strcmp(x->name, y->name);
}

/* NULL with *n = 0 when there are none, or no memory. */
static struct row *label_rows(const eval_score *s, const eval_print *how, unsigned *n)
{
    struct row *v = malloc((s->nlabel + 1) * sizeof *v);
    unsigned i;
    *n = 0;
    for (i = 0; v && s->label && i < s->nlabel; i++) {
        eval_count c = eval_measure_sum(&s->label[i]);
        if (c.tp + c.fp + c.fn == 0) continue;
        v[*n].label = i;
        v[*n].gold = c.tp + c.fn;
        v[(*n)++].name = label_of(how, i);
    }
    if (*n) qsort(v, *n, sizeof *v, by_gold);
    return v;
}

/* ---- the table ----------------------------------------------------------------------------------
 */

static void print_figure(FILE *out, const char *name, int inner, const eval_measure *m,
                         const eval_measure *base, const eval_print *how)
{
    eval_prf v = eval_measure_value(m);
    eval_count c = eval_measure_sum(m);
    fprintf(out, "%s%-*s %7.2f %7.2f %7.2f", inner ? "  " : "", inner ? 14 : 16, name, 100 * v.p,
            100 * v.r, 100 * v.f);
    if (how->rounds) {
        double lo, hi;
        eval_interval(m, how->rounds, how->seed, &lo, &hi);
        fprintf(out, "  [%6.2f, %6.2f]", 100 * lo, 100 * hi);
    }
    if (m->count) fprintf(out, " %8u %8u %8u", c.tp + c.fn, c.tp + c.fp, c.tp);
    if (base && how->rounds) {
        eval_paired p = eval_compare(base, m, how->rounds, how->seed);
        fprintf(out, "%s  %+.2f [%+.2f, %+.2f] p=%.4f",
                m->count ? "" : "                           ", 100 * p.diff, 100 * p.lo, 100 * p.hi,
                p.p);
    }
    putc('\n', out);
}

static double macro(const eval_score *s)
{
    double sum = 0;
    unsigned i, n = 0;
    for (i = 0; s->label && i < s->nlabel; i++) {
        eval_count c = eval_measure_sum(&s->label[i]);
        if (c.tp + c.fn == 0) continue;
        sum += eval_measure_value(&s->label[i]).f;
        n++;
    }
    return n ? sum / n : 0;
}

static void print_labels(FILE *out, const eval_score *s, const eval_print *how)
{
    unsigned n, i;
    struct row *row = label_rows(s, how, &n);
    for (i = 0; i < n; i++)
        print_figure(out, row[i].name, 1, &s->label[row[i].label],
                     how->base && how->base->label && row[i].label < how->base->nlabel
                         ? &how->base->label[row[i].label]
                         : NULL,
                     how);
    if (n) fprintf(out, "  %-14s %7s %7s %7.2f\n", "macro", "", "", 100 * macro(s));
    free(row);
}

static int same_group(const eval_score *s, size_t a, size_t b)
{
    return qn_str_eq(s->gold->v[a].group, s->gold->v[b].group);
}

/* F1 of every figure by group, in the order in which the groups come up. */
static void print_groups(FILE *out, const eval_score *s)
{
    char *in = malloc(s->gold->n + 1);
    size_t i, k, n;
    int f;
    if (!in) return;
    for (i = 0; i < s->gold->n; i++) {
        for (k = 0; k < i && !same_group(s, k, i); k++) {
        }
        if (k < i) continue;
        for (k = n = 0; k < s->gold->n; k++)
            n += (size_t)(in[k] = (char)same_group(s, i, k));
        fprintf(out, "%s%.*s (%zu):", i ? "" : "\n", (int)s->gold->v[i].group.n,
                s->gold->v[i].group.p, n);
        for (f = 0; f < EVAL_FIGURES; f++)
            if (s->has[f])
                fprintf(out, " %s %.2f", s->figure[f].name,
                        100 * eval_measure_part(&s->figure[f], in).f);
        putc('\n', out);
    }
    free(in);
}

static void print_notes(FILE *out, const eval_score *s)
{
    fprintf(out, "\n%zu documents", s->gold->n);
    if (s->has[EVAL_F_SENTS]) fprintf(out, ", %zu with every sentence right", s->exact);
    if (s->missing) fprintf(out, ", %zu without a prediction", s->missing);
    if (s->aligned) fprintf(out, ", %zu whose text differs (aligned)", s->aligned);
    if (s->apart) fprintf(out, ", %zu whose text differs too much (counted as missed)", s->apart);
    putc('\n', out);
}

void eval_print_table(FILE *out, const eval_score *s, const eval_print *how)
{
    int f;
    fprintf(out, "%-16s %7s %7s %7s", "", "P", "R", "F1");
    if (how->rounds) fprintf(out, "  %-16s", "95 % interval");
    fprintf(out, " %8s %8s %8s%s\n", "gold", "found", "right", how->base ? "  difference" : "");
    for (f = 0; f < EVAL_FIGURES; f++) {
        if (!s->has[f]) continue;
        print_figure(out, s->figure[f].name, 0, &s->figure[f],
                     how->base && how->base->has[f] ? &how->base->figure[f] : NULL, how);
        if (f == EVAL_F_ENTS) print_labels(out, s, how);
    }
    if (how->groups) print_groups(out, s);
    print_notes(out, s);
}

/* ---- errors -------------------------------------------------------------------------------------
 */

/* Bytes [*beg, *end) of code points [from, to) of the text. */
static qn_str points(qn_str text, uint32_t from, uint32_t to)
{
    qn_str s = {text.p, 0};
    size_t at = 0, beg = 0;
    uint32_t seen = 0;
    for (; at < text.n && seen < to; seen++) {
        if (seen == from) beg = at;
        do
            at++;
        while (at < text.n && !qn_utf8_boundary(text.p, text.n, at));
    }
    s.p = text.p + (from < to ? beg : at);
    s.n = from < to ? at - beg : 0;
    return s;
}

/* Text of documents goes to a terminal: controls and line ends become blanks. */
static void put_text(FILE *out, qn_str s)
{
    size_t i;
    for (i = 0; i < s.n; i++)
        putc((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F ? ' ' : s.p[i], out);
}

static const eval_doc *shown_doc(const eval_score *s, const eval_wrong *w)
{
    const eval_doc *gold = &s->gold->v[w->doc], *pred;
    if (w->fault != EVAL_SPURIOUS) return gold;
    pred = eval_doc_find(s->pred, gold->id);
    return pred ? pred : gold;
}

static void put_context(FILE *out, const eval_doc *d, const eval_key *k)
{
    enum { WIDE = 40 };
    uint32_t beg = k->shown_beg, end = k->shown_end;
    fputs("  ", out);
    put_text(out, points(d->text, beg > WIDE ? beg - WIDE : 0, beg));
    fputs("[[", out);
    put_text(out, points(d->text, beg, end));
    fputs("]]", out);
    put_text(out, points(d->text, end,
                         end < d->points - WIDE || d->points < WIDE ? end + WIDE : d->points));
    putc('\n', out);
}

static void put_boundary(FILE *out, const eval_doc *d, const eval_key *k)
{
    enum { WIDE = 45 };
    uint32_t end = k->shown_end;
    fputs("  ", out);
    put_text(out, points(d->text, end > WIDE ? end - WIDE : 0, end));
    fputs("[|]", out);
    put_text(out, points(d->text, end, end + WIDE));
    putc('\n', out);
}

static void put_wrong(FILE *out, const eval_score *s, const eval_wrong *w, const eval_print *how)
{
    const eval_doc *d = shown_doc(s, w), *pred = eval_doc_find(s->pred, s->gold->v[w->doc].id);
    const eval_key *k = w->fault == EVAL_SPURIOUS ? &w->pred : &w->gold;
    fputs("  ", out);
    put_text(out, s->gold->v[w->doc].id);
    if (w->kind == EVAL_KIND_BOUNDS) {
        put_boundary(out, d, k);
        return;
    }
    if (w->kind == EVAL_KIND_ENTS) fprintf(out, "  %s", label_of(how, k->label));
    if (w->gold.shown_end && w->pred.shown_end && pred) {
        fputs(", got ", out);
        if (w->kind == EVAL_KIND_ENTS) fprintf(out, "%s ", label_of(how, w->pred.label));
        putc('"', out);
        put_text(out, points(pred->text, w->pred.shown_beg, w->pred.shown_end));
        putc('"', out);
    }
    put_context(out, d, k);
}

/* Spread over the whole file: every n-th of them. */
static void put_kind(FILE *out, const eval_score *s, const eval_print *how, eval_kind kind,
                     eval_fault fault, const char *title)
{
    size_t i, n = 0, step, no = 0, shown = 0;
    for (i = 0; i < s->nwrong; i++)
        n += s->wrong[i].kind == kind && s->wrong[i].fault == fault;
    if (!n) return;
    fprintf(out, "\n%s: %zu\n", title, n);
    step = n > how->errors ? n / how->errors : 1;
    for (i = 0; i < s->nwrong && shown < how->errors; i++) {
        if (s->wrong[i].kind != kind || s->wrong[i].fault != fault) continue;
        if (no++ % step) continue;
        put_wrong(out, s, &s->wrong[i], how);
        shown++;
    }
}

struct confusion {
    unsigned gold, pred;
    size_t n;
};

static int by_n(const void *a, const void *b)
{
    const struct confusion *x = a, *y = b;
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    if (x->gold != y->gold) return x->gold < y->gold ? -1 : 1;
    return x->pred < y->pred ? -1 : x->pred > y->pred;
}

/* Labels taken for one another, place right. NULL: none, or no memory. */
static struct confusion *confusions(const eval_score *s, size_t *n)
{
    struct confusion *v = NULL, *more;
    size_t i, k, cap = 0;
    *n = 0;
    for (i = 0; i < s->nwrong; i++) {
        const eval_wrong *w = &s->wrong[i];
        if (w->kind != EVAL_KIND_ENTS || w->fault != EVAL_LABEL) continue;
        for (k = 0; k < *n && (v[k].gold != w->gold.label || v[k].pred != w->pred.label); k++) {
        }
        if (k == *n) {
            if (*n == cap) {
                cap = cap ? cap * 2 : 64;
                more = realloc(v, cap * sizeof *more);
                if (!more) break;
                v = more;
            }
            v[*n] = (struct confusion){w->gold.label, w->pred.label, 0};
            ++*n;
        }
        v[k].n++;
    }
    if (*n) qsort(v, *n, sizeof *v, by_n);
    return v;
}

static void put_confusion(FILE *out, const eval_score *s, const eval_print *how)
{
    size_t n, i;
    struct confusion *v = confusions(s, &n);
    if (n) fputs("\nlabels confused (place right):\n", out);
    for (i = 0; i < n && i < 20; i++)
        fprintf(out, "  %5zu  %s taken for %s\n", v[i].n, label_of(how, v[i].gold),
                label_of(how, v[i].pred));
    free(v);
}

void eval_print_errors(FILE *out, const eval_score *s, const eval_print *how)
{
    static const char *const entity[EVAL_FAULTS] = {"entities missed", "entities that are none",
                                                    "wrong label", "wrong edges",
                                                    "wrong label and edges"};
    int f;
    if (s->has[EVAL_F_ENTS]) put_confusion(out, s, how);
    for (f = 0; f < EVAL_FAULTS; f++)
        put_kind(out, s, how, EVAL_KIND_ENTS, (eval_fault)f, entity[f]);
    put_kind(out, s, how, EVAL_KIND_BOUNDS, EVAL_SPURIOUS, "cut where no sentence ends");
    put_kind(out, s, how, EVAL_KIND_BOUNDS, EVAL_MISSED, "sentence ends missed");
    for (f = 0; f < EVAL_FAULTS; f++)
        if (f != EVAL_SPURIOUS)
            put_kind(out, s, how, EVAL_KIND_TOKENS, (eval_fault)f,
                     f == EVAL_MISSED ? "tokens missed" : "tokens with wrong edges");
}

/* ---- JSON ---------------------------------------------------------------------------------------
 */

/* A share as per cent with four decimals. */
static void put_share(qn_jsonw *w, double v)
{
    char buf[32];
    int n = snprintf(buf, sizeof buf, "%.4f", 100 * v);
    qn_jsonw_raw(w, (qn_str){buf, (size_t)n});
}

/* An object, left open for what else belongs to the figure. */
static void put_measure(qn_jsonw *w, const eval_measure *m, const eval_measure *base,
                        const eval_print *how)
{
    eval_prf v = eval_measure_value(m);
    eval_count c = eval_measure_sum(m);
    qn_jsonw_lit(w, "{\"p\":");
    put_share(w, v.p);
    qn_jsonw_lit(w, ",\"r\":");
    put_share(w, v.r);
    qn_jsonw_lit(w, ",\"f1\":");
    put_share(w, v.f);
    if (how->rounds) {
        double lo, hi;
        eval_interval(m, how->rounds, how->seed, &lo, &hi);
        qn_jsonw_lit(w, ",\"interval\":[");
        put_share(w, lo);
        qn_jsonw_lit(w, ",");
        put_share(w, hi);
        qn_jsonw_lit(w, "]");
    }
    if (m->count) {
        qn_jsonw_lit(w, ",\"gold\":");
        qn_jsonw_u64(w, c.tp + c.fn);
        qn_jsonw_lit(w, ",\"found\":");
        qn_jsonw_u64(w, c.tp + c.fp);
        qn_jsonw_lit(w, ",\"right\":");
        qn_jsonw_u64(w, c.tp);
    }
    if (base && how->rounds) {
        eval_paired p = eval_compare(base, m, how->rounds, how->seed);
        qn_jsonw_lit(w, ",\"difference\":{\"f1\":");
        put_share(w, p.diff);
        qn_jsonw_lit(w, ",\"interval\":[");
        put_share(w, p.lo);
        qn_jsonw_lit(w, ",");
        put_share(w, p.hi);
        qn_jsonw_lit(w, "],\"p\":");
        qn_jsonw_real(w, p.p);
        qn_jsonw_lit(w, "}");
    }
}

static void put_name(qn_jsonw *w, const char *name)
{
    qn_jsonw_str(w, (qn_str){name, strlen(name)});
}

static void put_labels(qn_jsonw *w, const eval_score *s, const eval_print *how)
{
    unsigned n, i;
    struct row *row = label_rows(s, how, &n);
    struct confusion *v;
    size_t nv, k;
    qn_jsonw_lit(w, ",\"macro_f1\":");
    put_share(w, macro(s));
    qn_jsonw_lit(w, ",\"labels\":{");
    for (i = 0; i < n; i++) {
        if (i) qn_jsonw_lit(w, ",");
        put_name(w, row[i].name);
        qn_jsonw_lit(w, ":");
        put_measure(w, &s->label[row[i].label], NULL, how);
        qn_jsonw_lit(w, "}");
    }
    free(row);
    qn_jsonw_lit(w, "},\"confused\":[");
    v = confusions(s, &nv);
    for (k = 0; k < nv; k++) {
        if (k) qn_jsonw_lit(w, ",");
        qn_jsonw_lit(w, "{\"gold\":");
        put_name(w, label_of(how, v[k].gold));
        qn_jsonw_lit(w, ",\"found\":");
        put_name(w, label_of(how, v[k].pred));
        qn_jsonw_lit(w, ",\"n\":");
        qn_jsonw_u64(w, v[k].n);
        qn_jsonw_lit(w, "}");
    }
    qn_jsonw_lit(w, "]");
    free(v);
}

qn_status eval_print_json(FILE *out, const eval_score *s, const eval_print *how)
{
    qn_jsonw w = {0};
    qn_status st = QN_OK;
    int f;
    qn_jsonw_lit(&w, "{\"documents\":");
    qn_jsonw_u64(&w, s->gold->n);
    qn_jsonw_lit(&w, ",\"missing\":");
    qn_jsonw_u64(&w, s->missing);
    qn_jsonw_lit(&w, ",\"aligned\":");
    qn_jsonw_u64(&w, s->aligned);
    qn_jsonw_lit(&w, ",\"not_comparable\":");
    qn_jsonw_u64(&w, s->apart);
    for (f = 0; f < EVAL_FIGURES; f++) {
        if (!s->has[f]) continue;
        qn_jsonw_lit(&w, ",");
        put_name(&w, s->figure[f].name);
        qn_jsonw_lit(&w, ":");
        put_measure(&w, &s->figure[f],
                    how->base && how->base->has[f] ? &how->base->figure[f] : NULL, how);
        if (f == EVAL_F_ENTS) put_labels(&w, s, how);
        qn_jsonw_lit(&w, "}");
    }
    qn_jsonw_lit(&w, "}\n");
    if (w.no_memory)
        st = QN_E_NOMEM;
    else if (fwrite(w.p, 1, w.n, out) != w.n)
        st = QN_E_IO;
    qn_jsonw_free(&w);
    return st;
}

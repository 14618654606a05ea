/* SPDX-License-Identifier: MIT */
/* core/report/page.c - see page.h. Bars stand in tables, so that every number can be read, too. */
#include "report/page.h"

#include <stdio.h>
#include <string.h>

#include "text/chars.h"

enum { TOP_NAMES = 50, TOP_OF_LABEL = 10, TOP_PHRASES = 30, TOP_VALUES = 5, TOP_META = 24 };

static void fact(html *h, const char *what, uint64_t n)
{
    html_put(h, "<div><dt>");
    html_put(h, what);
    html_put(h, "</dt><dd>");
    html_count(h, n);
    html_put(h, "</dd></div>\n");
}

static void cell(html *h, uint64_t n)
{
    html_put(h, "<td class=\"n\">");
    html_count(h, n);
    html_put(h, "</td>");
}

static void bar(html *h, double part)
{
    html_putf(
        h,
        "<td class=\"bar\"><svg class=\"row\" viewBox=\"0 0 100 10\" "
        "preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"mark\" width=\"%.2f\" "
        "height=\"10\"/></svg></td>",
        part > 0 ? 100 * part : 0.0);
}

static void name_cell(html *h, qn_str name)
{
    html_put(h, "<td><bdi>");
    html_text(h, name);
    html_put(h, "</bdi></td>");
}

/* ---- what there is ------------------------------------------------------------------------------
 */

static void put_facts(html *h, const report_corpus *c)
{
    html_put(h, "<dl class=\"facts\">\n");
    fact(h, "documents", c->documents);
    fact(h, "characters", c->points);
    if (c->has_sents) fact(h, "sentences", c->sents);
    if (c->has_tokens) fact(h, "tokens", c->tokens);
    if (c->has_ents) fact(h, "entities", c->ents);
    if (c->has_changes) fact(h, "documents changed by a rule", c->changed);
    html_put(h, "</dl>\n");
}

static void oddity(html *h, uint64_t n, const char *one, const char *many)
{
    if (!n) return;
    html_put(h, "<li>");
    html_count(h, n);
    html_put(h, " ");
    html_put(h, n == 1 ? one : many);
    html_put(h, "</li>\n");
}

static void put_oddities(html *h, const report_corpus *c)
{
    if (!(c->empty || c->again || c->texts_again || c->without_ents)) return;
    html_put(h, "<h2>Worth a look</h2>\n<ul>\n");
    oddity(h, c->empty, "document without text", "documents without text");
    oddity(h, c->texts_again, "document with exactly the text of an earlier one",
           "documents with exactly the text of an earlier one");
    oddity(h, c->again, "document with the id of an earlier one",
           "documents with the id of an earlier one");
    oddity(h, c->without_ents, "document in which no entity was found",
           "documents in which no entity was found");
    html_put(h, "</ul>\n");
}

/* ---- lengths ------------------------------------------------------------------------------------
 */

/* 2000 as "2k" in buf[16]. */
static const char *brief(uint64_t n, char *buf)
{
    if (n >= 1000000000 && n % 1000000000 == 0)
        snprintf(buf, 16, "%uG", (unsigned)(n / 1000000000));
    else if (n >= 1000000 && n % 1000000 == 0)
        snprintf(buf, 16, "%uM", (unsigned)(n / 1000000));
    else if (n >= 1000 && n % 1000 == 0)
        snprintf(buf, 16, "%uk", (unsigned)(n / 1000));
    else
        snprintf(buf, 16, "%u", (unsigned)n);
    return buf;
}

enum { PLOT_WIDTH = 440, PLOT_HEIGHT = 150, PLOT_FLOOR = 128 };

static void put_column(html *h, double x, double width, double height, uint64_t n, unsigned bin)
{
    char from[16];
    html_putf(h, "<g><title>%s", brief(report_bin_begins(bin), from));
    if (bin + 1 < REPORT_BINS && bin > 1)
        html_putf(h, " to %s", brief(report_bin_begins(bin + 1) - 1, from));
    html_put(h, ": ");
    html_count(h, n);
    html_putf(h,
              "</title><rect class=\"mark\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>"
              "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">",
              x + 1, PLOT_FLOOR - height, width - 2, height, x + width / 2,
              PLOT_FLOOR - height - 4);
    if (n) html_count(h, n);
    html_putf(h, "</text><text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text></g>\n", x,
              PLOT_FLOOR + 15, brief(report_bin_begins(bin), from));
}

static void put_lengths(html *h, const report_bins *b, const char *title)
{
    unsigned first = 0, last = REPORT_BINS - 1, i;
    uint64_t most = 0;
    double width;
    while (first < last && !b->n[first])
        first++;
    while (last > first && !b->n[last])
        last--;
    for (i = first; i <= last; i++)
        if (b->n[i] > most) most = b->n[i];
    if (!most) return;
    width = (double)(PLOT_WIDTH - 40) / (last - first + 1);
    if (width > 60) width = 60;
    html_putf(h, "<div><h3>%s</h3>\n<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", title,
              PLOT_WIDTH, PLOT_HEIGHT);
    html_putf(h, "%s: columns from ", title);
    html_count(h, report_bin_begins(first));
    html_put(h, " on, the highest ");
    html_count(h, most);
    html_put(h, "\">\n");
    for (i = first; i <= last; i++)
        put_column(h, 20 + width * (i - first), width, 105.0 * (double)b->n[i] / (double)most,
                   b->n[i], i);
    html_putf(h, "<line x1=\"10\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>\n</svg></div>\n", PLOT_WIDTH - 10,
              PLOT_FLOOR, PLOT_FLOOR);
}

static void put_longest(html *h, const report_corpus *c)
{
    unsigned i;
    html_put(h, "<details><summary>The longest documents</summary>\n<table><thead><tr><th>id</th>"
                "<th class=\"n\">characters</th></tr></thead><tbody>\n");
    for (i = 0; i < c->nlongest; i++) {
        html_put(h, "<tr>");
        name_cell(h, c->longest[i].id);
        cell(h, c->longest[i].size);
        html_put(h, "</tr>\n");
    }
    html_put(h, "</tbody></table></details>\n");
}

static void put_sizes(html *h, const report_corpus *c)
{
    if (!c->documents) return;
    html_put(h, "<h2>Lengths</h2>\n<div class=\"two\">\n");
    if (c->has_tokens)
        put_lengths(h, &c->by_tokens, "Documents by tokens");
    else
        put_lengths(h, &c->by_points, "Documents by characters");
    if (c->has_tokens && c->has_sents) put_lengths(h, &c->by_sent, "Sentences by tokens");
    html_put(h, "</div>\n");
    put_longest(h, c);
}

/* ---- entities -----------------------------------------------------------------------------------
 */

static void put_labels(html *h, const report_corpus *c)
{
    uint32_t i;
    html_put(h,
             "<div><h3>Labels</h3>\n<table><thead><tr><th>label</th><th class=\"n\">entities</th>"
             "<th class=\"n\">documents</th><td></td></tr></thead><tbody>\n");
    for (i = 0; i < c->labels.n; i++) {
        const tally_entry *e = &c->labels.v[i];
        html_put(h, "<tr>");
        name_cell(h, e->key);
        cell(h, e->n);
        cell(h, e->documents);
        bar(h, (double)e->n / (double)c->labels.v[0].n);
        html_put(h, "</tr>\n");
    }
    html_put(h, "</tbody></table></div>\n");
}

static void put_name(html *h, const tally_entry *e, int label)
{
    html_put(h, "<tr>");
    name_cell(h, e->rest);
    if (label) {
        html_put(h, "<td class=\"l\">");
        html_text(h, e->key);
        html_put(h, "</td>");
    }
    cell(h, e->n);
    cell(h, e->documents);
    html_put(h, "</tr>\n");
}

static void put_names(html *h, const report_corpus *c)
{
    unsigned shown = 0;
    uint32_t i;
    html_put(h,
             "<div><h3>Most frequent names</h3>\n<table><thead><tr><th>name</th><th>label</th>"
             "<th class=\"n\">mentions</th><th class=\"n\">documents</th></tr></thead><tbody>\n");
    for (i = 0; i < c->names.n && shown < TOP_NAMES; i++) {
        if (report_is_value(c->names.v[i].key)) continue;
        put_name(h, &c->names.v[i], 1);
        shown++;
    }
    html_put(h, "</tbody></table></div>\n");
}

static void put_of_label(html *h, const report_corpus *c, qn_str label)
{
    unsigned shown = 0;
    uint32_t i;
    html_put(h, "<details><summary>");
    html_text(h, label);
    html_put(h, "</summary>\n<table><thead><tr><th>text</th><th class=\"n\">mentions</th>"
                "<th class=\"n\">documents</th></tr></thead><tbody>\n");
    for (i = 0; i < c->names.n && shown < TOP_OF_LABEL; i++) {
        if (!qn_str_eq(c->names.v[i].key, label)) continue;
        put_name(h, &c->names.v[i], 0);
        shown++;
    }
    html_put(h, "</tbody></table></details>\n");
}

static void put_entities(html *h, const report_corpus *c)
{
    uint32_t i;
    if (!c->labels.n) return;
    html_put(h, "<h2>Entities</h2>\n<div class=\"two\">\n");
    put_labels(h, c);
    put_names(h, c);
    html_put(h, "</div>\n<h3>By label</h3>\n");
    for (i = 0; i < c->labels.n; i++)
        put_of_label(h, c, c->labels.v[i].key);
}

static void put_phrases(html *h, const report_corpus *c)
{
    uint32_t i;
    if (!c->phrases.n) return;
    html_put(h, "<h2>Key phrases</h2>\n<table><thead><tr><th>phrase</th>"
                "<th class=\"n\">documents</th><td></td></tr></thead><tbody>\n");
    for (i = 0; i < c->phrases.n && i < TOP_PHRASES; i++) {
        const tally_entry *e = &c->phrases.v[i];
        html_put(h, "<tr>");
        name_cell(h, e->key);
        cell(h, e->documents);
        bar(h, (double)e->n / (double)c->phrases.v[0].n);
        html_put(h, "</tr>\n");
    }
    html_put(h, "</tbody></table>\n");
}

/* ---- metadata -----------------------------------------------------------------------------------
 */

/* One key: in how many documents, how many values, the most frequent of them. */
static void put_key(html *h, const report_corpus *c, uint32_t first)
{
    const qn_str key = c->meta.v[first].key;
    uint64_t documents = 0, values = 0;
    uint32_t i, shown = 0;
    for (i = first; i < c->meta.n; i++) {
        if (!qn_str_eq(c->meta.v[i].key, key)) continue;
        documents += c->meta.v[i].documents;
        values++;
    }
    html_put(h, "<tr>");
    name_cell(h, key);
    cell(h, documents);
    cell(h, values);
    html_put(h, "<td>");
    for (i = first; i < c->meta.n && shown < TOP_VALUES; i++) {
        const tally_entry *e = &c->meta.v[i];
        if (!qn_str_eq(e->key, key)) continue;
        if (shown++) html_put(h, " · ");
        html_put(h, "<bdi>");
        html_text(h, e->rest);
        html_put(h, "</bdi>");
        if (e->n > 1) {
            html_put(h, " ×");
            html_count(h, e->n);
        }
    }
    html_put(h, "</td></tr>\n");
}

static void put_meta(html *h, const report_corpus *c)
{
    qn_str seen[TOP_META];
    unsigned n = 0, k;
    uint32_t i;
    if (!c->meta.n) return;
    html_put(h, "<h2>Metadata</h2>\n<table><thead><tr><th>key</th><th class=\"n\">documents</th>"
                "<th class=\"n\">values</th><th>most frequent</th></tr></thead><tbody>\n");
    for (i = 0; i < c->meta.n && n < TOP_META; i++) {
        for (k = 0; k < n && !qn_str_eq(seen[k], c->meta.v[i].key); k++)
            ;
        if (k < n) continue;
        seen[n++] = c->meta.v[i].key;
        put_key(h, c, i);
    }
    html_put(h, "</tbody></table>\n");
}

/* ---- what was changed ---------------------------------------------------------------------------
 */

/* The text; a few characters that no keyboard has, which may look like others or like nothing, by
 * number, too. */
static void put_stretch(html *h, const char *tag, qn_str s)
{
    enum { FEW = 4 };
    uint32_t point[FEW];
    unsigned n = 0, i, len;
    size_t at;
    for (at = 0; at < s.n && n < FEW; at += len) {
        point[n] = qn_char_get(s.p + at, &len);
        if (point[n++] < 0x80) break;
    }
    html_putf(h, "<%s>", tag);
    html_text(h, s);
    html_putf(h, "</%s>", tag);
    for (i = 0; at == s.n && i < n; i++)
        html_putf(h, " <span class=\"soft\">U+%04X</span>", (unsigned)point[i]);
}

static void put_examples(html *h, const report_examples *x)
{
    unsigned i;
    html_put(h, "<ul class=\"examples\">\n");
    for (i = 0; i < x->n; i++) {
        html_put(h, "<li>");
        put_stretch(h, "del", x->v[i].before);
        if (x->v[i].after.n) {
            html_put(h, " → ");
            put_stretch(h, "ins", x->v[i].after);
        }
        html_put(h, " <span class=\"soft\">in <bdi>");
        html_text(h, x->v[i].id);
        html_put(h, "</bdi></span></li>\n");
    }
    html_put(h, "</ul>\n");
}

static void put_rules(html *h, const report_corpus *c)
{
    uint32_t i;
    html_put(h, "<h2>Changed and dropped</h2>\n");
    if (!c->has_changes) {
        html_put(h, "<p class=\"soft\">Nothing in these records tells: run with --set "
                    "jsonl.provenance=true, and jsonl.raw=true for examples.</p>\n");
        return;
    }
    if (!c->rules.n) {
        html_put(h, "<p>No rule changed any text.</p>\n");
        return;
    }
    html_put(h, "<table><thead><tr><th>rule</th><th class=\"n\">stretches</th>"
                "<th class=\"n\">bytes</th><th class=\"n\">documents</th><td></td></tr></thead>"
                "<tbody>\n");
    for (i = 0; i < c->rules.n; i++) {
        const tally_entry *e = &c->rules.v[i];
        html_put(h, "<tr>");
        name_cell(h, e->key);
        cell(h, e->n);
        cell(h, e->bytes);
        cell(h, e->documents);
        bar(h, (double)e->n / (double)c->rules.v[0].n);
        html_put(h, "</tr>\n");
    }
    html_put(h, "</tbody></table>\n");
    if (!c->raw)
        html_put(h, "<p class=\"soft\">For examples, run with --set jsonl.raw=true.</p>\n");
    for (i = 0; i < c->rules.n; i++) {
        const tally_entry *e = &c->rules.v[i];
        if (!e->more || !c->example[e->more - 1].n) continue;
        html_put(h, "<details><summary>Examples of ");
        html_text(h, e->key);
        html_put(h, "</summary>\n");
        put_examples(h, &c->example[e->more - 1]);
        html_put(h, "</details>\n");
    }
}

/* ---- the run ------------------------------------------------------------------------------------
 */

static void put_stage(html *h, const report_stage *s, double total, double most)
{
    unsigned i;
    html_put(h, "<tr>");
    name_cell(h, s->id);
    cell(h, s->records);
    cell(h, s->dropped);
    cell(h, s->failed);
    html_putf(h, "<td class=\"n\">%.3f s</td><td class=\"n\">%.0f %%</td>", s->seconds,
              total > 0 ? 100 * s->seconds / total : 0.0);
    bar(h, most > 0 ? s->seconds / most : 0);
    html_put(h, "<td class=\"soft\">");
    for (i = 0; i < s->ndrop; i++) {
        if (i) html_put(h, ", ");
        html_text(h, s->drop[i].rule);
        html_put(h, " ");
        html_count(h, s->drop[i].n);
    }
    html_put(h, "</td></tr>\n");
}

static void put_stages(html *h, const report_run *run)
{
    double total = 0, most = 0;
    unsigned i;
    for (i = 0; i < run->nstage; i++) {
        total += run->stage[i].seconds;
        if (run->stage[i].seconds > most) most = run->stage[i].seconds;
    }
    html_put(h,
             "<table><thead><tr><th>stage</th><th class=\"n\">records</th>"
             "<th class=\"n\">dropped</th><th class=\"n\">failed</th><th class=\"n\">time</th>"
             "<th class=\"n\">share</th><td></td><th>dropped by rule</th></tr></thead><tbody>\n");
    for (i = 0; i < run->nstage; i++)
        put_stage(h, &run->stage[i], total, most);
    html_put(h, "</tbody></table>\n");
    if (run->limited_by.n) {
        html_put(h, "<p class=\"soft\">The stage that limits the run: ");
        html_text(h, run->limited_by);
        html_put(h, ".</p>\n");
    }
}

static void put_run(html *h, const report_run *run)
{
    html_put(h, "<h2>The run</h2>\n<p>");
    html_text(h, run->config);
    html_put(h, ", ");
    html_text(h, run->state);
    html_putf(h, " in %.2f s with %u workers, %.1f MB/s", run->seconds, (unsigned)run->workers,
              run->seconds > 0 ? (double)run->bytes.read / 1e6 / run->seconds : 0.0);
    html_put(h, "</p>\n<dl class=\"facts\">\n");
    fact(h, "records read", run->records.read);
    fact(h, "out", run->records.out);
    fact(h, "dropped", run->records.dropped);
    fact(h, "failed", run->records.failed);
    fact(h, "of them quarantined", run->records.quarantined);
    fact(h, "bytes read", run->bytes.read);
    fact(h, "kept", run->bytes.kept);
    fact(h, "changed or taken out", run->bytes.changed);
    fact(h, "in dropped records", run->bytes.dropped);
    fact(h, "in failed records", run->bytes.failed);
    html_put(h, "</dl>\n");
    put_stages(h, run);
}

void report_body(html *h, const report_corpus *c, const report_run *run)
{
    put_facts(h, c);
    put_oddities(h, c);
    put_entities(h, c);
    put_phrases(h, c);
    put_sizes(h, c);
    put_rules(h, c);
    put_meta(h, c);
    if (run) put_run(h, run);
}

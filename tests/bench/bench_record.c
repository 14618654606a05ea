/* SPDX-License-Identifier: MIT */
/* tests/bench/bench_record.c - what the record floor costs, beside memcpy of the same texts in the
 * same run: checking UTF-8, editing with map and layers, adding spans, translating offsets. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "batch.h"
#include "edit.h"
#include "text/utf8.h"

enum { RUNS = 7, EVERY = 200, TOKEN = 5, TOTAL = 64 << 20 };

/* What a measurement works on: `docs` records of `size` bytes in one batch, as often as it takes
 * for TOTAL bytes. */
typedef struct load {
    size_t size, docs;
    char *text; /* docs * size bytes */
    char *sink; /* where memcpy puts them */
    qn_batch *batch;
    qn_edit *edit;
    int spans;
} load;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void die(const char *what)
{
    fprintf(stderr, "bench_record: %s\n", what);
    exit(1);
}

/* English-looking text with a curly quote now and then: 0.7 % of the bytes are not ASCII. */
static void fill(char *p, size_t n)
{
    size_t i;
    for (i = 0; i < n; i++)
        p[i] = i % 6 == 5 ? ' ' : (char)('a' + i % 23);
    for (i = 100; i + 3 <= n; i += 429)
        if (i % EVERY > 3 && i % EVERY < EVERY - 3) memcpy(p + i, "\xE2\x80\x99", 3);
}

/* Russian-looking text: two bytes a letter. */
static void fill_dense(char *p, size_t n)
{
    size_t i;
    memset(p, ' ', n);
    for (i = 0; i + 2 <= n; i += i % 13 == 12 ? 1 : 2)
        if (i % 13 != 12) memcpy(p + i, "\xD0\xB6", 2);
}

static qn_record *document(load *l, size_t i)
{
    qn_record *r = qn_batch_add_record(l->batch, 2);
    if (!r) die("out of memory");
    r->text.p = l->text + i * l->size;
    r->text.n = l->size;
    r->raw = r->text;
    return r;
}

/* ---- what is measured: one pass over the documents of a batch -------------------------------- */

static void copy(load *l)
{
    size_t i;
    for (i = 0; i < l->docs; i++) {
        document(l, i);
        memcpy(l->sink + i * l->size, l->text + i * l->size, l->size);
    }
}

static void check(load *l)
{
    size_t i;
    for (i = 0; i < l->docs; i++) {
        const qn_record *r = document(l, i);
        if (qn_utf8_valid(r->text.p, r->text.n) != r->text.n) die("not UTF-8");
    }
}

static void clean(load *l)
{
    size_t i;
    for (i = 0; i < l->docs; i++) {
        qn_record *r = document(l, i);
        if (qn_utf8_valid(r->text.p, r->text.n) != r->text.n) die("not UTF-8");
        qn_edit_begin(l->edit, r);
        if (qn_edit_end(l->edit) != QN_OK) die("edit");
    }
}

static void add_spans(qn_record *r)
{
    uint32_t at;
    for (at = 0; at + TOKEN <= r->text.n; at += TOKEN)
        if (qn_add(r, 1, at, at + TOKEN - 1, 1) != QN_OK) die("out of memory");
}

static void spans(load *l)
{
    size_t i;
    for (i = 0; i < l->docs; i++)
        add_spans(document(l, i));
}

static void dirty(load *l)
{
    const qn_str with = QN_STR(" ");
    size_t i;
    for (i = 0; i < l->docs; i++) {
        qn_record *r = document(l, i);
        uint32_t at;
        if (l->spans) add_spans(r);
        qn_edit_begin(l->edit, r);
        for (at = 0; at + EVERY <= r->text.n; at += EVERY) {
            const qn_range old = {at, at + 2};
            if (qn_edit_replace(l->edit, old, with, 7) != QN_OK) die("replace");
        }
        if (qn_edit_end(l->edit) != QN_OK) die("edit");
    }
}

/* Best of RUNS, in seconds for TOTAL bytes. */
static double measure(load *l, void (*pass)(load *))
{
    const size_t passes = TOTAL / (l->size * l->docs);
    double best = 1e9;
    int run;
    for (run = 0; run < RUNS; run++) {
        size_t i;
        double t = now();
        for (i = 0; i < passes; i++) {
            qn_batch_reset(l->batch);
            pass(l);
        }
        t = now() - t;
        if (t < best) best = t;
    }
    return best;
}

/* Nanoseconds for each offset of an edited document, ascending. */
static double to_raw(load *l)
{
    double best = 1e9;
    volatile uint32_t keep = 0;
    int run;
    qn_batch_reset(l->batch);
    dirty(l);
    for (run = 0; run < RUNS; run++) {
        size_t n = 0, i;
        double t = now();
        for (i = 0; i < l->docs; i++) {
            const qn_record *r = l->batch->rec[i];
            uint32_t beg = 0, end = 0, at, sum = 0;
            for (at = 0; at + TOKEN <= r->text.n; at += TOKEN, n += 2) {
                sum += qn_to_raw(r, at, 0, &beg);
                sum += qn_to_raw(r, at + TOKEN - 1, 1, &end);
            }
            keep = sum;
        }
        t = (now() - t) / (double)n;
        if (t < best) best = t;
    }
    (void)keep;
    return best * 1e9;
}

static void report(const char *what, double seconds, double copied)
{
    printf("  %-44s %7.0f MB/s  %5.2f of memcpy\n", what, TOTAL / seconds / 1e6, copied / seconds);
}

static void report_each(const char *what, double ns)
{
    printf("  %-44s %7.2f ns\n", what, ns);
}

static void bench(size_t size, size_t docs)
{
    load l = {.size = size, .docs = docs};
    const double tokens = (double)(size / TOKEN) * (double)(TOTAL / size);
    double copied, plain, t;
    size_t i;
    l.text = malloc(size * docs);
    l.sink = malloc(size * docs);
    l.batch = qn_batch_new((size_t)1 << 30);
    l.edit = qn_edit_new();
    if (!l.text || !l.sink || !l.batch || !l.edit) die("out of memory");
    for (i = 0; i < docs; i++)
        fill(l.text + i * size, size);
    printf("%zu documents of %zu bytes to a batch\n", docs, size);
    copied = measure(&l, copy);
    report("memcpy", copied, copied);
    report("UTF-8 check", measure(&l, check), copied);
    report("clean: UTF-8 check and an empty edit", measure(&l, clean), copied);
    plain = measure(&l, dirty);
    report("dirty: a replacement each 200 bytes", plain, copied);
    t = measure(&l, spans);
    report_each("qn_add, a span", t / tokens * 1e9);
    l.spans = 1;
    report_each("carrying a span through the edit",
                (measure(&l, dirty) - plain - t) / tokens * 1e9);
    report_each("qn_to_raw, an offset, ascending", to_raw(&l));
    for (i = 0; i < docs; i++)
        fill_dense(l.text + i * size, size);
    report("UTF-8 check, no English", measure(&l, check), copied);
    qn_edit_free(l.edit);
    qn_batch_free(l.batch);
    free(l.sink);
    free(l.text);
}

int main(void)
{
    bench(3072, 21);
    bench(16 << 20, 1);
    return 0;
}

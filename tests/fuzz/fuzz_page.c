/* SPDX-License-Identifier: MIT */
/* tests/fuzz/fuzz_page.c - any bytes as a record of a web archive: it becomes a document, is
 * dropped or fails with words, and what it says of itself is UTF-8. Build: see
 * tests/fuzz/README.md. */
#include <stdlib.h>

#include "files/page.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int ok)
{
    if (!ok) abort();
}

/* ---- a host that only counts ---------------------------------------------------------------- */

static int said, dropped;
static void *blocks[4096];
static size_t nblocks;

static void *more(qn_batch *b, size_t n)
{
    (void)b;
    must(nblocks < sizeof blocks / sizeof *blocks);
    return blocks[nblocks++] = malloc(n ? n : 1); /* each by itself, for the sanitizer */
}

static qn_status fail(qn_ctx *cx, qn_status status, const char *fmt, ...)
{
    (void)cx, (void)fmt;
    said++;
    return status;
}

static void drop(qn_ctx *cx, qn_record *r, qn_name rule)
{
    (void)cx, (void)r;
    must(rule == 1 || rule == 2);
    dropped++;
}

static qn_status set_meta(qn_ctx *cx, qn_record *r, const qn_meta *m)
{
    (void)cx, (void)r;
    must(m->u.str.n && qn_utf8_valid(m->u.str.p, m->u.str.n) == m->u.str.n);
    return QN_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const types[] = {"text/html", "text/plain"};
    static files_unpacker *unpacker;
    const files_page_rules rules = {types, 2, 1 << 16, 500, 1, 2};
    qn_host host = {.fail = fail, .drop_record = drop, .set_meta = set_meta};
    qn_batch b = {.mem_more = more};
    qn_ctx cx = {.host = &host};
    qn_record r = {.batch = &b, .place = QN_STR("a:1")};
    char *text = malloc(size ? size : 1);
    qn_status st;
    if (!unpacker) unpacker = files_unpacker_new();
    must(text && unpacker);
    if (size) memcpy(text, data, size);
    r.text = (qn_str){text, size};
    said = dropped = 0;
    st = files_page(&cx, &r, &rules, unpacker);
    must(r.id.n && (st != QN_OK) == (said != 0));
    must(qn_utf8_valid(r.id.p, r.id.n) == r.id.n);
    must(st != QN_OK || dropped || r.text.n <= rules.max_size || r.text.n <= size);
    while (nblocks)
        free(blocks[--nblocks]);
    free(text);
    return 0;
}

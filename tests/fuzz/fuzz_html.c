/* SPDX-License-Identifier: MIT */
/* tests/fuzz/fuzz_html.c - any bytes as a page: tokens tile it, attributes lie in their tags,
 * blocks, runs and elements lie in each other in order, weights are numbers, what the page says of
 * itself is text. Build: see tests/fuzz/README.md. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "html/meta.h"
#include "html/refs.h"
#include "html/score.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct html_page page;

static void must(int ok)
{
    if (!ok) abort();
}

static void check_tokens(const char *p, uint32_t n)
{
    struct html_tokenizer t;
    struct html_token tok;
    uint32_t at = 0;
    html_tokenizer_open(&t, p, n);
    for (html_next(&t, &tok); tok.kind != HTML_END; html_next(&t, &tok)) {
        must(tok.beg == at && tok.end > tok.beg && tok.end <= n);
        at = tok.end;
        if (tok.kind == HTML_OPEN || tok.kind == HTML_CLOSE) {
            struct html_attr a;
            uint32_t next = tok.attrs, seen = 0;
            must(tok.beg <= tok.name && tok.name <= tok.name_end && tok.name_end <= tok.end);
            while (html_attr(p, &tok, &next, &a)) {
                must(a.name >= tok.attrs && a.name <= a.name_end && a.value <= a.value_end);
                must(a.name_end <= tok.attrs_end && a.value_end <= tok.attrs_end);
                must(++seen <= n);
            }
        }
    }
    must(at == n || p[at] == '<'); /* a tag that does not end is none */
    html_next(&t, &tok);
    must(tok.kind == HTML_END);
}

static void check_page(uint32_t n)
{
    uint32_t i, k, at = 0, run = 0;
    for (i = 0; i < page.nnode; i++)
        must(page.node[i].parent <= i && page.node[i].first_block <= page.node[i].end_block &&
             page.node[i].end_block <= page.nblock);
    for (i = 0; i < page.nblock; i++) {
        const struct html_block *b = &page.block[i];
        must(b->node < page.nnode && b->beg >= at && b->beg <= b->end && b->end <= n);
        must(b->run >= run && b->run + b->nrun <= page.nrun);
        at = b->beg;
        run = b->run + b->nrun;
        for (k = b->run; k < run; k++) { /* blanks may follow the block's end */
            must(page.run[k].beg >= at && page.run[k].beg <= page.run[k].end);
            at = page.run[k].end;
        }
        must(at <= n);
    }
}

static void check_meta(const char *p, uint32_t n)
{
    char *room = malloc(html_meta_room(&page) + 1), *plain = malloc((size_t)n + 1);
    qn_str said[HTML_FIELDS];
    int i;
    must(room && plain);
    html_meta(&page, room, said);
    if (qn_utf8_valid(p, n) == n) {
        for (i = 0; i < HTML_FIELDS; i++)
            must(qn_utf8_valid(said[i].p, said[i].n) == said[i].n);
        i = (int)html_plain(p, n, 0, plain);
        must(qn_utf8_valid(plain, (size_t)i) == (size_t)i);
    }
    free(room);
    free(plain);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *p = malloc(size ? size : 1); /* its own, so that a byte too far is seen */
    uint32_t i;
    if (!p) return 0;
    if (size) memcpy(p, data, size);
    check_tokens(p, (uint32_t)size);
    if (html_page_read(&page, p, (uint32_t)size)) {
        check_page((uint32_t)size);
        must(html_score(&page, html_weights));
        for (i = 0; i < page.nblock; i++)
            must(isfinite(page.block[i].score));
        check_meta(p, (uint32_t)size);
    }
    free(p);
    return 0;
}

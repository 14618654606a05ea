/* SPDX-License-Identifier: MIT */
/* tools/tagger-segment.c - see tagger-segment.h. */
#include "tagger-segment.h"

#include <stdio.h>
#include <stdlib.h>

#include "../plugins/sentences/split.h"
#include "../plugins/tokens/tokenize.h"

static void *held(void *p)
{
    if (!p) {
        fputs("train-tagger: out of memory\n", stderr);
        exit(1);
    }
    return p;
}

static void push(qn_layer *l, uint32_t beg, uint32_t end)
{
    if (l->n == l->cap) {
        l->cap = l->cap ? l->cap * 2 : 64;
        l->v = held(realloc(l->v, l->cap * sizeof *l->v));
    }
    l->v[l->n++] = (qn_span){beg, end, 0, 0, 0};
}

static int keep_sentence(void *arg, uint32_t beg, uint32_t end, int score)
{
    (void)score;
    push(arg, beg, end);
    return 0;
}

static int more_tokens(tokens_out *o)
{
    o->cap = o->cap ? o->cap * 2 : 256;
    o->v = held(realloc(o->v, o->cap * sizeof *o->v));
    return 0;
}

void segment_text(const char *text, uint32_t n, qn_layer *sents, qn_layer *tokens)
{
    sentences_params sp = {.gaps = GAPS_LINES, .emit = keep_sentence, .arg = sents};
    tokens_params tp = {.style = STYLE_UD, .abbrev = tokens_find_abbrevs("en")};
    tokens_out out = {.more = more_tokens};
    uint64_t work = 0;
    sentences_language(&sp, "en");
    sents->n = 0;
    sentences_split(text, n, &sp, &work);
    tp.sents = sents->v;
    tp.nsents = sents->n;
    tokens_split(text, n, &tp, &out);
    *tokens = (qn_layer){out.v, out.n, out.cap};
}

/* SPDX-License-Identifier: MIT */
/* tests/fuzz/fuzz_sentences.c - any valid UTF-8 through sentences and tokens, in every language,
 * style and kind of gap: both tile the text on code point boundaries, no token crosses a sentence's
 * end, and what is said of a following blank is true. Build: see tests/fuzz/README.md. */
#include <stdlib.h>
#include <string.h>

#include "sentences/split.h"
#include "text/chars.h"
#include "text/utf8.h"
#include "tokens/tokenize.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 8192 };
static qn_span sents[MOST], tokens[MOST];

static void must(int ok)
{
    if (!ok) abort();
}

static int keep(void *arg, uint32_t beg, uint32_t end, int score)
{
    uint32_t *n = arg;
    (void)score;
    must(*n < MOST);
    sents[*n].beg = beg;
    sents[(*n)++].end = end;
    return 0;
}

static int full(tokens_out *o)
{
    (void)o;
    abort();
}

/* The end of the white space at text[at]. */
static uint32_t blanks(const char *text, uint32_t n, uint32_t at)
{
    unsigned len;
    while ((len = qn_space_at(text + at, n - at)) != 0)
        at += len;
    return at;
}

/* Every byte that is not white space is in exactly one span. */
static void tiles(const char *text, uint32_t n, const qn_span *v, uint32_t count)
{
    uint32_t at = 0, i;
    for (i = 0; i < count; i++) {
        must(blanks(text, n, at) == v[i].beg && v[i].end > v[i].beg && v[i].end <= n);
        must(v[i].end == n || ((unsigned char)text[v[i].end] & 0xC0) != 0x80);
        must(qn_space_at(text + qn_char_prev(text, v[i].end), n) == 0);
        at = v[i].end;
    }
    must(blanks(text, n, at) == n);
}

static void check_tokens(const char *text, uint32_t n, uint32_t count, uint32_t nsents)
{
    uint32_t i, k = 0, at;
    tiles(text, n, tokens, count);
    for (i = 0; i < count; i++) {
        for (at = tokens[i].beg; at < tokens[i].end; at++)
            must(qn_space_at(text + at, n - at) == 0 || ((unsigned char)text[at] & 0xC0) == 0x80);
        must((tokens[i].flags == QN_TOKEN_SPACE) ==
             (tokens[i].end < n && blanks(text, n, tokens[i].end) > tokens[i].end));
        while (k < nsents && sents[k].end <= tokens[i].beg)
            k++;
        must(nsents == 0 || (k < nsents && tokens[i].end <= sents[k].end));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {"en", "de", "es", "fr", "it",
                                            "nl", "pl", "pt", "ru", "other"};
    uint32_t n, found = 0;
    uint64_t work = 0;
    sentences_params sp = {.emit = keep, .arg = &found};
    tokens_params tp = {0};
    tokens_out out = {tokens, 0, MOST, full, NULL};
    const char *language, *text;
    if (size < 3 || size > MOST) return 0;
    text = (const char *)data + 2;
    n = (uint32_t)size - 2;
    if (qn_utf8_valid(text, n) != n) return 0;
    language = languages[data[0] % 10];
    sp.gaps = data[1] % 3;
    must(sentences_language(&sp, language) == 0);
    must(sentences_split(text, n, &sp, &work) == 0);
    tiles(text, n, sents, found);
    must(work <= 1000 + (uint64_t)n * 400);
    tp.style = data[1] / 3 % 3;
    tp.abbrev = tokens_find_abbrevs(language);
    if (data[1] & 0x80) {
        tp.sents = sents;
        tp.nsents = found;
    }
    must(tokens_split(text, n, &tp, &out) == 0);
    check_tokens(text, n, out.n, tp.nsents);
    return 0;
}

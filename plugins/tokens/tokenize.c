/* SPDX-License-Identifier: MIT */
/* plugins/tokens/tokenize.c - see tokenize.h. Plain words are done here, byte by byte; whatever
 * holds a mark or a letter beyond ASCII goes through the lexer. */
#include "tokenize.h"

#include "lexer.h"
#include "text/letters.h"

#include <string.h>

enum { LETTER = 1, OTHER = 2, SPACE = 3 };

/* LETTER A-Z a-z; SPACE ASCII white space; OTHER the rest. */
static const uint8_t kind[256] = {
    2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3,
    3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
    2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2,
    2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2,
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};

/* The end of the ASCII letters from t[at] on. */
static inline uint32_t skip_letters(const unsigned char *t, uint32_t at, uint32_t limit)
{
    if (limit - at >= 16) {
        unsigned other = qn_letters((const char *)t + at) ^ 0xFFFF;
        if (other) return at + (uint32_t)__builtin_ctz(other);
        at += 16;
    }
    while (at < limit && kind[t[at]] == LETTER)
        at++;
    return at;
}

/* Where the sentence after the current one starts; n when there is none. */
static uint32_t next_sentence(const lexer *x)
{
    return x->sent + 1 < x->p->nsents ? x->p->sents[x->sent + 1].beg : x->n;
}

static void lex_chunk(lexer *x)
{
    uint32_t at = x->chunk, next;
    unsigned len;
    while (at < x->end && !x->status) {
        if (x->may_be_address && (next = tokens_address(x, at)) != 0)
            tokens_push(x, at, next);
        else if (tokens_wordy(x, at, &len))
            next = tokens_word(x, at);
        else
            tokens_push(x, at, next = tokens_marks(x, at));
        at = next;
    }
}

/* The end of the chunk at `at`: white space, a sentence's start, or the text's end. */
static uint32_t chunk_end(lexer *x, uint32_t at, uint32_t limit)
{
    const unsigned char *t = (const unsigned char *)x->t;
    x->may_be_address = 0;
    while (at < limit && kind[t[at]] != SPACE) {
        unsigned char c = t[at];
        if (c >= 0xC2 && c <= 0xE3 && qn_space_at(x->t + at, x->n - at)) break;
        x->may_be_address |= c == '@' || c == '#' || c == '/' || c == '\\' ||
                             (c == '.' && at + 1 < limit && t[at + 1] > ' ');
        at++;
    }
    return at;
}

/* A word of ASCII letters that ends at `end`, and what may follow it most often: nothing, one mark,
 * "'s". Returns the end of the chunk, or
 * its start when it holds more. */
static uint32_t plain_chunk(lexer *x, uint32_t end, uint32_t limit)
{
    const unsigned char *t = (const unsigned char *)x->t;
    uint32_t left = limit - end;
    if (left == 0 || kind[t[end]] == SPACE) {
        tokens_plain(x, x->chunk, end);
        return end;
    }
    if (left == 1 || kind[t[end + 1]] == SPACE) {
        x->end = end + 1;
        if (t[end] == '.' && tokens_keeps_stop(x, x->chunk, end)) {
            tokens_push(x, x->chunk, end + 1);
            return end + 1;
        }
        if (t[end] >= 0x80 || (t[end] >= '0' && t[end] <= '9') || t[end] == '\'' || t[end] == '$' ||
            t[end] == '#' || t[end] == '_')
            return x->chunk;
        tokens_plain(x, x->chunk, end);
        tokens_push(x, end, end + 1);
        return end + 1;
    }
    if (x->english && t[end] == '\'' && t[end + 1] == 's' &&
        (left == 2 || kind[t[end + 2]] == SPACE)) {
        tokens_push(x, x->chunk, end);
        tokens_push(x, end, end + 2);
        return end + 2;
    }
    return x->chunk;
}

/* Which of text[at, at + 64) are letters, and which are blanks. */
static void look(const char *text, uint32_t at, uint64_t *letters, uint64_t *blanks)
{
    unsigned i;
    *letters = *blanks = 0;
    for (i = 0; i < 64; i += 16) {
        *letters |= (uint64_t)qn_letters(text + at + i) << i;
        *blanks |= (uint64_t)qn_blanks(text + at + i) << i;
    }
}

/* Moves on to the sentence that holds `at`. */
static void find_sentence(lexer *x, uint32_t at)
{
    while (at >= x->limit && x->limit < x->n) {
        x->sent++;
        x->limit = next_sentence(x);
    }
}

/* Pushes the words from `at` on that begin with ASCII letters and are plain; returns the start of
 * the first that is not. Most of a text passes here, 64 bytes at a time. */
static uint32_t plain_words(lexer *x, uint32_t at)
{
    while (x->n - at > 66 && x->out->cap - x->out->n > 128 && !x->status) {
        uint64_t letters, blanks;
        uint32_t beg = 0, end, next;
        look(x->t, at, &letters, &blanks);
        while (beg < 64 && ~letters >> beg) {
            end = beg + (uint32_t)__builtin_ctzll(~letters >> beg);
            if (end == beg) return at + beg;
            if (at + end >= x->limit) find_sentence(x, at + beg);
            if (at + end > x->limit) return at + beg;
            if (blanks >> end & 1) {
                tokens_plain(x, at + beg, at + end);
            } else {
                x->chunk = at + beg;
                next = plain_chunk(x, at + end, x->limit);
                if (next == x->chunk) return next;
                end = next - at;
                if (x->t[next] != ' ') return next;
            }
            x->out->v[x->out->n - 1].flags = QN_TOKEN_SPACE;
            beg = end + 1;
        }
        if (beg == 0) return at; /* a very long word */
        at += beg;
    }
    return at;
}

int tokens_split(const char *text, uint32_t n, const tokens_params *p, tokens_out *out)
{
    lexer x = {.t = text, .n = n, .p = p, .out = out};
    const char *language = p->abbrev->language;
    const unsigned char *t = (const unsigned char *)text;
    uint32_t at = 0, end;
    unsigned len;
    x.limit = next_sentence(&x);
    x.english = strcmp(language, "en") == 0;
    x.elision = strcmp(language, "fr") == 0 || strcmp(language, "it") == 0;
    while (at < n && !x.status) {
        if (t[at] == ' ') {
            at++;
            continue;
        }
        if ((len = qn_space_at(text + at, n - at)) != 0) {
            at += len;
            continue;
        }
        if (kind[t[at]] == LETTER) at = plain_words(&x, at);
        if (t[at] == ' ') continue;
        find_sentence(&x, at);
        end = skip_letters(t, at, x.limit);
        x.chunk = at;
        if (end > at) at = plain_chunk(&x, end, x.limit);
        if (at == x.chunk) {
            x.end = at = chunk_end(&x, end, x.limit);
            lex_chunk(&x);
        }
        if (at < n && out->n && (t[at] == ' ' || qn_space_at(text + at, n - at)))
            out->v[out->n - 1].flags = QN_TOKEN_SPACE;
    }
    return x.status;
}

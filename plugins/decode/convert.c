/* SPDX-License-Identifier: MIT */
/* plugins/decode/convert.c - see convert.h. UTF-8, UTF-16 and UTF-32 are read here; of a
 * single-byte encoding iconv is asked once for its table; the others go through it line by line.
 * What is no character becomes U+FFFD: one for each maximal part of a sequence, as Unicode advises
 * (3.9, U+FFFD Substitution of Maximal Subparts). */
#include "convert.h"

#include "text/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const qn_str replacement = QN_STR("\xEF\xBF\xBD");

struct job {
    converter *c;
    const unsigned char *p;
    uint32_t n;
    convert_take take;
    void *arg;
    uint32_t *bad;
    uint64_t *nbad;
    size_t out;  /* bytes in c->room */
    int invalid; /* of them: some stand for what is no character */
};

static void note_bad(struct job *j, uint32_t at)
{
    if (*j->bad == j->n) *j->bad = at;
    ++*j->nbad;
    j->invalid = 1;
}

static int need(struct job *j, size_t more)
{
    size_t cap = j->c->cap ? j->c->cap : 4096;
    char *room;
    if (j->out + more <= j->c->cap) return 1;
    while (cap < j->out + more)
        cap *= 2;
    room = realloc(j->c->room, cap);
    if (!room) return 0;
    j->c->room = room;
    j->c->cap = cap;
    return 1;
}

static int put(struct job *j, qn_str s)
{
    if (!need(j, s.n)) return 0;
    memcpy(j->c->room + j->out, s.p, s.n);
    j->out += s.n;
    return 1;
}

static int put_char(struct job *j, uint32_t c)
{
    if (!need(j, 4)) return 0;
    j->out += qn_utf8_encode(c, j->c->room + j->out);
    return 1;
}

/* Hands out what is in the room for [beg, end). */
static int give(struct job *j, uint32_t beg, uint32_t end)
{
    const qn_str with = {j->c->room, j->out};
    const int ok = j->take(j->arg, beg, end, with, j->invalid);
    j->out = 0;
    j->invalid = 0;
    return ok;
}

/* ---- UTF-8 ----------------------------------------------------------------------------------- */

/* How many bytes at p[0, n), which begin no character, are one mistake. */
static uint32_t mistaken(const unsigned char *p, uint32_t n)
{
    const unsigned char c = p[0];
    unsigned char lo = 0x80, hi = 0xBF;
    uint32_t want = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1, k;
    if (c < 0xC2 || c > 0xF4) return 1;
    if (c == 0xE0) lo = 0xA0;
    if (c == 0xED) hi = 0x9F;
    if (c == 0xF0) lo = 0x90;
    if (c == 0xF4) hi = 0x8F;
    for (k = 1; k <= want && k < n; k++) {
        if (p[k] < (k == 1 ? lo : 0x80) || p[k] > (k == 1 ? hi : 0xBF)) break;
    }
    return k;
}

static int from_utf8(struct job *j, uint32_t at)
{
    while (at < j->n) {
        const size_t good = qn_utf8_valid((const char *)j->p + at, j->n - at);
        uint32_t k;
        at += (uint32_t)good;
        if (at == j->n) return 1;
        k = mistaken(j->p + at, j->n - at);
        note_bad(j, at);
        if (!put(j, replacement) || !give(j, at, at + k)) return 0;
        at += k;
    }
    return 1;
}

/* ---- UTF-16, UTF-32: a piece for each line --------------------------------------------------- */

static uint32_t unit(const unsigned char *p, unsigned width, int big)
{
    uint32_t v = 0;
    unsigned i;
    for (i = 0; i < width; i++)
        v |= (uint32_t)p[i] << 8 * (big ? width - 1 - i : i);
    return v;
}

/* The character at `at`, and how many bytes it has; *c 0xFFFD with *ok 0 for none. */
static uint32_t wide_char(const struct job *j, uint32_t at, unsigned width, int big, uint32_t *c,
                          int *ok)
{
    uint32_t low;
    *ok = 1;
    if (j->n - at < width) {
        *ok = 0;
        *c = 0xFFFD;
        return j->n - at;
    }
    *c = unit(j->p + at, width, big);
    if (width == 2 && *c >= 0xD800 && *c < 0xDC00 && j->n - at >= 4) {
        low = unit(j->p + at + 2, width, big);
        if (low >= 0xDC00 && low < 0xE000) {
            *c = 0x10000 + ((*c - 0xD800) << 10) + (low - 0xDC00);
            return 4;
        }
    }
    if ((*c >= 0xD800 && *c < 0xE000) || *c > 0x10FFFF) {
        *ok = 0;
        *c = 0xFFFD;
    }
    return width;
}

static int from_wide(struct job *j, uint32_t at, unsigned width, int big)
{
    uint32_t beg = at, c;
    int ok;
    while (at < j->n) {
        const uint32_t k = wide_char(j, at, width, big, &c, &ok);
        if (!ok) note_bad(j, at);
        if (!put_char(j, c)) return 0;
        at += k;
        if (c != '\n') continue;
        if (!give(j, beg, at)) return 0;
        beg = at;
    }
    return beg == at || give(j, beg, at);
}

/* ---- single-byte encodings ------------------------------------------------------------------- */

/* Bytes from 0x80 on that stand together are one piece; those that are no character are pieces of
 * their own. */
static int from_table(struct job *j, uint32_t at)
{
    const char(*table)[4] = (const char(*)[4])j->c->table;
    while (at < j->n) {
        uint32_t beg;
        at += (uint32_t)qn_utf8_ascii((const char *)j->p + at, j->n - at);
        if (at == j->n) return 1;
        for (beg = at; at < j->n && j->p[at] >= 0x80 && table[j->p[at]][0]; at++)
            if (!put(j, (qn_str){table[j->p[at]], strnlen(table[j->p[at]], 4)})) return 0;
        if (at == beg) {
            note_bad(j, at++);
            if (!put(j, replacement)) return 0;
        }
        if (!give(j, beg, at)) return 0;
    }
    return 1;
}

/* ---- all others, by iconv -------------------------------------------------------------------- */

/* Bytes [at, end) into the room. */
static int through_iconv(struct job *j, uint32_t at, uint32_t end)
{
    char *in = (char *)(uintptr_t)(j->p + at); /* iconv does not write there */
    size_t left = end - at;
    iconv(j->c->cd, NULL, NULL, NULL, NULL);
    while (left > 0) {
        char *out;
        size_t room;
        if (!need(j, left < 64 ? 256 : 4 * left)) return 0;
        out = j->c->room + j->out;
        room = j->c->cap - j->out;
        if (iconv(j->c->cd, &in, &left, &out, &room) == (size_t)-1 && errno != E2BIG) {
            const size_t skip = errno == EINVAL ? left : 1; /* cut off: the rest of it */
            j->out = j->c->cap - room;
            note_bad(j, end - (uint32_t)left);
            if (!put(j, replacement)) return 0;
            in += skip;
            left -= skip;
            continue;
        }
        j->out = j->c->cap - room;
    }
    return 1;
}

/* Line by line, so that the map is; a line end is part of no other character in these. */
static int from_lines(struct job *j, uint32_t at)
{
    while (at < j->n) {
        const unsigned char *lf;
        uint32_t end;
        at += (uint32_t)qn_utf8_ascii((const char *)j->p + at, j->n - at);
        if (at == j->n) return 1;
        lf = memchr(j->p + at, '\n', j->n - at);
        end = lf ? (uint32_t)(lf - j->p) : j->n;
        if (!through_iconv(j, at, end) || !give(j, at, end)) return 0;
        at = end;
    }
    return 1;
}

/* ---- the encoding ---------------------------------------------------------------------------- */

static void forget(converter *c)
{
    if (c->open) iconv_close(c->cd);
    c->open = 0;
    c->now.name[0] = '\0';
}

/* One byte as UTF-8; *cut: it only begins a character. */
static void ask_byte(converter *c, int byte, int *cut)
{
    char in = (char)byte, out[16], *from = &in, *to = out;
    size_t left = 1, room = sizeof out;
    iconv(c->cd, NULL, NULL, NULL, NULL);
    memset(c->table[byte], 0, sizeof c->table[byte]);
    if (iconv(c->cd, &from, &left, &to, &room) == (size_t)-1) {
        *cut |= errno == EINVAL;
        return;
    }
    room = sizeof out - room;
    if (room > 0 && room <= 4) memcpy(c->table[byte], out, room);
}

static int use(converter *c, const charset *cs)
{
    int byte, cut = 0;
    if (c->open && strcmp(c->now.name, cs->name) == 0) return 1;
    forget(c);
    c->cd = iconv_open("UTF-8", cs->name);
    if (c->cd == (iconv_t)-1) return 0;
    c->open = 1;
    c->now = *cs;
    for (byte = 1; byte < 256; byte++)
        ask_byte(c, byte, &cut);
    c->transparent = !charset_is_7bit(cs);
    for (byte = '\n'; byte < 0x7F; byte++)
        if (byte >= ' ' && byte != '\\' && byte != '~' && /* the yen and the overline of JIS */
            (c->table[byte][0] != byte || c->table[byte][1]))
            c->transparent = 0;
    c->single = !cut && c->transparent;
    if (c->single && strcmp(cs->name, "WINDOWS-1252") == 0) /* as the Encoding Standard has it */
        for (byte = 0x80; byte < 0xA0; byte++)
            if (!c->table[byte][0]) qn_utf8_encode((uint32_t)byte, c->table[byte]);
    return 1;
}

int convert_knows(const charset *cs)
{
    iconv_t cd;
    if (cs->kind != CHARSET_OTHER) return 1;
    cd = iconv_open("UTF-8", cs->name);
    if (cd == (iconv_t)-1) return 0;
    iconv_close(cd);
    return 1;
}

int convert(converter *c, const charset *cs, const char *p, uint32_t at, uint32_t n,
            convert_take take, void *arg, uint32_t *bad, uint64_t *nbad)
{
    struct job j = {.c = c,
                    .p = (const unsigned char *)p,
                    .n = n,
                    .take = take,
                    .arg = arg,
                    .bad = bad,
                    .nbad = nbad};
    *bad = n;
    *nbad = 0;
    switch (cs->kind) {
    case CHARSET_UTF8:
        return from_utf8(&j, at);
    case CHARSET_UTF16LE:
    case CHARSET_UTF16BE:
        return from_wide(&j, at, 2, cs->kind == CHARSET_UTF16BE);
    case CHARSET_UTF32LE:
    case CHARSET_UTF32BE:
        return from_wide(&j, at, 4, cs->kind == CHARSET_UTF32BE);
    case CHARSET_OTHER:
        break;
    }
    if (!use(c, cs)) return 0;
    if (c->single) return from_table(&j, at);
    if (c->transparent) return from_lines(&j, at);
    return at == n || (through_iconv(&j, at, n) && give(&j, at, n));
}

void convert_free(converter *c)
{
    forget(c);
    free(c->room);
    memset(c, 0, sizeof *c);
}

/* SPDX-License-Identifier: MIT */
/* plugins/files/gunzip_isal.c - see gunzip.h. ISA-L unpacks the data; what stands before and behind
 * it is read here (RFC 1952), since ISA-L takes a header with a checksum that comes in two pieces
 * for a wrong one. */
#include "gunzip.h"

#include <isa-l/igzip_lib.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { FIXED = 10, TRAILER = 8, DEFLATED = 8 };
enum { FHCRC = 2, FEXTRA = 4, FNAME = 8, FCOMMENT = 16, UNKNOWN = 0xE0 };

/* The parts of a member, in their order. */
enum part { HEAD, EXTRA_LENGTH, EXTRA, NAME, COMMENT, HEAD_CRC, DATA, TAIL };

struct files_gunzip {
    struct inflate_state s;
    enum part part;
    unsigned flags;
    unsigned char buf[FIXED]; /* the part so far, where it has a size */
    size_t n, extra;          /* bytes in it; of the extra field, still to come */
    uLong head_crc;
};

files_gunzip *files_gunzip_new(void)
{
    return calloc(1, sizeof(files_gunzip));
}

void files_gunzip_free(files_gunzip *g)
{
    free(g);
}

int files_gunzip_start(files_gunzip *g)
{
    isal_inflate_init(&g->s);
    g->s.crc_flag = ISAL_GZIP_NO_HDR;
    g->part = HEAD;
    g->n = 0;
    g->head_crc = crc32(0, NULL, 0);
    return 1;
}

static uint32_t little_endian(const unsigned char *p, size_t n)
{
    uint32_t v = 0;
    while (n--)
        v = v << 8 | p[n];
    return v;
}

/* Collects a part of `size` bytes; 1 when it is whole, g->n being 0 again. */
static int collect(files_gunzip *g, const unsigned char **in, const unsigned char *in_end,
                   size_t size)
{
    while (g->n < size && *in < in_end)
        g->buf[g->n++] = *(*in)++;
    if (g->n < size) return 0;
    g->n = 0;
    return 1;
}

/* Passes over a text up to its NUL; 1 when that was there. */
static int pass_text(const unsigned char **in, const unsigned char *in_end)
{
    const unsigned char *nul = memchr(*in, 0, (size_t)(in_end - *in));
    *in = nul ? nul + 1 : in_end;
    return nul != NULL;
}

static int pass_extra(files_gunzip *g, const unsigned char **in, const unsigned char *in_end)
{
    const size_t here = (size_t)(in_end - *in), n = here < g->extra ? here : g->extra;
    *in += n;
    g->extra -= n;
    return g->extra == 0;
}

/* Reads what there is of the present part. 1 when it has ended and is right; 0 when more is wanted,
 * or it is wrong and *why says so. */
static int read_part(files_gunzip *g, const unsigned char **in, const unsigned char *in_end,
                     const char **why)
{
    switch (g->part) {
    case HEAD:
        if (!collect(g, in, in_end, FIXED)) return 0;
        g->flags = g->buf[3];
        if (g->buf[0] != 0x1f || g->buf[1] != 0x8b)
            *why = "incorrect header check";
        else if (g->buf[2] != DEFLATED)
            *why = "unknown compression method";
        else if (g->flags & UNKNOWN)
            *why = "unknown header flags set";
        return !*why;
    case EXTRA_LENGTH:
        if (!(g->flags & FEXTRA)) return 1;
        if (!collect(g, in, in_end, 2)) return 0;
        g->extra = little_endian(g->buf, 2);
        return 1;
    case EXTRA:
        return !(g->flags & FEXTRA) || pass_extra(g, in, in_end);
    case NAME:
        return !(g->flags & FNAME) || pass_text(in, in_end);
    case COMMENT:
        return !(g->flags & FCOMMENT) || pass_text(in, in_end);
    default: /* HEAD_CRC */
        if (!(g->flags & FHCRC)) return 1;
        if (!collect(g, in, in_end, 2)) return 0;
        if (little_endian(g->buf, 2) != (g->head_crc & 0xFFFF)) *why = "header crc mismatch";
        return !*why;
    }
}

/* 1 when the data begins. */
static int read_head(files_gunzip *g, const unsigned char **in, const unsigned char *in_end,
                     const char **why)
{
    while (g->part < DATA) {
        const unsigned char *from = *in;
        const int whole = read_part(g, in, in_end, why);
        if (g->part != HEAD_CRC) g->head_crc = crc32(g->head_crc, from, (uInt)(*in - from));
        if (!whole) return 0;
        g->part++;
    }
    return 1;
}

static const char *words_of(int code)
{
    switch (code) {
    case ISAL_INVALID_BLOCK:
        return "invalid block";
    case ISAL_INVALID_SYMBOL:
        return "invalid code";
    case ISAL_INVALID_LOOKBACK:
        return "invalid distance too far back";
    default:
        return "no reason given";
    }
}

/* ISA-L has read up to eight bytes beyond the end of the data: of the trailer, which has eight. */
static void begin_tail(files_gunzip *g)
{
    uint64_t ahead = g->s.read_in >> g->s.read_in_length % 8;
    for (g->n = 0; g->n < (size_t)g->s.read_in_length / 8; ahead >>= 8)
        g->buf[g->n++] = (unsigned char)ahead;
    g->part = TAIL;
}

/* 1 when the data has ended. */
static int read_data(files_gunzip *g, const unsigned char **in, const unsigned char *in_end,
                     char **out, const char *out_end, const char **why)
{
    const size_t most = 1u << 30, ask = (size_t)(out_end - *out);
    struct inflate_state *s = &g->s;
    int code;
    s->next_in = (uint8_t *)(uintptr_t)*in;
    s->avail_in = (uint32_t)(in_end - *in);
    s->next_out = (uint8_t *)*out;
    s->avail_out = (uint32_t)(ask < most ? ask : most);
    code = isal_inflate(s);
    *in = s->next_in;
    *out = (char *)s->next_out;
    if (code < 0) *why = words_of(code);
    return code >= 0 && s->block_state == ISAL_BLOCK_FINISH;
}

files_unpacked files_gunzip_step(files_gunzip *g, const unsigned char **in,
                                 const unsigned char *in_end, char **out, const char *out_end,
                                 const char **why)
{
    *why = NULL;
    if (g->part < DATA && !read_head(g, in, in_end, why)) return *why ? FILES_DAMAGED : FILES_MORE;
    if (g->part == DATA) {
        if (!read_data(g, in, in_end, out, out_end, why)) return *why ? FILES_DAMAGED : FILES_MORE;
        begin_tail(g);
    }
    if (!collect(g, in, in_end, TRAILER)) return FILES_MORE;
    if (little_endian(g->buf, 4) != g->s.crc)
        *why = FILES_WRONG_CRC;
    else if (little_endian(g->buf + 4, 4) != g->s.total_out)
        *why = FILES_WRONG_LENGTH;
    return *why ? FILES_DAMAGED : FILES_ENDED;
}

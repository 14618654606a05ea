/* SPDX-License-Identifier: MIT */
/* plugins/jsonl/offsets.c - see offsets.h. Code points are counted by the bytes that begin one; a
 * count for each block of the text makes any offset a short step away. */
#include "offsets.h"

#include <stdlib.h>

#include "text/utf8.h"

enum { BLOCK = 64 };

/* Bytes of p[0, n) that begin a code point. */
static uint32_t count(const char *p, size_t n)
{
    uint32_t c = 0;
    uint64_t w;
    for (; n >= 8; p += 8, n -= 8) {
        memcpy(&w, p, 8);
        w = (~w >> 7 | w >> 6) & UINT64_C(0x0101010101010101);
        c += (uint32_t)(w * UINT64_C(0x0101010101010101) >> 56);
    }
    for (; n > 0; p++, n--)
        c += ((unsigned char)*p & 0xC0) != 0x80;
    return c;
}

void jsonl_offsets_free(jsonl_offsets *o)
{
    free(o->before);
    memset(o, 0, sizeof *o);
}

int jsonl_offsets_start(jsonl_offsets *o, const qn_record *r, jsonl_unit unit)
{
    size_t n = r->text.n, blocks = n / BLOCK + 1, i;
    o->r = r;
    o->unit = unit;
    o->hint[0] = o->hint[1] = 0;
    o->same = unit == JSONL_BYTE || (unit == JSONL_RAW && !r->map) ||
              (unit == JSONL_CODEPOINT &&
               ((r->flags & QN_REC_ASCII) || qn_utf8_ascii(r->text.p, n) == n));
    if (o->same || unit == JSONL_RAW) return 1;
    if (o->cap < blocks) {
        uint32_t *p = realloc(o->before, blocks * sizeof *p);
        if (!p) return 0;
        o->before = p;
        o->cap = blocks;
    }
    o->before[0] = 0;
    for (i = 1; i < blocks; i++)
        o->before[i] = o->before[i - 1] + count(r->text.p + (i - 1) * BLOCK, BLOCK);
    return 1;
}

uint32_t jsonl_codepoint(const jsonl_offsets *o, uint32_t byte)
{
    uint32_t block = byte / BLOCK;
    return o->before[block] + count(o->r->text.p + block * BLOCK, byte % BLOCK);
}

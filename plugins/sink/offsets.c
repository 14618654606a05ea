/* SPDX-License-Identifier: MIT */
/* plugins/sink/offsets.c - see offsets.h. Code points are counted by the bytes that begin one; a
 * count for each block of the text makes any offset a short step away. */
#include "sink/offsets.h"

#include <stdlib.h>

#include "text/utf8.h"

enum {
    BLOCK = 64,
    LOOK = 1024 /* how far ahead the next character that is not ASCII is looked for */
};

void sink_offsets_free(sink_offsets *o)
{
    free(o->before);
    memset(o, 0, sizeof *o);
}

int sink_offsets_start(sink_offsets *o, const qn_record *r, sink_unit unit)
{
    size_t n = r->text.n, blocks = n / BLOCK + 1, i;
    o->r = r;
    o->unit = unit;
    o->hint[0] = o->hint[1] = 0;
    o->at = o->point = o->ascii_to = 0;
    o->same =
        unit == SINK_BYTE || (unit == SINK_RAW && !r->map) ||
        (unit == SINK_CODEPOINT && ((r->flags & QN_REC_ASCII) || qn_utf8_ascii(r->text.p, n) == n));
    if (o->same || unit == SINK_RAW) return 1;
    if (o->cap < blocks) {
        uint32_t *p = realloc(o->before, blocks * sizeof *p);
        if (!p) return 0;
        o->before = p;
        o->cap = blocks;
    }
    o->before[0] = 0;
    for (i = 1; i < blocks; i++)
        o->before[i] =
            o->before[i - 1] + (uint32_t)qn_utf8_count(r->text.p + (i - 1) * BLOCK, BLOCK);
    return 1;
}

uint32_t sink_codepoint_far(sink_offsets *o, uint32_t byte)
{
    const char *p = o->r->text.p;
    const size_t block = byte / BLOCK, left = o->r->text.n - byte;
    o->at = byte;
    o->point = o->before[block] + (uint32_t)qn_utf8_count(p + block * BLOCK, byte % BLOCK);
    o->ascii_to = byte + (uint32_t)qn_utf8_ascii(p + byte, left < LOOK ? left : LOOK);
    return o->point;
}

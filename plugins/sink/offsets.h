/* SPDX-License-Identifier: MIT */
/* plugins/sink/offsets.h - from byte offsets of the text, which the pipeline uses, to the offsets
 * the output asks for. */
#ifndef QUERN_SINK_OFFSETS_H
#define QUERN_SINK_OFFSETS_H
#include <quern/record.h>

typedef enum sink_unit {
    SINK_CODEPOINT, /* code points of the text */
    SINK_BYTE,      /* bytes of the text */
    SINK_RAW        /* bytes of the raw input */
} sink_unit;

typedef struct sink_offsets {
    sink_unit unit;
    const qn_record *r;
    int same; /* nothing to do: the offsets are bytes of the text already */
    /* The byte asked for last and its code point; to ascii_to it is one byte a code point. */
    uint32_t at, point, ascii_to;
    uint32_t *before; /* code points before each block of the text */
    size_t cap;       /* blocks there is room for */
    uint32_t hint[2]; /* qn_to_raw's, for starts and ends */
} sink_offsets;

/* Starts with all members zero. */
void sink_offsets_free(sink_offsets *o);
/* Prepares for one record: one walk over a text that is not ASCII. 0 when out of memory. */
int sink_offsets_start(sink_offsets *o, const qn_record *r, sink_unit unit);

/* In the way that suits any order; remembers the answer. */
uint32_t sink_codepoint_far(sink_offsets *o, uint32_t byte);

static inline uint32_t sink_codepoint(sink_offsets *o, uint32_t byte)
{
    if (byte >= o->at && byte <= o->ascii_to) return o->point + (byte - o->at);
    return sink_codepoint_far(o, byte);
}

/* Where a span's start (end 0) or end (1) is in the unit; byte is within the text. */
static inline uint32_t sink_offset(sink_offsets *o, uint32_t byte, int end)
{
    if (o->same) return byte;
    if (o->unit == SINK_RAW) return qn_to_raw(o->r, byte, end, &o->hint[end]);
    return sink_codepoint(o, byte);
}
#endif

/* SPDX-License-Identifier: MIT */
/* plugins/sink/details.h - what is known of an entity beyond its label: the layers values, links
 * and chains, and the metadata entries their numbers lead to (quern/record.h). */
#ifndef QUERN_SINK_DETAILS_H
#define QUERN_SINK_DETAILS_H
#include <quern/record.h>

#include "text/json_write.h"

enum sink_detail { SINK_VALUES, SINK_LINKS, SINK_CHAINS, SINK_DETAILS };

/* One kind's strings, as JSON, and how far its layer was read. Scratch. */
typedef struct sink_table {
    qn_str *item;
    uint32_t n, cap;
    const qn_layer *layer;
    uint32_t next;
} sink_table;

typedef struct sink_details {
    sink_table kind[SINK_DETAILS];
} sink_details;

/* Reads a record's tables; a layer of number 0 has none. 0 when out of memory. */
int sink_details_start(sink_details *, const qn_record *, const qn_layer_id id[SINK_DETAILS]);
/* Appends `,"value":"..."` and so on of this entity; entities come in order. */
void sink_details_put(sink_details *, const qn_span *, qn_jsonw *);
/* Appends this entity's string of one kind, not as JSON but as it is; nothing where it has none.
 * Entities come in order. */
void sink_details_text(sink_details *, enum sink_detail kind, const qn_span *, qn_jsonw *);
/* Number of this entity's string of one kind, from 1: of a chain, the chain's. 0: it has none.
 * Entities come in order. */
uint32_t sink_details_number(sink_details *, enum sink_detail kind, const qn_span *);
/* The metadata entry belongs to one of these layers, and is not written as metadata. */
int sink_details_own(const qn_layer_id id[SINK_DETAILS], qn_str key);
void sink_details_free(sink_details *);
#endif

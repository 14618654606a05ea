/* SPDX-License-Identifier: MIT */
/* plugins/jsonl/details.h - what is known of an entity beyond its label: the layers values, links
 * and chains, and the metadata entries their numbers lead to (quern/record.h). */
#ifndef QUERN_JSONL_DETAILS_H
#define QUERN_JSONL_DETAILS_H
#include <quern/record.h>

#include "text/json_write.h"

enum jsonl_detail { JSONL_VALUES, JSONL_LINKS, JSONL_CHAINS, JSONL_DETAILS };

/* One kind's strings, as JSON, and how far its layer was read. Scratch. */
typedef struct jsonl_table {
    qn_str *item;
    uint32_t n, cap;
    const qn_layer *layer;
    uint32_t next;
} jsonl_table;

typedef struct jsonl_details {
    jsonl_table kind[JSONL_DETAILS];
} jsonl_details;

/* Reads a record's tables; a layer of number 0 has none. 0 when out of memory. */
int jsonl_details_start(jsonl_details *, const qn_record *, const qn_layer_id id[JSONL_DETAILS]);
/* Appends `,"value":"..."` and so on of this entity; entities come in order. */
void jsonl_details_put(jsonl_details *, const qn_span *, qn_jsonw *);
/* The metadata entry belongs to one of these layers, and is not written as metadata. */
int jsonl_details_own(const qn_layer_id id[JSONL_DETAILS], qn_str key);
void jsonl_details_free(jsonl_details *);
#endif

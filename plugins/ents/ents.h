/* SPDX-License-Identifier: MIT */
/* plugins/ents/ents.h - what the entity plugins share: whose answer wins where two overlap, and how
 * they come together in the layer "ents". Linked into each of them; docs/plugins/entities.md. */
#ifndef ENTS_ENTS_H
#define ENTS_ENTS_H
#include <quern/host.h>

#include "text/json_write.h"

/* Who found an entity: the low four bits of its qn_span.flags. The numbers are part of the output
 * of plugins and never change; a new source takes the next one. */
typedef enum ents_source {
    ENTS_UNKNOWN = 0,  /* a plugin that does not say */
    ENTS_SHIPPED = 1,  /* gazetteer: a list that comes with quern */
    ENTS_MENTIONS = 2, /* mentions: named in full elsewhere in the document */
    ENTS_TAGGER = 3,   /* tagger: the statistical model */
    ENTS_VALUES = 4,   /* values: numbers, dates, money */
    ENTS_OPERATOR = 5, /* gazetteer: an operator's own list */
    ENTS_SOURCES
} ents_source;

enum { ENTS_SOURCE_MASK = 15 };

static inline ents_source ents_source_of(const qn_span *s)
{
    unsigned source = s->flags & ENTS_SOURCE_MASK;
    return source < ENTS_SOURCES ? (ents_source)source : ENTS_UNKNOWN;
}

/* 1 when a beats b where the two overlap: the table of precedence. Of the same source, the longer
 * one wins, then the earlier one, then a. */
int ents_beats(const qn_span *a, const qn_span *b);

/* Takes n candidates into the layer, which stays sorted and without overlap: what loses against
 * another, new or old, goes. Candidates have beg, end, label and data (0 or a confidence), and are
 * sorted by beg; they may overlap each other. Their flags are set to `source`. Linear time.
 * QN_E_NOMEM, and the layer is as it was. */
qn_status ents_merge(qn_record *r, qn_layer_id ents, const qn_span *cand, uint32_t n,
                     ents_source source);

/* ---- what is known of an entity beyond its label --------------------------------------------
 *
 * A normalised value, an id in a knowledge base and the chain of mentions it belongs to are strings
 * that spans cannot hold. Each kind has a layer of its own over the same spans as the entities (the
 * same beg, end and label), and a metadata entry with a JSON array of strings; qn_span.data of the
 * layer is 1 + the string's place in the array. Arrays only grow, so numbers stay right. */

#define ENTS_VALUES_KEY "quern.values" /* layer "values": "2024-05-12", "USD 2000" */
#define ENTS_LINKS_KEY  "quern.links"  /* layer "links": "Q1860" */
#define ENTS_CHAINS_KEY "quern.chains" /* layer "chains": the chain's full name, "Mark Cancian" */

/* A worker's scratch, for one record after another. Starts with all members zero. */
typedef struct ents_table {
    qn_jsonw json;
    uint32_t n; /* strings in it */
} ents_table;

/* Begins with what an earlier stage put there, or empty where the layer is: then an entry of that
 * name comes from the input. */
void ents_table_start(ents_table *, const qn_record *, qn_layer_id, const char *key);
/* Adds valid UTF-8; its number for qn_span.data. */
uint32_t ents_table_add(ents_table *, qn_str value);
/* Sets the record's metadata entry, if anything was added. `key` is a constant. QN_E_NOMEM. */
qn_status ents_table_end(ents_table *, qn_ctx *, qn_record *, const char *key);
void ents_table_free(ents_table *);

/* Takes n spans, sorted by beg, into a layer of that kind; where a span is there already (beg, end,
 * label), the new one replaces it. QN_E_NOMEM. */
qn_status ents_annotate(qn_record *, qn_layer_id, const qn_span *v, uint32_t n);
#endif

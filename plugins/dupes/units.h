/* SPDX-License-Identifier: MIT */
/* plugins/dupes/units.h - the lines or paragraphs of one text, and which of them say again what an
 * earlier one says. */
#ifndef QUERN_DUPES_UNITS_H
#define QUERN_DUPES_UNITS_H
#include "sip.h"

struct dupes_unit {
    uint32_t beg, end; /* without white space at its ends */
    uint32_t line_end; /* behind its line end */
    uint8_t verse;     /* part of a paragraph of short lines */
    uint8_t again;     /* the same as an earlier unit */
};

struct dupes_units {
    struct dupes_unit *v;
    uint32_t n, cap;
    uint32_t *slot; /* open hash: 1 + number of a unit */
    uint32_t nslot;
};

/* Cuts p[0, n) into lines or paragraphs (runs of lines that are not blank); 0: out of memory. */
int dupes_units_read(struct dupes_units *u, const char *p, size_t n, int paragraphs);

/* Marks the units of at least min_chars characters that repeat one before; with keep_verse not
 * those of verse. 0: out of memory. The key should be random; what is marked does not depend on
 * it. */
int dupes_units_match(struct dupes_units *u, const char *p, dupes_hash key, uint32_t min_chars,
                      int keep_verse);

void dupes_units_free(struct dupes_units *u);
#endif

/* SPDX-License-Identifier: MIT */
/* plugins/sentences/scan.h - finds the few bytes of a text at which a sentence might end, 64 bytes
 * at a time; a SIMD and a scalar version with the same result. */
#ifndef SENTENCES_SCAN_H
#define SENTENCES_SCAN_H
#include <stdint.h>

/* One bit for each of 64 bytes. */
typedef struct scan_masks {
    uint64_t
        mark; /* . ! ? " ( ) : line ends, 0xD6 and lead bytes from 0xD8 (stops of other scripts) */
    uint64_t gap; /* blank or tab before a byte that is neither a-z nor ASCII white space */
} scan_masks;

/* Looks at p[0, 65): the last byte only as what follows byte 63. m->gap is zero unless `gaps`. */
void sentences_scan(const char *p, int gaps, scan_masks *m);
void sentences_scan_scalar(const char *p, int gaps, scan_masks *m);

/* The first . ! ? or line feed of p[at, n), or n. */
uint32_t sentences_next_end(const char *p, uint32_t at, uint32_t n);
#endif

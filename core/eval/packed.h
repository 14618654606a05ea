/* SPDX-License-Identifier: MIT */
/* core/eval/packed.h - floor 5: the bytes of a file of records, which may be packed by gzip or zstd
 * (optional at build): told by its first bytes, not by its name. */
#ifndef QUERN_EVAL_PACKED_H
#define QUERN_EVAL_PACKED_H
#include <quern/base.h>
#include <zlib.h>

typedef struct packed {
    const char *path; /* as it was given; "-" is standard input */
    gzFile f;         /* plain bytes, too, go through it as they are, and zstd's */
    struct packed_zstd *zstd;
    int started;
} packed;

/* QN_OK; else QN_E_IO or QN_E_NOMEM and words. */
qn_status packed_open(packed *, const char *path, char *why, size_t nwhy);
/* At most n unpacked bytes; *got is 0 only at the end. QN_E_IO or QN_E_NOMEM and words. */
qn_status packed_read(packed *, char *p, size_t n, size_t *got, char *why, size_t nwhy);
void packed_close(packed *);
#endif

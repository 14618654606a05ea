/* SPDX-License-Identifier: MIT */
/* core/scan.h - floor 2: reads config files (libconfig's syntax) for places and mistakes: what
 * libconfig 1.5 cannot say. It follows @include itself, relative to the including file. */
#ifndef QUERN_SCAN_H
#define QUERN_SCAN_H
#include "tree.h"

typedef struct qn_scan {
    qn_node *root; /* the tree with all places and values */
    char *text;    /* everything with includes put in their places, for libconfig; in the pool */
} qn_scan;

/* Scans a file and what it includes. All mistakes found are in the list; the result is only whole
 * when there is none. QN_E_NOMEM when memory ran out. */
qn_status qn_scan_file(qn_pool *, const char *path, qn_scan *, qn_diags *);
/* The same for n bytes that stand for the file's content; the file need not be there. */
qn_status qn_scan_text(qn_pool *, const char *path, const char *text, size_t n, qn_scan *,
                       qn_diags *);
/* Scans one value, for --set. NULL after a mistake (said) or without memory. */
qn_node *qn_scan_value(qn_pool *, const char *text, const qn_place *, qn_diags *);
#endif

/* SPDX-License-Identifier: MIT */
/* core/option.h - floor 2: fills an option struct from a config group by its option table, and
 * says everything that is wrong with it. Also reads the table itself, for help and checks. */
#ifndef QUERN_OPTION_H
#define QUERN_OPTION_H
#include <quern/plugin.h>

#include "tree.h"

/* What the options belong to, for messages: "plugin 'summarize'". `reserved` names settings of
 * the group that are not options (NULL-terminated), or NULL. */
typedef struct qn_option_owner {
    const char *what;
    const char *show; /* where to read more: "quern plugins show summarize", or NULL */
    const char *const *reserved;
} qn_option_owner;

/* Fills `out` (zeroed, of the size the table belongs to) from defaults and the group (NULL: only
 * defaults). Strings and lists live in the pool. Every mistake is in the list. */
void qn_options_read(const qn_option *table, uint32_t stride, const qn_node *group, void *out,
                     qn_pool *, const qn_option_owner *, qn_diags *);

/* The i-th row as this quern knows it (members an older table lacks are 0); 0 behind the last. */
int qn_option_row(const qn_option *table, uint32_t stride, size_t i, qn_option *row);
/* The row of that name; 0 when there is none. */
int qn_option_find(const qn_option *table, uint32_t stride, const char *name, qn_option *row);
/* 1 when the table is sound, else 0 with what is wrong in why[n]. `size`: of the struct. */
int qn_option_check(const qn_option *table, uint32_t stride, uint32_t size, char *why, size_t n);
/* "int, default 3, 1 to 100 sentences" in buf[n]. */
void qn_option_describe(const qn_option *row, char *buf, size_t n);
#endif

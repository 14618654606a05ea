/* SPDX-License-Identifier: MIT */
/* core/tree.h - floor 2: a config as a tree of nodes, each with its place; and the memory they
 * live in, which is freed as a whole. */
#ifndef QUERN_TREE_H
#define QUERN_TREE_H
#include <quern/base.h>

#include "diag.h"

/* Memory that is freed all at once: nodes, strings, option structs. Main thread. */
typedef struct qn_pool qn_pool;
qn_pool *qn_pool_new(void);
void qn_pool_free(qn_pool *);
/* n zeroed bytes aligned for anything, or NULL when out of memory. */
void *qn_pool_alloc(qn_pool *, size_t n);
/* A NUL-terminated copy of s[0, n), or NULL when out of memory. */
char *qn_pool_string(qn_pool *, const char *s, size_t n);

typedef enum qn_node_type {
    QN_NODE_GROUP = 1, /* { } */
    QN_NODE_LIST,      /* ( ) */
    QN_NODE_ARRAY,     /* [ ] */
    QN_NODE_STRING,
    QN_NODE_INT,
    QN_NODE_FLOAT,
    QN_NODE_BOOL
} qn_node_type;

typedef struct qn_node {
    qn_node_type type;
    const char *name; /* NULL in lists and arrays */
    qn_place key;     /* of the name; of the value when there is none */
    qn_place value;
    const char *origin; /* "--set", "command line"; NULL: the file */
    struct qn_node *parent, *next, *first, *last;
    unsigned n; /* children */
    int wide;   /* an integer written with L */
    union {
        const char *s;
        int64_t i;
        double d;
    } u;
} qn_node;

/* A new child at the end of the parent (or a lone node); NULL: no memory. */
qn_node *qn_node_add(qn_pool *, qn_node *parent, qn_node_type, const char *name);
/* The child of that name, or NULL. */
qn_node *qn_node_get(const qn_node *group, const char *name);
/* "a string", "a list", ... for messages. */
const char *qn_node_type_name(const qn_node *);
#endif

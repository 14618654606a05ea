/* SPDX-License-Identifier: MIT */
/* core/tree.c - see tree.h. */
#include "tree.h"

#include <stdlib.h>

struct block {
    struct block *next;
    size_t used, size;
    max_align_t mem[];
};

struct qn_pool {
    struct block *block;
};

qn_pool *qn_pool_new(void)
{
    return calloc(1, sizeof(qn_pool));
}

void qn_pool_free(qn_pool *p)
{
    struct block *b = p ? p->block : NULL;
    while (b) {
        struct block *next = b->next;
        free(b);
        b = next;
    }
    free(p);
}

void *qn_pool_alloc(qn_pool *p, size_t n)
{
    size_t unit = sizeof(max_align_t), need = (n + unit - 1) / unit * unit, size = 16384;
    struct block *b = p->block;
    char *mem;
    if (!b || b->size - b->used < need) {
        if (need > size) size = need;
        b = calloc(1, sizeof *b + size);
        if (!b) return NULL;
        b->size = size;
        b->next = p->block;
        p->block = b;
    }
    mem = (char *)b->mem + b->used;
    b->used += need;
    return mem;
}

char *qn_pool_string(qn_pool *p, const char *s, size_t n)
{
    char *copy = qn_pool_alloc(p, n + 1);
    if (copy && n) memcpy(copy, s, n);
    return copy;
}

qn_node *qn_node_add(qn_pool *p, qn_node *parent, qn_node_type type, const char *name)
{
    qn_node *node = qn_pool_alloc(p, sizeof *node);
    if (!node) return NULL;
    node->type = type;
    node->name = name;
    node->parent = parent;
    if (!parent) return node;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    parent->n++;
    return node;
}

qn_node *qn_node_get(const qn_node *group, const char *name)
{
    qn_node *c;
    for (c = group ? group->first : NULL; c; c = c->next)
        if (c->name && strcmp(c->name, name) == 0) return c;
    return NULL;
}

const char *qn_node_type_name(const qn_node *node)
{
    static const char *const names[] = {"nothing",      "a group { }",  "a list ( )",
                                        "an array [ ]", "a string",     "a whole number",
                                        "a number",     "true or false"};
    return names[node->type];
}

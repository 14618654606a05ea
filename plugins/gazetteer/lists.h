/* SPDX-License-Identifier: MIT */
/* plugins/gazetteer/lists.h - the lists of a stage: opened where they are compiled, compiled where
 * they are text. Read-only from then on. */
#ifndef GAZETTEER_LISTS_H
#define GAZETTEER_LISTS_H
#include <quern/host.h>

#include "text/phrases.h"

typedef struct gazetteer_list {
    qn_phrases phrases;
    char *made;     /* what was compiled here, to be freed */
    qn_name *label; /* of each phrase; 0: a class of words, or a label not wanted */
    int operators;
} gazetteer_list;

/* Finds n files as the host finds data, and makes one list of them; a compiled one stands alone. On
 * failure the words are said. `wanted` may be NULL: all labels. */
qn_status gazetteer_list_open(qn_ctx *, gazetteer_list *, const char *const *files, size_t n,
                              int operators, int (*wanted)(void *arg, qn_str label), void *arg);
void gazetteer_list_close(gazetteer_list *);
#endif

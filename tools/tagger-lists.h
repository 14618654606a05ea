/* SPDX-License-Identifier: MIT */
/* tools/tagger-lists.h - the lists and the word clusters of the tagger's model, compiled from text
 * files. */
#ifndef TAGGER_LISTS_TOOL_H
#define TAGGER_LISTS_TOOL_H
#include "tagger-learn.h"

/* Reads list files ("[class]", then one phrase a line) into a table; free(3) its v. */
void lists_read(const char *const *path, unsigned n, tagger_lists *, learn_classes *);

/* Reads a file of tools/make-clusters, "WORD CLUSTER CLUSTER CLUSTER" a line; free(3) its v. A word
 * for which the table has no room is left out. */
void clusters_read(const char *path, tagger_clusters *);
#endif

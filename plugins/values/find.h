/* SPDX-License-Identifier: MIT */
/* plugins/values/find.h - the rules taken over a whole document, from left to right. */
#ifndef VALUES_FIND_H
#define VALUES_FIND_H
#include "rules.h"

/* Takes one answer: bytes [beg, end) of the text. 0 stops. */
typedef int (*values_take)(void *arg, uint32_t beg, uint32_t end, int label, const note *value);

/* 0 when `take` returned 0. */
int values_find(const values_rules *, values_take take, void *arg);
#endif

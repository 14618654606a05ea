/* SPDX-License-Identifier: MIT */
/* core/cli/testcase.h - floor 6: one case of a config test: what goes in, which part of the
 * pipeline it goes through, and what must come out. quern.test(5) describes the words. */
#ifndef QUERN_CLI_TESTCASE_H
#define QUERN_CLI_TESTCASE_H
#include "plan.h"
#include "text/json_write.h"
#include "tree.h"

typedef struct test_case {
    const qn_node *node; /* the group { } */
    const char *name;
    const char *config; /* path */
    const char *folder; /* of the test file; others are relative to it */
    qn_pool *pool;
} test_case;

typedef enum test_result { TEST_OK, TEST_FAILED, TEST_BLESSED } test_result;

/* Checks the words of a case; every mistake is in the list. */
void test_case_check(const test_case *, qn_diags *);

/* Runs it. What did not come out as wanted is in `why`, a line each. With `bless` the golden file
 * is written instead of compared. */
test_result test_case_run(const test_case *, int bless, qn_jsonw *why);
#endif

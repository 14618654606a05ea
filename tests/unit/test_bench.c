/* SPDX-License-Identifier: MIT */
/* tests/unit/test_bench.c - core/bench: the ranks against the published table of the sign test, the
 * verdict, and the made-up text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "bench/interval.h"
#include "bench/sample.h"
#include "text/utf8.h"

static void test_ranks(void **state)
{
    /* two-sided, 95 %: tables of the sign test give rank - 1 as the critical value */
    static const struct {
        size_t n, rank;
    } known[] = {{1, 0},  {5, 0},  {6, 1},  {8, 1},   {9, 2},   {11, 2},
                 {12, 3}, {20, 6}, {25, 8}, {30, 10}, {50, 18}, {100, 40}};
    size_t i;
    (void)state;
    for (i = 0; i < sizeof known / sizeof *known; i++)
        assert_int_equal(bench_rank(known[i].n), known[i].rank);
    assert_in_range(bench_rank(1000), 460, 470);
    assert_in_range(bench_rank(100000), 49600, 49700);
}

static void test_interval(void **state)
{
    double odd[] = {9, 1, 8, 2, 7, 3, 6, 4, 5}, even[] = {6, 5, 4, 3, 2, 1};
    bench_interval i = bench_interval_of(odd, 9);
    (void)state;
    assert_true(i.low == 2 && i.median == 5 && i.high == 8);
    i = bench_interval_of(even, 6);
    assert_true(i.low == 1 && i.median == 3.5 && i.high == 6);
}

static void test_verdict(void **state)
{
    (void)state;
    assert_int_equal(bench_verdict_of(&(bench_interval){1.01, 1.2, 1.3}), BENCH_FASTER);
    assert_int_equal(bench_verdict_of(&(bench_interval){0.7, 0.9, 0.99}), BENCH_SLOWER);
    assert_int_equal(bench_verdict_of(&(bench_interval){0.99, 1.2, 1.5}), BENCH_SAME);
    assert_int_equal(bench_verdict_of(&(bench_interval){1, 1, 1}), BENCH_SAME);
}

static void test_sample(void **state)
{
    bench_sample few, many;
    size_t i;
    (void)state;
    assert_true(bench_sample_make(&few, 10, 0));
    assert_true(bench_sample_make(&many, 1000, 0));
    assert_int_equal(many.start[0], 0);
    assert_memory_equal(few.text, many.text,
                        few.start[10]); /* more documents, the same first ones */
    for (i = 0; i < 1000; i++) {
        assert_in_range(many.start[i + 1] - many.start[i], 300, 20000);
        assert_null(memchr(many.text + many.start[i], '\0', many.start[i + 1] - many.start[i]));
    }
    assert_int_equal(qn_utf8_valid(many.text, many.start[1000]), many.start[1000]);
    assert_null(memmem(many.text, many.start[1000], "%P", 2));
    assert_non_null(memmem(many.text, many.start[1000], "3.4% in", 7));
    bench_sample_free(&few);
    bench_sample_free(&many);
    assert_true(bench_sample_make(&few, 1, 1));
    assert_memory_equal(few.text, "<!DOCTYPE html>", 15);
    bench_sample_free(&few);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_interval),
        cmocka_unit_test(test_verdict),
        cmocka_unit_test(test_sample),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

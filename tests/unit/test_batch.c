/* SPDX-License-Identifier: MIT */
/* tests/unit/test_batch.c - core/batch.c: memory is handed out whole and apart, comes back with a
 * reset, and is given back to the system after a huge document. */
#include "batch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void test_pieces_are_aligned_and_apart(void **state)
{
    enum { PIECES = 3000 };
    static unsigned char *piece[PIECES];
    static size_t size[PIECES];
    qn_batch *b = qn_batch_new(0);
    size_t i, k, round;
    (void)state;
    assert_non_null(b);
    for (round = 0; round < 3; round++) {
        for (i = 0; i < PIECES; i++) {
            size[i] = i % 100 == 7 ? 100000 + i : (i * 37) % 1000;
            piece[i] = qn_alloc(b, size[i]);
            assert_non_null(piece[i]);
            assert_int_equal((uintptr_t)piece[i] % 8, 0);
            memset(piece[i], (int)(i % 251), size[i]);
        }
        for (i = 0; i < PIECES; i++)
            for (k = 0; k < size[i]; k++)
                if (piece[i][k] != i % 251) fail_msg("piece %zu was overwritten at %zu", i, k);
        qn_batch_reset(b);
    }
    qn_batch_free(b);
}

static void test_absurd_sizes_are_refused(void **state)
{
    static const size_t absurd[] = {SIZE_MAX,      SIZE_MAX - 7, SIZE_MAX - 8,
                                    SIZE_MAX - 32, SIZE_MAX / 2, SIZE_MAX / 4};
    qn_batch *b = qn_batch_new(0);
    qn_batch_memory before, after;
    size_t i;
    (void)state;
    assert_non_null(b);
    before = qn_batch_stats(b);
    for (i = 0; i < sizeof absurd / sizeof *absurd; i++)
        assert_null(qn_alloc(b, absurd[i]));
    after = qn_batch_stats(b);
    assert_memory_equal(&before, &after, sizeof before);
    assert_non_null(qn_alloc(b, 100));
    assert_non_null(qn_alloc(b, 0));
    qn_batch_free(b);
}

static void test_small_pieces_go_on_filling_the_block_past_a_large_one(void **state)
{
    qn_batch *b = qn_batch_new(0);
    const size_t held = qn_batch_stats(b).held;
    (void)state;
    assert_non_null(qn_alloc(b, 1000));
    assert_non_null(qn_alloc(b, 1000000));
    assert_non_null(qn_alloc(b, 1000));
    assert_true(qn_batch_stats(b).held < held + 1000000 + 8192);
    qn_batch_free(b);
}

static void test_reset_keeps_a_little_and_gives_back_the_rest(void **state)
{
    const size_t keep = 1 << 20;
    qn_batch *b = qn_batch_new(keep);
    size_t held = 0;
    int round;
    (void)state;
    assert_non_null(qn_alloc(b, 200 << 20));
    assert_true(qn_batch_stats(b).used >= (size_t)200 << 20);
    qn_batch_reset(b);
    assert_true(qn_batch_stats(b).held <= keep);
    assert_true(qn_batch_stats(b).peak >= (size_t)200 << 20);
    assert_int_equal(qn_batch_stats(b).used, 0);
    for (round = 0; round < 20; round++) { /* then nothing more is asked of the system */
        int i;
        for (i = 0; i < 500; i++)
            assert_non_null(qn_alloc(b, 1000));
        assert_true(qn_batch_stats(b).used >= 500000);
        qn_batch_reset(b);
        if (round == 0) held = qn_batch_stats(b).held;
        assert_true(qn_batch_stats(b).held <= keep);
        assert_int_equal(qn_batch_stats(b).held, held);
    }
    qn_batch_free(b);
}

static void test_records_come_empty_and_in_order(void **state)
{
    enum { N = 500, LAYERS = 5 };
    qn_batch *b = qn_batch_new(0);
    uint32_t round, i, k;
    (void)state;
    b->cap = 10; /* what a source is asked for, no limit */
    for (round = 0; round < 3; round++) {
        for (i = 0; i < N; i++) {
            qn_record *r = qn_batch_add_record(b, LAYERS);
            assert_non_null(r);
            assert_ptr_equal(r->batch, b);
            assert_int_equal(r->nlayer, LAYERS);
            assert_null(r->text.p);
            assert_null(r->map);
            assert_int_equal(r->flags, 0);
            for (k = 0; k < LAYERS; k++)
                assert_int_equal(r->layer[k].n + r->layer[k].cap, 0);
            assert_int_equal(b->bytes, 10 * i);
            r->text.n = 10;
            r->ordinal = i;
            r->flags = ~0u;
            assert_int_equal(qn_add(r, LAYERS - 1, 0, 1, 0), QN_OK);
        }
        assert_int_equal(b->n, N);
        for (i = 0; i < N; i++)
            assert_int_equal(b->rec[i]->ordinal, i);
        qn_batch_reset(b);
        assert_int_equal(b->n, 0);
        assert_int_equal(b->bytes, 0);
        assert_int_equal(b->cap, 10);
    }
    qn_batch_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces_are_aligned_and_apart),
        cmocka_unit_test(test_absurd_sizes_are_refused),
        cmocka_unit_test(test_small_pieces_go_on_filling_the_block_past_a_large_one),
        cmocka_unit_test(test_reset_keeps_a_little_and_gives_back_the_rest),
        cmocka_unit_test(test_records_come_empty_and_in_order),
    };
    return cmocka_run_group_tests_name("batch", tests, NULL, NULL);
}

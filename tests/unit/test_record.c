/* SPDX-License-Identifier: MIT */
/* tests/unit/test_record.c - the functions of quern/record.h that are compiled into plugins. */
#include "batch.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { LAYERS = 3 };

static qn_batch *batch;

static int setup(void **state)
{
    (void)state;
    batch = qn_batch_new(0);
    return batch ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    qn_batch_free(batch);
    return 0;
}

static qn_record *record(void)
{
    qn_record *r = qn_batch_add_record(batch, LAYERS);
    assert_non_null(r);
    return r;
}

static void test_layers_grow_and_keep_their_spans(void **state)
{
    qn_record *r = record();
    uint32_t i;
    (void)state;
    for (i = 0; i < 5000; i++) {
        assert_int_equal(qn_add(r, 1, i, i + 2, (qn_name)i), QN_OK);
        r->layer[1].v[i].flags = 7; /* dirties the memory the next spans may get */
        r->layer[1].v[i].data = i * 3;
    }
    assert_int_equal(r->layer[1].n, 5000);
    for (i = 0; i < 5000; i++) {
        const qn_span want = {i, i + 2, (qn_name)i, 7, i * 3};
        assert_memory_equal(&r->layer[1].v[i], &want, sizeof want);
    }
    assert_int_equal(r->layer[2].n, 0);
}

static void test_a_new_span_is_clean(void **state)
{
    qn_record *r;
    const qn_span want = {1, 2, 3, 0, 0};
    (void)state;
    memset(qn_alloc(batch, 1000), 0xFF, 1000);
    qn_batch_reset(batch);
    r = record();
    assert_int_equal(qn_add(r, 1, 1, 2, 3), QN_OK);
    assert_memory_equal(r->layer[1].v, &want, sizeof want);
}

static void test_layer_0_and_unknown_ones_take_nothing(void **state)
{
    qn_record *r = record();
    (void)state;
    assert_int_equal(qn_add(r, 0, 0, 1, 0), QN_E_BUG);
    assert_int_equal(qn_add(r, LAYERS, 0, 1, 0), QN_E_BUG);
    assert_int_equal(qn_layer_reserve(r, 0, 0), QN_E_BUG);
    assert_int_equal(r->layer[0].n, 0);
}

static void test_reserved_room_is_used_without_moving(void **state)
{
    qn_record *r = record();
    const qn_span *v;
    uint32_t i;
    (void)state;
    assert_int_equal(qn_add(r, 1, 0, 1, 5), QN_OK);
    assert_int_equal(qn_layer_reserve(r, 1, 1000), QN_OK);
    v = r->layer[1].v;
    assert_int_equal(v[0].label, 5);
    for (i = 0; i < 1000; i++)
        assert_int_equal(qn_add(r, 1, i, i + 1, 0), QN_OK);
    assert_ptr_equal(r->layer[1].v, v);
}

static void test_absurd_room_is_refused(void **state)
{
    qn_record *r = record();
    (void)state;
    assert_int_equal(qn_add(r, 1, 0, 1, 5), QN_OK);
    assert_int_equal(qn_layer_reserve(r, 1, UINT32_MAX), QN_E_NOMEM);
    assert_int_equal(r->layer[1].n, 1);
    assert_int_equal(r->layer[1].v[0].label, 5);
}

static void test_metadata_is_found_by_its_whole_key(void **state)
{
    qn_meta meta[2] = {{.key = QN_STR("title")}, {.key = QN_STR("tit")}};
    const qn_str tit = QN_STR("tit"), ti = QN_STR("ti");
    qn_record *r = record();
    (void)state;
    r->meta = meta;
    r->nmeta = 2;
    assert_ptr_equal(qn_meta_get(r, tit), &meta[1]);
    assert_null(qn_meta_get(r, ti));
}

static void test_a_record_is_live_until_dropped_or_failed(void **state)
{
    qn_record *r = record();
    (void)state;
    r->flags = QN_REC_ASCII | QN_REC_BYTES;
    assert_true(qn_live(r));
    r->flags = QN_REC_DROPPED;
    assert_false(qn_live(r));
    r->flags = QN_REC_FAILED;
    assert_false(qn_live(r));
}

/* raw "xxAdvert Hello wrld  end" -> text "Hello world end"; "xx" and "Advert " went by two rules,
 * an "o" was put in, one of two spaces went. */
static void test_offsets_are_found_in_the_raw_text(void **state)
{
    static const qn_seg map[] = {{0, 0, 7, 0},  {0, 2, 8, 0},   {0, 9, 0, 0},   {7, 16, 9, 0},
                                 {8, 16, 0, 0}, {11, 19, 8, 0}, {11, 20, 0, 0}, {15, 24, 0, 0}};
    static const struct {
        uint32_t text, beg, end;
    } want[] = {
        {0, 9, 0},    /* the deletions before the text are not part of what begins there */
        {1, 10, 10},  /* inside "Hello" */
        {7, 16, 16},  /* before the "o" put in */
        {8, 16, 16},  /* after it: it has no raw bytes */
        {11, 20, 19}, /* at the lost space: behind it for a start, before it for an end */
        {12, 21, 21}, {15, 24, 24}, /* the end */
    };
    qn_record *r = record();
    uint32_t i, hint;
    (void)state;
    r->map = map;
    r->nmap = sizeof map / sizeof *map;
    for (i = 0; i < sizeof want / sizeof *want; i++)
        for (hint = 0; hint < 12; hint++) {
            uint32_t h = hint;
            assert_int_equal(qn_to_raw(r, want[i].text, 0, &h), want[i].beg);
            h = hint;
            assert_int_equal(qn_to_raw(r, want[i].text, 1, &h), want[i].end);
        }
}

static void test_without_a_map_text_is_raw(void **state)
{
    qn_record *r = record();
    uint32_t hint = 0;
    (void)state;
    assert_int_equal(qn_to_raw(r, 5, 0, &hint), 5);
    assert_int_equal(qn_to_raw(r, 5, 1, &hint), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layers_grow_and_keep_their_spans),
        cmocka_unit_test(test_a_new_span_is_clean),
        cmocka_unit_test(test_layer_0_and_unknown_ones_take_nothing),
        cmocka_unit_test(test_reserved_room_is_used_without_moving),
        cmocka_unit_test(test_absurd_room_is_refused),
        cmocka_unit_test(test_metadata_is_found_by_its_whole_key),
        cmocka_unit_test(test_a_record_is_live_until_dropped_or_failed),
        cmocka_unit_test(test_offsets_are_found_in_the_raw_text),
        cmocka_unit_test(test_without_a_map_text_is_raw),
    };
    return cmocka_run_group_tests_name("record", tests, setup, teardown);
}

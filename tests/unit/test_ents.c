/* SPDX-License-Identifier: MIT */
/* tests/unit/test_ents.c - plugins/ents: precedence, the merged layer, and the tables beside it. */
#include "ents/ents.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "batch.h"

enum { ENTS = 1, NOTES = 2, LAYERS = 3 };

static qn_batch *batch;
static qn_record *record;

static int setup(void **state)
{
    (void)state;
    batch = qn_batch_new(0);
    record = batch ? qn_batch_add_record(batch, LAYERS) : NULL;
    return record ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    qn_batch_free(batch);
    return 0;
}

static qn_span span(uint32_t beg, uint32_t end)
{
    return (qn_span){beg, end, 1, 0, 0};
}

static void merge(uint32_t beg, uint32_t end, ents_source source)
{
    const qn_span s = span(beg, end);
    assert_int_equal(ents_merge(record, ENTS, &s, 1, source), QN_OK);
}

/* The layer as "0-5:3 7-9:4": beg-end:source. */
static void expect(const char *want)
{
    char got[1000] = "";
    size_t n = 0;
    uint32_t i;
    for (i = 0; i < record->layer[ENTS].n; i++) {
        const qn_span *s = &record->layer[ENTS].v[i];
        n += (size_t)snprintf(got + n, sizeof got - n, "%s%u-%u:%d", i ? " " : "", s->beg, s->end,
                              (int)ents_source_of(s));
    }
    assert_string_equal(got, want);
}

static void test_the_higher_source_wins_in_any_order(void **state)
{
    static const ents_source order[] = {ENTS_SHIPPED, ENTS_MENTIONS, ENTS_TAGGER, ENTS_VALUES,
                                        ENTS_OPERATOR};
    size_t i, k;
    (void)state;
    for (i = 0; i < 5; i++)
        for (k = 0; k < 5; k++) {
            char want[20];
            snprintf(want, sizeof want, "%s:%d", i >= k ? "0-9" : "5-14",
                     (int)order[i >= k ? i : k]);
            record->layer[ENTS].n = 0;
            merge(0, 9, order[i]);
            merge(5, 14, order[k]);
            if (i != k) expect(want);
            record->layer[ENTS].n = 0;
            merge(5, 14, order[k]);
            merge(0, 9, order[i]);
            expect(want);
        }
}

static void test_within_a_source_the_longer_then_the_earlier_wins(void **state)
{
    const qn_span v[] = {span(0, 4), span(0, 9), span(5, 7), span(20, 24), span(22, 26)};
    (void)state;
    assert_int_equal(ents_merge(record, ENTS, v, 5, ENTS_TAGGER), QN_OK);
    expect("0-9:3 20-24:3");
}

static void test_a_name_keeps_the_value_inside_it(void **state)
{
    (void)state;
    merge(0, 4, ENTS_VALUES); /* "11th" */
    merge(0, 10, ENTS_TAGGER);
    expect("0-10:3");
    merge(5, 10, ENTS_VALUES);
    expect("0-10:3");
    merge(0, 10, ENTS_VALUES); /* the same stretch: a value */
    expect("0-10:4");
}

static void test_a_list_corrects_a_doubtful_tagger(void **state)
{
    const qn_span doubtful = {0, 5, 1, 0, 20000}, sure = {0, 5, 1, 0, 65000};
    int first;
    (void)state;
    for (first = 0; first < 2; first++) { /* in any order */
        record->layer[ENTS].n = 0;
        if (first) merge(0, 5, ENTS_SHIPPED);
        assert_int_equal(ents_merge(record, ENTS, &doubtful, 1, ENTS_TAGGER), QN_OK);
        if (!first) merge(0, 5, ENTS_SHIPPED);
        expect("0-5:1");
        record->layer[ENTS].n = 0;
        if (first) merge(0, 5, ENTS_SHIPPED);
        assert_int_equal(ents_merge(record, ENTS, &sure, 1, ENTS_TAGGER), QN_OK);
        if (!first) merge(0, 5, ENTS_SHIPPED);
        expect("0-5:3");
        record->layer[ENTS].n = 0;
        if (first) merge(0, 4, ENTS_SHIPPED); /* another stretch */
        assert_int_equal(ents_merge(record, ENTS, &doubtful, 1, ENTS_TAGGER), QN_OK);
        if (!first) merge(0, 4, ENTS_SHIPPED);
        expect("0-5:3");
    }
}

/* "Trinidad", "Tobago" and a part that reaches beyond the listed name. */
static void test_a_list_has_the_whole_of_what_the_tagger_cut(void **state)
{
    const qn_span parts[] = {span(0, 8), span(13, 19)};
    int first;
    (void)state;
    for (first = 0; first < 2; first++) { /* in any order */
        record->layer[ENTS].n = 0;
        if (first) merge(0, 19, ENTS_SHIPPED);
        assert_int_equal(ents_merge(record, ENTS, parts, 2, ENTS_TAGGER), QN_OK);
        if (!first) merge(0, 19, ENTS_SHIPPED);
        expect("0-19:1");
        record->layer[ENTS].n = 0;
        if (first) merge(0, 19, ENTS_SHIPPED);
        merge(13, 21, ENTS_TAGGER);
        if (!first) merge(0, 19, ENTS_SHIPPED);
        expect("13-21:3");
    }
}

static void test_the_layer_stays_sorted_and_keeps_what_does_not_overlap(void **state)
{
    const qn_span names[] = {span(10, 20), span(30, 40), span(50, 60)};
    const qn_span values[] = {span(0, 5), span(20, 30), span(38, 45), span(70, 71)};
    (void)state;
    assert_int_equal(ents_merge(record, ENTS, names, 3, ENTS_TAGGER), QN_OK);
    assert_int_equal(ents_merge(record, ENTS, values, 4, ENTS_VALUES), QN_OK);
    expect("0-5:4 10-20:3 20-30:4 38-45:4 50-60:3 70-71:4");
    assert_int_equal(ents_merge(record, ENTS, NULL, 0, ENTS_VALUES), QN_OK);
    expect("0-5:4 10-20:3 20-30:4 38-45:4 50-60:3 70-71:4");
}

static void test_confidence_and_label_survive(void **state)
{
    const qn_span a = {0, 5, 7, 99, 40000};
    (void)state;
    assert_int_equal(ents_merge(record, ENTS, &a, 1, ENTS_TAGGER), QN_OK);
    merge(6, 8, ENTS_VALUES);
    assert_int_equal(record->layer[ENTS].v[0].label, 7);
    assert_int_equal(record->layer[ENTS].v[0].data, 40000);
    assert_int_equal(record->layer[ENTS].v[0].flags, ENTS_TAGGER);
}

/* Whatever is thrown at it, in whatever pieces: sorted, no overlap, nothing empty, nothing new. */
static void test_random_merges_keep_the_promise(void **state)
{
    uint32_t round, i, seed = 1;
    (void)state;
    for (round = 0; round < 2000; round++) {
        qn_span v[20];
        uint32_t n = 0, at = 0;
        const qn_layer *l = &record->layer[ENTS];
        if (round % 20 == 0) record->layer[ENTS].n = 0;
        for (i = 0; i < 20; i++) {
            seed = seed * 1664525u + 1013904223u;
            at += (seed >> 24) % 7;
            if ((seed >> 20) % 4 > 0) v[n++] = span(at, at + (seed >> 16) % 12);
        }
        assert_int_equal(ents_merge(record, ENTS, v, n, (ents_source)(seed >> 8) % ENTS_SOURCES),
                         QN_OK);
        for (i = 0; i < l->n; i++) {
            assert_true(l->v[i].beg < l->v[i].end);
            if (i) assert_true(l->v[i - 1].end <= l->v[i].beg);
        }
    }
}

static qn_status set_meta(qn_ctx *cx, qn_record *r, const qn_meta *m)
{
    (void)cx;
    r->meta = qn_alloc(r->batch, sizeof *m);
    r->meta[0] = *m;
    r->nmeta = 1;
    return QN_OK;
}

static void add_note(uint32_t beg, const char *text, uint32_t want)
{
    static const qn_host host = {.set_meta = set_meta};
    qn_ctx cx = {.host = &host};
    ents_table t = {0};
    qn_span s = span(beg, beg + 5);
    ents_table_start(&t, record, NOTES, ENTS_LINKS_KEY);
    s.data = ents_table_add(&t, (qn_str){text, strlen(text)});
    assert_int_equal(s.data, want);
    assert_int_equal(ents_table_end(&t, &cx, record, ENTS_LINKS_KEY), QN_OK);
    assert_int_equal(ents_annotate(record, NOTES, &s, 1), QN_OK);
    ents_table_free(&t);
}

static void expect_table(const char *want)
{
    assert_int_equal(record->nmeta, 1);
    assert_int_equal(record->meta[0].u.str.n, strlen(want));
    assert_memory_equal(record->meta[0].u.str.p, want, strlen(want));
}

static void test_tables_go_on_where_an_earlier_stage_ended(void **state)
{
    const qn_layer *l = &record->layer[NOTES];
    (void)state;
    add_note(50, "Q1", 1);
    add_note(10, "a \"b\"", 2);
    expect_table("[\"Q1\",\"a \\\"b\\\"\"]");
    assert_int_equal(l->n, 2);
    assert_int_equal(l->v[0].beg, 10);
    add_note(10, "Q3", 3); /* the same span again */
    assert_int_equal(l->n, 2);
    assert_int_equal(l->v[0].data, 3);
}

static void test_an_entry_of_the_input_is_not_taken_for_a_table(void **state)
{
    qn_meta m = {.key = QN_STR(ENTS_LINKS_KEY), .type = QN_T_JSON};
    (void)state;
    m.u.str = (qn_str){"[1,2]", 5};
    set_meta(NULL, record, &m);
    add_note(0, "Q1", 1);
    expect_table("[\"Q1\"]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_higher_source_wins_in_any_order, setup, teardown),
        cmocka_unit_test_setup_teardown(test_within_a_source_the_longer_then_the_earlier_wins,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_name_keeps_the_value_inside_it, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_list_corrects_a_doubtful_tagger, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_list_has_the_whole_of_what_the_tagger_cut, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_the_layer_stays_sorted_and_keeps_what_does_not_overlap,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_confidence_and_label_survive, setup, teardown),
        cmocka_unit_test_setup_teardown(test_random_merges_keep_the_promise, setup, teardown),
        cmocka_unit_test_setup_teardown(test_tables_go_on_where_an_earlier_stage_ended, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_an_entry_of_the_input_is_not_taken_for_a_table, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

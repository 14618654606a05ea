/* SPDX-License-Identifier: MIT */
/* tests/unit/test_dupes.c - repeated units, how near the sketch's estimate is, and the table: what
 * it finds, what it forgets, and that its work is bounded. */
#include "dupes/sip.h"
#include "dupes/sketch.h"
#include "dupes/table.h"
#include "dupes/units.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const dupes_hash key = {7, 11};

/* The numbers of the units that repeat one before, as "1 4". */
static const char *repeats(const char *text, int paragraphs, uint32_t min, int keep_verse)
{
    static char out[256];
    struct dupes_units u = {0};
    char *o = out;
    *o = 0;
    assert_true(dupes_units_read(&u, text, strlen(text), paragraphs));
    assert_true(dupes_units_match(&u, text, key, min, keep_verse));
    for (uint32_t i = 0; i < u.n; i++)
        if (u.v[i].again) o += sprintf(o, o == out ? "%u" : " %u", i);
    dupes_units_free(&u);
    return out;
}

static void test_units(void **state)
{
    (void)state;
    assert_string_equal(repeats("abc\ndef\n  abc \n\nabc", 0, 3, 0), "2 3");
    assert_string_equal(repeats("abc\ndef\nabc\n", 0, 4, 0), "");
    assert_string_equal(repeats("\n\nabc\ndef\n \nabc\n\nabc\ndef", 1, 3, 0), "2");
    assert_string_equal(repeats("éé\néé\n", 0, 3, 0), "");
    assert_string_equal(repeats("éé\néé\n", 0, 2, 0), "1");
    assert_string_equal(repeats("", 1, 1, 0), "");
}

static void test_refrain(void **state)
{
    const char *song = "Row row\nthe boat\n\nDown the stream\nit goes\n\nRow row\nthe boat\n";
    (void)state;
    assert_string_equal(repeats(song, 1, 5, 0), "2");
    assert_string_equal(repeats(song, 1, 5, 1), "");
}

/* 300 words, of which the first `other` differ from series to series. */
static void document(char *out, unsigned series, unsigned other)
{
    for (unsigned i = 0; i < 300; i++)
        out += sprintf(out, "w%u ", i < other ? series * 1000 + i : i + 500000);
}

static void test_estimate(void **state)
{
    static char a[8192], b[8192];
    struct dupes_shingles scratch = {0};
    uint32_t x[DUPES_SKETCH], y[DUPES_SKETCH];
    double sum = 0;
    (void)state;
    for (unsigned i = 0; i < 100; i++) {
        document(a, 2 * i + 1, 30);
        document(b, 2 * i + 2, 30);
        assert_int_equal(dupes_sketch(&scratch, a, strlen(a), x), 1);
        assert_int_equal(dupes_sketch(&scratch, b, strlen(b), y), 1);
        sum += dupes_similarity(x, y);
    }
    /* 266 of 296 shingles in common: 266 / 326; the mean of 100 has an error of 0.0034 */
    assert_true(sum / 100 > 266.0 / 326 - 0.012 && sum / 100 < 266.0 / 326 + 0.012);
    free(scratch.v);
}

static void test_sketch_edges(void **state)
{
    struct dupes_shingles scratch = {0};
    uint32_t x[DUPES_SKETCH], y[DUPES_SKETCH];
    (void)state;
    assert_int_equal(dupes_sketch(&scratch, "... !", 5, x), 0);
    assert_int_equal(dupes_sketch(&scratch, "", 0, x), 0);
    assert_int_equal(dupes_sketch(&scratch, "One two,", 8, x), 1);
    assert_int_equal(dupes_sketch(&scratch, "ONE -- two", 10, y), 1);
    assert_memory_equal(x, y, sizeof x);
    assert_int_equal(dupes_sketch(&scratch, "two one", 7, y), 1);
    assert_true(dupes_similarity(x, y) < 0.1);
    assert_int_equal(dupes_sketch(&scratch, "港口将关闭一年", 21, x), 1);
    assert_int_equal(scratch.n, 3);
    free(scratch.v);
}

static struct dupes_doc doc_of(const char *text, const char *id, uint32_t *sketch)
{
    struct dupes_shingles scratch = {0};
    struct dupes_doc d = {.hash = dupes_sip(key, text, strlen(text)), .id = {id, strlen(id)}};
    if (dupes_sketch(&scratch, text, strlen(text), sketch) > 0) d.sketch = sketch;
    free(scratch.v);
    return d;
}

static void test_table_near(void **state)
{
    static char text[8192];
    uint32_t x[DUPES_SKETCH], y[DUPES_SKETCH];
    struct dupes_table *t = dupes_table_new(1 << 20, 1, 0.8);
    struct dupes_match m;
    struct dupes_doc a, b;
    (void)state;
    assert_non_null(t);
    document(text, 1, 10);
    a = doc_of(text, "a", x);
    assert_int_equal(dupes_table_find(t, &a, &m), 0);
    assert_int_equal(dupes_table_add(t, &a), 1);
    assert_int_equal(dupes_table_find(t, &a, &m), 1);
    assert_true(m.similarity >= 1);
    document(text, 2, 10);
    b = doc_of(text, "b", y);
    assert_int_equal(dupes_table_find(t, &b, &m), 1);
    assert_memory_equal(m.id.p, "a", 1);
    assert_true(m.similarity > 0.8 && m.similarity < 1);
    document(text, 3, 150);
    b = doc_of(text, "c", y);
    assert_int_equal(dupes_table_find(t, &b, &m), 0);
    dupes_table_free(t);
}

static void test_table_forgets_the_oldest(void **state)
{
    struct dupes_table *t = dupes_table_new(64 << 10, 0, 0.8);
    struct dupes_match m;
    uint32_t n, i;
    (void)state;
    assert_non_null(t);
    n = dupes_table_capacity(t);
    for (i = 0; i < 3 * n; i++) {
        struct dupes_doc d = {.hash = dupes_sip(key, (const char *)&i, sizeof i), .id = {"x", 1}};
        assert_int_equal(dupes_table_find(t, &d, &m), 0);
        assert_int_equal(dupes_table_add(t, &d), 1);
    }
    for (i = 0; i < 3 * n; i++) {
        struct dupes_doc d = {.hash = dupes_sip(key, (const char *)&i, sizeof i)};
        assert_int_equal(dupes_table_find(t, &d, &m), i >= 2 * n);
    }
    dupes_table_free(t);
}

/* 20,000 lines with one text, and as many sketches in one bucket: quadratic work would not end. */
static void test_crowds(void **state)
{
    enum { N = 20000 };
    uint32_t x[DUPES_SKETCH] = {0};
    struct dupes_units u = {0};
    struct dupes_table *t = dupes_table_new(1 << 28, 1, 0.9);
    struct dupes_match m;
    char *text = malloc(2 * N);
    (void)state;
    assert_non_null(t);
    assert_non_null(text);
    for (uint32_t i = 0; i < N; i++)
        memcpy(text + 2 * i, "a\n", 2);
    assert_true(dupes_units_read(&u, text, 2 * N, 0));
    assert_true(dupes_units_match(&u, text, key, 1, 0));
    assert_int_equal(u.n, N);
    assert_true(u.v[N - 1].again);
    for (uint32_t i = 0; i < N; i++) {
        struct dupes_doc d = {.hash = {i, i}, .sketch = x, .id = {"x", 1}};
        for (unsigned k = 64; k < DUPES_SKETCH; k++)
            x[k] = i * DUPES_SKETCH + k; /* half alike: meets all, is like none */
        assert_int_equal(dupes_table_find(t, &d, &m), 0);
        assert_int_equal(dupes_table_add(t, &d), 1);
    }
    dupes_units_free(&u);
    dupes_table_free(t);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units),      cmocka_unit_test(test_refrain),
        cmocka_unit_test(test_estimate),   cmocka_unit_test(test_sketch_edges),
        cmocka_unit_test(test_table_near), cmocka_unit_test(test_table_forgets_the_oldest),
        cmocka_unit_test(test_crowds),
    };
    return cmocka_run_group_tests_name("dupes", tests, NULL, NULL);
}

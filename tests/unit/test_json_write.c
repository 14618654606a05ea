/* SPDX-License-Identifier: MIT */
/* tests/unit/test_json_write.c - the JSON writer: what is escaped, and that numbers read back. */
#include <float.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "text/json_write.h"

static void expect(qn_jsonw *w, const char *want)
{
    assert_false(w->no_memory);
    assert_int_equal(w->n, strlen(want));
    assert_memory_equal(w->p, want, w->n);
    qn_jsonw_free(w);
}

static void escapes_what_must_be(void **state)
{
    qn_jsonw w = {0};
    char all[0x80];
    size_t i;
    (void)state;
    for (i = 0; i < sizeof all; i++)
        all[i] = (char)i;
    qn_jsonw_str(&w, (qn_str){all, sizeof all});
    expect(
        &w,
        "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u"
        "000f"
        "\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001"
        "c\\u001d\\u001e\\u001f"
        " !\\\"#$%&'()*+,-./"
        "0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\x7f\"");
}

static void leaves_other_characters_alone(void **state)
{
    qn_jsonw w = {0};
    (void)state;
    qn_jsonw_str(&w, (qn_str)QN_STR("na\xc3\xafve \xe2\x80\xa8 \xf0\x9f\x98\x80 \xf4\x8f\xbf\xbf"));
    expect(&w, "\"na\xc3\xafve \xe2\x80\xa8 \xf0\x9f\x98\x80 \xf4\x8f\xbf\xbf\"");
    qn_jsonw_str(&w, (qn_str){NULL, 0});
    expect(&w, "\"\"");
}

/* Every byte value at every distance from the start and the end of an eight-byte step. */
static void fast_scan_agrees_with_scalar(void **state)
{
    char buf[40];
    size_t n, at;
    int c;
    (void)state;
    for (c = 0; c < 256; c++)
        for (n = 1; n < sizeof buf; n++)
            for (at = 0; at < n; at++) {
                qn_str s = {buf, n};
                memset(buf, c & 1 ? 0xFF : '!', sizeof buf);
                buf[at] = (char)c;
                assert_int_equal(qn_json_plain(s), qn_json_plain_scalar(s));
            }
}

static void long_strings_cross_pieces(void **state)
{
    enum { N = 100000 };
    char *in = malloc(N);
    qn_jsonw w = {0};
    size_t i, at = 1;
    (void)state;
    assert_non_null(in);
    for (i = 0; i < N; i++)
        in[i] = i % 7 == 0 ? '"' : 'x';
    qn_jsonw_str(&w, (qn_str){in, N});
    for (i = 0; i < N; i++) {
        if (i % 7 == 0) assert_int_equal(w.p[at++], '\\');
        assert_int_equal(w.p[at++], in[i]);
    }
    assert_int_equal(w.n, at + 1);
    free(in);
    qn_jsonw_free(&w);
}

static void writes_integers(void **state)
{
    static const struct {
        int64_t v;
        const char *want;
    } c[] = {{0, "0"},
             {9, "9"},
             {10, "10"},
             {99, "99"},
             {100, "100"},
             {-1, "-1"},
             {12345, "12345"},
             {INT64_MAX, "9223372036854775807"},
             {INT64_MIN, "-9223372036854775808"}};
    qn_jsonw w = {0};
    size_t i;
    (void)state;
    for (i = 0; i < sizeof c / sizeof *c; i++) {
        qn_jsonw_i64(&w, c[i].v);
        expect(&w, c[i].want);
    }
    qn_jsonw_u64(&w, UINT64_MAX);
    expect(&w, "18446744073709551615");
}

/* Every length, round each power of ten and at numbers with zeros inside. */
static void digits_agree_with_printf(void **state)
{
    uint64_t power = 1, v;
    char want[24], got[24];
    int digits, k;
    (void)state;
    for (digits = 0; digits < 20; digits++, power *= 10)
        for (k = -1010; k <= 1010; k++) {
            v = power * (uint64_t)(1 + (k & 7)) + (uint64_t)(int64_t)k;
            snprintf(want, sizeof want, "%" PRIu64, v);
            *qn_json_digits(got, v) = '\0';
            assert_string_equal(got, want);
        }
}

static void writes_shortest_reals(void **state)
{
    static const struct {
        double v;
        const char *want;
    } c[] = {{0.1, "0.1"},
             {1.0 / 3, "0.3333333333333333"},
             {1e22, "1e+22"},
             {-2.5, "-2.5"},
             {5e-324, "5e-324"},
             {DBL_MAX, "1.7976931348623157e+308"},
             {0.1 + 0.2, "0.30000000000000004"},
             {INFINITY, "null"},
             {-INFINITY, "null"},
             {NAN, "null"}};
    qn_jsonw w = {0};
    size_t i;
    (void)state;
    for (i = 0; i < sizeof c / sizeof *c; i++) {
        qn_jsonw_real(&w, c[i].v);
        expect(&w, c[i].want);
    }
}

/* With a decimal comma, where the machine has such a locale. */
static void reals_ignore_the_locale(void **state)
{
    qn_jsonw w = {0};
    (void)state;
    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8")) (void)setlocale(LC_NUMERIC, "fr_FR.UTF-8");
    qn_jsonw_real(&w, 1234.5);
    setlocale(LC_NUMERIC, "C");
    expect(&w, "1234.5");
}

static void writes_words_and_raw(void **state)
{
    qn_jsonw w = {0};
    (void)state;
    qn_jsonw_lit(&w, "[");
    qn_jsonw_bool(&w, 1);
    qn_jsonw_lit(&w, ",");
    qn_jsonw_bool(&w, 0);
    qn_jsonw_lit(&w, ",");
    qn_jsonw_null(&w);
    qn_jsonw_lit(&w, "]");
    expect(&w, "[true,false,null]");
}

static void lack_of_memory_is_remembered(void **state)
{
    qn_jsonw w = {0};
    (void)state;
    qn_jsonw_lit(&w, "x");
    assert_null(qn_jsonw_room(&w, SIZE_MAX - 16));
    assert_true(w.no_memory);
    assert_int_equal(w.n, 1);
    qn_jsonw_free(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_what_must_be),
        cmocka_unit_test(leaves_other_characters_alone),
        cmocka_unit_test(fast_scan_agrees_with_scalar),
        cmocka_unit_test(long_strings_cross_pieces),
        cmocka_unit_test(writes_integers),
        cmocka_unit_test(digits_agree_with_printf),
        cmocka_unit_test(writes_shortest_reals),
        cmocka_unit_test(reals_ignore_the_locale),
        cmocka_unit_test(writes_words_and_raw),
        cmocka_unit_test(lack_of_memory_is_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

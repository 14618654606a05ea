/* SPDX-License-Identifier: MIT */
/* tests/unit/test_json_read.c - the JSON reader: what is JSON, what is not and where, and that
 * skipped values keep their bytes. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "text/json_read.h"

/* Each case in memory of just its size, so that a read behind its end is seen by sanitizers. */
static char *copy(const char *s, size_t n)
{
    char *p = malloc(n ? n : 1);
    assert_non_null(p);
    memcpy(p, s, n);
    return p;
}

/* Skips the whole value; returns 1 when it was JSON, else 0 with the reason in why. */
static int check(const char *json, size_t n, char *why, size_t size)
{
    qn_jsonr r;
    char *buf = copy(json, n);
    qn_str all;
    int ok;
    qn_jsonr_open(&r, buf, n, NULL);
    ok = qn_jsonr_skip(&r, &all);
    ok = qn_jsonr_close(&r) && ok;
    if (ok)
        assert_memory_equal(buf, json, n);
    else
        qn_jsonr_why(&r, why, size);
    free(buf);
    return ok;
}

static void accepts_json(void **state)
{
    static const char *const good[] = {"0",
                                       "-0",
                                       "1.5e-3",
                                       "1E+2",
                                       "true",
                                       "false",
                                       "null",
                                       "\"\"",
                                       "[]",
                                       "{}",
                                       " [ ] ",
                                       "\t{\r\n}\n",
                                       "[1,[2,[3]],{\"a\":{\"b\":[]}}]",
                                       "{\"\":0,\"a\":1,\"a\":2}",
                                       "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\uD83D\\uDE00\"",
                                       "\"\xf4\x8f\xbf\xbf\x7f\"",
                                       "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
                                       "[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
                                       "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"};
    char why[200] = "";
    size_t i;
    (void)state;
    for (i = 0; i < sizeof good / sizeof *good; i++)
        if (!check(good[i], strlen(good[i]), why, sizeof why)) fail_msg("%s: %s", good[i], why);
}

static void refuses_the_rest_and_says_where(void **state)
{
    static const struct {
        const char *json, *why;
    } bad[] = {
        {"", "byte 1: found the end, expected a value"},
        {"  ", "byte 3: found the end, expected a value"},
        {"nul", "byte 4: found the end, expected true, false or null"},
        {"trux", "byte 4: found 'x', expected true, false or null"},
        {"NaN", "byte 1: found 'N', expected a value"},
        {"'a'", "byte 1: found ''', expected a value"},
        {"1 2", "byte 3: found '2', expected nothing more after the value"},
        {"01", "byte 2: found '1', expected no digit after a leading zero"},
        {"-", "byte 2: found the end, expected a digit"},
        {"1.", "byte 3: found the end, expected a digit"},
        {".5", "byte 1: found '.', expected a value"},
        {"+1", "byte 1: found '+', expected a value"},
        {"1e", "byte 3: found the end, expected a digit"},
        {"[1,]", "byte 4: found ']', expected a value"},
        {"[1 2]", "byte 4: found '2', expected ',' or ']'"},
        {"[1}", "byte 3: found '}', expected ',' or ']'"},
        {"[", "byte 2: found the end, expected a value"},
        {"[1", "byte 3: found the end, expected ',' or ']'"},
        {"{", "byte 2: found the end, expected the name of a member in '\"'"},
        {"{a:1}", "byte 2: found 'a', expected the name of a member in '\"'"},
        {"{\"a\" 1}", "byte 6: found '1', expected ':' after the name of a member"},
        {"{\"a\":}", "byte 6: found '}', expected a value"},
        {"{\"a\":1,}", "byte 8: found '}', expected the name of a member in '\"'"},
        {"{\"a\":1 \"b\":2}", "byte 8: found '\"', expected ',' or '}'"},
        {"\"abc", "byte 5: found the end, expected '\"' at the end of the string"},
        {"\"a\nb\"", "byte 3: found byte 0x0A, expected control characters in a string to be "
                     "written as \\u00XX"},
        {"\"\\x41\"", "byte 3: found 'x', expected one of \" \\ / b f n r t u after '\\'"},
        {"\"\\", "byte 3: found the end, expected a character after '\\'"},
        {"\"\\u12g4\"", "byte 3: found 'u', expected four hexadecimal digits after \\u"},
        {"\"\\u12", "byte 6: found the end, expected four hexadecimal digits after \\u"},
        {"\"\\ud83d\"", "byte 2: found the first half of a surrogate pair alone, expected the "
                        "second half (\\udc00 to \\udfff) behind it"},
        {"\"\\ud83d\\u0041\"", "byte 2: found the first half of a surrogate pair alone, expected "
                               "the second half (\\udc00 to \\udfff) behind it"},
        {"\"x\\ude00\"", "byte 3: found the second half of a surrogate pair alone, expected the "
                         "first half (\\ud800 to \\udbff) before it"},
        {"\"a\xff\"", "byte 3: found byte 0xFF, expected UTF-8"},
        {"\"\xed\xa0\x80\"", "byte 2: found byte 0xED, expected UTF-8"},
        {"\"\xc0\x80\"", "byte 2: found byte 0xC0, expected UTF-8"},
        {"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
         "byte 65: found '[', expected at most 64 levels of objects and arrays"},
    };
    char why[200];
    size_t i;
    (void)state;
    for (i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (check(bad[i].json, strlen(bad[i].json), why, sizeof why))
            fail_msg("accepted: %s", bad[i].json);
        assert_string_equal(why, bad[i].why);
    }
    assert_false(check("\"a\0b\"", 5, why, sizeof why));
    assert_memory_equal(why, "byte 3: found byte 0x00", 23);
}

static void decodes_strings(void **state)
{
    static const struct {
        const char *json, *want;
    } c[] = {{"\"plain, longer than eight bytes\"", "plain, longer than eight bytes"},
             {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"},
             {"\"a\\u00e9b\\u20AC\\ud83d\\ude00\\uDBFF\\uDFFFz\"",
              "a\xc3\xa9"
              "b\xe2\x82\xac\xf0\x9f\x98\x80\xf4\x8f\xbf\xbfz"},
             {"\"a long stretch before\\nand a long stretch after the escape\"",
              "a long stretch before\nand a long stretch after the escape"}};
    qn_jsonr r;
    qn_str s;
    size_t i;
    (void)state;
    for (i = 0; i < sizeof c / sizeof *c; i++) {
        size_t n = strlen(c[i].json);
        char *buf = copy(c[i].json, n), *room = copy(c[i].json, n);
        qn_jsonr_open(&r, buf, n, room);
        assert_true(qn_jsonr_string(&r, &s));
        assert_true(qn_jsonr_close(&r));
        assert_int_equal(s.n, strlen(c[i].want));
        assert_memory_equal(s.p, c[i].want, s.n);
        free(buf);
        free(room);
    }
    {
        char zero[] = "\"a\\u0000b\"", room[sizeof zero];
        qn_jsonr_open(&r, zero, sizeof zero - 1, room);
        assert_true(qn_jsonr_string(&r, &s));
        assert_int_equal(s.n, 3);
        assert_memory_equal(s.p, "a\0b", 3);
    }
}

static void pulls_fields_and_keeps_the_rest(void **state)
{
    char json[] = " {\"t\\u0065xt\": \"a\\nb\", \"n\" : -7, \"skip\": [1, {\"q\": \"\\u0041\"}] ,"
                  "\"ok\":true, \"none\":null, \"list\":[1,\"b\"]}",
         room[sizeof json];
    qn_jsonr r;
    qn_str name, s;
    qn_json_number num;
    int flag = 0, items = 0;
    (void)state;
    qn_jsonr_open(&r, json, sizeof json - 1, room);
    assert_true(qn_jsonr_object(&r));
    assert_true(qn_jsonr_member(&r, &name));
    assert_memory_equal(name.p, "text", 4);
    assert_true(qn_jsonr_string(&r, &s));
    assert_memory_equal(s.p, "a\nb", 3);
    assert_true(qn_jsonr_member(&r, &name));
    assert_int_equal(qn_jsonr_peek(&r), QN_JSON_NUMBER);
    assert_true(qn_jsonr_number(&r, &num));
    assert_int_equal(num.i, -7);
    assert_true(qn_jsonr_member(&r, &name));
    assert_true(qn_jsonr_skip(&r, &s));
    assert_true(qn_str_eq(s, (qn_str)QN_STR("[1, {\"q\": \"\\u0041\"}]")));
    assert_true(qn_jsonr_member(&r, &name));
    assert_true(qn_jsonr_bool(&r, &flag));
    assert_true(flag);
    assert_true(qn_jsonr_member(&r, &name));
    assert_true(qn_jsonr_null(&r));
    assert_true(qn_jsonr_member(&r, &name));
    assert_true(qn_jsonr_array(&r));
    while (qn_jsonr_item(&r))
        items += qn_jsonr_skip(&r, NULL);
    assert_int_equal(items, 2);
    assert_false(qn_jsonr_member(&r, &name));
    assert_true(qn_jsonr_close(&r));
}

static void wrong_kind_is_said(void **state)
{
    char json[] = "{\"text\":5}", why[100];
    qn_jsonr r;
    qn_str name;
    (void)state;
    qn_jsonr_open(&r, json, sizeof json - 1, NULL);
    assert_true(qn_jsonr_object(&r) && qn_jsonr_member(&r, &name));
    assert_false(qn_jsonr_string(&r, &name));
    assert_false(qn_jsonr_member(&r, &name));
    assert_false(qn_jsonr_close(&r));
    qn_jsonr_why(&r, why, sizeof why);
    assert_string_equal(why, "byte 9: found '5', expected a string");
    assert_false(qn_jsonr_cut(&r));
}

static qn_json_number number(const char *s)
{
    const char *wrong;
    assert_int_equal(qn_json_number_length(s, strlen(s), &wrong), strlen(s));
    assert_null(wrong);
    return qn_json_number_value((qn_str){s, strlen(s)});
}

static void numbers_have_the_right_type_and_value(void **state)
{
    char digits[2000];
    (void)state;
    assert_int_equal(number("9223372036854775807").i, INT64_MAX);
    assert_int_equal(number("-9223372036854775808").i, INT64_MIN);
    assert_int_equal(number("-9223372036854775808").type, QN_JSON_INT);
    assert_int_equal(number("9223372036854775808").type, QN_JSON_WIDE);
    assert_int_equal(number("-9223372036854775809").type, QN_JSON_WIDE);
    assert_int_equal(number("1e400").type, QN_JSON_WIDE);
    assert_int_equal(number("-0").type, QN_JSON_REAL);
    assert_true(signbit(number("-0").d) != 0);
    assert_true(number("0.1").d == 0.1);
    assert_true(number("-2.5E-3").d == -2.5e-3);
    assert_true(number("123456789.000").d == 123456789.0);
    assert_true(number("1.7976931348623157e308").d == 1.7976931348623157e308);
    assert_true(number("4.9e-324").d == 4.9e-324);
    assert_true(number("0.0e999999999999999999999").d == 0.0);
    assert_true(number("1e-99999999999999999999").d == 0.0);
    /* The half-way case between 2^53 and 2^53 + 2, decided by a digit far behind. */
    memset(digits, '0', sizeof digits);
    memcpy(digits, "9007199254740993.", 17);
    memcpy(digits + 1990, "1", 2);
    assert_true(number(digits).d == 9007199254740994.0);
    memcpy(digits + 1990, "0", 2);
    assert_true(number(digits).d == 9007199254740992.0);
    /* Leading zeros are no digits. */
    memset(digits, '0', sizeof digits);
    digits[1] = '.';
    memcpy(digits + 1000, "15e999", 7);
    assert_true(number(digits).d == 1.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_json),
        cmocka_unit_test(refuses_the_rest_and_says_where),
        cmocka_unit_test(decodes_strings),
        cmocka_unit_test(pulls_fields_and_keeps_the_rest),
        cmocka_unit_test(wrong_kind_is_said),
        cmocka_unit_test(numbers_have_the_right_type_and_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* tests/unit/test_changes.c - core/eval/changes.h: what it finds makes one text of the other, is as
 * little as can be, and does not take long on texts made to be hard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "eval/changes.h"

static qn_str str(const char *s)
{
    return (qn_str){s, strlen(s)};
}

/* Changes as "a,a_end,b,b_end ". */
static const char *found(const char *a, const char *b)
{
    static char words[512];
    eval_change *v;
    size_t n, i, at = 0;
    assert_true(eval_changes(str(a), str(b), &v, &n));
    words[0] = '\0';
    for (i = 0; i < n; i++)
        at += (size_t)snprintf(words + at, sizeof words - at, "%zu,%zu,%zu,%zu ", v[i].a,
                               v[i].a_end, v[i].b, v[i].b_end);
    free(v);
    return words;
}

static void test_examples(void **state)
{
    (void)state;
    assert_string_equal(found("", ""), "");
    assert_string_equal(found("a b", "a b"), "");
    assert_string_equal(found("", "a b"), "0,0,0,3 ");
    assert_string_equal(found("a b", ""), "0,3,0,0 ");
    assert_string_equal(found("a b c", "a x c"), "2,3,2,3 ");
    assert_string_equal(found("a b c d", "a x y d"), "2,5,2,5 "); /* the blank between stays in */
    assert_string_equal(found("a b c", "a c"), "2,4,2,2 ");
    assert_string_equal(found("a b", "a\nb"), "1,2,1,2 ");
    assert_string_equal(found("a b c d e", "a X c Y e"), "2,3,2,3 6,7,6,7 ");
}

static unsigned seed = 1;

static unsigned draw(unsigned below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 16) % below;
}

static size_t make_text(char *p, unsigned words)
{
    size_t n = 0;
    while (words--) {
        p[n++] = (char)('a' + draw(4));
        if (words) p[n++] = draw(8) ? ' ' : '\n';
    }
    p[n] = '\0';
    return n;
}

/* The bytes that a longest common subsequence of single-byte pieces leaves out of both. */
static size_t least(const char *a, size_t na, const char *b, size_t nb)
{
    static size_t t[64][64];
    size_t i, k;
    for (i = 0; i <= na; i++)
        for (k = 0; k <= nb; k++)
            t[i][k] = i == 0 || k == 0            ? 0
                      : a[i - 1] == b[k - 1]      ? t[i - 1][k - 1] + 1
                      : t[i - 1][k] > t[i][k - 1] ? t[i - 1][k]
                                                  : t[i][k - 1];
    return na + nb - 2 * t[na][nb];
}

/* Bytes in the changes, but for blanks that stay between two changed words. */
static size_t size_of(const eval_change *c, const char *a, const char *b)
{
    return least(a + c->a, c->a_end - c->a, b + c->b, c->b_end - c->b);
}

static void test_random(void **state)
{
    int round;
    (void)state;
    for (round = 0; round < 3000; round++) {
        char a[64], b[64];
        const size_t na = make_text(a, draw(24)), nb = make_text(b, draw(24));
        eval_change *v;
        size_t n, i, at_a = 0, at_b = 0, sum = 0;
        assert_true(eval_changes((qn_str){a, na}, (qn_str){b, nb}, &v, &n));
        for (i = 0; i < n; i++) {
            assert_true(v[i].a >= at_a && v[i].b >= at_b);
            assert_int_equal(v[i].a - at_a, v[i].b - at_b);
            assert_memory_equal(a + at_a, b + at_b, v[i].a - at_a);
            assert_true(v[i].a_end > v[i].a || v[i].b_end > v[i].b);
            sum += size_of(&v[i], a, b);
            at_a = v[i].a_end;
            at_b = v[i].b_end;
        }
        assert_int_equal(na - at_a, nb - at_b);
        assert_memory_equal(a + at_a, b + at_b, na - at_a);
        assert_int_equal(sum, least(a, na, b, nb));
        free(v);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

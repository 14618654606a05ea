/* SPDX-License-Identifier: MIT */
/* tests/unit/test_fixtext.c - fixtext's repairs: each rule, what must stay, and the laws that hold
 * for any text (a second run changes nothing; both scanners agree). */
#include "fixtext/fix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct fixtext_options defaults = {1, FIXTEXT_ENT_AUTO, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0};

/* A text as the edits make it. */
struct result {
    const char *text;
    char *out;
    size_t at, n, cap;
    unsigned count[FIXTEXT_NRULE], edits;
};

static void append(struct result *r, const char *p, size_t n)
{
    if (r->n + n + 1 > r->cap) {
        r->cap = (r->n + n + 1) * 2;
        r->out = realloc(r->out, r->cap);
        assert_non_null(r->out);
    }
    memcpy(r->out + r->n, p, n);
    r->n += n;
    r->out[r->n] = 0;
}

static int emit(void *arg, uint32_t beg, uint32_t end, const char *with, size_t n,
                enum fixtext_rule rule)
{
    struct result *r = arg;
    assert_true(beg >= r->at && end >= beg && rule > FIXTEXT_OK && rule < FIXTEXT_NRULE);
    assert_true(end > beg || n > 0);
    append(r, r->text + r->at, beg - r->at);
    append(r, with, n);
    r->at = end;
    r->count[rule]++;
    r->edits++;
    return 0;
}

static struct result run(const struct fixtext_options *o, const char *text, size_t n)
{
    struct fixtext_scratch s = {0};
    struct result r = {.text = text};
    append(&r, "", 0);
    assert_int_equal(fixtext_run(&s, o, text, n, emit, &r), 0);
    append(&r, text + r.at, n - r.at);
    fixtext_scratch_free(&s);
    return r;
}

static void check(const struct fixtext_options *o, const char *in, const char *want)
{
    struct result r = run(o, in, strlen(in));
    assert_string_equal(r.out, want);
    free(r.out);
}

struct pair {
    const char *in, *want;
};

static void check_all(const struct pair *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        check(&defaults, p[i].in, p[i].want ? p[i].want : p[i].in);
}
#define CHECK_ALL(p) check_all(p, sizeof p / sizeof *p)

static void test_mojibake(void **state)
{
    static const struct pair cases[] = {
        {"the cafÃ© owner", "the café owner"},
        {"â€œNo,â€\xC2\x9D she said", "“No,” she said"},
        {"itÃ¢â‚¬â„¢s raining", "it’s raining"},
        {"Â£5 and 20Â°C", "£5 and 20°C"},
        {"вЂњno deal вЂ“ yetвЂќ", "“no deal – yet”"},
        {"‚Äúno deal‚Äù", "“no deal”"},
        {"cafΓÇÖs d├⌐j├á vu", "caf’s déjà vu"},
        {"ÐšÐ¸ÐµÐ²", "Киев"},
        {"so ðŸ˜€ there", "so 😀 there"},
        {"he said \xC2\x93no\xC2\x94 twice\xC2\x85 and left", "he said “no” twice… and left"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void test_good_text_stays(void **state)
{
    static const struct pair cases[] = {
        {"NESTLÉ® and CAFÉ…", NULL},
        {"“Brontë…” he said", NULL},
        {"Гіт і Він, ДІМ, «СССР»", NULL},
        {"mot—écrit à « Orléans »", NULL},
        {"São Paulo, ÃO, PÃO DE", NULL},
        {"PÓŁNOC i ŻÓŁĆ, ČSŽ, VÝŠKY", NULL},
        {"Straße, »Größe«, „Übel“", NULL},
        {"5 × 3 ÷ 2 ± 1, ½ µm², 10 Å", NULL},
        {"┌──┐ └─┘ ╔═╗", NULL},
        {"İSTANBUL'DA ŞİŞLİ", NULL},
        {"Tiếng Việt, Đà Nẵng", NULL},
        {"日本語、中文。한국어", NULL},
        {"हिन्दी العربية עברית ไทย", NULL},
        {"👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 1️⃣", NULL},
        {"می‌خواهم", NULL},
        {"AT&T; R&D & co; a&b", NULL},
        {"a\tb  c   d", NULL},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void test_characters(void **state)
{
    static const struct pair cases[] = {
        {"a\xC2\xA0"
         "b\xE2\x80\x89"
         "c\xE3\x80\x80"
         "d",
         "a b c d"},
        {"one\r\ntwo\rthree\xE2\x80\xA8"
         "four\x0C",
         "one\ntwo\nthree\nfour\n"},
        {"end \t\nnext\xC2\xA0\n", "end\nnext\n"},
        {"a\x01\x7F"
         "b\x1B[31mred\x1B[0m\x1B]0;t\x07.",
         "abred."},
        {"\xEF\xBB\xBFsoft\xC2\xADly\xE2\x80\x8B", "softly"},
        {"ﬁnal eﬄuent", "final effluent"},
        {"ＡＢＣ１２３，ok 中文，字", "ABC123,ok 中文，字"},
        {"cafe\xCC\x81 \xE2\x84\xAB \xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "café Å 한"},
    };
    (void)state;
    CHECK_ALL(cases);
}

static void test_entities(void **state)
{
    static const struct pair cases[] = {
        {"Tom &amp; Jerry&#39;s &lt;3 &euro;5&nbsp;now&hellip;", "Tom & Jerry's <3 €5 now…"},
        {"&amp;amp;amp;lt;", "<"},
        {"&#x2019; &#8217; &#146;", "’ ’ ’"},
        {"CAF&EACUTE;", "CAFÉ"},
        {"<b>Tom &amp; Jerry</b>", NULL},
        {"&bogus; &#xZZ; &#0; &#1114112; & amp;", NULL},
    };
    struct fixtext_options o = defaults;
    (void)state;
    CHECK_ALL(cases);
    o.entities = FIXTEXT_ENT_ON;
    check(&o, "<b>Tom &amp; Jerry</b>", "<b>Tom & Jerry</b>");
    o.entities = FIXTEXT_ENT_OFF;
    check(&o, "Tom &amp; Jerry", "Tom &amp; Jerry");
}

static void test_switches(void **state)
{
    static const struct pair in[] = {{"cafÃ©", "café"},
                                     {"e\xCC\x81", "é"},
                                     {"ﬁ", "fi"},
                                     {"Ａ", "A"},
                                     {"a\x01", "a"},
                                     {"a\xE2\x80\x8B", "a"},
                                     {"\x1B[1mx", "x"},
                                     {"a\xC2\xA0"
                                      "b",
                                      "a b"},
                                     {"a\r\nb", "a\nb"}};
    const size_t member[] = {
        offsetof(struct fixtext_options, mojibake),  offsetof(struct fixtext_options, nfc),
        offsetof(struct fixtext_options, ligatures), offsetof(struct fixtext_options, width),
        offsetof(struct fixtext_options, controls),  offsetof(struct fixtext_options, invisible),
        offsetof(struct fixtext_options, ansi),      offsetof(struct fixtext_options, spaces),
        offsetof(struct fixtext_options, newlines)};
    (void)state;
    for (size_t i = 0; i < sizeof in / sizeof *in; i++) {
        struct fixtext_options only = {.entities = FIXTEXT_ENT_OFF}, all = defaults;
        memcpy((char *)&only + member[i], &(int){1}, sizeof(int));
        memcpy((char *)&all + member[i], &(int){0}, sizeof(int));
        check(&only, in[i].in, in[i].want);
        if (member[i] != offsetof(struct fixtext_options, ansi)) {
            check(&all, in[i].in, in[i].in);
        } else {
            check(&all, in[i].in, "[1mx"); /* the escape goes as a control character */
        }
    }
}

static void test_quotes_and_dashes(void **state)
{
    struct fixtext_options o = defaults;
    (void)state;
    check(&o, "‘a’ “b” – —", "‘a’ “b” – —");
    o.quotes = o.dashes = FIXTEXT_ASCII;
    check(&o, "‘a’ “b” – —", "'a' \"b\" - -");
}

static void test_edits_are_small_and_named(void **state)
{
    static const char text[] = "long words cafÃ©\xC2\xA0ﬁn\xC2\xA0 \n and more words";
    struct result r = run(&defaults, text, sizeof text - 1);
    (void)state;
    assert_string_equal(r.out, "long words café fin\n and more words");
    assert_int_equal(r.count[FIXTEXT_R_MOJIBAKE], 1);
    assert_int_equal(r.count[FIXTEXT_R_LIGATURE], 1);
    assert_int_equal(r.count[FIXTEXT_R_SPACE], 2);
    assert_int_equal(r.edits, 4);
    free(r.out);
}

static uint32_t next_random(uint32_t *s)
{
    *s ^= *s << 13;
    *s ^= *s >> 17;
    *s ^= *s << 5;
    return *s;
}

/* Random rows of the pieces that the rules act on. */
static size_t random_text(uint32_t *seed, char *out, size_t cap)
{
    static const char *const piece[] = {"a",
                                        "B",
                                        " ",
                                        "\n",
                                        "\r",
                                        "\t",
                                        ".",
                                        "the",
                                        "Ã",
                                        "©",
                                        "Â",
                                        "â",
                                        "€",
                                        "™",
                                        "œ",
                                        "Å",
                                        "&",
                                        "amp;",
                                        "#39;",
                                        "lt;",
                                        "<b>",
                                        "е",
                                        "Г",
                                        "в",
                                        "Ђ",
                                        "é",
                                        "e",
                                        "\xCC\x81",
                                        "\xCC\xA3",
                                        "ﬁ",
                                        "Ａ",
                                        "，",
                                        "中",
                                        "\xC2\xA0",
                                        "\x1B[1m",
                                        "\x01",
                                        "\xC2\x85",
                                        "\xC2\x9D",
                                        "\xE2\x80\x8B",
                                        "\xE2\x80\x8D",
                                        "😀",
                                        "’",
                                        "“",
                                        "”",
                                        "–",
                                        "\xEF\xBF\xBD",
                                        "\xEF\xBB\xBF",
                                        "√",
                                        "Ä",
                                        "ƒ",
                                        "í",
                                        "½",
                                        "nbsp;",
                                        "s ",
                                        "×",
                                        "ה",
                                        "\xE1\x84\x92",
                                        "\xE1\x85\xA1",
                                        "\xE1\x86\xAB",
                                        "&#x",
                                        "20;",
                                        "Ð",
                                        "º",
                                        "Ñ",
                                        "ŉ",
                                        "ĳ"};
    size_t n = 0, pieces = next_random(seed) % 40;
    while (pieces--) {
        const char *p = piece[next_random(seed) % (sizeof piece / sizeof *piece)];
        size_t len = strlen(p);
        if (n + len > cap) break;
        memcpy(out + n, p, len);
        n += len;
    }
    return n;
}

static void test_second_run_changes_nothing(void **state)
{
    struct fixtext_options o = defaults;
    uint32_t seed = 12345;
    char text[512];
    (void)state;
    for (int i = 0; i < 60000; i++) {
        size_t n = random_text(&seed, text, sizeof text - 1);
        struct result once, twice;
        text[n] = 0;
        o.quotes = o.dashes = i & 1;
        o.entities = i % 3;
        once = run(&o, text, n);
        twice = run(&o, once.out, once.n);
        if (twice.edits)
            fail_msg("not a fixed point: [%s] -> [%s] -> [%s]", text, once.out, twice.out);
        free(once.out);
        free(twice.out);
    }
}

static void test_scanners_agree(void **state)
{
    uint32_t seed = 99;
    char b[200];
    (void)state;
    for (int i = 0; i < 20000; i++) {
        size_t n = next_random(&seed) % sizeof b, at = 0;
        for (size_t k = 0; k < n; k++)
            b[k] = (char)(next_random(&seed) % 8 ? 'a' + (char)(next_random(&seed) % 20)
                                                 : (char)next_random(&seed));
        do {
            size_t want = fixtext_scan_scalar(b, n, at, i & 1);
            assert_int_equal(fixtext_scan(b, n, at, i & 1), want);
            at = want + 1;
        } while (at <= n);
    }
}

static int refuse(void *arg, uint32_t beg, uint32_t end, const char *with, size_t n,
                  enum fixtext_rule rule)
{
    (void)beg, (void)end, (void)with, (void)n, (void)rule;
    ++*(int *)arg;
    return 7;
}

static void test_stop_is_passed_on(void **state)
{
    struct fixtext_scratch s = {0};
    int calls = 0;
    (void)state;
    assert_int_equal(fixtext_run(&s, &defaults, "a\r\nb c\r\n", 9, refuse, &calls), 7);
    assert_int_equal(calls, 1);
    fixtext_scratch_free(&s);
}

/* Work on hostile input must not grow faster than the input: counted in emitted edits and in the
 * time that a quadratic pass would need (hours), so no clock is read. */
static void test_hostile_sizes(void **state)
{
    static const char *const unit[] = {"Ã©",       "\r", "&amp;", "a\xCC\x81", "\x1B[", " \n",
                                       "\xCC\x81", "Ã ", "â€",    "日，",      "&#",    "é "};
    const size_t size = 2000000;
    char *big = malloc(size + 1);
    (void)state;
    assert_non_null(big);
    for (size_t u = 0; u < sizeof unit / sizeof *unit; u++) {
        size_t n = 0, len = strlen(unit[u]);
        struct result r;
        for (; n + len <= size; n += len)
            memcpy(big + n, unit[u], len);
        r = run(&defaults, big, n);
        assert_true(r.n <= n);
        free(r.out);
    }
    free(big);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mojibake),
        cmocka_unit_test(test_good_text_stays),
        cmocka_unit_test(test_characters),
        cmocka_unit_test(test_entities),
        cmocka_unit_test(test_switches),
        cmocka_unit_test(test_quotes_and_dashes),
        cmocka_unit_test(test_edits_are_small_and_named),
        cmocka_unit_test(test_second_run_changes_nothing),
        cmocka_unit_test(test_scanners_agree),
        cmocka_unit_test(test_stop_is_passed_on),
        cmocka_unit_test(test_hostile_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

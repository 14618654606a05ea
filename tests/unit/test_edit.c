/* SPDX-License-Identifier: MIT */
/* tests/unit/test_edit.c - core/edit.c against edit_model.c on random texts, and its refusals. */
#include "batch.h"
#include "edit.h"
#include "edit_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>

#include <cmocka.h>

enum { LAYERS = 4, CHANGES = 6, SPANS = 24 };

static uint32_t seed;

static uint32_t rnd(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return below ? (uint32_t)(((uint64_t)seed * below) >> 32) : 0;
}

/* ---- random documents ------------------------------------------------------------------------ */

static qn_str random_text(qn_batch *b, uint32_t points)
{
    static const char *const palette[] = {"a", "b", " ", "\n", ".", "é", "€", "😀"};
    uint32_t choices = rnd(3) ? 8 : 5, i;
    char *p = qn_alloc(b, 4 * points);
    qn_str t = {p, 0};
    for (i = 0; i < points; i++) {
        const char *one = palette[rnd(choices)];
        memcpy(p + t.n, one, strlen(one));
        t.n += strlen(one);
    }
    return t;
}

/* A boundary at or after `from`. */
static uint32_t random_boundary(qn_str t, uint32_t from)
{
    uint32_t at = from + rnd((uint32_t)t.n - from + 1);
    while (at < t.n && ((unsigned char)t.p[at] & 0xC0) == 0x80)
        at++;
    return at;
}

static int is_ascii(qn_str t)
{
    size_t i;
    for (i = 0; i < t.n; i++)
        if ((unsigned char)t.p[i] > 0x7F) return 0;
    return 1;
}

static int compare(const void *x, const void *y)
{
    const qn_span *a = x, *b = y;
    if (a->beg != b->beg) return a->beg < b->beg ? -1 : 1;
    if (a->end != b->end) return a->end > b->end ? -1 : 1;
    return (a->data > b->data) - (a->data < b->data);
}

/* A layer of its own for every round: `data` tells the spans apart. */
static void random_layer(qn_record *r, qn_layer_id id)
{
    uint32_t n = rnd(SPANS), i;
    r->layer[id].n = 0;
    for (i = 0; i < n; i++) {
        uint32_t beg = random_boundary(r->text, rnd((uint32_t)r->text.n + 1));
        uint32_t end = rnd(8) ? random_boundary(r->text, beg) : beg;
        assert_int_equal(qn_add(r, id, beg, end, 0), QN_OK);
    }
    if (n) qsort(r->layer[id].v, n, sizeof(qn_span), compare);
    for (i = 0; i < n; i++)
        r->layer[id].v[i].data = i;
}

/* Replacing bytes by the same bytes is no change to a record, but one to the model: such changes
 * are left out here. */
static size_t random_changes(const qn_record *r, model_change *c)
{
    uint32_t tries = rnd(CHANGES + 1), at = 0;
    size_t n = 0;
    for (; tries; tries--) {
        model_change *x = &c[n];
        x->beg = random_boundary(r->text, at + rnd(2) * rnd((uint32_t)r->text.n - at + 1));
        x->end = rnd(4) ? random_boundary(r->text, x->beg) : x->beg;
        x->with = random_text(r->batch, rnd(2) * rnd(4));
        x->rule = (qn_name)(1 + rnd(3));
        if (x->with.n == x->end - x->beg && memcmp(x->with.p, r->text.p + x->beg, x->with.n) == 0)
            continue;
        at = x->end;
        n++;
    }
    return n;
}

/* ---- what must hold after an edit ------------------------------------------------------------ */

static void check_map(const model *m, const qn_record *r)
{
    static qn_seg want[MODEL_MAX];
    uint32_t n = model_map(m, want), i;
    if (!r->map) {
        assert_ptr_equal(r->raw.p, r->text.p);
        return;
    }
    assert_int_equal(r->nmap, n);
    assert_memory_equal(r->map, want, n * sizeof *want);
    assert_int_equal(r->map[0].text, 0);
    assert_int_equal(r->map[0].raw, 0);
    for (i = 0; i + 1 < n; i++) {
        const qn_seg *s = &r->map[i];
        assert_true(s[0].text <= s[1].text && s[0].raw <= s[1].raw);
        assert_true(s[0].text < s[1].text || s[0].raw < s[1].raw);
        if (s->rule) continue;
        assert_int_equal(s[1].text - s[0].text, s[1].raw - s[0].raw);
        assert_memory_equal(r->text.p + s->text, r->raw.p + s->raw, s[1].text - s[0].text);
    }
}

static void check_to_raw(const model *m, const qn_record *r)
{
    uint32_t start = 0, stop = 0, mixed = 0, i;
    for (i = 0; i <= r->text.n; i++) {
        uint32_t fresh = 0, random = rnd(2 * (uint32_t)r->text.n + 2);
        uint32_t far = rnd((uint32_t)r->text.n + 1);
        int end = (int)rnd(2);
        assert_int_equal(qn_to_raw(r, i, 0, &start), model_to_raw(m, i, 0));
        assert_int_equal(qn_to_raw(r, i, 1, &stop), model_to_raw(m, i, 1));
        assert_int_equal(qn_to_raw(r, i, end, &fresh), model_to_raw(m, i, end));
        assert_int_equal(qn_to_raw(r, i, end, &random), model_to_raw(m, i, end));
        assert_int_equal(qn_to_raw(r, far, end, &mixed), model_to_raw(m, far, end));
    }
}

static void check_layer(const qn_layer *l, qn_span *want, uint32_t n)
{
    uint32_t i;
    assert_int_equal(l->n, n);
    for (i = 1; i < n; i++)
        assert_true(l->v[i - 1].beg < l->v[i].beg ||
                    (l->v[i - 1].beg == l->v[i].beg && l->v[i - 1].end >= l->v[i].end));
    if (n == 0) return;
    qsort(want, n, sizeof *want, compare);
    qsort(l->v, n, sizeof *want, compare);
    assert_memory_equal(l->v, want, n * sizeof *want);
}

static void one_edit(qn_edit *e, model *m, qn_record *r)
{
    static qn_span want[LAYERS][SPANS];
    uint32_t kept[LAYERS] = {0}, i, id;
    model_change c[CHANGES];
    size_t n = random_changes(r, c), k;
    qn_str text;
    for (id = 1; id < LAYERS; id++) {
        if (rnd(2)) random_layer(r, (qn_layer_id)id);
        for (i = 0; i < r->layer[id].n; i++) {
            qn_span s = r->layer[id].v[i];
            if (model_span(c, n, (uint32_t)r->text.n, &s)) want[id][kept[id]++] = s;
        }
    }
    assert_ptr_equal(qn_edit_begin(e, r), e);
    for (k = 0; k < n; k++) {
        const qn_range old = {c[k].beg, c[k].end};
        assert_int_equal(qn_edit_replace(e, old, c[k].with, c[k].rule), QN_OK);
    }
    assert_int_equal(qn_edit_end(e), QN_OK);
    model_edit(m, c, n);
    text = model_text(m);
    assert_int_equal(r->text.n, text.n);
    assert_memory_equal(r->text.p, text.p, text.n);
    assert_true(is_ascii(r->text) || !(r->flags & QN_REC_ASCII));
    check_map(m, r);
    check_to_raw(m, r);
    for (id = 1; id < LAYERS; id++)
        check_layer(&r->layer[id], want[id], kept[id]);
}

static void test_random_edits(void **state)
{
    static model m;
    qn_batch *b = qn_batch_new(0);
    qn_edit *e = qn_edit_new();
    uint32_t document, round;
    (void)state;
    assert_non_null(b);
    assert_non_null(e);
    for (document = 0; document < 4000; document++) {
        qn_record *r;
        seed = document;
        qn_batch_reset(b);
        r = qn_batch_add_record(b, LAYERS);
        assert_non_null(r);
        r->text = r->raw = random_text(b, rnd(rnd(4) ? 60 : 8));
        r->flags = is_ascii(r->text) ? QN_REC_ASCII : 0;
        model_start(&m, b, r->raw);
        for (round = rnd(5) + 1; round; round--)
            one_edit(e, &m, r);
    }
    qn_edit_free(e);
    qn_batch_free(b);
}

/* ---- single rules ---------------------------------------------------------------------------- */

static qn_batch *batch;
static qn_edit *edit;

static int setup(void **state)
{
    (void)state;
    batch = qn_batch_new(0);
    edit = qn_edit_new();
    return batch && edit ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    qn_batch_free(batch);
    qn_edit_free(edit);
    return 0;
}

static qn_record *record(const char *text)
{
    qn_record *r = qn_batch_add_record(batch, 2);
    assert_non_null(r);
    r->text.p = text;
    r->text.n = strlen(text);
    return r;
}

static qn_status put(uint32_t beg, uint32_t end, const char *with, qn_name rule)
{
    const qn_range old = {beg, end};
    const qn_str w = {with, strlen(with)};
    return qn_edit_replace(edit, old, w, rule);
}

/* One edit of one replacement. */
static void change(qn_record *r, uint32_t beg, uint32_t end, const char *with, qn_name rule)
{
    qn_edit_begin(edit, r);
    assert_int_equal(put(beg, end, with, rule), QN_OK);
    assert_int_equal(qn_edit_end(edit), QN_OK);
}

static void assert_text(const qn_record *r, const char *want)
{
    assert_int_equal(r->text.n, strlen(want));
    assert_memory_equal(r->text.p, want, strlen(want));
}

static void assert_map(const qn_record *r, const qn_seg *want, uint32_t n)
{
    assert_int_equal(r->nmap, n);
    assert_memory_equal(r->map, want, n * sizeof *want);
}

static void test_neighbouring_deletions_keep_their_rules(void **state)
{
    const qn_seg want[] = {{0, 0, 0, 0}, {1, 1, 7, 0}, {1, 3, 8, 0}, {1, 5, 0, 0}, {2, 6, 0, 0}};
    qn_record *r = record("abbccd");
    (void)state;
    change(r, 3, 5, "", 8);
    change(r, 1, 3, "", 7);
    assert_text(r, "ad");
    assert_map(r, want, 5);
}

static void test_cut_into_replaced_piece_joins_with_it(void **state)
{
    const qn_seg want[] = {{0, 0, 0, 0}, {1, 1, 9, 0}, {3, 4, 0, 0}, {4, 5, 0, 0}};
    qn_record *r = record("a&amp"); /* &am -> XYZ, then YZ -> q */
    (void)state;
    change(r, 1, 4, "XYZ", 7);
    change(r, 2, 4, "q", 9);
    assert_text(r, "aXqp");
    assert_map(r, want, 4);
}

static void test_cut_through_inserted_text_leaves_the_rest_inserted(void **state)
{
    const qn_seg want[] = {{0, 0, 0, 0}, {1, 1, 7, 0}, {2, 1, 9, 0},
                           {3, 1, 7, 0}, {4, 1, 0, 0}, {5, 2, 0, 0}};
    qn_record *r = record("ab");
    (void)state;
    change(r, 1, 1, "XYZ", 7);
    change(r, 2, 3, "q", 9);
    assert_text(r, "aXqZb");
    assert_map(r, want, 6);
}

static void test_insertion_taken_back_leaves_no_trace(void **state)
{
    const qn_seg want[] = {{0, 0, 0, 0}, {2, 2, 0, 0}};
    qn_record *r = record("ab");
    (void)state;
    change(r, 1, 1, "XYZ", 7);
    change(r, 1, 4, "", 9);
    assert_text(r, "ab");
    assert_map(r, want, 2);
}

static void test_everything_deleted(void **state)
{
    const qn_seg want[] = {{0, 0, 7, 0}, {0, 3, 0, 0}};
    uint32_t hint = 0;
    qn_record *r = record("abc");
    (void)state;
    assert_int_equal(qn_add(r, 1, 0, 3, 0), QN_OK);
    change(r, 0, 3, "", 7);
    assert_text(r, "");
    assert_non_null(r->text.p);
    assert_int_equal(r->raw.n, 3);
    assert_memory_equal(r->raw.p, "abc", 3);
    assert_map(r, want, 2);
    assert_int_equal(r->layer[1].n, 0);
    assert_int_equal(qn_to_raw(r, 0, 0, &hint), 3);
    assert_int_equal(qn_to_raw(r, 0, 1, &hint), 0);
    change(r, 0, 0, "new", 8); /* and the empty text can be edited again */
    assert_text(r, "new");
}

static void test_nothing_replaced_copies_nothing(void **state)
{
    qn_record *r = record("a\xC3\xA9 b"), before = *r;
    const size_t used = qn_batch_stats(batch).used;
    (void)state;
    qn_edit_begin(edit, r);
    assert_int_equal(put(1, 3, "\xC3\xA9", 7), QN_OK);
    assert_int_equal(put(4, 4, "", 7), QN_OK);
    assert_int_equal(qn_edit_end(edit), QN_OK);
    assert_memory_equal(r, &before, sizeof before);
    assert_int_equal(qn_batch_stats(batch).used, used);
}

static void test_ascii_flag_is_lost_with_the_first_other_byte(void **state)
{
    qn_record *r = record("abc");
    (void)state;
    r->flags = QN_REC_ASCII;
    change(r, 1, 2, "x", 7);
    assert_int_equal(r->flags, QN_REC_ASCII);
    change(r, 1, 2, "\xC3\xA9", 7);
    assert_int_equal(r->flags, 0);
}

static void test_spans_that_come_together_are_put_in_order(void **state)
{
    qn_record *r = record("abcdefgh");
    (void)state;
    assert_int_equal(qn_add(r, 1, 1, 5, 1), QN_OK); /* both begin inside what is replaced, */
    assert_int_equal(qn_add(r, 1, 2, 8, 2), QN_OK); /* the longer one later */
    change(r, 0, 4, "X", 7);
    assert_int_equal(r->layer[1].n, 2);
    assert_int_equal(r->layer[1].v[0].label, 2);
    assert_int_equal(r->layer[1].v[0].end, 5);
    assert_int_equal(r->layer[1].v[1].end, 2);
}

/* What docs/records.md tells plugin authors. */
static void test_the_example_of_the_manual(void **state)
{
    enum { ENTITY = 1, SPACES, SHARE_BAR };
    const qn_seg want[] = {{0, 0, 0, 0}, {1, 1, ENTITY, 0},      {2, 6, 0, 0},   {4, 8, SPACES, 0},
                           {4, 9, 0, 0}, {21, 26, SHARE_BAR, 0}, {21, 44, 0, 0}, {39, 62, 0, 0}};
    qn_record *r = record("R&amp;D  grew 5 per cent.\nShare on Facebook\nAnalysts cheered.\n");
    uint32_t beg = 0, end = 0;
    (void)state;
    qn_edit_begin(edit, r);
    assert_int_equal(put(1, 6, "&", ENTITY), QN_OK);
    assert_int_equal(put(8, 9, "", SPACES), QN_OK);
    assert_int_equal(qn_edit_end(edit), QN_OK);
    change(r, 21, 39, "", SHARE_BAR);
    assert_text(r, "R&D grew 5 per cent.\nAnalysts cheered.\n");
    assert_map(r, want, 8);
    assert_int_equal(qn_to_raw(r, 0, 0, &beg), 0);
    assert_int_equal(qn_to_raw(r, 3, 1, &end), 7);
    assert_int_equal(qn_to_raw(r, 21, 0, &beg), 44);
    assert_int_equal(qn_to_raw(r, 29, 1, &end), 52);
}

/* ---- refusals -------------------------------------------------------------------------------- */

static void test_wrong_replacements_are_refused_and_change_nothing(void **state)
{
    static const struct {
        uint32_t beg, end;
        const char *with;
        qn_name rule;
    } bad[] = {
        {1, 3, "x", 7},            /* before the replacement of [3,4) */
        {3, 5, "x", 7},            /* over it */
        {6, 5, "x", 7},            /* backwards */
        {5, 9, "x", 7},            /* past the end */
        {9, 9, "x", 7},            /* begins past the end */
        {4, 5, "x", 0},            /* no rule */
        {6, 8, "x", 7},            /* begins inside the last character */
        {4, 6, "x", 7},            /* ends inside it */
        {5, 5, "\xC3", 7},         /* cut UTF-8 */
        {5, 5, "\xED\xA0\x80", 7}, /* a surrogate */
    };
    size_t i;
    (void)state;
    for (i = 0; i < sizeof bad / sizeof *bad; i++) {
        qn_record *r = record("abcde\xE2\x82\xAC"), before = *r;
        qn_edit_begin(edit, r);
        assert_int_equal(put(3, 4, "D", 7), QN_OK);
        assert_int_equal(put(bad[i].beg, bad[i].end, bad[i].with, bad[i].rule), QN_E_BUG);
        assert_int_equal(qn_edit_end(edit), QN_E_BUG);
        assert_memory_equal(r, &before, sizeof before);
    }
}

static void test_bytes_may_be_cut_anywhere(void **state)
{
    qn_record *r = record("a\xE2\x82");
    (void)state;
    r->flags = QN_REC_BYTES;
    change(r, 2, 3, "\xFF", 7);
    assert_text(r, "a\xE2\xFF");
}

static void test_end_without_begin_or_after_other_changes_is_refused(void **state)
{
    qn_record *r = record("abc");
    (void)state;
    assert_int_equal(qn_edit_end(edit), QN_E_BUG);
    assert_int_equal(put(0, 1, "x", 7), QN_E_BUG);
    qn_edit_begin(edit, r);
    assert_int_equal(put(0, 1, "x", 7), QN_OK);
    r->text.n = 2;
    assert_int_equal(qn_edit_end(edit), QN_E_BUG);
    assert_int_equal(r->text.n, 2);
    assert_int_equal(qn_edit_end(edit), QN_E_BUG);
}

static void test_text_stays_below_2_gib(void **state)
{
    const size_t n = QN_TEXT_MAX;
    void *p = mmap(NULL, n, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    const qn_str huge = {p, n};
    const qn_range middle = {1, 1};
    qn_record *r = record("ab");
    (void)state;
    if (p == MAP_FAILED) skip();
    qn_edit_begin(edit, r);
    assert_int_equal(qn_edit_replace(edit, middle, huge, 7), QN_E_DATA);
    assert_int_equal(qn_edit_end(edit), QN_E_DATA);
    assert_text(r, "ab");
    r->text = huge; /* the excess is in what follows the replacement */
    qn_edit_begin(edit, r);
    assert_int_equal(put(0, 0, "x", 7), QN_OK);
    assert_int_equal(qn_edit_end(edit), QN_E_DATA);
    assert_ptr_equal(r->text.p, p);
    munmap(p, n);
}

/* A batch whose memory runs out after a number of pieces. */
static int pieces_left;

static void *scarce(qn_batch *b, size_t n)
{
    static uint64_t pool[512];
    static size_t used;
    (void)b;
    if (pieces_left-- <= 0 || n > sizeof pool) return NULL;
    if (used + n > sizeof pool) used = 0;
    used += n;
    return (char *)pool + used - n;
}

static void test_no_memory_leaves_the_record_as_it_was(void **state)
{
    qn_batch poor = {.mem_more = scarce};
    int have;
    (void)state;
    for (have = 0; have <= 2; have++) {
        qn_record *r = record("abc"), before;
        assert_int_equal(qn_add(r, 1, 0, 3, 0), QN_OK);
        r->batch = &poor;
        before = *r;
        pieces_left = have;
        qn_edit_begin(edit, r);
        assert_int_equal(put(1, 2, "", 7), QN_OK);
        assert_int_equal(qn_edit_end(edit), have < 2 ? QN_E_NOMEM : QN_OK);
        if (have == 2)
            assert_text(r, "ac");
        else
            assert_memory_equal(r, &before, sizeof before);
        assert_int_equal(r->layer[1].v[0].end, have < 2 ? 3 : 2);
    }
}

/* A hundred thousand nested spans over a hundred thousand replacements: every span reaches over
 * all that follow. Quadratic work would take minutes. */
static void test_nested_spans_take_no_quadratic_time(void **state)
{
    const uint32_t n = 100000;
    uint32_t spans = 0;
    char *text = malloc(2 * n);
    qn_record *r = record("");
    uint32_t i;
    (void)state;
    assert_non_null(text);
    memset(text, 'a', 2 * n);
    r->text.p = text;
    r->text.n = 2 * n;
    qn_edit_begin(edit, r);
    for (i = 0; i < n; i++) {
        if (2 * i < 2 * n - i) spans += qn_add(r, 1, 2 * i, 2 * n - i, 0) == QN_OK;
        assert_int_equal(put(2 * i, 2 * i + 1, "xy", 7), QN_OK);
    }
    assert_int_equal(qn_edit_end(edit), QN_OK);
    assert_int_equal(r->layer[1].n, spans);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_edits),
        cmocka_unit_test(test_neighbouring_deletions_keep_their_rules),
        cmocka_unit_test(test_cut_into_replaced_piece_joins_with_it),
        cmocka_unit_test(test_cut_through_inserted_text_leaves_the_rest_inserted),
        cmocka_unit_test(test_insertion_taken_back_leaves_no_trace),
        cmocka_unit_test(test_everything_deleted),
        cmocka_unit_test(test_nothing_replaced_copies_nothing),
        cmocka_unit_test(test_ascii_flag_is_lost_with_the_first_other_byte),
        cmocka_unit_test(test_spans_that_come_together_are_put_in_order),
        cmocka_unit_test(test_the_example_of_the_manual),
        cmocka_unit_test(test_wrong_replacements_are_refused_and_change_nothing),
        cmocka_unit_test(test_bytes_may_be_cut_anywhere),
        cmocka_unit_test(test_end_without_begin_or_after_other_changes_is_refused),
        cmocka_unit_test(test_text_stays_below_2_gib),
        cmocka_unit_test(test_no_memory_leaves_the_record_as_it_was),
        cmocka_unit_test(test_nested_spans_take_no_quadratic_time),
    };
    return cmocka_run_group_tests_name("edit", tests, setup, teardown);
}

/* SPDX-License-Identifier: MIT */
/* tests/unit/test_tagger.c - the tagger below its stage: what words look like, that both sums
 * agree and the sieve loses nothing, that the decoder's path is the best of all legal ones, and
 * that no broken model is believed. */
#include "tagger/tag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum {
    PAIRS = 64,
    SIEVE_BITS = 10,
    SIEVE = 1 << SIEVE_BITS >> 3,
    GENRE = PAIRS * 64 + SIEVE,
    CLUES = 64,
    LISTED = 16,
    CLUSTERS = 8,
    SIZE = MODEL_ROWS_AT + 2 * GENRE + CLUES * 2 + LISTED * 12 + CLUSTERS * 8,
    NEVER = -9999
};

static char file[SIZE] __attribute__((aligned(64)));
static uint64_t state;

static uint32_t roll(uint32_t n)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 33) % n;
}

static void seal_part(size_t size)
{
    model_head *h = (void *)file;
    const size_t from = offsetof(model_head, labels);
    h->checksum = tagger_checksum(file + from, size - from);
}

static void seal(void)
{
    seal_part(SIZE);
}

/* Rows and sieve of a genre, at random. */
static void fill_genre(char *at)
{
    model_row *row = (void *)at;
    uint64_t *sieve = (void *)(at + PAIRS * 64);
    uint32_t i, k;
    for (i = 0; i < PAIRS * 2; i++) {
        uint64_t bit;
        for (k = 0; k < COLS; k++)
            row[i].w[k] = (int8_t)(roll(255) - 127);
        row[i].check = (uint16_t)roll(8);
        bit = tagger_sieve_bit(i / 2, row[i].check, 64 - SIEVE_BITS);
        sieve[bit >> 6] |= UINT64_C(1) << (bit & 63);
    }
}

/* A small model with weights at random. */
static model_head *make(uint32_t labels)
{
    model_head *h = (void *)file;
    model_manner *m = &h->manner[0];
    uint32_t i, k;
    memset(file, 0, SIZE);
    memcpy(h->magic, tagger_magic, sizeof h->magic);
    h->format = MODEL_FORMAT;
    h->features = TAGGER_FEATURES;
    h->size = SIZE;
    h->labels = labels;
    h->genres = 2;
    h->genre_span = 100;
    h->pairs = PAIRS;
    h->sieve_bits = SIEVE_BITS;
    h->clues = CLUES;
    h->listed = LISTED;
    h->clusters = CLUSTERS;
    h->confidence_step = 16;
    for (i = 0; i < labels; i++)
        snprintf(h->label[i], sizeof h->label[i], "L%u", i);
    fill_genre(file + MODEL_ROWS_AT);
    fill_genre(file + MODEL_ROWS_AT + GENRE);
    for (i = 0; i < FROM_ROWS; i++)
        for (k = 0; k < TO_ROOM; k++)
            m->from[i][k] = (int16_t)(roll(400) - 200);
    for (i = 0; i < MODEL_LABELS; i++)
        for (k = 0; k < 4; k++)
            m->go_on[i][k] = (int16_t)(roll(400) - 200);
    seal();
    return h;
}

static const char *open_file(tagger_model *m, size_t n)
{
    static char words[200];
    return tagger_model_open(m, (qn_str){file, n}, words, sizeof words);
}

static void refused(size_t n, const char *part)
{
    tagger_model m;
    const char *why = open_file(&m, n);
    assert_non_null(why);
    if (!strstr(why, part)) fail_msg("said: %s", why);
}

/* ---- the file ------------------------------------------------------------------------------- */

static void test_a_broken_file_is_named_as_such(void **unused)
{
    tagger_model m;
    model_head *h;
    (void)unused;
    make(3);
    assert_null(open_file(&m, SIZE));
    refused(0, "no model");
    refused(MODEL_ROWS_AT - 1, "no model");
    refused(SIZE - 1, "not whole");
    file[0] ^= 1;
    refused(SIZE, "no model");
    make(3)->format++;
    refused(SIZE, "format");
    make(3)->features++;
    refused(SIZE, "features");
    make(3)->size++;
    refused(SIZE, "not whole");
    make(3);
    file[SIZE - 1] ^= 1;
    refused(SIZE, "checksum");
    make(3);
    ((model_head *)(void *)file)->manner[1].from[2][1] ^= 1;
    refused(SIZE, "checksum");
    h = make(3);
    h->pairs++;
    seal();
    refused(SIZE, "fit");
    h = make(3);
    h->labels = MODEL_LABELS + 1;
    seal();
    refused(SIZE, "fit");
    h = make(3);
    h->pairs = UINT32_MAX;
    seal();
    refused(SIZE, "fit");
    h = make(3);
    h->genre_span = 0;
    seal();
    refused(SIZE, "fit");
    h = make(3);
    h->genres = 3;
    seal();
    refused(SIZE, "fit");
    h = make(3);
    h->sieve_bits = 70;
    seal();
    refused(SIZE, "fit");
    h = make(3);
    h->clusters = CLUSTERS / 2;
    seal();
    refused(SIZE, "fit");
    h = make(3);
    h->clusters = CLUSTERS - 1;
    h->size = SIZE - 8;
    seal_part(h->size);
    refused(h->size, "fit");
    h = make(3);
    h->clues = 0;
    h->listed = 0;
    h->size = SIZE - CLUES * 2 - LISTED * 12;
    seal_part(h->size);
    refused(h->size, "fit");
    h = make(3);
    memset(h->label[1], 'x', sizeof h->label[1]);
    seal();
    refused(SIZE, "label 2");
}

static void test_every_flipped_byte_is_noticed(void **unused)
{
    tagger_model m;
    size_t i;
    (void)unused;
    make(5);
    for (i = 0; i < SIZE; i++) {
        file[i] ^= 0x10;
        assert_non_null(open_file(&m, SIZE));
        file[i] ^= 0x10;
    }
    assert_null(open_file(&m, SIZE));
}

/* ---- sums ----------------------------------------------------------------------------------- */

static void test_both_sums_agree(void **unused)
{
#ifdef TAGGER_AVX2
    tagger_model m;
    int round;
    make(11);
    assert_null(open_file(&m, SIZE));
    if (!__builtin_cpu_supports("avx2")) skip();
    for (round = 0; round < 2000; round++) {
        uint64_t f[FEATURES_MAX];
        tagger_sums a, b;
        unsigned i, n = roll(FEATURES_MAX + 1);
        for (i = 0; i < n; i++)
            f[i] = (uint64_t)roll(UINT32_MAX) << 33 | (uint64_t)roll(UINT32_MAX) << 16 | roll(8);
        tagger_sum_plain(&m.genre[round & 1], f, n, &a);
        tagger_sum_avx2(&m.genre[round & 1], f, n, &b);
        assert_memory_equal(&a, &b, sizeof a);
    }
#endif
    (void)unused;
}

static void test_the_sieve_keeps_all_that_counts(void **unused)
{
    tagger_model m;
    int round, less = 0;
    (void)unused;
    make(11);
    assert_null(open_file(&m, SIZE));
    for (round = 0; round < 2000; round++) {
        uint64_t f[FEATURES_MAX];
        tagger_sums a, b;
        unsigned i, kept, n = roll(FEATURES_MAX + 1);
        for (i = 0; i < n; i++)
            f[i] = (uint64_t)roll(UINT32_MAX) << 33 | (uint64_t)roll(UINT32_MAX) << 16 | roll(16);
        tagger_sum(&m.genre[1], f, n, &a);
        kept = tagger_sift(&m.genre[1], f, n);
        tagger_sum(&m.genre[1], f, kept, &b);
        assert_memory_equal(&a, &b, sizeof a);
        less += kept < n;
    }
    assert_true(less > 1000);
}

static void test_an_unknown_feature_adds_nothing(void **unused)
{
    tagger_model m;
    tagger_sums s;
    uint64_t f = UINT64_C(0x123456789ABC0009); /* checks are below 8 */
    int i;
    (void)unused;
    make(11);
    assert_null(open_file(&m, SIZE));
    tagger_sum(&m.genre[0], &f, 1, &s);
    for (i = 0; i < 32; i++)
        assert_int_equal(s.v[i], 0);
}

/* ---- the decoder ---------------------------------------------------------------------------- */

/* What a step from tag a to b adds; NEVER when it is not legal. Tag -1: the start or the end. */
static int step(const model_head *h, int a, int b)
{
    const int ka = (a - 1) / 4, kb = (b - 1) / 4, pa = (a - 1) % 4, pb = (b - 1) % 4;
    const int open = a > 0 && (pa == TAG_B || pa == TAG_I);
    const int inner = b > 0 && (pb == TAG_I || pb == TAG_L);
    if (b < 0) return open ? NEVER : 0;
    if (open != inner || (inner && ka != kb)) return NEVER;
    if (inner) return h->manner[0].go_on[kb][(pa == TAG_I ? 2 : 0) + (pb == TAG_L)];
    return h->manner[0].from[a < 0 ? FROM_START : a == 0 ? 0 : ka + 1][b == 0 ? 0 : kb + 1];
}

static int emission(const tagger_sums *s, int tag)
{
    const int k = (tag - 1) / 4, part = (tag - 1) % 4;
    if (tag == 0) return s->v[COL_O];
    return s->v[(part == TAG_B || part == TAG_U ? COL_BEGIN : COL_INSIDE) + k] + s->v[COL_B + part];
}

static int path_score(const model_head *h, const tagger_sums *s, const int *tag, int n)
{
    int i, sum = 0, before = -1;
    for (i = 0; i < n; i++) {
        const int by = step(h, before, tag[i]);
        if (by == NEVER) return NEVER * 100;
        sum += by + emission(&s[i], tag[i]);
        before = tag[i];
    }
    return step(h, before, -1) == NEVER ? NEVER * 100 : sum;
}

static int best_of_all(const model_head *h, const tagger_sums *s, int n)
{
    const int tags = 1 + 4 * (int)h->labels;
    int tag[8] = {0}, best = NEVER * 100, i, score;
    for (;;) {
        score = path_score(h, s, tag, n);
        if (score > best) best = score;
        for (i = 0; i < n && ++tag[i] == tags; i++)
            tag[i] = 0;
        if (i == n) return best;
    }
}

static void test_the_path_is_the_best_legal_one(void **unused)
{
    tagger_decoder *d = calloc(1, sizeof *d);
    tagger_model m;
    int round, i, n;
    (void)unused;
    assert_non_null(d);
    for (round = 0; round < 400; round++) {
        const model_head *h = make(1 + (uint32_t)round % 3);
        int tag[8];
        assert_null(open_file(&m, SIZE));
        n = 1 + (int)roll(h->labels == 3 ? 4 : 5);
        for (i = 0; i < n * 32; i++)
            d->sums[i / 32].v[i % 32] = (int16_t)(roll(2000) - 1000);
        tagger_decode(d, &m.genre[0].steps, (uint32_t)n);
        for (i = 0; i < n; i++)
            tag[i] = d->tag[i];
        assert_int_equal(path_score(h, d->sums, tag, n), best_of_all(h, d->sums, n));
    }
    free(d);
}

/* ---- words ---------------------------------------------------------------------------------- */

static void looks(const char *word, int shape)
{
    tagger_word w;
    tagger_word_look(&w, word, 0, (uint32_t)strlen(word));
    if (w.shape != shape) fail_msg("%s has shape %d", word, w.shape);
}

static void test_shapes(void **unused)
{
    (void)unused;
    looks("word", SHAPE_LOWER);
    looks("Word", SHAPE_CAPITAL);
    looks("Élise", SHAPE_CAPITAL);
    looks("Жанна", SHAPE_CAPITAL);
    looks("WHO", SHAPE_SHORT);
    looks("UNESCO", SHAPE_CAPITALS);
    looks("J.", SHAPE_INITIAL);
    looks("U.S.", SHAPE_DOTTED);
    looks("McDonald", SHAPE_MIXED);
    looks("iPhone", SHAPE_INNER);
    looks("F16", SHAPE_CODE);
    looks("1,200", SHAPE_NUMBER);
    looks("東京", SHAPE_LETTERS);
    looks(",", SHAPE_COMMA);
    looks("’", SHAPE_QUOTE);
}

static void test_forms_that_count_as_one(void **unused)
{
    tagger_word a, b;
    (void)unused;
    tagger_word_look(&a, "’s", 0, 4);
    tagger_word_look(&b, "'s", 0, 2);
    assert_int_equal(a.form, b.form);
    tagger_word_look(&a, "ÉLISE", 0, 6);
    tagger_word_look(&b, "élise", 0, 6);
    assert_int_equal(a.low, b.low);
    assert_int_not_equal(a.form, b.form);
}

/* The tokens of "Anna Berg met Berg ." as spans of one sentence. */
static void test_a_word_knows_its_longest_run(void **unused)
{
    qn_span t[] = {{0, 4, 0, 1, 0}, {5, 9, 0, 1, 0}, {10, 13, 0, 1, 0}, {14, 18, 0, 0, 0}};
    qn_span s[] = {{0, 18, 0, 0, 0}};
    const qn_layer tokens = {t, 4, 4}, sents = {s, 1, 1};
    const tagger_lists none = {0};
    tagger_words w = {0};
    (void)unused;
    assert_int_equal(
        tagger_words_read(&w, (qn_str)QN_STR("Anna Berg met Berg"), &tokens, &sents, &none), QN_OK);
    assert_int_equal(w.v[3].telling, 1);
    assert_true(w.v[3].doc & DOC_LAST && w.v[3].doc & DOC_MORE);
    assert_int_equal(w.v[1].run, 0);
    assert_int_equal(w.v[1].run_end, 2);
    assert_int_equal(w.v[2].run_end - w.v[2].run, 0);
    tagger_words_free(&w);
}

/* The tokens of "Anna met anna", and a model that knows no word but Anna. */
static void test_words_know_their_clusters(void **unused)
{
    qn_span t[] = {{0, 4, 0, 1, 0}, {5, 8, 0, 1, 0}, {9, 13, 0, 0, 0}}, s[] = {{0, 13, 0, 0, 0}};
    const qn_layer tokens = {t, 3, 3}, sents = {s, 1, 1};
    tagger_cluster *slot = (void *)(file + SIZE - CLUSTERS * 8);
    tagger_words w = {0};
    tagger_model m;
    tagger_word anna;
    uint64_t hash;
    uint32_t i;
    (void)unused;
    make(3);
    tagger_word_look(&anna, "anna", 0, 4);
    hash = tagger_cluster_hash(anna.low);
    for (i = 0; i < CLUSTERS; i++) /* of other words, all in the way */
        slot[i] = (tagger_cluster){(uint16_t)(tagger_cluster_check(hash) + 1), {9, 9, 9}};
    slot[(tagger_cluster_slot(hash, CLUSTERS) + 5) % CLUSTERS] =
        (tagger_cluster){tagger_cluster_check(hash), {1, 20, 300}};
    seal();
    assert_null(open_file(&m, SIZE));
    assert_int_equal(
        tagger_words_read(&w, (qn_str)QN_STR("Anna met anna"), &tokens, &sents, &m.lists), QN_OK);
    for (i = 0; i < 3; i += 2) {
        assert_int_equal(w.v[i].cluster[0], 1);
        assert_int_equal(w.v[i].cluster[1], 20);
        assert_int_equal(w.v[i].cluster[2], 300);
    }
    assert_int_equal(w.v[1].cluster[0], 0); /* in a full table the search still ends */
    tagger_words_free(&w);
}

/* The tokens of "well, Anna". */
static void test_words_but_not_names_tell_the_genre(void **unused)
{
    qn_span t[] = {{0, 4, 0, 0, 0}, {4, 5, 0, 1, 0}, {6, 10, 0, 0, 0}}, s[] = {{0, 10, 0, 0, 0}};
    const qn_layer tokens = {t, 3, 3}, sents = {s, 1, 1};
    int16_t *clue = (void *)(file + MODEL_ROWS_AT + 2 * GENRE);
    const tagger_lists none = {0};
    tagger_words w = {0};
    tagger_model m;
    (void)unused;
    make(3)->genre_bias = -110;
    assert_int_equal(tagger_words_read(&w, (qn_str)QN_STR("well, Anna"), &tokens, &sents, &none),
                     QN_OK);
    assert_int_not_equal(tagger_clue(&w.v[0], 26), tagger_clue(&w.v[2], 26));
    clue[tagger_clue(&w.v[2], 26)] = 1000;
    seal();
    assert_null(open_file(&m, SIZE));
    assert_int_equal(tagger_genre_share(&m, &w), 0);
    clue[tagger_clue(&w.v[0], 26)] = 110;
    seal();
    assert_null(open_file(&m, SIZE));
    assert_int_equal(tagger_genre_share(&m, &w), GENRE_SHARES / 2);
    clue[tagger_clue(&w.v[0], 26)] = 210;
    seal();
    assert_null(open_file(&m, SIZE));
    assert_int_equal(tagger_genre_share(&m, &w), GENRE_SHARES);
    tagger_words_free(&w);
}

static void test_a_blend_lies_between_its_genres(void **unused)
{
    tagger_blend news, both, web;
    tagger_model m;
    uint32_t k;
    (void)unused;
    make(3);
    ((model_head *)(void *)file)->manner[1].from[2][1] = 177;
    ((model_head *)(void *)file)->manner[1].confidence[5] = 40000;
    seal();
    assert_null(open_file(&m, SIZE));
    tagger_blend_make(&news, &m, 0);
    tagger_blend_make(&both, &m, GENRE_SHARES / 4);
    tagger_blend_make(&web, &m, GENRE_SHARES);
    assert_true(news.first == &m.genre[0] && news.share == 0);
    assert_true(both.first == &m.genre[0] && both.second == &m.genre[1] && both.share == 4);
    assert_true(web.first == &m.genre[1] && web.share == 0);
    assert_memory_equal(&news.steps, &m.genre[0].steps, sizeof news.steps);
    assert_memory_equal(&web.steps, &m.genre[1].steps, sizeof web.steps);
    assert_int_equal(web.steps.start[2][0], 177);
    assert_int_equal(both.steps.start[2][0],
                     tagger_between(news.steps.start[2][0], web.steps.start[2][0], 4));
    assert_int_equal(both.confidence[5], 10000);
    for (k = 0; k < 3; k++)
        assert_true(both.steps.gain[k] >= both.steps.outside[k + 1] - both.steps.outside[0]);
}

/* Gives the first word's features rows in both genres. */
static void know_first_word(const tagger_words *w)
{
    uint64_t f[FEATURES_MAX];
    const unsigned n = tagger_features(w, 0, 0, w->n, f);
    unsigned i, g;
    for (g = 0; g < 2; g++) {
        model_row *row = (void *)(file + MODEL_ROWS_AT + g * GENRE);
        for (i = 0; i < n; i++)
            row[tagger_pair_number(f[i], PAIRS) * 2].check = (uint16_t)f[i];
        memset(row + PAIRS * 2, 0xFF, SIEVE);
    }
}

/* Documents between the genres must have the sums of both, mixed. */
static void test_a_document_in_doubt_is_read_with_both(void **unused)
{
    qn_span t[] = {{0, 4, 0, 0, 0}, {4, 5, 0, 1, 0}, {6, 10, 0, 0, 0}}, s[] = {{0, 10, 0, 0, 0}};
    const qn_layer tokens = {t, 3, 3}, sents = {s, 1, 1};
    const qn_str text = QN_STR("well, Anna");
    static tagger_work w[3];
    tagger_model m;
    uint32_t i, k, differ = 0;
    (void)unused;
    make(3);
    assert_int_equal(tagger_words_read(&w[0].words, text, &tokens, &sents, &(tagger_lists){0}),
                     QN_OK);
    know_first_word(&w[0].words);
    for (i = 0; i < 3; i++) {
        ((model_head *)(void *)file)->genre_bias = (int32_t)i * 100 - 100;
        seal();
        assert_null(open_file(&m, SIZE));
        assert_int_equal(tagger_tag(&w[i], &m, text, &tokens, &sents), QN_OK);
    }
    for (i = 0; i < 3; i++) {
        for (k = 0; k < COLS; k++) {
            const int32_t news = w[0].decoder.sums[i].v[k], web = w[2].decoder.sums[i].v[k];
            differ += news != web;
            assert_int_equal(w[1].decoder.sums[i].v[k],
                             tagger_between(news, web, GENRE_SHARES / 2));
        }
    }
    assert_int_not_equal(differ, 0);
    for (i = 0; i < 3; i++)
        tagger_work_free(&w[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_broken_file_is_named_as_such),
        cmocka_unit_test(test_every_flipped_byte_is_noticed),
        cmocka_unit_test(test_both_sums_agree),
        cmocka_unit_test(test_the_sieve_keeps_all_that_counts),
        cmocka_unit_test(test_an_unknown_feature_adds_nothing),
        cmocka_unit_test(test_the_path_is_the_best_legal_one),
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_forms_that_count_as_one),
        cmocka_unit_test(test_a_word_knows_its_longest_run),
        cmocka_unit_test(test_words_know_their_clusters),
        cmocka_unit_test(test_words_but_not_names_tell_the_genre),
        cmocka_unit_test(test_a_blend_lies_between_its_genres),
        cmocka_unit_test(test_a_document_in_doubt_is_read_with_both),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/* tests/unit/test_jsonl_encode.c - one record to one JSON line: keys and their order, units of
 * offsets, and tokens that tile any text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "jsonl/encode.h"

enum { ENTS = 1, SENTS, TOKENS, SUMMARY, HEADINGS, JUNK, VALUES, CHAINS, LAYERS };

static qn_str name_text(qn_ctx *cx, qn_name n)
{
    static const char *const words[] = {"", "PERSON", "GPE", "agency-credit", "odd\"label"};
    (void)cx;
    return (qn_str){words[n], strlen(words[n])};
}

static const qn_host host = {.size = sizeof host, .name_text = name_text};
static qn_ctx cx = {.size = sizeof cx, .host = &host};
static struct jsonl_other junk = {JUNK, QN_STR("junk")};

/* A record with layers given as arrays that end in {0, 0}. */
struct fixture {
    qn_record r;
    qn_layer layer[LAYERS];
};

static void set(struct fixture *f, const char *text)
{
    memset(f, 0, sizeof *f);
    f->r.id = (qn_str)QN_STR("a.txt");
    f->r.text = f->r.raw = (qn_str){text, strlen(text)};
    f->r.layer = f->layer;
    f->r.nlayer = LAYERS;
}

static void put(struct fixture *f, int layer, qn_span *v)
{
    uint32_t n = 0;
    while (v[n].end)
        n++;
    f->layer[layer] = (qn_layer){v, n, n};
}

static const jsonl_what everything = {
    .layer = {ENTS, SENTS, TOKENS, SUMMARY, HEADINGS, &junk, 1, {0}},
    .tokens = 1,
    .meta = 1,
};

static void expect(const jsonl_what *what, const struct fixture *f, const char *want)
{
    jsonl_encoder e = {.what = what, .cx = &cx};
    assert_int_equal(jsonl_encode(&e, &f->r), QN_OK);
    qn_jsonw_lit(&e.out, "");
    *qn_jsonw_room(&e.out, 1) = '\0';
    assert_string_equal(e.out.p, want);
    jsonl_encoder_free(&e);
}

static void writes_every_key_in_order(void **state)
{
    struct fixture f;
    qn_span ents[] = {{0, 4, 1, 0, 0}, {14, 20, 2, 0, 0}, {0}};
    qn_span sents[] = {{0, 10, 0, 0, 65535}, {11, 21, 0, 0, 0}, {0}};
    qn_span tokens[] = {{0, 4, 0, 0, 0},
                        {5, 9, 0, 0, 0},
                        {9, 10, 0, 0, 0},
                        {11, 13, 0, 0, 0},
                        {14, 20, 0, 0, 0},
                        {20, 21, 0, 0, 0},
                        {0}};
    qn_span summary[] = {{11, 21, 0, 0, 1}, {0}}, head[] = {{0, 10, 0, 0, 0}, {0}};
    qn_span furniture[] = {{11, 21, 3, 0, 0}, {0}};
    qn_meta meta[] = {{.key = QN_STR("s"), .type = QN_T_STR, .u.str = QN_STR("x\"y")},
                      {.key = QN_STR("i"), .type = QN_T_INT, .u.i = -3},
                      {.key = QN_STR("d"), .type = QN_T_REAL, .u.d = 0.5},
                      {.key = QN_STR("b"), .type = QN_T_BOOL, .u.i = 1},
                      {.key = QN_STR("j"), .type = QN_T_JSON, .u.str = QN_STR("[1, {}]")}};
    (void)state;
    set(&f, "Anna left. In Berlin.");
    put(&f, ENTS, ents);
    put(&f, SENTS, sents);
    put(&f, TOKENS, tokens);
    put(&f, SUMMARY, summary);
    put(&f, HEADINGS, head);
    put(&f, JUNK, furniture);
    f.r.meta = meta;
    f.r.nmeta = sizeof meta / sizeof *meta;
    expect(&everything, &f,
           "{\"id\":\"a.txt\",\"text\":\"Anna left. In Berlin.\","
           "\"ents\":[{\"start\":0,\"end\":4,\"label\":\"PERSON\"},"
           "{\"start\":14,\"end\":20,\"label\":\"GPE\"}],"
           "\"sents\":[{\"start\":0,\"end\":10,\"confidence\":1},{\"start\":11,\"end\":21}],"
           "\"tokens\":[{\"id\":0,\"start\":0,\"end\":4},{\"id\":1,\"start\":5,\"end\":9},"
           "{\"id\":2,\"start\":9,\"end\":10},{\"id\":3,\"start\":11,\"end\":13},"
           "{\"id\":4,\"start\":14,\"end\":20},{\"id\":5,\"start\":20,\"end\":21}],"
           "\"summary\":\"In Berlin.\",\"summary_sents\":[1],"
           "\"headings\":[{\"start\":0,\"end\":10}],"
           "\"meta\":{\"s\":\"x\\\"y\",\"i\":-3,\"d\":0.5,\"b\":true,\"j\":[1, {}]},"
           "\"layers\":{\"junk\":[{\"start\":11,\"end\":21,\"label\":\"agency-credit\"}]}}\n");
}

static void writes_what_is_known_of_an_entity(void **state)
{
    const jsonl_what what = {.layer = {.ents = ENTS, .detail = {VALUES, 0, CHAINS}}, .meta = 1};
    struct fixture f;
    qn_span ents[] = {{0, 4, 1, 0, 0}, {5, 9, 2, 0, 0}, {0}};
    qn_span values[] = {{0, 4, 2, 0, 1}, {5, 9, 2, 0, 2}, {0}}; /* the first has another label */
    qn_span chains[] = {{0, 4, 1, 0, 1}, {5, 9, 2, 0, 9}, {0}}; /* 9: not in the table */
    qn_meta meta[] = {
        {.key = QN_STR("quern.values"), .type = QN_T_JSON, .u.str = QN_STR("[\"a\", \"b\\\"c\"]")},
        {.key = QN_STR("quern.links"), .type = QN_T_INT, .u.i = 7}, /* the input's own */
        {.key = QN_STR("quern.chains"), .type = QN_T_JSON, .u.str = QN_STR("[\"Anna B.\",3]")}};
    (void)state;
    set(&f, "Anna 2024");
    put(&f, ENTS, ents);
    put(&f, VALUES, values);
    put(&f, CHAINS, chains);
    f.r.meta = meta;
    f.r.nmeta = 3;
    expect(&what, &f,
           "{\"id\":\"a.txt\",\"text\":\"Anna 2024\","
           "\"ents\":[{\"start\":0,\"end\":4,\"label\":\"PERSON\",\"chain\":1,"
           "\"canonical\":\"Anna B.\"},"
           "{\"start\":5,\"end\":9,\"label\":\"GPE\",\"value\":\"b\\\"c\"}],"
           "\"meta\":{\"quern.links\":7}}\n");
}

static void leaves_out_what_no_stage_makes(void **state)
{
    const jsonl_what bare = {.tokens = 1, .meta = 1};
    const jsonl_what empty = {.layer = {.ents = ENTS, .sents = SENTS, .summary = SUMMARY}};
    struct fixture f;
    (void)state;
    set(&f, "x");
    expect(&bare, &f, "{\"id\":\"a.txt\",\"text\":\"x\"}\n");
    expect(&empty, &f,
           "{\"id\":\"a.txt\",\"text\":\"x\",\"ents\":[],\"sents\":[],\"summary\":\"\","
           "\"summary_sents\":[]}\n");
}

static void counts_code_points_or_bytes(void **state)
{
    jsonl_what what = {.layer = {.ents = ENTS}};
    struct fixture f;
    char text[400];
    qn_span ents[] = {{6, 11, 1, 0, 0}, {302, 306, 2, 0, 0}, {0}};
    (void)state;
    memset(text, 'x', sizeof text);
    memcpy(text, "\xc3\xa9\xe2\x82\xac Zo\xc3\xab!", 11); /* 2 + 3 + 1 bytes before the name */
    memcpy(text + 302, "\xf0\x9f\x98\x80 end", 9);
    set(&f, text);
    put(&f, ENTS, ents);
    f.r.text.n = 310;
    {
        jsonl_encoder e = {.what = &what, .cx = &cx};
        assert_true(sink_offsets_start(&e.off, &f.r, SINK_CODEPOINT));
        assert_int_equal(sink_offset(&e.off, 6, 0), 3);
        assert_int_equal(sink_offset(&e.off, 10, 1), 6);
        assert_int_equal(sink_offset(&e.off, 302, 0), 298);
        assert_int_equal(sink_offset(&e.off, 306, 1), 299);
        assert_int_equal(sink_offset(&e.off, 310, 1), 303);
        assert_true(sink_offsets_start(&e.off, &f.r, SINK_BYTE));
        assert_int_equal(sink_offset(&e.off, 306, 1), 306);
        jsonl_encoder_free(&e);
    }
}

/* "[ad] He said so." of which "[ad] " was taken out and "so" put in place of "SO". */
static void writes_raw_offsets_and_provenance(void **state)
{
    const qn_seg map[] = {
        {0, 0, 3, 0}, {0, 5, 0, 0}, {8, 13, 4, 0}, {10, 15, 0, 0}, {11, 16, 0, 0}};
    jsonl_what what = {.layer = {.ents = ENTS}, .unit = SINK_RAW};
    qn_span ents[] = {{0, 2, 1, 0, 0}, {8, 10, 2, 0, 0}, {0}};
    struct fixture f;
    (void)state;
    set(&f, "He said so.");
    f.r.raw = (qn_str)QN_STR("[ad] He said SO.");
    f.r.map = map;
    f.r.nmap = 5;
    put(&f, ENTS, ents);
    expect(&what, &f,
           "{\"id\":\"a.txt\",\"text\":\"He said so.\",\"ents\":["
           "{\"start\":5,\"end\":7,\"label\":\"PERSON\"},"
           "{\"start\":13,\"end\":15,\"label\":\"GPE\"}]}\n");
    what = (jsonl_what){.provenance = 1};
    expect(&what, &f,
           "{\"id\":\"a.txt\",\"text\":\"He said so.\",\"provenance\":["
           "{\"start\":0,\"end\":0,\"rawstart\":0,\"rawend\":5,\"rule\":\"agency-credit\"},"
           "{\"start\":8,\"end\":10,\"rawstart\":13,\"rawend\":15,\"rule\":\"odd\\\"label\"}]}\n");
}

static void keeps_overlapping_ents_apart(void **state)
{
    const jsonl_what what = {.layer = {.ents = ENTS}};
    qn_span ents[] = {{0, 8, 1, 0, 0}, {4, 8, 2, 0, 0}, {8, 9, 1, 0, 0}, {0}};
    struct fixture f;
    (void)state;
    set(&f, "New Yorkx");
    put(&f, ENTS, ents);
    expect(&what, &f,
           "{\"id\":\"a.txt\",\"text\":\"New Yorkx\",\"ents\":["
           "{\"start\":0,\"end\":8,\"label\":\"PERSON\"},{\"start\":8,\"end\":9,\"label\":"
           "\"PERSON\"}],\"layers\":{\"ents\":[{\"start\":4,\"end\":8,\"label\":\"GPE\"}]}}\n");
}

struct pieces {
    qn_jsonw all;
    size_t n, longest;
};

static qn_status take(void *arg, qn_str bytes)
{
    struct pieces *p = arg;
    qn_jsonw_raw(&p->all, bytes);
    p->n++;
    if (bytes.n > p->longest) p->longest = bytes.n;
    return QN_OK;
}

static qn_status refuse(void *arg, qn_str bytes)
{
    (void)arg;
    (void)bytes;
    return QN_E_IO;
}

static void large_documents_go_out_in_pieces(void **state)
{
    enum { WORDS = 600000 };
    char *text = malloc(WORDS * 5 + 1);
    qn_span *tokens = calloc(WORDS, sizeof *tokens);
    struct pieces pieces = {0};
    jsonl_encoder whole = {.what = &everything, .cx = &cx};
    jsonl_encoder e = {.what = &everything, .cx = &cx, .flush = take, .flush_arg = &pieces};
    struct fixture f;
    uint32_t i;
    (void)state;
    assert_non_null(text);
    assert_non_null(tokens);
    for (i = 0; i < WORDS; i++) {
        memcpy(text + 5 * i, i % 7 ? "word " : "w\xc3\xa9\"\n", 6);
        tokens[i] = (qn_span){5 * i, 5 * i + 4, 0, 0, 0};
    }
    set(&f, text);
    f.layer[TOKENS] = f.layer[SENTS] = (qn_layer){tokens, WORDS, WORDS};
    assert_int_equal(jsonl_encode(&whole, &f.r), QN_OK);
    assert_int_equal(jsonl_encode(&e, &f.r), QN_OK);
    assert_int_equal(jsonl_encode_end(&e), QN_OK);
    assert_int_equal(pieces.all.n, whole.out.n);
    assert_memory_equal(pieces.all.p, whole.out.p, whole.out.n);
    assert_true(pieces.n > 10);
    assert_true(pieces.longest < 4 << 20);
    e.flush = refuse;
    assert_int_equal(jsonl_encode(&e, &f.r), QN_E_IO);
    jsonl_encoder_free(&whole);
    jsonl_encoder_free(&e);
    qn_jsonw_free(&pieces.all);
    free(text);
    free(tokens);
}

/* ---- tiling --------------------------------------------------------------------------------- */

/* The tokens of text as "a|b|c". */
static char *tiled(const char *text, const qn_layer *tokens, const qn_layer *ents)
{
    static char out[200];
    qn_str s = {text, strlen(text)};
    sink_spans a = {0}, none = {0};
    sink_tiler t;
    qn_range w;
    size_t n = 0;
    assert_true(sink_settle(s, ents, &a, NULL));
    sink_tiler_start(&t, s, tokens, &a, &none);
    while (sink_tiler_next(&t, &w)) {
        if (n) out[n++] = '|';
        memcpy(out + n, text + w.beg, w.end - w.beg);
        n += w.end - w.beg;
    }
    out[n] = '\0';
    free(a.v);
    return out;
}

static void tiles_white_space(void **state)
{
    static const struct {
        const char *text, *want;
    } c[] = {
        {"", ""},
        {"a", "a"},
        {"a b", "a|b"},
        {"a  b", "a| |b"},
        {"a   b", "a|  |b"},
        {" a", " |a"},
        {"a ", "a"},
        {"a  ", "a| "},
        {"said.\nNext", "said.|\n|Next"},
        {"said. \n\nNext", "said.|\n\n|Next"},
        {"a\n b", "a|\n |b"},
        {"a\xc2\xa0"
         "b",
         "a|\xc2\xa0|b"},
        {"a \xe3\x80\x80\xe2\x80\xa8 b", "a|\xe3\x80\x80\xe2\x80\xa8 |b"},
        {" ", " "},
        {"\xe2\x80\x8b", "\xe2\x80\x8b"}, /* zero width space is none */
    };
    const qn_layer none = {0};
    size_t i;
    (void)state;
    for (i = 0; i < sizeof c / sizeof *c; i++)
        assert_string_equal(tiled(c[i].text, &none, &none), c[i].want);
}

static void cuts_tokens_at_span_edges(void **state)
{
    qn_span tokens[] = {{0, 3, 0, 0, 0}, {3, 16, 0, 0, 0}, {17, 22, 0, 0, 0}};
    qn_span ents[] = {{4, 10, 1, 0, 0}, {16, 18, 1, 0, 0}, {18, 22, 1, 0, 0}};
    const qn_layer t = {tokens, 3, 3}, e = {ents, 3, 3}, none = {0};
    (void)state;
    assert_string_equal(tiled("pre-London-based state.", &t, &none), "pre|-London-based|state|.");
    assert_string_equal(tiled("pre-London-based state.", &t, &e), "pre|-|London|-based|s|tate|.");
}

/* Whatever the layers, the tokens cover the text as the contract says. */
static void tiles_anything(void **state)
{
    static const char *const piece[] = {"a",  "bc", " ",        "  ",           "\n",
                                        "\t", ".",  "\xc3\xa9", "\xe2\x80\xa8", "\xf0\x9f\x98\x80"};
    unsigned seed = 1, round;
    (void)state;
    for (round = 0; round < 20000; round++) {
        char text[80] = "";
        qn_span tokens[8], ents[8];
        uint32_t edge[40], nedge = 0, k, at, nt = 0, ne = 0, pos = 0;
        sink_spans a = {0}, none = {0};
        sink_tiler t;
        qn_range w;
        qn_str s;
        for (k = 0; k < 18; k++) {
            edge[nedge++] = (uint32_t)strlen(text);
            strcat(text, piece[(seed = seed * 1103515245u + 12345u) >> 16 & 7]);
            if (k % 9 == 8) strcat(text, piece[8 + (seed >> 20 & 1)]);
        }
        s = (qn_str){text, strlen(text)};
        for (at = 0; at + 1 < nedge && nt < 8; at += 1 + (seed >> 16) % 4) {
            seed = seed * 1103515245u + 12345u;
            k = at + 1 + (seed >> 18) % 3;
            if (k < nedge) tokens[nt++] = (qn_span){edge[at], edge[k], 0, 0, 0};
            if (k < nedge && (seed >> 22) % 2)
                ents[ne++] = (qn_span){edge[at] + (edge[at + 1] - edge[at]), edge[k], 1, 0, 0};
        }
        {
            const qn_layer tl = {tokens, nt, nt}, el = {ents, ne, ne};
            assert_true(sink_settle(s, &el, &a, NULL));
            sink_tiler_start(&t, s, &tl, &a, &none);
            while (sink_tiler_next(&t, &w)) {
                assert_true(w.beg == pos || (pos > 0 && w.beg == pos + 1 && text[pos] == ' '));
                assert_true(w.end > w.beg && w.end <= s.n);
                for (k = 0; k < a.n; k++) {
                    assert_false(w.beg < a.v[k].beg && a.v[k].beg < w.end);
                    assert_false(w.beg < a.v[k].end && a.v[k].end < w.end);
                }
                pos = w.end;
            }
            assert_true(pos == s.n || (pos > 0 && pos + 1 == s.n && text[pos] == ' '));
        }
        free(a.v);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_every_key_in_order),
        cmocka_unit_test(writes_what_is_known_of_an_entity),
        cmocka_unit_test(leaves_out_what_no_stage_makes),
        cmocka_unit_test(counts_code_points_or_bytes),
        cmocka_unit_test(writes_raw_offsets_and_provenance),
        cmocka_unit_test(keeps_overlapping_ents_apart),
        cmocka_unit_test(large_documents_go_out_in_pieces),
        cmocka_unit_test(tiles_white_space),
        cmocka_unit_test(cuts_tokens_at_span_edges),
        cmocka_unit_test(tiles_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

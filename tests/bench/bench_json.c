/* SPDX-License-Identifier: MIT */
/* tests/bench/bench_json.c - how fast JSON is read and written, beside memcpy of the same bytes,
 * and what the whole line of a document costs. Each figure is the best of several rounds of CPU
 * time. Arguments: files of JSON lines to use instead of the made-up ones. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "jsonl/encode.h"
#include "text/json_read.h"

enum { ROUNDS = 30, DOCUMENTS = 6000, HOT = 100 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void *need(void *p)
{
    if (p) return p;
    fprintf(stderr, "bench_json: out of memory\n");
    exit(1);
}

struct docs {
    qn_jsonw lines; /* the JSON lines */
    qn_record *r;
    size_t n, bytes; /* of text */
    size_t tokens;
};

/* News-like text: words of two to nine letters, a stop now and then, some letters not ASCII. */
static void make_lines(qn_jsonw *w)
{
    unsigned seed = 1, d, k;
    for (d = 0; d < DOCUMENTS; d++) {
        qn_jsonw_lit(w, "{\"id\":\"");
        qn_jsonw_u64(w, d);
        qn_jsonw_lit(w, "\",\"url\":\"https://example.org/a/b\",\"text\":\"");
        for (k = 0; k < 520; k++) {
            seed = seed * 1103515245u + 12345u;
            qn_jsonw_part(w,
                          (qn_str){&"telecommunications"[(seed >> 24) % 8], 2 + (seed >> 16) % 8});
            if (k % 120 == 119)
                qn_jsonw_lit(w, "\\n\\n");
            else if (k % 15 == 14)
                qn_jsonw_lit(w, ". ");
            else if (k % 160 == 50)
                qn_jsonw_lit(w, " caf\xc3\xa9 ");
            else
                qn_jsonw_lit(w, " ");
        }
        qn_jsonw_lit(w, "\"}\n");
    }
}

static void load(qn_jsonw *w, const char *path)
{
    FILE *f = fopen(path, "rb");
    size_t got = 1;
    if (!f) {
        perror(path);
        exit(1);
    }
    while (got) {
        char *p = need(qn_jsonw_room(w, 1 << 20));
        got = fread(p, 1, 1 << 20, f);
        w->n += got;
    }
    fclose(f);
}

/* ---- reading -------------------------------------------------------------------------------- */

/* Takes text and id of each line, skips the rest; returns the bytes of text. */
static size_t read_all(const qn_jsonw *w, char *room, struct docs *keep)
{
    const char *p = w->p, *end = w->p + w->n;
    size_t bytes = 0;
    while (p < end) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        qn_str name, text = {NULL, 0}, id = {NULL, 0};
        qn_jsonr j;
        if (!nl) nl = end;
        qn_jsonr_open(&j, p, (size_t)(nl - p), room);
        if (qn_jsonr_object(&j))
            while (qn_jsonr_member(&j, &name)) {
                if (name.n == 4 && memcmp(name.p, "text", 4) == 0)
                    qn_jsonr_string(&j, &text);
                else if (name.n == 2 && memcmp(name.p, "id", 2) == 0)
                    qn_jsonr_string(&j, &id);
                else
                    qn_jsonr_skip(&j, NULL);
            }
        if (!qn_jsonr_close(&j)) {
            char why[200];
            qn_jsonr_why(&j, why, sizeof why);
            fprintf(stderr, "bench_json: %s\n", why);
            exit(1);
        }
        bytes += text.n;
        if (keep) {
            keep->r = need(realloc(keep->r, (keep->n + 1) * sizeof *keep->r));
            memset(&keep->r[keep->n], 0, sizeof *keep->r);
            keep->r[keep->n].id = id;
            keep->r[keep->n++].text = text;
            room = j.room;
        }
        p = nl + 1;
    }
    return bytes;
}

/* ---- layers to write ------------------------------------------------------------------------ */

enum { ENTS = 1, SENTS, TOKENS, LAYERS };

static int is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

static void annotate(qn_record *r, struct docs *d)
{
    qn_layer *l = r->layer = need(calloc(LAYERS, sizeof *l));
    uint32_t i, k, last = 0, n = (uint32_t)r->text.n;
    r->nlayer = LAYERS;
    for (i = ENTS; i < LAYERS; i++)
        l[i].v = need(calloc(n + 1, sizeof *l[i].v));
    for (i = 0; i < n; i = k) {
        k = i + 1;
        while (is_word(r->text.p[i]) && k < n && is_word(r->text.p[k]))
            k++;
        if (r->text.p[i] == ' ' || r->text.p[i] == '\n') continue;
        l[TOKENS].v[l[TOKENS].n++] = (qn_span){i, k, 0, 0, 0};
        if (l[TOKENS].n % 25 == 0) l[ENTS].v[l[ENTS].n++] = (qn_span){i, k, 1, 0, 0};
        if (r->text.p[i] == '.') {
            l[SENTS].v[l[SENTS].n++] = (qn_span){last, k, 0, 0, 0};
            last = k;
        }
    }
    d->tokens += l[TOKENS].n;
    d->bytes += n;
}

static qn_str name_text(qn_ctx *cx, qn_name n)
{
    (void)cx;
    (void)n;
    return (qn_str)QN_STR("PERSON");
}

static size_t encode_all(jsonl_encoder *e, const struct docs *d)
{
    size_t i, bytes = 0;
    for (i = 0; i < d->n; i++) {
        if (e->out.n > 1 << 18) {
            bytes += e->out.n;
            e->out.n = 0;
        }
        if (jsonl_encode(e, &d->r[i]) != QN_OK) need(NULL);
    }
    bytes += e->out.n;
    e->out.n = 0;
    return bytes;
}

static double encode_time(const struct docs *d, int tokens, size_t *out)
{
    static const qn_host host = {.size = sizeof host, .name_text = name_text};
    qn_ctx cx = {.size = sizeof cx, .host = &host};
    const jsonl_what what = {.layer = {.ents = ENTS, .sents = SENTS, .tokens = TOKENS},
                             .tokens = tokens};
    jsonl_encoder e = {.what = &what, .cx = &cx};
    double best = 1e9;
    int i;
    for (i = 0; i < ROUNDS; i++) {
        double t = now();
        *out = encode_all(&e, d);
        t = now() - t;
        if (t < best) best = t;
    }
    jsonl_encoder_free(&e);
    return best;
}

/* ---- all of it ------------------------------------------------------------------------------ */

static double memcpy_time(const qn_jsonw *w, char *room)
{
    double best = 1e9;
    int i;
    for (i = 0; i < ROUNDS; i++) {
        double t = now();
        memcpy(room, w->p, w->n);
        __asm__ volatile("" : : "r"(room) : "memory");
        t = now() - t;
        if (t < best) best = t;
    }
    return best;
}

static double read_time(const qn_jsonw *w, char *room)
{
    double best = 1e9;
    int i;
    for (i = 0; i < ROUNDS; i++) {
        double t = now();
        read_all(w, room, NULL);
        t = now() - t;
        if (t < best) best = t;
    }
    return best;
}

static double write_time(const struct docs *d)
{
    qn_jsonw w = {0};
    double best = 1e9;
    size_t i, k;
    for (i = 0; i < ROUNDS; i++) {
        double t = now();
        for (k = 0; k < d->n; k++) {
            if (w.n > 1 << 18) w.n = 0;
            qn_jsonw_str(&w, d->r[k].text);
        }
        t = now() - t;
        if (t < best) best = t;
    }
    qn_jsonw_free(&w);
    return best;
}

int main(int argc, char **argv)
{
    struct docs d = {0};
    char *room;
    double copy, t;
    size_t i, out;
    if (argc < 2) make_lines(&d.lines);
    for (i = 1; i < (size_t)argc; i++)
        load(&d.lines, argv[i]);
    room = need(malloc(d.lines.n + 1));
    memset(room, 1, d.lines.n + 1);
    copy = memcpy_time(&d.lines, room);
    printf("%zu bytes of JSON lines\n", d.lines.n);
    printf("memcpy                %8.0f MB/s\n", (double)d.lines.n / copy / 1e6);
    t = read_time(&d.lines, room);
    printf("read, text and id     %8.0f MB/s   %5.2f of memcpy\n", (double)d.lines.n / t / 1e6,
           copy / t);
    read_all(&d.lines, room, &d);
    if (d.n > HOT) d.n = HOT; /* a pipeline writes what it has just made */
    for (i = 0; i < d.n; i++)
        annotate(&d.r[i], &d);
    t = write_time(&d);
    printf("write strings         %8.0f MB/s\n", (double)d.bytes / t / 1e6);
    t = encode_time(&d, 0, &out);
    printf("encode without tokens %8.0f MB/s of text, output %.1f times the text\n",
           (double)d.bytes / t / 1e6, (double)out / (double)d.bytes);
    t = encode_time(&d, 1, &out);
    printf("encode with tokens    %8.0f MB/s of text, output %.1f times the text, "
           "%.1f ns a token, %.0f MB/s of output\n",
           (double)d.bytes / t / 1e6, (double)out / (double)d.bytes, t * 1e9 / (double)d.tokens,
           (double)out / t / 1e6);
    return 0;
}

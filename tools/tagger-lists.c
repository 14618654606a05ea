/* SPDX-License-Identifier: MIT */
/* tools/tagger-lists.c - see tagger-lists.h. */
#include "tagger-lists.h"

#include <stdio.h>
#include <stdlib.h>

#include "tagger-segment.h"

/* ---- lists ---------------------------------------------------------------------------------- */

enum { CLASSES = LISTS_WORD };

typedef struct lister {
    tagger_listed *v;
    uint32_t size, used;
    char class[CLASSES][24];
    unsigned nclass;
    uint32_t nkind;
} lister;

static unsigned class_of(lister *l, const char *name, size_t n, const char *path)
{
    unsigned i;
    for (i = 0; i < l->nclass; i++)
        if (strlen(l->class[i]) == n && !memcmp(l->class[i], name, n)) return i;
    if (l->nclass == CLASSES || n >= sizeof l->class[0]) die("too many or too long classes", path);
    memcpy(l->class[l->nclass], name, n);
    return l->nclass++;
}

static int put(lister *l, uint64_t hash, uint32_t bits, uint32_t kind)
{
    uint32_t i, at = (uint32_t)(hash >> 32);
    for (i = 0; i < LISTS_PROBES; i++) {
        tagger_listed *e = &l->v[(at + i) & (l->size - 1)];
        if (e->bits && e->check != (uint32_t)hash) continue;
        l->used += !e->bits;
        e->check = (uint32_t)hash;
        e->bits |= bits;
        if (!e->kind) e->kind = kind;
        return 1;
    }
    return 0;
}

static void add_phrase(lister *l, const char *text, size_t n, unsigned class)
{
    const uint32_t lower = text[0] >= 'a' && text[0] <= 'z' ? 1u << LISTS_LOWER : 0;
    qn_layer sents = {0}, tokens = {0};
    tagger_word w;
    uint64_t h = 0;
    uint32_t i;
    segment_text(text, (uint32_t)n, &sents, &tokens);
    for (i = 0; i < tokens.n && tokens.n <= LISTS_WORDS; i++) {
        tagger_word_look(&w, text, tokens.v[i].beg, tokens.v[i].end);
        h = tagger_lists_hash(h, w.low);
        if (!put(l, h, lower | 1u << (i + 1 == tokens.n ? class : LISTS_PREFIX), 0))
            die("a list is too full", text);
    }
    free(sents.v);
    free(tokens.v);
}

/* A line of common words. */
static void add_words(lister *l, char *line, uint32_t kind)
{
    char *word, *rest = NULL;
    tagger_word w;
    for (word = strtok_r(line, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        tagger_word_look(&w, word, 0, (uint32_t)strlen(word));
        if (!put(l, tagger_lists_hash(0, w.low), 1u << LISTS_WORD, kind))
            die("a list is too full", word);
    }
}

static void add_list(lister *l, const char *path)
{
    FILE *f = fopen(path, "rb");
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    unsigned class = CLASSES;
    uint32_t kind = 0;
    if (!f) die("cannot be opened", path);
    while ((n = getline(&line, &cap, f)) > 0) {
        char *id = strchr(line, '\t');
        if (id) n = id - line; /* what follows is for the gazetteer */
        while (n > 0 && (unsigned char)line[n - 1] <= ' ')
            n--;
        line[n] = 0;
        if (n > 2 && line[0] == '[' && line[1] == '=') {
            class = LISTS_WORD;
            kind = line[2] == ']' ? LISTS_KNOWN : ++l->nkind;
            if (l->nkind >= LISTS_KNOWN) die("more than 254 kinds of words", path);
        } else if (n > 2 && line[0] == '[' && line[n - 1] == ']') {
            class = class_of(l, line + 1, (size_t)n - 2, path);
        } else if (n > 0 && line[0] != '#' && class == LISTS_WORD) {
            add_words(l, line, kind);
        } else if (n > 0 && line[0] != '#' && class < CLASSES) {
            add_phrase(l, line, (size_t)n, class);
        }
    }
    free(line);
    fclose(f);
}

static uint32_t count_lines(const char *path)
{
    FILE *f = fopen(path, "rb");
    uint32_t n = 0;
    int c;
    if (!f) die("cannot be opened", path);
    while ((c = getc(f)) != EOF)
        n += c == '\n' || c == ' ';
    fclose(f);
    return n;
}

static uint32_t bits_of(const lister *l, const char *a, const char *b)
{
    uint32_t bits = 0;
    unsigned i;
    for (i = 0; i < l->nclass; i++)
        if (!strcmp(l->class[i], a) || !strcmp(l->class[i], b)) bits |= 1u << i;
    return bits;
}

void lists_read(const char *const *path, unsigned n, tagger_lists *out, learn_classes *classes)
{
    lister l = {.size = 1024};
    uint32_t lines = 0;
    unsigned i;
    for (i = 0; i < n; i++)
        lines += count_lines(path[i]);
    while (l.size < lines * 2)
        l.size *= 2;
    l.v = need(calloc(l.size, sizeof *l.v));
    for (i = 0; i < n; i++)
        add_list(&l, path[i]);
    *out = (tagger_lists){l.v,
                          l.size,
                          bits_of(&l, "GPE", "LOC"),
                          bits_of(&l, "ORG", "org-head"),
                          bits_of(&l, "first-name", "first-name"),
                          bits_of(&l, "title", "title"),
                          out->clusters};
    for (i = 0; i < MODEL_LABELS; i++)
        classes->label[i] = bits_of(&l, corpus_label[i], corpus_label[i]);
}

/* ---- clusters ------------------------------------------------------------------------------- */

/* The first line of two words that look the same counts: the commoner word. */
static void put_cluster(tagger_cluster *v, uint32_t size, uint32_t low, const tagger_cluster *word)
{
    const uint64_t hash = tagger_cluster_hash(low);
    uint32_t i;
    for (i = 0; i < CLUSTER_PROBES; i++) {
        tagger_cluster *e = &v[(tagger_cluster_slot(hash, size) + i) & (size - 1)];
        if (e->id[0] && e->check == tagger_cluster_check(hash)) return;
        if (e->id[0]) continue;
        *e = *word;
        e->check = tagger_cluster_check(hash);
        return;
    }
}

static void read_cluster(tagger_cluster *v, uint32_t size, char *line, const char *path)
{
    char *at = strchr(line, ' ');
    tagger_cluster word = {0};
    tagger_word w;
    unsigned g;
    if (!at) die("a line is not \"WORD NUMBER...\"", path);
    tagger_word_look(&w, line, 0, (uint32_t)(at - line));
    for (g = 0; g < CLUSTER_GRAINS; g++) {
        const unsigned long id = strtoul(at, &at, 10);
        if (id == 0 || id > UINT16_MAX) die("a cluster is not 1 to 65535", path);
        word.id[g] = (uint16_t)id;
    }
    put_cluster(v, size, w.low, &word);
}

void clusters_read(const char *path, tagger_clusters *out)
{
    FILE *f = fopen(path, "rb");
    uint32_t lines = 0, size = 64;
    tagger_cluster *v;
    char *line = NULL;
    size_t cap = 0;
    int c;
    if (!f) die("cannot be opened", path);
    while ((c = getc(f)) != EOF)
        lines += c == '\n';
    while (size < lines + lines / 4)
        size *= 2;
    v = need(calloc(size, sizeof *v));
    rewind(f);
    while (getline(&line, &cap, f) > 0)
        read_cluster(v, size, line, path);
    free(line);
    fclose(f);
    *out = (tagger_clusters){v, size};
}

/* SPDX-License-Identifier: MIT */
/* tests/bench/segment.c - prints the sentences and tokens of documents as JSON lines with byte
 * offsets, so that they can be scored: segment en|de|... off|lines|all ud|ptb|spacy
 * own|gold|none FILE.plain (which sentences the tokenizer sees). FILE.plain is made by
 * tools/sentence-data.py. */
#include "../../plugins/sentences/split.h"
#include "../../plugins/tokens/tokenize.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static tokens_out sents, tokens;

static int more(tokens_out *o)
{
    qn_span *v = realloc(o->v, ((size_t)o->cap * 2 + 1024) * sizeof *v);
    if (!v) return 1;
    o->v = v;
    o->cap = o->cap * 2 + 1024;
    return 0;
}

static int keep(void *arg, uint32_t beg, uint32_t end, int score)
{
    (void)arg;
    (void)score;
    if (sents.n == sents.cap && more(&sents)) return 1;
    sents.v[sents.n++] = (qn_span){.beg = beg, .end = end};
    return 0;
}

static void print_spans(const char *name, const tokens_out *o)
{
    uint32_t i;
    printf(", \"%s\": [", name);
    for (i = 0; i < o->n; i++)
        printf("%s[%u, %u]", i ? ", " : "", o->v[i].beg, o->v[i].end);
    printf("]");
}

static int segment(const char *text, uint32_t n, const char *name, char **argv, uint32_t ngold,
                   FILE *f)
{
    static tokens_out gold;
    uint64_t work = 0;
    uint32_t i;
    sentences_params sp = {.gaps = strcmp(argv[2], "off") == 0   ? GAPS_OFF
                                   : strcmp(argv[2], "all") == 0 ? GAPS_ALL
                                                                 : GAPS_LINES,
                           .emit = keep};
    tokens_params tp = {.style = strcmp(argv[3], "ptb") == 0     ? STYLE_PTB
                                 : strcmp(argv[3], "spacy") == 0 ? STYLE_SPACY
                                                                 : STYLE_UD};
    tp.abbrev = tokens_find_abbrevs(argv[1]);
    if (sentences_language(&sp, argv[1]) != 0 || !tp.abbrev) return 1;
    sents.n = tokens.n = gold.n = 0;
    sents.more = tokens.more = gold.more = more;
    for (i = 0; i < ngold; i++) {
        if (gold.n == gold.cap && more(&gold)) return 1;
        if (fscanf(f, "%u %u", &gold.v[i].beg, &gold.v[i].end) != 2) return 1;
        gold.n++;
    }
    fgetc(f);
    if (sentences_split(text, n, &sp, &work)) return 1;
    tp.sents = strcmp(argv[4], "gold") == 0 ? gold.v : sents.v;
    tp.nsents = strcmp(argv[4], "gold") == 0 ? gold.n : strcmp(argv[4], "own") == 0 ? sents.n : 0;
    if (tokens_split(text, n, &tp, &tokens)) return 1;
    printf("{\"id\": \"%s\"", name);
    print_spans("sents", &sents);
    print_spans("tokens", &tokens);
    printf("}\n");
    return 0;
}

int main(int argc, char **argv)
{
    char name[256];
    uint32_t n, ngold;
    FILE *f = argc == 6 ? fopen(argv[5], "rb") : NULL;
    if (!f) {
        fputs("usage: segment LANGUAGE off|lines|all ud|ptb|spacy own|gold|none FILE.plain\n",
              stderr);
        return 2;
    }
    while (fscanf(f, "#doc %255s %u %u", name, &n, &ngold) == 3) {
        char *text = malloc((size_t)n + 1);
        if (!text || fgetc(f) != '\n' || fread(text, 1, n, f) != n || fgetc(f) != '\n' ||
            segment(text, n, name, argv, ngold, f)) {
            fprintf(stderr, "segment: %s: cannot be read\n", name);
            return 1;
        }
        free(text);
    }
    fclose(f);
    return 0;
}

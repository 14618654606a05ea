/* SPDX-License-Identifier: MIT */
/* plugins/html/page.h - a page as two flat arrays: the elements that hold text, each with its
 * parent, and the blocks of text between their tags in the order of the page. The depth is
 * bounded: what lies deeper counts to the deepest element that is kept. */
#ifndef HTML_PAGE_H
#define HTML_PAGE_H
#include "tokenize.h"

#include <stdbool.h>

/* What an element says about itself and all within it. */
enum {
    HTML_IN_ARTICLE = 1,     /* article */
    HTML_IN_MAIN = 2,        /* main, role=main */
    HTML_IN_MARGIN = 4,      /* nav, aside, footer, form, header of the page */
    HTML_IN_GOOD = 8,        /* class or id speaks of the article's body */
    HTML_IN_BAD = 16,        /* class or id speaks of furniture */
    HTML_IN_HIDDEN = 32,     /* hidden, display: none */
    HTML_IN_FIGURE = 64,     /* figure, class caption */
    HTML_IN_BODY_PROP = 128, /* itemprop=articleBody */
    HTML_IN_LIST = 256,
    HTML_IN_TABLE = 512,
    HTML_IN_COMMENTS = 1024,
    HTML_IN_HEADER = 2048, /* header, class of bylines and dates */
    HTML_IN_QUOTE = 4096,  /* blockquote */
    HTML_IN_SLANT = 8192   /* em, i */
};

struct html_node {
    uint32_t parent; /* its index; the root is its own */
    uint32_t flags;  /* its own and its parents' */
    uint32_t own;    /* its own */
    enum html_tag tag;
    uint32_t first_block, end_block; /* the blocks inside */
};

/* A stretch of the source that is text, references and all. */
struct html_run {
    uint32_t beg, end;
    bool line_before; /* a br stands between it and the one before */
    bool references;
};

struct html_block {
    uint32_t node;
    uint32_t flags;    /* its node's, and those of inline elements around all of it */
    uint32_t beg, end; /* in the source */
    uint32_t run, nrun;
    uint32_t chars, words, link_words, stops, commas;
    bool sentence;     /* ends like one */
    bool repeated;     /* see score.c */
    enum html_tag tag; /* what it is: p, li, td, h1...h6, figcaption, ... or div */
    bool keep;
    float score;
};

/* A tag that tells about the page: meta, title, script of JSON-LD, time, html. */
struct html_fact {
    struct html_token tag;
    uint32_t text_end; /* title, script: its text begins at tag.end */
};

enum { HTML_FACTS = 512 }; /* looked at in a page, at most */

struct html_page {
    const char *p;
    uint32_t n;
    struct html_node *node;
    struct html_block *block;
    struct html_run *run;
    uint32_t nnode, nblock, nrun;
    uint32_t capnode, capblock, caprun;
    struct html_fact fact[HTML_FACTS];
    uint32_t nfact;
};

/* Reads p[0, n). 0: out of memory. The page's memory is used again by the next call. */
int html_page_read(struct html_page *g, const char *p, uint32_t n);
void html_page_free(struct html_page *g);
#endif

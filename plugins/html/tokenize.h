/* SPDX-License-Identifier: MIT */
/* plugins/html/tokenize.h - HTML cut into tags, text and comments after the tokenizer states of the
 * HTML Standard. Every token is a range of the source: nothing is copied, each byte is looked at a
 * constant number of times, and any bytes are HTML. */
#ifndef HTML_TOKENIZE_H
#define HTML_TOKENIZE_H
#include "tags.h"

#include <stdint.h>

enum html_kind { HTML_END, HTML_TEXT, HTML_OPEN, HTML_CLOSE, HTML_COMMENT, HTML_DOCTYPE };

struct html_token {
    enum html_kind kind;
    uint32_t beg, end;         /* all of it, markup included */
    uint32_t name, name_end;   /* of a tag */
    uint32_t attrs, attrs_end; /* of a tag: for html_attr */
    enum html_tag tag;         /* of a tag; HTML_T_NONE: not one of ours */
    int references;            /* text: character references count in it */
};

struct html_attr {
    uint32_t name, name_end, value, value_end;
};

struct html_tokenizer {
    const char *p;
    uint32_t n, at;
    enum html_tag raw; /* the element whose raw text comes next; HTML_T_NONE */
};

void html_tokenizer_open(struct html_tokenizer *t, const char *p, uint32_t n);
/* The next token; its kind is HTML_END at the end, again and again. */
void html_next(struct html_tokenizer *t, struct html_token *out);
/* The attribute at *at, which begins as token.attrs; 0 when there are no more. */
int html_attr(const char *p, const struct html_token *tag, uint32_t *at, struct html_attr *out);
/* Does p[beg, end) say the lower-case word, in any case? */
int html_is(const char *p, uint32_t beg, uint32_t end, const char *word);
#endif

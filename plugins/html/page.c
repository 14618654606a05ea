/* SPDX-License-Identifier: MIT */
/* plugins/html/page.c - see page.h. One pass over the tokens with a stack of open elements; end
 * tags that nothing opened, and formatting elements across blocks, change nothing. */
#include "page.h"

#include "words.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 512 };

struct open {
    enum html_tag tag;
    uint32_t node;  /* the innermost block element */
    uint32_t flags; /* of all elements around */
};

struct builder {
    struct html_page *page;
    struct open stack[DEEPEST];
    uint32_t depth;
    uint32_t open[HTML_TAG_COUNT];    /* on the stack */
    uint32_t skipped[HTML_TAG_COUNT]; /* too deep for it */
    uint32_t hidden;                  /* elements on the stack that are no text of the page */
    bool in_block;
    uint32_t breaks; /* br since the last text */
    bool failed;
    bool in_word;
};

static void *grow(void *v, uint32_t *cap, uint32_t n, size_t size)
{
    uint32_t want;
    if (n < *cap) return v;
    want = *cap ? *cap : 256;
    if (want > UINT32_MAX / 2) return NULL;
    v = reallocarray(v, want *= 2, size);
    if (v) *cap = want;
    return v;
}

static uint32_t add_node(struct builder *b, enum html_tag tag, uint32_t parent, uint32_t own)
{
    struct html_page *g = b->page;
    struct html_node *v = grow(g->node, &g->capnode, g->nnode, sizeof *v);
    if (!v) {
        b->failed = true;
        return parent;
    }
    g->node = v;
    v[g->nnode] = (struct html_node){parent, own, own, tag, g->nblock, g->nblock};
    if (g->nnode) v[g->nnode].flags |= v[parent].flags;
    return g->nnode++;
}

static uint32_t top_node(const struct builder *b)
{
    return b->depth ? b->stack[b->depth - 1].node : 0;
}

static void end_block(struct builder *b)
{
    b->in_block = b->in_word = false;
    b->breaks = 0;
}

static void pop(struct builder *b)
{
    enum html_tag tag = b->stack[--b->depth].tag;
    unsigned what = html_tag_what(tag);
    b->open[tag]--;
    if (what & HTML_HIDE) b->hidden--;
    if (what & HTML_BLOCK) end_block(b);
}

/* Pops until `tag` has been popped; it is on the stack above `floor`. */
static void pop_to(struct builder *b, enum html_tag tag)
{
    while (b->depth && b->stack[b->depth - 1].tag != tag)
        pop(b);
    if (b->depth) pop(b);
}

/* What no end tag reaches across: a cell's content does not end its table. */
static bool is_wall(enum html_tag open, enum html_tag end)
{
    unsigned what = html_tag_what(end);
    if (!(what & (HTML_BLOCK | HTML_HIDE))) return html_tag_what(open) & (HTML_BLOCK | HTML_HIDE);
    if (open == HTML_T_TABLE || open == HTML_T_TEMPLATE)
        return end != HTML_T_BODY && end != HTML_T_HTML;
    if (open == HTML_T_TD || open == HTML_T_TH)
        return end != HTML_T_TR && end != HTML_T_TBODY && end != HTML_T_THEAD &&
               end != HTML_T_TFOOT && end != HTML_T_TABLE && end != HTML_T_BODY &&
               end != HTML_T_HTML;
    return false;
}

static bool reachable(const struct builder *b, enum html_tag tag)
{
    if (!b->open[tag]) return false;
    for (uint32_t i = b->depth; i-- > 0;) {
        if (b->stack[i].tag == tag) return true;
        if (is_wall(b->stack[i].tag, tag)) return false;
    }
    return false;
}

/* Closes an open `tag` unless one of the elements in `until` stands in between. */
static void imply_end(struct builder *b, enum html_tag tag, const enum html_tag *until)
{
    if (!b->open[tag]) return;
    for (uint32_t i = b->depth; i-- > 0;) {
        enum html_tag t = b->stack[i].tag;
        if (t == tag) {
            pop_to(b, tag);
            return;
        }
        for (const enum html_tag *u = until; *u != HTML_T_NONE; u++)
            if (*u == t) return;
    }
}

/* The end tags that authors leave out. */
static void imply_ends(struct builder *b, enum html_tag tag)
{
    static const enum html_tag list[] = {HTML_T_UL, HTML_T_OL, HTML_T_MENU, HTML_T_TD, HTML_T_NONE};
    static const enum html_tag defs[] = {HTML_T_DL, HTML_T_TD, HTML_T_NONE};
    static const enum html_tag table[] = {HTML_T_TABLE, HTML_T_NONE};
    static const enum html_tag cell[] = {HTML_T_TD, HTML_T_TH, HTML_T_TABLE, HTML_T_BUTTON,
                                         HTML_T_NONE};
    if (html_tag_what(tag) & HTML_BLOCK) imply_end(b, HTML_T_P, cell);
    switch (tag) {
    case HTML_T_LI:
        imply_end(b, HTML_T_LI, list);
        break;
    case HTML_T_DD:
    case HTML_T_DT:
        imply_end(b, HTML_T_DD, defs);
        imply_end(b, HTML_T_DT, defs);
        break;
    case HTML_T_TR:
        imply_end(b, HTML_T_TR, table);
        break;
    case HTML_T_TD:
    case HTML_T_TH:
        imply_end(b, HTML_T_TD, table);
        imply_end(b, HTML_T_TH, table);
        break;
    case HTML_T_A:
        imply_end(b, HTML_T_A, cell);
        break;
    default:
        break;
    }
}

/* Does the tag belong into a head? Any other ends it. */
static bool of_head(enum html_tag tag)
{
    return tag == HTML_T_META || tag == HTML_T_LINK || tag == HTML_T_TITLE ||
           tag == HTML_T_SCRIPT || tag == HTML_T_STYLE || tag == HTML_T_BASE ||
           tag == HTML_T_NOSCRIPT || tag == HTML_T_TEMPLATE || tag == HTML_T_NONE ||
           tag == HTML_T_IMG;
}

static void push(struct builder *b, const struct html_token *tok)
{
    enum html_tag tag = tok->tag;
    uint32_t own, parent = top_node(b), node = parent;
    uint32_t around = b->depth ? b->stack[b->depth - 1].flags : 0;
    if (b->depth == DEEPEST) {
        b->skipped[tag]++;
        return;
    }
    own = html_element_flags(b->page->p, tok);
    if (html_tag_what(tag) & HTML_BLOCK) node = add_node(b, tag, parent, own);
    b->stack[b->depth++] = (struct open){tag, node, around | own};
    b->open[tag]++;
    if (html_tag_what(tag) & HTML_HIDE) b->hidden++;
}

static void note_fact(struct html_page *g, const struct html_token *tok)
{
    enum html_tag t = tok->tag;
    if (t != HTML_T_META && t != HTML_T_TITLE && t != HTML_T_HTML && t != HTML_T_TIME &&
        t != HTML_T_SCRIPT)
        return;
    if (t == HTML_T_SCRIPT &&
        !memmem(g->p + tok->beg, tok->end - tok->beg, "ld+json", sizeof "ld+json" - 1))
        return;
    if (g->nfact < HTML_FACTS) g->fact[g->nfact++] = (struct html_fact){*tok, tok->end};
}

/* The raw text behind a title or a script of JSON-LD is its fact's. */
static void note_text(struct html_page *g, const struct html_token *tok)
{
    struct html_fact *f = g->nfact ? &g->fact[g->nfact - 1] : NULL;
    if (f && f->tag.end == tok->beg && (f->tag.tag == HTML_T_TITLE || f->tag.tag == HTML_T_SCRIPT))
        f->text_end = tok->end;
}

static void start_tag(struct builder *b, const struct html_token *tok)
{
    unsigned what = html_tag_what(tok->tag);
    bool closed = tok->end - tok->beg > 2 && b->page->p[tok->end - 2] == '/';
    note_fact(b->page, tok);
    if (tok->tag == HTML_T_NONE || (tok->tag == HTML_T_SVG && closed)) return;
    if (b->open[HTML_T_HEAD] && !of_head(tok->tag)) pop_to(b, HTML_T_HEAD);
    if (tok->tag == HTML_T_BR) b->breaks++;
    if (what & HTML_BLOCK) end_block(b);
    imply_ends(b, tok->tag);
    if (!(what & HTML_VOID)) push(b, tok);
}

static void end_tag(struct builder *b, const struct html_token *tok)
{
    enum html_tag tag = tok->tag;
    unsigned what = html_tag_what(tag);
    if (tag == HTML_T_NONE || tag == HTML_T_BODY || tag == HTML_T_HTML) return;
    if (what & HTML_BLOCK) end_block(b);
    if (b->skipped[tag])
        b->skipped[tag]--;
    else if (reachable(b, tag))
        pop_to(b, tag);
}

/* The element that names the kind of the block. */
static enum html_tag kind_of(const struct html_page *g, uint32_t node)
{
    for (int up = 0; up < 3; up++, node = g->node[node].parent) {
        enum html_tag t = g->node[node].tag;
        if ((t >= HTML_T_H1 && t <= HTML_T_H6) || t == HTML_T_LI || t == HTML_T_TD ||
            t == HTML_T_TH || t == HTML_T_FIGCAPTION || t == HTML_T_BLOCKQUOTE || t == HTML_T_PRE)
            return t;
        if (t == HTML_T_P && up == 0 && g->node[g->node[node].parent].tag != HTML_T_LI) return t;
        if (t != HTML_T_P && t != HTML_T_SPAN && t != HTML_T_A) return HTML_T_DIV;
    }
    return HTML_T_DIV;
}

static bool begin_block(struct builder *b, uint32_t beg)
{
    struct html_page *g = b->page;
    struct html_block *v = grow(g->block, &g->capblock, g->nblock, sizeof *v);
    uint32_t node = top_node(b);
    if (!v) return false;
    g->block = v;
    memset(&v[g->nblock], 0, sizeof *v);
    v[g->nblock].node = node;
    v[g->nblock].flags = UINT32_MAX;
    v[g->nblock].beg = beg;
    v[g->nblock].run = g->nrun;
    v[g->nblock].tag = kind_of(g, node);
    g->nblock++;
    b->in_block = true;
    b->in_word = false;
    b->breaks = 0;
    return true;
}

/* Counts the words and marks of a run. */
static void measure(struct builder *b, struct html_block *k, uint32_t beg, uint32_t end)
{
    const char *p = b->page->p;
    uint32_t words = 0, chars = 0, han = 0;
    bool in_word = b->in_word;
    for (uint32_t i = beg; i < end; i++) {
        unsigned char c = (unsigned char)p[i];
        if (c <= ' ') {
            in_word = false;
            continue;
        }
        words += !in_word;
        in_word = true;
        chars += (c & 0xC0) != 0x80;
        han += c >= 0xE3 && c <= 0xED;
        k->commas += c == ',';
        k->stops += c == '.' || c == '!' || c == '?';
    }
    b->in_word = in_word;
    words += han / 2; /* no blanks between words there */
    k->chars += chars;
    k->words += words;
    if (b->open[HTML_T_A]) k->link_words += words;
}

static bool ends_sentence(const char *p, uint32_t beg, uint32_t end)
{
    while (end > beg && (unsigned char)p[end - 1] <= ' ')
        end--;
    if (end - beg >= 3 &&
        (!memcmp(p + end - 3, "\xE2\x80\x9D", 3) || !memcmp(p + end - 3, "\xE2\x80\x99", 3) ||
         !memcmp(p + end - 3, "\xE3\x80\x82", 3)))
        return true;
    return end > beg && strchr(".!?\":)", p[end - 1]) != NULL;
}

/* A hidden block may be shown by a script, a hidden part of a sentence is none. */
static bool hidden_inline(const struct builder *b)
{
    const struct open *top = b->depth ? &b->stack[b->depth - 1] : NULL;
    return top && (top->flags & HTML_IN_HIDDEN) &&
           !(b->page->node[top->node].flags & HTML_IN_HIDDEN);
}

static void add_text(struct builder *b, const struct html_token *tok)
{
    struct html_page *g = b->page;
    struct html_block *k;
    struct html_run *v;
    uint32_t beg = tok->beg;
    if (b->hidden) {
        note_text(g, tok);
        return;
    }
    if (hidden_inline(b)) return;
    while (beg < tok->end && (unsigned char)g->p[beg] <= ' ')
        beg++;
    if (beg == tok->end && !b->in_block) return;
    if (beg < tok->end && b->breaks > 1) end_block(b);
    if (!b->in_block && !begin_block(b, beg)) b->failed = true;
    v = grow(g->run, &g->caprun, g->nrun, sizeof *v);
    if (!v || b->failed) {
        b->failed = true;
        return;
    }
    g->run = v;
    k = &g->block[g->nblock - 1];
    v[g->nrun++] = (struct html_run){k->nrun ? tok->beg : beg, tok->end,
                                     b->breaks && k->nrun && beg < tok->end, tok->references};
    if (beg < tok->end && k->nrun) b->breaks = 0;
    k->nrun++;
    if (beg < tok->end) {
        k->flags &= b->depth ? b->stack[b->depth - 1].flags : 0;
        k->end = tok->end;
        k->sentence = ends_sentence(g->p, beg, tok->end);
    }
    measure(b, k, v[g->nrun - 1].beg, tok->end);
}

static void close_nodes(struct html_page *g)
{
    for (uint32_t i = 0; i < g->nblock; i++)
        if (g->node[g->block[i].node].end_block < i + 1)
            g->node[g->block[i].node].end_block = i + 1;
    for (uint32_t i = g->nnode; i-- > 1;)
        if (g->node[g->node[i].parent].end_block < g->node[i].end_block)
            g->node[g->node[i].parent].end_block = g->node[i].end_block;
}

int html_page_read(struct html_page *g, const char *p, uint32_t n)
{
    struct builder *b = calloc(1, sizeof *b);
    struct html_tokenizer t;
    struct html_token tok;
    int ok;
    if (!b) return 0;
    g->p = p;
    g->n = n;
    g->nnode = g->nblock = g->nrun = 0;
    g->nfact = 0;
    b->page = g;
    add_node(b, HTML_T_HTML, 0, 0);
    html_tokenizer_open(&t, p, n);
    for (html_next(&t, &tok); tok.kind != HTML_END && !b->failed; html_next(&t, &tok)) {
        if (tok.kind == HTML_TEXT)
            add_text(b, &tok);
        else if (tok.kind == HTML_OPEN)
            start_tag(b, &tok);
        else if (tok.kind == HTML_CLOSE)
            end_tag(b, &tok);
    }
    if (!b->failed) close_nodes(g);
    ok = !b->failed;
    free(b);
    return ok;
}

void html_page_free(struct html_page *g)
{
    free(g->node);
    free(g->block);
    free(g->run);
    memset(g, 0, sizeof *g);
}

/* SPDX-License-Identifier: MIT */
/* plugins/html/tokenize.c - see tokenize.h. A function per group of states of the standard; what
 * the end of the input cuts off in a tag is dropped, as there. */
#include "tokenize.h"

#include <string.h>

void html_tokenizer_open(struct html_tokenizer *t, const char *p, uint32_t n)
{
    t->p = p;
    t->n = n;
    t->at = 0;
    t->raw = HTML_T_NONE;
}

static int is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r';
}

static int is_alpha(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

int html_is(const char *p, uint32_t beg, uint32_t end, const char *word)
{
    for (; beg < end && *word; beg++, word++) {
        char c = p[beg];
        if ((c >= 'A' && c <= 'Z' ? c | 32 : c) != *word) return 0;
    }
    return beg == end && !*word;
}

/* The first c in p[at, n), or n. */
static uint32_t find(const char *p, uint32_t at, uint32_t n, char c)
{
    const char *hit = at < n ? memchr(p + at, c, n - at) : NULL;
    return hit ? (uint32_t)(hit - p) : n;
}

/* Before attribute name, attribute name, before value, value: one attribute. 0 at the tag's end,
 * with *at on the '>' or n. */
static int attribute(const char *p, uint32_t n, uint32_t *at, struct html_attr *out)
{
    uint32_t i = *at;
    char quote;
    while (i < n && (is_space(p[i]) || p[i] == '/'))
        i++;
    *at = i;
    if (i == n || p[i] == '>') return 0;
    out->name = i++; /* a '=' here belongs to the name */
    while (i < n && !is_space(p[i]) && p[i] != '/' && p[i] != '>' && p[i] != '=')
        i++;
    out->name_end = out->value = out->value_end = *at = i;
    while (i < n && is_space(p[i]))
        i++;
    if (i == n || p[i] != '=') return 1;
    for (i++; i < n && is_space(p[i]);)
        i++;
    quote = i < n ? p[i] : '\0';
    if (quote == '"' || quote == '\'') {
        out->value = i + 1;
        out->value_end = find(p, i + 1, n, quote);
        *at = out->value_end < n ? out->value_end + 1 : n;
        return 1;
    }
    out->value = i;
    while (i < n && !is_space(p[i]) && p[i] != '>')
        i++;
    out->value_end = *at = i;
    return 1;
}

int html_attr(const char *p, const struct html_token *tag, uint32_t *at, struct html_attr *out)
{
    return attribute(p, tag->attrs_end, at, out);
}

/* A tag whose name begins at `name`. 0 when the input ends in it. */
static int tag(struct html_tokenizer *t, struct html_token *out, uint32_t name)
{
    const char *p = t->p;
    struct html_attr a;
    uint32_t i = name;
    while (i < t->n && !is_space(p[i]) && p[i] != '/' && p[i] != '>')
        i++;
    out->name = name;
    out->name_end = out->attrs = i;
    while (attribute(p, t->n, &i, &a))
        ;
    out->attrs_end = i;
    out->tag = html_tag_find(p + name, out->name_end - name);
    t->at = out->end = i < t->n ? i + 1 : t->n;
    return i < t->n;
}

/* The comment states: the text begins at i, behind "<!--". */
static uint32_t comment_end(const char *p, uint32_t i, uint32_t n)
{
    uint32_t text = i;
    if (i < n && p[i] == '>') return i + 1;
    if (i + 1 < n && p[i] == '-' && p[i + 1] == '>') return i + 2;
    while ((i = find(p, i, n, '>')) < n) {
        if (i >= text + 2 && p[i - 1] == '-' && p[i - 2] == '-') return i + 1;
        if (i >= text + 3 && p[i - 1] == '!' && p[i - 2] == '-' && p[i - 3] == '-') return i + 1;
        i++;
    }
    return n;
}

/* Markup declaration open, and bogus comments. */
static void declaration(struct html_tokenizer *t, struct html_token *out)
{
    const char *p = t->p;
    uint32_t i = t->at;
    out->kind = HTML_COMMENT;
    if (t->n - i >= 4 && memcmp(p + i, "<!--", 4) == 0) {
        out->end = comment_end(p, i + 4, t->n);
    } else {
        if (t->n - i >= 9 && html_is(p, i + 2, i + 9, "doctype")) out->kind = HTML_DOCTYPE;
        out->end = find(p, i, t->n, '>');
        if (out->end < t->n) out->end++;
    }
    t->at = out->end;
}

/* Is "</name" of the raw element at i, followed by what may follow a tag's name? */
static int closes(const struct html_tokenizer *t, uint32_t i, const char *name)
{
    uint32_t n = (uint32_t)strlen(name), behind = i + 2 + n;
    if (t->n - i < n + 3 || t->p[i + 1] != '/') return 0;
    if (!html_is(t->p, i + 2, behind, name)) return 0;
    return is_space(t->p[behind]) || t->p[behind] == '/' || t->p[behind] == '>';
}

static int opens_script(const struct html_tokenizer *t, uint32_t i)
{
    return t->n - i >= 8 && html_is(t->p, i + 1, i + 7, "script") &&
           (is_space(t->p[i + 7]) || t->p[i + 7] == '/' || t->p[i + 7] == '>');
}

/* Where the raw text ends: at its end tag or with the input. The escaped states of scripts: within
 * "<!--" a "<script" hides the next "</script". */
static uint32_t raw_end(const struct html_tokenizer *t)
{
    const char *p = t->p, *name = html_tag_name(t->raw);
    int script = t->raw == HTML_T_SCRIPT, escaped = 0, twice = 0;
    if (t->raw == HTML_T_PLAINTEXT) return t->n;
    for (uint32_t i = t->at; i < t->n; i++) {
        if (escaped && p[i] == '>' && i >= t->at + 2 && p[i - 1] == '-' && p[i - 2] == '-')
            escaped = twice = 0;
        if (!escaped) i = find(p, i, t->n, '<');
        if (i == t->n) break;
        if (p[i] != '<') continue;
        if (closes(t, i, name)) {
            if (!twice) return i;
            twice = 0;
        } else if (script && !escaped && t->n - i >= 4 && memcmp(p + i, "<!--", 4) == 0) {
            escaped = 1;
            i++; /* the dashes may be those of "-->" */
        } else if (escaped && opens_script(t, i)) {
            twice = 1;
        }
    }
    return t->n;
}

static int raw_text(struct html_tokenizer *t, struct html_token *out)
{
    uint32_t end = raw_end(t);
    out->kind = HTML_TEXT;
    out->references = (html_tag_what(t->raw) & HTML_RCDATA) != 0;
    out->end = end;
    t->raw = HTML_T_NONE;
    if (end == t->at) return 0;
    t->at = end;
    return 1;
}

/* Does markup begin at the '<' at i? */
static int is_markup(const struct html_tokenizer *t, uint32_t i)
{
    char c = i + 1 < t->n ? t->p[i + 1] : '\0';
    if (c == '/') return i + 2 < t->n;
    return is_alpha(c) || c == '!' || c == '?';
}

static void text(struct html_tokenizer *t, struct html_token *out)
{
    uint32_t i = t->at;
    while ((i = find(t->p, i, t->n, '<')) < t->n && !is_markup(t, i))
        i++;
    out->kind = HTML_TEXT;
    out->references = 1;
    out->end = t->at = i;
}

/* At a '<' that begins markup. 0: nothing came of it. */
static int markup(struct html_tokenizer *t, struct html_token *out)
{
    char c = t->p[t->at + 1];
    if (is_alpha(c)) {
        out->kind = HTML_OPEN;
        if (!tag(t, out, t->at + 1)) return 0;
        if (html_tag_what(out->tag) & (HTML_RAW | HTML_RCDATA)) t->raw = out->tag;
        return 1;
    }
    if (c == '/' && is_alpha(t->p[t->at + 2])) {
        out->kind = HTML_CLOSE;
        return tag(t, out, t->at + 2);
    }
    declaration(t, out);
    return 1;
}

void html_next(struct html_tokenizer *t, struct html_token *out)
{
    do {
        out->beg = t->at;
        out->references = 0;
        if (t->raw != HTML_T_NONE && raw_text(t, out)) return;
        if (t->at >= t->n) {
            out->kind = HTML_END;
            out->end = t->n;
            return;
        }
        if (t->p[t->at] != '<' || !is_markup(t, t->at)) {
            text(t, out);
            return;
        }
    } while (!markup(t, out));
}

/* SPDX-License-Identifier: MIT */
/* plugins/files/rows.c - see rows.h. */
#include "rows.h"

/* ---- dialect -------------------------------------------------------------------------------- */

/* The delimiter that the line has most of, outside quotes. */
static char commonest(qn_str line)
{
    static const char known[] = ",;\t|";
    size_t count[4] = {0}, i, best = 0;
    int quoted = 0;
    for (i = 0; i < line.n; i++) {
        const char *at = line.p[i] ? strchr(known, line.p[i]) : NULL;
        if (line.p[i] == '"') quoted = !quoted;
        if (at && !quoted) count[at - known]++;
    }
    for (i = 1; i < 4; i++)
        if (count[i] > count[best]) best = i;
    return known[best];
}

/* What a line "sep=X" may name: nothing that stands in cells, numbers or quotes of its own. */
static int may_delimit(char c)
{
    return c && strchr(",;\t|:^~!#$%&/ ", c);
}

static void take(files_rows *s, size_t n)
{
    files_reader_take(s->r, n);
    s->taken += n;
}

files_got files_rows_start(files_rows *s, files_reader *r, int tsv)
{
    qn_str first = {NULL, 0};
    int whole = 1;
    files_got got = files_reader_peek(r, &first, &whole);
    *s = (files_rows){.r = r, .dialect = {tsv ? '\t' : ',', !tsv}};
    if (got != FILES_DATA) return got;
    if (files_reader_held(r).n >= 3 && memcmp(files_reader_held(r).p, "\xef\xbb\xbf", 3) == 0)
        take(s, 3);
    if (tsv) return FILES_DATA;
    if (first.n && first.p[first.n - 1] == '\r') first.n--;
    s->dialect.delimiter = commonest(first);
    if (first.n == 5 && first.p == files_reader_held(r).p && memcmp(first.p, "sep=", 4) == 0 &&
        may_delimit(first.p[4])) {
        s->dialect.delimiter = first.p[4];
        got = files_reader_pass_line(r);
        s->lines++;
    }
    return got;
}

/* ---- rows ----------------------------------------------------------------------------------- */

/* A walk along a row that can stop where the buffer does. */
typedef struct scan {
    enum { CELL, PLAIN, QUOTED, CLOSED, RETURNED } state;
    size_t at;
    uint64_t lines; /* line ends inside quotes */
} scan;

/* Through a quoted cell up to its quote, or the end of what is held. 0: a line ends in it and it
 * may not. */
static int through_quoted(scan *c, qn_str held, int careful)
{
    const char *p = held.p + c->at, *end = held.p + held.n, *quote, *nl = NULL;
    if (careful) nl = memchr(p, '\n', (size_t)(end - p));
    quote = memchr(p, '"', (size_t)((nl ? nl : end) - p));
    if (nl && !quote) return 0;
    if (quote) end = quote;
    for (nl = p; !careful && nl < end && (nl = memchr(nl, '\n', (size_t)(end - nl))); nl++)
        c->lines++;
    if (quote) c->state = CLOSED;
    c->at = (size_t)(end - held.p) + (quote != NULL);
    return 1;
}

/* Behind a quote in a quoted cell, on the byte c. */
static int behind_quote(scan *s, char c, char delimiter)
{
    if (c == delimiter)
        s->state = CELL;
    else if (c == '"' && s->state == CLOSED)
        s->state = QUOTED;
    else if (c == '\r' && s->state == CLOSED)
        s->state = RETURNED;
    else
        return 0;
    return 1;
}

typedef enum found { FOUND_END, FOUND_NOTHING, FOUND_OPEN_QUOTE, FOUND_TEXT } found;

/* Goes on to the line end that ends the row, at c->at. */
static found find_end(scan *c, qn_str held, char delimiter, int careful)
{
    while (c->at < held.n) {
        char b = held.p[c->at];
        if (c->state == QUOTED) {
            if (!through_quoted(c, held, careful)) return FOUND_OPEN_QUOTE;
            continue;
        }
        if (b == '\n') return FOUND_END;
        if (c->state >= CLOSED) {
            if (!behind_quote(c, b, delimiter)) return FOUND_TEXT;
        } else {
            c->state = b == delimiter ? CELL : c->state == CELL && b == '"' ? QUOTED : PLAIN;
        }
        c->at++;
    }
    return FOUND_NOTHING;
}

/* A row whose quotes are wrong, as was seen at byte `seen`: its first line is passed over. */
static files_got wrong(files_rows *s, size_t seen, const char *why)
{
    qn_str held = files_reader_held(s->r);
    const char *nl = held.n ? memchr(held.p, '\n', held.n) : NULL;
    files_got got = FILES_DATA;
    if (s->careful < s->taken + seen) s->careful = s->taken + seen;
    s->why = why;
    if (nl) {
        take(s, (size_t)(nl - held.p) + 1);
    } else {
        got = files_reader_pass_line(s->r);
        s->taken += s->r->length + (got == FILES_DATA);
    }
    s->lines++;
    return got == FILES_DATA || got == FILES_END ? FILES_WRONG : got;
}

static files_got too_long(files_rows *s)
{
    files_got got = files_reader_pass_line(s->r);
    s->taken += s->r->length + (got == FILES_DATA);
    s->lines++;
    return got == FILES_DATA || got == FILES_END ? FILES_LONG : got;
}

static files_got whole(files_rows *s, const scan *c, int ended, qn_str *row)
{
    *row = (qn_str){files_reader_held(s->r).p, c->at};
    take(s, c->at + !ended);
    s->lines += c->lines + 1;
    return FILES_DATA;
}

/* One row, empty or not. */
static files_got any_row(files_rows *s, qn_str *row)
{
    static const char open_quote[] = "a cell begins with a quote (\") that is not closed";
    static const char text[] =
        "text behind the quote (\") that closes a cell, expected a delimiter "
        "or the end of the line; quotes in a quoted cell are doubled";
    const int careful = s->taken < s->careful;
    scan c = {CELL, 0, 0};
    s->r->line = s->lines + 1;
    for (;;) {
        qn_str held = files_reader_held(s->r);
        found f =
            s->dialect.quotes ? find_end(&c, held, s->dialect.delimiter, careful) : FOUND_NOTHING;
        const char *nl = NULL;
        files_got got;
        if (!s->dialect.quotes && c.at < held.n) {
            nl = memchr(held.p + c.at, '\n', held.n - c.at);
            c.at = nl ? (size_t)(nl - held.p) : held.n;
            if (nl) f = FOUND_END;
        }
        if (c.at > s->r->max && c.lines == 0) return too_long(s);
        if (c.at > s->r->max) return wrong(s, c.at, open_quote);
        if (f == FOUND_END) return whole(s, &c, 0, row);
        if (f != FOUND_NOTHING) return wrong(s, c.at, f == FOUND_TEXT ? text : open_quote);
        got = files_reader_more(s->r);
        if (got == FILES_END && c.state == QUOTED) return wrong(s, c.at, open_quote);
        if (got == FILES_END) return c.at ? whole(s, &c, 1, row) : FILES_END;
        if (got != FILES_DATA) return got;
    }
}

files_got files_rows_next(files_rows *s, qn_str *row)
{
    files_got got;
    do {
        got = any_row(s, row);
        if (got == FILES_DATA && row->n && row->p[row->n - 1] == '\r') row->n--;
    } while (got == FILES_DATA && row->n == 0);
    return got;
}

/* ---- cells ---------------------------------------------------------------------------------- */

/* A cell in quotes: p stands behind the first one. */
static qn_str quoted(files_cells *c)
{
    char *out = c->room;
    const char *p = c->p + 1;
    for (;;) {
        const char *q = p < c->end ? memchr(p, '"', (size_t)(c->end - p)) : NULL;
        size_t n = (size_t)((q ? q : c->end) - p);
        memcpy(out, p, n);
        out += n;
        p = q ? q + 1 : c->end;
        if (!q || p == c->end || *p != '"') break;
        *out++ = *p++;
    }
    c->p = p;
    return (qn_str){c->room, (size_t)(out - c->room)};
}

/* A cell without quotes in which a backslash may stand for a delimiter. */
static qn_str escaped(files_cells *c, qn_str cell)
{
    static const char letter[] = "tnr\\", meant[] = "\t\n\r\\";
    char *out = c->room;
    size_t i;
    if (!cell.n || !memchr(cell.p, '\\', cell.n)) return cell;
    for (i = 0; i < cell.n; i++) {
        const char *known = cell.p[i] == '\\' && i + 1 < cell.n && cell.p[i + 1]
                                ? strchr(letter, cell.p[i + 1])
                                : NULL;
        *out++ = known ? meant[known - letter] : cell.p[i];
        i += known != NULL;
    }
    return (qn_str){c->room, (size_t)(out - c->room)};
}

int files_cell(files_cells *c, qn_str *out)
{
    const char *stop;
    if (!c->p) return 0;
    if (c->dialect.quotes && c->p < c->end && *c->p == '"') {
        *out = quoted(c);
        c->room += out->n;
    } else {
        *out = (qn_str){c->p, 0};
    }
    stop = c->p < c->end ? memchr(c->p, c->dialect.delimiter, (size_t)(c->end - c->p)) : NULL;
    if (out->p == c->p) {
        out->n = (size_t)((stop ? stop : c->end) - c->p);
        if (!c->dialect.quotes) *out = escaped(c, *out);
        if (out->p == c->room) c->room += out->n;
    }
    c->p = stop ? stop + 1 : NULL;
    return 1;
}

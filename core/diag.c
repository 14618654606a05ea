/* SPDX-License-Identifier: MIT */
/* core/diag.c - see diag.h. */
#include "diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "text/json_write.h"
#include "text/utf8.h"

/* Diagnostics shown, and kept: the rest is only counted. Columns of source shown around a mark. */
enum { SHOWN = 20, KEPT = 1000, WINDOW = 76 };

struct diag {
    char code[8];
    char *file, *line, *message, *note, *help;
    unsigned row, col, len;
    unsigned first; /* columns cut off before `line`, which is the window around the mark */
    int cut;        /* 1: the source line goes on behind it */
    size_t order;
};

struct qn_diags {
    struct diag *v;
    size_t n, cap, errors, warnings;
};

qn_diags *qn_diags_new(void)
{
    return calloc(1, sizeof(qn_diags));
}

void qn_diags_free(qn_diags *d)
{
    size_t i;
    if (!d) return;
    for (i = 0; i < d->n; i++) {
        free(d->v[i].file);
        free(d->v[i].line);
        free(d->v[i].message);
        free(d->v[i].note);
        free(d->v[i].help);
    }
    free(d->v);
    free(d);
}

static char *copy(const char *s)
{
    return s ? strdup(s) : NULL;
}

static int grow(qn_diags *d)
{
    size_t cap = d->cap ? d->cap * 2 : 16;
    struct diag *v;
    if (d->n < d->cap) return 1;
    v = realloc(d->v, cap * sizeof *v);
    if (!v) return 0;
    d->v = v;
    d->cap = cap;
    return 1;
}

static int continues(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

static const char *skip(const char *s, const char *end, unsigned columns)
{
    while (s < end && columns--) {
        s++;
        while (s < end && continues(*s))
            s++;
    }
    return s;
}

/* Keeps the part of the source line that can be shown: the line itself may have 1 MiB. */
static void keep_window(struct diag *x, const char *line)
{
    const char *end = line + strcspn(line, "\r\n"), *from, *to;
    x->first = x->col > WINDOW - 16 ? x->col - (WINDOW - 16) : 0;
    from = skip(line, end, x->first);
    to = skip(from, end, WINDOW);
    x->cut = to < end;
    x->line = strndup(from, (size_t)(to - from));
}

void qn_diag(qn_diags *d, const char *code, const qn_place *at, const char *note, const char *help,
             const char *fmt, ...)
{
    struct diag *x;
    va_list ap;
    if (code[0] == 'W')
        d->warnings++;
    else
        d->errors++;
    if (d->n == KEPT || !grow(d)) return;
    x = &d->v[d->n];
    memset(x, 0, sizeof *x);
    snprintf(x->code, sizeof x->code, "%s", code);
    x->order = d->n++;
    if (at) {
        x->file = copy(at->file);
        x->row = at->line;
        x->col = at->col;
        x->len = at->len ? at->len : 1;
        if (at->text) keep_window(x, at->text);
    }
    x->note = copy(note);
    x->help = copy(help);
    va_start(ap, fmt);
    if (vasprintf(&x->message, fmt, ap) < 0) x->message = NULL;
    va_end(ap);
}

size_t qn_diags_errors(const qn_diags *d)
{
    return d->errors;
}

size_t qn_diags_warnings(const qn_diags *d)
{
    return d->warnings;
}

const char *qn_diags_code(const qn_diags *d, size_t i)
{
    return i < d->n ? d->v[i].code : NULL;
}

int qn_diags_at(const qn_diags *d, const qn_place *at)
{
    size_t i;
    for (i = 0; at->file && i < d->n; i++)
        if (d->v[i].file && strcmp(d->v[i].file, at->file) == 0 && d->v[i].row == at->line &&
            d->v[i].col == at->col)
            return 1;
    return 0;
}

/* ---- showing --------------------------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
    const struct diag *x = a, *y = b;
    int c = strcmp(x->file ? x->file : "", y->file ? y->file : "");
    if (c) return c;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    if (x->col != y->col) return x->col < y->col ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static const char *severity(const struct diag *x)
{
    return x->code[0] == 'W' ? "warning" : "error";
}

/* A code point of the source as one column: control bytes would move the caret or worse, and a
 * broken byte is what the message may be about. */
static const char *put_column(FILE *f, const char *s)
{
    static const char lengths[16] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4};
    unsigned char c = (unsigned char)*s;
    size_t n = strnlen(s, (size_t)lengths[c >> 4]);
    if (c < 0x20 || c == 0x7f) {
        putc(' ', f);
    } else if (qn_utf8_valid(s, n) == n) {
        fwrite(s, 1, n, f);
        return s + n;
    } else {
        putc('?', f);
    }
    for (s++; continues(*s); s++) {
    }
    return s;
}

/* A message quotes what stands in a config, where an escape can make any byte: one that could move
 * the cursor, or end a line of the gnu format, is shown as \xHH. */
static void put_words(FILE *f, const char *s)
{
    for (; s && *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f)
            fprintf(f, "\\x%02X", (unsigned)*s);
        else
            putc(*s, f);
}

/* The source line, through a window when it is long, and the mark under it. */
static void print_source(FILE *f, const struct diag *x, const char *on, const char *off)
{
    unsigned first = x->first, i, room;
    const char *s = x->line;
    fprintf(f, "%7u | %s", x->row, first ? "..." : "");
    while (*s)
        s = put_column(f, s);
    fprintf(f, "%s\n        | %*s%s^", x->cut ? "..." : "",
            (int)(x->col - 1 - first + (first ? 3 : 0)), "", on);
    room = WINDOW - (x->col - 1 - first);
    for (i = 1; i < x->len && i < room; i++)
        putc('~', f);
    fprintf(f, "%s%s", off, x->note ? " " : "");
    put_words(f, x->note);
    putc('\n', f);
}

static void put_place(FILE *f, const struct diag *x)
{
    put_words(f, x->file ? x->file : "quern");
    if (x->file && x->row) fprintf(f, ":%u:%u", x->row, x->col);
    fputs(": ", f);
}

static void put_aside(FILE *f, const char *words)
{
    fputs("        = ", f);
    put_words(f, words);
    putc('\n', f);
}

static void print_text(FILE *f, const struct diag *x, int color)
{
    const char *on = !color ? "" : x->code[0] == 'W' ? "\033[1;33m" : "\033[1;31m";
    const char *off = color ? "\033[0m" : "";
    put_place(f, x);
    fprintf(f, "%s%s[%s]%s: ", on, severity(x), x->code, off);
    put_words(f, x->message);
    putc('\n', f);
    if (x->line && x->row)
        print_source(f, x, on, off);
    else if (x->note)
        put_aside(f, x->note);
    if (x->help) put_aside(f, x->help);
}

static void print_gnu(FILE *f, const struct diag *x)
{
    put_place(f, x);
    fprintf(f, "%s: ", severity(x));
    put_words(f, x->message);
    if (x->note) fputs("; ", f);
    put_words(f, x->note);
    fprintf(f, " [%s]\n", x->code);
}

static void member(qn_jsonw *w, const char *name, const char *value)
{
    qn_str k = {name, strlen(name)}, v = {value, value ? strlen(value) : 0};
    if (!value) return;
    qn_jsonw_raw(w, (qn_str){w->n > 1 ? "," : "", w->n > 1});
    qn_jsonw_str(w, k);
    qn_jsonw_lit(w, ":");
    qn_jsonw_str(w, v);
}

static void print_json(FILE *f, const struct diag *x)
{
    qn_jsonw w = {0};
    qn_jsonw_lit(&w, "{");
    member(&w, "severity", severity(x));
    member(&w, "code", x->code);
    member(&w, "file", x->file);
    if (x->row) {
        qn_jsonw_lit(&w, ",\"line\":");
        qn_jsonw_u64(&w, x->row);
        qn_jsonw_lit(&w, ",\"column\":");
        qn_jsonw_u64(&w, x->col);
        qn_jsonw_lit(&w, ",\"length\":");
        qn_jsonw_u64(&w, x->len);
    }
    member(&w, "message", x->message);
    member(&w, "note", x->note);
    member(&w, "help", x->help);
    qn_jsonw_lit(&w, "}\n");
    if (!w.no_memory) fwrite(w.p, 1, w.n, f);
    qn_jsonw_free(&w);
}

void qn_diags_sort(qn_diags *d)
{
    if (d->n) qsort(d->v, d->n, sizeof *d->v, by_place);
}

int qn_diags_see(const qn_diags *d, size_t i, qn_diag_seen *out)
{
    const struct diag *x;
    if (i >= d->n) return 0;
    x = &d->v[i];
    out->code = x->code;
    out->message = x->message ? x->message : "out of memory";
    out->note = x->note;
    out->help = x->help;
    out->at = (qn_place){x->file, x->row, x->col, x->len, NULL};
    return 1;
}

void qn_diags_print(qn_diags *d, FILE *f, qn_diag_format format, int color)
{
    size_t i;
    qn_diags_sort(d);
    for (i = 0; i < d->n && (i < SHOWN || format != QN_DIAG_TEXT); i++) {
        if (format == QN_DIAG_JSON)
            print_json(f, &d->v[i]);
        else if (format == QN_DIAG_GNU)
            print_gnu(f, &d->v[i]);
        else
            print_text(f, &d->v[i], color);
    }
    if (format != QN_DIAG_TEXT || d->errors + d->warnings == 0) return;
    if (d->n > SHOWN) fprintf(f, "(%zu more are not shown)\n", d->errors + d->warnings - SHOWN);
    fprintf(f, "%zu error%s, %zu warning%s\n", d->errors, d->errors == 1 ? "" : "s", d->warnings,
            d->warnings == 1 ? "" : "s");
}

int qn_diag_format_parse(const char *word, qn_diag_format *format)
{
    static const char *const words[] = {"text", "gnu", "json"};
    int i;
    for (i = 0; i < 3; i++)
        if (strcmp(word, words[i]) == 0) {
            *format = (qn_diag_format)i;
            return 1;
        }
    return 0;
}

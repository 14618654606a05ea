/* SPDX-License-Identifier: MIT */
/* core/text/phrases_read.c - the files that lists are written in: lines under [LABEL], CSV, JSON
 * Lines (see phrases.h). */
#include <stdio.h>
#include <stdlib.h>

#include "json_read.h"
#include "phrases.h"
#include "utf8.h"

struct reading {
    qn_phrases_builder *b;
    char *why;
    size_t nwhy;
    qn_str label; /* of the heading */
    unsigned flags;
};

static int wrong(struct reading *r, const char *why)
{
    snprintf(r->why, r->nwhy, "%s", why);
    return 0;
}

static int add(struct reading *r, const qn_phrase *p)
{
    if (p->name.n == 0) return wrong(r, "a name is empty");
    if (p->label.n == 0) return wrong(r, "no label: which kind of name is it?");
    if (p->name.n > UINT16_MAX || p->id.n > UINT16_MAX || p->label.n > UINT8_MAX)
        return wrong(r, "a name or id is longer than 65,535 bytes, or a label than 255");
    if (!qn_phrases_add(r->b, p)) {
        *r->why = '\0';
        return 0;
    }
    return 1;
}

static qn_str trim(qn_str s)
{
    while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
        s.p++, s.n--;
    while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t' || s.p[s.n - 1] == '\r'))
        s.n--;
    return s;
}

/* ---- lines under headings ----------------------------------------------------------------------
 */

static int heading(struct reading *r, qn_str line)
{
    if (line.n < 3 || line.p[line.n - 1] != ']') return wrong(r, "a heading is written [LABEL]");
    r->label = (qn_str){line.p + 1, line.n - 2};
    r->flags = 0;
    if (r->label.p[r->label.n - 1] == '?') {
        r->label.n--;
        r->flags = QN_PHRASE_HINT;
    }
    return r->label.n ? 1 : wrong(r, "a heading is written [LABEL]");
}

static int text_line(struct reading *r, qn_str line)
{
    const char *tab;
    qn_phrase p = {.label = r->label, .flags = r->flags};
    line = trim(line);
    if (line.n == 0 || line.p[0] == '#') return 1;
    if (line.p[0] == '[') return heading(r, line);
    if (r->label.n == 0) return wrong(r, "a name before the first heading, such as [GPE]");
    tab = memchr(line.p, '\t', line.n);
    p.name = trim((qn_str){line.p, tab ? (size_t)(tab - line.p) : line.n});
    if (tab) p.id = trim((qn_str){tab + 1, line.n - (size_t)(tab + 1 - line.p)});
    return add(r, &p);
}

/* ---- fields that CSV and JSON share
 * -------------------------------------------------------------- */

static int set_case(struct reading *r, qn_phrase *p, qn_str word)
{
    if (word.n == 0 || qn_str_eq(word, (qn_str)QN_STR("exact"))) return 1;
    p->flags |= QN_PHRASE_ANY_CASE;
    return qn_str_eq(word, (qn_str)QN_STR("any")) || wrong(r, "case is \"exact\" or \"any\"");
}

static int set_use(struct reading *r, qn_phrase *p, qn_str word)
{
    if (word.n == 0 || qn_str_eq(word, (qn_str)QN_STR("verdict"))) return 1;
    p->flags |= QN_PHRASE_HINT;
    return qn_str_eq(word, (qn_str)QN_STR("hint")) || wrong(r, "use is \"verdict\" or \"hint\"");
}

/* ---- CSV
 * ----------------------------------------------------------------------------------------- */

enum { NAME, LABEL, ID, ALIASES, CASE, USE, FIELDS, MOST_COLUMNS = 64 };
static const char *const field_names[FIELDS] = {"name", "label", "id", "aliases", "case", "use"};

/* Cuts one field off *line, in place; "" within quotes becomes ". 0: a quote is not closed. */
static int csv_field(char **line, char *end, qn_str *out)
{
    char *p = *line, *o = p;
    if (p < end && *p == '"') {
        out->p = o = ++p;
        for (; p < end; p++) {
            if (*p == '"' && p + 1 < end && p[1] == '"')
                p++;
            else if (*p == '"')
                break;
            *o++ = *p;
        }
        if (p == end) return 0;
        p++;
    } else {
        out->p = o = p;
        while (p < end && *p != ',')
            *o++ = *p++;
    }
    out->n = (size_t)(o - out->p);
    if (p < end && *p != ',') return 0;
    *line = p < end ? p + 1 : NULL;
    return 1;
}

static int csv_head(struct reading *r, qn_str v, int column, int *field)
{
    int k;
    v = trim(v);
    for (k = 0; k < FIELDS; k++)
        if (v.n == strlen(field_names[k]) && memcmp(v.p, field_names[k], v.n) == 0) break;
    field[column] = k;
    (void)r;
    return 1;
}

static int csv_row(struct reading *r, char *p, char *end, const int *field, int ncolumn)
{
    qn_str v[FIELDS] = {{NULL, 0}}, one;
    qn_phrase ph = {0};
    const char *alias;
    int column;
    for (column = 0; p; column++) {
        if (!csv_field(&p, end, &one)) return wrong(r, "a quoted field is not closed");
        if (column >= ncolumn) return wrong(r, "more fields than the first line names");
        if (field[column] < FIELDS) v[field[column]] = trim(one);
    }
    ph.name = v[NAME];
    ph.label = v[LABEL];
    ph.id = v[ID];
    if (!set_case(r, &ph, v[CASE]) || !set_use(r, &ph, v[USE]) || !add(r, &ph)) return 0;
    while (v[ALIASES].n) {
        alias = memchr(v[ALIASES].p, '|', v[ALIASES].n);
        ph.name =
            trim((qn_str){v[ALIASES].p, alias ? (size_t)(alias - v[ALIASES].p) : v[ALIASES].n});
        if (ph.name.n && !add(r, &ph)) return 0;
        v[ALIASES].n -= alias ? (size_t)(alias + 1 - v[ALIASES].p) : v[ALIASES].n;
        v[ALIASES].p = alias ? alias + 1 : NULL;
    }
    return 1;
}

static int read_csv(struct reading *r, char *p, char *end, unsigned *line)
{
    int field[MOST_COLUMNS], ncolumn = 0, k, known[FIELDS + 1] = {0};
    for (*line = 1; p < end; (*line)++) {
        char *eol = memchr(p, '\n', (size_t)(end - p)), *stop = eol ? eol : end, *q = p;
        if (stop > p && stop[-1] == '\r') stop--;
        if (ncolumn == 0) {
            qn_str one;
            while (q && ncolumn < MOST_COLUMNS) {
                if (!csv_field(&q, stop, &one)) return wrong(r, "a quoted field is not closed");
                csv_head(r, one, ncolumn, field);
                known[field[ncolumn++]] = 1;
            }
            for (k = 0; k <= LABEL; k++)
                if (!known[k])
                    return wrong(r, "the first line must name the fields: name,label,...");
        } else if (stop > p && !csv_row(r, p, stop, field, ncolumn)) {
            return 0;
        }
        p = eol ? eol + 1 : end;
    }
    return 1;
}

/* ---- JSON Lines
 * ------------------------------------------------------------------------------------ */

static int json_aliases(struct reading *r, qn_jsonr *j, qn_str *alias, int *n)
{
    enum { MOST = 256 };
    if (!qn_jsonr_array(j)) return 0;
    while (qn_jsonr_item(j)) {
        if (*n == MOST) return wrong(r, "more than 256 aliases");
        if (!qn_jsonr_string(j, &alias[*n])) return 0;
        (*n)++;
    }
    return 1;
}

static int json_line(struct reading *r, qn_str line, char *room)
{
    qn_str key, word, alias[256];
    qn_phrase p = {0};
    qn_jsonr j;
    int n = 0, i, ok = 1;
    *r->why = '\0';
    qn_jsonr_open(&j, line.p, line.n, room);
    if (qn_jsonr_object(&j))
        while (ok && qn_jsonr_member(&j, &key)) {
            if (qn_str_eq(key, (qn_str)QN_STR("name")))
                ok = qn_jsonr_string(&j, &p.name);
            else if (qn_str_eq(key, (qn_str)QN_STR("label")))
                ok = qn_jsonr_string(&j, &p.label);
            else if (qn_str_eq(key, (qn_str)QN_STR("id")))
                ok = qn_jsonr_string(&j, &p.id);
            else if (qn_str_eq(key, (qn_str)QN_STR("aliases")))
                ok = json_aliases(r, &j, alias, &n);
            else if (qn_str_eq(key, (qn_str)QN_STR("case")))
                ok = qn_jsonr_string(&j, &word) && set_case(r, &p, word);
            else if (qn_str_eq(key, (qn_str)QN_STR("use")))
                ok = qn_jsonr_string(&j, &word) && set_use(r, &p, word);
            else
                qn_jsonr_skip(&j, NULL);
        }
    if (*r->why) return 0;
    if (!ok || !qn_jsonr_close(&j)) {
        qn_jsonr_why(&j, r->why, r->nwhy);
        return 0;
    }
    if (!add(r, &p)) return 0;
    for (i = 0; i < n; i++) {
        p.name = alias[i];
        if (!add(r, &p)) return 0;
    }
    return 1;
}

/* ---- any of them
 * ------------------------------------------------------------------------------------- */

static int ends_in(const char *file, const char *tail)
{
    size_t n = strlen(file), k = strlen(tail);
    return n >= k && strcmp(file + n - k, tail) == 0;
}

static int read_lines(struct reading *r, qn_str text, int json, unsigned *line)
{
    char *room = json ? malloc(text.n + 1) : NULL;
    const char *p = text.p, *end = text.p + text.n;
    int ok = !json || room;
    for (*line = 1; ok && p < end; (*line)++) {
        const char *eol = memchr(p, '\n', (size_t)(end - p)), *q = eol ? eol : end;
        qn_str one = trim((qn_str){p, (size_t)(q - p)});
        if (one.n) ok = json ? json_line(r, one, room) : text_line(r, one);
        if (!ok) break;
        p = eol ? eol + 1 : end;
    }
    free(room);
    return ok;
}

int qn_phrases_read(qn_phrases_builder *b, const char *file, qn_str text, unsigned *line, char *why,
                    size_t nwhy)
{
    struct reading r = {.b = b, .why = why, .nwhy = nwhy};
    char *copy;
    int ok;
    *line = 0;
    *why = '\0';
    if (text.n >= 3 && memcmp(text.p, "\xEF\xBB\xBF", 3) == 0) text.p += 3, text.n -= 3;
    if (qn_utf8_valid(text.p, text.n) != text.n) {
        const char *bad = text.p + qn_utf8_valid(text.p, text.n), *p;
        for (*line = 1, p = text.p; p < bad; p++)
            *line += *p == '\n';
        return wrong(&r, "not UTF-8");
    }
    if (!ends_in(file, ".csv")) {
        ok = read_lines(&r, text, ends_in(file, ".jsonl") || ends_in(file, ".ndjson"), line);
    } else {
        copy = malloc(text.n + 1); /* fields are unquoted in place */
        if (!copy) return 0;
        if (text.n) memcpy(copy, text.p, text.n);
        ok = read_csv(&r, copy, copy + text.n, line);
        free(copy);
    }
    if (!ok && !*why) *line = 0;
    return ok;
}

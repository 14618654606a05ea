/* SPDX-License-Identifier: MIT */
/* plugins/files/columns.c - see columns.h. */
#include "columns.h"

#include <stdio.h>

#include "text/utf8.h"

static files_cells walk(qn_str row, files_dialect dialect, char *room)
{
    return (files_cells){dialect, row.p, row.p + row.n, room};
}

static size_t count_cells(qn_str row, files_dialect dialect, char *room)
{
    files_cells c = walk(row, dialect, room);
    qn_str cell;
    size_t n = 0;
    while (files_cell(&c, &cell))
        n++;
    return n;
}

/* The names that there are, for a message. */
static void list_names(const files_columns *columns, char *out, size_t size)
{
    size_t i, used = 0;
    for (i = 0; i < columns->n && used + columns->name[i].n + 8 < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s\"%.*s\"", i ? ", " : "",
                                 (int)columns->name[i].n, columns->name[i].p);
    if (i < columns->n) snprintf(out + used, size - used, ", ...");
}

/* Finds text and id among the names; 0 when there is no text. */
static int find_fields(files_columns *columns, const files_fields *f, char *why, size_t size)
{
    size_t i;
    char names[200] = "";
    columns->text = columns->id = columns->n;
    for (i = 0; i < columns->n; i++) {
        if (qn_str_eq(columns->name[i], f->text))
            columns->text = i;
        else if (qn_str_eq(columns->name[i], f->id))
            columns->id = i;
    }
    if (columns->text < columns->n) return 1;
    list_names(columns, names, sizeof names);
    snprintf(why, size,
             "the header has no column \"%s\"; name the column with text_field. It has: %s",
             f->text.p, names);
    return 0;
}

/* 0 when two columns have one name: a record's metadata would keep only one of their cells. */
static int all_differ(const files_columns *columns, char *why, size_t size)
{
    size_t i, k;
    for (i = 1; i < columns->n; i++) {
        const qn_str name = columns->name[i];
        for (k = 0; k < i && !qn_str_eq(columns->name[k], name);)
            k++;
        if (k == i) continue;
        snprintf(why, size,
                 "the header has two columns \"%.*s\", the %zu. and the %zu.; rename one",
                 (int)(name.n < 80 ? name.n : 80), name.p, k + 1, i + 1);
        return 0;
    }
    return 1;
}

/* A column without a name, as spreadsheets and data frames write their row numbers. */
static int name_by_place(qn_batch *b, qn_str *name, size_t place)
{
    char *p = qn_alloc(b, 32);
    if (!p) return 0;
    *name = (qn_str){p, (size_t)snprintf(p, 32, "column %zu", place)};
    return 1;
}

files_columns *files_columns_read(qn_batch *b, qn_str header, files_dialect dialect,
                                  const files_fields *f, char *why, size_t size)
{
    char *copy = qn_alloc(b, header.n + 1), *room = qn_alloc(b, header.n + 1);
    files_columns *columns;
    files_cells c;
    size_t n;
    *why = '\0';
    if (!copy || !room) return NULL;
    memcpy(copy, header.p, header.n);
    header.p = copy;
    n = count_cells(header, dialect, room);
    if (memchr(header.p, '\r', header.n) && !memchr(header.p, '"', header.n))
        snprintf(why, size,
                 "the lines end with CR alone, as on a Mac of old; convert the file "
                 "(tr '\\r' '\\n')");
    else if (qn_utf8_valid(header.p, header.n) < header.n)
        snprintf(why, size, "the header is not UTF-8; convert the file (iconv -t UTF-8)");
    else if (n > FILES_FIELDS)
        snprintf(why, size, "the header has %zu columns, expected at most %d", n, FILES_FIELDS);
    if (*why) return NULL;
    columns = qn_alloc(b, sizeof *columns + n * sizeof *columns->name);
    if (!columns) return NULL;
    *columns = (files_columns){.dialect = dialect};
    c = walk(header, dialect, room);
    while (files_cell(&c, &columns->name[columns->n])) {
        qn_str *name = &columns->name[columns->n++];
        if (!name->n && !name_by_place(b, name, columns->n)) return NULL;
    }
    return all_differ(columns, why, size) && find_fields(columns, f, why, size) ? columns : NULL;
}

static qn_status add_meta(qn_ctx *cx, qn_record *r, qn_str name, qn_str cell)
{
    qn_meta m = {.key = name, .type = QN_T_STR, .u.str = cell};
    size_t good = qn_utf8_valid(cell.p, cell.n);
    if (good < cell.n)
        return cx->host->fail(cx, QN_E_DATA,
                              "the column \"%.*s\" is not UTF-8: byte 0x%02X; convert the file "
                              "(iconv -t UTF-8)",
                              (int)(name.n < 80 ? name.n : 80), name.p,
                              (unsigned char)cell.p[good]);
    return cell.n ? cx->host->set_meta(cx, r, &m) : QN_OK;
}

static qn_status wrong_count(qn_ctx *cx, const files_columns *columns, size_t n)
{
    const qn_str first = n < columns->n ? columns->name[n] : (qn_str){NULL, 0};
    if (!first.n)
        return cx->host->fail(cx, QN_E_DATA,
                              "found %zu cells, expected %zu as in the header; a cell that holds "
                              "the delimiter has to be in quotes",
                              n, columns->n);
    return cx->host->fail(cx, QN_E_DATA,
                          "found %zu cells, expected %zu as in the header: none for \"%.*s\"%s", n,
                          columns->n, (int)(first.n < 80 ? first.n : 80), first.p,
                          columns->n - n > 1 ? " and what follows it" : "");
}

qn_status files_columns_document(qn_ctx *cx, qn_record *r, const files_columns *columns)
{
    char *room = qn_alloc(r->batch, r->text.n);
    files_cells c = walk(r->text, columns->dialect, room);
    qn_str cell, text = {NULL, 0}, id = {NULL, 0};
    qn_status st = QN_OK;
    size_t i, n;
    if (!room) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    n = count_cells(r->text, columns->dialect, room);
    if (n != columns->n) return wrong_count(cx, columns, n);
    for (i = 0; st == QN_OK && files_cell(&c, &cell); i++) {
        if (i == columns->text)
            text = cell;
        else if (i == columns->id && qn_utf8_valid(cell.p, cell.n) == cell.n)
            id = cell;
        else
            st = add_meta(cx, r, columns->name[i], cell);
    }
    if (st != QN_OK) return st;
    r->text = text;
    r->id = id.n ? id : r->place;
    return QN_OK;
}

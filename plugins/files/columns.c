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

/* Finds text and id among the names; 0 when there is not just one text. */
static int find_fields(files_columns *columns, const files_fields *f, char *why, size_t size)
{
    size_t i, texts = 0;
    char names[200] = "";
    columns->id = columns->n;
    for (i = columns->n; i-- > 0;) {
        if (qn_str_eq(columns->name[i], f->text)) {
            columns->text = i;
            texts++;
        } else if (qn_str_eq(columns->name[i], f->id)) {
            columns->id = i;
        }
    }
    if (texts == 1) return 1;
    list_names(columns, names, sizeof names);
    if (texts)
        snprintf(why, size, "the header has %zu columns \"%s\", expected one", texts, f->text.p);
    else
        snprintf(why, size,
                 "the header has no column \"%s\"; name the column with text_field. It has: %s",
                 f->text.p, names);
    return 0;
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
    if (qn_utf8_valid(header.p, header.n) < header.n)
        snprintf(why, size, "the header is not UTF-8; convert the file (iconv -t UTF-8)");
    else if (n > FILES_FIELDS)
        snprintf(why, size, "the header has %zu columns, expected at most %d", n, FILES_FIELDS);
    if (*why) return NULL;
    columns = qn_alloc(b, sizeof *columns + n * sizeof *columns->name);
    if (!columns) return NULL;
    *columns = (files_columns){.dialect = dialect};
    c = walk(header, dialect, room);
    while (files_cell(&c, &columns->name[columns->n]))
        columns->n++;
    return find_fields(columns, f, why, size) ? columns : NULL;
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

qn_status files_columns_document(qn_ctx *cx, qn_record *r, const files_columns *columns)
{
    char *room = qn_alloc(r->batch, r->text.n);
    files_cells c = walk(r->text, columns->dialect, room);
    qn_str cell, text = {NULL, 0}, id = {NULL, 0};
    qn_status st = QN_OK;
    size_t i, n;
    if (!room) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    n = count_cells(r->text, columns->dialect, room);
    if (n != columns->n)
        return cx->host->fail(cx, QN_E_DATA, "found %zu cells, expected %zu as in the header", n,
                              columns->n);
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

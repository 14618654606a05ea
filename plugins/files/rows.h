/* SPDX-License-Identifier: MIT */
/* plugins/files/rows.h - a table as text, cut into rows and rows into cells: CSV (RFC 4180, a line
 * end in quotes does not end the row) and TSV as the table sink writes it (no quotes; \t, \n, \r
 * and \\ stand for what they name). */
#ifndef QUERN_FILES_ROWS_H
#define QUERN_FILES_ROWS_H
#include "reader.h"

typedef struct files_dialect {
    char delimiter;
    int quotes; /* 1: CSV; 0: TSV */
} files_dialect;

/* Cuts what r reads. Rows are numbered by the line they begin on: r->line. */
typedef struct files_rows {
    files_reader *r;
    files_dialect dialect;
    const char *why; /* after FILES_WRONG */
    uint64_t lines;  /* begun before what r holds */
    uint64_t taken;  /* bytes before what r holds */
    /* Behind a row whose quotes are wrong, up to where that was seen, a cell must end on its line:
     * so each byte is looked at twice at most, whatever the quotes. */
    uint64_t careful;
} files_rows;

/* Starts behind the start of r, and learns the delimiter of a CSV file: a line "sep=X" says it,
 * else the one of , ; tab | that the first line has most of. */
files_got files_rows_start(files_rows *s, files_reader *r, int tsv);

/* The next row that is not empty, without its line end. FILES_LONG: passed over, longer than
 * r->max. FILES_WRONG: its first line was passed over. */
files_got files_rows_next(files_rows *s, qn_str *row);

/* A walk over the cells of a row. */
typedef struct files_cells {
    files_dialect dialect;
    const char *p, *end; /* p is NULL behind the last cell */
    char *room;          /* as many bytes as the row, for cells that are not as they stand */
} files_cells;

/* The next cell, unquoted; 0 when there is none. */
int files_cell(files_cells *c, qn_str *out);
#endif

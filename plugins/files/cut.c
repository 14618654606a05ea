/* SPDX-License-Identifier: MIT */
/* plugins/files/cut.c - files of many documents, cut in read() into pieces (lines, rows, records of
 * an archive), which process() parses. What is wrong with a piece fails that piece. */
#include "files.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static qn_status no_memory(qn_ctx *cx)
{
    return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

void files_cut_end(files_state *s)
{
    if (!s->cut.path) return;
    files_input_close(s->lane.reader.in);
    free(s->cut.path);
    free(s->cut.header);
    s->past += s->cut.size;
    s->cut = (files_cut){.path = NULL};
}

/* ---- tables --------------------------------------------------------------------------------- */

/* The columns in memory of the batch. */
static qn_status read_columns(qn_ctx *cx, qn_batch *b, char *why, size_t size)
{
    files_state *s = cx->state;
    files_cut *cut = &s->cut;
    if (cut->columns_seq == b->seq + 1) return QN_OK;
    cut->columns = files_columns_read(b, (qn_str){cut->header, cut->header_n}, cut->rows.dialect,
                                      &s->fields, why, size);
    cut->columns_seq = b->seq + 1;
    return cut->columns ? QN_OK : *why ? QN_E_DATA : no_memory(cx);
}

/* Takes the header line, with which all rows that follow stand or fall. */
static qn_status start_table(qn_ctx *cx, qn_batch *b)
{
    files_state *s = cx->state;
    files_cut *cut = &s->cut;
    char why[400] = "the header line is not what it should be";
    qn_str header = {NULL, 0};
    qn_status st = QN_E_DATA;
    files_got got = files_rows_start(&cut->rows, &s->lane.reader, cut->format == FILES_TSV);
    if (got == FILES_DATA) got = files_rows_next(&cut->rows, &header);
    if (got == FILES_NO_MEMORY) return no_memory(cx);
    if (got == FILES_END) {
        files_cut_end(s);
        return QN_OK;
    }
    if (got == FILES_DATA) {
        cut->header = malloc(header.n);
        if (!cut->header) return no_memory(cx);
        memcpy(cut->header, header.p, header.n);
        cut->header_n = header.n;
        st = read_columns(cx, b, why, sizeof why);
    } else if (got == FILES_WRONG) {
        snprintf(why, sizeof why, "%s", cut->rows.why);
    } else if (got == FILES_BROKEN) {
        snprintf(why, sizeof why, "%s", files_input_why(s->lane.reader.in));
    }
    if (st != QN_E_DATA) return st;
    st = files_add_failed(cx, b, cut->path, got == FILES_BROKEN ? 0 : s->lane.reader.line,
                          got == FILES_BROKEN ? QN_E_IO : QN_E_DATA, why);
    files_cut_end(s);
    return st;
}

/* ---- pieces --------------------------------------------------------------------------------- */

qn_status files_cut_start(qn_ctx *cx, qn_batch *b, const files_found *file, files_format format)
{
    files_state *s = cx->state;
    s->cut = (files_cut){.format = format, .size = file->size, .path = strdup(file->path)};
    if (!s->cut.path) return no_memory(cx);
    if (format == FILES_WARC) files_warc_start(&s->cut.warc, &s->lane.reader);
    return format == FILES_CSV || format == FILES_TSV ? start_table(cx, b) : QN_OK;
}

static files_got next_piece(qn_ctx *cx, qn_str *piece, uint64_t *number)
{
    files_state *s = cx->state;
    files_reader *reader = &s->lane.reader;
    files_got got;
    if (s->cut.format == FILES_WARC) {
        uint64_t passed = s->cut.warc.passed;
        got = files_warc_next(&s->cut.warc, piece);
        qn_count(cx, FILES_PASSED, s->cut.warc.passed - passed);
        *number = s->cut.warc.number;
        return got;
    }
    got = s->cut.format == FILES_JSONL ? files_reader_line(reader, piece)
                                       : files_rows_next(&s->cut.rows, piece);
    *number = reader->line;
    return got;
}

static qn_status add_piece(qn_ctx *cx, qn_batch *b, qn_str piece, uint64_t number)
{
    files_state *s = cx->state;
    files_origin origin = {s->cut.format, s->cut.path, NULL};
    char why[400], *copy;
    qn_record *r;
    if (s->cut.header && read_columns(cx, b, why, sizeof why) != QN_OK) return no_memory(cx);
    origin.columns = s->cut.columns;
    r = files_add(cx, b, origin, number);
    copy = r ? qn_alloc(b, piece.n) : NULL;
    if (!copy) return no_memory(cx);
    memcpy(copy, piece.p, piece.n);
    r->text = (qn_str){copy, piece.n};
    r->flags |= QN_REC_BYTES;
    b->bytes += piece.n;
    return QN_OK;
}

static qn_status add_long(qn_ctx *cx, qn_batch *b, uint64_t number)
{
    files_state *s = cx->state;
    char why[200];
    if (s->cut.format == FILES_WARC)
        snprintf(why, sizeof why, "%s", s->cut.warc.why);
    else
        snprintf(why, sizeof why,
                 "a line of %" PRIu64
                 " bytes, longer than max_size = %zu; raise max_size to read it",
                 s->lane.reader.length, s->lane.reader.max);
    return files_add_failed(cx, b, s->cut.path, number, QN_E_DATA, why);
}

qn_status files_cut_next(qn_ctx *cx, qn_batch *b)
{
    files_state *s = cx->state;
    qn_status st = QN_OK;
    uint64_t number = 0;
    qn_str piece;
    switch (next_piece(cx, &piece, &number)) {
    case FILES_DATA:
        return add_piece(cx, b, piece, number);
    case FILES_LONG:
        return add_long(cx, b, number);
    case FILES_WRONG:
        return files_add_failed(cx, b, s->cut.path, number, QN_E_DATA,
                                s->cut.format == FILES_WARC ? s->cut.warc.why : s->cut.rows.why);
    case FILES_NO_MEMORY:
        return no_memory(cx);
    case FILES_BROKEN: /* what came before it has been handed out */
        if (cx->host->stopping(cx)) return QN_END;
        st = files_add_failed(cx, b, s->cut.path, 0, QN_E_IO, files_input_why(s->lane.reader.in));
        break;
    case FILES_END:
        break;
    }
    files_cut_end(s);
    return st;
}

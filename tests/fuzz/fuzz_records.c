/* SPDX-License-Identifier: MIT */
/* tests/fuzz/fuzz_records.c - any bytes as a table and as a web archive: the pieces lie in the
 * input in order, quotes come back out of cells as a simple reader sees them, and every walk ends.
 * Build: see tests/fuzz/README.md. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "files/rows.h"
#include "files/warc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int ok)
{
    if (!ok) abort();
}

/* What a quoted or plain cell holds, byte by byte; the place behind it. */
static size_t simple_cell(qn_str row, size_t i, char delimiter, char *out, size_t *n)
{
    int quoted = i < row.n && row.p[i] == '"';
    *n = 0;
    if (quoted) {
        for (i++; i < row.n; i++) {
            if (row.p[i] == '"' && (i + 1 == row.n || row.p[i + 1] != '"')) break;
            i += row.p[i] == '"';
            out[(*n)++] = row.p[i];
        }
        i++;
    }
    while (i < row.n && row.p[i] != delimiter) {
        if (!quoted) out[(*n)++] = row.p[i];
        i++;
    }
    return i;
}

static void check_row(const files_rows *s, qn_str row)
{
    char *room = malloc(row.n + 1), *want = malloc(row.n + 1);
    files_cells c = {s->dialect, row.p, row.p + row.n, room};
    size_t i = 0, n;
    qn_str cell;
    must(room && want);
    while (files_cell(&c, &cell)) {
        must(c.room <= room + row.n);
        if (!s->dialect.quotes) continue;
        must(i <= row.n);
        i = simple_cell(row, i, s->dialect.delimiter, want, &n) + 1;
        must(qn_str_eq(cell, (qn_str){want, n}));
    }
    must(!s->dialect.quotes || i == row.n + 1);
    free(room);
    free(want);
}

static void check_table(files_reader *r, int tsv, size_t size)
{
    files_rows s;
    files_got got = files_rows_start(&s, r, tsv);
    size_t pieces = 0;
    uint64_t line = 0;
    while (got == FILES_DATA || got == FILES_WRONG || got == FILES_LONG) {
        qn_str row;
        got = files_rows_next(&s, &row);
        must(got == FILES_END || got == FILES_BROKEN || r->line > line);
        line = r->line;
        must(++pieces <= size + 2);
        if (got == FILES_DATA) check_row(&s, row);
    }
    must(got == FILES_END);
}

static void check_archive(files_reader *r, const char *p, size_t size)
{
    files_warc s;
    files_got got = FILES_DATA;
    size_t at = 0, pieces = 0;
    files_warc_start(&s, r);
    while (got == FILES_DATA || got == FILES_WRONG || got == FILES_LONG) {
        qn_str record;
        got = files_warc_next(&s, &record);
        must(++pieces <= size + 2);
        must(s.at <= size);
        if (got != FILES_DATA) continue;
        must(s.at >= record.n && s.at - record.n >= at);
        must(memcmp(p + s.at - record.n, record.p, record.n) == 0);
        must(files_head(record.p, record.n) > 0);
        at = s.at;
    }
    must(got == FILES_END);
}

/* Packed input is fuzz_lines' business. */
static int packed(const uint8_t *p)
{
    return p[0] == 0x1f || p[0] == 0x28 || (p[0] & 0xf0) == 0x50;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[40];
    files_reader r = {.in = NULL};
    int fd;
    if (size < 3 || packed(data + 2)) return 0;
    r.in = files_input_new(500, NULL, NULL);
    r.max = data[1] < 200 ? data[1] : 1 << 20;
    fd = memfd_create("fuzz", 0);
    must(fd >= 0 && r.in && write(fd, data + 2, size - 2) == (ssize_t)(size - 2));
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (files_input_open(r.in, path) == 0) {
        files_reader_start(&r);
        if (data[0] % 3 < 2)
            check_table(&r, data[0] % 3, size);
        else
            check_archive(&r, (const char *)data + 2, size - 2);
    }
    close(fd);
    files_input_free(r.in);
    files_reader_free(&r);
    return 0;
}

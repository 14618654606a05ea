/* SPDX-License-Identifier: MIT */
/* plugins/files/reader.h - an input cut into lines, or taken whole, through one buffer that never
 * holds much more than the longest line allowed. */
#ifndef QUERN_FILES_READER_H
#define QUERN_FILES_READER_H
#include "input.h"

typedef struct files_reader {
    files_input *in;
    size_t max;      /* longest line or document, in bytes */
    uint64_t line;   /* number of the line handed out last, from 1 */
    uint64_t length; /* of a line that was too long */
    char *buf;
    size_t beg, end, cap; /* buf[beg, end) was read and not handed out */
    int ended;            /* nothing more comes from the input */
} files_reader;

typedef enum files_got {
    FILES_DATA = 1, /* *out is set; valid until the next call */
    FILES_END,      /* nothing more */
    FILES_LONG,     /* passed over: longer than max; `length` says how long */
    FILES_BROKEN,   /* files_input_why(r->in) says what */
    FILES_WRONG,    /* passed over: not what it should be; whoever cuts it says why */
    FILES_NO_MEMORY
} files_got;

/* Starts at the beginning of what r->in has open. r->in and r->max are the caller's to set. */
void files_reader_start(files_reader *r);
void files_reader_free(files_reader *r);

/* The next line that is not blank, without its line end; a byte order mark before the first line
 * is passed over. After FILES_LONG the next call goes on behind it. */
files_got files_reader_line(files_reader *r, qn_str *out);

/* The first line that is not blank, at the start of the input, without taking it; *whole is 0 when
 * it goes on behind what is shown. FILES_END when the input is empty. */
files_got files_reader_peek(files_reader *r, qn_str *out, int *whole);

/* All that is left, as one piece. */
files_got files_reader_all(files_reader *r, qn_str *out);

/* For formats that are cut by other rules than lines (rows.c, warc.c): what has been read and not
 * taken; more behind it (FILES_END: there is none); and taking n bytes of it. What is seen moves
 * when more is read. */
static inline qn_str files_reader_held(const files_reader *r)
{
    return (qn_str){r->buf ? r->buf + r->beg : NULL, r->end - r->beg};
}
files_got files_reader_more(files_reader *r);
static inline void files_reader_take(files_reader *r, size_t n)
{
    r->beg += n;
}
/* Passes over all up to and with the next line end, or n bytes, without holding them; `length` says
 * how many. FILES_END: the input ended before. */
files_got files_reader_pass_line(files_reader *r);
files_got files_reader_pass(files_reader *r, uint64_t n);
#endif

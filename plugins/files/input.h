/* SPDX-License-Identifier: MIT */
/* plugins/files/input.h - a file, a pipe or standard input as plain bytes: gzip and zstd, known
 * by their first bytes and not by the name, are unpacked on the way, member after member. What is
 * wrong with them is put into words with its place in the file. */
#ifndef QUERN_FILES_INPUT_H
#define QUERN_FILES_INPUT_H
#include <quern/base.h>

typedef struct files_input files_input;

/* Asked while a read waits and between reads: 1 ends it early. May be NULL. */
typedef int (*files_stop)(void *arg);

/* Buffers and unpacker, used for one file after another; NULL when out of memory. max_ratio: what
 * packed data may grow by beyond the first MiB. */
files_input *files_input_new(uint64_t max_ratio, files_stop stop, void *arg);
void files_input_free(files_input *in);

/* Opens a file for reading; "-" is standard input. 0, or -1 with the reason in
 * files_input_why. */
int files_input_open(files_input *in, const char *path);
void files_input_close(files_input *in);

/* The next bytes, at most n: how many; 0 at the end; -1 after a failure, when all that could be
 * had before it was handed out. */
long files_input_read(files_input *in, char *buf, size_t n);

/* 1 when the open file can be opened again from its start (it is not a pipe or terminal). */
int files_input_regular(const files_input *in);
/* Bytes of the open file used up so far, as stored. */
uint64_t files_input_used(const files_input *in);
/* What failed, for a message that names the file elsewhere. */
const char *files_input_why(const files_input *in);
#endif

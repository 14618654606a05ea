/* SPDX-License-Identifier: MIT */
/* core/out.h - floor 1: output files that are seen whole or not at all. A file is written under a
 * temporary name in its own folder and renamed by qn_out_keep; anything else (standard output,
 * a device, a pipe) is written directly. */
#ifndef QUERN_OUT_H
#define QUERN_OUT_H
#include <quern/host.h>

/* Opens path ("-": standard output). A symbolic link keeps its place: its target is replaced.
 * With `dry` nothing is created: it is only found out whether it could be, and the object takes
 * no bytes. On failure NULL and a message in why[nwhy]. */
qn_out *qn_out_open(const char *path, int dry, char *why, size_t nwhy);
/* All bytes or an error: QN_E_IO with why; QN_E_CANCELLED when the reader of a pipe has gone.
 * After an error every further write fails too. One thread at a time. */
qn_status qn_out_write(qn_out *, qn_str bytes, char *why, size_t nwhy);
/* Puts the file in its place. QN_E_IO with why; the temporary file is then removed. */
qn_status qn_out_keep(qn_out *, char *why, size_t nwhy);
/* Frees; a file that was not kept is removed. */
void qn_out_free(qn_out *);

const char *qn_out_path(const qn_out *);
uint64_t qn_out_bytes(const qn_out *);
#endif

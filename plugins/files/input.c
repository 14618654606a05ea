/* SPDX-License-Identifier: MIT */
/* plugins/files/input.c - see input.h. unpack.c checks each member by itself; what lies between and
 * behind members, and how far they grow, is checked here. */
#include "input.h"

#include "unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    CHUNK = 128 * 1024, /* compressed bytes held, and first look at a plain file */
    WAIT_MS = 100,      /* how often a read that waits for a pipe asks whether to stop */
    FREE_GROWTH = 1 << 20
};

struct files_input {
    uint64_t max_ratio;
    files_stop stop;
    void *stop_arg;
    int fd;
    int regular;
    int eof;    /* read(2) said so */
    int broken; /* why is set: to be told after what came before */
    files_packing packing;
    int inside; /* a member of it has begun and not ended */
    files_unpacker *unpacker;
    uint64_t in_total, out_total; /* bytes of the file used up, and what they made */
    unsigned members;
    size_t beg, end; /* what of chunk is not used up yet */
    unsigned char chunk[CHUNK];
    char why[320];
};

static QN_PRINTF(2, 3) long broken(files_input *in, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(in->why, sizeof in->why, fmt, ap);
    va_end(ap);
    in->broken = 1;
    return -1;
}

const char *files_input_why(const files_input *in)
{
    return in->why;
}

uint64_t files_input_used(const files_input *in)
{
    return in->in_total;
}

int files_input_regular(const files_input *in)
{
    return in->regular;
}

files_input *files_input_new(uint64_t max_ratio, files_stop stop, void *arg)
{
    files_input *in = calloc(1, sizeof *in);
    if (!in) return NULL;
    in->fd = -1;
    in->max_ratio = max_ratio;
    in->stop = stop;
    in->stop_arg = arg;
    in->unpacker = files_unpacker_new();
    if (!in->unpacker) {
        free(in);
        return NULL;
    }
    return in;
}

void files_input_free(files_input *in)
{
    if (!in) return;
    files_input_close(in);
    files_unpacker_free(in->unpacker);
    free(in);
}

void files_input_close(files_input *in)
{
    if (in->fd > STDIN_FILENO) close(in->fd);
    in->fd = -1;
}

/* A pipe may keep silent for ever; wait in small steps, so that a cancelled run can end. */
static int wait_readable(const files_input *in)
{
    struct pollfd p = {.fd = in->fd, .events = POLLIN};
    while (!in->stop || !in->stop(in->stop_arg)) {
        int n = poll(&p, 1, WAIT_MS);
        if (n > 0 || (n < 0 && errno != EINTR && errno != EAGAIN)) return 1;
    }
    return 0;
}

static long read_some(files_input *in, void *buf, size_t n)
{
    for (;;) {
        ssize_t got;
        if (!in->regular && !wait_readable(in)) return broken(in, "reading was cancelled");
        got = read(in->fd, buf, n);
        if (got >= 0) {
            in->eof = got == 0;
            return (long)got;
        }
        if (errno != EINTR && errno != EAGAIN)
            return broken(in, "cannot be read: %s", strerror(errno));
    }
}

/* More bytes behind those in the chunk, which move to its start. 1 when there are. */
static int more(files_input *in)
{
    long got;
    memmove(in->chunk, in->chunk + in->beg, in->end - in->beg);
    in->end -= in->beg;
    in->beg = 0;
    if (in->eof || in->end == CHUNK) return 0;
    got = read_some(in, in->chunk + in->end, CHUNK - in->end);
    if (got <= 0) return 0;
    in->end += (size_t)got;
    return 1;
}

/* What the next member is packed with; FILES_PLAIN: there is none. */
static files_packing next_packing(files_input *in)
{
    while (in->end - in->beg < FILES_MAGIC && more(in))
        ;
    return files_packed(in->chunk + in->beg, in->end - in->beg);
}

static files_packing packing_of_name(const char *path)
{
    static const files_packing named[] = {FILES_GZIP, FILES_ZSTD};
    size_t n = strlen(path), i;
    for (i = 0; i < sizeof named / sizeof *named; i++) {
        const char *suffix = files_packing_suffix(named[i]);
        size_t k = strlen(suffix);
        if (n > k && memcmp(path + n - k, suffix, k) == 0) return named[i];
    }
    return FILES_PLAIN;
}

/* Packed formats that quern does not unpack, which would else be met as broken text. */
static const char *foreign(const files_input *in)
{
    static const struct {
        const char *bytes, *name;
        size_t n;
    } known[] = {{"\xfd\x37zXZ", "xz", 5}, {"PK\x03\x04", "zip", 4}, {"BZh", "bzip2", 3}};
    size_t i;
    for (i = 0; i < sizeof known / sizeof *known; i++)
        if (in->end >= known[i].n && memcmp(in->chunk, known[i].bytes, known[i].n) == 0)
            return known[i].name;
    return NULL;
}

/* Decides by the first bytes what the file is. */
static int look(files_input *in, const char *path)
{
    const files_packing named = packing_of_name(path);
    const char *other;
    in->packing = next_packing(in);
    while (in->end < 8 && more(in))
        ;
    if (in->broken) return -1;
    if (!files_packing_known(in->packing))
        return (int)broken(in,
                           "is %s data, which this quern was built without: build it with "
                           "libzstd-dev installed, or unpack it first",
                           files_packing_name(in->packing));
    if (in->packing != FILES_PLAIN) return 0;
    if (named != FILES_PLAIN)
        return (int)broken(in,
                           "is named %s but is not %s: found %s, expected its magic number at the "
                           "start; rename it if it is plain text",
                           files_packing_suffix(named), files_packing_name(named),
                           in->end ? "other bytes" : "an empty file");
    other = foreign(in);
    if (other)
        return (int)broken(
            in, "is %s data; quern reads plain files, gzip and zstd: unpack it first", other);
    return 0;
}

int files_input_open(files_input *in, const char *path)
{
    struct stat st;
    files_input_close(in);
    in->packing = FILES_PLAIN;
    in->inside = 0;
    in->eof = in->broken = 0;
    in->beg = in->end = 0;
    in->in_total = in->out_total = 0;
    in->members = 0;
    in->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (in->fd < 0 || fstat(in->fd, &st) != 0)
        return (int)broken(in, "cannot be opened: %s", strerror(errno));
    in->regular = S_ISREG(st.st_mode) && in->fd != STDIN_FILENO;
    return look(in, path);
}

/* ---- packed data ---------------------------------------------------------------------------- */

static int grows_too_much(const files_input *in)
{
    return in->out_total > FREE_GROWTH &&
           in->out_total - FREE_GROWTH > in->in_total * in->max_ratio;
}

static long damaged(files_input *in, const char *why)
{
    return broken(in,
                  "%s data is damaged behind byte %" PRIu64 " of the file (byte %" PRIu64
                  " unpacked), in member %u: %s; get the file again",
                  files_packing_name(in->packing), in->in_total, in->out_total, in->members, why);
}

static long cut_off(files_input *in)
{
    return broken(in,
                  "%s data is cut off: the file ends behind byte %" PRIu64 " (byte %" PRIu64
                  " unpacked), inside member %u; get the file again",
                  files_packing_name(in->packing), in->in_total, in->out_total, in->members);
}

static long bomb(files_input *in)
{
    return broken(in,
                  "%s data grows too much: %" PRIu64 " bytes from %" PRIu64
                  ", expected at most max_ratio = %" PRIu64
                  " for one; raise max_ratio if the file is to be trusted",
                  files_packing_name(in->packing), in->out_total, in->in_total, in->max_ratio);
}

/* One step of the unpacker; bytes may have come out when it fails, and count. */
static void unpack_step(files_input *in, char **out, const char *out_end)
{
    const unsigned char *from = in->chunk + in->beg;
    const char *before = *out, *why = NULL;
    files_unpacked got =
        files_unpacker_step(in->unpacker, &from, in->chunk + in->end, out, out_end, &why);
    in->in_total += (size_t)(from - in->chunk) - in->beg;
    in->out_total += (size_t)(*out - before);
    in->beg = (size_t)(from - in->chunk);
    in->inside = got != FILES_ENDED;
    if (got == FILES_DAMAGED) damaged(in, why);
    if (got == FILES_UNPACK_NO_MEMORY) broken(in, "out of memory while unpacking");
}

/* Bytes from the current member; 0 when it has ended, or failed, without any. The unpacker may
 * hold bytes back for want of room, so it is asked before more is read. */
static long unpack_some(files_input *in, char *buf, size_t n)
{
    char *out = buf;
    while (out == buf && in->inside && !in->broken) {
        size_t had = in->end - in->beg;
        unpack_step(in, &out, buf + n);
        if (out != buf || !in->inside || in->broken || in->end - in->beg < had) continue;
        if (!more(in)) return in->broken ? -1 : cut_off(in);
    }
    return grows_too_much(in) ? bomb(in) : (long)(out - buf);
}

/* Behind a member: another one (1), or nothing but zeros (0), or what should not be there (-1). */
static int next_member(files_input *in)
{
    files_packing next = next_packing(in);
    if (in->broken) return -1;
    if (next == in->packing) {
        if (!files_unpacker_start(in->unpacker, next))
            return (int)broken(in, "out of memory while unpacking");
        in->members++;
        in->inside = 1;
        return 1;
    }
    do {
        for (; in->beg < in->end; in->beg++, in->in_total++)
            if (in->chunk[in->beg] != 0)
                return (int)broken(in,
                                   "junk behind the %s data at byte %" PRIu64
                                   " of the file: found byte 0x%02x, expected another member, "
                                   "zeros or the end",
                                   files_packing_name(in->packing), in->in_total + 1,
                                   in->chunk[in->beg]);
    } while (more(in));
    return in->broken ? -1 : 0;
}

static long read_plain(files_input *in, char *buf, size_t n)
{
    long got = (long)(in->end - in->beg < n ? in->end - in->beg : n);
    if (in->beg < in->end) {
        memcpy(buf, in->chunk + in->beg, (size_t)got);
        in->beg += (size_t)got;
    } else {
        got = in->eof ? 0 : read_some(in, buf, n);
    }
    if (got > 0) in->in_total += (uint64_t)got;
    return got;
}

long files_input_read(files_input *in, char *buf, size_t n)
{
    if (in->broken) return -1;
    if (in->packing == FILES_PLAIN) return read_plain(in, buf, n);
    for (;;) {
        long got;
        if (!in->inside) {
            int next = next_member(in);
            if (next <= 0) return next;
        }
        got = unpack_some(in, buf, n);
        if (got != 0) return got;
        if (in->broken) return -1;
    }
}

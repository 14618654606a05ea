/* SPDX-License-Identifier: MIT */
/* plugins/files/input.c - see input.h. zlib checks each member's CRC and length; what lies between
 * and behind members, and how far they grow, is checked here. */
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum {
    CHUNK = 128 * 1024, /* compressed bytes held, and first look at a plain file */
    WAIT_MS = 100,      /* how often a read that waits for a pipe asks whether to stop */
    FREE_GROWTH = 1 << 20
};

enum kind { PLAIN, GZIP_MEMBER, GZIP_BETWEEN };

struct files_input {
    uint64_t max_ratio;
    files_stop stop;
    void *stop_arg;
    int fd;
    int regular;
    int eof;    /* read(2) said so */
    int broken; /* why is set: to be told after what came before */
    enum kind kind;
    z_stream z;
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
    if (inflateInit2(&in->z, 15 + 16) != Z_OK) {
        free(in);
        return NULL;
    }
    return in;
}

void files_input_free(files_input *in)
{
    if (!in) return;
    files_input_close(in);
    inflateEnd(&in->z);
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

static int is_gzip(const files_input *in)
{
    const unsigned char *p = in->chunk + in->beg;
    return in->end - in->beg >= 2 && p[0] == 0x1f && p[1] == 0x8b;
}

static int named_gz(const char *path)
{
    size_t n = strlen(path);
    return n > 3 && memcmp(path + n - 3, ".gz", 3) == 0;
}

/* Packed formats that quern does not unpack, which would else be met as broken text. */
static const char *foreign(const files_input *in)
{
    static const struct {
        const char *bytes, *name;
        size_t n;
    } known[] = {{"\x28\xb5\x2f\xfd", "zstd", 4},
                 {"\xfd"
                  "7zXZ",
                  "xz", 5},
                 {"PK\x03\x04", "zip", 4},
                 {"BZh", "bzip2", 3}};
    size_t i;
    for (i = 0; i < sizeof known / sizeof *known; i++)
        if (in->end >= known[i].n && memcmp(in->chunk, known[i].bytes, known[i].n) == 0)
            return known[i].name;
    return NULL;
}

/* Decides by the first bytes what the file is. */
static int look(files_input *in, const char *path)
{
    while (in->end < 8 && more(in))
        ;
    if (in->broken) return -1;
    if (is_gzip(in)) {
        in->kind = GZIP_BETWEEN;
        return 0;
    }
    if (named_gz(path))
        return (int)broken(in,
                           "is named .gz but is not gzip: found %s, expected the bytes 1f 8b at "
                           "the start; rename it if it is plain text",
                           in->end ? "other bytes" : "an empty file");
    if (foreign(in))
        return (int)broken(in, "is %s data; quern reads plain files and gzip: unpack it first",
                           foreign(in));
    return 0;
}

int files_input_open(files_input *in, const char *path)
{
    struct stat st;
    files_input_close(in);
    in->kind = PLAIN;
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

/* ---- gzip ----------------------------------------------------------------------------------- */

static int grows_too_much(const files_input *in)
{
    return in->out_total > FREE_GROWTH &&
           in->out_total - FREE_GROWTH > in->in_total * in->max_ratio;
}

static long inflate_failed(files_input *in, int code)
{
    const char *msg = in->z.msg ? in->z.msg : "no reason given";
    if (code == Z_MEM_ERROR) return broken(in, "out of memory while inflating");
    if (strcmp(msg, "incorrect data check") == 0)
        msg = "the data does not have the checksum (CRC-32) it should have";
    else if (strcmp(msg, "incorrect length check") == 0)
        msg = "the data does not have the length it should have";
    return broken(in,
                  "gzip data is damaged behind byte %" PRIu64 " of the file (byte %" PRIu64
                  " inflated), in member %u: %s; get the file again",
                  in->in_total, in->out_total, in->members, msg);
}

static long cut_off(files_input *in)
{
    return broken(in,
                  "gzip data is cut off: the file ends behind byte %" PRIu64 " (byte %" PRIu64
                  " inflated), inside member %u; get the file again",
                  in->in_total, in->out_total, in->members);
}

/* Bytes from the current member; 0 when it has ended without any. */
static long inflate_some(files_input *in, char *buf, size_t n)
{
    z_stream *z = &in->z;
    const size_t ask = n < (1u << 30) ? n : 1u << 30;
    z->next_out = (unsigned char *)buf;
    z->avail_out = (uInt)ask;
    while (z->avail_out == ask) {
        int code;
        if (in->beg == in->end && !more(in)) return in->broken ? -1 : cut_off(in);
        z->next_in = in->chunk + in->beg;
        z->avail_in = (uInt)(in->end - in->beg);
        code = inflate(z, Z_NO_FLUSH);
        in->in_total += in->end - in->beg - z->avail_in;
        in->out_total += ask - z->avail_out;
        in->beg = in->end - z->avail_in;
        if (code == Z_STREAM_END) {
            in->kind = GZIP_BETWEEN;
            break;
        }
        if (code != Z_OK && code != Z_BUF_ERROR) {
            inflate_failed(in, code);
            break;
        }
    }
    if (grows_too_much(in))
        return broken(in,
                      "gzip data grows too much: %" PRIu64 " bytes from %" PRIu64
                      ", expected at most max_ratio = %" PRIu64
                      " for one; raise max_ratio if the file is to be trusted",
                      in->out_total, in->in_total, in->max_ratio);
    return (long)(ask - z->avail_out);
}

/* Behind a member: another one (1), or nothing but zeros (0), or what should not be there (-1). */
static int next_member(files_input *in)
{
    while (in->end - in->beg < 2 && more(in))
        ;
    if (in->broken) return -1;
    if (is_gzip(in)) {
        inflateReset(&in->z);
        in->members++;
        in->kind = GZIP_MEMBER;
        return 1;
    }
    do {
        for (; in->beg < in->end; in->beg++, in->in_total++)
            if (in->chunk[in->beg] != 0)
                return (int)broken(in,
                                   "junk behind the gzip data at byte %" PRIu64
                                   " of the file: found byte 0x%02x, expected another gzip "
                                   "member, zeros or the end",
                                   in->in_total + 1, in->chunk[in->beg]);
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
    if (in->kind == PLAIN) return read_plain(in, buf, n);
    for (;;) {
        long got;
        if (in->kind == GZIP_BETWEEN) {
            int next = next_member(in);
            if (next <= 0) return next;
        }
        got = inflate_some(in, buf, n);
        if (got != 0) return got;
        if (in->broken) return -1;
    }
}

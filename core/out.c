/* SPDX-License-Identifier: MIT */
/* core/out.c - see out.h. */
#include "out.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct qn_out {
    int fd;
    int failed;  /* a write failed: the rest would be out of place */
    char *path;  /* as the operator wrote it */
    char *final; /* where it goes: links resolved; NULL = written directly */
    char *temp;
    uint64_t bytes;
};

static qn_status say(char *why, size_t n, const char *what, const char *path, int err)
{
    snprintf(why, n, "cannot %s '%s': %s", what, path, strerror(err));
    return QN_E_IO;
}

/* The file that a path stands for: the target of a link, or the path itself when nothing is
 * there yet. NULL when out of memory. */
static char *target_of(const char *path)
{
    char *real = realpath(path, NULL);
    return real ? real : strdup(path);
}

/* 1: a regular file, or nothing yet; 0: something that can only be written directly. */
static int replaceable(const char *path)
{
    struct stat st;
    return stat(path, &st) != 0 || S_ISREG(st.st_mode);
}

/* "dir/name" -> "dir/.name.quern-PID": hidden from globs that read results. */
static char *temp_name(const char *final)
{
    const char *slash = strrchr(final, '/');
    const char *name = slash ? slash + 1 : final;
    int dir = (int)(name - final);
    char *temp = NULL;
    if (asprintf(&temp, "%.*s.%s.quern-%ld", dir, final, name, (long)getpid()) < 0) return NULL;
    return temp;
}

static int open_temp(qn_out *out)
{
    struct stat st;
    out->temp = temp_name(out->final);
    if (!out->temp) {
        errno = ENOMEM;
        return -1;
    }
    /* Left by a run with the same number that was killed: nobody else's. */
    unlink(out->temp);
    out->fd = open(out->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (out->fd >= 0 && stat(out->final, &st) == 0)
        (void)!fchmod(out->fd, st.st_mode & 07777); /* keeps who may read it; else the default */
    return out->fd;
}

static int open_any(qn_out *out)
{
    if (strcmp(out->path, "-") == 0) return out->fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    if (!replaceable(out->path)) return out->fd = open(out->path, O_WRONLY | O_CLOEXEC);
    out->final = target_of(out->path);
    if (!out->final) {
        errno = ENOMEM;
        return -1;
    }
    return open_temp(out);
}

/* Whether open_any would work, without creating anything: 0, or -1 with errno. */
static int probe(const char *path)
{
    char *final, *slash;
    int bad;
    if (strcmp(path, "-") == 0) return 0;
    if (!replaceable(path)) return access(path, W_OK);
    final = target_of(path);
    if (!final) return -1;
    slash = strrchr(final, '/');
    if (slash) slash[slash == final] = '\0';
    bad = access(slash ? final : ".", W_OK | X_OK);
    free(final);
    return bad;
}

qn_out *qn_out_open(const char *path, int dry, char *why, size_t nwhy)
{
    qn_out *out = calloc(1, sizeof *out);
    if (out) {
        out->fd = -1;
        out->failed = dry;
        out->path = strdup(path);
    }
    if (!out || !out->path) {
        snprintf(why, nwhy, "out of memory");
        qn_out_free(out);
        return NULL;
    }
    if ((dry ? probe(path) : open_any(out)) < 0) {
        say(why, nwhy, "create", path, errno);
        qn_out_free(out);
        return NULL;
    }
    return out;
}

qn_status qn_out_write(qn_out *out, qn_str bytes, char *why, size_t nwhy)
{
    if (out->failed) return QN_E_IO;
    while (bytes.n > 0) {
        ssize_t n = write(out->fd, bytes.p, bytes.n > SSIZE_MAX ? SSIZE_MAX : bytes.n);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EPIPE) {
            out->failed = 1;
            snprintf(why, nwhy, "the reader of '%s' has gone", out->path);
            return QN_E_CANCELLED;
        }
        if (n < 0) {
            out->failed = 1;
            snprintf(why, nwhy, "cannot write '%s' after %llu bytes: %s", out->path,
                     (unsigned long long)out->bytes, strerror(errno));
            return QN_E_IO;
        }
        bytes.p += n;
        bytes.n -= (size_t)n;
        out->bytes += (uint64_t)n;
    }
    return QN_OK;
}

qn_status qn_out_keep(qn_out *out, char *why, size_t nwhy)
{
    int fd = out->fd;
    if (out->failed) {
        snprintf(why, nwhy, "'%s' is not whole", out->path);
        return QN_E_IO;
    }
    out->fd = -1;
    /* Some file systems (NFS, quotas) report a full disk only here. */
    if (out->final && fsync(fd) != 0 && errno != EINVAL && errno != EROFS) {
        say(why, nwhy, "write", out->path, errno);
        close(fd);
        return QN_E_IO;
    }
    if (close(fd) != 0 && errno != EINTR) return say(why, nwhy, "write", out->path, errno);
    if (out->final) {
        if (rename(out->temp, out->final) != 0)
            return say(why, nwhy, "rename the finished output to", out->path, errno);
        free(out->temp);
        out->temp = NULL;
    }
    return QN_OK;
}

void qn_out_free(qn_out *out)
{
    if (!out) return;
    if (out->fd >= 0) close(out->fd);
    if (out->temp) unlink(out->temp);
    free(out->temp);
    free(out->final);
    free(out->path);
    free(out);
}

const char *qn_out_path(const qn_out *out)
{
    return out->path;
}

uint64_t qn_out_bytes(const qn_out *out)
{
    return out->bytes;
}

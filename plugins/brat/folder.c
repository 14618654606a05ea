/* SPDX-License-Identifier: MIT */
/* plugins/brat/folder.c - see folder.h. */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_BYTES = 180 }; /* of an id in a file name: 255 is what most file systems allow */

/* A name that was given, and the number its next equal gets. */
struct given {
    char *name; /* small letters: some file systems do not tell them apart */
    unsigned next;
};

struct brat_folder {
    char *path, *stage;
    int dir; /* descriptor of stage; -1: not made yet */
    struct given *given;
    size_t n, cap; /* cap: a power of two, or 0 */
    char name[NAME_BYTES + 32];
};

/* ---- life ------------------------------------------------------------------------------------ */

static qn_status cannot(qn_ctx *cx, const char *what, const char *path)
{
    return cx->host->fail(cx, errno == ENOMEM ? QN_E_NOMEM : QN_E_IO, "cannot %s '%s': %s", what,
                          path, strerror(errno));
}

/* 1 when nothing is there but perhaps an empty folder. */
static int is_free(const char *path)
{
    DIR *d = opendir(path);
    const struct dirent *e;
    int n = 0;
    if (!d) return errno == ENOENT;
    while (n < 3 && (e = readdir(d)) != NULL)
        n++;
    closedir(d);
    return n < 3; /* "." and ".." */
}

/* "dir/name" -> "dir/.name.quern-PID" */
static char *stage_of(const char *path, size_t n)
{
    size_t dir = n;
    char *s = NULL;
    while (dir > 0 && path[dir - 1] != '/')
        dir--;
    if (asprintf(&s, "%.*s.%.*s.quern-%ld", (int)dir, path, (int)(n - dir), path + dir,
                 (long)getpid()) < 0)
        return NULL;
    return s;
}

static int can_make(const char *path)
{
    char *parent = strdup(path), *slash = parent ? strrchr(parent, '/') : NULL;
    int ok = 0;
    if (slash) slash[slash == parent] = '\0';
    if (parent) ok = access(slash ? parent : ".", W_OK | X_OK) == 0;
    free(parent);
    return ok;
}

brat_folder *brat_folder_new(qn_ctx *cx, const char *path)
{
    brat_folder *f = calloc(1, sizeof *f);
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    if (f) {
        f->dir = -1;
        f->path = strndup(path, n);
        f->stage = stage_of(path, n);
    }
    if (!f || !f->path || !f->stage)
        cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    else if (n == 0 || strcmp(path, "-") == 0)
        cx->host->fail_option(cx, "path", "brat needs a folder to write; name one with path or -o");
    else if (!is_free(f->path))
        cx->host->fail_option(cx, "path",
                              "'%s' is there already, and is not an empty folder: remove it, or "
                              "name another",
                              f->path);
    else if (!can_make(f->path))
        cx->host->fail_option(cx, "path", "cannot create '%s': %s", f->path, strerror(errno));
    else
        return f;
    brat_folder_free(f);
    return NULL;
}

static void clear_stage(const brat_folder *f)
{
    DIR *d = opendir(f->stage);
    const struct dirent *e;
    while (d && (e = readdir(d)) != NULL)
        (void)unlinkat(dirfd(d), e->d_name, 0); /* "." and ".." are no files */
    if (d) closedir(d);
    rmdir(f->stage);
}

void brat_folder_free(brat_folder *f)
{
    size_t i;
    if (!f) return;
    if (f->dir >= 0) {
        close(f->dir);
        clear_stage(f);
    }
    for (i = 0; i < f->cap; i++)
        free(f->given[i].name);
    free(f->given);
    free(f->stage);
    free(f->path);
    free(f);
}

/* ---- files ----------------------------------------------------------------------------------- */

static qn_status make_stage(brat_folder *f, qn_ctx *cx)
{
    if (f->dir >= 0) return QN_OK;
    clear_stage(f); /* left by a run with the same number that was killed */
    if (mkdir(f->stage, 0777) != 0) return cannot(cx, "create", f->stage);
    f->dir = open(f->stage, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (f->dir >= 0) return QN_OK;
    cannot(cx, "open", f->stage);
    rmdir(f->stage);
    return QN_E_IO;
}

static int write_all(int fd, qn_str s)
{
    while (s.n > 0) {
        ssize_t n = write(fd, s.p, s.n);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return 0;
        s.p += n;
        s.n -= (size_t)n;
    }
    return 1;
}

qn_status brat_folder_put(brat_folder *f, qn_ctx *cx, const char *name, const char *suffix,
                          qn_str bytes)
{
    char file[sizeof f->name + 16];
    qn_status st = make_stage(f, cx);
    int fd;
    if (st != QN_OK) return st;
    snprintf(file, sizeof file, "%s%s", name, suffix);
    fd = openat(f->dir, file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) return cannot(cx, "create", file);
    if (!write_all(fd, bytes)) st = cannot(cx, "write", file);
    if (close(fd) != 0 && st == QN_OK && errno != EINTR) st = cannot(cx, "write", file);
    return st;
}

qn_status brat_folder_keep(brat_folder *f, qn_ctx *cx)
{
    qn_status st = make_stage(f, cx);
    if (st != QN_OK) return st;
    if (fsync(f->dir) != 0 && errno != EINVAL && errno != EROFS)
        return cannot(cx, "write", f->stage);
    if (rename(f->stage, f->path) != 0) return cannot(cx, "put the finished folder at", f->path);
    close(f->dir);
    f->dir = -1;
    return QN_OK;
}

/* ---- names ----------------------------------------------------------------------------------- */

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static size_t hash(const char *s)
{
    uint64_t h = 14695981039346656037u;
    for (; *s; s++)
        h = (h ^ (unsigned char)small(*s)) * 1099511628211u;
    return (size_t)(h ^ h >> 32);
}

static int equal(const char *stored, const char *name)
{
    for (; *stored && *stored == small(*name); stored++)
        name++;
    return *stored == '\0' && *name == '\0';
}

/* The name's place, or the free one where it would be. */
static struct given *look(const brat_folder *f, const char *name)
{
    size_t i = hash(name) & (f->cap - 1);
    while (f->given[i].name && !equal(f->given[i].name, name))
        i = (i + 1) & (f->cap - 1);
    return &f->given[i];
}

static int grow(brat_folder *f)
{
    struct given *old = f->given;
    size_t i, n = f->cap;
    if (2 * f->n < f->cap) return 1;
    f->cap = n ? n * 2 : 1024;
    f->given = calloc(f->cap, sizeof *f->given);
    if (!f->given) {
        f->given = old;
        f->cap = n;
        return 0;
    }
    for (i = 0; i < n; i++)
        if (old[i].name) *look(f, old[i].name) = old[i];
    free(old);
    return 1;
}

static int give(brat_folder *f, const char *name)
{
    struct given *g;
    char *p;
    if (!grow(f)) return 0;
    g = look(f, name);
    g->name = strdup(name);
    if (!g->name) return 0;
    for (p = g->name; *p; p++)
        *p = small(*p);
    g->next = 2;
    f->n++;
    return 1;
}

/* The id as a name; its bytes. */
static size_t to_name(qn_str id, char *out)
{
    size_t i, n = 0;
    if (id.n > 4 && memcmp(id.p + id.n - 4, ".txt", 4) == 0) id.n -= 4;
    for (i = 0; i < id.n && n < NAME_BYTES; i++) {
        unsigned char c = (unsigned char)id.p[i], low = c | 0x20;
        int plain = (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                    (c == '.' && n > 0) || c >= 0x80;
        out[n++] = plain ? (char)c : '_';
    }
    if (i < id.n) /* not in the middle of a character */
        while (n > 0 && ((unsigned char)id.p[n] & 0xC0) == 0x80)
            n--;
    if (n == 0) memcpy(out, "document", n = 8);
    out[n] = '\0';
    return n;
}

const char *brat_folder_name(brat_folder *f, qn_str id)
{
    size_t n = to_name(id, f->name);
    struct given *g;
    if (!grow(f)) return NULL;
    g = look(f, f->name);
    if (g->name) {
        unsigned next = g->next;
        do
            snprintf(f->name + n, sizeof f->name - n, "-%u", next++);
        while (look(f, f->name)->name);
        g->next = next;
    }
    return give(f, f->name) ? f->name : NULL;
}

/* SPDX-License-Identifier: MIT */
/* core/session.c - see session.h. */
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define LAYERS 255
#define NAMES  65535

qn_session *qn_session_new(qn_log *log, const char *config_dir)
{
    qn_session *s = calloc(1, sizeof *s);
    const char *env = getenv("QUERN_DATA_PATH");
    if (!s) return NULL;
    s->log = log;
    s->layers = qn_names_new(LAYERS);
    s->names = qn_names_new(NAMES);
    if (asprintf(&s->data_dirs, "%s:%s:%s", config_dir ? config_dir : "", env ? env : "",
                 QN_DATA_DIR) < 0)
        s->data_dirs = NULL;
    if (!s->layers || !s->names || !s->data_dirs) {
        qn_session_free(s);
        return NULL;
    }
    return s;
}

qn_status qn_session_data_first(qn_session *s, const char *folders)
{
    char *all;
    if (asprintf(&all, "%s:%s", folders, s->data_dirs) < 0) return QN_E_NOMEM;
    free(s->data_dirs);
    s->data_dirs = all;
    return QN_OK;
}

void qn_session_free(qn_session *s)
{
    size_t i;
    if (!s) return;
    for (i = 0; i < s->nmap; i++) {
        if (s->map[i].bytes.n) munmap((void *)(uintptr_t)s->map[i].bytes.p, s->map[i].bytes.n);
        free(s->map[i].path);
    }
    for (i = 0; i < s->nout; i++)
        qn_out_free(s->out[i]);
    free(s->map);
    free(s->out);
    free(s->data_dirs);
    qn_names_free(s->layers);
    qn_names_free(s->names);
    free(s);
}

/* ---- data files ------------------------------------------------------------------------------ */

/* An open descriptor for the first folder that has the file, its path in *path (to be freed). */
static int open_in_dirs(const qn_session *s, const char *name, char **path)
{
    const char *dir = s->data_dirs;
    int fd = -1;
    *path = NULL;
    if (strchr(name, '/')) {
        *path = strdup(name);
        return *path ? open(name, O_RDONLY | O_CLOEXEC) : -1;
    }
    for (;;) {
        size_t n = strcspn(dir, ":");
        if (n) {
            free(*path);
            if (asprintf(path, "%.*s/%s", (int)n, dir, name) < 0) *path = NULL;
            fd = *path ? open(*path, O_RDONLY | O_CLOEXEC) : -1;
        }
        if (fd >= 0 || dir[n] == '\0') return fd;
        dir += n + 1;
    }
}

static qn_status map_fd(int fd, qn_map *m, char *why, size_t nwhy)
{
    struct stat st;
    void *p;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        snprintf(why, nwhy, "'%s' is not a regular file", m->path);
        return QN_E_IO;
    }
    m->bytes.n = (size_t)st.st_size;
    m->bytes.p = "";
    if (m->bytes.n == 0) return QN_OK;
    p = mmap(NULL, m->bytes.n, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED) {
        snprintf(why, nwhy, "cannot map '%s': %s", m->path, strerror(errno));
        return QN_E_IO;
    }
    m->bytes.p = p;
    return QN_OK;
}

static qn_map *known_map(const qn_session *s, const char *path)
{
    size_t i;
    for (i = 0; i < s->nmap; i++)
        if (strcmp(s->map[i].path, path) == 0) return &s->map[i];
    return NULL;
}

qn_status qn_session_data(qn_session *s, const char *name, qn_str *bytes, char *why, size_t nwhy)
{
    qn_map m = {0}, *old, *more;
    qn_status st;
    int fd = open_in_dirs(s, name, &m.path);
    if (fd < 0) {
        const int code = errno, plain = !strchr(name, '/');
        const int here = plain && access(name, R_OK) == 0;
        snprintf(why, nwhy, "cannot open data file '%s': %s (looked in %s)%s%s%s", name,
                 strerror(code),
                 plain ? s->data_dirs + strspn(s->data_dirs, ":") : "that place only",
                 here ? "; the one in the current folder is './" : "", here ? name : "",
                 here ? "'" : "");
        free(m.path);
        return QN_E_IO;
    }
    old = known_map(s, m.path);
    if (old) {
        *bytes = old->bytes;
        close(fd);
        free(m.path);
        return QN_OK;
    }
    st = map_fd(fd, &m, why, nwhy);
    close(fd);
    more = st == QN_OK ? realloc(s->map, (s->nmap + 1) * sizeof *more) : NULL;
    if (!more) {
        if (st == QN_OK) {
            snprintf(why, nwhy, "out of memory");
            st = QN_E_NOMEM;
            if (m.bytes.n) munmap((void *)(uintptr_t)m.bytes.p, m.bytes.n);
        }
        free(m.path);
        return st;
    }
    s->map = more;
    s->map[s->nmap++] = m;
    *bytes = m.bytes;
    return QN_OK;
}

/* ---- outputs --------------------------------------------------------------------------------- */

static int same_file(const char *a, const char *b)
{
    struct stat x, y;
    if (strcmp(a, b) == 0) return 1;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && S_ISREG(x.st_mode) && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}

qn_out *qn_session_out(qn_session *s, const char *path, qn_status *st, char *why, size_t nwhy)
{
    qn_out *out, **more;
    size_t i;
    *st = QN_E_IO;
    for (i = 0; i < s->nout; i++)
        if (same_file(qn_out_path(s->out[i]), path)) {
            snprintf(why, nwhy, "'%s' is written by another stage already", path);
            return NULL;
        }
    out = qn_out_open(path, s->dry, why, nwhy);
    if (!out) return NULL;
    more = realloc(s->out, (s->nout + 1) * sizeof *more);
    if (!more) {
        snprintf(why, nwhy, "out of memory");
        *st = QN_E_NOMEM;
        qn_out_free(out);
        return NULL;
    }
    s->out = more;
    s->out[s->nout++] = out;
    *st = QN_OK;
    return out;
}

qn_status qn_session_keep(qn_session *s, char *why, size_t nwhy)
{
    size_t i;
    for (i = 0; i < s->nout; i++) {
        qn_status st = qn_out_keep(s->out[i], why, nwhy);
        if (st != QN_OK) return st;
    }
    return QN_OK;
}

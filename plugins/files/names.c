/* SPDX-License-Identifier: MIT */
/* plugins/files/names.c - see names.h. */
#include "names.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

void files_names_free(files_names *l)
{
    free(l->text);
    free(l->at);
    memset(l, 0, sizeof *l);
}

const char *files_names_get(const files_names *l, size_t i)
{
    return l->text + l->at[i] + 1;
}

/* Room for `more` elements behind n of *cap. */
static void *room(void *p, size_t *cap, size_t n, size_t more, size_t size)
{
    size_t want = *cap ? *cap : 64;
    if (*cap - n >= more) return p;
    while (want - n < more)
        want *= 2;
    p = reallocarray(p, want, size);
    if (p) *cap = want;
    return p;
}

int files_names_add(files_names *l, const char *name, int folder)
{
    size_t n = strlen(name) + 1;
    char *text = room(l->text, &l->room, l->used, n + 1, 1);
    size_t *at;
    if (!text) return 0;
    l->text = text;
    at = room(l->at, &l->cap, l->n, 1, sizeof *at);
    if (!at) return 0;
    l->at = at;
    at[l->n++] = l->used;
    text[l->used++] = folder ? 'd' : 'f';
    memcpy(text + l->used, name, n);
    l->used += n;
    return 1;
}

static int is_folder(DIR *dir, const struct dirent *e)
{
    struct stat st;
    if (e->d_type != DT_UNKNOWN) return e->d_type == DT_DIR;
    return fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
}

const char *files_names_list(files_names *l, DIR *dir)
{
    struct dirent *e;
    while (errno = 0, (e = readdir(dir)) != NULL) {
        if (e->d_name[0] == '.') continue;
        if (!files_names_add(l, e->d_name, is_folder(dir, e))) {
            errno = ENOMEM;
            return "out of memory";
        }
    }
    return errno ? "the folder cannot be read to its end" : NULL;
}

/* The byte of a name at i, as if a folder's ended in "/"; 0 behind it. */
static unsigned byte_at(const char *entry, size_t i, size_t n)
{
    if (i < n) return (unsigned char)entry[1 + i];
    return i == n && entry[0] == 'd' ? '/' : 0;
}

static int order(const void *a, const void *b, void *text)
{
    const char *x = (const char *)text + *(const size_t *)a;
    const char *y = (const char *)text + *(const size_t *)b;
    size_t nx = strlen(x + 1), ny = strlen(y + 1), i = 0;
    while (i < nx && i < ny && x[1 + i] == y[1 + i])
        i++;
    return (int)byte_at(x, i, nx) - (int)byte_at(y, i, ny);
}

void files_names_sort(files_names *l, size_t first)
{
    if (l->n > first) qsort_r(l->at + first, l->n - first, sizeof *l->at, order, l->text);
}

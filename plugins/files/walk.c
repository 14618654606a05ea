/* SPDX-License-Identifier: MIT */
/* plugins/files/walk.c - see walk.h. Names in a folder are sorted as if those of folders ended in
 * "/", which makes the order of the walk that of the whole paths. */
#include "walk.h"

#include "names.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEPEST = 128 }; /* folders inside one another */

struct files_walk {
    files_names roots;
    size_t root; /* the next one */
    files_names level[DEEPEST];
    size_t at[DEEPEST];     /* the next name of a level */
    size_t prefix[DEEPEST]; /* length of the level's folder in path */
    int depth;              /* levels open */
    char *path;
    size_t cap;
    char why[160];
};

void files_walk_free(files_walk *w)
{
    if (!w) return;
    while (w->depth > 0)
        files_names_free(&w->level[--w->depth]);
    files_names_free(&w->roots);
    free(w->path);
    free(w);
}

static int has_pattern(const char *path)
{
    return strpbrk(path, "*?[") != NULL;
}

/* The paths a pattern means, in byte order. */
static int expand(files_walk *w, const char *pattern, char *why, size_t size)
{
    glob_t g;
    size_t i, first = w->roots.n;
    int code = glob(pattern, GLOB_NOSORT, NULL, &g), ok = 1;
    if (code == GLOB_NOMATCH)
        snprintf(why, size, "no file matches \"%s\"", pattern);
    else if (code == GLOB_NOSPACE)
        snprintf(why, size, "out of memory");
    else if (code != 0)
        snprintf(why, size, "\"%s\": a folder could not be read: %s", pattern, strerror(errno));
    if (code != 0) return 0;
    for (i = 0; i < g.gl_pathc && ok; i++)
        ok = files_names_add(&w->roots, g.gl_pathv[i], 0);
    globfree(&g);
    if (!ok) snprintf(why, size, "out of memory");
    files_names_sort(&w->roots, first);
    return ok;
}

static int add_root(files_walk *w, const char *path, char *why, size_t size)
{
    struct stat st;
    if (strcmp(path, "-") != 0 && stat(path, &st) != 0) {
        if (errno == ENOENT && has_pattern(path)) return expand(w, path, why, size);
        snprintf(why, size, "\"%s\" cannot be read: %s", path, strerror(errno));
        return 0;
    }
    if (strcmp(path, "-") != 0 && access(path, R_OK) != 0) {
        snprintf(why, size, "\"%s\" cannot be read: %s", path, strerror(errno));
        return 0;
    }
    if (files_names_add(&w->roots, path, 0)) return 1;
    snprintf(why, size, "out of memory");
    return 0;
}

files_walk *files_walk_new(const char *const *paths, size_t n, char *why, size_t size)
{
    files_walk *w = calloc(1, sizeof *w);
    size_t i, stdins = 0;
    if (!w) {
        snprintf(why, size, "out of memory");
        return NULL;
    }
    for (i = 0; i < n; i++) {
        stdins += strcmp(paths[i], "-") == 0;
        if (stdins > 1)
            snprintf(why, size, "\"-\" (standard input) is given twice; it can be read once");
        if (stdins > 1 || !add_root(w, paths[i], why, size)) {
            files_walk_free(w);
            return NULL;
        }
    }
    return w;
}

/* path becomes path[0, prefix) + "/" + name. */
static int join(files_walk *w, size_t prefix, const char *name)
{
    size_t n = strlen(name), slash = prefix > 0 && w->path[prefix - 1] != '/';
    if (prefix + slash + n + 1 > w->cap) {
        size_t cap = 2 * (prefix + slash + n + 1);
        char *p = realloc(w->path, cap);
        if (!p) return 0;
        w->path = p;
        w->cap = cap;
    }
    if (slash) w->path[prefix] = '/';
    memcpy(w->path + prefix + slash, name, n + 1);
    return 1;
}

static files_step failed(files_walk *w, files_found *out, const char *what)
{
    snprintf(w->why, sizeof w->why, "%s: %s", what, strerror(errno));
    out->why = w->why;
    return FILES_FAILED;
}

static files_step skipped(files_found *out, const char *why)
{
    out->why = why;
    return FILES_SKIPPED;
}

/* Lists the folder at path as a new level. FILES_DONE: done, nothing to hand out. */
static files_step enter(files_walk *w, files_found *out)
{
    files_names *names = &w->level[w->depth];
    const char *why;
    DIR *dir;
    if (w->depth == DEEPEST) return skipped(out, "more than 128 folders inside one another");
    dir = opendir(w->path);
    if (!dir) return failed(w, out, "the folder cannot be read");
    memset(names, 0, sizeof *names);
    why = files_names_list(names, dir);
    closedir(dir);
    if (why) {
        files_names_free(names);
        if (errno == ENOMEM) return FILES_WALK_NO_MEMORY;
        return failed(w, out, why);
    }
    files_names_sort(names, 0);
    w->at[w->depth] = 0;
    w->prefix[w->depth] = strlen(w->path);
    w->depth++;
    return FILES_DONE;
}

/* What is at path: a folder is entered, a file handed out. */
static files_step look(files_walk *w, files_found *out)
{
    struct stat st, link;
    int root = w->depth == 0;
    out->path = w->path;
    out->size = 0;
    out->regular = 0;
    if (root && strcmp(w->path, "-") == 0) return FILES_PATH;
    if (stat(w->path, &st) != 0) return failed(w, out, "cannot be read");
    if (S_ISDIR(st.st_mode)) {
        if (!root && lstat(w->path, &link) == 0 && S_ISLNK(link.st_mode))
            return skipped(out, "a symbolic link to a folder: only those given are followed");
        return enter(w, out);
    }
    if (!root && !S_ISREG(st.st_mode)) return skipped(out, "not a regular file");
    out->regular = S_ISREG(st.st_mode);
    out->size = out->regular ? (uint64_t)st.st_size : 0;
    return FILES_PATH;
}

files_step files_walk_next(files_walk *w, files_found *out)
{
    for (;;) {
        files_step step;
        size_t prefix = 0;
        const char *name;
        if (w->depth > 0) {
            int d = w->depth - 1;
            if (w->at[d] == w->level[d].n) {
                files_names_free(&w->level[d]);
                w->depth--;
                continue;
            }
            prefix = w->prefix[d];
            name = files_names_get(&w->level[d], w->at[d]++);
        } else if (w->root < w->roots.n) {
            name = files_names_get(&w->roots, w->root++);
        } else {
            return FILES_DONE;
        }
        if (!join(w, prefix, name)) return FILES_WALK_NO_MEMORY;
        step = look(w, out);
        if (step != FILES_DONE) return step;
    }
}

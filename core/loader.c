/* SPDX-License-Identifier: MIT */
/* core/loader.c - see loader.h. */
#include "loader.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <ltdl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "option.h"

/* The descriptor of ABI 1.0 ends with `next`; a plugin that says less is not one. */
#define PLUGIN_SIZE_1_0 (offsetof(qn_plugin, next) + sizeof(const qn_plugin *))

struct dir {
    char *path;
    int early;
};

static const lt_dlsymlist *linked_in; /* the program's, as its code is */

struct qn_loader {
    struct dir *dir;
    size_t ndir;
    qn_module **module; /* every file ever tried */
    size_t nmodule;
};

/* ---- the module loader given to libltdl ----------------------------------------------------- */

static char dl_error[512]; /* libltdl's loaders have no place of their own for the linker's words */

/* 1 when the file ends before a segment that it says it has. The dynamic linker maps such a file
 * and dies of SIGBUS; anything else that is wrong with it, the linker says itself. */
static int cut_short(const char *file)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC), cut = 0;
    struct stat st;
    ElfW(Ehdr) head;
    ElfW(Phdr) part;
    unsigned i;
    if (fd < 0) return 0;
    if (fstat(fd, &st) == 0 && pread(fd, &head, sizeof head, 0) == (ssize_t)sizeof head &&
        memcmp(head.e_ident, ELFMAG, SELFMAG) == 0 && head.e_phentsize == sizeof part)
        for (i = 0; !cut && i < head.e_phnum; i++) {
            off_t at = (off_t)(head.e_phoff + i * sizeof part);
            cut =
                pread(fd, &part, sizeof part, at) != (ssize_t)sizeof part ||
                (part.p_type == PT_LOAD && (part.p_offset > (uint64_t)st.st_size ||
                                            part.p_filesz > (uint64_t)st.st_size - part.p_offset));
        }
    close(fd);
    return cut;
}

static lt_module open_now(lt_user_data data, const char *file, lt_dladvise advise)
{
    void *h;
    (void)data;
    (void)advise;
    if (!file) return NULL;
    if (cut_short(file)) {
        snprintf(dl_error, sizeof dl_error, "the file is cut short: build or copy it again");
        return NULL;
    }
    h = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (!h) snprintf(dl_error, sizeof dl_error, "%s", dlerror());
    return h;
}

static int close_now(lt_user_data data, lt_module module)
{
    (void)data;
    return dlclose(module) != 0;
}

static void *find_now(lt_user_data data, lt_module module, const char *symbol)
{
    (void)data;
    return dlsym(module, symbol);
}

/* Replaces libltdl's dlopen loader by ours. Adding alone is not enough: the stock one would be
 * tried next and open a broken plugin lazily. */
static int install_loader(void)
{
    lt_dlvtable *ours;
    if (lt_dlloader_find("quern")) return 0;
    ours = calloc(1, sizeof *ours); /* libltdl frees it */
    if (!ours) return -1;
    ours->name = "quern";
    ours->module_open = open_now;
    ours->module_close = close_now;
    ours->find_sym = find_now;
    ours->priority = LT_DLLOADER_PREPEND;
    if (lt_dlloader_add(ours) != 0) {
        free(ours);
        return -1;
    }
    free(lt_dlloader_remove("lt_dlopen"));
    return 0;
}

/* ---- life ------------------------------------------------------------------------------------ */

void qn_loader_link(const void *preloaded)
{
    linked_in = preloaded;
}

qn_loader *qn_loader_new(char *why, size_t nwhy)
{
    qn_loader *l = calloc(1, sizeof *l);
    if (!l) {
        snprintf(why, nwhy, "out of memory");
        return NULL;
    }
    if (lt_dlinit() != 0) {
        snprintf(why, nwhy, "libltdl: %s", lt_dlerror());
        free(l);
        return NULL;
    }
    if ((linked_in && lt_dlpreload(linked_in) != 0) || install_loader() != 0) {
        snprintf(why, nwhy, "libltdl: cannot install the plugin loader");
        qn_loader_free(l);
        return NULL;
    }
    return l;
}

void qn_loader_free(qn_loader *l)
{
    size_t i;
    if (!l) return;
    for (i = 0; i < l->nmodule; i++) {
        free((char *)(uintptr_t)l->module[i]->file);
        free(l->module[i]);
    }
    for (i = 0; i < l->ndir; i++)
        free(l->dir[i].path);
    free(l->module);
    free(l->dir);
    free(l);
    /* The code stays mapped: leak checkers and profilers still want its names, and a plugin's
     * threads or destructors could still be in it. lt_dlexit would unload. */
}

/* ---- search path ----------------------------------------------------------------------------- */

qn_status qn_loader_add_dir(qn_loader *l, const char *path, int early)
{
    struct dir *more = realloc(l->dir, (l->ndir + 1) * sizeof *more);
    size_t at = l->ndir;
    char *copy = strdup(path);
    if (more) l->dir = more;
    if (!more || !copy) {
        free(copy);
        return QN_E_NOMEM;
    }
    while (early && at > 0 && !l->dir[at - 1].early) {
        l->dir[at] = l->dir[at - 1];
        at--;
    }
    l->dir[at].path = copy;
    l->dir[at].early = early;
    l->ndir++;
    return QN_OK;
}

qn_status qn_loader_add_list(qn_loader *l, const char *list)
{
    while (list && *list) {
        size_t n = strcspn(list, ":");
        char *one = strndup(list, n);
        qn_status st = one ? QN_OK : QN_E_NOMEM;
        if (one && n) st = qn_loader_add_dir(l, one, 1);
        free(one);
        if (st != QN_OK) return st;
        list += n + (list[n] == ':');
    }
    return QN_OK;
}

static qn_status add_home(qn_loader *l)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    char *path = NULL;
    qn_status st;
    int n = -1;
    if (data && data[0] == '/')
        n = asprintf(&path, "%s/quern/plugins", data);
    else if (home && home[0] == '/')
        n = asprintf(&path, "%s/.local/share/quern/plugins", home);
    else
        return QN_OK;
    if (n < 0) return QN_E_NOMEM;
    st = qn_loader_add_dir(l, path, 0);
    free(path);
    return st;
}

qn_status qn_loader_add_default_dirs(qn_loader *l)
{
    qn_status st = qn_loader_add_list(l, getenv("QUERN_PLUGIN_PATH"));
    if (st == QN_OK) st = add_home(l);
    if (st == QN_OK) st = qn_loader_add_dir(l, QN_PLUGIN_DIR, 0);
    return st;
}

const char *qn_loader_dir(const qn_loader *l, size_t i)
{
    return i < l->ndir ? l->dir[i].path : NULL;
}

/* ---- what a file says of itself -------------------------------------------------------------- */

static char *text(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static char *text(const char *fmt, ...)
{
    char *s = NULL;
    va_list ap;
    va_start(ap, fmt);
    if (vasprintf(&s, fmt, ap) < 0) s = NULL;
    va_end(ap);
    return s;
}

static const char *missing_function(const qn_plugin *p)
{
    switch (p->kind) {
    case QN_SOURCE:
        return p->read ? NULL : "a source must have read";
    case QN_STAGE:
        if (p->read) return "a stage has no read";
        return p->process || p->process_batch || p->commit ? NULL
                                                           : "a stage must have process or commit";
    case QN_SINK:
        if (p->read) return "a sink has no read";
        return p->commit ? NULL : "a sink must have commit";
    default:
        return "its kind is none of source, stage, sink";
    }
}

static int good_name(const char *s)
{
    size_t n = s ? strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-") : 0;
    return n > 0 && n < 64 && s[n] == '\0';
}

static void refuse(qn_module *m, const char *fmt, ...) QN_PRINTF(2, 3);
static void refuse(qn_module *m, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(m->words, sizeof m->words, fmt, ap);
    va_end(ap);
    m->problem = m->words;
}

/* What can be told before the rest of the descriptor is believed. */
static int same_abi(qn_module *m, const qn_plugin *theirs)
{
    if (theirs->magic != QN_MAGIC)
        refuse(m, "quern_plugin does not start with QN_MAGIC: not a quern plugin");
    else if (theirs->abi_major != QN_ABI_MAJOR)
        refuse(m,
               "built for plugin ABI %u.%u; this quern has %u.%u. Rebuild it with this quern's "
               "headers",
               theirs->abi_major, theirs->abi_minor, QN_ABI_MAJOR, QN_ABI_MINOR);
    else if (theirs->abi_minor > QN_ABI_MINOR)
        refuse(m,
               "built for plugin ABI %u.%u, newer than this quern's %u.%u. Use a newer quern, or "
               "rebuild the plugin with this quern's headers",
               theirs->abi_major, theirs->abi_minor, QN_ABI_MAJOR, QN_ABI_MINOR);
    else if (theirs->size < PLUGIN_SIZE_1_0)
        refuse(m, "its descriptor has %u bytes, fewer than the %zu of ABI 1.0", theirs->size,
               PLUGIN_SIZE_1_0);
    return !m->problem;
}

/* Copies the descriptor as far as this quern knows it, or refuses the module. */
static void take(qn_module *m, const qn_plugin *theirs)
{
    qn_plugin *ours = &m->plugin;
    const char *what;
    char why[256];
    if (!same_abi(m, theirs)) return;
    memcpy(ours, theirs, theirs->size < sizeof *ours ? theirs->size : sizeof *ours);
    what = missing_function(ours);
    if (!good_name(ours->name))
        refuse(m, "its name is not made of a-z, 0-9, _ and -");
    else if (!ours->version || !ours->help)
        refuse(m, "it has no %s", ours->version ? "help" : "version");
    else if (what)
        refuse(m, "%s", what);
    else if (!qn_option_check(ours->options, ours->option_stride, ours->options_size, why,
                              sizeof why))
        refuse(m, "%s", why);
}

/* ---- files ----------------------------------------------------------------------------------- */

static qn_module *remember(qn_loader *l, const char *file)
{
    qn_module **more = realloc(l->module, (l->nmodule + 1) * sizeof *more);
    qn_module *m = calloc(1, sizeof *m);
    if (more) l->module = more;
    if (m) m->file = strdup(file);
    if (!more || !m || !m->file) {
        free(m);
        return NULL;
    }
    l->module[l->nmodule++] = m;
    return m;
}

/* 1 when one of the modules from `first` on has the last one's name: another plugin could not be
 * told from it, and a `next` that goes in a circle would never end. */
static int named_before(const qn_loader *l, size_t first, const qn_module *last)
{
    size_t i;
    for (i = first; i + 1 < l->nmodule; i++)
        if (strcmp(l->module[i]->plugin.name, last->plugin.name) == 0) return 1;
    return 0;
}

qn_status qn_loader_know(qn_loader *l, const qn_plugin *plugin)
{
    qn_module *m = remember(l, "built in");
    if (m) take(m, plugin);
    return m ? QN_OK : QN_E_NOMEM;
}

/* Every plugin of an open file becomes a module; m, the last one so far, is the first of them. */
static void take_all(qn_loader *l, qn_module *m, const qn_plugin *first)
{
    const size_t start = l->nmodule - 1;
    const qn_plugin *p = first;
    while (m && p) {
        take(m, p);
        if (!m->problem && named_before(l, start, m))
            refuse(m, "its `next` leads to '%s' twice", m->plugin.name);
        p = m->problem ? NULL : m->plugin.next;
        if (p) m = remember(l, m->file);
    }
}

/* Opens a path or, for a preloaded plugin, its name in the program. */
static qn_module *open_file(qn_loader *l, const char *file, const char *shown)
{
    qn_module *m = remember(l, shown);
    lt_dlhandle h;
    if (!m) return NULL;
    snprintf(dl_error, sizeof dl_error, "cannot be opened");
    h = lt_dlopen(file);
    if (!h) {
        refuse(m, "%s", dl_error);
        return m;
    }
    take_all(l, m, lt_dlsym(h, "quern_plugin"));
    if (!m->plugin.magic && !m->problem) refuse(m, "exports no symbol quern_plugin");
    return m;
}

static qn_module *known_file(const qn_loader *l, const char *file)
{
    size_t i;
    for (i = 0; i < l->nmodule; i++)
        if (strcmp(l->module[i]->file, file) == 0) return l->module[i];
    return NULL;
}

static qn_module *known_name(const qn_loader *l, const char *name)
{
    size_t i;
    for (i = 0; i < l->nmodule; i++)
        if (!l->module[i]->problem && strcmp(l->module[i]->plugin.name, name) == 0)
            return l->module[i];
    return NULL;
}

/* ---- finding --------------------------------------------------------------------------------- */

static qn_module *from_dirs(qn_loader *l, const char *name, int early)
{
    size_t i;
    for (i = 0; i < l->ndir; i++) {
        char *file;
        qn_module *m = NULL;
        if (l->dir[i].early != early) continue;
        file = text("%s/%s.so", l->dir[i].path, name);
        if (file && access(file, F_OK) == 0) {
            m = known_file(l, file);
            if (!m) m = open_file(l, file, file);
        }
        free(file);
        if (m) return m;
    }
    return NULL;
}

/* A preloaded module's entry is "NAME.a" or "NAME.la" with no address. */
static size_t preloaded_name(const lt_dlsymlist *s)
{
    if (s->address || strcmp(s->name, "@PROGRAM@") == 0) return 0;
    return strcspn(s->name, ".");
}

static qn_module *from_program(qn_loader *l, const char *name)
{
    const lt_dlsymlist *s;
    for (s = linked_in; s && s->name; s++) {
        size_t n = preloaded_name(s);
        if (n && n == strlen(name) && memcmp(s->name, name, n) == 0)
            return open_file(l, s->name, "built in");
    }
    return NULL;
}

static void list_dir(qn_loader *l, const char *dir)
{
    DIR *d = opendir(dir);
    struct dirent *e;
    while (d && (e = readdir(d)) != NULL) {
        size_t n = strlen(e->d_name);
        char *file;
        if (n < 4 || strcmp(e->d_name + n - 3, ".so") != 0 || strncmp(e->d_name, "lib", 3) == 0)
            continue;
        file = text("%s/%s", dir, e->d_name);
        if (file && !known_file(l, file)) (void)open_file(l, file, file);
        free(file);
    }
    if (d) closedir(d);
}

static void load_all(qn_loader *l)
{
    const lt_dlsymlist *s;
    size_t i;
    for (s = linked_in; s && s->name; s++) {
        size_t n = preloaded_name(s);
        char *name = n ? strndup(s->name, n) : NULL;
        if (name && !known_name(l, name)) (void)open_file(l, s->name, "built in");
        free(name);
    }
    for (i = 0; i < l->ndir; i++)
        list_dir(l, l->dir[i].path);
}

static void say_not_found(const qn_loader *l, char *why, size_t nwhy)
{
    size_t i, n = 0;
    n += (size_t)snprintf(why, nwhy, "not found in");
    for (i = 0; i < l->ndir && n < nwhy; i++)
        n += (size_t)snprintf(why + n, nwhy - n, "%s %s", i ? "," : "", l->dir[i].path);
}

const qn_module *qn_loader_find(qn_loader *l, const char *name, char *why, size_t nwhy)
{
    qn_module *m;
    if (strchr(name, '/')) {
        m = known_file(l, name);
        if (!m) m = open_file(l, name, name);
    } else {
        m = known_name(l, name);
        if (!m) m = from_dirs(l, name, 1);
        if (!m) m = from_program(l, name);
        if (!m) m = from_dirs(l, name, 0);
    }
    if (m && m->problem) {
        snprintf(why, nwhy, "%s%s%s", strstr(m->problem, m->file) ? "" : m->file,
                 strstr(m->problem, m->file) ? "" : ": ", m->problem);
        return NULL;
    }
    if (m && !strchr(name, '/') && strcmp(m->plugin.name, name) != 0) {
        snprintf(why, nwhy, "%s holds the plugin '%s', not '%s'", m->file, m->plugin.name, name);
        return NULL;
    }
    if (!m) {
        load_all(l); /* it may be the second plugin of another file */
        m = known_name(l, name);
    }
    if (!m) say_not_found(l, why, nwhy);
    return m;
}

static int by_name(const void *a, const void *b)
{
    const qn_module *x = *(qn_module *const *)a, *y = *(qn_module *const *)b;
    const char *nx = x->plugin.name ? x->plugin.name : x->file;
    const char *ny = y->plugin.name ? y->plugin.name : y->file;
    int c = strcmp(nx, ny);
    return c ? c : strcmp(x->file, y->file);
}

const qn_module *const *qn_loader_list(qn_loader *l, size_t *n)
{
    load_all(l);
    if (l->nmodule) qsort(l->module, l->nmodule, sizeof *l->module, by_name);
    *n = l->nmodule;
    return (const qn_module *const *)l->module;
}

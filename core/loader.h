/* SPDX-License-Identifier: MIT */
/* core/loader.h - floor 3: plugin files to checked descriptors. Uses libltdl with a loader of our
 * own in it, because the stock one binds lazily and hides why a file would not load (see
 * docs/architecture.md). Main thread only: libltdl is not meant for several. */
#ifndef QUERN_LOADER_H
#define QUERN_LOADER_H
#include <quern/plugin.h>

typedef struct qn_loader qn_loader;

/* One plugin that was loaded, or one file that could not be. */
typedef struct qn_module {
    qn_plugin plugin;    /* a copy as this quern knows it: members an older plugin lacks are 0 */
    const char *file;    /* path, or "built in" */
    const char *problem; /* NULL when the plugin may be used; else why not */
    char words[512];     /* what problem points to */
} qn_module;

/* For a program that has plugins linked in: its lt_dlsymlist, which every loader made from then on
 * knows. To be called once, before there are threads. */
void qn_loader_link(const void *preloaded);

/* NULL with a message in why[nwhy]. */
qn_loader *qn_loader_new(char *why, size_t nwhy);
void qn_loader_free(qn_loader *);

/* Adds a folder to search, after those added before. Those of the config and QUERN_PLUGIN_PATH
 * come before the linked-in plugins (`early` 1), the installed folders behind (0).
 * QN_E_NOMEM. */
qn_status qn_loader_add_dir(qn_loader *, const char *dir, int early);
/* Adds the usual places: QUERN_PLUGIN_PATH (colon list), $XDG_DATA_HOME/quern/plugins, the
 * installed folder. */
qn_status qn_loader_add_default_dirs(qn_loader *);
/* Adds a colon list of folders, early. QN_E_NOMEM. */
qn_status qn_loader_add_list(qn_loader *, const char *list);
/* Makes a descriptor of the program's own known by its name. QN_E_NOMEM. */
qn_status qn_loader_know(qn_loader *, const qn_plugin *);
/* The i-th folder in search order, or NULL behind the last. */
const char *qn_loader_dir(const qn_loader *, size_t i);

/* The plugin of that name (with a "/": that file), loaded at most once. NULL with a message in
 * why[nwhy] that says what was tried and the dynamic linker's own words. */
const qn_module *qn_loader_find(qn_loader *, const char *name, char *why, size_t nwhy);

/* Loads everything in the search path. *n modules, sorted by name; those that could not be
 * loaded have a problem. The array is the loader's and valid until its next call. NULL: no
 * memory. */
const qn_module *const *qn_loader_list(qn_loader *, size_t *n);
#endif

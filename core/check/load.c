/* SPDX-License-Identifier: MIT */
/* core/check/load.c - level 1: the file loads with all its symbols bound, and gives out one. */
#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <stdio.h>
#include <string.h>

#include "check/check.h"

static void load_now(const check_task *t, check_report *r)
{
    void *h = dlopen(t->file, RTLD_NOW | RTLD_LOCAL);
    if (!h) {
        check_problem(r, "%s; link with -Wl,-z,defs to see it when you build", dlerror());
        return;
    }
    dlclose(h);
}

/* The number of symbols in the table, from its GNU hash: the last chain ends it. */
static size_t symbols_of(const uint32_t *hash)
{
    const uint32_t nbucket = hash[0], first = hash[1], nbloom = hash[2];
    const uint32_t *bucket = hash + 4 + nbloom * (sizeof(ElfW(Addr)) / 4),
                   *chain = bucket + nbucket;
    uint32_t last = 0, i;
    for (i = 0; i < nbucket; i++)
        if (bucket[i] > last) last = bucket[i];
    if (last < first) return first;
    while (!(chain[last - first] & 1))
        last++;
    return last + 1;
}

static int is_ours(const char *name)
{
    return strcmp(name, "quern_plugin") == 0 || strncmp(name, "__", 2) == 0 || name[0] == '_' ||
           strstr(name, "_LTX_quern_plugin") != NULL;
}

static void one_symbol(const check_task *t, check_report *r)
{
    void *h = dlopen(t->file, RTLD_NOW | RTLD_LOCAL);
    struct link_map *map = NULL;
    const ElfW(Sym) *sym = NULL;
    const uint32_t *hash = NULL;
    const char *names = NULL;
    const ElfW(Dyn) * d;
    size_t n, i;
    if (!h || dlinfo(h, RTLD_DI_LINKMAP, &map) != 0) {
        check_skip(r, "the file does not load");
        return;
    }
    for (d = map->l_ld; d->d_tag != DT_NULL; d++) {
        if (d->d_tag == DT_SYMTAB) sym = (const ElfW(Sym) *)d->d_un.d_ptr;
        if (d->d_tag == DT_STRTAB) names = (const char *)d->d_un.d_ptr;
        if (d->d_tag == DT_GNU_HASH) hash = (const uint32_t *)d->d_un.d_ptr;
    }
    n = sym && names && hash ? symbols_of(hash) : 0;
    for (i = 1; i < n; i++)
        if (sym[i].st_shndx != SHN_UNDEF && (sym[i].st_info >> 4) != STB_LOCAL &&
            !is_ours(names + sym[i].st_name))
            check_problem(r,
                          "gives out the symbol %s: build with -fvisibility=hidden, so that two "
                          "plugins cannot meet",
                          names + sym[i].st_name);
    if (!n) check_skip(r, "the file has no symbol table that can be read");
    dlclose(h);
}

void check_load(const check_task *t, check_report *r, int which)
{
    if (strcmp(t->file, "built in") == 0)
        check_skip(r, "the plugin is part of the program");
    else if (which == LOAD_NOW)
        load_now(t, r);
    else
        one_symbol(t, r);
}

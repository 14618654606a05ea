/* SPDX-License-Identifier: MIT */
/* plugins/lua/sandbox.h - a Lua in which a script can do nothing but compute: no files, programs or
 * modules, so many instructions, so much memory, and the same answers in every run. */
#ifndef LUA_SANDBOX_H
#define LUA_SANDBOX_H
#include <lauxlib.h>
#include <lua.h>
#include <quern/base.h>

typedef struct lua_box {
    lua_State *L;
    size_t used, most; /* bytes of memory */
    int64_t left;      /* instructions of the call in progress */
} lua_box;

/* A new state in which `chunk` (source only) has been run, with the global table args of
 * "key=value" strings. `name` is "@FILE" or "=WORD", as Lua's messages show it. 0 with why. */
int lua_box_open(lua_box *, qn_str chunk, const char *name, const char *const *args, size_t nargs,
                 size_t memory, int64_t instructions, char *why, size_t nwhy);
void lua_box_close(lua_box *);

/* Calls act(L, arg) on an empty stack, where errors of Lua may happen. 0 with why. */
int lua_box_call(lua_box *, void (*act)(lua_State *, void *), void *arg, int64_t instructions,
                 char *why, size_t nwhy);
#endif

/* SPDX-License-Identifier: MIT */
/* plugins/lua/sandbox.c - see sandbox.h. */
#include "sandbox.h"

#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEED "quern.seed"

enum { STEP = 1000 }; /* instructions between two looks at the clock */

/* What differs from Lua's own: the order of pairs (Lua's depends on addresses), texts that would
 * hold addresses, and finalizers, in which Lua does not count instructions. Globals are closed once
 * the script has been read: a missing "local" is an error, and not a value that the next document
 * finds. */
static const char prelude[] =
    "local next_, type_, tostring_, format_, sort = next, type, tostring, string.format, "
    "table.sort\n"
    "local pairs_, meta_, error_, select, unpack = pairs, getmetatable, error, select, "
    "table.unpack\n"
    "local rank = {number = 1, string = 2, boolean = 3}\n"
    "local function before(a, b)\n"
    "  local x, y = rank[type_(a)], rank[type_(b)]\n"
    "  if x ~= y then return x < y end\n"
    "  if x == 3 then return a and not b end\n"
    "  return a < b\n"
    "end\n"
    "function pairs(t)\n"
    "  local m = meta_(t)\n"
    "  if type_(t) ~= 'table' or type_(m) == 'table' and m.__pairs then return pairs_(t) end\n"
    "  local keys, n = {}, 0\n"
    "  for k in next_, t do\n"
    "    if not rank[type_(k)] then\n"
    "      error_('pairs: a ' .. type_(k) .. ' as key has no order that is the same in every run', "
    "2)\n"
    "    end\n"
    "    n = n + 1\n"
    "    keys[n] = k\n"
    "  end\n"
    "  sort(keys, before)\n"
    "  local i = 0\n"
    "  return function()\n"
    "    while i < n do\n"
    "      i = i + 1\n"
    "      local v = t[keys[i]]\n"
    "      if v ~= nil then return keys[i], v end\n"
    "    end\n"
    "  end\n"
    "end\n"
    "function next(t, k)\n"
    "  if k ~= nil then error_('next: use pairs, whose order is the same in every run', 2) end\n"
    "  return pairs(t)()\n"
    "end\n"
    "local set_, raw_ = setmetatable, rawget\n"
    "function setmetatable(t, m)\n"
    "  if type_(m) == 'table' and (raw_(m, '__gc') ~= nil or raw_(m, '__mode') ~= nil) then\n"
    "    error_('setmetatable: no __gc and no __mode: when memory is collected is not the same '\n"
    "      .. 'in every run', 2)\n"
    "  end\n"
    "  return set_(t, m)\n"
    "end\n"
    "local plain = {['nil'] = true, boolean = true, number = true, string = true}\n"
    "function tostring(x)\n"
    "  if plain[type_(x)] then return tostring_(x) end\n"
    "  local m = meta_(x)\n"
    "  if type_(m) == 'table' and m.__tostring then return tostring_(x) end\n"
    "  return type_(x)\n"
    "end\n"
    "local tostring_of = tostring\n"
    "function string.format(f, ...)\n"
    "  if tostring_(f):gsub('%%%%', ''):find('%%[%-%d%.]*p') then\n"
    "    error_('string.format: an address (%p) is another one in every run', 2)\n"
    "  end\n"
    "  local v, n = {...}, select('#', ...)\n"
    "  for i = 1, n do if not plain[type_(v[i])] then v[i] = tostring_of(v[i]) end end\n"
    "  return format_(f, unpack(v, 1, n))\n"
    "end\n";

static const char closing[] = "local error_ = error\n"
                              "setmetatable(_G, {__metatable = false, __newindex = function(_, k)\n"
                              "  error_(\"global '\" .. tostring(k) .. \"': no document may leave "
                              "something for the next one; "
                              "write local\", 2)\n"
                              "end})\n";

static void *grow(void *user, void *p, size_t old, size_t new)
{
    lua_box *b = user;
    void *q;
    if (!p) old = 0; /* it is a kind of object then */
    if (new == 0) {
        free(p);
        b->used -= old;
        return NULL;
    }
    if (new > old &&new - old > b->most - b->used) return NULL;
    q = realloc(p, new);
    if (q) b->used = b->used - old + new;
    return q;
}

/* Once the instructions are used up, each further one is an error, so that no pcall goes on. */
static void count(lua_State *L, lua_Debug *at)
{
    void *user;
    lua_box *b;
    (void)at;
    lua_getallocf(L, &user);
    b = user;
    b->left -= STEP;
    if (b->left > 0) return;
    lua_sethook(L, count, LUA_MASKCOUNT, 1);
    luaL_where(L, 0);
    lua_pushliteral(L, "too many instructions (the option instructions); an endless loop?");
    lua_concat(L, 2);
    lua_error(L);
}

static void open_libraries(lua_State *L)
{
    static const luaL_Reg libraries[] = {
        {LUA_GNAME, luaopen_base},       {LUA_STRLIBNAME, luaopen_string},
        {LUA_TABLIBNAME, luaopen_table}, {LUA_MATHLIBNAME, luaopen_math},
        {LUA_UTF8LIBNAME, luaopen_utf8}, {NULL, NULL}};
    static const char *const closed[] = {"dofile", "loadfile", "load", "collectgarbage",
                                         "print",  "warn",     NULL};
    const luaL_Reg *l;
    const char *const *c;
    for (l = libraries; l->func; l++) {
        luaL_requiref(L, l->name, l->func, 1);
        lua_pop(L, 1);
    }
    for (c = closed; *c; c++) {
        lua_pushnil(L);
        lua_setglobal(L, *c);
    }
    lua_getglobal(L, "string"); /* byte code, in and out */
    lua_pushnil(L);
    lua_setfield(L, -2, "dump");
    lua_getglobal(L, "math"); /* the same numbers each time: see lua_box_call */
    lua_getfield(L, -1, "randomseed");
    lua_setfield(L, LUA_REGISTRYINDEX, SEED);
    lua_pushnil(L);
    lua_setfield(L, -2, "randomseed");
    lua_pop(L, 2);
}

static void run(lua_State *L, const char *chunk, size_t n, const char *name)
{
    if (luaL_loadbufferx(L, chunk, n, name, "t") != LUA_OK) lua_error(L);
    lua_call(L, 0, 0);
}

struct opening {
    qn_str chunk;
    const char *name, *const *args;
    size_t nargs;
};

static void open_script(lua_State *L, void *arg)
{
    const struct opening *o = arg;
    size_t i;
    open_libraries(L);
    run(L, prelude, sizeof prelude - 1, "=quern");
    lua_newtable(L);
    for (i = 0; i < o->nargs; i++) {
        const char *eq = strchr(o->args[i], '=');
        if (!eq) {
            luaL_error(L, "args: '%s' is not of the form key=value", o->args[i]);
            return;
        }
        lua_pushlstring(L, o->args[i], (size_t)(eq - o->args[i]));
        lua_pushstring(L, eq + 1);
        lua_settable(L, -3);
    }
    lua_setglobal(L, "args");
    run(L, o->chunk.p, o->chunk.n, o->name);
    run(L, closing, sizeof closing - 1, "=quern");
    if (lua_getglobal(L, "process") != LUA_TFUNCTION)
        luaL_error(L, "there is no function process(doc)");
}

int lua_box_open(lua_box *b, qn_str chunk, const char *name, const char *const *args, size_t nargs,
                 size_t memory, int64_t instructions, char *why, size_t nwhy)
{
    struct opening o = {chunk, name, args, nargs};
    b->used = 0;
    b->most = memory;
    b->L = lua_newstate(grow, b);
    if (b->L) return lua_box_call(b, open_script, &o, instructions, why, nwhy);
    snprintf(why, nwhy, "out of memory (the option memory)");
    return 0;
}

void lua_box_close(lua_box *b)
{
    if (!b->L) return;
    lua_close(b->L);
    b->L = NULL;
}

/* The place in the script goes before the words; an error that is no text has none. */
static void tell(lua_State *L, char *why, size_t nwhy)
{
    size_t n;
    const char *words = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &n) : NULL;
    if (words)
        snprintf(why, nwhy, "%s", words);
    else
        snprintf(why, nwhy, "an error that is a %s and no text", luaL_typename(L, -1));
}

struct call {
    void (*act)(lua_State *, void *);
    void *arg;
};

/* Random numbers are the same for each document, whichever worker has it. */
static int call_protected(lua_State *L)
{
    const struct call *c = lua_touserdata(L, 1);
    if (lua_getfield(L, LUA_REGISTRYINDEX, SEED) == LUA_TFUNCTION) {
        lua_pushinteger(L, 1);
        lua_call(L, 1, 0);
    }
    lua_settop(L, 0);
    c->act(L, c->arg);
    return 0;
}

/* Outside of the protected call nothing may allocate: without a handler, Lua ends the program. */
int lua_box_call(lua_box *b, void (*act)(lua_State *, void *), void *arg, int64_t instructions,
                 char *why, size_t nwhy)
{
    struct call c = {act, arg};
    int st;
    b->left = instructions;
    lua_sethook(b->L, count, LUA_MASKCOUNT, STEP);
    lua_settop(b->L, 0);
    lua_pushcfunction(b->L, call_protected);
    lua_pushlightuserdata(b->L, &c);
    st = lua_pcall(b->L, 1, 0, 0);
    if (st == LUA_OK) return 1;
    if (st == LUA_ERRMEM) {
        snprintf(why, nwhy, "out of memory (the option memory)");
        b->left = STEP;
        lua_gc(b->L, LUA_GCCOLLECT);
    } else {
        tell(b->L, why, nwhy);
    }
    return 0;
}

/* SPDX-License-Identifier: MIT */
/* plugins/lua/doc.h - a record as a script sees it: the object doc. Places are those of Lua's
 * strings: bytes from 1, the last one included, so that doc.text:sub(s.first, s.last) is a span's
 * text. */
#ifndef LUA_DOC_H
#define LUA_DOC_H
#include <lua.h>
#include <quern/host.h>

enum { LUA_LAYERS = 32 };

/* Which layers a script may name; the same for all documents. */
typedef struct lua_layers {
    const char *name[LUA_LAYERS];
    qn_layer_id id[LUA_LAYERS];
    int alone[LUA_LAYERS]; /* its spans never overlap */
    size_t n;
} lua_layers;

typedef struct lua_doc {
    qn_ctx *cx;
    qn_record *r; /* NULL: the call is over */
    const lua_layers *layers;
    qn_name rule;  /* of what it does to the text */
    qn_status st;  /* other than QN_OK when the host could not do something */
    uint32_t open; /* layers that were added to and may be out of order: bits */
} lua_doc;

/* Pushes a doc object that stands for *d as long as d->r is set. */
void lua_doc_push(lua_State *L, lua_doc *d);
/* Puts layers that were added to in order; an error of Lua when spans overlap that must not. */
void lua_doc_settle(lua_State *L, lua_doc *d);
#endif

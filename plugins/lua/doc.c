/* SPDX-License-Identifier: MIT */
/* plugins/lua/doc.c - see doc.h. Errors of Lua leave a function by a jump: nothing of the host's
 * may be half done then. */
#include "doc.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "text/utf8.h"

#define DOC  "quern.doc"
#define META "quern.meta"

static lua_doc *doc_at(lua_State *L, int at, const char *class)
{
    lua_doc **d = luaL_checkudata(L, at, class);
    if (!(*d)->r) luaL_error(L, "this document's time is over: process(doc) must not keep it");
    return *d;
}

static void host_failed(lua_State *L, lua_doc *d, qn_status st)
{
    if (st == QN_OK) return;
    d->st = st;
    luaL_error(L, st == QN_E_NOMEM ? "out of memory" : "the text would be longer than 2 GiB");
}

/* A copy that lives as long as the record. */
static qn_str keep(lua_State *L, lua_doc *d, const char *p, size_t n)
{
    char *copy = qn_alloc(d->r->batch, n + 1);
    if (copy)
        memcpy(copy, p, n + 1);
    else
        host_failed(L, d, QN_E_NOMEM);
    return (qn_str){copy, n};
}

static qn_str check_text(lua_State *L, int at, const char *what)
{
    size_t n;
    const char *p = luaL_checklstring(L, at, &n);
    const size_t good = qn_utf8_valid(p, n);
    if (good != n) luaL_error(L, "%s: byte %d is not UTF-8", what, (int)good + 1);
    return (qn_str){p, n};
}

/* [beg, end) of the text for first and last, which stand at the top of the stack, last above. */
static qn_range check_place(lua_State *L, const lua_doc *d, int first_at, int last_at)
{
    const qn_str t = d->r->text;
    int ok_first, ok_last;
    const lua_Integer first = lua_tointegerx(L, first_at, &ok_first),
                      last = lua_tointegerx(L, last_at, &ok_last);
    if (!ok_first || !ok_last) luaL_error(L, "first and last must be whole numbers");
    if (first < 1 || last < first - 1 || last > (lua_Integer)t.n)
        luaL_error(L, "first %I and last %I are not within the text of %I bytes", first, last,
                   (lua_Integer)t.n);
    if (!qn_utf8_boundary(t.p, t.n, (size_t)first - 1) || !qn_utf8_boundary(t.p, t.n, (size_t)last))
        luaL_error(L, "first %I and last %I cut a character in two", first, last);
    return (qn_range){(uint32_t)first - 1, (uint32_t)last};
}

/* ---- layers -------------------------------------------------------------------------------------
 */

static size_t check_layer(lua_State *L, const lua_doc *d, int at)
{
    const char *name = luaL_checkstring(L, at);
    size_t i;
    for (i = 0; i < d->layers->n; i++)
        if (strcmp(d->layers->name[i], name) == 0) return i;
    return (size_t)luaL_error(L, "no layer '%s': name it in the option layers", name);
}

static int by_place(const void *a, const void *b)
{
    const qn_span *x = a, *y = b;
    if (x->beg != y->beg) return x->beg < y->beg ? -1 : 1;
    if (x->end != y->end) return x->end > y->end ? -1 : 1;
    return (x->label > y->label) - (x->label < y->label);
}

void lua_doc_settle(lua_State *L, lua_doc *d)
{
    size_t k;
    uint32_t i;
    for (k = 0; k < d->layers->n; k++) {
        const qn_layer *l = &d->r->layer[d->layers->id[k]];
        if (!(d->open >> k & 1)) continue;
        if (l->n) qsort(l->v, l->n, sizeof *l->v, by_place);
        for (i = 1; i < l->n && d->layers->alone[k]; i++)
            if (l->v[i].beg < l->v[i - 1].end)
                luaL_error(L, "%s: spans overlap: %I to %I and %I to %I", d->layers->name[k],
                           (lua_Integer)l->v[i - 1].beg + 1, (lua_Integer)l->v[i - 1].end,
                           (lua_Integer)l->v[i].beg + 1, (lua_Integer)l->v[i].end);
    }
    d->open = 0;
}

static qn_name check_label(lua_State *L, const lua_doc *d, int at)
{
    qn_str word;
    qn_name label;
    if (lua_isnoneornil(L, at)) return 0;
    word = check_text(L, at, "label");
    label = word.n ? d->cx->host->name(d->cx, word) : 0;
    if (word.n && !label) luaL_error(L, "there are too many different labels");
    return label;
}

static void add(lua_State *L, lua_doc *d, size_t layer, qn_range place, qn_name label,
                lua_Integer flags, lua_Integer data)
{
    qn_record *r = d->r;
    qn_layer *l = &r->layer[d->layers->id[layer]];
    host_failed(L, d, qn_add(r, d->layers->id[layer], place.beg, place.end, label));
    l->v[l->n - 1].flags = (uint16_t)flags;
    l->v[l->n - 1].data = (uint32_t)data;
    d->open |= 1u << layer;
}

/* doc:add(layer, first, last [, label]) */
static int doc_add(lua_State *L)
{
    lua_doc *d = doc_at(L, 1, DOC);
    const size_t layer = check_layer(L, d, 2);
    add(L, d, layer, check_place(L, d, 3, 4), check_label(L, d, 5), 0, 0);
    return 0;
}

static void set_integer(lua_State *L, const char *key, lua_Integer v)
{
    lua_pushinteger(L, v);
    lua_setfield(L, -2, key);
}

/* doc:spans(layer): {{first=, last=, label=, flags=, data=}, ...} */
static int doc_spans(lua_State *L)
{
    lua_doc *d = doc_at(L, 1, DOC);
    const size_t layer = check_layer(L, d, 2);
    const qn_layer *l = &d->r->layer[d->layers->id[layer]];
    uint32_t i;
    lua_doc_settle(L, d);
    lua_createtable(L, (int)l->n, 0);
    for (i = 0; i < l->n; i++) {
        const qn_str label = d->cx->host->name_text(d->cx, l->v[i].label);
        lua_createtable(L, 0, 5);
        set_integer(L, "first", (lua_Integer)l->v[i].beg + 1);
        set_integer(L, "last", (lua_Integer)l->v[i].end);
        set_integer(L, "flags", l->v[i].flags);
        set_integer(L, "data", l->v[i].data);
        lua_pushlstring(L, label.p, label.n);
        lua_setfield(L, -2, "label");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static lua_Integer small(lua_State *L, int at, const char *key, lua_Integer most)
{
    lua_Integer v;
    int ok = 1;
    v = lua_getfield(L, at, key) == LUA_TNIL ? 0 : lua_tointegerx(L, -1, &ok);
    lua_pop(L, 1);
    if (!ok || v < 0 || v > most)
        luaL_error(L, "%s must be a whole number from 0 to %I", key, most);
    return v;
}

/* doc:set(layer, spans): these and no others */
static int doc_set(lua_State *L)
{
    lua_doc *d = doc_at(L, 1, DOC);
    const size_t layer = check_layer(L, d, 2);
    lua_Integer i, n;
    luaL_checktype(L, 3, LUA_TTABLE);
    n = luaL_len(L, 3);
    d->r->layer[d->layers->id[layer]].n = 0;
    for (i = 1; i <= n; i++) {
        qn_range place;
        qn_name label;
        if (lua_geti(L, 3, i) != LUA_TTABLE) luaL_error(L, "spans[%I] is not a table", i);
        lua_getfield(L, 4, "first");
        lua_getfield(L, 4, "last");
        lua_getfield(L, 4, "label");
        place = check_place(L, d, 5, 6);
        label = check_label(L, d, 7);
        add(L, d, layer, place, label, small(L, 4, "flags", UINT16_MAX),
            small(L, 4, "data", UINT32_MAX));
        lua_settop(L, 3);
    }
    d->open |= 1u << layer;
    return 0;
}

/* ---- the text -----------------------------------------------------------------------------------
 */

struct change {
    qn_range old;
    qn_str with;
};

static void edit(lua_State *L, lua_doc *d, const struct change *v, size_t n)
{
    qn_edit *e;
    qn_status st = QN_OK;
    size_t i;
    lua_doc_settle(L, d);
    e = d->cx->host->edit_begin(d->cx, d->r);
    if (!e) host_failed(L, d, QN_E_NOMEM);
    for (i = 0; i < n && st == QN_OK; i++)
        st = d->cx->host->edit_replace(e, v[i].old, v[i].with, d->rule);
    if (st == QN_OK) st = d->cx->host->edit_end(e);
    host_failed(L, d, st);
}

/* doc.text = s: what both have at their ends keeps its place in the raw input. */
static void set_text(lua_State *L, lua_doc *d, int at)
{
    const qn_str old = d->r->text;
    qn_str new = check_text(L, at, "text");
    size_t head = 0, tail = 0;
    struct change c;
    while (head < old.n && head < new.n &&old.p[head] == new.p[head])
        head++;
    while (!qn_utf8_boundary(old.p, old.n, head) || !qn_utf8_boundary(new.p, new.n, head))
        head--;
    while (tail < old.n - head &&
           tail < new.n - head &&old.p[old.n - 1 - tail] == new.p[new.n - 1 - tail])
        tail++;
    while (!qn_utf8_boundary(old.p, old.n, old.n - tail) ||
           !qn_utf8_boundary(new.p, new.n, new.n - tail))
        tail--;
    if (head == old.n && head == new.n) return;
    c.old = (qn_range){(uint32_t)head, (uint32_t)(old.n - tail)};
    c.with = keep(L, d, new.p + head, new.n - tail - head);
    edit(L, d, &c, 1);
}

/* doc:edit{{first, last, with}, ...}, in order */
static int doc_edit(lua_State *L)
{
    lua_doc *d = doc_at(L, 1, DOC);
    struct change *v;
    lua_Integer i, n;
    luaL_checktype(L, 2, LUA_TTABLE);
    n = luaL_len(L, 2);
    if (n <= 0) return 0;
    v = n < INT32_MAX ? qn_alloc(d->r->batch, (size_t)n * sizeof *v) : NULL;
    if (!v) host_failed(L, d, QN_E_NOMEM);
    for (i = 0; i < n; i++) {
        qn_str with;
        if (lua_geti(L, 2, i + 1) != LUA_TTABLE)
            luaL_error(L, "edit: [%I] is not {first, last, with}", i + 1);
        lua_geti(L, 3, 1);
        lua_geti(L, 3, 2);
        lua_geti(L, 3, 3);
        v[i].old = check_place(L, d, 4, 5);
        with = check_text(L, 6, "edit");
        v[i].with = keep(L, d, with.p, with.n);
        if (i && v[i].old.beg < v[i - 1].old.end)
            luaL_error(L, "edit: [%I] begins before the end of the one before it", i + 1);
        lua_settop(L, 2);
    }
    edit(L, d, v, (size_t)n);
    return 0;
}

/* ---- metadata -----------------------------------------------------------------------------------
 */

static void push_meta(lua_State *L, const qn_meta *m)
{
    if (!m)
        lua_pushnil(L);
    else if (m->type == QN_T_INT)
        lua_pushinteger(L, m->u.i);
    else if (m->type == QN_T_REAL)
        lua_pushnumber(L, m->u.d);
    else if (m->type == QN_T_BOOL)
        lua_pushboolean(L, m->u.i != 0);
    else
        lua_pushlstring(L, m->u.str.p, m->u.str.n);
}

static int meta_index(lua_State *L)
{
    const lua_doc *d = doc_at(L, 1, META);
    qn_str key;
    key.p = luaL_checklstring(L, 2, &key.n);
    push_meta(L, qn_meta_get(d->r, key));
    return 1;
}

static int meta_newindex(lua_State *L)
{
    lua_doc *d = doc_at(L, 1, META);
    qn_str text = check_text(L, 2, "the key");
    qn_meta m = {.type = QN_T_STR};
    m.key = keep(L, d, text.p, text.n);
    switch (lua_type(L, 3)) {
    case LUA_TBOOLEAN:
        m.type = QN_T_BOOL;
        m.u.i = lua_toboolean(L, 3);
        break;
    case LUA_TNUMBER:
        m.type = lua_isinteger(L, 3) ? QN_T_INT : QN_T_REAL;
        if (m.type == QN_T_INT)
            m.u.i = lua_tointeger(L, 3);
        else
            m.u.d = lua_tonumber(L, 3);
        if (m.type == QN_T_REAL && m.u.d - m.u.d != 0)
            luaL_error(L, "meta.%s: no finite number", m.key.p);
        break;
    case LUA_TSTRING:
        text = check_text(L, 3, "the value");
        m.u.str = keep(L, d, text.p, text.n);
        break;
    default:
        luaL_error(L, "meta.%s: a %s cannot be metadata; a string, number or boolean can", m.key.p,
                   luaL_typename(L, 3));
    }
    host_failed(L, d, d->cx->host->set_meta(d->cx, d->r, &m));
    return 0;
}

static int meta_next(lua_State *L)
{
    const lua_doc *d = doc_at(L, lua_upvalueindex(1), META);
    const lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));
    if (i >= d->r->nmeta) return 0;
    lua_pushinteger(L, i + 1);
    lua_replace(L, lua_upvalueindex(2));
    lua_pushlstring(L, d->r->meta[i].key.p, d->r->meta[i].key.n);
    push_meta(L, &d->r->meta[i]);
    return 2;
}

static int meta_pairs(lua_State *L)
{
    doc_at(L, 1, META);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, meta_next, 2);
    return 1;
}

/* ---- the object ---------------------------------------------------------------------------------
 */

/* doc:drop(rule) */
static int doc_drop(lua_State *L)
{
    lua_doc *d = doc_at(L, 1, DOC);
    const qn_str rule = check_text(L, 2, "the rule");
    const qn_name name = rule.n ? d->cx->host->name(d->cx, rule) : 0;
    if (!name) luaL_error(L, "drop: give the rule, a word that reports can show");
    if (qn_live(d->r)) d->cx->host->drop_record(d->cx, d->r, name);
    return 0;
}

/* doc:log(words) */
static int doc_log(lua_State *L)
{
    const lua_doc *d = doc_at(L, 1, DOC);
    d->cx->host->log(d->cx, QN_INFO, "%s: %s", d->r->id.p, luaL_checkstring(L, 2));
    return 0;
}

static int doc_index(lua_State *L)
{
    lua_doc *d = doc_at(L, 1, DOC);
    const char *key = luaL_checkstring(L, 2);
    if (strcmp(key, "text") == 0)
        lua_pushlstring(L, d->r->text.p, d->r->text.n);
    else if (strcmp(key, "id") == 0)
        lua_pushlstring(L, d->r->id.p, d->r->id.n);
    else if (strcmp(key, "meta") == 0)
        lua_getiuservalue(L, 1, 1);
    else if (lua_getfield(L, lua_upvalueindex(1), key) == LUA_TNIL)
        luaL_error(L, "doc has no '%s': id, text, meta, spans, set, add, edit, drop, log", key);
    return 1;
}

static int doc_newindex(lua_State *L)
{
    lua_doc *d = doc_at(L, 1, DOC);
    const char *key = luaL_checkstring(L, 2);
    if (strcmp(key, "text") != 0) luaL_error(L, "doc.%s cannot be set; doc.text can", key);
    set_text(L, d, 3);
    return 0;
}

static void push_object(lua_State *L, lua_doc *d, const char *class)
{
    lua_doc **box = lua_newuserdatauv(L, sizeof *box, 1);
    *box = d;
    luaL_setmetatable(L, class);
}

void lua_doc_push(lua_State *L, lua_doc *d)
{
    static const luaL_Reg methods[] = {{"spans", doc_spans}, {"set", doc_set},   {"add", doc_add},
                                       {"edit", doc_edit},   {"drop", doc_drop}, {"log", doc_log},
                                       {NULL, NULL}};
    static const luaL_Reg of_meta[] = {{"__index", meta_index},
                                       {"__newindex", meta_newindex},
                                       {"__pairs", meta_pairs},
                                       {NULL, NULL}};
    if (luaL_newmetatable(L, DOC)) {
        luaL_newlib(L, methods);
        lua_pushcclosure(L, doc_index, 1);
        lua_setfield(L, -2, "__index");
        lua_pushcfunction(L, doc_newindex);
        lua_setfield(L, -2, "__newindex");
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "__metatable");
        luaL_newmetatable(L, META);
        luaL_setfuncs(L, of_meta, 0);
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "__metatable");
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    push_object(L, d, DOC);
    push_object(L, d, META);
    lua_setiuservalue(L, -2, 1);
}

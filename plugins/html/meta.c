/* SPDX-License-Identifier: MIT */
/* plugins/html/meta.c - see meta.h. */
#include "meta.h"

#include "refs.h"

#include "text/json_read.h"

enum { LONGEST = 1000, DEEPEST = 8 };

/* Where a value was found, the surest last. */
enum { NOWHERE, TEXT, META_TAG, OPEN_GRAPH, JSON_LD };

struct found {
    qn_str *out;
    int sure[HTML_FIELDS];
    char *room;
};

static const struct {
    const char *name;
    enum html_field field;
    int sure;
} meta_names[] = {
    {"og:title", HTML_TITLE, OPEN_GRAPH},
    {"twitter:title", HTML_TITLE, META_TAG},
    {"author", HTML_BYLINE, META_TAG},
    {"article:author", HTML_BYLINE, META_TAG},
    {"parsely-author", HTML_BYLINE, META_TAG},
    {"sailthru.author", HTML_BYLINE, META_TAG},
    {"article:published_time", HTML_PUBLISHED, OPEN_GRAPH},
    {"datepublished", HTML_PUBLISHED, META_TAG},
    {"date", HTML_PUBLISHED, META_TAG},
    {"pubdate", HTML_PUBLISHED, META_TAG},
    {"parsely-pub-date", HTML_PUBLISHED, META_TAG},
    {"dc.date", HTML_PUBLISHED, META_TAG},
    {"og:locale", HTML_LANGUAGE, META_TAG},
};

size_t html_meta_room(const struct html_page *g)
{
    size_t n = 0;
    for (uint32_t i = 0; i < g->nfact; i++)
        n += 2 * ((size_t)(g->fact[i].text_end - g->fact[i].tag.beg) + 1);
    return n;
}

/* Takes p[0, n) as the field when nothing surer said it. */
static void offer(struct found *f, enum html_field field, int sure, const char *p, size_t n,
                  int in_attribute)
{
    size_t m;
    if (!n || n > LONGEST || sure <= f->sure[field]) return;
    if (field == HTML_BYLINE && n > 4 && memcmp(p, "http", 4) == 0) return; /* a profile page */
    m = html_plain(p, n, in_attribute, f->room);
    if (!m) return;
    f->out[field] = (qn_str){f->room, m};
    f->sure[field] = sure;
    f->room += m;
}

static void meta_tag(const struct html_page *g, struct found *f, const struct html_token *tag)
{
    struct html_attr a, name = {0, 0, 0, 0}, content = {0, 0, 0, 0};
    uint32_t at = tag->attrs;
    for (int n = 0; n < 32 && html_attr(g->p, tag, &at, &a); n++) {
        if (html_is(g->p, a.name, a.name_end, "content")) content = a;
        if (html_is(g->p, a.name, a.name_end, "name") ||
            html_is(g->p, a.name, a.name_end, "property") ||
            html_is(g->p, a.name, a.name_end, "itemprop"))
            name = a;
    }
    for (size_t i = 0; name.value_end && i < sizeof meta_names / sizeof *meta_names; i++)
        if (html_is(g->p, name.value, name.value_end, meta_names[i].name))
            offer(f, meta_names[i].field, meta_names[i].sure, g->p + content.value,
                  content.value_end - content.value, 1);
}

static void attribute(const struct html_page *g, struct found *f, const struct html_token *tag,
                      const char *name, enum html_field field)
{
    struct html_attr a;
    uint32_t at = tag->attrs;
    for (int n = 0; n < 32 && html_attr(g->p, tag, &at, &a); n++)
        if (html_is(g->p, a.name, a.name_end, name))
            offer(f, field, TEXT, g->p + a.value, a.value_end - a.value, 1);
}

static int skip(qn_jsonr *j)
{
    return qn_jsonr_skip(j, NULL);
}

/* The first name in a string, an object with a name, or an array of these. */
static int person(qn_jsonr *j, struct found *f, int depth)
{
    qn_str key, text;
    switch (depth < DEEPEST ? qn_jsonr_peek(j) : QN_JSON_NULL) {
    case QN_JSON_STRING:
        if (!qn_jsonr_string(j, &text)) return 0;
        offer(f, HTML_BYLINE, JSON_LD, text.p, text.n, 0);
        return 1;
    case QN_JSON_OBJECT:
        qn_jsonr_object(j);
        while (qn_jsonr_member(j, &key))
            if (!(key.n == 4 && memcmp(key.p, "name", 4) == 0 ? person(j, f, depth + 1) : skip(j)))
                return 0;
        return 1;
    case QN_JSON_ARRAY:
        qn_jsonr_array(j);
        while (qn_jsonr_item(j))
            if (!person(j, f, depth + 1)) return 0;
        return 1;
    default:
        return skip(j);
    }
}

static int string_field(qn_jsonr *j, struct found *f, enum html_field field)
{
    qn_str text;
    if (qn_jsonr_peek(j) != QN_JSON_STRING) return skip(j);
    if (!qn_jsonr_string(j, &text)) return 0;
    offer(f, field, JSON_LD, text.p, text.n, 0);
    return 1;
}

/* One thing of JSON-LD, a list of them, or a graph. Only things with a headline are articles: the
 * keys of others say nothing that is asked for here. */
static int thing(qn_jsonr *j, struct found *f, int depth)
{
    static const qn_str headline = QN_STR("headline"), author = QN_STR("author"),
                        date = QN_STR("datePublished"), lang = QN_STR("inLanguage"),
                        graph = QN_STR("@graph"), entity = QN_STR("mainEntity");
    qn_str key;
    int ok = 1;
    qn_json_kind kind = depth < DEEPEST ? qn_jsonr_peek(j) : QN_JSON_NULL;
    if (kind == QN_JSON_ARRAY) {
        qn_jsonr_array(j);
        while (ok && qn_jsonr_item(j))
            ok = thing(j, f, depth + 1);
        return ok;
    }
    if (kind != QN_JSON_OBJECT) return skip(j);
    qn_jsonr_object(j);
    while (ok && qn_jsonr_member(j, &key)) {
        if (qn_str_eq(key, headline))
            ok = string_field(j, f, HTML_TITLE);
        else if (qn_str_eq(key, date))
            ok = string_field(j, f, HTML_PUBLISHED);
        else if (qn_str_eq(key, lang))
            ok = string_field(j, f, HTML_LANGUAGE);
        else if (qn_str_eq(key, author))
            ok = person(j, f, 0);
        else if (qn_str_eq(key, graph) || qn_str_eq(key, entity))
            ok = thing(j, f, depth + 1);
        else
            ok = skip(j);
    }
    return ok;
}

static void json_ld(const struct html_page *g, struct found *f, const struct html_fact *fact)
{
    size_t n = fact->text_end - fact->tag.end;
    qn_jsonr j;
    qn_jsonr_open(&j, g->p + fact->tag.end, n, f->room);
    f->room += n; /* the decoded strings lie there, what is taken of them behind */
    thing(&j, f, 0);
}

void html_meta(const struct html_page *g, char *room, qn_str out[HTML_FIELDS])
{
    struct found f = {.out = out, .room = room};
    memset(out, 0, HTML_FIELDS * sizeof *out);
    for (uint32_t i = 0; i < g->nfact; i++) {
        const struct html_fact *fact = &g->fact[i];
        const struct html_token *tag = &fact->tag;
        if (tag->tag == HTML_T_META) meta_tag(g, &f, tag);
        if (tag->tag == HTML_T_HTML) attribute(g, &f, tag, "lang", HTML_LANGUAGE);
        if (tag->tag == HTML_T_TIME) attribute(g, &f, tag, "datetime", HTML_PUBLISHED);
        if (tag->tag == HTML_T_TITLE)
            offer(&f, HTML_TITLE, TEXT, g->p + tag->end, fact->text_end - tag->end, 0);
        if (tag->tag == HTML_T_SCRIPT) json_ld(g, &f, fact);
    }
}

/* SPDX-License-Identifier: MIT */
/* plugins/mask/mask.c - the plugin: replaces personal data by a placeholder or by as many stars;
 * each replacement carries the rule of its kind. */
#include "find.h"
#include <quern/plugin.h>

struct options {
    qn_list kinds;
    int style;
};
enum { PLACEHOLDER, SAME_LENGTH };

/* In the order of enum mask_kind, like all that follow. */
#define KINDS "email|phone|card|ip|iban"
static const char *const kind_name[MASK_KINDS] = {"email", "phone", "card", "ip", "iban"};
static const qn_str placeholder[MASK_KINDS] = {QN_STR("[email]"), QN_STR("[phone]"),
                                               QN_STR("[card]"), QN_STR("[ip]"), QN_STR("[iban]")};
static const char *const names[] = {"mask-email", "mask-phone", "mask-card",
                                    "mask-ip",    "mask-iban",  NULL};
static const qn_counter_decl counters[] = {
    {"email", "e-mail addresses"},     {"phone", "phone numbers"},       {"card", "card numbers"},
    {"ip", "IPv4 and IPv6 addresses"}, {"iban", "bank account numbers"}, {NULL, NULL}};
static const char *const needs[] = {"text", NULL};

static const qn_option options[] = {
    QN_OPTION(struct options, kinds, QN_LIST, .required = 1, .choices = KINDS,
              .help = "what to mask; nothing else is"),
    QN_OPTION(struct options, style, QN_ENUM, .def = "placeholder",
              .choices = "placeholder|same-length",
              .help = "[email] and the like, or stars of the same length, which keep all offsets"),
    {.name = NULL}};

static unsigned kinds_of(const qn_list *list)
{
    unsigned set = 0, k;
    for (size_t i = 0; i < list->n; i++)
        for (k = 0; k < MASK_KINDS; k++)
            if (strcmp(list->v[i], kind_name[k]) == 0) set |= 1U << k;
    return set;
}

/* A star for each character; a letter of two bytes gives a middle dot, so that neither bytes nor
 * code points are counted differently behind it. */
static qn_str stars(qn_batch *b, const char *p, size_t n)
{
    char *s = qn_alloc(b, n);
    qn_str none = {NULL, 0};
    if (!s) return none;
    for (size_t i = 0; i < n; i++) {
        if ((unsigned char)p[i] < 0x80) {
            s[i] = '*';
        } else {
            s[i] = '\xC2';
            s[++i] = '\xB7';
        }
    }
    return (qn_str){s, n};
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    const struct options *o = cx->options;
    unsigned kinds = kinds_of(&o->kinds);
    qn_edit *edit = NULL;
    struct mask_hit hit;
    qn_status st = QN_OK;
    size_t at = 0;
    while (st == QN_OK && mask_find(r->text.p, r->text.n, at, kinds, &hit)) {
        qn_str with = placeholder[hit.kind];
        if (o->style == SAME_LENGTH) with = stars(r->batch, r->text.p + hit.beg, hit.end - hit.beg);
        if (!edit) edit = cx->host->edit_begin(cx, r);
        if (!edit || !with.p) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
        st = cx->host->edit_replace(edit, (qn_range){(uint32_t)hit.beg, (uint32_t)hit.end}, with,
                                    cx->names[hit.kind]);
        qn_count(cx, (qn_counter)hit.kind, 1);
        at = hit.end;
    }
    return st == QN_OK && edit ? cx->host->edit_end(edit) : st;
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_STAGE,
    .name = "mask",
    .version = "1.0",
    .license = "MIT",
    .help = "masks e-mail addresses, phone and card numbers, IP addresses and IBANs",
    .needs = needs,
    .names = names,
    .counters = counters,
    QN_OPTIONS(options, struct options),
    .process = process,
};

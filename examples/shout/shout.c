/* SPDX-License-Identifier: MIT */
/* examples/shout/shout.c - a whole plugin, to copy from: labels words written in CAPITALS as
 * entities SHOUT (in a pipeline without another stage that makes ents). Build and use it:
 *   cc -shared -fPIC $(pkg-config --cflags quern) -o shout.so shout.c
 *   QUERN_PLUGIN_PATH=. quern run shout.cfg article.txt */
#include <ctype.h>
#include <quern/plugin.h>

static qn_status process(qn_ctx *cx, qn_record *r)
{
    uint32_t i, beg, lower, n = (uint32_t)r->text.n;
    for (i = 0; i < n; i++) {
        for (beg = i, lower = 0; i < n && isalpha((unsigned char)r->text.p[i]); i++)
            lower += !isupper((unsigned char)r->text.p[i]);
        if (i > beg + 1 && !lower && qn_add(r, cx->makes[0], beg, i, cx->names[0]) != QN_OK)
            return cx->host->fail(cx, QN_E_NOMEM, "no memory left for an entity");
    }
    return QN_OK;
}

static const char *const needs[] = {"text", NULL}, *const makes[] = {"ents", NULL};
static const char *const names[] = {"SHOUT", NULL};

const qn_plugin quern_plugin = {QN_PLUGIN_HEAD,   .kind = QN_STAGE,
                                .name = "shout",  .version = "1.0.0",
                                .license = "MIT", .help = "labels words written in capitals",
                                .needs = needs,   .makes = makes,
                                .names = names,   .process = process};

/* SPDX-License-Identifier: MIT */
/* tests/install/variant.c - one small plugin in all the forms, right and wrong, that the loader
 * must tell apart; tests/install/abi.bats compiles it with -D for each. */
#include <quern/plugin.h>

#ifndef MAGIC
#define MAGIC QN_MAGIC
#endif
#ifndef SIZE
#define SIZE sizeof(qn_plugin)
#endif
#ifndef MAJOR
#define MAJOR QN_ABI_MAJOR
#endif
#ifndef MINOR
#define MINOR QN_ABI_MINOR
#endif
#ifndef KIND
#define KIND QN_STAGE
#endif

struct options {
    int64_t times;
};

static const qn_option rows[] = {QN_OPTION(struct options, times, QN_INT, .def = "1", .min = "1",
                                           .max = "9", .help = "how many marks"),
                                 {.name = NULL}};
#ifndef STRIDE
#define STRIDE sizeof rows[0]
#endif

#ifdef CIRCLE
extern const qn_plugin quern_plugin;
#define NEXT &quern_plugin
#else
#define NEXT NULL
#endif

#ifdef MISSING_SYMBOL
int defined_nowhere(void);
#endif

static qn_status process(qn_ctx *cx, qn_record *r)
{
    const struct options *o = cx->options;
    int64_t i;
#ifdef MISSING_SYMBOL
    if (defined_nowhere()) return QN_E_BUG;
#endif
    for (i = 0; i < o->times && i < (int64_t)r->text.n; i++)
        if (qn_add(r, cx->makes[0], (uint32_t)i, (uint32_t)i + 1, cx->names[0]) != QN_OK)
            return QN_E_NOMEM;
    return QN_OK;
}

static const char *const needs[] = {"text", NULL}, *const makes[] = {"ents", NULL};
static const char *const names[] = {"VARIANT", NULL};

#ifndef NO_DESCRIPTOR
/* What follows the descriptor is not the host's to read, whatever its own is like: an address
 * that cannot be used lies there. */
static const struct {
    qn_plugin plugin;
    uintptr_t poison[8];
} box = {{MAGIC, SIZE, MAJOR, MINOR, .kind = KIND, .name = "variant", .version = "1",
          .license = "MIT", .help = "marks the first bytes", .needs = needs, .makes = makes,
          .names = names, .options = rows, .option_stride = STRIDE,
          .options_size = sizeof(struct options), .process = process, .next = NEXT},
         {16, 16, 16, 16, 16, 16, 16, 16}};
extern const qn_plugin quern_plugin __attribute__((alias("box")));
#endif

/* SPDX-License-Identifier: MIT */
/* plugins/fixtext/cells.h - a dirty stretch of text as an array of characters, each of which
 * remembers the source bytes it stands for, so that any chain of repairs ends as exact edits. */
#ifndef FIXTEXT_CELLS_H
#define FIXTEXT_CELLS_H
#include "fix.h"
#include "tables.h"

#include <stdbool.h>

/* One character. It stands for source bytes [beg, end); when one source piece became several
 * characters the first has the piece and the others are empty at its end. Source bytes between
 * two cells were deleted, by the rule in `gap` of the latter. */
struct fixtext_cell {
    uint32_t cp, beg, end;
    uint8_t rule, gap;
};

/* A growing array of cells; the last one is a sentinel with cp 0 that is not counted in n. */
struct fixtext_cells {
    struct fixtext_cell *v;
    size_t n, cap;
};

/* Everything one pass over one text needs. */
struct fixtext_pass {
    const struct fixtext_options *opt;
    const char *text;
    size_t n;
    size_t beg; /* of the stretch in work */
    struct fixtext_cells in, out;
    uint8_t pending; /* rule of what a step has just deleted, for the next cell's gap */
    /* facts about the text, found when first asked for */
    int markup;                      /* -1 unknown, 0, 1 */
    size_t line_beg, line_end;       /* of the stretch that `evidence` describes */
    unsigned evidence[FIXTEXT_NENC]; /* sure pieces of mojibake in it, by charset */
    bool nomem;
    void *arg;
    fixtext_emit emit;
};

enum { FIXTEXT_NONE = 0xFFFFFFFF };

/* Decodes the (valid) UTF-8 at p[i]; *len gets its length. */
uint32_t fixtext_decode(const char *p, size_t n, size_t i, unsigned *len);
/* Encodes into out[4]; returns the length. */
unsigned fixtext_encode(uint32_t cp, char *out);

bool fixtext_reserve(struct fixtext_pass *f, struct fixtext_cells *c, size_t more);
void fixtext_load(struct fixtext_pass *f, size_t beg, size_t end);
/* Starts a step that writes at most `max` cells; false when out of memory. */
bool fixtext_start(struct fixtext_pass *f, size_t max);
/* Appends a cell as it is. */
void fixtext_keep(struct fixtext_pass *f, const struct fixtext_cell *c);
/* Appends cp, standing for the source of cells first..last, because of `rule`. */
void fixtext_put(struct fixtext_pass *f, uint32_t cp, const struct fixtext_cell *first,
                 const struct fixtext_cell *last, enum fixtext_rule rule);
/* Leaves a cell out. */
void fixtext_drop(struct fixtext_pass *f, const struct fixtext_cell *c, enum fixtext_rule rule);
/* Ends a step: out becomes in. */
void fixtext_finish(struct fixtext_pass *f);
/* Hands the changes of f->in to the emit function. */
int fixtext_flush(struct fixtext_pass *f);

/* The steps: each reads f->in, and when it changes something writes f->out, swaps, and returns
 * true. */
bool fixtext_entities(struct fixtext_pass *f);
bool fixtext_mojibake(struct fixtext_pass *f);
bool fixtext_chars(struct fixtext_pass *f);
bool fixtext_compose(struct fixtext_pass *f);

/* Which steps have something to look at. */
enum { FIXTEXT_T_ENTITY = 1, FIXTEXT_T_MOJIBAKE = 2, FIXTEXT_T_CHARS = 4, FIXTEXT_T_NFC = 8 };
unsigned fixtext_triggers(const struct fixtext_pass *f);

/* The short way: repairs the suspect at i itself when nothing around it can matter. Bytes done, 0
 * when the long way is needed; *rc is emit's answer. */
size_t fixtext_quick(struct fixtext_pass *f, size_t i, size_t floor, int *rc);

/* Could these two neighbours be the start of mojibake in any charset? */
bool fixtext_pair(uint32_t a, uint32_t b);
/* Would fixtext_chars change this character (whatever its neighbours)? */
bool fixtext_odd(const struct fixtext_options *o, uint32_t cp);
#endif

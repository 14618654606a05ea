/* SPDX-License-Identifier: MIT */
/* plugins/html/score.h - which blocks of a page are its article. */
#ifndef HTML_SCORE_H
#define HTML_SCORE_H
#include "page.h"

/* What a weight belongs to. The first group is of the block itself, the second of the elements
 * around it (see page.h), the third of the choice among the blocks of the article's element. */
#define HTML_FEATURES(X)                                                                           \
    X(BASE)      /* every block */                                                                 \
    X(LENGTH)    /* words / (words + 12) */                                                        \
    X(LINKS)     /* share of words in links */                                                     \
    X(SENTENCE)  /* ends as sentences do */                                                        \
    X(PARAGRAPH) /* a p of its own */                                                              \
    X(HEADING)   /* h1 to h6 */                                                                    \
    X(ITEM)      /* of a list */                                                                   \
    X(CELL)      /* of a table */                                                                  \
    X(MARKS)     /* more than two commas and stops */                                              \
    X(REPEATED)  /* its text is that of two other blocks, at least */                              \
    X(SLANTED)   /* all of it stands in em or i */                                                 \
    X(ARTICLE)                                                                                     \
    X(MAIN)                                                                                        \
    X(GOOD)                                                                                        \
    X(BODY_PROP)                                                                                   \
    X(MARGIN)                                                                                      \
    X(BAD)                                                                                         \
    X(HIDDEN)                                                                                      \
    X(FIGURE)                                                                                      \
    X(COMMENTS)                                                                                    \
    X(HEADER)                                                                                      \
    X(QUOTE)                                                                                       \
    X(INSIDE)     /* in the article's element */                                                   \
    X(NEIGHBOURS) /* times the scores of the blocks before and behind */                           \
    X(AHEAD)      /* before the first paragraph of running text */                                 \
    X(BEHIND)     /* behind the last one */                                                        \
    X(LINKED)     /* nearly nothing but links, and no item of a list */                            \
    X(MASS)       /* times the words, at most 120, of a block when elements are compared */

enum html_feature {
#define X(name) HTML_F_##name,
    HTML_FEATURES(X)
#undef X
        HTML_F_COUNT
};

/* Those that ship, found by tools/tune-html. */
extern const float html_weights[HTML_F_COUNT];

/* Sets keep and score of every block by the weights. 0: out of memory. */
int html_score(struct html_page *g, const float weight[HTML_F_COUNT]);
/* Keeps every block, but those that the page hides. */
void html_keep_all(struct html_page *g);
#endif

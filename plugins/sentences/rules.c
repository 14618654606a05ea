/* SPDX-License-Identifier: MIT */
/* plugins/sentences/rules.c - decides by rules over the lexicon's classes. Used for the languages
 * that have no model, and as the yardstick the model must beat. */
#include "decide.h"

static int starts_upper(const gap_word *w)
{
    return w->shape == SHAPE_CAPITAL || w->shape == SHAPE_UPPER || w->shape == SHAPE_UPPER1;
}

static int starts_lower(const gap_word *w)
{
    return w->shape == SHAPE_LOWER || w->shape == SHAPE_LOWER1;
}

/* A word that starts sentences; single letters ("A") are initials as often. */
static int is_starter(const gap_word *w)
{
    return (w->lex & LEX_STARTER) && w->shape != SHAPE_UPPER1 && !starts_lower(w);
}

/* "1." "12." "b." before the first word of its sentence. */
static int is_list_number(const gap *g)
{
    if (g->first != 1 || g->l1.edge != EDGE_NONE || g->closer != EDGE_NONE) return 0;
    return g->l1.shape == SHAPE_UPPER1 || g->l1.shape == SHAPE_LOWER1 ||
           (g->l1.shape == SHAPE_NUMBER && g->l1.end - g->l1.beg <= 3);
}

/* "SEOUL - North Korea": the place a report comes from. */
static int is_place_line(const gap *g)
{
    return g->first && g->l1.shape == SHAPE_UPPER;
}

int sentences_guard(const gap *g)
{
    unsigned lex = g->l1.lex;
    if (g->kind == GAP_STOP &&
        (g->stop == STOP_FOREIGN || (g->l1.shape == SHAPE_LETTERS && g->r1.shape == SHAPE_LETTERS)))
        return sentences_rules(g); /* no model has learnt these scripts */
    if (g->kind == GAP_SPACE)
        return g->stop == STOP_DASH && (g->l1.edge == EDGE_BRACKET || is_place_line(g)) ? -1 : 0;
    if (g->stop == STOP_DOT && g->closer == EDGE_NONE) {
        if (g->kind == GAP_STOP && is_list_number(g)) return -1;
        if ((lex & (LEX_TITLE | LEX_EXTRA)) && !is_starter(&g->r1) && g->opener != EDGE_QUOTE &&
            g->r1.shape != SHAPE_NONE)
            return g->kind == GAP_STOP || g->full ? -1 : 0;
        if ((lex & g->r1.lex & LEX_END) && g->r1.edge == EDGE_STOP && g->kind == GAP_STOP)
            return -1; /* Pty. Ltd. */
        if ((lex & LEX_TIME) && (g->r1.lex & LEX_WHEN) && starts_upper(&g->r1) && !g->opener)
            return g->kind == GAP_STOP || g->full ? -1 : 0; /* 6 p.m. Monday */
        if ((lex & (LEX_COMPANY | LEX_PLACE)) && (g->r1.lex & LEX_FOLLOWER) &&
            starts_upper(&g->r1) && !g->opener)
            return g->kind == GAP_STOP || g->full ? -1 : 0; /* U.S. Navy */
        if ((lex & LEX_INNER) && g->kind == GAP_STOP && !(lex & LEX_END)) return -1;
        if (g->l1.shape == SHAPE_UPPER1 && g->r1.shape == SHAPE_UPPER1 && g->r1.edge == EDGE_STOP &&
            g->opener == EDGE_NONE)
            return g->kind == GAP_STOP ? -1 : 0; /* J. K. Hall */
        if (g->l1.shape == SHAPE_UPPER1 && g->l2.shape == SHAPE_UPPER &&
            g->r1.shape == SHAPE_UPPER && g->kind == GAP_STOP && !is_starter(&g->r1))
            return -1; /* ELIZABETH B. HALL */
        if ((lex & ~(unsigned)LEX_NUMBER & LEX_ABBREVIATION) && starts_lower(&g->r1) &&
            g->kind == GAP_STOP)
            return -1;
    }
    if (g->stop == STOP_DOT && g->closer == EDGE_QUOTE && g->kind == GAP_STOP &&
        (lex & (LEX_NUMBER | LEX_TITLE)) && starts_upper(&g->r1))
        return 1; /* 'The answer is no.' She */
    if (g->stop == STOP_DOT && g->closer == EDGE_BRACKET && (lex & LEX_END) &&
        (g->l2.lex & LEX_TITLE) && !is_starter(&g->r1))
        return -1; /* Lt. Gen. (retd.) Hall */
    if (g->stop == STOP_DOTS && g->closer == EDGE_QUOTE && is_starter(&g->r1) &&
        g->r1.shape == SHAPE_CAPITAL)
        return 1; /* "I don't know..." She */
    if (g->stop == STOP_BANG && (lex & LEX_BRAND) && g->closer == EDGE_NONE &&
        !is_starter(&g->r1) && g->kind == GAP_STOP)
        return -1;
    return 0;
}

int sentences_is_plain_stop(gap *g, const char *text, const sentences_lexicon *lex)
{
    if (g->kind != GAP_STOP || !STOP_FINAL(g->stop) || g->l1.shape != SHAPE_LOWER ||
        g->r1.shape != SHAPE_CAPITAL || g->closer || g->glued)
        return 0;
    sentences_classify(&g->l1, text, lex);
    return g->l1.lex == 0;
}

/* After "Gen.", "no.", "U.S.": the abbreviation's class and the next word decide. */
static int after_abbreviation(const gap *g)
{
    unsigned lex = g->l1.lex;
    int starter = is_starter(&g->r1);
    if (g->closer == EDGE_QUOTE || g->opener == EDGE_QUOTE) return starts_upper(&g->r1);
    if (lex & (LEX_TITLE | LEX_INNER)) return 0;
    if (lex & (LEX_END | LEX_EXTRA)) return starter;
    if (g->r1.shape == SHAPE_NUMBER || g->r1.shape == SHAPE_ALNUM) return 0;
    if (lex & LEX_MONTH) return starter;
    return starts_upper(&g->r1); /* "He said no. Nobody..." */
}

/* The end of "Goethestr.", as gap_word.tail has it. */
enum { STREET = 's' << 16 | 't' << 8 | 'r' };

static int after_dot(const gap *g)
{
    if (g->first == 1 &&
        (g->l1.shape == SHAPE_NUMBER || g->l1.shape == SHAPE_UPPER1 || g->l1.shape == SHAPE_LOWER1))
        return 0;                                               /* a list's number */
    if (g->l1.shape == SHAPE_UPPER1) return is_starter(&g->r1); /* an initial, whatever else */
    if (g->l1.lex & LEX_ABBREVIATION) return after_abbreviation(g);
    if (g->l1.shape == SHAPE_NUMBER && (g->r1.lex & LEX_MONTH)) return 0; /* 3. Oktober */
    if (starts_lower(&g->r1)) return 0;
    if (g->l1.shape == SHAPE_LOWER1 || g->l1.shape == SHAPE_DOTTED || g->l1.shape == SHAPE_INITIALS)
        return is_starter(&g->r1);
    return !(g->l1.tail == STREET && g->r1.shape == SHAPE_NUMBER);
}

static int after_stop(const gap *g)
{
    switch (g->stop) {
    case STOP_DOT:
        return after_dot(g);
    case STOP_BANG:
    case STOP_ASK:
        return !starts_lower(&g->r1);
    case STOP_DOTS:
        return !starts_lower(&g->r1);
    default:
        return STOP_FINAL(g->stop);
    }
}

static int at_line_end(const gap *g)
{
    if (g->opener == EDGE_BULLET) return 1;
    if (STOP_FINAL(g->stop) && !(g->layout->wrapped && g->full)) return !starts_lower(&g->r1);
    if (STOP_FINAL(g->stop)) return after_stop(g);
    if (g->layout->wrapped) return !g->full && !starts_lower(&g->r1);
    return !starts_lower(&g->r1);
}

int sentences_is_ordinal(const gap *g)
{
    return g->kind == GAP_STOP && g->stop == STOP_DOT && g->closer == EDGE_NONE &&
           g->l1.shape == SHAPE_NUMBER && g->l1.end - g->l1.beg <= 2 && !(g->l2.lex & LEX_NUMBER) &&
           !is_starter(&g->r1);
}

int sentences_rules(const gap *g)
{
    int cut = 0;
    if (g->kind == GAP_STOP)
        cut = after_stop(g);
    else if (g->kind == GAP_LINE)
        cut = at_line_end(g);
    return cut ? DECIDE_SURE : -DECIDE_SURE;
}

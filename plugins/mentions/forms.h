/* SPDX-License-Identifier: MIT */
/* plugins/mentions/forms.h - the names of a document and the shorter forms that stand for them:
 * surnames, acronyms, "the North". Kept sorted and searched by halves, never hashed, so that no
 * document can be made slow on purpose. A worker's scratch. */
#ifndef MENTIONS_FORMS_H
#define MENTIONS_FORMS_H
#include <quern/record.h>

/* A name as it stands in the text. */
typedef struct mention {
    uint32_t ent;        /* number in the layer ents */
    uint32_t first, end; /* tokens */
    uint32_t beg;        /* of the text */
    qn_str text;
    qn_name label;
    uint32_t sure;   /* confidence, of 65,535; one that no stage gave is full */
    uint32_t chain;  /* from 1 */
    int half;        /* it may be "the North" */
    uint32_t origin; /* in mention i: the mention that chain i + 1 begins with */
} mention;

enum form_kind { FORM_FULL, FORM_ACRONYM, FORM_SURNAME, FORM_HALF };

/* What a piece of text may stand for. */
typedef struct form {
    qn_str text;
    uint32_t kind; /* enum form_kind */
    qn_name label;
    uint32_t owner; /* the mention that it is the name, or a form, of: the first of several alike */
    uint32_t count; /* how often it stands in the text so, with this label (FORM_FULL) */
    uint32_t sure;  /* the highest confidence of these */
    uint64_t votes; /* the sum of their confidences */
    uint32_t chain; /* of FORM_FULL, once known */
} form;

typedef struct forms {
    mention *mention;
    uint32_t nmention, capmention;
    form *form;
    uint32_t nform, capform;
    uint64_t filter[64]; /* bits of the first bytes and lengths of forms' first words */
} forms;

/* Labels that the rules speak of. */
typedef struct form_labels {
    qn_name person, gpe;
    const qn_name *values; /* not names */
    int nvalues;
} form_labels;

void forms_free(forms *);
/* Collects names and the forms whose bits (1 << FORM_...) are in `kinds`. QN_E_NOMEM. */
qn_status forms_read(forms *, qn_str text, const qn_layer *ents, const qn_layer *tokens,
                     const form_labels *, unsigned kinds);
/* Token i stands as half of a country's name does: "the North", not "the North Sea". */
int forms_is_half(qn_str text, const qn_layer *tokens, uint32_t i);
/* The forms written so: forms->form[first, return value). */
uint32_t forms_find(const forms *, qn_str text, uint32_t *first);
/* May some form begin with this word? */
int forms_may_begin(const forms *, qn_str word);
/* The one of them that most speaks for; NULL: none. Full names come before acronyms, these before
 * surnames. */
const form *forms_best(const forms *, uint32_t first, uint32_t end);
#endif

/* SPDX-License-Identifier: MIT */
/* plugins/mentions/chains.c - see chains.h. */
#include "chains.h"

#include "ents/ents.h"

enum { SURE = 49151 }; /* a confidence, of 65,535 */

/* The form of the given kind among forms [first, end); NULL. */
static form *of_kind(const forms *f, uint32_t first, uint32_t end, enum form_kind kind)
{
    for (; first < end && f->form[first].kind < kind; first++) {
    }
    return first < end && f->form[first].kind == kind ? &f->form[first] : NULL;
}

static form *full_form(const forms *f, uint32_t first, uint32_t end, qn_name label)
{
    for (; first < end && f->form[first].kind == FORM_FULL; first++)
        if (f->form[first].label == label) return &f->form[first];
    return NULL;
}

/* ---- one label --------------------------------------------------------------------------------
 */

static qn_name better_label(const forms *f, const mention *m, qn_name person)
{
    uint32_t first, end = forms_find(f, m->text, &first), i;
    const form *own = full_form(f, first, end, m->label), *best = own, *other;
    if (!own) return m->label;
    other = m->half ? of_kind(f, first, end, FORM_HALF) : NULL;
    if (other) return other->label;
    other =
        m->label != person && m->end == m->first + 1 ? of_kind(f, first, end, FORM_SURNAME) : NULL;
    if (other && own->sure < SURE && other->sure >= SURE) return person;
    other = of_kind(f, first, end, FORM_ACRONYM);
    if (other && other->sure > own->sure) return other->label;
    for (i = first; i < end && f->form[i].kind == FORM_FULL; i++)
        if (f->form[i].votes > best->votes) best = &f->form[i];
    return best->votes >= 2 * own->votes ? best->label : m->label;
}

uint32_t chains_relabel(const forms *f, qn_layer *ents, qn_name person)
{
    uint32_t i, n = 0;
    for (i = 0; i < f->nmention; i++) {
        const mention *m = &f->mention[i];
        qn_span *e = &ents->v[m->ent];
        qn_name label;
        if (ents_source_of(e) == ENTS_OPERATOR) continue;
        label = better_label(f, m, person);
        if (label == m->label) continue;
        e->label = label;
        e->flags = ENTS_MENTIONS;
        n++;
    }
    return n;
}

/* ---- chains -------------------------------------------------------------------------------------
 */

/* The person a surname stands for: the last one named before, or else the first. */
static const mention *bearer(const forms *f, const form *surname, uint32_t end, uint32_t m)
{
    uint32_t lo = (uint32_t)(surname - f->form), hi = end;
    while (lo + 1 < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (f->form[mid].owner < m)
            lo = mid;
        else
            hi = mid;
    }
    return &f->mention[f->form[lo].owner];
}

/* The mention that m is a short form of; NULL: it is a name of its own. */
static const mention *longer_name(const forms *f, uint32_t i, qn_name person, const form **own)
{
    const mention *m = &f->mention[i];
    uint32_t first, end = forms_find(f, m->text, &first);
    const form *x = of_kind(f, first, end, FORM_ACRONYM);
    *own = full_form(f, first, end, m->label);
    if (x && x->label == m->label) return &f->mention[x->owner];
    if (m->label == person)
        x = of_kind(f, first, end, FORM_SURNAME);
    else
        x = m->half ? of_kind(f, first, end, FORM_HALF) : NULL;
    return x ? bearer(f, x, end, i) : NULL;
}

uint32_t chains_number(forms *f, qn_name person)
{
    uint32_t i, n = 0;
    const form *own;
    int pass;
    for (pass = 0; pass < 2; pass++) /* full names first, so that short forms find them */
        for (i = 0; i < f->nmention; i++) {
            mention *m = &f->mention[i];
            const mention *whole = longer_name(f, i, person, &own);
            if (m->chain || (pass == 0 && whole)) continue;
            if (whole && whole->chain) {
                m->chain = whole->chain;
                continue;
            }
            if (own && own->chain)
                m->chain = own->chain;
            else {
                f->mention[n].origin = i;
                m->chain = ++n;
            }
            if (own) f->form[own - f->form].chain = m->chain;
        }
    return n;
}

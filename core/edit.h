/* SPDX-License-Identifier: MIT */
/* core/edit.h - floor 2: changes a record's text, and with it, in one go, every layer and the
 * provenance map. The functions behind qn_host.edit_begin, edit_replace and edit_end. */
#ifndef QUERN_EDIT_H
#define QUERN_EDIT_H
#include <quern/host.h>

/* The longest text a record may have, in bytes. */
#define QN_TEXT_MAX 0x7fffffffu

/* An editor: one per worker, used for one edit after another. NULL when out of memory. */
qn_edit *qn_edit_new(void);
void qn_edit_free(qn_edit *);

/* Starts an edit of r->text and returns `e`. An edit begun earlier and not ended is forgotten:
 * its record is as it was. */
qn_edit *qn_edit_begin(qn_edit *e, qn_record *r);

/* text[old) becomes `with`, because of `rule`. Ascending, without overlap; what is inserted at
 * the same place comes out in the order given. Replacing bytes by the same bytes is no change.
 * Errors, each of which makes qn_edit_end refuse the whole edit with the same status:
 * QN_E_BUG    out of order, out of the text, inside a code point, rule 0, `with` is not UTF-8,
 *             or no edit was begun
 * QN_E_DATA   the text would pass QN_TEXT_MAX
 * QN_E_NOMEM  out of memory */
qn_status qn_edit_replace(qn_edit *e, qn_range old, qn_str with, qn_name rule);

/* Carries the edit out:
 * - the text is a new one in batch memory; QN_REC_ASCII stays only while it is true;
 * - the map is composed with the record's earlier one, so that it goes from the raw input to the
 *   new text. A replacement that takes in older pieces takes their raw bytes under its own rule;
 *   one that cuts through an older replaced piece joins with the whole of it, under the rule of
 *   the first that does. Deletions at the edge of a replacement stay apart and keep their rule;
 * - a span keeps what is left of its text. An edge inside a replacement moves out to take in
 *   the whole of it; what is inserted at an edge stays outside; a span of which nothing is left
 *   is removed. A span that is empty to begin with stays unless its place goes.
 * With no replacement nothing is copied. On an error the record is as it was: QN_E_NOMEM;
 * QN_E_DATA when the text would pass QN_TEXT_MAX; QN_E_BUG when no edit was begun, or the text
 * was set otherwise meanwhile. */
qn_status qn_edit_end(qn_edit *e);
#endif

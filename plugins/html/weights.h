/* SPDX-License-Identifier: MIT */
/* plugins/html/weights.h - what each feature of a block counts. Written by tools/tune-html;
 * models/README.md says from what. */
#define W_BASE       -1.55F
#define W_LENGTH     2.55F
#define W_LINKS      -3.15F
#define W_SENTENCE   0.60F
#define W_PARAGRAPH  0.70F
#define W_HEADING    0.55F
#define W_ITEM       -0.20F
#define W_CELL       -0.40F
#define W_MARKS      0.45F
#define W_REPEATED   -2.30F
#define W_SLANTED    -0.05F
#define W_ARTICLE    0.50F
#define W_MAIN       0.35F
#define W_GOOD       0.90F
#define W_BODY_PROP  1.55F
#define W_MARGIN     -2.40F
#define W_BAD        -1.70F
#define W_HIDDEN     -4.00F
#define W_FIGURE     -2.55F
#define W_COMMENTS   -3.00F
#define W_HEADER     -1.25F
#define W_QUOTE      1.40F
#define W_INSIDE     1.05F
#define W_NEIGHBOURS 0.20F
#define W_AHEAD      -1.55F
#define W_BEHIND     -0.60F
#define W_LINKED     -1.10F
#define W_MASS       1.00F

/* SPDX-License-Identifier: MIT */
/* core/check/tests.c - the tests, by level: 1 loading, 2 the descriptor, 3 the life cycle, 4
 * documents, 5 the same answer always. */
#include "check/check.h"

#define DOCUMENT(i, name)                                                                          \
    {                                                                                              \
        4, "documents: " name, check_stage, STAGE_DOCUMENTS + (i)                                  \
    }

const check_test check_tests[] = {
    {1, "loading: every symbol is bound", check_load, LOAD_NOW},
    {1, "loading: one symbol is given out", check_load, LOAD_SYMBOLS},
    {2, "descriptor: complete and in order", check_descriptor, 0},
    {3, "life: opened and closed a hundred times", check_stage, STAGE_OPEN},
    {3, "life: two of it at once", check_stage, STAGE_TWO},
    {3, "life: four workers", check_stage, STAGE_QUIET},
    {3, "life: a file is written", check_sink, SINK_FILE},
    {3, "life: an empty file is read", check_source, SOURCE_EMPTY},
    DOCUMENT(0, "no text at all"),
    DOCUMENT(1, "one byte"),
    DOCUMENT(2, "one blank"),
    DOCUMENT(3, "nothing but line ends"),
    DOCUMENT(4, "no line end at the end"),
    DOCUMENT(5, "line ends of every kind"),
    DOCUMENT(6, "NUL and other controls"),
    DOCUMENT(7, "characters of every length"),
    DOCUMENT(8, "combining marks, joiners, directions"),
    DOCUMENT(9, "scripts without blanks"),
    DOCUMENT(10, "nothing but marks"),
    DOCUMENT(11, "news"),
    DOCUMENT(12, "10 MB on one line"),
    DOCUMENT(13, "10 MB without a blank"),
    DOCUMENT(14, "10 MB of stops"),
    DOCUMENT(15, "100,000 short sentences with names"),
    {4, "documents: only what is declared is written", check_stage, STAGE_WRITES},
    {4, "documents: a full device is an error", check_sink, SINK_FULL},
    {4, "documents: a file that is not there is an error", check_source, SOURCE_MISSING},
    {4, "documents: damaged bytes are read to their end", check_source, SOURCE_BROKEN},
    {5, "same answer: asked twice", check_stage, STAGE_TWICE},
    {5, "same answer: four workers, batches of one", check_stage, STAGE_WORKERS},
    {5, "same answer: the same file with four workers", check_sink, SINK_WORKERS},
    {5, "random documents", check_stage, STAGE_FUZZ},
    {5, "little memory is no crash", check_stage, STAGE_MEMORY},
    {0, NULL, NULL, 0},
};

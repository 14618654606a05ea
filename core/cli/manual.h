/* SPDX-License-Identifier: MIT */
/* core/cli/manual.h - floor 6: manual pages, made from the tables that help and the config are made
 * from, so that they say neither more nor less. */
#ifndef QUERN_MANUAL_H
#define QUERN_MANUAL_H
#include "cli.h"
#include "loader.h"

/* Print a page in mdoc(7). Its date is SOURCE_DATE_EPOCH where that is set, else today. */
void manual_of_command(FILE *, const cli_command *);
void manual_of_plugin(FILE *, const qn_plugin *);
#endif

/* SPDX-License-Identifier: MIT */
/* core/cli/plugincheck.h - floor 6: quern plugins check. */
#ifndef QUERN_PLUGINCHECK_H
#define QUERN_PLUGINCHECK_H
#include "loader.h"

/* argv[0] is "check"; returns the exit status. */
int check_plugin(qn_loader *, int argc, char **argv);
#endif

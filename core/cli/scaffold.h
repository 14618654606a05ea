/* SPDX-License-Identifier: MIT */
/* core/cli/scaffold.h - floor 6: `quern plugins new`: a folder with a plugin that works, its test
 * and its makefile, to go on from. */
#ifndef QUERN_CLI_SCAFFOLD_H
#define QUERN_CLI_SCAFFOLD_H

/* Makes the folder NAME with a plugin of the kind "filter", "source" or "sink". An exit status;
 * what is wrong is said. Nothing that is there already is touched. */
int make_plugin(const char *name, const char *kind);
#endif

/* SPDX-License-Identifier: MIT */
/* core/cli/fault.h - floor 7: what is said when a plugin takes the program down with it. */
#ifndef QUERN_CLI_FAULT_H
#define QUERN_CLI_FAULT_H

/* From now on a signal that ends the program as a fault (SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT)
 * names stage, plugin and record first, and then ends it as it would have. Where something else has
 * taken such a signal already (a sanitizer), that stays. */
void name_faults(void);
#endif

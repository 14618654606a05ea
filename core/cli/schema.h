/* SPDX-License-Identifier: MIT */
/* core/cli/schema.h - floor 7: what a config may hold as a JSON Schema (2020-12), for editors and
 * for programs that write configs: made from the tables that the configs are checked by. */
#ifndef QUERN_CLI_SCHEMA_H
#define QUERN_CLI_SCHEMA_H
#include <quern/plugin.h>

#include "text/json_write.h"

/* Of configs made of these plugins (n; NULL entries are passed over). A config is JSON when its
 * groups are objects, its lists and arrays are arrays. */
void schema_of_config(qn_jsonw *w, const qn_plugin *const *plugin, size_t n);
#endif

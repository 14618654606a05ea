/* SPDX-License-Identifier: MIT */
/* core/diag_codes.c - every error code with its title and what to do about it: the text of
 * `quern help E0203`. E01 plugins, E02 options, E03 data flow, E04 syntax, E05 files. */
#include <string.h>

#include "diag.h"

const qn_diag_code qn_diag_codes[] = {
    {"E0101", "no such plugin",
     "No file of that name was found. Plugins are looked for in `plugin_path` of the config, in\n"
     "the folders of QUERN_PLUGIN_PATH, in the program itself, in $XDG_DATA_HOME/quern/plugins\n"
     "and in the installed folder. `quern plugins list` shows what is there."},
    {"E0102", "plugin cannot be loaded",
     "The file is there, but the dynamic linker or quern refused it; its own words are in the\n"
     "message. A plugin built for a newer quern must be rebuilt or used with that quern."},
    {"E0103", "stage cannot be opened",
     "The plugin said why: a model or list is missing, or options do not fit together."},
    {"E0201", "a setting is missing", "The config or a stage lacks something that has no default."},
    {"E0202", "wrong type of value",
     "Strings are written in quotes, numbers and true/false without. Sizes and times with a unit\n"
     "are strings: \"64KiB\", \"5s\"."},
    {"E0203", "unknown setting",
     "There is no setting of that name at this place. `quern plugins show NAME` lists a plugin's\n"
     "options; every stage also has plugin, id and on_error."},
    {"E0204", "value out of range", "The option has bounds; the message names them."},
    {"E0205", "value not understood",
     "A size is a number and B, KB, MB, GB, TB, KiB, MiB, GiB or TiB (KB = 1000, KiB = 1024); a\n"
     "time is a number and ms, s, m or h."},
    {"E0206", "not one of the choices", "The option takes only the words that are listed."},
    {"E0207", "options that exclude each other",
     "Give one of the two; the other follows from it or makes no sense beside it."},
    {"E0208", "id given twice",
     "Stages are told apart by their id, which is the plugin's name if not given. Two stages of\n"
     "the same plugin need ids: { plugin = \"junklines\"; id = \"second\"; }."},
    {"E0209", "variable or secret not set",
     "${NAME} in a string is replaced by an environment variable. Give it a default with\n"
     "${NAME:-default}, or write $${NAME} when no variable is meant. A secret is \"env:NAME\" or\n"
     "\"file:PATH\"."},
    {"E0210", "no such stage or setting on the command line",
     "--set takes STAGE.OPTION=VALUE, where STAGE is a stage's id or \"run\"; --tap takes a "
     "stage's\n"
     "id."},
    {"E0301", "a stage's need is not met",
     "The stage reads an annotation layer that no earlier stage makes. Stages run in the order\n"
     "in which they are listed."},
    {"E0302", "stages in the wrong order", "A pipeline starts with one source; sinks come last."},
    {"E0401", "syntax error", "The message says what was found and what was expected."},
    {"E0402", "string not closed",
     "A string ends on the line on which it starts. Long ones can be written as several strings\n"
     "beside each other, which are joined."},
    {"E0403", "number does not fit",
     "A whole number without L must fit into 32 bits, with L into 64. libconfig itself would read\n"
     "another number without a word. Sizes are better written as \"5GB\"."},
    {"E0404", "setting given twice", "A group holds a name once."},
    {"E0405", "too large or too deep",
     "A config may have 1 MiB in 64 files, 10,000 settings, and groups 32 deep."},
    {"E0406", "mixed array",
     "All elements of an array [ ] have the same type; lists ( ) may mix them."},
    {"E0407", "version not known",
     "The config was written for a newer quern, or has no version. This one reads version = 1;."},
    {"E0501", "file cannot be read", "The message has the system's own words."},
    {"E0502", "include goes in a circle", "A file includes itself, directly or through others."},
    {"E0503", "input missing", "A path given to a source is not there or cannot be read."},
    {"E0504", "output cannot be made", "The message has the system's own words."},
    {"W0201", "deprecated option", "It still works; the message names what replaces it."},
    {NULL, NULL, NULL},
};

const qn_diag_code *qn_diag_code_find(const char *code)
{
    const qn_diag_code *c;
    for (c = qn_diag_codes; c->code; c++)
        if (strcmp(c->code, code) == 0) return c;
    return NULL;
}

# SPDX-License-Identifier: MIT
# tests/project/floors.awk - reads the #include "..." lines of the files given (paths relative to
# the top of the source tree) and prints each one that goes upward or round in a circle.
# The floors of core/, from the ground up:
BEGIN {
    split("text | batch names diag suggest log out | tree scan config option edit session |" \
          " loader host stage | plan wire step ledger | run eval bench embed page | check report | cli", word, " ")
    level = 0
    for (i = 1; i in word; i++)
        if (word[i] == "|")
            level++
        else
            floor_of[word[i]] = level
}

# The floor of a file below core/, by its folder or else by its name up to the first "_".
function floor(path, part, name)
{
    sub(/^core\//, "", path)
    name = path
    sub(/[\/_.].*/, "", name)
    return name in floor_of ? floor_of[name] : -1
}

# Where an include leads: beside the including file, or below core/. plugins/ents, plugins/references,
# plugins/sink, plugins/words and plugins/summarize are libraries, too: of the entity plugins, of
# fixtext and html, the sinks, those that weigh words, and digest.
function target(from, name, dir)
{
    dir = from
    sub(/[^\/]*$/, "", dir)
    if (name ~ /^(ents|references|sink|summarize|words)\//)
        return "plugins/" name
    return (dir name) in exists ? dir name : "core/" name
}

FNR == 1 { exists[FILENAME] = 1; order[++files] = FILENAME }

/^[ \t]*#[ \t]*include[ \t]*"/ {
    name = $0
    sub(/^[^"]*"/, "", name)
    sub(/".*/, "", name)
    n++
    from[n] = FILENAME; line[n] = FNR; what[n] = name
}

# <quern/base.h> is below everything: it holds only the words for bytes and numbers.
/^[ \t]*#[ \t]*include[ \t]*<quern\// && !/<quern\/base\.h>/ && FILENAME ~ /^core\/text\// {
    print FILENAME ":" FNR ": core/text is pure: it knows nothing of records and hosts"
}

# Depth-first walk; a file met again on its own path closes a circle.
function walk(file, i)
{
    state[file] = 1
    for (i = 1; i <= n; i++) {
        if (from[i] != file)
            continue
        if (!(to[i] in state))
            walk(to[i])
        else if (state[to[i]] == 1)
            print from[i] ":" line[i] ": circle: \"" what[i] "\" leads back to this file"
    }
    state[file] = 2
}

END {
    for (i = 1; i <= n; i++) {
        to[i] = target(from[i], what[i])
        place = from[i] ":" line[i] ": \"" what[i] "\": "
        if (what[i] == "config.h")
            continue
        if (!(to[i] in exists))
            print place "no such file beside it or in core/"
        else if (from[i] ~ /^core\// && to[i] !~ /^core\//)
            print place "the core includes nothing of plugins, tests or tools"
        else if (from[i] ~ /^core\// && floor(to[i]) > floor(from[i]))
            print place "is on a higher floor"
        else if (from[i] ~ /^plugins\//) {
            own = from[i]
            sub(/^plugins\//, "", own)
            sub(/\/.*/, "", own)
            if (to[i] !~ ("^plugins/" own "/") && to[i] !~ /^core\/text\// &&
                to[i] !~ /^plugins\/(ents|references|sink|summarize|words)\//)
                print place "a plugin includes <quern/...>, its own folder, \"text/...\", " \
                    "\"ents/...\", \"references/...\", \"sink/...\", \"summarize/...\" and \"words/...\" only"
        }
    }
    for (i = 1; i <= files; i++)
        if (!(order[i] in state))
            walk(order[i])
    for (i = 1; i <= files; i++)
        if (order[i] ~ /^core\// && floor(order[i]) < 0)
            print order[i] ": which floor? Name it in tests/project/floors.awk and docs/architecture.md"
}

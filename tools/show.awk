# SPDX-License-Identifier: MIT
# tools/show.awk - shows quern's JSON lines to people, without a JSON tool: for each record its id,
# counts, summary and entities. Offsets must be bytes (sink option offsets = "byte"), awk's locale C.

function show_escape(c)
{
    return c == "n" ? "\n" : c == "t" ? "\t" : c == "u" ? "?" : index("bfr", c) ? " " : c
}

# The parser stands at `at` in `line`; values go to value[path], list lengths to count[path].
function read_string(out, c)
{
    at++
    while (match(substr(line, at), /^[^"\\]+/) || (c = substr(line, at, 1)) == "\\") {
        if (RLENGTH > 0) {
            out = out substr(line, at, RLENGTH)
            at += RLENGTH
        } else {
            c = substr(line, at + 1, 1)
            out = out show_escape(c)
            at += c == "u" ? 6 : 2
        }
    }
    at++
    return out
}

function skip_to_value()
{
    while (index(" \t,:", substr(line, at, 1)) && at <= length(line))
        at++
    return substr(line, at, 1)
}

function read_value(path, c, n, key)
{
    c = skip_to_value()
    if (c == "{" || c == "[") {
        at++
        for (n = 0; index("}]", skip_to_value()) == 0; n++) {
            key = c == "{" ? read_string() : n
            read_value(path "." key)
        }
        at++
        count[path] = n
    } else if (c == "\"") {
        value[path] = read_string()
    } else {
        match(substr(line, at, 64), /^[^],}]*/)
        value[path] = substr(line, at, RLENGTH)
        at += RLENGTH
    }
}

function piece(path)
{
    return substr(value[".text"], value[path ".start"] + 1, \
                  value[path ".end"] - value[path ".start"])
}

# "a (2); b": a list of names in the order of their first mention, with how often each was seen if
# more than once.
function tally(names, name, seen, n, i, j, order, out)
{
    n = split(substr(names, 2), name, SUBSEP)
    for (i = 1; i <= n; i++)
        if (seen[name[i]]++ == 0)
            order[++j] = name[i]
    for (i = 1; i <= j; i++) {
        out = out (i > 1 ? "; " : "") order[i]
        if (seen[order[i]] > 1)
            out = out " (" seen[order[i]] ")"
    }
    return out
}

# The same for the members `what` of the list at path, or for what they cover in the text.
function tally_list(path, what, i, names)
{
    for (i = 0; i < count[path]; i++)
        names = names SUBSEP value[path "." i what]
    return tally(names)
}

function print_wrapped(first, rest, text, word, n, i, out)
{
    n = split(text, word, " ")
    out = first
    for (i = 1; i <= n; i++) {
        if (length(out) + length(word[i]) > 78) {
            print out
            out = rest
        }
        out = out " " word[i]
    }
    print out
}

function print_entities(i, label, order, n, names)
{
    for (i = 0; i < count[".ents"]; i++) {
        label = value[".ents." i ".label"]
        if (!(label in names))
            order[++n] = label
        names[label] = names[label] SUBSEP piece(".ents." i)
    }
    for (i = 1; i <= n; i++)
        print_wrapped(sprintf("  %-12s", order[i]), sprintf("  %-12s", ""), tally(names[order[i]]))
}

{
    line = $0
    at = 1
    split("", value)
    split("", count)
    read_value("")
    print "== " value[".id"]
    printf "  %d sentences, %d tokens, %d entities\n", count[".sents"], count[".tokens"], count[".ents"]
    if (count[".provenance"])
        print_wrapped("  Mended or taken out:", "   ", tally_list(".provenance", ".rule"))
    print_wrapped("  Summary:", "   ", value[".summary"])
    print_entities()
    print ""
}

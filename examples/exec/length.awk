# SPDX-License-Identifier: MIT
# A stage in awk: drops texts of fewer than ten words. Answers come in the order of the questions, so they
# need no "i". mawk, Debian's awk, waits for more input than there is unless it is told to be interactive.
#
#   { plugin = "exec"; command = [ "mawk", "-W", "interactive", "-f", "length.awk" ]; send = [ ]; }
{
    text = $0
    sub(/.*"text":"/, "", text)
    n = split(text, words, / /)
    print n < 10 ? "{\"drop\":\"too-short\"}" : "{}"
    fflush()
}

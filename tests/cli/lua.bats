# SPDX-License-Identifier: MIT
# tests/cli/lua.bats - the stage lua: what a script can do with a document, what it cannot do at all, and that what
# goes wrong is named.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    "$QUERN" plugins show lua >/dev/null 2>&1 || skip "built without Lua"
    cd "$BATS_TEST_TMPDIR"
    printf 'The café (CAFE) closed.\nBo met Al.\n' >a.txt
    printf 'Short.\n' >b.txt
}

# lua CODE [ARG...]: a run over a.txt of process(doc) with that body.
lua()
{
    printf 'function process(doc)\n%s\nend\n' "$1" >s.lua
    shift
    "$QUERN" pipe "${before-}lua script=s.lua ${opts-} ! jsonl" a.txt --quiet "$@"
}

fails() # CODE WORDS
{
    run -2 lua "$1"
    [[ "$output" == *"$2"* ]] || { echo "$output"; echo "expected: $2"; false; }
}

@test "the example: entities, metadata, a rule for what is left out" {
    run -0 --separate-stderr "$QUERN" pipe \
        "lua script=$top_srcdir/examples/lua/acronyms.lua args=least=3 ! jsonl" a.txt b.txt --stats s.json
    [ "${#lines[@]}" -eq 1 ]
    [[ "$output" == *'"ents":[{"start":10,"end":14,"label":"ORG"}]'* ]]
    [[ "$output" == *'"words":7'* ]]
    grep -q '"drops":{"too-short":1}' s.json
}

@test "places: bytes from 1, the last one included" {
    before='tokens ! '
    run -0 --separate-stderr lua 'for _, t in ipairs(doc:spans("tokens")) do
        if doc.text:sub(t.first, t.last) == "café" then doc:add("ents", t.first, t.last, "FAC") end end'
    [[ "$output" == *'"ents":[{"start":4,"end":8,"label":"FAC"}]'* ]]
}

@test "the text: what did not change keeps its place and its spans" {
    run -0 --separate-stderr lua 'doc:add("ents", 26, 27, "X") doc.text = doc.text:gsub("closed", "shut")' \
        --set jsonl.provenance=true
    [[ "$output" == *'"text":"The café (CAFE) shut.\nBo met Al.\n"'* ]]
    [[ "$output" == *'"rule":"lua"'* ]]
    [[ "$output" == *'"rawstart":17,"rawend":23'* ]]
    run -0 --separate-stderr lua 'doc:add("ents", 26, 27, "X") doc:edit{{1, 3, "A"}, {10, 9, "new "}, {26, 27, "Bob"}}'
    [[ "$output" == *'"text":"A cafénew  (CAFE) closed.\nBob met Al.\n"'* ]]
    run -0 --separate-stderr lua 'doc.text = doc.text:gsub("é", "è")'
    [[ "$output" == *'The cafè'* ]]
    run -0 --separate-stderr lua 'doc.text = ""'
    [[ "$output" == *'"text":""'* ]]
}

@test "layers: set, added out of order, with flags and data" {
    run -0 --separate-stderr lua 'doc:add("ents", 5, 9, "B") doc:add("ents", 1, 3, "A")'
    [[ "$output" == *'"ents":[{"start":0,"end":3,"label":"A"},{"start":4,"end":8,"label":"B"}]'* ]]
    run -0 --separate-stderr lua 'doc:set("ents", {{first=5,last=9,label="B"}})
        local e = doc:spans("ents") e[2] = {first=1, last=3, label="A", flags=5, data=7} doc:set("ents", e)
        e = doc:spans("ents") doc.meta.seen = #e .. e[1].label .. e[1].flags .. e[1].data'
    [[ "$output" == *'"seen":"2A57"'* ]]
    opts='layers=marks'
    run -0 --separate-stderr lua 'doc:add("marks", 1, 3) doc:add("marks", 2, 3)'
    [[ "$output" == *'"marks":[{"start":0,"end":3},{"start":1,"end":3}]'* ]]
}

@test "metadata: of every kind, in order" {
    run -0 --separate-stderr lua 'doc.meta.s = "x" doc.meta.i = 3 doc.meta.r = 0.5 doc.meta.b = true
        local out = "" for k, v in pairs(doc.meta) do out = out .. k .. tostring(v) end doc.meta.all = out
        doc.meta.none = tostring(doc.meta.nowhere)'
    [[ "$output" == *'"s":"x","i":3,"r":0.5,"b":true,"all":"sxi3r0.5btrue","none":"nil"'* ]]
}

@test "args, and a script in the config" {
    cat >c.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; },
  { plugin = "lua"; args = [ "a=1", "b=x=y" ]; code = "function process(doc) doc.meta.got = args.a .. args.b end"; },
  { plugin = "jsonl"; } );
X
    run -0 --separate-stderr "$QUERN" run c.cfg a.txt
    [[ "$output" == *'"got":"1x=y"'* ]]
}

@test "mistakes in a script are found by check, with file and line" {
    check() # SCRIPT WORDS
    {
        printf '%s\n' "$1" >s.lua
        printf 'version = 1;\nstages = ( { plugin = "files"; },\n  { plugin = "lua"; script = "s.lua"; }, { plugin = "jsonl"; } );\n' >c.cfg
        run -78 "$QUERN" check c.cfg
        [[ "$output" == *"$2"* ]] || { echo "$output"; echo "expected: $2"; false; }
    }
    check 'function process(doc' 's.lua:'
    check 'x = nil .. 1' 's.lua:1: attempt to concatenate a nil value'
    check '-- nothing' 'no function process(doc)'
    check 'while true do end' 'too many instructions'
    check 'local s = ("x"):rep(1e9) function process() end' 'out of memory (the option memory)'
    check $'\x1bLua' 'binary'
    check 'error({})' 'an error that is a table'
    [[ "$output" == *'c.cfg:3:'* ]]
    printf 'version = 1;\nstages = ( { plugin = "files"; }, { plugin = "lua"; }, { plugin = "jsonl"; } );\n' >c.cfg
    run -78 "$QUERN" check c.cfg
    [[ "$output" == *"script's file"* ]]
}

@test "what goes wrong in a document fails that document, with its words" {
    fails 'error("no harbour in it")' 's.lua:2: no harbour in it'
    fails 'doc:add("ents", 0, 3, "A")' 'not within the text of 36 bytes'
    fails 'doc:add("ents", 1, 99, "A")' 'not within'
    fails 'doc:add("ents", 8, 8, "A")' 'cut a character in two'
    fails 'doc:add("ents", 1, 3, "A") doc:add("ents", 2, 5, "B")' 'ents: spans overlap: 1 to 3 and 2 to 5'
    fails 'doc:add("ents", 1.5, 3, "A")' 'whole numbers'
    fails 'doc:add("marks", 1, 3)' "no layer 'marks'"
    fails 'doc:edit{{5, 6, "x"}, {1, 2, "y"}}' 'begins before the end'
    fails 'doc.text = "\xff"' 'byte 1 is not UTF-8'
    fails 'doc.id = "x"' 'doc.id cannot be set'
    fails 'doc.meta.x = {}' 'a table cannot be metadata'
    fails 'doc.meta.x = 0/0' 'no finite number'
    fails 'return doc.title' "doc has no 'title'"
    fails 'doc:drop("")' 'give the rule'
    fails 'count = (count or 0) + 1' "global 'count'"
}

@test "a document that takes too much fails alone" {
    opts='instructions=20000'
    fails 'while true do end' 's.lua:2: too many instructions'
    fails 'while true do pcall(function() while true do end end) end' 'too many instructions'
    fails 'local f f = function() return pcall(f) end while true do f() end' ''
    fails 'setmetatable({}, {__gc = function() while true do end end})' 'no __gc'
    opts='memory=1MiB'
    fails 'local t = {} for i = 1, 1e7 do t[i] = i end' 'out of memory (the option memory)'
    fails 'doc.text = ("x"):rep(2^30)' 'out of memory'
    run -2 "$QUERN" pipe 'lua code="local n = 0 function process(doc) if #doc.text > 10 then while true do end end doc.meta.ok = true end" instructions=5000 ! jsonl' \
        a.txt b.txt --quiet
    [[ "$output" == *'"id":"b.txt"'*'"ok":true'* ]]
}

@test "a script can do nothing but compute" {
    for name in os io debug package require dofile loadfile load collectgarbage print coroutine string.dump \
        math.randomseed; do
        run -0 --separate-stderr lua "doc.meta.got = tostring($name)"
        [[ "$output" == *'"got":"nil"'* ]] || { echo "$name: $output"; false; }
    done
    run -0 --separate-stderr lua 'doc.meta.got = tostring(getmetatable(doc)) .. tostring(getmetatable(doc.meta))'
    [[ "$output" == *'"got":"falsefalse"'* ]]
}

@test "the same answers in every run and for any number of workers" {
    for i in $(seq 300); do printf '{"id":"%d","text":"word%d and more"}\n' "$i" $((i * 7919 % 100)); done >in.jsonl
    cat >s.lua <<'X'
local words = {}
for w in ("harbour ferry wall council spring tide crew pier"):gmatch("%a+") do words[w] = #w end
function process(doc)
  local t = {}
  for k, v in pairs(words) do t[#t + 1] = k .. v end
  doc.meta.order = table.concat(t, " ")
  doc.meta.first = next(words)
  doc.meta.random = math.random(1, 1000000)
  doc.meta.name = tostring({}) .. tostring(print) .. string.format("%s %s %d%%", {}, doc.id, 5)
end
X
    for workers in 1 2 4; do
        "$QUERN" pipe 'lua script=s.lua ! jsonl' in.jsonl --workers $workers --quiet -o $workers.jsonl
    done
    cmp 1.jsonl 2.jsonl
    cmp 1.jsonl 4.jsonl
    run -0 head -1 1.jsonl
    [[ "$output" == *'"order":"council7 crew4 ferry5 harbour7 pier4 spring6 tide4 wall4","first":"council"'* ]]
    [[ "$output" == *'"name":"tablenil'*'table 1 5%"'* ]]
    [ "$(grep -o '"random":[0-9]*' 1.jsonl | sort -u | wc -l)" -eq 1 ]
    fails 'for k in pairs({[{}] = 1}) do end' 'has no order'
    fails 'return string.format("%p", doc)' 'an address (%p)'
    fails 'return next({1}, 1)' 'use pairs'
}

@test "quern plugins check" {
    [ -z "${INSTRUMENTED:-}" ] || skip "a plugin that crashes ends differently with $INSTRUMENTED"
    run -0 "$QUERN" plugins check lua --set 'code=function process(doc) doc:add("ents", 1, 0, "X") doc.meta.n = #doc:spans("tokens") end' --level 4
}

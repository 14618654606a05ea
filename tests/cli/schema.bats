# SPDX-License-Identifier: MIT
# tests/cli/schema.bats - quern plugins schema: a JSON Schema by which the shipped configs are right and others wrong.
bats_require_minimum_version 1.5.0
load ../common

setup() { cd "$BATS_TEST_TMPDIR"; }

@test "it is JSON, and holds every plugin with every option" {
    command -v jq >/dev/null || skip "jq is not installed"
    "$QUERN" plugins schema >s.json
    jq -r '."$defs".stages.items.oneOf[].title | select(.)' s.json | sort >got
    "$QUERN" plugins list | awk '{ print $1 }' | sort | diff - got
    for p in $(cat got); do
        jq -r --arg p "$p" '."$defs".stages.items.oneOf[] | select(.title == $p) | .properties | keys[]' s.json |
            grep -vxE 'plugin|id|on_error' | sort >options
        "$QUERN" plugins show "$p" | awk '/^  options:/ { on = 1; next } /^  [a-z]/ { on = 0 } on && /^    [a-z_]/ { print $1 }' |
            sort | diff - options || { echo "$p"; false; }
    done
    [ "$(jq -r '."$defs".stages.items.oneOf[] | select(.title == "summarize") | .properties.sentences.default' s.json)" = 3 ]
    [ "$(jq -c '."$defs".stages.items.oneOf[] | select(.title == "digest") | .required' s.json)" = '["plugin","key"]' ]
    [ "$(jq -r '.properties.run.properties.workers.maximum' s.json)" = 1024 ]
}

@test "by it the shipped configs are right, and mistakes are mistakes" {
    python3 -c 'import jsonschema' 2>/dev/null || skip "python3-jsonschema is not installed"
    "$QUERN" plugins schema >s.json
    cat >check.py <<'X'
import json, re, sys
from jsonschema import Draft202012Validator as V
schema = json.load(open("s.json"))
V.check_schema(schema)
def config(text):  # libconfig as JSON, as far as the shipped ones go
    text = re.sub(r'("(?:\\.|[^"\\])*")|#[^\n]*', lambda m: m.group(1) or "", text)
    text = re.sub(r'("(?:\\.|[^"\\])*")|([A-Za-z_]\w*)\s*=', lambda m: m.group(1) or f'"{m.group(2)}":', text)
    text = re.sub(r'("(?:\\.|[^"\\])*")|([();])', lambda m: m.group(1) or {"(": "[", ")": "]", ";": ","}[m.group(2)], text)
    return json.loads("{" + re.sub(r",(\s*[}\]])", r"\1", text.strip().rstrip(",")) + "}")
for path in sys.argv[1:]:
    V(schema).validate(config(open(path).read()))
def stage(s): return V(schema).is_valid({"version": 1, "stages": [s]})
assert stage({"plugin": "summarize", "sentences": 5}) and stage({"use": "clean"})
assert stage({"plugin": "files", "max_size": "64KiB", "path": "a"}) and stage({"plugin": "files", "max_size": 5})
assert not stage({"plugin": "summarize", "sentenses": 5})
assert not stage({"plugin": "summarize", "sentences": "5"})
assert not stage({"plugin": "summarize", "sentences": -1})
assert not stage({"plugin": "digest"})
assert not stage({"plugin": "nothing"})
assert not stage({"plugin": "files", "max_size": "64 sheep"})
assert not V(schema).is_valid({"stages": []})
X
    python3 check.py "$top_srcdir"/conf/news.cfg "$top_srcdir"/conf/web.cfg "$top_srcdir"/conf/corpus.cfg
}

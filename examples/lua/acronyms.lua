-- SPDX-License-Identifier: MIT
-- Marks acronyms that stand in brackets behind their full name, and leaves short documents out:
--   quern pipe 'tokens ! lua script=acronyms.lua args=least=5 ! jsonl' article.txt
local least = tonumber(args.least) or 0

function process(doc)
  local words = select(2, doc.text:gsub("%S+", ""))
  if words < least then return doc:drop("too-short") end
  doc.meta.words = words
  for first, name, last in doc.text:gmatch("()%((%u%u+)%)()") do
    doc:add("ents", first + 1, last - 2, "ORG")
  end
end

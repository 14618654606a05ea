# SPDX-License-Identifier: MIT
# tests/cli/html.bats - html pages: the article's text, where each part came from, metadata, hostile pages.
bats_require_minimum_version 1.5.0
load ../common

setup()
{
    cd "$BATS_TEST_TMPDIR"
    cat >page.html <<'X'
<!DOCTYPE html>
<html lang="en"><head><title>Ferry lost &amp; found - The Harbour Post</title>
<meta property="og:title" content="Ferry lost &amp; found">
<meta name="author" content="Ada Quill"><script>var a = "<p>not text</p>";</script>
<style>p { color: red }</style></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></nav></header>
<main><article><h1>Ferry lost &amp; found</h1><div class="byline">By Ada Quill</div>
<time datetime="2026-05-12T08:00:00Z">12 May</time>
<p>The ferry of Velo left the harbour in the rain at noon, and nobody on the quay saw it come
   back before the lamps were lit.</p>
<div class="share-buttons"><a href="#">Share</a> <a href="#">Tweet</a></div>
<figure><img src="f.jpg"><figcaption>The ferry, seen from the quay. Photo: B. Lens</figcaption></figure>
<h2>Found at caf&eacute; pier</h2>
<p>On Tuesday it was found two miles up the coast,<br>tied to the pier of a caf&#233;, with all its ropes
in good order and the kettle warm.</p>
<ul><li>Its captain said that he had slept, and that the sea had been kind to him.</li>
<li>Its cook said that she had not, and that the sea had been nothing of the sort.</li></ul>
<blockquote><p>“We missed it,” said the harbour master, who had looked for it all night long.</p></blockquote>
</article>
<aside class="related"><h3>More stories</h3><ul><li><a href="/1">A whale in the mill race of Orrin</a></li>
<li><a href="/2">Bakers of Velo strike for a later dawn</a></li></ul></aside></main>
<footer><p>Copyright 2026 The Harbour Post. All rights reserved.</p></footer></body></html>
X
    cat >c.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; max_size = "100MB"; }, { plugin = "html"; }, { plugin = "jsonl"; provenance = true; } );
X
    cat >t.cfg <<'X'
version = 1;
stages = ( { plugin = "files"; max_size = "100MB"; }, { plugin = "html"; }, { plugin = "text"; } );
X
}

@test "an article: its text with headings and items, nothing around it" {
    cat >want <<'X'
The ferry of Velo left the harbour in the rain at noon, and nobody on the quay saw it come back before the lamps were lit.

Found at café pier

On Tuesday it was found two miles up the coast,
tied to the pier of a café, with all its ropes in good order and the kettle warm.

- Its captain said that he had slept, and that the sea had been kind to him.
- Its cook said that she had not, and that the sea had been nothing of the sort.

“We missed it,” said the harbour master, who had looked for it all night long.
X
    printf "%s\n" "$("$QUERN" run -q t.cfg page.html)" >got
    diff want got
}

@test "metadata: title, byline, date and language; what is there already stays" {
    run -0 --separate-stderr "$QUERN" run -q c.cfg page.html
    [[ "$output" == *'"title":"Ferry lost & found"'*'"byline":"Ada Quill"'*'"published":"2026-05-12T08:00:00Z"'*'"language":"en"'* ]]
    printf '{"text":"<title>a</title><p>b","title":"kept"}\n' >in.jsonl
    run -0 "$QUERN" run -q c.cfg in.jsonl
    [[ "$output" == *'"title":"kept"'* ]]
    run -0 "$QUERN" run -q --set html.metadata=false c.cfg page.html
    [[ "$output" != *byline* ]]
}

@test "every stretch knows where it was in the page" {
    printf '<p>One &amp; two words of a text that is long enough to be kept, with commas, and stops.</p>' >s.html
    run -0 --separate-stderr "$QUERN" run -q c.cfg s.html
    [[ "$output" == *'"text":"One & two words'* ]]
    [[ "$output" == *'"rawstart":0,"rawend":3,"rule":"html-markup"'*'"start":4,"end":5,"rawstart":7,"rawend":12,"rule":"html-reference"'* ]]
}

@test "extract = all keeps menus and footers, but nothing hidden" {
    run -0 "$QUERN" run -q --set html.extract=all t.cfg page.html
    [[ "$output" == *'- Home'*'Share Tweet'*'All rights reserved'* ]]
    [[ "$output" != *'not text'* ]]
    [[ "$output" != *'color: red'* ]]
}

@test "a text without any markup stays as it is; an empty page is an empty text" {
    printf 'A line of plain text, with a < b and nothing else that a browser would take for markup.' >s.html
    run -0 "$QUERN" run -q t.cfg s.html
    [ "$output" = 'A line of plain text, with a < b and nothing else that a browser would take for markup.' ]
    printf '<html><body></body></html>' >s.html
    run -0 "$QUERN" run -q c.cfg s.html
    [[ "$output" == *'"text":""'* ]]
}

@test "the same output for any number of workers" {
    for i in $(seq 40); do cp page.html "p$i.html"; done
    "$QUERN" run -q -j 1 c.cfg p*.html -o one.jsonl
    "$QUERN" run -q -j 3 c.cfg p*.html -o three.jsonl
    cmp one.jsonl three.jsonl
}

# repeated N TEXT: TEXT N times, a twentieth of that where everything takes longer
repeated() { awk -v n=$(($1 / less)) -v t="$2" 'BEGIN { for (i = 0; i < n; i++) printf "%s", t }'; }

@test "hostile pages end, in a few seconds, with their text" {
    less=1
    [ -z "${INSTRUMENTED:-}" ] || less=20
    { repeated 200000 '<div>'; printf 'deep'; repeated 200000 '</div>'; } >div.html
    { printf '<p'; awk 'BEGIN { for (i = 0; i < 60000; i++) printf " a%d=b", i }'; printf '>attributes</p>'; } >attr.html
    { printf '<p>'; repeated 4000000 'words '; } >p.html
    { repeated 30000 '<table><tr><td>'; printf 'cell'; } >table.html
    repeated 20000 '<p><b><i><a>open ' >open.html
    { printf '<p>before</p><script>'; repeated 2000000 '<!-- <script> </scrip '; } >script.html
    { printf '<p>before</p><!--'; repeated 20000000 'x'; } >comment.html
    repeated 10000000 '<' >lt.html
    { printf '<p>'; repeated 5000000 '&#x'; } >amp.html
    repeated 2000000 '<a href="' >quote.html
    { printf '<script type="application/ld+json">'; repeated 3000000 '['; printf '</script><p>text'; } >json.html
    run -0 timeout 100 "$QUERN" run -q --set html.extract=all t.cfg div.html attr.html table.html json.html
    [ "$output" = "$(printf 'deep\n\nattributes\n\ncell\n\ntext')" ] || [ "$output" = "$(printf 'deep\nattributes\ncell\ntext')" ]
    run -0 timeout 100 "$QUERN" run -q --set html.extract=all t.cfg script.html comment.html
    [ "$(grep -c before <<<"$output")" -eq 2 ]
    timeout 100 "$QUERN" run -q --set html.extract=all t.cfg p.html open.html lt.html amp.html quote.html >/dev/null
    [ "$(timeout 100 "$QUERN" run -q --set html.extract=all t.cfg p.html | wc -w)" -eq $((4000000 / less)) ]
}

@test "pages out of a web archive" {
    body=$(cat page.html)
    http=$(printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n%s' "$body"; printf x)
    http=${http%x}
    printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/ferry\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n' \
        "$(printf %s "$http" | wc -c)" "$http" >a.warc
    run -0 --separate-stderr "$QUERN" run -q t.cfg a.warc
    [[ "$output" == 'The ferry of Velo left the harbour'*'all night long.' ]]
}

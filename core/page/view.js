'use strict';
// The documents are JSON in the page; one of them is in the DOM at a time. Text only ever becomes text
// nodes, so that nothing a document says is taken for markup.
(() => {
const $ = id => document.getElementById(id);
const docs = JSON.parse($('data').textContent);
docs.forEach(tidy);
const titles = docs.map(d => String((d.meta && (d.meta.title || d.meta.headline)) || headline(d) || d.id));
const lower = docs.map(d => d.text.toLowerCase());
const off = new Set();
let shown = [], at = -1, changes = false, phrase = '', hits = [], hit = -1;

// A record may come from anywhere: what is not of the shape the page reads counts as not there.
function tidy(d) {
  const object = x => x !== null && typeof x === 'object' && !Array.isArray(x);
  const spans = (v, more) => Array.isArray(v) ? v.filter(s => object(s) && s.start >= 0 && s.end >= s.start && more(s)) : undefined;
  if (!object(d.meta)) delete d.meta;
  d.ents = spans(d.ents, e => typeof e.label === 'string');
  if (d.sents) d.sents = Array.isArray(d.sents) ? d.sents.map(s => object(s) ? s : null) : undefined;
  d.summary_sents = d.sents && Array.isArray(d.summary_sents) ? d.summary_sents.filter(i => d.sents[i]) : undefined;
  d.headings = spans(d.headings, () => true);
  d.provenance = spans(d.provenance, s => s.rawstart >= 0 && s.rawend >= s.rawstart && typeof s.rule === 'string');
  d.junk = object(d.layers) ? spans(d.layers.junk, () => true) : undefined;
  if (typeof d.raw !== 'string') delete d.raw;
}
function firstLine(s) { const m = /\S.*/.exec(s.slice(0, 300)); return m ? m[0].slice(0, 90) : ''; }
// The first line that is not marked as junk.
function headline(d) {
  let from = 0;
  if (d.junk && d.junk.length) {
    const p = places(d.text);
    for (const j of d.junk) if (!d.text.slice(from, p(j.start)).trim()) from = p(j.end);
  }
  return firstLine(d.text.slice(from)) || firstLine(d.text);
}
function el(tag, props, ...kids) {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(props || {})) k in e ? e[k] = v : e.setAttribute(k, v);
  e.append(...kids.filter(k => k !== null));
  return e;
}
// A hue for a label: the known ones far apart, others by their letters.
const hues = {PERSON: 215, ORG: 28, GPE: 145, LOC: 170, FAC: 80, NORP: 285, EVENT: 0, PRODUCT: 320, WORK_OF_ART: 300, LAW: 255, LANGUAGE: 190,
  DATE: 48, TIME: 60, MONEY: 110, PERCENT: 125, QUANTITY: 95, ORDINAL: 235, CARDINAL: 205};
function hue(label) {
  if (Object.hasOwn(hues, label)) return hues[label];
  let h = 0;
  for (const c of label) h = (h * 31 + c.codePointAt(0)) % 360;
  return h;
}
function tint(e, label) { e.style.setProperty('--h', hue(label)); return e; }

// Code points of s -> places in the string: offsets are code points, JavaScript counts UTF-16.
function places(s) {
  if (!/[\ud800-\udfff]/.test(s)) return i => Math.min(i, s.length);
  const v = [0];
  for (let i = 0; i < s.length;) { i += s.codePointAt(i) > 0xffff ? 2 : 1; v.push(i); }
  return i => v[Math.min(i, v.length - 1)];
}
// Bytes of UTF-8 -> places in the string, asked in ascending order.
function bytePlaces(s) {
  let i = 0, b = 0;
  return to => {
    while (b < to && i < s.length) {
      const c = s.codePointAt(i);
      b += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      i += c > 0xffff ? 2 : 1;
    }
    return i;
  };
}
// Code points of the text -> bytes of the input, by what was changed on the way; null where that is not in the record. What was
// taken out at an edge of a range stays outside of it.
function inputPlaces(d) {
  if (!d.provenance) return null;
  const bytes = [0], v = d.provenance;
  for (const c of d.text) { const n = c.codePointAt(0); bytes.push(bytes[bytes.length - 1] + (n < 0x80 ? 1 : n < 0x800 ? 2 : n < 0x10000 ? 3 : 4)); }
  const byte = i => bytes[Math.min(i, bytes.length - 1)];
  return (i, end) => {
    let lo = 0, hi = v.length;
    while (lo < hi) { const k = (lo + hi) >> 1; (end ? v[k].start < i : v[k].start <= i) ? lo = k + 1 : hi = k; }
    if (!lo) return byte(i);
    const x = v[lo - 1];
    return i < x.end ? (end ? x.rawend : x.rawstart) : x.rawend + byte(i) - byte(x.end);
  };
}
function inputRange(from, to) { return to > from ? `bytes ${from}\u2013${to} of the input` : `byte ${from} of the input`; }

function counts(list, key) {
  const m = new Map();
  for (const x of list) m.set(key(x), (m.get(key(x)) || 0) + 1);
  return [...m].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

// ---- the list ----
function matches(i) {
  const q = $('search').value.trim().toLowerCase(), w = $('with').value;
  if (w && !(docs[i].ents || []).some(e => e.label === w)) return false;
  return !q || lower[i].includes(q) || titles[i].toLowerCase().includes(q) || String(docs[i].id).toLowerCase().includes(q);
}
function fillList() {
  shown = docs.map((_, i) => i).filter(matches);
  $('list').replaceChildren(...shown.map(i => {
    const b = el('button', {type: 'button'}, el('b', {}, titles[i]), el('small', {}, String(docs[i].id)));
    b.onclick = () => open(i);
    if (i === at) b.setAttribute('aria-current', 'true');
    return el('li', {}, b);
  }));
  $('status').textContent = `${shown.length === docs.length ? '' : shown.length + ' of '}${docs.length} document${docs.length === 1 ? '' : 's'}`;
  if (!shown.includes(at)) shown.length ? open(shown[0]) : empty();
  else draw();
}
function empty() { at = -1; $('doc').replaceChildren(el('p', {}, docs.length ? 'No document has that.' : 'There are no documents.')); $('more').replaceChildren(); }
function fillLabels() {
  const all = counts(docs.flatMap(d => d.ents || []), e => e.label);
  for (const [label, n] of all) {
    const box = el('input', {type: 'checkbox', checked: true});
    box.onchange = () => { box.checked ? off.delete(label) : off.add(label); draw(); };
    $('labels').append(tint(el('label', {}, box, `${label} ${n}`), label));
    $('with').append(el('option', {value: label}, `${label} (${n})`));
  }
  if (!all.length) $('labels').hidden = true;
}

// ---- the document ----
function open(i) {
  if (i !== at) phrase = '';
  at = i;
  hit = -1;
  for (const [k, li] of [...$('list').children].entries()) {
    const b = li.firstChild;
    if (shown[k] === i) { b.setAttribute('aria-current', 'true'); b.scrollIntoView({block: 'nearest'}); } else b.removeAttribute('aria-current');
  }
  draw();
  $('text').scrollTop = 0;
}
function toggle(text, on, act) { const b = el('button', {type: 'button'}, text); b.setAttribute('aria-pressed', on); b.onclick = act; return b; }
function draw() {
  if (at < 0) return;
  const d = docs[at], m = d.meta || {};
  const sub = [m.byline, m.published || m.date, m.source, m.language, d.id].filter(x => x).map(String).join(' · ');
  const tools = el('div', {className: 'tools'});
  if (d.provenance && d.provenance.length) tools.append(toggle('Changes', changes, () => { changes = !changes; draw(); }));
  const view = changes && d.provenance ? changed(d) : marked(d);
  $('doc').replaceChildren(el('h2', {dir: 'auto'}, titles[at]), el('p', {className: 'sub'}, sub), tools, gist(d), view);
  $('more').replaceChildren(...about(d));
  hits = [...view.querySelectorAll('mark.hit')];
}
function gist(d) {
  const p = places(d.text), ids = d.summary_sents || [];
  if (!ids.length) return d.summary ? el('div', {className: 'gist'}, el('h3', {}, 'Summary'), el('p', {dir: 'auto'}, String(d.summary))) : null;
  return el('div', {className: 'gist'}, el('h3', {}, 'Summary'), el('ul', {}, ...ids.map(i => {
    const s = d.sents[i], b = el('button', {type: 'button', dir: 'auto'}, s ? d.text.slice(p(s.start), p(s.end)).replace(/\s+/g, ' ') : '');
    b.onclick = () => { const t = document.querySelector(`[data-s="${i}"]`); if (t) t.scrollIntoView({block: 'center'}); };
    return el('li', {}, b);
  })));
}
// Cuts at every begin and end of what is marked; each piece is wrapped by what covers it.
function marked(d) {
  const text = d.text, p = places(text), cover = [];
  for (const e of d.ents || []) if (!off.has(e.label)) cover.push({b: p(e.start), e: p(e.end), kind: 0, ent: e});
  for (const i of d.summary_sents || []) if (d.sents && d.sents[i]) cover.push({b: p(d.sents[i].start), e: p(d.sents[i].end), kind: 1, s: i});
  for (const h of d.headings || []) cover.push({b: p(h.start), e: p(h.end), kind: 2});
  for (const j of d.junk || []) cover.push({b: p(j.start), e: p(j.end), kind: 4, rule: typeof j.label === 'string' ? j.label : 'junk'});
  const q = (phrase || $('search').value.trim()).toLowerCase();
  if (q && lower[at].length === text.length)
    for (let i = lower[at].indexOf(q); i >= 0; i = lower[at].indexOf(q, i + q.length)) cover.push({b: i, e: i + q.length, kind: 3});
  return weave(text, cover.filter(c => c.e > c.b), inputPlaces(d));
}
function weave(text, cover, input) {
  const body = el('div', {className: 'body', dir: 'auto'});
  const cuts = [...new Set([0, text.length, ...cover.flatMap(c => [c.b, c.e])])].sort((a, b) => a - b);
  cover.sort((a, b) => a.b - b.b);
  let next = 0, live = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const b = cuts[i], e = cuts[i + 1];
    live = live.filter(c => c.e > b);
    while (next < cover.length && cover[next].b <= b) live.push(cover[next++]);
    live = live.filter(c => c.e > b);
    for (const c of live) if (c.kind === 4 && c.b === b) body.append(el('span', {className: 'why'}, c.rule));
    body.append(wrap(text.slice(b, e), live, e, input));
  }
  return body;
}
// Line ends as lines of their own, lower than a line of text: paragraphs are seen apart.
function lines(piece) {
  const f = document.createDocumentFragment();
  for (const [i, part] of piece.split('\n').entries()) {
    if (i) f.append(el('span', {className: 'nl'}, '\n'));
    if (part) f.append(part);
  }
  return f;
}
function wrap(piece, live, end, input) {
  let node = live.length || !piece.includes('\n') ? document.createTextNode(piece) : lines(piece);
  const has = k => live.find(c => c.kind === k);
  if (has(3)) node = el('mark', {className: 'hit'}, node);
  const x = has(0);
  if (x) {
    const e = x.ent, m = tint(el('mark', {className: 'e'}, node), e.label);
    if (x.e === end) m.append(el('span', {className: 'tag'}, e.label));
    m.title = [e.label, e.value, e.canonical, e.kb_id, input && inputRange(input(e.start, false), input(e.end, true))].filter(v => v).join(' · ');
    if (e.chain !== undefined) m.dataset.c = e.chain;
    node = m;
  }
  if (has(1)) { node = el('span', {className: 'sum', title: 'in the summary'}, node); node.dataset.s = has(1).s; }
  if (has(2)) node = el('span', {className: 'head'}, node);
  if (has(4)) node = el('span', {className: 'junk', title: has(4).rule}, node);
  return node;
}
// What was read, with what went struck out and what came in its place behind it.
function changed(d) {
  const body = el('div', {className: 'body', dir: 'auto'}), p = places(d.text);
  if (d.raw === undefined) {
    body.append(el('p', {}, 'The text as it was read is not in this file: write it with jsonl.raw = true.'));
    return body;
  }
  const r = bytePlaces(d.raw);
  let from = 0;
  for (const s of d.provenance) {
    const b = r(s.rawstart), e = r(s.rawend), gone = d.raw.slice(b, e), came = d.text.slice(p(s.start), p(s.end));
    body.append(d.raw.slice(from, b));
    if (gone.length > 3 || came.length > 3) body.append(el('span', {className: 'why'}, s.rule));
    const title = `${s.rule} · ${inputRange(s.rawstart, s.rawend)}`;
    if (gone.trim() || gone.length > 1) body.append(el('del', {title}, gone));
    if (came.trim()) body.append(el('ins', {title}, came));
    else body.append(came);
    from = e;
  }
  body.append(d.raw.slice(from));
  return body;
}

// ---- beside it ----
function section(title, ...kids) { return el('section', {}, el('h3', {}, title), ...kids); }
function about(d) {
  const out = [], names = new Map(), p = places(d.text);
  for (const e of d.ents || []) {
    if (off.has(e.label)) continue;
    const said = e.canonical || d.text.slice(p(e.start), p(e.end)).replace(/\s+/g, ' '), key = e.label + '\u0000' + said;
    const x = names.get(key) || {said, label: e.label, n: 0, chain: e.chain};
    x.n++;
    names.set(key, x);
  }
  const keys = (d.meta && d.meta.keyphrases) || d.keyphrases;
  if (Array.isArray(keys) && keys.length) out.push(section('Key phrases', el('ul', {className: 'keys'}, ...keys.map(k => {
    const said = String(k && k.text || k), b = toggle(said, phrase === said, () => findPhrase(phrase === said ? '' : said));
    b.dir = 'auto';
    return el('li', {}, b);
  }))));
  else if (typeof keys === 'string') out.push(section('Key phrases', el('p', {dir: 'auto'}, keys)));
  if (names.size) out.push(section('Names and values', el('ul', {}, ...[...names.values()].sort((a, b) => b.n - a.n).slice(0, 60).map(x => {
    const b = el('button', {type: 'button', dir: 'auto'}, `${x.said} `, tint(el('span', {className: 'l'}, x.label), x.label), x.n > 1 ? el('span', {className: 'n'}, ` ×${x.n}`) : null);
    b.onclick = () => follow(x);
    return el('li', {}, b);
  }))));
  if (d.provenance && d.provenance.length)
    out.push(section('Changed by rule', el('ul', {}, ...counts(d.provenance, s => s.rule).map(([rule, n]) => el('li', {}, `${rule} `, el('span', {className: 'n'}, `×${n}`))))));
  const meta = Object.entries(d.meta || {}).filter(([k]) => k !== 'keyphrases');
  if (meta.length) out.push(section('Metadata', el('dl', {}, ...meta.flatMap(([k, v]) => [el('dt', {}, k), el('dd', {dir: 'auto'}, typeof v === 'object' ? JSON.stringify(v) : String(v))]))));
  if (d.junk && d.junk.length)
    out.push(section('Marked as junk', el('ul', {}, ...counts(d.junk, s => String(s.label || 'junk')).map(([rule, n]) => el('li', {}, `${rule} `, el('span', {className: 'n'}, `×${n}`))))));
  const t = d.tokens ? `${d.tokens} tokens, ` : '';
  out.push(section('Size', el('p', {}, `${t}${d.sents ? d.sents.length + ' sentences, ' : ''}${[...d.text].length} characters`)));
  return out;
}
// Shows where a phrase stands: its places are hits, as those of a search are.
function findPhrase(said) {
  phrase = said;
  hit = -1;
  draw();
  if (said) toHit(1);
  const b = [...document.querySelectorAll('.keys button')].find(k => k.textContent === said);
  if (b) b.focus();
}
function follow(x) {
  const all = [...document.querySelectorAll('#doc mark.e')];
  all.forEach(m => m.classList.remove('same'));
  const same = all.filter(m => x.chain !== undefined ? m.dataset.c === String(x.chain) : m.firstChild.textContent === x.said);
  same.forEach(m => m.classList.add('same'));
  if (same.length) same[0].scrollIntoView({block: 'center'});
}

// ---- keys ----
function step(n) { const k = shown.indexOf(at) + n; if (k >= 0 && k < shown.length) open(shown[k]); }
function toHit(n) {
  if (!hits.length) return;
  if (hits[hit]) hits[hit].classList.remove('now');
  hit = (hit + n + hits.length) % hits.length;
  hits[hit].classList.add('now');
  hits[hit].scrollIntoView({block: 'center'});
}
function marks() {
  const boxes = [...document.querySelectorAll('#labels input')], on = boxes.some(b => b.checked);
  boxes.forEach(b => { b.checked = !on; b.onchange && (b.checked ? off.delete : off.add).call(off, b.parentNode.textContent.split(' ')[0]); });
  draw();
}
document.addEventListener('keydown', ev => {
  if (ev.ctrlKey || ev.metaKey || ev.altKey || $('help').open) return;
  const typing = /^(INPUT|SELECT)$/.test(ev.target.tagName) && ev.target.type !== 'checkbox';
  if (typing) { if (ev.key === 'Escape') { ev.target.value = ''; ev.target.blur(); fillList(); } return; }
  const act = {j: () => step(1), k: () => step(-1), '/': () => $('search').focus(), n: () => toHit(1), p: () => toHit(-1), m: marks,
    c: () => { changes = !changes; draw(); }, '?': () => $('help').showModal()}[ev.key];
  if (!act) return;
  ev.preventDefault();
  act();
});
$('help-open').onclick = () => $('help').showModal();
let wait;
$('search').oninput = () => { phrase = ''; clearTimeout(wait); wait = setTimeout(fillList, 80); };
$('with').onchange = fillList;
fillLabels();
fillList();
})();

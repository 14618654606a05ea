// SPDX-License-Identifier: MIT
// tests/browser/view.js PAGE - opens the page that tests/cli/view.bats made and says what is wrong with it.
'use strict';
const assert = require('assert');
const fs = require('fs');
const {chromium} = require('playwright-core');

const looks = [
  {name: 'light', viewport: {width: 1400, height: 900}},
  {name: 'dark', viewport: {width: 1400, height: 900}, colorScheme: 'dark'},
  {name: 'narrow', viewport: {width: 380, height: 800}},
];

async function use(p) {
  assert.equal(await p.textContent('mark.e'), 'VeloGPE');
  assert.ok((await p.textContent('.body')).includes('😀 VeloGPE <b>won</b>.\njunk-modelIt rained.'));
  assert.equal(await p.textContent('.sum'), 'It rained.');
  assert.equal(await p.getAttribute('mark.e', 'title'), 'GPE · bytes 7\u201311 of the input');
  assert.equal(await p.textContent('.junk'), 'It rained.');
  assert.equal(await p.textContent('.body .why'), 'junk-model');
  await p.click('.keys button:text-is("velo")');
  assert.equal(await p.textContent('mark.hit.now'), 'Velo');
  assert.equal(await p.evaluate(() => document.activeElement.getAttribute('aria-pressed')), 'true');
  await p.keyboard.press('Enter');
  assert.equal(await p.$('mark.hit'), null);
  await p.keyboard.press('c');
  assert.equal(await p.textContent('del'), 'x\n');
  assert.equal(await p.getAttribute('del', 'title'), 'junk-credit · bytes 0\u20132 of the input');
  await p.keyboard.press('c');
  await p.keyboard.press('j');
  assert.equal(await p.textContent('.body'), '</script><img src=x onerror=alert(1)>');
  await p.keyboard.press('/');
  await p.keyboard.type('velo');
  await p.waitForSelector('mark.hit');
  assert.equal((await p.$$('#list li')).length, 1);
  await p.keyboard.press('Escape');
  await p.keyboard.press('?');
  assert.ok(await p.isVisible('#help'));
  await p.keyboard.press('Escape');
}

(async () => {
  const browser = await chromium.launch({executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox']});
  const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  for (const {name, ...look} of looks) {
    const context = await browser.newContext(look), p = await context.newPage(), wrong = [];
    p.on('pageerror', e => wrong.push(e.message));
    p.on('dialog', d => wrong.push('a dialog: ' + d.message()));
    p.on('request', r => r.url().startsWith('file:') || wrong.push('fetched ' + r.url()));
    await p.goto('file://' + process.argv[2]);
    await p.waitForSelector('#doc h2');
    await use(p);
    const found = await p.evaluate(axe + '; axe.run().then(r => r.violations.map(v => v.id + ": " + v.nodes[0].html))');
    assert.deepEqual([...wrong, ...found], [], name);
    await context.close();
  }
  await browser.close();
})().catch(e => { console.error(e.message); process.exit(1); });

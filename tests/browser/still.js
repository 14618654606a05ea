// SPDX-License-Identifier: MIT
// tests/browser/still.js PAGE - opens a page without a script (report, diff) and prints what is wrong with it: nothing,
// it is hoped.
'use strict';
const {chromium} = require('playwright-core');
(async () => {
  const b = await chromium.launch({executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox']});
  for (const [colorScheme, width] of [['light', 1100], ['dark', 1100], ['light', 360]]) {
    const p = await b.newPage({viewport: {width, height: 900}, colorScheme, bypassCSP: true});
    const wrong = [];
    p.on('pageerror', e => wrong.push(e.message));
    p.on('dialog', d => wrong.push('a dialog: ' + d.message()));
    p.on('request', r => r.url().startsWith('file:') || wrong.push('fetched ' + r.url()));
    await p.goto('file://' + process.argv[2]);
    await p.evaluate(() => document.querySelectorAll('details').forEach(d => d.open = true));
    await p.addScriptTag({path: require.resolve('axe-core/axe.min.js')});
    const r = await p.evaluate(() => axe.run());
    for (const v of r.violations) console.log(v.id, v.nodes[0].html);
    const wide = await p.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    wrong.forEach(w => console.log(w));
    if (wide) console.log('too wide at', width);
  }
  await b.close();
})();

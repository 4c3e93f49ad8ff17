import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures/test';
import { baseUrl } from '../support/environment';

/** Allowed by `npm test`, and resolved by the browser's own rules: see playwright.config.ts. */
const NAME = 'ringside.test';

test('A download over plain HTTP, where the browser does not say whose link it is', async ({ page, scratch }) => {
  await scratch.table('named', 'id int PRIMARY KEY');
  await scratch.run(`INSERT INTO ${scratch.keyspace}.named (id) VALUES (7)`);
  const address = new URL(`/demo/exports?keyspace=${scratch.keyspace}&table=named`, baseUrl());
  address.hostname = NAME;
  await page.goto(address.href);
  expect(await page.evaluate(() => window.isSecureContext)).toBe(false);

  // Here only the page's own header, or a ticket, shows that a request is intended.
  expect(await page.evaluate(async () => (await fetch('/api/state')).status)).toBe(403);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(await download.failure()).toBeNull();
  expect(await readFile(await download.path(), 'utf8')).toBe('id\r\n7\r\n');
});

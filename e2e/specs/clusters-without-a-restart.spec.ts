import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { STATE_DIRECTORY } from '../../scripts/support/paths.mjs';
import { freePort } from '../../scripts/support/ports.mjs';
import { startWeb } from '../../scripts/support/web.mjs';
import { HOST, START_MS } from '../fixtures/own-node';
import { test as base, expect } from '../fixtures/test';
import { ringNodes } from '../support/environment';

const NAME = 'configured';
const [NODE = { host: '127.0.0.1', port: 9042 }] = ringNodes();
const CLUSTER = { name: 'first', label: 'First', contactPoints: [NODE.host], port: NODE.port };

/** A Ringside with a configuration file. */
const test = base.extend<{ file: string; own: { readonly url: string; readonly file: string } }>({
  own: [
    async ({ browserName: _ }, use) => {
      const folder = join(STATE_DIRECTORY, NAME);
      const file = join(folder, 'ringside.config.json');
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, JSON.stringify({ clusters: [CLUSTER] }, null, 2));
      const web = await startWeb({
        command: 'start',
        host: HOST,
        port: await freePort([HOST], 3_500),
        logName: `e2e-web-${NAME}.log`,
        env: { RINGSIDE_CONFIG: file, RINGSIDE_DATA_DIR: join(folder, 'data') },
      });
      await use({ url: web.url, file });
      await web.stop();
    },
    { timeout: START_MS },
  ],
  file: async ({ own }, use) => use(own.file),
  baseURL: async ({ own }, use) => use(own.url),
});

test('a cluster is added, browsed, disabled, and a broken file is named, all without a restart', async ({
  page,
  file,
}) => {
  await page.goto('/connect/clusters');
  const table = page.getByRole('table', { name: 'Configured clusters' });
  await expect(table.getByRole('row')).toHaveCount(2);

  await page.getByRole('button', { name: 'Add a cluster' }).click();
  const form = page.getByRole('form', { name: 'New cluster' });
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('second');
  await form.getByRole('textbox', { name: 'Contact points' }).fill(NODE.host);
  await form.getByRole('textbox', { name: 'Port' }).fill(String(NODE.port));
  await form.getByRole('button', { name: 'Test the connection' }).click();
  await expect(page.getByText('It works')).toBeVisible();
  await form.getByRole('button', { name: 'Review the change' }).click();
  await expect(page.getByRole('dialog')).toContainText('second: it is added.');
  await save(page);
  await expect(table.getByRole('rowheader', { name: 'second' })).toBeVisible();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ clusters: [CLUSTER, { name: 'second' }] });
  await page.getByRole('navigation', { name: 'Clusters' }).getByRole('link', { name: 'second' }).click();
  await expect(page.getByRole('table', { name: 'Nodes by datacenter and rack' })).toBeVisible();

  await page.goto('/connect/clusters');
  await page.getByRole('button', { name: 'Disable second' }).click();
  await expect(page.getByRole('dialog')).toContainText('"disabled": true');
  await save(page);
  await expect(table.getByText('Disabled')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Clusters' }).getByRole('link', { name: 'second' })).toHaveCount(0);

  const valid = readFileSync(file, 'utf8');
  writeFileSync(file, valid.replace(`"port": ${NODE.port}`, '"port": 0'));
  await expect(page.getByText('clusters[0].port')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('button', { name: 'Add a cluster' })).toHaveCount(0);
  writeFileSync(file, valid);
  await expect(page.getByRole('button', { name: 'Add a cluster' })).toBeVisible({ timeout: 30_000 });
});

async function save(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

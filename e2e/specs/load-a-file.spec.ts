import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { ExportsPage } from '../support/exports-page';

const FILE = 'id;name;born\n1;Ada;10.12.1815\n2;"Grace; Hopper";09.12.1906\nthree;Edsger;11.05.1930\n4;;\n';

async function choose(page: Page, name: string, text: string): Promise<void> {
  await page.getByLabel('Choose a file, or drop it here').setInputFiles({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(text),
  });
  await expect(page.getByRole('region', { name: /^(File|Another file)$/ }).getByRole('status')).toContainText(
    'uploaded',
  );
}

/** German dates are no dates for Cassandra until a step says how they are written. */
async function readDates(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Add a step for born' }).selectOption('date_format');
  await expect(page.getByRole('textbox', { name: 'The format for born' })).toHaveValue('dd.MM.yyyy');
}

test('a file with a bad row is previewed, checked and loaded, and the bad row mended and loaded after it', async ({
  page,
  scratch,
}) => {
  await scratch.table('people', 'id int PRIMARY KEY, name text, born date');
  await page.goto(`/demo/keyspaces/${scratch.keyspace}/people`);
  await page.getByRole('link', { name: 'Load', exact: true }).click();
  await choose(page, 'people.csv', FILE);

  // What it is was found out; what the first records become is shown, and why some become nothing.
  await expect(page.getByLabel('Delimiter')).toHaveValue(';');
  const first = page.getByRole('table', { name: 'What the first records become' });
  await expect(first.getByRole('row').nth(1)).toContainText('expected');
  await readDates(page);
  await expect(first.getByRole('row').nth(1)).toContainText('1815-12-10');
  await expect(first.getByRole('row').nth(3)).toContainText('id: expected int');

  // All of it is checked, and nothing written.
  await page.getByRole('button', { name: 'Check the whole file' }).click();
  const load = page.getByRole('region', { name: 'Load', exact: true });
  await expect(load.getByRole('status')).toContainText('4 records read · 3 can be written · 1 cannot · no key twice');
  await expect(load.getByRole('table').getByRole('row').nth(1)).toContainText('4');
  expect(await scratch.run(`SELECT * FROM ${scratch.keyspace}.people`)).toHaveLength(0);

  await page.getByRole('button', { name: 'Start the load' }).click();
  const started = page.getByRole('region', { name: 'The load that you started' });
  await expect(started.getByRole('status')).toContainText('4 records read · 3 written · 1 does not fit the table');
  await expect(started).toContainText('Read back a sample of 3 rows: 3 equal.');
  const rows = await scratch.run(`SELECT id, name FROM ${scratch.keyspace}.people`);
  expect(rows.map(({ id, name }) => `${id} ${name}`).sort()).toEqual(['1 Ada', '2 Grace; Hopper', '4 null']);

  // The bad row is kept as it came, under its header.
  await started.getByRole('link', { name: 'All jobs' }).click();
  const exports = new ExportsPage(page);
  const job = exports.line('Job', `${scratch.keyspace}.people`);
  await exports.unfold(job);
  const download = page.waitForEvent('download');
  await job.getByText('2 parts').click();
  await job.getByRole('link', { name: 'failed.csv' }).click();
  const failed = await readFile(await (await download).path(), 'utf8');
  expect(failed).toBe('id;name;born\nthree;Edsger;11.05.1930\n');

  // From its line in the list it is read as before: only the bad value is wrong, and a mended file takes its place.
  await job.getByRole('link', { name: 'Try again…' }).click();
  await expect(page.getByRole('region', { name: 'The load whose records failed' })).toContainText('failed.csv');
  await expect(first.getByRole('row').nth(1)).toContainText('id: expected int');
  await expect(page.getByRole('textbox', { name: 'The format for born' })).toHaveValue('dd.MM.yyyy');
  await page.getByRole('button', { name: 'Another file' }).click();
  await choose(page, 'mended.csv', failed.replace('three', '3'));
  await page.getByRole('button', { name: 'Start the load' }).click();
  await expect(started.getByRole('status')).toContainText('complete');
  await expect(started.getByRole('status')).toContainText('1 record read · 1 written');
  expect(await scratch.run(`SELECT * FROM ${scratch.keyspace}.people`)).toHaveLength(4);
});

test('nothing can be loaded where rows cannot be written, and why is said', async ({ page }) => {
  await page.goto('/frozen/keyspaces/flights/airports/load');
  await expect(page.getByRole('note')).toContainText('This cluster is read-only here');
});

import type { Page } from 'playwright/test';
import {
  collections,
  type ExactRow,
  fractions,
  integers,
  texts,
  times,
  types,
  vectors,
} from '../fixtures/exact-values';
import type { Scratch } from '../fixtures/scratch';
import { expect, test } from '../fixtures/test';
import { clearClipboard, clipboardText } from '../support/clipboard';
import { ResultGrid } from '../support/grid';
import { hasVectors } from '../support/plain-client';

test.describe('Every value is exact', () => {
  test('integers, to their ends', async ({ page, scratch }) => expectExact(page, scratch, integers));
  test('floats and decimals, to the last digit', async ({ page, scratch }) => expectExact(page, scratch, fractions));
  test('dates, times and durations, beyond what browsers know', async ({ page, scratch }) =>
    expectExact(page, scratch, times));
  test('text, bytes and the like, empty or null', async ({ page, scratch }) => expectExact(page, scratch, texts));
  test('collections, tuples, vectors and nested types', async ({ page, client, scratch }) => {
    for (const [name, fields] of Object.entries(types))
      await scratch.run(`CREATE TYPE ${scratch.keyspace}.${name} (${fields})`);
    await expectExact(page, scratch, { ...collections, ...(hasVectors(client) ? vectors : {}) });
  });

  test('counters beyond a double', async ({ page }) => {
    const filter = [{ column: 'family', operator: '=', value: 'extreme' }];
    await page.goto(`/demo/keyspaces/every_type/counters?filters=${encodeURIComponent(JSON.stringify(filter))}`);
    const grid = new ResultGrid(page);
    await expect(grid.lastWord('Complete')).toBeVisible();
    await expect(grid.cells(1)).toHaveText(['extreme', 'maximum', '1', '9223372036854775807']);
    await expect(grid.cells(2)).toHaveText(['extreme', 'minimum', '-1', '-9223372036854775808']);
    await expect(grid.cells(3)).toHaveText(['extreme', 'one counter never counted', 'null', '1']);
    await expect(grid.cells(4)).toHaveText(['extreme', 'one past a double', '-9007199254740993', '9007199254740993']);
  });

  test('names and keys that must be quoted, in the grid and in the address', async ({ page }) => {
    const key = '?query=1&more#fragment';
    await page.goto('/demo/keyspaces/every_type/MixedCase');
    await page.getByRole('main').getByRole('button', { name: 'Filter', exact: true }).click();
    const form = page.getByRole('dialog', { name: 'Add a filter' });
    await expect(form.getByRole('combobox', { name: 'Column' })).toHaveValue('Partition Key');
    await form.getByRole('textbox', { name: 'Value' }).fill(key);
    await form.getByRole('button', { name: 'Add filter' }).click();
    await expectMixedCase(page, key);
    await page.reload();
    await expectMixedCase(page, key);
  });
});

/** Writes a row as CQL literals, and checks each value in the grid, the clipboard and the inspector. */
async function expectExact(page: Page, scratch: Scratch, row: ExactRow): Promise<void> {
  const columns = Object.entries(row).map(([name, value]) => ({ name, ...value }));
  const definition = columns.map(({ name, type }) => `${name} ${type}`).join(', ');
  await scratch.table('exact', `id int PRIMARY KEY, ${definition}`);
  const set = columns.flatMap(({ name, literal }) => (literal === null ? [] : { name, literal }));
  await scratch.run(
    `INSERT INTO ${scratch.keyspace}.exact (id, ${set.map(({ name }) => name).join(', ')}) VALUES (1, ${set.map(({ literal }) => literal).join(', ')})`,
  );

  await page.goto(`/demo/keyspaces/${scratch.keyspace}/exact`);
  const grid = new ResultGrid(page);
  await expect(grid.lastWord('Complete')).toBeVisible();
  await grid.cell(1, 1).click();
  await page.keyboard.press('Space');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { name: 'id' })).toBeVisible();

  // Cassandra orders the columns after the key by name.
  for (const { name, shown, copied = shown, inspected = copied } of columns.sort(byName)) {
    await page.keyboard.press('ArrowRight');
    await expect(inspector.getByRole('heading', { name, exact: true })).toBeVisible();
    const cell = grid.selected();
    // Spaces matter here, but toHaveText would collapse them.
    await expect.poll(() => cell.textContent(), name).toBe(shown);
    await expect(inspector, name).toContainText(inspected);
    await clearClipboard(page);
    await page.keyboard.press('Control+C');
    await expect.poll(() => clipboardText(page), `${name}, copied`).toBe(copied);
  }
}

async function expectMixedCase(page: Page, key: string): Promise<void> {
  const grid = new ResultGrid(page);
  await expect(grid.lastWord('Complete')).toBeVisible();
  await expect(grid.root).toHaveAttribute('aria-rowcount', '3');
  await expect(grid.header('Partition Key')).toBeVisible();
  await expect(grid.header('naïve ☃ 🌍')).toBeAttached();
  await expect(grid.cell(1, 1)).toHaveText(key);
  await expect(grid.cell(1, 2)).toHaveText('2');
  await expect(grid.cell(2, 2)).toHaveText('1');
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}

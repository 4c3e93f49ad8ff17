import type { Locator, Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { ResultGrid } from '../support/grid';

const DELAY = 3;

/** Opens the table, once the code that edits has come. */
async function open(page: Page, keyspace: string): Promise<ResultGrid> {
  await page.goto(`/demo/keyspaces/${keyspace}/flights`);
  const grid = new ResultGrid(page);
  await expect(grid.lastWord('Complete')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add a row' })).toBeVisible();
  return grid;
}

async function edit(page: Page, grid: ResultGrid, row: number, text: string): Promise<void> {
  await grid.cell(row, DELAY).click();
  await page.keyboard.press('F2');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

const sheet = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name });

test.describe('A person who reviews changed rows', () => {
  test.beforeEach(async ({ scratch }) => {
    await scratch.table('flights', 'origin text, day int, delay int, note text, PRIMARY KEY (origin, day)');
    for (const day of [1, 2]) {
      await scratch.run(
        `INSERT INTO ${scratch.keyspace}.flights (origin, day, delay, note) VALUES ('SEA', ${day}, ${day * 10}, 'n')`,
      );
    }
  });

  test('runs what was shown by keys alone, and takes it back', async ({ page, scratch }) => {
    const grid = await open(page, scratch.keyspace);
    await edit(page, grid, 1, '12');
    await page.keyboard.press('ControlOrMeta+S');
    const statement = sheet(page, 'Review 1 change').getByRole('article', { name: 'Statement 1 of 1' });
    await expect(statement).toContainText(
      `UPDATE ${scratch.keyspace}.flights SET delay = 12 WHERE origin = 'SEA' AND day = 1 IF delay = 10`,
    );
    await expect(page.getByRole('button', { name: 'Run 1 statement' })).toBeEnabled();
    await page.keyboard.press('ControlOrMeta+Enter');
    const ended = sheet(page, 'What became of the changes');
    await expect(ended.getByRole('status').first()).toContainText('1 applied');
    await ended.getByRole('button', { name: 'Undo what was applied' }).click();
    await expect(sheet(page, 'Review 1 change')).toContainText('SET delay = 10');
    await page.getByRole('button', { name: 'Run 1 statement' }).click();
    await expect(ended.getByRole('status').first()).toContainText('1 applied');
    await ended.getByRole('button', { name: 'Close', exact: true }).last().click();
    await expect(grid.cell(1, DELAY)).toHaveText('10');
  });

  test('edits, reviews, runs and takes it back without a mouse', async ({ page, client, scratch }) => {
    const grid = await open(page, scratch.keyspace);
    const delays = async () => {
      const { rows } = await client.execute(`SELECT delay FROM ${scratch.keyspace}.flights WHERE origin = 'SEA'`);
      return rows.map((row) => row.get('delay'));
    };
    await grid.root.focus();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('12');
    await page.keyboard.press('Enter');
    await page.keyboard.type('24');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ControlOrMeta+S');
    await expect(page.getByRole('button', { name: 'Run 2 statements' })).toBeEnabled();
    await page.keyboard.press('ControlOrMeta+Enter');
    const ended = sheet(page, 'What became of the changes');
    await expect(ended.getByRole('status').first()).toContainText('2 applied');
    expect(await delays()).toEqual([12, 24]);
    const undo = ended.getByRole('button', { name: 'Undo what was applied' });
    await expect(async () => {
      await page.keyboard.press('Tab');
      await expect(undo).toBeFocused({ timeout: 100 });
    }).toPass();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Run 2 statements' })).toBeEnabled();
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(ended.getByRole('status').first()).toContainText('2 applied');
    expect(await delays()).toEqual([10, 20]);
    await page.keyboard.press('Escape');
    await expect(ended).toBeHidden();
    await expect(grid.cell(1, DELAY)).toHaveText('10');
  });

  test('decides what counts where somebody else was first', async ({ page, scratch }) => {
    const grid = await open(page, scratch.keyspace);
    await edit(page, grid, 1, '12');
    await scratch.run(`UPDATE ${scratch.keyspace}.flights SET delay = 9 WHERE origin = 'SEA' AND day = 1`);
    await page.keyboard.press('ControlOrMeta+S');
    const conflict = page.getByRole('region', { name: 'Conflict: origin = SEA · day = 1' });
    await expect(conflict.getByRole('row', { name: /^delay/ })).toContainText('10912');
    await conflict.getByRole('button', { name: 'Take mine' }).click();
    await expect(page.getByRole('article', { name: 'Statement 1 of 1' })).toContainText('SET delay = 12');
    await expect(page.getByRole('article', { name: 'Statement 1 of 1' })).toContainText('IF delay = 9');
    await page.getByRole('button', { name: 'Run 1 statement' }).click();
    await expect(sheet(page, 'What became of the changes').getByRole('status').first()).toContainText('1 applied');
  });
});

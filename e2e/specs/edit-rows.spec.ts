import type { Locator, Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { ResultGrid } from '../support/grid';
import { QueryPage } from '../support/query-page';

const TABLE = 'origin text, day int, s text static, delay int, note text, PRIMARY KEY (origin, day)';
const [DAY, STATIC, DELAY, NOTE] = [2, 3, 4, 5];

function bar(page: Page): Locator {
  return page.getByRole('region', { name: 'Changes that wait' });
}

function newRows(page: Page): Locator {
  return page.getByRole('region', { name: 'New rows' });
}

async function open(page: Page, keyspace: string, table = 'flights', cluster = 'demo'): Promise<ResultGrid> {
  await page.goto(`/${cluster}/keyspaces/${keyspace}/${table}`);
  const grid = gridOf(page);
  await expect(grid.lastWord('Complete')).toBeVisible();
  await expect(grid.row(1)).toBeVisible();
  if (cluster === 'demo') await expect(addButton(page)).toBeVisible();
  return grid;
}

/** It is there once the code that edits has come. */
function addButton(page: Page): Locator {
  return page.getByRole('button', { name: 'Add a row' });
}

/** The rows that are read: new ones stand in another grid. */
function gridOf(page: Page): ResultGrid {
  return new ResultGrid(page, /^Rows of /);
}

/** Edits the cell with the focus, from its beginning. */
async function type(page: Page, text: string, end = 'Enter'): Promise<void> {
  await page.keyboard.press('F2');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
  await page.keyboard.press(end);
}

test.describe('A person who changes rows', () => {
  test.beforeEach(async ({ scratch }) => {
    await scratch.table('flights', TABLE);
    await scratch.table('others', TABLE);
    for (const table of ['flights', 'others']) {
      for (const day of [1, 2, 3]) {
        await scratch.run(
          `INSERT INTO ${scratch.keyspace}.${table} (origin, day, s, delay, note) VALUES ('SEA', ${day}, 'of all', ${day * 10}, 'n${day}')`,
        );
      }
    }
  });

  test('edits, undoes and redoes by keys, and opens the review', async ({ page, scratch }) => {
    const grid = await open(page, scratch.keyspace);
    await grid.cell(1, DELAY).click();
    await type(page, '12');
    await expect(grid.cell(1, DELAY)).toHaveText('12');
    await expect(grid.cell(1, DELAY)).toHaveAttribute('title', 'Was 10');
    await expect(bar(page).getByRole('status')).toHaveText('1 change in 1 row');
    // The next one is active: what is typed replaces its value.
    await page.keyboard.type('25');
    await page.keyboard.press('Tab');
    await page.keyboard.type('late');
    await page.keyboard.press('Enter');
    await expect(bar(page).getByRole('status')).toHaveText('3 changes in 2 rows');
    await expect(grid.cell(2, NOTE)).toHaveText('late');
    await page.keyboard.press('ControlOrMeta+Z');
    await expect(grid.cell(2, NOTE)).toHaveText('n2');
    await page.keyboard.press('ControlOrMeta+Shift+Z');
    await expect(grid.cell(2, NOTE)).toHaveText('late');
    // Back to what was read: the cell has no change any more.
    await grid.cell(1, DELAY).click();
    await type(page, '10');
    await expect(bar(page).getByRole('status')).toHaveText('2 changes in 1 row');
    await grid.cell(1, NOTE).click();
    await type(page, 'never mind', 'Escape');
    await expect(grid.cell(1, NOTE)).toHaveText('n1');
    await page.keyboard.press('Delete');
    await expect(grid.cell(1, NOTE)).toHaveText('null');
    const review = page.getByRole('dialog', { name: 'Review 3 changes in 2 rows' });
    await page.keyboard.press('ControlOrMeta+S');
    await expect(review).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(review).toBeHidden();
    // From anywhere on the page.
    await page.getByRole('button', { name: /^Refresh/ }).focus();
    await page.keyboard.press('ControlOrMeta+S');
    await expect(review).toBeVisible();
  });

  test('edits by double click, takes a static column for the partition, and inspects with Space', async ({
    page,
    scratch,
  }) => {
    const grid = await open(page, scratch.keyspace);
    await grid.cell(2, STATIC).dblclick();
    await expect(page.getByText('“s” is static: it belongs to the partition')).toBeVisible();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('changed');
    await page.keyboard.press('Enter');
    for (const row of [1, 2, 3]) await expect(grid.cell(row, STATIC)).toHaveText('changed');
    await expect(bar(page).getByRole('status')).toHaveText('1 change in 1 row');
    await page.keyboard.press(' ');
    await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible();
  });

  test('keeps the changes through sorting, Refresh, another page and a reload, for this table alone', async ({
    page,
    scratch,
  }) => {
    const grid = await open(page, scratch.keyspace);
    await grid.cell(1, DELAY).click();
    await type(page, '99');
    await grid
      .header('delay')
      .getByRole('button', { name: /^delay/ })
      .click();
    await grid
      .header('delay')
      .getByRole('button', { name: /^delay/ })
      .click();
    await expect(grid.cell(3, DELAY)).toHaveText('99');
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect(grid.lastWord('Complete')).toBeVisible();
    await expect(grid.cell(3, DELAY)).toHaveText('99');
    await page.reload();
    await expect(grid.cell(3, DELAY)).toHaveText('99');
    await expect(bar(page).getByRole('status')).toHaveText('1 change in 1 row');

    const others = await open(page, scratch.keyspace, 'others');
    await expect(others.cell(1, DELAY)).toHaveText('10');
    await expect(bar(page)).toHaveCount(0);
    const second = await page.context().newPage();
    const elsewhere = await open(second, scratch.keyspace);
    await expect(elsewhere.cell(1, DELAY)).toHaveText('10');
    await expect(bar(second)).toHaveCount(0);
    await second.close();

    // Somebody else changes the cell.
    await scratch.run(`UPDATE ${scratch.keyspace}.flights SET delay = 11 WHERE origin = 'SEA' AND day = 1`);
    await open(page, scratch.keyspace);
    await expect(grid.cell(1, DELAY)).toHaveText('99');
    await expect(grid.cell(1, DELAY)).toHaveAttribute('title', /Was 11 · changed by somebody/);
    await bar(page).getByRole('button', { name: 'Discard' }).click();
    await page
      .getByRole('dialog', { name: 'Discard 1 change in 1 row?' })
      .getByRole('button', { name: 'Discard' })
      .click();
    await expect(grid.cell(1, DELAY)).toHaveText('11');
    await expect(bar(page)).toHaveCount(0);
  });

  test('offers what a closed tab has left', async ({ page, scratch }) => {
    const second = await page.context().newPage();
    const there = await open(second, scratch.keyspace);
    await there.cell(1, DELAY).click();
    await type(second, '77');
    await expect(bar(second)).toBeVisible();
    await second.close();
    const grid = await open(page, scratch.keyspace);
    await expect(bar(page)).toContainText('1 change in 1 row from a tab that was closed');
    await expect(grid.cell(1, DELAY)).toHaveText('10');
    await bar(page).getByRole('button', { name: 'Take them over' }).click();
    await expect(grid.cell(1, DELAY)).toHaveText('77');
    await expect(bar(page).getByRole('status')).toHaveText('1 change in 1 row');
  });

  test('adds, deletes and moves rows', async ({ page, scratch }) => {
    const grid = await open(page, scratch.keyspace);
    await grid.cell(1, DELAY).click();
    await addButton(page).click();
    const form = page.getByRole('dialog', { name: 'Add a row' });
    await expect(form.getByRole('button', { name: 'Add' })).toBeDisabled();
    await form.getByRole('textbox', { name: /^origin/ }).fill('SEA');
    await form.getByRole('textbox', { name: /^day/ }).fill('9');
    await form.getByRole('textbox', { name: /^delay/ }).fill('5');
    await form.getByRole('button', { name: 'Add' }).click();
    await expect(
      newRows(page)
        .getByRole('gridcell')
        .nth(DELAY - 1),
    ).toHaveText('5');
    await expect(
      newRows(page)
        .getByRole('gridcell')
        .nth(NOTE - 1),
    ).toHaveText('–');

    await grid.cell(2, DELAY).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Delete this row' }).click();
    await expect(grid.cell(2, DELAY)).toHaveCSS('text-decoration-line', 'line-through');
    await expect(bar(page).getByRole('status')).toHaveText('2 changes in 2 rows');
    await page.keyboard.type('1');
    await expect(page.getByText('This row is to be deleted.')).toBeVisible();

    await grid.cell(3, DAY).click();
    await page.keyboard.press('F2');
    const move = page.getByRole('dialog', { name: 'Move this row' });
    await move.getByRole('textbox', { name: /^day/ }).fill('30');
    await move.getByRole('button', { name: 'Move' }).click();
    await expect(grid.cell(3, DAY)).toHaveAttribute('title', 'To be moved: origin = SEA, day = 30');
    await expect(bar(page).getByRole('status')).toHaveText('3 changes in 3 rows');

    await newRows(page)
      .getByRole('gridcell')
      .nth(NOTE - 1)
      .click();
    await page.keyboard.type('new');
    await page.keyboard.press('Enter');
    await expect(
      newRows(page)
        .getByRole('gridcell')
        .nth(NOTE - 1),
    ).toHaveText('new');
    await newRows(page).getByRole('button', { name: 'Remove' }).click();
    await expect(newRows(page)).toHaveCount(0);
    await expect(bar(page).getByRole('status')).toHaveText('2 changes in 2 rows');
  });

  test('pastes a block or none of it, and fills down', async ({ page, scratch }) => {
    const grid = await open(page, scratch.keyspace);
    const paste = async (text: string) => {
      await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
      await grid.cell(1, DELAY).click();
      await page.keyboard.press('ControlOrMeta+V');
    };
    await paste('1\t"two\nlines"\n2\tx');
    await expect(bar(page).getByRole('status')).toHaveText('4 changes in 2 rows');
    await expect(grid.cell(2, NOTE)).toHaveText('x');
    await page.keyboard.press('ControlOrMeta+Z');
    await expect(bar(page).getByRole('status')).toHaveText('No changes');
    await paste('1\ty\nlong\tx');
    const problems = page.getByRole('dialog', { name: 'Nothing was pasted' });
    await expect(problems.getByRole('row').nth(1)).toContainText('long');
    await problems.getByRole('button', { name: 'Close' }).last().click();
    await expect(grid.cell(1, NOTE)).toHaveText('n1');

    await grid.cell(1, NOTE).click();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('ControlOrMeta+D');
    for (const row of [2, 3]) await expect(grid.cell(row, NOTE)).toHaveText('n1');
    await page.keyboard.press('Delete');
    for (const row of [1, 2, 3]) await expect(grid.cell(row, NOTE)).toHaveText('null');
  });

  test('sets a TTL, and edits in the record', async ({ page, scratch }) => {
    const grid = await open(page, scratch.keyspace);
    await grid.cell(1, DELAY).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Set the TTL of delay…' }).click();
    const dialog = page.getByRole('dialog', { name: 'TTL of delay' });
    await dialog.getByRole('textbox').fill('600');
    await dialog.getByRole('button', { name: 'Set TTL' }).click();
    await expect(grid.cell(1, DELAY)).toHaveAttribute('title', 'Was 10 · expires after 10 min');

    await grid.cell(1, NOTE).click();
    await page.keyboard.press('Shift+Enter');
    const record = page.getByRole('complementary', { name: 'Record' });
    await record.getByRole('button', { name: 'Edit note' }).click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('by the record');
    await page.keyboard.press('Enter');
    await expect(grid.cell(1, NOTE)).toHaveText('by the record');
    await expect(record).toContainText('by the record');
  });

  test('hears why where rows cannot be changed', async ({ page, scratch }) => {
    const grid = await open(page, scratch.keyspace, 'flights', 'frozen');
    await grid.cell(1, DELAY).click();
    await expect(async () => {
      await page.keyboard.press('F2');
      await expect(page.getByText('This cluster is read-only here.')).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await grid.cell(1, DELAY).dblclick();
    await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible();
    await expect(bar(page)).toHaveCount(0);
  });

  test('changes rows of a statement that names the whole key, and of no other', async ({ page, scratch }) => {
    const query = new QueryPage(page);
    const grid = gridOf(page);
    await query.open();
    await query.write(`SELECT day, note, origin FROM ${scratch.keyspace}.flights WHERE origin = 'SEA'`);
    await query.runAtCursor();
    await expect(grid.cell(1, 2)).toHaveText('n1');
    await expect(addButton(page)).toBeVisible();
    await grid.cell(1, 2).click();
    await type(page, 'by a statement');
    await expect(bar(page).getByRole('status')).toHaveText('1 change in 1 row');
    await bar(page).getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Run 1 statement' }).click();
    const ended = page.getByRole('dialog', { name: 'What became of the changes' });
    await ended.getByRole('button', { name: 'Close' }).last().click();
    await expect(ended).toHaveCount(0);
    // Its rows are read again: the statement only reads.
    await expect(bar(page)).toHaveCount(0);
    await expect(grid.cell(1, 2)).toHaveText('by a statement');
    await query.write(`SELECT origin, note FROM ${scratch.keyspace}.flights WHERE origin = 'SEA'`);
    await query.runAtCursor();
    await expect(grid.cell(1, 2)).toHaveText('by a statement');
    await grid.cell(1, 2).click();
    await expect(async () => {
      await page.keyboard.type('x');
      const why = page.getByText('This result does not say which rows these are: day is not among');
      await expect(why).toBeVisible({ timeout: 1_000 });
    }).toPass();
  });

  test('adds to a counter by + and −, and reads that it cannot be set', async ({ page, client, scratch }) => {
    await scratch.table('hits', 'page text, day int, n counter, PRIMARY KEY (page, day)');
    await scratch.run(`UPDATE ${scratch.keyspace}.hits SET n = n + 40 WHERE page = 'home' AND day = 1`);
    const grid = await open(page, scratch.keyspace, 'hits');
    const N = 3;
    await grid.cell(1, N).click();
    await page.keyboard.type('=5');
    await page.keyboard.press('Enter');
    await expect(page.getByText('a counter cannot be set, only changed: write +5 or -5')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(bar(page)).toHaveCount(0);
    await page.keyboard.press('F2');
    await page.getByRole('button', { name: 'Add one' }).click();
    await page.getByRole('button', { name: 'Add one' }).click();
    await page.getByRole('button', { name: 'Add one' }).click();
    await page.getByRole('button', { name: 'Take one away' }).click();
    await page.getByRole('textbox', { name: /^n, counter/ }).press('Enter');
    await expect(grid.cell(1, N)).toHaveText('42');
    await page.keyboard.press('ControlOrMeta+S');
    const statement = page.getByRole('article', { name: 'Statement 1 of 1' });
    await expect(statement).toContainText("SET n = n + 2 WHERE page = 'home' AND day = 1");
    await page.getByRole('button', { name: 'Run 1 statement' }).click();
    const ended = page.getByRole('dialog', { name: 'What became of the changes' });
    await expect(ended.getByRole('status').first()).toContainText('1 applied');
    const { rows } = await client.execute(`SELECT n FROM ${scratch.keyspace}.hits`);
    expect(String(rows[0]?.get('n'))).toBe('42');
  });

  test('changes one table in two views of the same tab: the same changes wait in both', async ({ page, scratch }) => {
    const grid = await open(page, scratch.keyspace);
    await grid.cell(1, DELAY).click();
    await type(page, '12');
    const query = new QueryPage(page);
    await page.getByRole('link', { name: 'Query', exact: true }).click();
    await query.write(`SELECT * FROM ${scratch.keyspace}.flights WHERE origin = 'SEA'`);
    await query.runAtCursor();
    await expect(grid.cell(1, DELAY)).toHaveText('12');
    await expect(bar(page).getByRole('status')).toHaveText('1 change in 1 row');
    await grid.cell(2, NOTE).click();
    await type(page, 'by a statement');
    await expect(bar(page).getByRole('status')).toHaveText('2 changes in 2 rows');
    await open(page, scratch.keyspace);
    await expect(grid.cell(1, DELAY)).toHaveText('12');
    await expect(grid.cell(2, NOTE)).toHaveText('by a statement');
    await bar(page).getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Run 2 statements' }).click();
    const ended = page.getByRole('dialog', { name: 'What became of the changes' });
    await expect(ended.getByRole('status').first()).toContainText('2 applied');
    await ended.getByRole('button', { name: 'Close' }).last().click();
    await expect(bar(page)).toHaveCount(0);
    await expect(grid.cell(2, NOTE)).toHaveText('by a statement');
  });
});

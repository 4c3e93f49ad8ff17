import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { ResultGrid } from '../support/grid';
import { hasVectors } from '../support/plain-client';

/** A table with an index of each kind, and distinguishable rows. */
const COLUMNS = `
  place text, day int, at int, seat text, name text, city text, tags set<text>, notes map<text, int>,
  late boolean, plain int, PRIMARY KEY ((place, day), at, seat)`;

test.describe('Filters', () => {
  test.beforeEach(async ({ scratch, client, request }) => {
    await scratch.table('visits', COLUMNS);
    const table = `${scratch.keyspace}.visits`;
    await scratch.run(`CREATE INDEX ON ${table} (name)`);
    await scratch.run(`CREATE INDEX ON ${table} (entries(notes))`);
    if (hasVectors(client)) {
      await scratch.run(`ALTER TABLE ${table} ADD near vector<float, 2>`);
      await scratch.run(`CREATE INDEX visits_near ON ${table} (near) USING 'sai'`);
    }
    const newest = hasVectors(client) ? 'visits_near' : 'visits_notes_idx';
    const known = async () => (await request.get('/api/clusters/demo/schema')).text();
    await expect.poll(known, 'Ringside knows the indexes').toContain(newest);
    for (const at of [1, 2, 3, 4]) {
      await scratch.run(
        `INSERT INTO ${table} (place, day, at, seat, name, tags, notes, late, plain)
         VALUES ('Lund', 1, ${at}, '${at}A', 'n${at}', {'t${at}'}, {'x': ${at}}, ${at > 2}, ${at})`,
      );
      if (hasVectors(client)) {
        await scratch.run(
          `UPDATE ${table} SET near = [${at}, 1] WHERE place = 'Lund' AND day = 1 AND at = ${at} AND seat = '${at}A'`,
        );
      }
    }
  });

  test('every column can be picked, and each operator says what it would cost', async ({ page, scratch }) => {
    await open(page, scratch.keyspace);
    const form = await openForm(page);
    const columns = form.getByRole('combobox', { name: 'Column' });
    for (const name of ['place', 'token(place, day)', 'at', '(at, seat) together', 'notes', 'plain']) {
      await expect(columns.getByRole('option', { name, exact: true })).toBeAttached();
    }
    await columns.selectOption('plain');
    const operators = form.getByRole('combobox', { name: 'Operator' });
    await expect(operators.getByRole('option', { name: '= · only with filtering', exact: true })).toBeAttached();
    await columns.selectOption('name');
    await expect(operators.getByRole('option', { name: /^= · index .*every node$/ })).toBeAttached();
    await columns.selectOption('at');
    await expect(operators.getByRole('option', { name: '>= · also needs place and day', exact: true })).toBeAttached();
  });

  test('a value of the wrong type says what was expected', async ({ page, scratch }) => {
    await open(page, scratch.keyspace);
    const form = await openForm(page);
    await form.getByRole('combobox', { name: 'Column' }).selectOption('plain');
    await form.getByRole('textbox', { name: 'Value' }).fill('2147483648');
    await form.getByRole('button', { name: 'Add filter' }).click();
    await expect(form.getByText('a whole number from -2147483648 to 2147483647')).toBeVisible();
    await form.getByRole('combobox', { name: 'Column' }).selectOption('late');
    await expect(form.getByRole('combobox', { name: 'Value' })).toBeVisible();
  });

  test('an entry of a map, rows by similarity, and clustering columns together are found', async ({
    page,
    client,
    scratch,
  }) => {
    const grid = new ResultGrid(page);
    await open(page, scratch.keyspace);
    const entry = await openForm(page);
    await entry.getByRole('combobox', { name: 'Column' }).selectOption('notes');
    await entry.getByRole('combobox', { name: 'Operator' }).selectOption('ENTRY');
    await entry.getByRole('textbox', { name: 'Key' }).fill('x');
    await entry.getByRole('textbox', { name: 'Value' }).fill('3');
    await entry.getByRole('button', { name: 'Add filter' }).click();
    await expect(grid.cells(1).filter({ hasText: '3A' })).toBeVisible();
    await expect(grid.root).toHaveAttribute('aria-rowcount', '2');
    await page.getByRole('button', { name: 'Remove the filter notes[x] = 3' }).click();

    if (hasVectors(client)) await findNearest(page, grid);

    await page.goto(
      `${tablePath(scratch.keyspace)}?filters=${encodeURIComponent(
        JSON.stringify([
          { column: 'place', operator: '=', value: 'Lund' },
          { column: 'day', operator: '=', value: 1 },
          { column: 'at', tuple: ['seat'], operator: '>', value: [2, '2A'] },
        ]),
      )}`,
    );
    await expect(grid.cells(1).filter({ hasText: '3A' })).toBeVisible();
    await expect(grid.root).toHaveAttribute('aria-rowcount', '3');
  });

  test('filtering is a choice made with the statement in view, and a link asks again', async ({ page, scratch }) => {
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/rows')) asked.push(request.postData() ?? '');
    });
    const grid = new ResultGrid(page);
    await open(page, scratch.keyspace);
    const form = await openForm(page);
    await form.getByRole('combobox', { name: 'Column' }).selectOption('plain');
    await form.getByRole('combobox', { name: 'Operator' }).selectOption('>');
    await form.getByRole('textbox', { name: 'Value' }).fill('3');
    await form.getByRole('button', { name: 'Add filter' }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByText('Not read: plain is not in the key and has no index')).toBeVisible();

    await page.getByRole('button', { name: 'Read with filtering…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Read with ALLOW FILTERING?' });
    await expect(dialog.getByText(`${scratch.keyspace}.visits WHERE plain > 3 ALLOW FILTERING`)).toBeVisible();
    await expect(dialog.getByText('The whole ring: every row of the table, on every node')).toBeVisible();
    expect(asked.filter((body) => body.includes('plain'))).toEqual([]);
    await dialog.getByRole('button', { name: 'Read with filtering', exact: true }).click();
    await expect(grid.cells(1).filter({ hasText: '4A' })).toBeVisible();
    await expect(page.getByText('whole ring + filtering')).toBeVisible();
    await expect(page).toHaveURL(/filtering=true/);

    const before = asked.length;
    await page.reload();
    await expect(page.getByText('Not read yet: this view uses ALLOW FILTERING')).toBeVisible();
    expect(asked.slice(before)).toEqual([]);
    await page.getByRole('button', { name: 'See what it reads…' }).click();
    await page.getByRole('button', { name: 'Read with filtering', exact: true }).click();
    await expect(grid.cells(1).filter({ hasText: '4A' })).toBeVisible();

    await expect(page.getByRole('link', { name: 'Export', exact: true })).toHaveAttribute('href', /filtering=true/);
    await page.getByRole('button', { name: 'Do not allow filtering' }).click();
    await expect(page.getByText('Not read: plain is not in the key and has no index')).toBeVisible();
  });

  test('a view is kept by name, opened, renamed and deleted, and its link gives the same', async ({
    page,
    scratch,
  }) => {
    const grid = new ResultGrid(page);
    await page.goto(`${tablePath(scratch.keyspace)}?${new URLSearchParams({ columns: '["name","place"]' })}`);
    await expect(grid.header('name')).toBeVisible();
    const views = await openViews(page);
    await views.getByRole('textbox', { name: 'Name of this view' }).fill('Names');
    await views.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(views.getByRole('button', { name: 'Names', exact: true })).toBeVisible();
    await views.getByRole('button', { name: 'Rename Names' }).click();
    await views.getByRole('textbox', { name: 'New name' }).fill('Only names');
    await views.getByRole('button', { name: 'Rename', exact: true }).click();

    await open(page, scratch.keyspace);
    await expect(grid.header('plain')).toBeVisible();
    const again = await openViews(page);
    await again.getByRole('button', { name: 'Copy a link to Only names' }).click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await again.getByRole('button', { name: 'Only names', exact: true }).click();
    await expect(grid.root).toHaveAttribute('aria-colcount', '2');
    expect(new URL(link).search).toBe(new URL(page.url()).search);
    await again.getByRole('button', { name: 'Delete Only names' }).click();
    await expect(again.getByRole('button', { name: 'Only names', exact: true })).toHaveCount(0);
  });
});

const tablePath = (keyspace: string) => `/demo/keyspaces/${keyspace}/visits`;

async function open(page: Page, keyspace: string): Promise<void> {
  await page.goto(tablePath(keyspace));
  await expect(page.getByRole('grid')).toBeVisible();
}

async function openForm(page: Page) {
  await page.getByRole('main').getByRole('button', { name: 'Filter', exact: true }).click();
  const form = page.getByRole('dialog', { name: 'Add a filter' });
  await expect(form.getByRole('combobox', { name: 'Column' })).toBeVisible();
  return form;
}

async function openViews(page: Page) {
  await page.getByRole('main').getByRole('button', { name: /^View/ }).click();
  const views = page.getByRole('region', { name: 'Saved views' });
  await expect(views).toBeVisible();
  return views;
}

/** The two rows nearest to a vector. */
async function findNearest(page: Page, grid: ResultGrid): Promise<void> {
  const near = await openForm(page);
  await near.getByRole('combobox', { name: 'Column' }).selectOption('near');
  await near.getByRole('textbox', { name: 'Value' }).fill('[4, 1]');
  await near.getByRole('textbox', { name: 'Rows at most' }).fill('2');
  await near.getByRole('button', { name: 'Add filter' }).click();
  await expect(grid.cells(1).filter({ hasText: '4A' })).toBeVisible();
  await expect(grid.root).toHaveAttribute('aria-rowcount', '3');
  await page.getByRole('button', { name: /^Remove the filter near ANN OF/ }).click();
}

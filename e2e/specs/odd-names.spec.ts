import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { clearClipboard, clipboardText } from '../support/clipboard';
import { ResultGrid } from '../support/grid';
import { QueryPage } from '../support/query-page';

/** Names that every JavaScript object inherits: as key, clustering and plain columns, as fields and as map keys. */
const KEY = ['constructor', '__proto__'];
const OTHERS = ['__defineGetter__', 'hasOwnProperty', 'isPrototypeOf', 'toString', 'valueOf'];
const COLUMNS = [...KEY, ...OTHERS];

async function copyAs(page: Page, name: string): Promise<string> {
  await clearClipboard(page);
  await new ResultGrid(page).bar.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('menuitem', { name, exact: true }).filter({ visible: true }).last().click();
  await expect.poll(() => clipboardText(page), name).not.toBe('(nothing copied)');
  return clipboardText(page);
}

/** The positions of the headers, from the left. */
async function places(grid: ResultGrid): Promise<{ left: number; right: number }[]> {
  const boxes = await grid.root
    .getByRole('columnheader')
    .evaluateAll((headers) =>
      headers.map((header) => header.getBoundingClientRect()).map(({ left, right }) => ({ left, right })),
    );
  return boxes.sort((a, b) => a.left - b.left);
}

async function expectSideBySide(grid: ResultGrid, count: number): Promise<void> {
  await expect(grid.root.getByRole('columnheader')).toHaveCount(count);
  const boxes = await places(grid);
  for (const [index, { left, right }] of boxes.entries()) {
    expect(right - left).toBeGreaterThan(50);
    if (index > 0) expect(left).toBeGreaterThanOrEqual((boxes[index - 1]?.right ?? 0) - 1);
  }
}

test.describe('Names that objects have already', () => {
  test.beforeEach(async ({ page, scratch }) => {
    await scratch.run(`CREATE TYPE ${scratch.keyspace}.odd ("__proto__" int, "constructor" text)`);
    await scratch.table(
      'odd_names',
      `"constructor" text, "__proto__" int, "toString" text, "valueOf" frozen<odd>, "hasOwnProperty" map<text, text>, "isPrototypeOf" int, "__defineGetter__" text, PRIMARY KEY ("constructor", "__proto__")`,
    );
    for (const [key, row] of [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ] as const) {
      await scratch.run(
        `INSERT INTO ${scratch.keyspace}.odd_names ("constructor", "__proto__", "toString", "valueOf", "hasOwnProperty", "isPrototypeOf", "__defineGetter__")
         VALUES ('${key}', ${row}, 'text ${row}', {"__proto__": ${row}, "constructor": 'own'}, {'__proto__': 'x', 'k': 'v'}, ${row}, 'get')`,
      );
    }
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/odd_names`);
    await expect(new ResultGrid(page).lastWord('Complete')).toBeVisible();
  });

  test('are columns like any other: side by side, as wide, pinned, moved and hidden, also after a reload', async ({
    page,
  }) => {
    const grid = new ResultGrid(page);
    await expectSideBySide(grid, COLUMNS.length);
    for (const name of COLUMNS) await expect(grid.header(name)).toBeVisible();
    const before = await grid.header('constructor').boundingBox();
    const edge = await grid.header('constructor').locator('[data-edge]').boundingBox();
    if (before === null || edge === null) throw new Error('the header is not drawn');
    await page.mouse.move(edge.x + 4, edge.y + 10);
    await page.mouse.down();
    await page.mouse.move(edge.x + 64, edge.y + 10, { steps: 3 });
    await page.mouse.up();
    await expect.poll(async () => (await grid.header('constructor').boundingBox())?.width).toBe(before.width + 60);

    for (const [name, item] of [
      ['__defineGetter__', 'Hide'],
      ['valueOf', 'Pin left'],
      ['toString', 'Move left'],
    ] as const) {
      await grid.menuOf(name).click();
      await page.getByRole('menuitem', { name: item }).filter({ visible: true }).click();
    }
    await expect(grid.header('__defineGetter__')).toBeHidden();
    await expectSideBySide(grid, COLUMNS.length - 1);
    await page.reload();
    await expect(grid.row(1)).toBeVisible();
    await expectSideBySide(grid, COLUMNS.length - 1);
    expect((await grid.header('constructor').boundingBox())?.width).toBe(before.width + 60);
    const left = async (name: string) => (await grid.header(name).boundingBox())?.x ?? 0;
    expect(await left('valueOf')).toBeLessThan(await left('toString'));
    expect(await left('toString')).toBeLessThan(await left('isPrototypeOf'));
  });

  test('are opened by key, filtered by, looked into and copied', async ({ page }) => {
    const grid = new ResultGrid(page);
    const key = page.getByRole('form', { name: 'Open a partition' });
    const field = key.getByRole('textbox', { name: /^constructor/ });
    await expect(field).toHaveValue('');
    await field.fill('c');
    await key.getByRole('button', { name: 'Open', exact: true }).click();
    await expect(page).toHaveURL(/filters=/);
    await key.getByRole('button', { name: 'All rows' }).click();

    await page.getByRole('main').getByRole('button', { name: 'Filter', exact: true }).click();
    const form = page.getByRole('dialog', { name: 'Add a filter' });
    await expect(form.getByRole('combobox', { name: 'Column' })).toHaveValue('constructor');
    await form.getByRole('textbox', { name: 'Value' }).fill('b');
    await form.getByRole('button', { name: 'Add filter' }).click();
    await expect(grid.root).toHaveAttribute('aria-rowcount', '2');
    await page.keyboard.press('Escape');

    await grid.cell(1, 1).click();
    const json: unknown = JSON.parse(await copyAs(page, 'As JSON'));
    expect(Object.entries(Object(Array.isArray(json) ? json[0] : null)).map(([name]) => name)).toEqual(COLUMNS);
    expect(JSON.stringify(json)).toContain('"valueOf":{"__proto__":2,"constructor":"own"}');
    expect(await copyAs(page, 'As CSV')).toContain('constructor,__proto__,__defineGetter__');
    expect(await copyAs(page, 'As INSERT statements')).toContain(
      `{'__proto__': 'x', 'k': 'v'}, 2, 'text 2', {"__proto__": 2, constructor: 'own'}`,
    );

    await grid.cell(1, COLUMNS.indexOf('hasOwnProperty') + 1).click();
    await page.keyboard.press('Space');
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await expect(inspector.getByRole('treeitem')).toHaveText(['2 entries', '__proto__x', 'kv']);
    await page.keyboard.press('Escape');
  });

  test('stand in the schema, in a sample, in the export form and in a saved view', async ({ page, scratch }) => {
    await page.getByRole('main').getByRole('button', { name: /^View/ }).click();
    const views = page.getByRole('region', { name: 'Saved views' });
    for (const name of ['__proto__', 'constructor']) {
      await views.getByRole('textbox', { name: 'Name of this view' }).fill(name);
      await page.keyboard.press('Enter');
      await expect(views.getByRole('button', { name, exact: true })).toBeVisible();
    }

    await page.goto(`/demo/keyspaces/${scratch.keyspace}/odd_names/schema`);
    const columns = page.getByRole('table', { name: 'Columns of odd_names' });
    for (const name of COLUMNS) await expect(columns.getByRole('rowheader', { name, exact: true })).toBeVisible();
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/odd_names/stats`);
    await page.getByRole('button', { name: 'Read a sample' }).click();
    const sample = page.getByRole('table', { name: 'Columns of odd_names, by the sample' });
    for (const name of COLUMNS) await expect(sample.getByRole('rowheader', { name, exact: true })).toBeVisible();
    await page.goto(`/demo/exports?keyspace=${scratch.keyspace}&table=odd_names`);
    await page.getByText('Columns: all 7').click();
    for (const name of COLUMNS) await expect(page.getByRole('checkbox', { name })).toBeChecked();
  });
});

test.describe('Invisible characters', () => {
  test('is marked in names and values, and copied as it is', async ({ page, scratch }) => {
    await scratch.table('unseen', `id int PRIMARY KEY, "adm\u200Bin" text, plain text, rtl text`);
    await scratch.run(
      `INSERT INTO ${scratch.keyspace}.unseen (id, "adm\u200Bin", plain, rtl) VALUES (1, 'a\u202Eb\u00A0', '\u2028', 'שלום')`,
    );
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/unseen`);
    const grid = new ResultGrid(page);
    await expect(grid.lastWord('Complete')).toBeVisible();
    const tokens = (locator: ReturnType<ResultGrid['cell']>) =>
      locator.locator('[data-label]').evaluateAll((found) => found.map((token) => token.getAttribute('data-label')));

    await expect.poll(() => tokens(grid.root.getByRole('columnheader').nth(1))).toEqual(['U+200B']);
    await expect.poll(() => tokens(grid.cell(1, 2))).toEqual(['U+202E', 'U+00A0']);
    await expect.poll(() => tokens(grid.cell(1, 3))).toEqual(['U+2028']);
    await expect(grid.cell(1, 2).locator('[data-label="U+00A0"]')).toHaveAttribute(
      'title',
      'U+00A0 non-breaking space',
    );
    // Something visible is drawn, and the text itself stays in the page.
    expect((await grid.cell(1, 3).locator('[data-label]').boundingBox())?.width).toBeGreaterThan(20);
    expect(await grid.cell(1, 2).textContent()).toBe('a\u202Eb\u00A0');
    expect(await grid.cell(1, 4).locator('bdi').textContent()).toBe('שלום');

    await grid.cell(1, 2).click();
    await clearClipboard(page);
    await page.keyboard.press('Control+C');
    await expect.poll(() => clipboardText(page)).toBe('a\u202Eb\u00A0');
    await page.keyboard.press('Space');
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await expect.poll(() => tokens(inspector.getByRole('heading'))).toEqual(['U+200B']);
    const value = inspector.locator('pre');
    await expect.poll(() => tokens(value)).toEqual(['U+202E', 'U+00A0']);
    const selected = await value.evaluate((element) => {
      const selection = window.getSelection();
      selection?.selectAllChildren(element);
      return selection?.toString();
    });
    expect(selected).toBe('a\u202Eb\u00A0');

    await page.goto(`/demo/keyspaces/${scratch.keyspace}/unseen/schema`);
    await expect.poll(() => tokens(page.getByRole('table', { name: 'Columns of unseen' }))).toEqual(['U+200B']);
  });

  test('in a name to be dropped is shown, and the name can be pasted', async ({ page, scratch }) => {
    await scratch.run(`CREATE TYPE ${scratch.keyspace}."adm\u200Bin" (a int)`);
    const query = new QueryPage(page);
    await query.open();
    await query.write(`DROP TYPE ${scratch.keyspace}."adm\u200Bin"`);
    await expect(query.editor.locator('.cm-unseen')).toHaveText('U+200B');
    await query.runAtCursor();
    const dialog = page.getByRole('dialog');
    await expect(dialog.locator('label [data-label]')).toHaveAttribute('data-label', 'U+200B');
    const name = dialog.getByRole('textbox');
    const run = dialog.getByRole('button', { name: 'Run DROP TYPE' });
    await name.fill('admin');
    await expect(run).toBeDisabled();
    await dialog.getByRole('button', { name: 'Copy the name' }).click();
    await name.fill('');
    await name.press('Control+V');
    await run.click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('main')).toContainText(/ha(s|ve) the new schema\./);
  });

  test('and was pasted into a statement is pointed out and cleaned, never inside a literal', async ({ page }) => {
    const query = new QueryPage(page);
    await query.open();
    await query.write(
      "\uFEFFSELECT\u00A0* FROM system.local WHERE key = ‘local’ AND cluster_name > 'a\u00A0b' ALLOW FILTERING",
    );
    await expect(
      page.getByText('There is a byte order mark (U+FEFF) at line 1, column 1, and 3 more like it'),
    ).toBeVisible();
    await expect(query.run).toBeDisabled();
    await query.runAtCursor();
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.getByRole('button', { name: 'Clean', exact: true }).click();
    await expect(query.run).toBeEnabled();
    await expect(query.editor.locator('.cm-unseen')).toHaveText('U+00A0');
    await query.runAtCursor();
    await expect(query.result.cell(1, 1)).toHaveText('local');
  });
});

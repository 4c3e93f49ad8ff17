import { readFileSync } from 'node:fs';
import type { types } from 'cassandra-driver';
import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { clearClipboard, clipboardText } from '../support/clipboard';
import { ResultGrid } from '../support/grid';

/** A picture of 1 × 1 pixel. */
const PNG = `0x${Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64').toString('hex')}`;

async function inspect(page: Page, row: number, column: number) {
  const grid = new ResultGrid(page);
  await grid.cell(row, column).click();
  await page.keyboard.press('Space');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector).toBeVisible();
  return inspector;
}

async function copyAs(page: Page, name: string): Promise<string> {
  await clearClipboard(page);
  await page.getByRole('region', { name: 'Reading' }).getByRole('button', { name: 'Copy', exact: true }).click();
  const item = page.getByRole('menuitem', { name, exact: true }).filter({ visible: true });
  await (name === 'As INSERT statements' ? item : item.first()).click();
  await expect.poll(() => clipboardText(page), name).not.toBe('(nothing copied)');
  return clipboardText(page);
}

test.describe('Looking into a value', () => {
  test('a nested one is a tree that I walk, search and copy parts of', async ({ page, scratch }) => {
    await scratch.run(`CREATE TYPE ${scratch.keyspace}.point (latitude decimal, longitude decimal)`);
    await scratch.table('nested', `id int PRIMARY KEY, places map<text, frozen<list<frozen<point>>>>`);
    await scratch.run(
      `INSERT INTO ${scratch.keyspace}.nested (id, places) VALUES (1, {'pier': [{latitude: 47.60, longitude: -122.330}], '10': []})`,
    );
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/nested`);
    const inspector = await inspect(page, 1, 2);
    const tree = inspector.getByRole('tree', { name: 'Value' });
    await expect(tree.getByRole('treeitem')).toHaveText([
      '2 entries',
      '100 elements',
      'pier1 element',
      '02 fields',
      'latitude47.60',
      'longitude-122.330',
    ]);
    await tree.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(tree.getByRole('treeitem')).toHaveCount(1);

    await inspector.getByRole('searchbox', { name: 'Find in the value' }).fill('-122');
    await expect(tree.getByRole('treeitem', { selected: true })).toHaveText('longitude-122.330');
    await expect(inspector).toContainText('Scale3');
    await inspector.getByRole('button', { name: 'Copy part as CQL' }).click();
    await expect.poll(() => clipboardText(page)).toBe('-122.330');
    await tree.focus();
    await page.keyboard.press('Home');
    await inspector.getByRole('button', { name: 'Copy part as CQL' }).click();
    await expect.poll(() => clipboardText(page)).toBe("{'10': [], 'pier': [{latitude: 47.60, longitude: -122.330}]}");
  });

  test('bytes as hex, as a picture and as text, and as a file that has them exactly', async ({ page, scratch }) => {
    await scratch.table('files', 'id int PRIMARY KEY, body blob');
    await scratch.run(`INSERT INTO ${scratch.keyspace}.files (id, body) VALUES (1, ${PNG})`);
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/files`);
    const inspector = await inspect(page, 1, 2);
    await expect(inspector).toContainText('89 50 4e 47 0d 0a 1a 0a');
    await inspector.getByRole('button', { name: 'Image' }).click();
    await expect(inspector.getByRole('status').filter({ hasText: '1 × 1' })).toBeVisible();
    await inspector.getByRole('button', { name: 'Text', exact: true }).click();
    await expect(inspector).toContainText('Not all of it is UTF-8');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      inspector.getByRole('button', { name: 'Download value' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('body-row-1.png');
    expect(`0x${readFileSync(await download.path()).toString('hex')}`).toBe(PNG);
  });

  test('moments in UTC and here, and what a UUID, an address and a duration say', async ({ page, scratch }) => {
    await scratch.table('facts', 'id int PRIMARY KEY, a timestamp, b timeuuid, c inet, d duration');
    await scratch.run(
      `INSERT INTO ${scratch.keyspace}.facts (id, a, b, c, d) VALUES (1, '2001-01-09T06:10:00.007Z', C232AB00-9414-11EC-B3C8-9F6BDECED846, 'fe80::1', 1y2mo3h)`,
    );
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/facts`);
    const inspector = await inspect(page, 1, 2);
    await expect(inspector).toContainText('2001-01-09 07:10:00.007 GMT+01:00, Europe/Berlin');
    await page.keyboard.press('ArrowRight');
    await expect(inspector).toContainText('2022-02-22T19:22:22.0000000Z');
    await page.keyboard.press('ArrowRight');
    await expect(inspector).toContainText('link-local');
    await page.keyboard.press('ArrowRight');
    await expect(inspector).toContainText('1 year 2 months 3 hours');
  });

  test('megabytes of text and bytes are shown at once, and searched', async ({ page, scratch, client }) => {
    await scratch.table('huge', 'id int PRIMARY KEY, body blob, story text');
    const story = `${'All work and no play. '.repeat(200_000)}The end.`;
    const body = Buffer.alloc(4 * 1024 * 1024, 7);
    await client.execute(`INSERT INTO ${scratch.keyspace}.huge (id, body, story) VALUES (1, ?, ?)`, [body, story], {
      prepare: true,
    });
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/huge`);
    const inspector = await inspect(page, 1, 2);
    await expect(inspector).toContainText('4.00 MiB (4,194,304 bytes)');
    await page.keyboard.press('ArrowRight');
    await expect(inspector).toContainText('4,400,008 characters');
    await inspector.getByRole('searchbox', { name: 'Find in the value' }).fill('the END');
    await expect(inspector.locator('mark')).toHaveText('The end');
    expect(await inspector.locator('[role=region] [role=presentation]').count()).toBeLessThan(200);
  });
});

test.describe('When a cell was written', () => {
  test('its write time and TTL, with the statement that read them', async ({ page, scratch }) => {
    await scratch.table('aged', 'id text, at int, n int, PRIMARY KEY (id, at)');
    await scratch.run(
      `INSERT INTO ${scratch.keyspace}.aged (id, at, n) VALUES ('it''s', 1, 5) USING TIMESTAMP 1700000000000001 AND TTL 86400`,
    );
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/aged`);
    const inspector = await inspect(page, 1, 3);
    await inspector.getByRole('button', { name: 'Write time and TTL' }).click();
    await expect(inspector).toContainText('2023-11-14T22:13:20.000001Z');
    await expect(inspector).toContainText('s left, until');
    await expect(inspector).toContainText(
      `SELECT writetime(n), ttl(n) FROM ${scratch.keyspace}.aged WHERE id = 'it''s' AND at = 1`,
    );
    await new ResultGrid(page).cell(1, 2).click();
    await expect(inspector.getByRole('button', { name: 'Write time and TTL' })).toBeDisabled();
    await expect(inspector).toContainText('Columns of the primary key have no write time.');
  });

  test('the age lens colours cells by it, and says which have none', async ({ page, scratch }) => {
    await scratch.table('aged', 'id int, at int, n int, note text, PRIMARY KEY (id, at)');
    for (let at = 1; at <= 3; at += 1) {
      await scratch.run(
        `INSERT INTO ${scratch.keyspace}.aged (id, at, n, note) VALUES (1, ${at}, 5, null) USING TIMESTAMP ${at}700000000000000${at === 3 ? ' AND TTL 86400' : ''}`,
      );
    }
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/aged`);
    const grid = new ResultGrid(page);
    await expect(grid.lastWord('Complete')).toBeVisible();
    await grid.bar.getByRole('button', { name: /^Age lens/ }).click();
    const lens = page.getByRole('region', { name: 'Age lens' });
    await expect(lens).toContainText('3 rows read');
    await expect(lens).toContainText('oldest 2023-11-14T22:13:20.000Z');
    const background = (row: number, column: number) =>
      grid.cell(row, column).evaluate((element) => getComputedStyle(element).backgroundImage);
    await expect.poll(() => background(1, 3)).toContain('linear-gradient');
    expect(await background(1, 3)).not.toBe(await background(2, 3));
    expect(await background(2, 3)).not.toContain('repeating');
    expect(await background(3, 3)).toContain('repeating-linear-gradient');
    expect(await background(1, 1)).toBe('none');
    expect(await background(1, 4)).toBe('none');
    await lens.getByRole('button', { name: 'Close the age lens' }).click();
    await expect.poll(() => background(1, 3)).toBe('none');
  });
});

test.describe('Copying', () => {
  test('in every form, exactly, and INSERTs that make the same rows', async ({ page, scratch, client }) => {
    const definition =
      'id int, "At" timestamp, n bigint, note text, tags set<text>, price decimal, PRIMARY KEY (id, "At")';
    await scratch.table('goods', definition);
    await scratch.table('copies', definition);
    await scratch.run(
      `INSERT INTO ${scratch.keyspace}.goods (id, "At", n, note, tags, price) VALUES (1, 7, 9007199254740993, 'it''s "so",\nor not', {'b', 'a'}, 1.10)`,
    );
    await scratch.run(`INSERT INTO ${scratch.keyspace}.goods (id, "At", note) VALUES (1, 8, '')`);
    await page.goto(`/demo/keyspaces/${scratch.keyspace}/goods`);
    const grid = new ResultGrid(page);
    await expect(grid.lastWord('Complete')).toBeVisible();
    await grid.cell(1, 3).click();
    await page.keyboard.press('Control+A');
    expect(await copyAs(page, 'As CSV')).toBe(
      'id,At,n,note,price,tags\r\n1,1970-01-01T00:00:00.007Z,9007199254740993,"it\'s ""so"",\nor not",1.10,"{\'a\', \'b\'}"\r\n1,1970-01-01T00:00:00.008Z,,"",,\r\n',
    );
    expect(await copyAs(page, 'As CQL literals')).toBe(
      "((1, 7, 9007199254740993, 'it''s \"so\",\nor not', 1.10, {'a', 'b'}),\n (1, 8, null, '', null, null))",
    );
    expect(JSON.parse(await copyAs(page, 'As JSON'))).toEqual([
      {
        id: 1,
        At: '1970-01-01T00:00:00.007Z',
        n: '9007199254740993',
        note: 'it\'s "so",\nor not',
        price: '1.10',
        tags: ['a', 'b'],
      },
      { id: 1, At: '1970-01-01T00:00:00.008Z', n: null, note: '', price: null, tags: null },
    ]);
    const inserts = await copyAs(page, 'As INSERT statements');
    expect(inserts.split(';\n').filter((line) => line !== '')).toHaveLength(2);
    expect(inserts).toContain(`INSERT INTO ${scratch.keyspace}.goods (id, "At", note) VALUES (1, 8, '');`);
    for (const statement of inserts.split(/;\n(?=INSERT|$)/)) {
      if (statement !== '')
        await scratch.run(statement.replace(`${scratch.keyspace}.goods`, `${scratch.keyspace}.copies`));
    }
    const rows = async (table: string) =>
      (await client.execute(`SELECT * FROM ${scratch.keyspace}.${table}`)).rows.map((row: types.Row) =>
        JSON.stringify(row),
      );
    expect(await rows('copies')).toEqual(await rows('goods'));
  });

  test('rows that have left memory are read again, never left out', async ({ page }) => {
    await page.goto('/demo/keyspaces/flights/by_origin_day');
    const grid = new ResultGrid(page);
    await expect(grid.row(1)).toBeVisible();
    await grid.readOn();
    await grid.cell(1, 1).click();
    await grid.scrollTo('bottom');
    await expect.poll(() => grid.lastDrawnRow()).toBeGreaterThan(100_000);
    await grid.root.focus();
    // From the first row, no longer in memory, to some thousands of rows further down.
    for (let press = 0; press < 120; press += 1) await page.keyboard.press('Shift+PageDown');
    await clearClipboard(page);
    await page.keyboard.press('Control+C');
    await expect(page.getByText(/^Copied [\d,]+ rows of 1 column$/)).toBeVisible();
    const said = (await page.getByText(/^Copied [\d,]+ rows of 1 column$/).textContent()) ?? '';
    const count = Number(/[\d,]+/.exec(said)?.[0].replaceAll(',', ''));
    expect(count).toBeGreaterThan(1_000);
    expect((await clipboardText(page)).split('\n')).toHaveLength(count);
  });
});

import { expect, test } from '../fixtures/test';
import { ResultGrid } from '../support/grid';
import { seenRows, settledRows, wheel } from '../support/rail';

const ROWS = 3_000;

test.describe('A link into a partition whose rows all have the same first clustering value', () => {
  test.beforeEach(async ({ scratch }) => {
    await scratch.table('readings', 'sensor int, day int, second int, v text, PRIMARY KEY (sensor, day, second)');
    const rows = Array.from({ length: ROWS }, (_, second) => {
      return `INSERT INTO ${scratch.keyspace}.readings (sensor, day, second, v) VALUES (1, 5, ${second}, 'v${second}');`;
    });
    for (let from = 0; from < ROWS; from += 100) {
      await scratch.run(`BEGIN UNLOGGED BATCH ${rows.slice(from, from + 100).join(' ')} APPLY BATCH`);
    }
  });

  test('shows that row first, and reads no more than is around it', async ({ page, context, scratch }) => {
    await page.goto(addressOf(scratch.keyspace));
    const grid = new ResultGrid(page);
    await expect(grid.row(1)).toBeVisible();
    await grid.readOn();
    await grid.scrollTo('bottom');
    await expect.poll(async () => (await seenRows(grid.root)).at(-1)?.[2]).toBe(String(ROWS - 1));
    await wheel(page, grid.root, -20_000);
    const [seen] = await settledRows(page, grid.root);
    expect(Number(seen?.[2])).toBeGreaterThan(1_000);
    expect(Number(seen?.[2])).toBeLessThan(ROWS - 100);
    const link = new URL(page.url());
    expect(link.searchParams.get('at')).toBe('5');
    expect(link.searchParams.get('and')).toBe(`[${seen?.[2]}]`);

    const colleague = await context.newPage();
    const asked: string[] = [];
    colleague.on('request', (request) => {
      if (request.url().endsWith('/rows')) asked.push(request.postData() ?? '');
    });
    await colleague.goto(link.href);
    const shared = new ResultGrid(colleague);
    await expect.poll(async () => (await seenRows(shared.root))[0]).toEqual(seen);
    await expect(shared.lastWord('Paused: more rows above and below')).toBeVisible();
    // A page of 100 rows on either side of the place, and one more if the view gets near its end.
    expect(asked.length).toBeLessThanOrEqual(4);

    await expect(async () => {
      await wheel(colleague, shared.root, -2_000);
      const seconds = (await seenRows(shared.root)).map((row) => Number(row[2]));
      expect(seconds[0]).toBeLessThan(Number(seen?.[2]) - 150);
      expect(seconds).toEqual(seconds.map((_, index) => Number(seconds[0]) + index));
    }).toPass();
  });

  test('made before links named all the values still goes there', async ({ page, scratch }) => {
    await page.goto(`${addressOf(scratch.keyspace)}&at=5&skip=1500`);
    const grid = new ResultGrid(page);
    await expect.poll(async () => (await seenRows(grid.root))[0]?.[2]).toBe('1500');
  });
});

function addressOf(keyspace: string): string {
  const filters = JSON.stringify([{ column: 'sensor', operator: '=', value: 1 }]);
  return `/demo/keyspaces/${keyspace}/readings?pageRows=100&filters=${encodeURIComponent(filters)}`;
}

import { expect, test } from '../fixtures/test';
import { ResultGrid } from '../support/grid';
import { everyRow, textOf } from '../support/plain-client';
import { RingRail, seenRows } from '../support/rail';

/** Among the rows that a page keeps, counted from the first. */
const ROWS_AWAY = 5_000;

test('going to rows that were read and are in memory asks Cassandra for nothing', async ({ page, client }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/rows')) asked.push(request.postData() ?? '');
  });
  let [origin, day, token] = ['', '', ''];
  let count = 0;
  for await (const row of everyRow(
    client,
    'SELECT origin, day, token(origin, day) AS place FROM flights.by_origin_day',
  )) {
    count += 1;
    [origin, day] = [textOf(row.get('origin')) ?? '', textOf(row.get('day')) ?? ''];
    token = String(BigInt(String(row.get('place'))) - 1n);
    if (count === ROWS_AWAY) break;
  }

  await page.goto('/demo/keyspaces/flights/by_origin_day');
  const grid = new ResultGrid(page);
  const rail = new RingRail(page);
  await expect(grid.row(1)).toBeVisible();
  await grid.readOn();
  const before = asked.length;
  const menu = await rail.goTo();
  await menu.getByRole('textbox', { name: 'Token' }).fill(token);
  await menu.getByRole('button', { name: 'Go to token' }).click();
  await expect.poll(async () => (await seenRows(grid.root))[0]?.slice(0, 2)).toEqual([origin, day]);
  await expect(page).toHaveURL(/[?&]from=-/);
  await expect(grid.lastWord('Complete')).toBeVisible();
  await page.goBack();
  await expect(grid.row(1)).toBeInViewport();
  expect(asked.slice(before)).toEqual([]);

  await rail.press(0.6);
  await expect.poll(() => rail.percent()).toBeGreaterThan(55);
  expect(asked.slice(before)).not.toEqual([]);
});

import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { flightCells } from '../support/flights';
import { ResultGrid } from '../support/grid';
import { goByPalette, tabTo } from '../support/keyboard';
import { RingRail, seenRows, settledRows, wheel } from '../support/rail';

const TABLE = '/demo/keyspaces/flights/by_origin_day';
const PARTITION = `/demo/keyspaces/every_type/wide_partition?filters=${encodeURIComponent(
  JSON.stringify([{ column: 'series', operator: '=', value: 'flights of 2001' }]),
)}`;
const PARTITION_ROWS = 50_000;

test.describe('Going anywhere in a table', () => {
  test('a press on the rail reads from there, and scrolling up shows the rows before, as the driver reads them', async ({
    page,
    client,
  }) => {
    const all = await flightCells(client);
    const { grid, rail } = await open(page, TABLE);
    await rail.press(0.6);
    await expect.poll(() => rail.percent()).toBeGreaterThan(55);
    await expect.poll(() => rail.percent()).toBeLessThan(65);
    await expect(grid.lastWord('Paused: more rows above and below')).toBeVisible();
    const first = await expectStretch(grid, all);
    expect(first).toBeGreaterThan(all.length * 0.5);
    expect(first).toBeLessThan(all.length * 0.7);

    // Further than one upward read gets, so that several follow each other.
    let top = first;
    await expect(async () => {
      await wheel(page, grid.root, -4_000);
      const now = await expectStretch(grid, all);
      expect(now).toBeLessThanOrEqual(top);
      top = now;
      expect(top).toBeLessThan(first - 2_500);
    }).toPass();

    await expect(async () => {
      await wheel(page, grid.root, 6_000);
      expect(await expectStretch(grid, all)).toBeGreaterThan(first + 500);
    }).toPass();
    expect(await grid.drawnRows()).toBeLessThan(150);
  });

  test('a wheel turned over the rail scrolls the rows beside it', async ({ page }) => {
    const { grid, rail } = await open(page, TABLE);
    await wheel(page, rail.root, 2_800);
    await expect(grid.row(101)).toBeInViewport();
    await wheel(page, rail.root, -2_800);
    await expect(grid.row(1)).toBeInViewport();
  });

  test('the keyboard moves along the rail, to the last row and back to the first', async ({ page, client }) => {
    const all = await flightCells(client);
    const { grid, rail } = await open(page, TABLE);
    await tabTo(page, rail.root);
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => rail.percent()).toBeGreaterThan(18);
    await expect(page).toHaveURL(/[?&]from=-/);
    await expectStretch(grid, all);
    await expect(rail.root).toBeFocused();

    await page.keyboard.press('End');
    await expect(async () => {
      const seen = await seenRows(grid.root);
      expect(seen.at(-1)).toEqual(all.at(-1));
    }).toPass();
    await expect(grid.lastWord('Paused: more rows above')).toBeVisible();

    await page.keyboard.press('Home');
    await expect(grid.cells(1)).toHaveText(all[0] ?? []);
  });

  test('the place is in the address: reloaded and shared it is the same, and Back goes to the place before', async ({
    page,
    context,
  }) => {
    const { grid, rail } = await open(page, TABLE);
    await rail.press(0.3);
    await expect.poll(() => rail.percent()).toBeGreaterThan(25);
    await expect(async () => {
      await wheel(page, grid.root, 700);
      await expect(page).toHaveURL(/skip=\d/, { timeout: 2_000 });
    }).toPass();
    const [seen] = await settledRows(page, grid.root);
    const address = page.url();

    await page.reload();
    await expect.poll(async () => (await seenRows(grid.root))[0]).toEqual(seen);
    const colleague = await context.newPage();
    await colleague.goto(address);
    await expect.poll(async () => (await seenRows(new ResultGrid(colleague).root))[0]).toEqual(seen);
    await colleague.close();

    await rail.press(0.8);
    await expect.poll(() => rail.percent()).toBeGreaterThan(75);
    await page.goBack();
    await expect.poll(async () => (await seenRows(grid.root))[0]).toEqual(seen);
  });

  test('a key is opened and a token is gone to, from the palette', async ({ page, client }) => {
    const { grid } = await open(page, TABLE);
    await goByPalette(page, 'Open a partition by its key');
    await expect(page.getByRole('textbox', { name: 'origin text' })).toBeFocused();
    await page.keyboard.type('ILE');
    await page.keyboard.press('Tab');
    await page.keyboard.type('2001-01-02');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await seenRows(grid.root))[0]?.slice(0, 2)).toEqual(['ILE', '2001-01-02']);
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(new RegExp(`${TABLE}$`));

    const { rows } = await client.execute(
      "SELECT token(origin, day) AS place FROM flights.by_origin_day WHERE origin = 'SEA' AND day = '2001-01-03' LIMIT 1",
    );
    const token = BigInt(String(rows[0]?.get('place')));
    await goByPalette(page, 'Go to token');
    const field = page.getByRole('textbox', { name: 'Token' });
    await expect(field).toBeFocused();
    await field.fill('12345678901234567890');
    await page.keyboard.press('Enter');
    await expect(page.getByText('a token is a whole number from')).toBeVisible();
    await field.fill(String(token - 1n));
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await seenRows(grid.root))[0]?.slice(0, 2)).toEqual(['SEA', '2001-01-03']);
  });
});

test.describe('Going anywhere in a partition', () => {
  test('a clustering value is gone to, with the rows before it above, and there is no rail', async ({ page }) => {
    const { grid, rail } = await open(page, PARTITION, false);
    await expect(rail.root).toHaveCount(0);
    await goToSequence(rail, 30_000);
    await expectSequence(grid, 1, 30_000);
    await expect(page).toHaveURL(/at=30000/);
    await expect(grid.bar).not.toContainText('of ring');
    await expect(async () => {
      await wheel(page, grid.root, -20_000);
      expect(await firstSequence(grid, 1)).toBeLessThan(27_500);
    }).toPass();
    const [seen] = await settledRows(page, grid.root);
    await page.reload();
    await expect.poll(async () => (await seenRows(grid.root))[0]).toEqual(seen);
  });

  test('its last rows, its first, and both orders are read', async ({ page }) => {
    const { grid, rail } = await open(page, PARTITION, false);
    await (await rail.goTo()).getByRole('button', { name: 'Last rows' }).click();
    await expect.poll(async () => (await seenRows(grid.root)).at(-1)?.[1]).toBe(String(PARTITION_ROWS - 1));
    await expectRun(grid, 1);
    await (await rail.goTo()).getByRole('button', { name: 'First rows' }).click();
    await expectSequence(grid, 1, 0);

    await page.goto(`${PARTITION}&reversed=true`);
    await expectSequence(grid, -1, PARTITION_ROWS - 1);
    await goToSequence(rail, 20_000);
    await expectSequence(grid, -1, 20_000);
    await expect(async () => {
      await wheel(page, grid.root, -20_000);
      expect(await firstSequence(grid, -1)).toBeGreaterThan(22_500);
    }).toPass();
    await (await rail.goTo()).getByRole('button', { name: 'Last rows' }).click();
    await expect.poll(async () => (await seenRows(grid.root)).at(-1)?.[1]).toBe('0');
  });
});

async function open(page: Page, address: string, hasRail = true) {
  await page.goto(address);
  const grid = new ResultGrid(page);
  const rail = new RingRail(page);
  await expect(grid.row(1)).toBeVisible();
  if (hasRail) await expect(rail.root).toBeVisible();
  return { grid, rail };
}

/** The visible rows follow each other as in the driver's result. @returns where in the table the first one is */
async function expectStretch(grid: ResultGrid, all: readonly string[][]): Promise<number> {
  let at = -1;
  await expect(async () => {
    const seen = await seenRows(grid.root);
    const first = JSON.stringify(seen[0]);
    at = all.findIndex((row) => JSON.stringify(row) === first);
    expect(at).toBeGreaterThanOrEqual(0);
    expect(seen.length).toBeGreaterThan(5);
    expect(seen).toEqual(all.slice(at, at + seen.length));
  }).toPass();
  return at;
}

async function goToSequence(rail: RingRail, value: number): Promise<void> {
  const menu = await rail.goTo();
  await menu.getByRole('textbox', { name: /^sequence/ }).fill(String(value));
  await menu.getByRole('button', { name: 'Go to sequence' }).click();
}

/** The sequences in view go up or down by one. @returns the first of them */
async function firstSequence(grid: ResultGrid, step: 1 | -1): Promise<number> {
  const seen = (await seenRows(grid.root)).map((row) => Number(row[1]));
  const [first = Number.NaN] = seen;
  expect(seen).toEqual(seen.map((_, index) => first + index * step));
  return first;
}

async function expectRun(grid: ResultGrid, step: 1 | -1): Promise<void> {
  await expect(async () => expect(await firstSequence(grid, step)).not.toBeNaN()).toPass();
}

async function expectSequence(grid: ResultGrid, step: 1 | -1, first: number): Promise<void> {
  await expect(async () => expect(await firstSequence(grid, step)).toBe(first)).toPass();
}

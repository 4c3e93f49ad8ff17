/**
 * `node scripts/screenshots.mjs [URL]`: the README's pictures, taken from a running Ringside with the demo data
 * (a ring of three looks best: `npm start -- --nodes 3`). Look at them before committing.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { ROOT } from './support/paths.mjs';

const url = process.argv[2] ?? 'http://127.0.0.1:3000';
const directory = join(ROOT, 'docs/images');
const executablePath = process.env.RINGSIDE_CHROMIUM;

/** @type {{ name: string, path: string, theme: 'light' | 'dark', ready: (page: import('playwright').Page) => Promise<unknown> }[]} */
const PICTURES = [
  {
    name: 'table-light',
    path: '/demo/keyspaces/flights/by_origin_day',
    theme: 'light',
    ready: (page) => page.getByRole('gridcell').first().waitFor(),
  },
  {
    name: 'query-dark',
    path: `/demo/query?statement=${encodeURIComponent("SELECT origin, day, departs, destination, delay, tags\nFROM flights.by_origin_day\nWHERE origin = 'SEA' AND day = '2001-01-09';")}`,
    theme: 'dark',
    ready: async (page) => {
      await page.getByText('1 partition').waitFor();
      await page.getByRole('button', { name: /^Run/ }).click();
      await page.getByRole('gridcell').first().waitFor();
    },
  },
  {
    name: 'ring-light',
    path: '/demo/ring?keyspace=flights&table=by_origin_day&key=SEA&key=2001-01-09',
    theme: 'light',
    ready: (page) => page.getByRole('img').first().waitFor(),
  },
  {
    name: 'browse-dark',
    path: '/demo/keyspaces/flights/by_origin_day',
    theme: 'dark',
    ready: async (page) => {
      await page.getByRole('gridcell').first().waitFor();
      const rail = page.getByRole('slider').first();
      await rail.focus();
      for (let step = 0; step < 6; step++) await page.keyboard.press('PageDown');
      await page.getByText('more rows above and below').waitFor();
      await page.getByRole('gridcell').first().click();
    },
  },
  {
    name: 'export-light',
    path: '/demo/exports?keyspace=flights&table=by_origin_day',
    theme: 'light',
    ready: async (page) => {
      await page.getByRole('button', { name: /^Download/ }).click();
      await page
        .getByText(/SHA-256/)
        .first()
        .waitFor();
      await page.mouse.move(500, 400);
      await page.mouse.wheel(0, -5_000);
    },
  },
];

mkdirSync(directory, { recursive: true });
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  ...(process.getuid?.() === 0 ? { args: ['--no-sandbox'] } : {}),
});
for (const { name, path, theme, ready } of PICTURES) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: theme });
  await page.goto(url + path);
  await ready(page);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(directory, `${name}.png`) });
  await page.close();
}
await browser.close();

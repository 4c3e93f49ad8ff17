import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import type { Download, Page } from 'playwright/test';
import { z } from 'zod';
import { expect, test } from '../fixtures/test';
import { parseCsv } from '../support/csv';
import { baseUrl } from '../support/environment';
import { ExportsPage, PROGRESS } from '../support/exports-page';
import { FLIGHT_COLUMNS, firstDifferences, flightLines, sortedLines } from '../support/flights';
import { readAll, textOf } from '../support/plain-client';

const airportSchema = z.object({
  iata: z.string(),
  name: z.string(),
  latitude: z.string(),
  longitude: z.string(),
  place: z.object({ city: z.string().nullable(), state: z.string().nullable(), country: z.string().nullable() }),
});

test.describe('Exporting', () => {
  test('a table as CSV: the ring fills while it comes, then a file of exactly its rows', async ({ page, client }) => {
    await page.goto('/demo/keyspaces/flights/by_origin_day');
    await page.getByRole('link', { name: 'Export', exact: true }).click();
    await expect(page.getByRole('combobox', { name: 'Table' })).toHaveValue('by_origin_day');
    await expect(page.getByText('whole ring', { exact: true })).toBeVisible();
    await page.getByRole('radio', { name: 'CSV' }).check();
    const exports = new ExportsPage(page);
    await exports.limit(40_000);

    const item = exports.line('Export', 'flights.by_origin_day');
    const download = await startDownload(page);
    await expect(item).toContainText('Running');
    await expect(item).toContainText(PROGRESS);
    const ring = item.getByRole('progressbar', {
      name: 'Share of the ring read for flights.by_origin_day',
      exact: true,
    });
    await expect(ring).toHaveAttribute('aria-valuetext', /^[\d.]+ % of the ring/);

    const { text, sha256 } = await contentOf(download);
    const expected = await flightLines(client);
    await expect(item).toContainText('Complete');
    await expect(item).toContainText(`${expected.length.toLocaleString('en-US')} rows`);
    await exports.unfold(item);
    await expect(item).toContainText(sha256);
    await expect(ring).toHaveAttribute('aria-valuenow', '100');
    const { header, lines } = sortedLines(text, { header: true });
    expect(header).toBe(FLIGHT_COLUMNS.join(','));
    expect(firstDifferences(lines, expected)).toBeNull();
  });

  test('a table as NDJSON: one object a line, each value as it is', async ({ page, client }) => {
    await page.goto('/demo/exports');
    await page.getByRole('combobox', { name: 'Keyspace' }).selectOption('flights');
    await page.getByRole('combobox', { name: 'Table' }).selectOption('airports');
    await page.getByRole('radio', { name: 'NDJSON' }).check();
    const { text, sha256 } = await contentOf(await startDownload(page));
    const exports = new ExportsPage(page);
    const item = exports.line('Export', 'flights.airports');
    await expect(item.getByText('Complete', { exact: true })).toBeVisible();
    await exports.unfold(item);
    await expect(item).toContainText(sha256);

    const lines = text.trimEnd().split('\n');
    const written = new Map(lines.map((line) => airportSchema.parse(JSON.parse(line))).map((row) => [row.iata, row]));
    const rows = await readAll(client, 'SELECT iata, name, latitude, longitude, place FROM flights.airports');
    expect(lines.length).toBe(rows.length);
    for (const row of rows) {
      expect(written.get(String(row.get('iata')))).toEqual({
        iata: row.get('iata'),
        name: row.get('name'),
        latitude: textOf(row.get('latitude')),
        longitude: textOf(row.get('longitude')),
        place: { ...row.get('place') },
      });
    }
  });

  test('what a statement reads, safe for spreadsheets', async ({ page, scratch }) => {
    await scratch.table('cells', 'id int PRIMARY KEY, formula text, empty text, nothing text');
    await scratch.run(`INSERT INTO ${scratch.keyspace}.cells (id, formula, empty) VALUES (1, '=1+1,"x"', '')`);
    await page.goto('/demo/exports');
    await page.getByRole('radio', { name: 'Statement' }).check();
    await page
      .getByRole('textbox', { name: 'SELECT statement' })
      .fill('SELECT id, formula, empty, nothing FROM cells WHERE id = 1');
    await page.getByRole('combobox', { name: 'Keyspace' }).selectOption(scratch.keyspace);
    await expect(page.getByText('1 partition', { exact: true })).toBeVisible();
    await page.getByRole('checkbox', { name: 'Safe for spreadsheets' }).check();
    const { text } = await contentOf(await startDownload(page));
    expect(parseCsv(text)).toEqual([
      ['id', 'formula', 'empty', 'nothing'],
      ['1', '\'=1+1,"x"', '', null],
    ]);
  });

  test('Stop breaks the transfer, so that nobody takes the file for a whole one', async ({ page }) => {
    // A client that reads the first bytes and then waits holds the export, however fast the server is.
    const transfer = await slowReader({ keyspace: 'flights', table: 'by_route', format: 'ndjson' });
    await page.goto('/demo/exports');
    const exports = new ExportsPage(page);
    const item = exports.line('Export', 'flights.by_route');
    await expect(item.getByText('Running')).toBeVisible();
    await exports.unfold(item);
    await item.getByRole('button', { name: 'Stop' }).click();
    await expect(item.getByText('Stopped', { exact: true })).toBeVisible();
    await expect(item).toContainText('is incomplete: it ends before the last row');
    await expect(item).not.toContainText('SHA-256');
    expect(await howItEnds(transfer)).toBe('broken');
  });

  test('a reader that goes away ends its export', async ({ page }) => {
    const transfer = await slowReader({ keyspace: 'flights', table: 'by_route', format: 'ndjson' });
    await page.goto('/demo/exports');
    const item = new ExportsPage(page).line('Export', 'flights.by_route');
    await expect(item.getByText('Running')).toBeVisible();
    transfer.destroy();
    await expect(item.getByText('Stopped', { exact: true })).toBeVisible();
  });
});

async function startDownload(page: Page): Promise<Download> {
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  return started;
}

async function contentOf(download: Download): Promise<{ text: string; sha256: string }> {
  expect(await download.failure()).toBeNull();
  const bytes = await readFile(await download.path());
  return { text: bytes.toString('utf8'), sha256: createHash('sha256').update(bytes).digest('hex') };
}

async function slowReader(asked: Readonly<Record<string, string>>): Promise<IncomingMessage> {
  const search = new URLSearchParams({ request: JSON.stringify(asked) });
  const request = get(`${baseUrl()}/api/clusters/demo/export?${search}`, { headers: { 'x-ringside': '1' } });
  const [response]: IncomingMessage[] = await once(request, 'response');
  if (response?.statusCode !== 200) throw new Error(`the export was answered with ${response?.statusCode}`);
  response.pause();
  return response;
}

/** Reads a transfer to its end: complete in HTTP's terms, or cut off. */
async function howItEnds(transfer: IncomingMessage): Promise<'whole' | 'broken'> {
  const ended = new Promise<'whole' | 'broken'>((resolve) => {
    transfer.once('close', () => resolve(transfer.complete ? 'whole' : 'broken'));
    transfer.on('error', () => undefined);
  });
  transfer.resume();
  return ended;
}

import { createHash } from 'node:crypto';
import type { APIRequestContext, Locator, Page } from 'playwright/test';
import { z } from 'zod';
import { expect, test } from '../fixtures/test';
import { ExportsPage, PROGRESS } from '../support/exports-page';
import { FLIGHT_COLUMNS, firstDifferences, flightLines, sortedLines } from '../support/flights';

const FILE = 'flights.by_origin_day.csv';

test.describe('Saving to disk', () => {
  test.beforeEach(async ({ page }) => {
    // No script can press the buttons of the system's dialog, so the page gets a real file of its own origin instead.
    await page.addInitScript(() => {
      Object.assign(window, {
        showSaveFilePicker: async ({ suggestedName }: { suggestedName: string }) =>
          (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true }),
      });
    });
  });

  test('resumes after a stop, after a break and after a reload, and the file is complete', async ({
    page,
    client,
    request,
  }) => {
    // The whole table, slowly, started three times.
    test.slow();
    const exports = new ExportsPage(page);
    await exports.open('flights', 'by_origin_day');
    await exports.limit(8_000);
    await page.getByRole('radio', { name: 'Save to disk' }).check();
    await page.getByRole('button', { name: 'Save to disk…' }).click();
    const file = exports.line('File', 'flights.by_origin_day');
    await expect(file).toContainText(PROGRESS);

    await file.getByRole('button', { name: 'Stop' }).click();
    await expect(file.getByText('Stopped', { exact: true })).toBeVisible();
    await expect(file).toContainText(`${FILE} is incomplete: it ends before the last row. Resume continues`);
    const first = await linesOnDisk(page);
    expect(first).toBeGreaterThan(0);

    await file.getByRole('button', { name: 'Resume' }).click();
    // It resumes from its last checkpoint, which is a few rows before the point where it stopped.
    await expect.poll(() => rowsOf(file)).toBeGreaterThan(first);
    await cutConnection(request);
    await expect(file.getByText('Interrupted', { exact: true })).toBeVisible();
    await expect(file).toContainText('The connection to Ringside’s server was lost.');
    expect(await linesOnDisk(page)).toBeGreaterThan(first);

    await page.reload();
    await expect(file).toContainText('is incomplete');
    await file.getByRole('button', { name: 'Resume' }).click();
    await expect(file.getByText('Complete', { exact: true })).toBeVisible({ timeout: 120_000 });

    const text = await textOnDisk(page);
    const expected = await flightLines(client);
    const { header, lines } = sortedLines(text, { header: true });
    expect(header).toBe(FLIGHT_COLUMNS.join(','));
    expect(firstDifferences(lines, expected)).toBeNull();
    await expect(file).toContainText(`${expected.length.toLocaleString('en-US')} rows`);
    await exports.unfold(file);
    await expect(file).toContainText(createHash('sha256').update(text).digest('hex'));

    // Nothing is left to resume.
    await page.reload();
    await expect(exports.line('Export', 'flights.by_origin_day')).toBeVisible();
    await expect(file).toHaveCount(0);
  });

  test('says what cannot be resumed', async ({ page }) => {
    const exports = new ExportsPage(page);
    await exports.open('flights', 'airports');
    await page.getByRole('radio', { name: 'Save to disk' }).check();
    await page.getByRole('radio', { name: 'Parquet' }).check();
    await expect(page.getByRole('button', { name: 'Save to disk…' })).toBeDisabled();
    await expect(page.getByText('Only uncompressed CSV, NDJSON and CQL can be resumed')).toBeVisible();
    await page.getByRole('radio', { name: 'NDJSON' }).check();
    await expect(page.getByRole('button', { name: 'Save to disk…' })).toBeEnabled();
  });
});

test('A browser that lets no page write to disk: the page says so', async ({ page }) => {
  await page.addInitScript(() => Object.assign(window, { showSaveFilePicker: undefined }));
  await new ExportsPage(page).open('flights', 'airports');
  await page.getByRole('radio', { name: 'Save to disk' }).check();
  await expect(page.getByText('This browser does not let a page write to disk')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save to disk…' })).toBeDisabled();
});

const exportsSchema = z.object({
  exports: z.array(z.object({ id: z.string(), title: z.string(), state: z.string() })),
});

/** Cuts the transfer at the server, as a restart or a proxy would: in the middle, without notice. */
async function cutConnection(request: APIRequestContext): Promise<void> {
  const { exports } = exportsSchema.parse(await (await request.get('/api/exports')).json());
  // Newest first.
  const running = exports.find(({ title, state }) => state === 'running' && title === 'flights.by_origin_day');
  expect(running).toBeDefined();
  await request.delete(`/api/exports/${running?.id}`);
}

/** The rows that a line says it has. */
async function rowsOf(line: Locator): Promise<number> {
  const [, rows = '0'] = /of ring · ([\d,]+) rows/.exec((await line.textContent()) ?? '') ?? [];
  return Number(rows.replaceAll(',', ''));
}

function textOnDisk(page: Page): Promise<string> {
  return page.evaluate(async (name) => {
    const directory = await navigator.storage.getDirectory();
    return (await (await directory.getFileHandle(name)).getFile()).text();
  }, FILE);
}

async function linesOnDisk(page: Page): Promise<number> {
  return (await textOnDisk(page)).split('\r\n').length - 1;
}

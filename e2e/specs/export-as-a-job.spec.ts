import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { expect, test } from '../fixtures/test';
import { ExportsPage, PROGRESS } from '../support/exports-page';
import { firstDifferences, flightLines, sortedLines } from '../support/flights';

/** Shows that a script's request is intended. */
const MEANT = { headers: { 'x-ringside': '1' } };

const jobsSchema = z.object({
  jobs: z.array(
    z.object({
      id: z.string(),
      directory: z.string(),
      createdAt: z.string(),
      parts: z.array(z.object({ name: z.string(), rows: z.number(), sha256: z.string().nullable() })),
    }),
  ),
});

test('An export that runs on the server: paused, gone on with, whole, fetched in parts and deleted', async ({
  page,
  client,
  request,
}) => {
  test.slow();
  const exports = new ExportsPage(page);
  await exports.open('flights', 'by_origin_day');
  await exports.limit(10_000);
  await page.getByRole('checkbox', { name: 'First line names the columns' }).uncheck();
  await page.getByRole('radio', { name: 'Job on the server' }).check();
  await page.getByRole('button', { name: 'Start the job' }).click();
  const job = exports.line('Job', 'flights.by_origin_day');
  await expect(job).toContainText(PROGRESS);

  await job.getByRole('button', { name: 'Pause' }).click();
  await expect(job.getByText('Paused', { exact: true })).toBeVisible();
  await expect(job).toContainText('The directory is incomplete');
  // It runs on the server: this page may come and go.
  await page.reload();
  await job.getByRole('button', { name: 'Resume' }).click();
  await expect(job).toContainText('Running');
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await expect(pages.getByRole('link', { name: /^Exports \d+ running$/ })).toBeVisible();
  await expect(job.getByText('Complete', { exact: true })).toBeVisible({ timeout: 120_000 });
  await expect(pages.getByRole('link', { name: 'Exports', exact: true })).toBeVisible();
  const expected = await flightLines(client);
  await expect(job).toContainText(`${expected.length.toLocaleString('en-US')} rows`);

  const { jobs } = jobsSchema.parse(await (await request.get('/api/jobs')).json());
  const own = jobs.sort((a, b) => b.createdAt.localeCompare(a.createdAt))[0];
  expect(own).toBeDefined();
  const parts = own?.parts ?? [];
  await exports.unfold(job);
  await expect(job).toContainText(own?.directory ?? '');
  let text = '';
  for (const { name, sha256 } of parts) {
    const bytes = await (await request.get(`/api/jobs/${own?.id}/parts/${name}`, MEANT)).body();
    expect(createHash('sha256').update(bytes).digest('hex'), name).toBe(sha256);
    text += bytes.toString('utf8');
  }
  expect(firstDifferences(sortedLines(text, { header: false }).lines, expected)).toBeNull();

  await job.getByText(/^\d+ parts?$/).click();
  const part = job.getByRole('link', { name: parts[0]?.name ?? '' });
  const [download] = await Promise.all([page.waitForEvent('download'), part.click()]);
  const saved = createHash('sha256').update(await readFile(await download.path()));
  expect(saved.digest('hex')).toBe(parts[0]?.sha256);

  await job.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete the job of flights.by_origin_day?' });
  await expect(dialog).toContainText(own?.directory ?? '');
  const before = await page.getByRole('article', { name: 'Job of' }).count();
  await dialog.getByRole('button', { name: 'Delete the files' }).click();
  await expect(page.getByRole('article', { name: 'Job of' })).toHaveCount(before - 1);
  expect((await request.get(`/api/jobs/${own?.id}`)).status()).toBe(404);
});

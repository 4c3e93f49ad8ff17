import { expect, test } from '../fixtures/test';
import { ExportsPage } from '../support/exports-page';
import { ResultGrid } from '../support/grid';

test('What I started I find again from any page: a job and a long read are in the tray, and I stop each', async ({
  page,
}) => {
  const exports = new ExportsPage(page);
  await exports.open('flights', 'by_route');
  await exports.limit(2_000);
  await page.getByRole('radio', { name: 'Job on the server' }).check();
  const start = page.getByRole('button', { name: 'Start the job' });
  await expect(start).toBeInViewport({ ratio: 1 });
  await start.click();
  await expect(page.getByRole('status', { name: 'Notices' })).toContainText('Started the job of flights.by_route');
  await expect(exports.line('Job', 'flights.by_route').first()).toBeInViewport();

  const pages = page.getByRole('navigation', { name: 'Pages' });
  // In small pages, so that it takes a while.
  await page.goto('/demo/keyspaces/flights/by_origin_day?pageRows=20');
  const grid = new ResultGrid(page);
  await expect(grid.lastWord('Paused: more rows below')).toBeVisible();
  await grid.bar.getByRole('button', { name: 'Read on' }).click();
  await expect(grid.lastWord('Reading…')).toBeVisible();
  await pages.getByRole('link', { name: 'Ring' }).click();
  await expect(page).toHaveURL(/\/ring/);

  await page.getByRole('button', { name: /^\d+ operations running$/ }).click();
  const tray = page.getByRole('dialog', { name: 'Running operations' });
  const read = tray.getByRole('listitem', { name: 'Read of flights.by_origin_day' });
  const job = tray.getByRole('listitem', { name: 'Job of flights.by_route' }).first();
  await expect(read).toContainText('rows');
  await expect(job).toBeVisible();
  await read.getByRole('button', { name: 'Stop' }).click();
  await expect(read).toContainText('stopped after');
  await read.getByRole('link').click();
  await expect(page).toHaveURL(/\/flights\/by_origin_day/);
  await expect(grid.lastWord('Stopped by you')).toBeVisible();
  await expect(grid.row(1)).toBeVisible();

  // The same by keys alone.
  await page.keyboard.press('Alt+j');
  await expect(job).toBeVisible();
  await job.getByRole('button', { name: 'Pause' }).click();
  await expect(job).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(tray).toHaveCount(0);
});

test('Cancelling a job asks first; a finished download is cleared away', async ({ page, scratch }) => {
  const exports = new ExportsPage(page);
  await exports.open('flights', 'by_route');
  await exports.limit(1_000);
  await page.getByRole('radio', { name: 'Job on the server' }).check();
  await page.getByRole('button', { name: 'Start the job' }).click();
  const job = exports.line('Job', 'flights.by_route').first();
  await job.getByRole('button', { name: 'Cancel', exact: true }).click();
  const question = page.getByRole('dialog', { name: 'Cancel the job of flights.by_route?' });
  await question.getByRole('button', { name: 'Keep the job' }).click();
  await expect(job.getByText('Running', { exact: true })).toBeVisible();
  await job.getByRole('button', { name: 'Cancel', exact: true }).click();
  await question.getByRole('button', { name: 'Cancel the job' }).click();
  await expect(job.getByText('Cancelled', { exact: true })).toBeVisible();

  // A table of its own: the list has what other tests exported.
  await scratch.table('small', 'id int PRIMARY KEY');
  await scratch.run(`INSERT INTO ${scratch.keyspace}.small (id) VALUES (1)`);
  await exports.open(scratch.keyspace, 'small');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  await download;
  const line = exports.line('Export', `${scratch.keyspace}.small`);
  await expect(line.getByText('Complete', { exact: true })).toBeVisible();
  await page.getByRole('region', { name: 'Downloads' }).getByRole('button', { name: 'Clear finished' }).click();
  await expect(line).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('region', { name: 'Downloads' })).toBeVisible();
  await expect(line).toHaveCount(0);
});

test('? lists the keys, and the palette has each action once', async ({ page }) => {
  await page.goto('/demo/keyspaces/flights/by_origin_day');
  const grid = new ResultGrid(page);
  await expect(grid.row(1)).toBeVisible();
  await expect(grid.bar.getByRole('button', { name: 'Find in loaded rows' })).toBeVisible();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(keys.getByRole('region', { name: 'Rows', exact: true })).toContainText('Find in loaded rows');
  await page.keyboard.press('Escape');
  await expect(keys).toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Filter keyspaces and tables' }).press('?');
  await expect(keys).toHaveCount(0);

  await page.keyboard.press('Control+k');
  const actions = page.getByRole('dialog', { name: 'Go to or do anything' }).getByRole('group', { name: 'Actions' });
  await expect(actions.getByRole('option', { name: /^Find in loaded rows/ })).toHaveCount(1);
  const names = await actions.getByRole('option').allTextContents();
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

import type { Locator, Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { ringNodes } from '../support/environment';

const [NODE = { host: '127.0.0.1', port: 9042 }] = ringNodes();
const STEPS = ['Name resolves', 'Port answers', 'TLS is trusted', 'Login is accepted', 'Datacenter is there'] as const;

test.describe('Connecting a cluster', () => {
  test('the test goes step by step, and the configuration is there to copy', async ({ page }) => {
    await openConnect(page);
    await page.getByRole('textbox', { name: 'Contact points' }).fill(NODE.host);
    await page.getByRole('textbox', { name: 'Port' }).fill(String(NODE.port));
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('staging');
    await page.getByRole('textbox', { name: 'Label' }).fill('Staging');
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await expect(page.getByText('It works')).toBeVisible();
    for (const name of ['Name resolves', 'Port answers', 'Login is accepted', 'Datacenter is there'] as const)
      await expect(step(page, name).getByLabel('ok')).toBeVisible();
    await expect(step(page, 'TLS is trusted').getByLabel('skipped')).toBeVisible();
    await expect(step(page, 'Datacenter is there')).toContainText('dc1');

    expect(await configuration(page)).toEqual({
      clusters: [{ name: 'staging', label: 'Staging', contactPoints: [NODE.host], port: NODE.port }],
    });
    await page.getByRole('checkbox', { name: /^Allow writes/ }).check();
    expect(await configuration(page)).toMatchObject({ clusters: [{ writes: true }] });
  });

  test('the wrong port fails at its step, with what to do; no later step is tried', async ({ page }) => {
    await openConnect(page);
    await page.getByRole('textbox', { name: 'Contact points' }).fill(NODE.host);
    await page.getByRole('textbox', { name: 'Port' }).fill('9');
    await page.getByRole('button', { name: 'Test the connection' }).click();
    const port = step(page, 'Port answers');
    await expect(port.getByLabel('failed')).toBeVisible();
    await expect(port).toContainText(`Nothing listens on ${NODE.host}:9.`);
    await expect(port).toContainText('native_transport_port');
    await expect(step(page, 'Name resolves').getByLabel('ok')).toBeVisible();
    await expect(step(page, 'Login is accepted').getByLabel(/ok|failed|skipped/)).toHaveCount(0);
    await expect(page.getByText('It works')).toHaveCount(0);
  });

  test('an unknown name, a missing datacenter and unsupported TLS are each reported', async ({ page }) => {
    await openConnect(page);
    const points = page.getByRole('textbox', { name: 'Contact points' });
    const run = page.getByRole('button', { name: 'Test the connection' });
    await points.fill('no-such-node.invalid');
    await run.click();
    await expect(step(page, 'Name resolves').getByLabel('failed')).toBeVisible();

    await points.fill(NODE.host);
    await page.getByRole('textbox', { name: 'Port' }).fill(String(NODE.port));
    await page.getByRole('combobox', { name: 'Local datacenter' }).fill('mars');
    await run.click();
    await expect(step(page, 'Datacenter is there')).toContainText('The cluster has no datacenter “mars”.');
    await expect(step(page, 'Datacenter is there')).toContainText('It has dc1');

    await page.getByRole('checkbox', { name: 'Use TLS' }).check();
    await run.click();
    await expect(step(page, 'TLS is trusted').getByLabel('failed')).toBeVisible();
    await expect(step(page, 'TLS is trusted')).toContainText('Check that this port uses TLS');
  });

  test('a cqlshrc fills in the form, and its password never appears in the configuration', async ({ page }) => {
    const password = 'tomato-7-secret';
    await openConnect(page);
    await page.getByText('Start from a cqlshrc').click();
    await page
      .getByRole('textbox', { name: 'cqlshrc' })
      .fill(
        [
          '[authentication]',
          'username = ada',
          `password = ${password}`,
          'keyspace = flights',
          '[connection]',
          `hostname = ${NODE.host}`,
          `port = ${NODE.port}`,
        ].join('\n'),
      );
    await page.getByRole('button', { name: 'Fill in the form' }).click();
    await expect(page.getByText('The form is filled in from the cqlshrc')).toBeVisible();
    await expect(page.getByText('[authentication] keyspace')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Contact points' })).toHaveValue(NODE.host);
    await expect(page.getByRole('textbox', { name: 'User' })).toHaveValue('ada');
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue(password);

    expect(await configuration(page)).toMatchObject({
      clusters: [{ username: 'ada', password: { env: 'RINGSIDE_MY_CLUSTER_PASSWORD' } }],
    });
    await expect(panel(page)).toContainText('RINGSIDE_MY_CLUSTER_PASSWORD');
    await expect(panel(page)).not.toContainText(password);
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    );
    expect(kept).not.toContain(password);
    expect(page.url()).not.toContain(password);
  });

  test('a cluster that cannot be reached says why, and does not stand in the way of the others', async ({ page }) => {
    await page.goto('/gone');
    // One message above the page; what could not be loaded stays quiet.
    const strip = page.getByRole('status').filter({ hasText: 'No node of the cluster answers.' });
    await expect(strip).toHaveCount(1);
    await expect(strip).toContainText('Reconnecting…');
    const main = page.getByRole('main');
    await expect(main.getByText('Not loaded yet: waiting for the connection.').first()).toBeVisible();
    await expect(page.getByText('No node of the cluster answers.')).toHaveCount(1);
    await expect(page.getByRole('banner')).toContainText('disconnected');
    await page.getByRole('button', { name: /^Cluster Gone/ }).click();
    await page.getByRole('menuitemcheckbox', { name: /^Demo/ }).click();
    await expect(page).toHaveURL(/\/demo$/);
    await expect(page.getByRole('table', { name: 'Nodes by datacenter and rack' })).toBeVisible();
    await expect(page.getByRole('banner')).toContainText(/\d\/\d up/);
  });
});

async function openConnect(page: Page): Promise<void> {
  await page.goto('/connect');
  await expect(page.getByRole('list').getByText(STEPS[0])).toBeVisible();
}

function step(page: Page, name: (typeof STEPS)[number]): Locator {
  return page.getByRole('region', { name: 'Test' }).getByRole('listitem').filter({ hasText: name });
}

function panel(page: Page): Locator {
  return page.getByRole('region', { name: 'ringside.config.json' });
}

async function configuration(page: Page): Promise<unknown> {
  return JSON.parse((await panel(page).locator('pre').textContent()) ?? '');
}

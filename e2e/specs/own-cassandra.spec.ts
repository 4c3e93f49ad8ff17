import { clearRequest, isRequested, writeOwnState } from '../../scripts/start/own-state.mjs';
import { expect, test } from '../fixtures/test';
import { ownCassandraDirectory } from '../support/environment';

/** What `npm start` writes; the tests' ring keeps running. */
const ENDED = {
  cluster: 'demo',
  state: 'ended' as const,
  message: 'Cassandra at 127.0.0.1:9142 ended: its heap was full.',
  hint: 'Restart it: its data is kept.',
};

test.describe('The Cassandra of npm start has ended', () => {
  test.afterEach(() => {
    writeOwnState(null, ownCassandraDirectory());
    clearRequest(ownCassandraDirectory());
  });

  test('I read why, on the page, and start it again there', async ({ page }) => {
    const directory = ownCassandraDirectory();
    await page.goto('/demo');
    writeOwnState(ENDED, directory);
    await expect(page.getByText(ENDED.message)).toBeVisible();
    await expect(page.getByText(ENDED.hint)).toBeVisible();
    await page.getByRole('button', { name: 'Start Cassandra again' }).click();
    await expect.poll(() => isRequested(directory)).toBe(true);
    writeOwnState({ ...ENDED, state: 'starting', message: 'Cassandra is restarting.', hint: '' }, directory);
    clearRequest(directory);
    await expect(page.getByText('Cassandra is restarting.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Start Cassandra again' })).toHaveCount(0);
    writeOwnState(null, directory);
    await expect(page.getByText('Cassandra is restarting.')).toHaveCount(0);
  });
});

import { type Client, types } from 'cassandra-driver';
import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures/test';
import { ringNodes, TELLS_GOSSIP } from '../support/environment';
import { compositeKey, hostOf, replicasOf } from '../support/replicas';

const NODES = ringNodes().map(({ host, port }) => `${host}:${port}`);

test.describe('The ring', () => {
  test('is drawn, and described in words: every node, its state by source, and what it owns', async ({
    page,
    client,
  }) => {
    await page.goto('/demo');
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Ring' }).click();
    await expect(page.getByRole('img', { name: /^Token ring/ })).toBeVisible();
    await page.getByRole('combobox', { name: 'Keyspace', exact: true }).selectOption('flights');

    const nodes = page.getByRole('table', { name: 'Nodes of the ring' });
    await expect(nodes.getByRole('columnheader', { name: 'Owns (effective, flights)' })).toBeVisible();
    await expect(nodes.getByRole('rowheader')).toHaveText(NODES);
    for (const address of NODES) {
      const row = nodes.getByRole('row').filter({ has: page.getByRole('rowheader', { name: address }) });
      await expect(row.getByRole('cell').nth(1)).toHaveText('up');
      // 4.0 has no gossip table.
      await expect(row.getByRole('cell').nth(2)).toHaveText(TELLS_GOSSIP ? 'up' : /^unknown.*gossip_info/);
      await expect(row).toContainText(await releaseOf(client));
    }

    const replicas = Math.min(3, NODES.length);
    expect(await sumOfShares(page, 'Owns (primary)')).toBeCloseTo(100, 0);
    expect(await sumOfShares(page, 'Owns (effective, flights)')).toBeCloseTo(100 * replicas, 0);
    const agreement = NODES.length === 1 ? 'one node, one version' : `all ${NODES.length} nodes agree`;
    await expect(page.getByText(`Schema: ${agreement}`)).toBeVisible();
  });

  for (const [origin, day] of [
    ['SEA', '2001-01-09'],
    ['ILE', '2001-01-02'],
  ] as const) {
    test(`says where the key ${origin}, ${day} lives, as Cassandra does`, async ({ page, client }) => {
      await page.goto('/demo/ring?keyspace=flights&table=by_origin_day');
      await page.getByRole('textbox', { name: 'origin' }).fill(origin);
      await page.getByRole('textbox', { name: 'day' }).fill(day);
      await page.getByRole('button', { name: 'Find on the ring' }).click();
      const found = await foundPlace(page);
      const where = `origin = '${origin}' AND day = '${day}'`;
      expect(found.token).toBe(await tokenIn(client, 'origin, day', `flights.by_origin_day WHERE ${where}`));
      const key = { keyspace: 'flights', table: 'by_origin_day', key: [origin, day] };
      const routingKey = compositeKey(Buffer.from(origin), types.LocalDate.fromString(day).toBuffer());
      expect(found.replicas).toEqual(await replicasOf(client, { ...key, routingKey }));

      // What those replicas have: sizes and repairs by themselves, what differs on demand.
      const here = page.getByRole('region', { name: 'Sizes and repairs' });
      const replicas = here.getByRole('table', { name: 'The table on each replica' });
      await expect(replicas.getByRole('rowheader')).toContainText(found.replicas);
      await expect(here.getByText(/last repair|last repaired/).first()).toBeVisible();
      await here.getByRole('button', { name: 'Compare the partition' }).click();
      const differ = here.getByRole('status', { name: 'Whether the replicas differ' });
      await expect(differ).toContainText(found.replicas.length === 1 ? 'nothing to compare' : 'with the same');
      await expect(replicas.getByRole('columnheader', { name: 'As sent' })).toBeVisible();

      await page.reload();
      expect(await foundPlace(page)).toEqual(found);
    });
  }

  test('places the keys of a keyspace with SimpleStrategy, on as many nodes as it says', async ({
    page,
    client,
    scratch,
  }) => {
    const copies = Math.min(2, NODES.length);
    await scratch.run(
      `ALTER KEYSPACE ${scratch.keyspace} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': ${copies}}`,
    );
    await scratch.table('things', 'id text PRIMARY KEY, n int');
    for (const id of ['first', 'second', 'third one']) {
      await scratch.run(`INSERT INTO ${scratch.keyspace}.things (id, n) VALUES ('${id}', 1)`);
      await page.goto(`/demo/ring?keyspace=${scratch.keyspace}&table=things`);
      await page.getByRole('textbox', { name: 'id' }).fill(id);
      await page.getByRole('button', { name: 'Find on the ring' }).click();
      const found = await foundPlace(page);
      expect(found.token).toBe(await tokenIn(client, 'id', `${scratch.keyspace}.things WHERE id = '${id}'`));
      expect(found.replicas).toHaveLength(copies);
      const key = { keyspace: scratch.keyspace, table: 'things', key: [id], routingKey: Buffer.from(id) };
      expect(found.replicas).toEqual(await replicasOf(client, key));
    }
  });

  test('says what the replicas of a range have, once I pick it', async ({ page }) => {
    await page.goto('/demo/ring?keyspace=flights&table=by_origin_day');
    const facts = page.getByRole('region', { name: 'What the replicas of this range have' });
    await expect(page.getByRole('img', { name: /^Token ring/ })).toBeVisible();
    await expect(facts).toHaveCount(0);
    await page.getByRole('button', { name: 'Next range' }).click();
    await expect(facts).toContainText(/flights\.by_origin_day, .*up to -?\d+/);
    const range = page.getByRole('region', { name: 'Token range' });
    const replicas = await range.getByRole('listitem').allTextContents();
    expect(replicas).toHaveLength(Math.min(3, NODES.length));
    const table = facts.getByRole('table', { name: 'The table on each replica' });
    await expect(table.getByRole('rowheader')).toHaveText(replicas.map(hostOf).map((host) => new RegExp(`^${host}`)));
    await expect(facts.getByText(/last repair|last repaired/).first()).toBeVisible();
    await expect(facts.getByRole('button', { name: 'Compare the partition' })).toHaveCount(0);
  });

  test('finds keys of any script', async ({ page, client }) => {
    await page.goto('/demo/ring?keyspace=every_type&table=MixedCase');
    await page.getByRole('textbox', { name: 'Partition Key' }).fill('名前 🌍');
    await page.getByRole('button', { name: 'Find on the ring' }).click();
    const where = `every_type."MixedCase" WHERE "Partition Key" = '名前 🌍'`;
    expect((await foundPlace(page)).token).toBe(await tokenIn(client, '"Partition Key"', where));
  });

  test('says what is wrong with a key', async ({ page }) => {
    await page.goto('/demo/ring?keyspace=flights&table=by_origin_day');
    await page.getByRole('textbox', { name: 'origin' }).fill('SEA');
    const day = page.getByRole('textbox', { name: 'day' });
    await day.fill('yesterday');
    await page.getByRole('button', { name: 'Find on the ring' }).click();
    await expect(day).toHaveAttribute('aria-invalid', 'true');
    await expect(day).toHaveAccessibleDescription(/date/);
  });
});

/** The answer to "where does a key live?". */
async function foundPlace(page: Page): Promise<{ token: string; replicas: string[] }> {
  const place = page.getByRole('region', { name: 'Where does a key live?' }).getByRole('status');
  await expect(place.getByRole('definition').first()).toHaveText(/^-?\d+$/);
  const [token = ''] = await place.getByRole('definition').allTextContents();
  const replicas = await place.getByRole('listitem').allTextContents();
  return { token, replicas: replicas.map(hostOf) };
}

async function sumOfShares(page: Page, header: string): Promise<number> {
  const nodes = page.getByRole('table', { name: 'Nodes of the ring' });
  const headers = await nodes.getByRole('columnheader').allTextContents();
  const index = headers.indexOf(header);
  const rows = await nodes.locator('tbody').getByRole('row').all();
  const shares = await Promise.all(rows.map((row) => row.locator('th, td').nth(index).textContent()));
  return shares.reduce((sum, share) => sum + Number(share?.replace(' %', '')), 0);
}

async function releaseOf(client: Client): Promise<string> {
  const { rows } = await client.execute('SELECT release_version FROM system.local');
  return String(rows[0]?.get('release_version'));
}

/** A key's token as Cassandra computes it for an existing row. */
async function tokenIn(client: Client, key: string, where: string): Promise<string> {
  const { rows } = await client.execute(`SELECT token(${key}) AS place FROM ${where} LIMIT 1`);
  return String(rows[0]?.get('place'));
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { holdConfiguration, parseConfiguration } from '@/lib/config';
import type { Asker } from '@/lib/contract/asker';
import { serverUploads } from '@/lib/http/loads';
import { rightsOfAsker } from '@/lib/server-rights';
import { serverSchedules } from '@/lib/server-schedules';
import { savedStatements } from '@/lib/statements/saved';

const base = mkdtempSync(join(tmpdir(), 'ringside-taken-'));
vi.stubEnv('RINGSIDE_DATA_DIR', base);
vi.stubEnv('RINGSIDE_EXPORT_DIR', join(base, 'exports'));
afterAll(async () => {
  await serverSchedules().close();
  rmSync(base, { recursive: true });
});

const ANNA: Asker = { name: 'anna', way: 'local', groups: [] };
const PRINCIPAL = { id: 'local:anna', asker: ANNA };

/** What this server does with a configuration from now on. */
function take(more: object): void {
  const signIn = { origin: 'https://ringside.example.com', local: {} };
  holdConfiguration(parseConfiguration('', JSON.stringify({ clusters: [], signIn, ...more })));
}
const roleOf = (as: string) => [{ name: 'all', subjects: [{ everybody: true }], as }];
const verbs = () => rightsOfAsker(ANNA)?.rules.flatMap((rule) => rule.verbs);

it('roles, saved statements, the space of uploads and webhooks are those of now', async () => {
  const file = { name: 'a.csv', bytes: 1_000 };
  take({ roles: roleOf('viewer'), statements: join(base, 'one'), load: { uploadGb: 0 } });
  expect(verbs()).not.toContain('write');
  await savedStatements(PRINCIPAL).save({
    ...{ path: 'mine', text: 'SELECT 1', version: null, cluster: null, keyspace: null, description: null },
    parameters: [],
  });
  await expect(serverUploads().create(PRINCIPAL, file)).rejects.toMatchObject({ error: { code: 'disk_full' } });
  expect((await serverSchedules().list(PRINCIPAL)).webhooks).toEqual([]);

  const webhooks = { ops: 'https://example.com/hook' };
  take({ roles: roleOf('editor'), statements: join(base, 'two'), load: { uploadGb: 1 }, webhooks });
  expect(verbs()).toContain('write');
  expect((await savedStatements(PRINCIPAL).list()).statements).toEqual([]);
  expect(await serverUploads().create(PRINCIPAL, file)).toMatchObject({ name: 'a.csv' });
  expect((await serverSchedules().list(PRINCIPAL)).webhooks).toEqual(['ops']);

  take({ roles: roleOf('viewer'), statements: join(base, 'one') });
  expect((await savedStatements(PRINCIPAL).list()).statements.map(({ path }) => path)).toEqual(['mine']);
});

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { clusterConfig, insertAll, testBed } from '@/lib/cassandra/test-support';
import { errorBodySchema } from '@/lib/contract/errors';
import { historyResponseSchema } from '@/lib/contract/history';
import { type MutationLine, mutationLineSchema, mutationPlanSchema } from '@/lib/contract/mutations';
import { GET as getHistory } from './clusters/[cluster]/history/route';
import { POST as plan } from './clusters/[cluster]/mutations/route';
import { POST as run } from './clusters/[cluster]/mutations/run/route';

vi.stubEnv(
  'RINGSIDE_CLUSTERS',
  JSON.stringify([clusterConfig(), { ...clusterConfig(), name: 'readonly', writes: false }]),
);
vi.stubEnv('RINGSIDE_DATA_DIR', mkdtempSync(join(tmpdir(), 'ringside-mutations-')));

const KEYSPACE = 'ringside_mutation_routes';
const { plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (p int, c int, v int, PRIMARY KEY (p, c))`]);
afterAll(() => closeClusters());

const on = (cluster: string) => ({ params: Promise.resolve({ cluster }) });
const post = (body: unknown) => new Request('http://localhost/', { method: 'POST', body: JSON.stringify(body) });
const asked = (changes: readonly object[], options: object = {}) => ({
  keyspace: KEYSPACE,
  table: 't',
  changes,
  options,
});
const planned = async (changes: readonly object[], options?: object) =>
  mutationPlanSchema.parse(await (await plan(post(asked(changes, options)), on('test'))).json());
const set = (p: number, v: number) => ({ kind: 'update', key: { p, c: 1 }, edits: { v: { set: v } } });

async function ran(token: string | null): Promise<MutationLine[]> {
  const response = await run(post({ token }), on('test'));
  const lines = (await response.text()).trim().split('\n');
  return lines.map((line) => mutationLineSchema.parse(JSON.parse(line)));
}
const codeOf = async (response: Response) => errorBodySchema.parse(await response.json()).error.code;

describe('POST …/mutations', () => {
  it('plans, runs once by its token, and is in the history', async () => {
    await plain.execute(`INSERT INTO ${KEYSPACE}.t (p, c, v) VALUES (1, 1, 1)`);
    const { token, statements, rows } = await planned([set(1, 2)]);
    expect(rows).toMatchObject([{ cells: { v: { value: 1, ttlSeconds: null } } }]);
    const lines = await ran(token);
    expect(lines).toMatchObject([
      { outcome: { statement: 0, outcome: 'applied' } },
      { end: { undo: [{ kind: 'update' }], notUndone: [] } },
    ]);
    expect(await codeOf(await run(post({ token }), on('test')))).toBe('confirmation_required');
    const { entries } = historyResponseSchema.parse(
      await (await getHistory(new Request('http://localhost/?writesOnly=true'), on('test'))).json(),
    );
    expect(entries).toMatchObject([
      { statement: statements[0]?.cql, who: 'anonymous', isWrite: true, applied: 'applied' },
    ]);
  });

  it('is refused on a read-only cluster, for a table that is none, and for what is no change', async () => {
    expect(await codeOf(await plan(post(asked([set(1, 2)])), on('readonly')))).toBe('read_only');
    expect(await codeOf(await plan(post({ ...asked([set(1, 2)]), table: 'none' }), on('test')))).toBe('not_found');
    expect(await codeOf(await plan(post(asked([{ kind: 'update', key: { p: 1 } }])), on('test')))).toBe(
      'invalid_request',
    );
    expect(await codeOf(await plan(post(asked([set(1, 2)], { consistency: 'SERIAL' })), on('test')))).toBe(
      'invalid_request',
    );
  });

  it.each(['guarded', 'plain'] as const)(
    'changes a thousand rows, each with its outcome (%s)',
    { timeout: 60_000 },
    async (mode) => {
      const keys = Array.from({ length: 1_000 }, (_, at) => 100 + at);
      await insertAll(
        plain,
        `INSERT INTO ${KEYSPACE}.t (p, c, v) VALUES (?, 1, 1)`,
        keys.map((p) => [p]),
      );
      const { token, statements } = await planned(
        keys.map((p) => set(p, 2)),
        { mode },
      );
      const lines = await ran(token);
      expect(statements).toHaveLength(1_000);
      expect(lines.filter((line) => 'outcome' in line && line.outcome.outcome === 'applied')).toHaveLength(1_000);
      const { rows } = await plain.execute(`SELECT v FROM ${KEYSPACE}.t`, [], { fetchSize: 2_000 });
      expect(rows.filter((row) => row.get('v') === 2).length).toBeGreaterThanOrEqual(1_000);
    },
  );
});

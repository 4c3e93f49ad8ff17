import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { clusterConfig, insertAll, testBed } from '@/lib/cassandra/test-support';
import { errorBodySchema } from '@/lib/contract/errors';
import { historyResponseSchema } from '@/lib/contract/history';
import {
  type MutationLine,
  mutationLineSchema,
  mutationLooksSchema,
  mutationPlanSchema,
} from '@/lib/contract/mutations';
import { GET as getHistory } from './clusters/[cluster]/history/route';
import { POST as look } from './clusters/[cluster]/mutations/look/route';
import { POST as plan } from './clusters/[cluster]/mutations/route';
import { POST as run } from './clusters/[cluster]/mutations/run/route';
import { POST as stop } from './clusters/[cluster]/mutations/stop/route';

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

describe('a run that is looked at again', () => {
  const looked = async (token: string | null, statements: readonly number[]) =>
    mutationLooksSchema.parse(await (await look(post({ token, statements }), on('test'))).json());

  it('answers what became of it, for whom its response was cut off', async () => {
    await plain.execute(`INSERT INTO ${KEYSPACE}.t (p, c, v) VALUES (2, 1, 1)`);
    const { token } = await planned([set(2, 2)]);
    const response = await run(post({ token }), on('test'));
    const whole = (await response.text()).trim().split('\n');
    expect(await looked(token, [0, 7])).toEqual({
      outcomes: [Object(JSON.parse(whole[0] ?? '')).outcome],
      end: Object(JSON.parse(whole[1] ?? '')).end,
    });
    expect(await (await stop(post({ token }), on('test'))).json()).toEqual({ stopping: false });
  });

  it('is found by its token alone, and only after it began', async () => {
    const { token } = await planned([set(2, 3)]);
    expect(await codeOf(await look(post({ token, statements: [0] }), on('test')))).toBe('not_found');
    expect(await codeOf(await stop(post({ token }), on('test')))).toBe('not_found');
    await ran(token);
    expect(await codeOf(await look(post({ token, statements: [0] }), on('readonly')))).toBe('not_found');
    expect(await codeOf(await look(post({ token: 'another', statements: [0] }), on('test')))).toBe('not_found');
  });

  it('sends nothing more once it is stopped, and says so of each statement', { timeout: 60_000 }, async () => {
    const keys = Array.from({ length: 1_000 }, (_, at) => 5_000 + at);
    const changes = keys.map((p) => ({ kind: 'insert', key: { p, c: 1 }, values: { v: 1 } }));
    const { token } = await planned(changes);
    const response = await run(post({ token }), on('test'));
    const reader = response.body?.getReader();
    const texts = [(await reader?.read())?.value];
    expect(await (await stop(post({ token }), on('test'))).json()).toEqual({ stopping: true });
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) texts.push(next.value);
    const lines = Buffer.concat(texts.filter((text) => text !== undefined))
      .toString()
      .trim()
      .split('\n')
      .map((line) => mutationLineSchema.parse(JSON.parse(line)));
    const outcomes = lines.flatMap((line) => ('outcome' in line ? [line.outcome] : []));
    expect(outcomes).toHaveLength(1_000);
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['applied', 'not_sent']));
    const applied = outcomes.filter(({ outcome }) => outcome === 'applied').length;
    expect(lines.at(-1)).toMatchObject({ end: { notUndone: [] } });
    const { rows } = await plain.execute(`SELECT p FROM ${KEYSPACE}.t`, [], { fetchSize: 5_000 });
    expect(rows.filter((row) => row.get('p') >= 5_000)).toHaveLength(applied);
  });
});

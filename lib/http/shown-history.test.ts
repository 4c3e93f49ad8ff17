import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '@/lib/contract/history';
import { roleConfigSchema } from '@/lib/contract/rights';
import { rightsOf } from '@/lib/rights/rules';
import { shownRuns } from './shown-history';

const run = (who: string, statement: string): HistoryEntry => ({
  ...{ id: '4f8f1b0e-6c0c-4f6e-9a53-0e6f4f4a9b11', at: '2026-11-30T08:00:00.000Z', who, statement, keyspace: null },
  ...{ isRedacted: false, consistency: 'ONE', isWrite: true, cost: 'one_row', outcome: 'done', rows: 0, elapsedMs: 1 },
});
const RUNS = [
  run('anna', 'UPDATE shop.orders SET v = 1 WHERE p = 1 IF v = 2'),
  run('ben', 'UPDATE shop.orders SET v = 1 WHERE p = 1'),
  run('ben', 'UPDATE hr.wages SET v = 1 WHERE p = 1'),
];
const role = (given: object) =>
  rightsOf([roleConfigSchema.parse({ name: 'r', subjects: [{ everybody: true }], ...given })], {
    ...{ name: 'anna', way: 'local', groups: [] },
  });
const seen = async (rights: Parameters<typeof shownRuns>[2]) => {
  const runs = shownRuns('prod', { id: 'anna' }, rights, () => Promise.resolve(RUNS));
  return [...(await runs(''))].map((one) => RUNS.indexOf(one));
};

describe('the runs that a person finds', () => {
  it('are all where nobody signs in', async () => expect(await seen(null)).toEqual([0, 1, 2]));

  it('are their own', async () => expect(await seen(role({ as: 'editor' }))).toEqual([0]));

  it('are those of others with operate and the rights of the statement', async () => {
    expect(await seen(role({ as: 'operator' }))).toEqual([0]);
    expect(await seen(role({ as: 'admin' }))).toEqual([0, 1, 2]);
    const shop = { allow: [{ verbs: ['operate'] }, { keyspaces: ['shop'], verbs: ['write'] }] };
    expect(await seen(role(shop))).toEqual([0, 1]);
  });
});

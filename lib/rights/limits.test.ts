import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Asker } from '@/lib/contract/asker';
import { type RoleConfig, roleConfigSchema } from '@/lib/contract/rights';
import { rowsReached, timeReached, tooManyReads } from './limit-texts';
import { limitsOf, unkeptLimit } from './limits';
import { need, someNeed } from './needs';
import { rightsOf } from './rules';

const ANNA: Asker = { name: 'anna', way: 'local', groups: ['analysts'] };
const roles = (...given: object[]): RoleConfig[] =>
  given.map((role, at) => roleConfigSchema.parse({ name: `r${at}`, subjects: [{ everybody: true }], ...role }));
const ORDERS = { cluster: 'prod', keyspace: 'shop', table: 'orders' };
const ITEMS = { ...ORDERS, table: 'items' };
const read = (...given: object[]) =>
  limitsOf(rightsOf(roles(...given), ANNA), [need('read', ORDERS)]).reading.get('prod');

describe('the limits of a right', () => {
  it.each<[string, object[], object]>([
    ['without any', [{ as: 'analyst' }], {}],
    ['of one role', [{ as: 'analyst', limits: { rows: 10, reads: 2 } }], { rows: [10, 'r0'], reads: [2, 'r0'] }],
    [
      'are the most generous of two roles, each by itself',
      [
        { as: 'analyst', limits: { rows: 10, rowsPerSecond: 500 } },
        { as: 'editor', limits: { rows: 20, rowsPerSecond: 100 } },
      ],
      { rows: [20, 'r1'], rowsPerSecond: [500, 'r0'] },
    ],
    ['are lifted by a role without', [{ as: 'analyst', limits: { rows: 10 } }, { as: 'editor' }], {}],
    [
      'are not lifted by a role that does not give the right',
      [{ as: 'analyst', limits: { rows: 10 } }, { as: 'viewer' }, { as: 'operator' }],
      { rows: [10, 'r0'] },
    ],
    [
      'are not lifted by a role for other tables',
      [
        { as: 'analyst', limits: { rows: 10 } },
        { as: 'analyst', tables: ['items'] },
      ],
      { rows: [10, 'r0'] },
    ],
    [
      'are those of the first of two that allow the same',
      [
        { as: 'analyst', limits: { statementSeconds: 5 } },
        { as: 'editor', limits: { statementSeconds: 5 } },
      ],
      { statementSeconds: [5, 'r0'] },
    ],
  ])('%s', (_, given, expected) => {
    const found = Object.entries(read(...given) ?? {}).map(([kind, { most, role }]) => [kind, [most, role]]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  it('of a table that everybody reads are those of any role on its cluster', () => {
    const rights = rightsOf(roles({ as: 'viewer', limits: { rows: 10 } }), ANNA);
    const system = { cluster: 'prod', keyspace: 'system', table: 'local' };
    expect(limitsOf(rights, [need('read', system)]).reading.get('prod')).toEqual({ rows: { most: 10, role: 'r0' } });
  });

  it('never shrink with another role', () => {
    const limit = fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined });
    const role = fc.record({
      as: fc.constantFrom('viewer', 'analyst', 'editor', 'operator', 'admin'),
      tables: fc.constantFrom(['*'], ['orders'], ['items']),
      limits: fc.record({ rows: limit, rowsPerSecond: limit, reads: limit, statementSeconds: limit }),
    });
    const most = (given: object[], kind: 'rows' | 'rowsPerSecond' | 'reads' | 'statementSeconds') =>
      read({ as: 'analyst', limits: { rows: 1, rowsPerSecond: 1, reads: 1, statementSeconds: 1 } }, ...given)?.[kind]
        ?.most ?? Number.POSITIVE_INFINITY;
    fc.assert(
      fc.property(fc.array(role, { maxLength: 3 }), role, (some, more) => {
        for (const kind of ['rows', 'rowsPerSecond', 'reads', 'statementSeconds'] as const) {
          expect(most([...some, more], kind)).toBeGreaterThanOrEqual(most(some, kind));
        }
      }),
    );
  });
});

describe('the limits of work', () => {
  const rights = rightsOf(
    roles(
      { allow: [{ tables: ['orders'], verbs: ['read', 'export', 'write'] }], limits: { rows: 10, rowsPerSecond: 7 } },
      { allow: [{ tables: ['items'], verbs: ['read'] }], limits: { rows: 5 } },
      { allow: [{ tables: ['items'], verbs: ['export'] }], limits: { rows: 50 } },
    ),
    ANNA,
  );

  it('are the narrowest of the tables that it reads', () => {
    const both = limitsOf(rights, [need('read', ORDERS), need('read', ITEMS)]).reading.get('prod');
    expect(both).toEqual({ rows: { most: 5, role: 'r1' }, rowsPerSecond: { most: 7, role: 'r0' } });
  });

  it('of an export are also those of reading', () => {
    expect(limitsOf(rights, [need('export', ITEMS)]).reading.get('prod')?.rows).toEqual({ most: 5, role: 'r1' });
  });

  it('are kept apart for reading, writing and each cluster', () => {
    const { reading, writing } = limitsOf(rights, [
      need('export', ITEMS),
      need('write', { ...ORDERS, cluster: 'test' }),
    ]);
    expect([...reading.keys()]).toEqual(['prod']);
    expect(writing.get('test')?.rowsPerSecond).toEqual({ most: 7, role: 'r0' });
  });

  it('are none for what reads no rows', () => {
    const { reading, writing } = limitsOf(rights, [need('see', ORDERS), someNeed('export', { cluster: 'prod' })]);
    expect([reading.size, writing.size]).toEqual([0, 0]);
  });

  it('cannot all be kept by another program', () => {
    const limits = (kept: object) =>
      limitsOf(rightsOf(roles({ as: 'editor', limits: kept }), ANNA), [need('read', ORDERS)]);
    expect(unkeptLimit(limits({ rows: 3 }))).toEqual({ most: 3, role: 'r0' });
    expect(unkeptLimit(limits({ rowsPerSecond: 3 }))).toEqual({ most: 3, role: 'r0' });
    expect(unkeptLimit(limits({ reads: 1, statementSeconds: 1 }))).toBeNull();
  });
});

it('says which role ends a read, after how much, and what to change', () => {
  const limit = { most: 1_000, role: 'reports' };
  expect(rowsReached(limit, 1_000).message).toBe(
    'This ended after 1,000 rows, as many as your role “reports” allows, so it is not complete.',
  );
  expect(rowsReached(limit, 1).message).toBe(
    'This ended after 1 row, of at most 1,000 rows that your role “reports” allows, so it is not complete.',
  );
  expect(rowsReached(limit, 1_000).hint).toContain('raise rows in the limits of reports');
  expect(timeReached({ ...limit, most: 30 }).message).toContain('after 30 s, as long as your role “reports” allows');
  expect(tooManyReads({ ...limit, most: 1 }, 30_000)).toMatchObject({
    code: 'too_many_reads',
    message: 'You have 1 read under way, as many as your role “reports” allows, and this one has waited 30 s.',
    retryable: true,
  });
});

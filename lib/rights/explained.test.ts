import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Asker } from '@/lib/contract/asker';
import { roleConfigSchema, VERBS, type Verb } from '@/lib/contract/rights';
import type { SchemaResponse } from '@/lib/contract/schema';
import { explainRights, rulesOn } from './explained';
import { lackOf, need } from './needs';
import { type RightPlace, rightsOf } from './rules';

const ANNA: Asker = { name: 'anna', way: 'local', groups: [] };
const rights = (...roles: object[]) =>
  rightsOf(
    roles.map((role, at) => roleConfigSchema.parse({ name: `r${at}`, subjects: [{ everybody: true }], ...role })),
    ANNA,
  );
const ORDERS = { cluster: 'prod', keyspace: 'shop', table: 'orders' };
const answer = (given: Parameters<typeof explainRights>[0], place: RightPlace, verb: Verb) =>
  explainRights(given, place, null).find((one) => one.verb === verb);

describe('what a person may do', () => {
  it('names the role and the rule that give it, or what is missing', () => {
    const given = rights({ as: 'viewer' }, { allow: [{ keyspaces: ['shop'], tables: ['ord*'], verbs: ['read'] }] });
    expect(answer(given, ORDERS, 'see')).toMatchObject({ rule: { role: 'r0', tables: ['*'] }, missing: null });
    expect(answer(given, ORDERS, 'read')).toMatchObject({ rule: { role: 'r1', tables: ['ord*'] }, missing: null });
    expect(answer(given, ORDERS, 'write')).toMatchObject({
      rule: null,
      missing: { verb: 'write', keyspace: 'shop', table: 'orders', isMasked: false },
      partly: null,
    });
  });

  it('says by which rule a part of a keyspace or cluster is allowed', () => {
    const given = rights({ allow: [{ keyspaces: ['shop'], tables: ['ord*'], verbs: ['read'] }] });
    for (const place of [{ cluster: 'prod' }, { cluster: 'prod', keyspace: 'shop' }]) {
      expect(answer(given, place, 'read')).toMatchObject({ rule: null, partly: { role: 'r0' } });
    }
    expect(answer(given, { cluster: 'prod', keyspace: 'other' }, 'read')).toMatchObject({ partly: null });
  });

  it('needs read for what is exported', () => {
    const given = rights({ allow: [{ verbs: ['export'] }] });
    expect(answer(given, ORDERS, 'export')).toMatchObject({ rule: null, missing: { verb: 'read' } });
  });

  it('is asked of the whole cluster for operate and admin', () => {
    const given = rights({ as: 'admin', keyspaces: ['shop'] });
    expect(answer(given, ORDERS, 'ddl')).toMatchObject({ of: 'place', missing: null });
    expect(answer(given, ORDERS, 'admin')).toMatchObject({ of: 'cluster', missing: { keyspace: null }, partly: null });
  });

  it('is reading a table with masked columns, and editing its other columns', () => {
    const given = rights({ as: 'editor', masks: [{ columns: ['email'] }] });
    const missingOf = (verb: Verb, column: string) => {
      const tables = [{ name: 'orders', baseTable: null, columns: [{ name: column }] }];
      const schema = { keyspaces: [{ name: 'shop', tables }] } as unknown as SchemaResponse;
      return explainRights(given, ORDERS, schema).find((one) => one.verb === verb)?.missing;
    };
    for (const verb of ['read', 'export', 'write'] as const) expect(missingOf(verb, 'email')).toBeNull();
  });

  it('takes the right on the table of a view', () => {
    const table = { name: 'orders_by_day', baseTable: 'orders' };
    const schema = { keyspaces: [{ name: 'shop', tables: [table] }] } as unknown as SchemaResponse;
    const given = rights({ allow: [{ tables: ['orders_by_*'], verbs: ['read'] }] });
    const read = (known: SchemaResponse | null) =>
      explainRights(given, { ...ORDERS, table: 'orders_by_day' }, known).find(({ verb }) => verb === 'read');
    expect(read(null)).toMatchObject({ missing: null });
    expect(read(schema)).toMatchObject({ rule: null, missing: { verb: 'read', table: 'orders' } });
  });

  it('names what limits it, of writing only what is kept', () => {
    const given = rights(
      { as: 'editor', limits: { rows: 10, rowsPerSecond: 5 } },
      { as: 'analyst', limits: { rows: 20 } },
    );
    expect(answer(given, ORDERS, 'read')?.limits).toEqual([{ kind: 'rows', most: 20, role: 'r1' }]);
    expect(answer(given, ORDERS, 'write')?.limits).toEqual([{ kind: 'rowsPerSecond', most: 5, role: 'r0' }]);
    expect(answer(given, ORDERS, 'see')?.limits).toEqual([]);
  });

  it('is everything where nobody signs in', () => {
    expect(explainRights(null, ORDERS, null)).toEqual(
      VERBS.map((verb) => expect.objectContaining({ verb, rule: null, missing: null })),
    );
  });

  it('is what decides on requests, for any role and place', () => {
    const glob = fc.constantFrom('*', 'a', 'b', 'a*', 'system_auth');
    const grant = fc.record({
      clusters: fc.array(glob, { minLength: 1, maxLength: 2 }),
      keyspaces: fc.array(glob, { minLength: 1, maxLength: 2 }),
      tables: fc.array(glob, { minLength: 1, maxLength: 2 }),
      verbs: fc.subarray([...VERBS], { minLength: 1 }),
    });
    const name = fc.constantFrom('a', 'b', 'ab', 'system_auth', 'system');
    const place = fc.oneof(
      fc.record({ cluster: name }),
      fc.record({ cluster: name, keyspace: name }),
      fc.record({ cluster: name, keyspace: name, table: name }),
    );
    fc.assert(
      fc.property(fc.array(grant, { minLength: 1, maxLength: 3 }), place, (allow, at) => {
        const given = rights({ allow });
        for (const { verb, of, rule, missing } of explainRights(given, at, null)) {
          const asked = need(verb, of === 'cluster' ? { cluster: at.cluster } : at);
          expect(missing === null).toBe(lackOf(given, [asked]) === null);
          expect(rule === null).toBe(missing !== null);
        }
      }),
    );
  });
});

it('shows the rules that are for the cluster', () => {
  const given = rights(
    { as: 'viewer', clusters: ['prod*'], masks: [{ columns: ['email', '*_name'] }] },
    { as: 'admin', clusters: ['test'] },
  );
  expect(rulesOn(given, 'prod1')).toEqual([
    {
      role: 'r0',
      clusters: ['prod*'],
      keyspaces: ['*'],
      tables: ['*'],
      verbs: ['see'],
      masked: ['email', '*_name'],
      limits: {},
    },
  ]);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { READY_MADE, roleConfigSchema, VERBS } from '@/lib/contract/rights';
import { columnMaskIn } from './masks';
import { isWithin, narrowed } from './narrowed';
import { type PersonRights, rightsOf, ruleAnywhere, ruleFor } from './rules';

const ANNA = { name: 'anna', way: 'local' as const, groups: [] };
const CLUSTERS = ['prod', 'test', 'play'];
const subset = <T>(of: readonly T[]) => fc.subarray([...of], { minLength: 1 });
const role = fc.record({
  clusters: subset([...CLUSTERS, '*', 'p*']),
  keyspaces: subset(['shop', '*']),
  verbs: subset(VERBS),
  masks: fc.constantFrom([], [{ columns: ['email'] }]),
});
const rights = fc.array(role, { maxLength: 4 }).map((all) =>
  rightsOf(
    all.map((grant, at) => roleConfigSchema.parse({ name: `r${at}`, subjects: [{ everybody: true }], allow: [grant] })),
    ANNA,
  ),
);
const narrowing = fc.record({
  readOnly: fc.boolean(),
  clusters: fc.option(subset(CLUSTERS)),
});
const place = fc.record({
  cluster: fc.constantFrom(...CLUSTERS),
  keyspace: fc.constantFrom('shop', 'stock', 'system', 'system_auth'),
  table: fc.constantFrom('orders', 'paxos'),
});

describe('rights that an API token narrows', () => {
  it('are never more than those of its person, nor than the token says', () => {
    fc.assert(
      fc.property(rights, narrowing, place, fc.constantFrom(...VERBS), (own, token, at, verb) => {
        const left = narrowed(own, token);
        const isLeft = ruleFor(left, verb, at) !== null;
        const isAsked = token.clusters?.includes(at.cluster) !== false;
        if (isLeft) expect([ruleFor(own, verb, at) !== null, isAsked]).toEqual([true, true]);
        if (token.readOnly && !['see', 'read', 'export'].includes(verb)) expect(isLeft).toBe(false);
        if (token.clusters === null && !token.readOnly) expect(isLeft).toBe(ruleFor(own, verb, at) !== null);
      }),
    );
  });

  it('show no column that is masked for the person', () => {
    fc.assert(
      fc.property(rights, narrowing, place, (own, token, at) => {
        const left = narrowed(own, token);
        if (ruleFor(left, 'read', at) === null || columnMaskIn(own, [at], 'email') === null) return;
        expect(columnMaskIn(left, [at], 'email')).not.toBeNull();
      }),
    );
  });

  it('leave nothing for all clusters to one that names some', () => {
    const own = rightsOf([roleConfigSchema.parse({ name: 'a', subjects: [{ everybody: true }], as: 'admin' })], ANNA);
    const left = narrowed(own, { readOnly: false, clusters: ['prod'] });
    expect(ruleFor(own, 'admin', { cluster: '*' })).not.toBeNull();
    expect(ruleFor(left, 'admin', { cluster: '*' })).toBeNull();
    expect(ruleFor(left, 'admin', { cluster: 'prod' })).not.toBeNull();
  });

  it('of a reading admin are those of an analyst', () => {
    const all = (as: string): PersonRights =>
      rightsOf([roleConfigSchema.parse({ name: 'a', subjects: [{ everybody: true }], as })], ANNA);
    const left = narrowed(all('admin'), { readOnly: true, clusters: null });
    for (const verb of VERBS) {
      expect(ruleAnywhere(left, verb) !== null).toBe((READY_MADE.analyst as readonly string[]).includes(verb));
    }
  });
});

describe('work of a person', () => {
  const table = { keyspace: 'shop', table: 'orders' };
  it.each([
    ['no token', undefined, { kind: 'load', cluster: 'prod', request: table }, true],
    [
      'a reader, an export',
      { readOnly: true, clusters: null },
      { kind: 'export', cluster: 'prod', request: table },
      true,
    ],
    ['a reader, a load', { readOnly: true, clusters: null }, { kind: 'load', cluster: 'prod', request: table }, false],
    ['elsewhere', { readOnly: false, clusters: ['test'] }, { kind: 'export', cluster: 'prod', request: table }, false],
    [
      'a copy to elsewhere',
      { readOnly: false, clusters: ['prod'] },
      { kind: 'copy', cluster: 'prod', request: { ...table, target: { ...table, cluster: 'test' } } },
      false,
    ],
    [
      'what nobody can tell',
      { readOnly: false, clusters: null },
      { kind: 'other', cluster: 'prod', request: {} },
      false,
    ],
  ])('is within: %s', (_what, token, order, expected) => expect(isWithin(token, order)).toBe(expected));
});

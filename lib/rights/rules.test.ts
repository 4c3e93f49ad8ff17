import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Asker } from '@/lib/contract/asker';
import { type RoleConfig, roleConfigSchema, VERBS } from '@/lib/contract/rights';
import { matches } from './glob';
import { reachOf } from './reach';
import { asRoleOf, EVERY_CLUSTER, rightsOf, ruleFor, ruleSomewhere, ruleWithin } from './rules';

const ANNA: Asker = { name: 'anna', way: 'local', groups: ['analysts'] };
const roles = (...given: object[]): RoleConfig[] =>
  given.map((role, at) => roleConfigSchema.parse({ name: `r${at}`, subjects: [{ group: 'analysts' }], ...role }));
const ORDERS = { cluster: 'prod', keyspace: 'shop', table: 'orders' };

describe('a name with stars', () => {
  it.each([
    ['*', '', true],
    ['*', 'anything', true],
    ['shop', 'shop', true],
    ['shop', 'shops', false],
    ['shop*', 'shop', true],
    ['*shop', 'my_shop', true],
    ['s*p', 'sp', true],
    ['s*p', 'shop', true],
    ['s*p', 's', false],
    ['aba*aba', 'aba', false],
    ['a*b*c', 'a__b__b__c', true],
    ['Shop', 'shop', false],
    ['sh.p', 'shop', false],
  ])('%s and %s: %s', (glob, name, expected) => expect(matches([glob], name)).toBe(expected));

  it('matches as the same pattern does', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
    fc.assert(
      fc.property(letters, name, (glob, text) => {
        const pattern = new RegExp(`^${glob.replaceAll('*', '.*')}$`);
        expect(matches([glob], text)).toBe(pattern.test(text));
      }),
    );
  });
});

describe('rights', () => {
  it('are none without a role', () => {
    const nobody = rightsOf(roles({ as: 'admin' }), { ...ANNA, groups: [] });
    for (const verb of VERBS) {
      expect(ruleFor(nobody, verb, ORDERS)).toBeNull();
      expect(ruleSomewhere(nobody, verb, 'prod')).toBeNull();
    }
  });

  it.each([
    ['viewer', ['see']],
    ['analyst', ['see', 'read', 'export']],
    ['editor', ['see', 'read', 'export', 'write']],
    ['operator', ['see', 'operate']],
    ['admin', [...VERBS]],
  ])('of a ready-made %s are %j', (as, verbs) => {
    const rights = rightsOf(roles({ as }), ANNA);
    expect(VERBS.filter((verb) => ruleFor(rights, verb, ORDERS) !== null)).toEqual(verbs);
  });

  it('are for the tables that a role names, and what concerns more needs more', () => {
    const rights = rightsOf(
      roles({ as: 'analyst', clusters: ['prod'], keyspaces: ['shop*'], tables: ['orders*'] }),
      ANNA,
    );
    expect(ruleFor(rights, 'read', ORDERS)).toMatchObject({ role: 'r0' });
    expect(ruleFor(rights, 'read', { ...ORDERS, table: 'customers' })).toBeNull();
    expect(ruleFor(rights, 'read', { ...ORDERS, cluster: 'dev' })).toBeNull();
    expect(ruleFor(rights, 'read', { cluster: 'prod', keyspace: 'shop' })).toBeNull();
    expect(ruleFor(rights, 'read', { cluster: 'prod' })).toBeNull();
    expect(ruleSomewhere(rights, 'read', 'prod')).not.toBeNull();
    expect(ruleSomewhere(rights, 'read', 'dev')).toBeNull();
  });

  it('to what others do and who they are come with operate or admin for the whole cluster', () => {
    const analyst = rightsOf(roles({ as: 'analyst' }), ANNA);
    const operator = rightsOf(roles({ as: 'operator' }), ANNA);
    const some = rightsOf(roles({ as: 'admin', keyspaces: ['system*'] }), ANNA);
    for (const keyspace of ['system_auth', 'system_traces', 'system_views']) {
      const place = { cluster: 'prod', keyspace, table: 'any' };
      expect(ruleFor(analyst, 'read', place)).toBeNull();
      expect(ruleFor(operator, 'read', place)).not.toBeNull();
      expect(ruleFor(operator, 'write', place)).toBeNull();
      expect(ruleFor(some, 'read', place)).toBeNull();
    }
    const viewer = rightsOf(roles({ as: 'viewer' }), ANNA);
    expect(ruleFor(viewer, 'read', { cluster: 'prod', keyspace: 'system_schema' })).not.toBeNull();
    const local = { cluster: 'prod', keyspace: 'system', table: 'local' };
    expect(ruleFor(viewer, 'read', local)).not.toBeNull();
    for (const table of ['batches', 'paxos', 'prepared_statements', 'top_partitions']) {
      expect(ruleFor(viewer, 'read', { ...local, table })).toBeNull();
      expect(ruleFor(operator, 'read', { ...local, table })).not.toBeNull();
    }
  });

  it('are of a user, a group or everybody, by the way they signed in if it is named', () => {
    const has = (subject: object, asker: Asker) =>
      ruleFor(rightsOf(roles({ subjects: [subject], as: 'viewer' }), asker), 'see', ORDERS) !== null;
    expect(has({ user: 'anna' }, ANNA)).toBe(true);
    expect(has({ user: 'anna', way: 'header' }, ANNA)).toBe(false);
    expect(has({ group: 'analysts', way: 'local' }, ANNA)).toBe(true);
    expect(has({ user: 'analysts' }, ANNA)).toBe(false);
    expect(has({ everybody: true }, { ...ANNA, groups: [] })).toBe(true);
    expect(has({ everybody: true, way: 'local' }, ANNA)).toBe(true);
    expect(has({ everybody: true, way: 'cassandra' }, ANNA)).toBe(false);
  });

  it('only grow with another role', () => {
    const role = fc.record({
      as: fc.constantFrom('viewer', 'analyst', 'editor', 'operator', 'admin'),
      keyspaces: fc.constantFrom(['*'], ['shop'], ['s*']),
      tables: fc.constantFrom(['*'], ['orders']),
    });
    fc.assert(
      fc.property(fc.array(role, { maxLength: 3 }), role, fc.constantFrom(...VERBS), (some, more, verb) => {
        const before = ruleFor(rightsOf(roles(...some), ANNA), verb, ORDERS);
        const after = ruleFor(rightsOf(roles(...some, more), ANNA), verb, ORDERS);
        if (before !== null) expect(after).not.toBeNull();
      }),
    );
  });
});

describe('rights of who signed in as a Cassandra role', () => {
  const reach = reachOf([{ role: 'ada', permission: 'SELECT', resource: '<table shop.orders>' }]);
  const of = (...given: object[]) => asRoleOf(rightsOf(roles(...given), ANNA), 'prod', reach);

  it('are for their cluster alone, whatever a role says', () => {
    const rights = of({ as: 'admin' }, { as: 'editor', clusters: ['test'] });
    expect(ruleSomewhere(rights, 'see', 'prod')).not.toBeNull();
    expect(ruleSomewhere(rights, 'see', 'test')).toBeNull();
    expect(ruleFor(rights, 'admin', { cluster: EVERY_CLUSTER })).toBeNull();
  });

  it('show what the role has a permission on; what is read and written, Cassandra decides', () => {
    const rights = of({ as: 'editor' });
    const secrets = { ...ORDERS, table: 'secrets' };
    expect([ruleFor(rights, 'see', ORDERS), ruleFor(rights, 'see', secrets)]).toEqual([expect.anything(), null]);
    expect(ruleFor(rights, 'read', secrets)).not.toBeNull();
    expect(ruleWithin(rights, 'see', 'prod', 'shop')).not.toBeNull();
    expect(ruleWithin(rights, 'see', 'prod', 'private')).toBeNull();
    expect(ruleFor(rights, 'see', { cluster: 'prod' })).toBeNull();
    expect(ruleFor(rights, 'read', { cluster: 'prod', keyspace: 'system_schema' })).not.toBeNull();
  });

  it('show all of a cluster to who may operate it, because that comes from its own user', () => {
    const rights = of({ as: 'operator' });
    expect(ruleFor(rights, 'see', { cluster: 'prod' })).not.toBeNull();
    expect(ruleFor(rights, 'see', { ...ORDERS, table: 'secrets' })).not.toBeNull();
    expect(ruleFor(rights, 'read', ORDERS)).toBeNull();
  });
});

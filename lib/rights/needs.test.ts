import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roleConfigSchema, VERBS } from '@/lib/contract/rights';
import type { SchemaResponse, Table } from '@/lib/contract/schema';
import { withBases } from './bases';
import { lackOf, lackText, type Needs, need } from './needs';
import { loadedColumns, orderMasks, orderNeeds, repeatedNeeds } from './order-needs';
import { requestNeeds } from './request-needs';
import { type RightPlace, rightsOf } from './rules';
import { statementNeeds } from './statement-needs';

/** Needs in short: `read shop.orders`; `?` for what is unclear. */
function short(all: Needs): string {
  if ('unclear' in all) return '?';
  const texts = all.needs.map(({ verb, place, extent }) => {
    if (place === null) return `${verb} anywhere`;
    const { cluster, keyspace, table } = place;
    const where = keyspace === undefined ? cluster : table === undefined ? `${keyspace}.*` : `${keyspace}.${table}`;
    return `${verb} ${extent === 'some' ? 'some ' : ''}${where}`;
  });
  return texts.join(', ');
}
const ofStatement = (text: string) => short(statementNeeds(text, { cluster: 'prod', keyspace: 'shop' }, 'read'));

describe('a statement needs', () => {
  it.each([
    ['SELECT * FROM orders', 'read shop.orders'],
    ['select a, "B" from crm.customers where id = 1;', 'read crm.customers'],
    ['SELECT JSON * FROM "Crm"."Customers"', 'read Crm.Customers'],
    ["SELECT f('from x.y') FROM orders", 'read shop.orders'],
    ['SELECT a /* FROM crm.customers */ FROM orders -- FROM x', 'read shop.orders'],
    ['SELECT count(*) FROM system_views.clients', 'read system_views.clients'],
    ['INSERT INTO crm.customers (id) VALUES (1)', 'write crm.customers'],
    ['INSERT INTO orders (id) VALUES (1) IF NOT EXISTS', 'write shop.orders, read shop.orders'],
    ["INSERT INTO orders JSON '{}'", 'write shop.orders'],
    ['UPDATE orders SET a = 1 WHERE id = 1', 'write shop.orders'],
    ['UPDATE orders SET "if" = 1 WHERE id = 1', 'write shop.orders'],
    ['UPDATE orders SET a = 1 WHERE id = 1 IF a = 2', 'write shop.orders, read shop.orders'],
    ['DELETE a FROM crm.customers WHERE id = 1', 'write crm.customers'],
    ["DELETE m['from'] FROM orders WHERE id = 1 IF EXISTS", 'write shop.orders, read shop.orders'],
    ['TRUNCATE orders', 'write shop.orders, ddl shop.orders'],
    ['TRUNCATE TABLE crm.customers', 'write crm.customers, ddl crm.customers'],
    [
      'BEGIN BATCH INSERT INTO orders (id) VALUES (1); DELETE FROM crm.customers WHERE id = 1 APPLY BATCH',
      'write shop.orders, write crm.customers',
    ],
    ['BEGIN UNLOGGED BATCH USING TIMESTAMP 1 UPDATE a.b SET c = 1 WHERE d = 1; APPLY BATCH', 'write a.b'],
    ['CREATE KEYSPACE new WITH replication = {}', 'ddl new.*'],
    ['DROP SCHEMA IF EXISTS crm', 'ddl crm.*'],
    ['CREATE TABLE IF NOT EXISTS crm.c (id int PRIMARY KEY)', 'ddl crm.c'],
    ['ALTER TABLE orders ADD x int', 'ddl shop.orders'],
    ['DROP TABLE crm.customers', 'ddl crm.customers'],
    ['CREATE INDEX ON crm.customers (city)', 'ddl crm.customers'],
    ["CREATE CUSTOM INDEX IF NOT EXISTS by_city ON orders (city) USING 'SAI'", 'ddl shop.orders'],
    ['DROP INDEX crm.by_city', 'ddl crm.*'],
    [
      'CREATE MATERIALIZED VIEW v AS SELECT * FROM crm.customers WHERE id IS NOT NULL PRIMARY KEY (id)',
      'ddl shop.v, ddl crm.customers, read crm.customers',
    ],
    ['DROP MATERIALIZED VIEW crm.v', 'ddl crm.v'],
    ['CREATE TYPE crm.t (a int)', 'ddl crm.*'],
    ["CREATE OR REPLACE FUNCTION f (a int) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS 'x'", 'ddl shop.*'],
    ['DROP AGGREGATE crm.a', 'ddl crm.*'],
    ["CREATE TRIGGER t ON crm.customers USING 'x'", 'admin prod'],
    ["CREATE ROLE r WITH PASSWORD = 'x'", 'admin prod'],
    ["ALTER USER u WITH PASSWORD 'x'", 'admin prod'],
    ["ADD IDENTITY 'x' TO ROLE 'r'", 'admin prod'],
    ['GRANT SELECT ON crm.customers TO r', 'admin prod'],
    ['REVOKE ALL ON ALL KEYSPACES FROM r', 'admin prod'],
    ['LIST ROLES', 'read system_auth.*'],
    ['DESCRIBE TABLE crm.customers', 'see crm.customers'],
    ['DESC KEYSPACE crm', 'see crm.*'],
    ['DESCRIBE ONLY KEYSPACE crm', 'see crm.*'],
    ['DESCRIBE TABLES', 'see prod'],
    ['DESCRIBE FULL SCHEMA', 'see prod'],
    ['USE crm', ''],
  ])('%s: %s', (text, expected) => expect(ofStatement(text)).toBe(expected));

  it.each([
    'SELECT',
    'SELECT * FRM crm.customers',
    'SELECT * FROM',
    'SELECT * FROM crm.',
    'SELECT 1; SELECT * FROM crm.customers',
    'INSERT crm.customers',
    'BEGIN TRANSACTION SELECT * FROM crm.customers; COMMIT TRANSACTION',
    'BEGIN BATCH SELECT * FROM crm.customers APPLY BATCH',
    'BEGIN BATCH INSERT INTO orders (id) VALUES (1)',
    'CREATE TABLE a LIKE crm.customers',
    'CREATE MATERIALIZED VIEW v AS SELECT 1',
    'CREATE SOMETHING x',
    'DROP x',
    'EXPLAIN x',
    'SELECT * FROM "unclosed',
    '',
  ])('something unclear, so it is refused: %s', (text) => expect(ofStatement(text)).toBe('?'));

  it('a keyspace, where it names none', () => {
    expect(short(statementNeeds('SELECT * FROM orders', { cluster: 'prod' }, 'read'))).toBe('?');
    expect(short(statementNeeds('DROP INDEX by_city', { cluster: 'prod' }, 'read'))).toBe('?');
    expect(short(statementNeeds('SELECT * FROM orders', { cluster: 'prod', keyspace: 'shop' }, 'export'))).toBe(
      'export shop.orders',
    );
  });

  it('never less than its table, whatever stands around it', () => {
    const noise = fc.constantFrom(' ', '\n', '/* FROM a.b */', '-- x\n', '// y\n');
    fc.assert(
      fc.property(noise, noise, noise, (one, two, three) => {
        expect(ofStatement(`${one}SELECT${two} * FROM${three} crm${one}.${two}customers${three}`)).toBe(
          'read crm.customers',
        );
      }),
    );
  });
});

describe('a request needs', () => {
  const CLUSTER = { cluster: 'prod' };
  const crm = { keyspace: 'crm', table: 'customers' };
  it.each([
    ['read table', { ...CLUSTER, ...crm }, {}, 'read crm.customers'],
    ['read table', { ...CLUSTER, ...crm }, { keyspace: 'shop', table: 'orders' }, 'read crm.customers'],
    ['read table', CLUSTER, crm, 'read crm.customers'],
    ['see table', CLUSTER, { keyspace: 'crm' }, 'see crm.*'],
    ['see table', CLUSTER, undefined, 'see prod'],
    ['see table', CLUSTER, { table: 'customers' }, '?'],
    ['see keyspace', CLUSTER, { keyspace: 'crm' }, 'see some crm.*'],
    ['see keyspace', CLUSTER, {}, 'see some prod'],
    ['see cluster', CLUSTER, {}, 'see some prod'],
    ['operate whole cluster', CLUSTER, {}, 'operate prod'],
    ['see any cluster', {}, {}, 'see anywhere'],
    ['write saved', {}, { path: 'a' }, 'write anywhere'],
    ['write saved', {}, {}, 'write anywhere'],
    ['write saved', {}, { path: 'private:/a' }, 'see anywhere'],
    ['write saved', {}, { path: 'private:/a', to: 'private:/b' }, 'see anywhere'],
    ['write saved', {}, { path: 'private:/a', to: 'b' }, 'write anywhere'],
    ['write saved', {}, { path: 'a', to: 'private:/b' }, 'write anywhere'],
    ['read traces', CLUSTER, {}, 'read system_traces.*'],
    ['see cluster', {}, {}, '?'],
    ['read statement', CLUSTER, { statement: 'SELECT * FROM crm.customers' }, 'read crm.customers'],
    [
      'read statement',
      CLUSTER,
      { statements: [{ statement: 'TRUNCATE a.b' }, { statement: 'TRUNCATE c', keyspace: 'd' }] },
      'write a.b, ddl a.b, write d.c, ddl d.c',
    ],
    ['read statement', CLUSTER, { statements: [{ statement: 'TRUNCATE a.b' }, { statement: '?' }] }, '?'],
    ['see cluster', CLUSTER, { keyspace: null, statements: [0] }, 'see some prod'],
    ['read statement', CLUSTER, { statements: [0] }, '?'],
    ['export source', CLUSTER, crm, 'export crm.customers'],
    ['export source', CLUSTER, { statement: 'SELECT * FROM a.b' }, 'export a.b'],
    ['export source', CLUSTER, { again: { job: 'x' } }, 'export some prod'],
    ['write target', CLUSTER, { target: crm }, 'write crm.customers'],
    ['write target', CLUSTER, { target: crm, create: true }, 'write crm.customers, ddl crm.customers'],
    ['write target', CLUSTER, {}, '?'],
    ['export spark', CLUSTER, { do: 'export', ...crm }, 'export crm.customers'],
    ['export spark', CLUSTER, { request: { do: 'load', ...crm } }, 'write crm.customers'],
    ['export repeated', CLUSTER, { kind: 'load', request: crm }, 'write crm.customers'],
    ['export repeated', CLUSTER, { kind: 'nothing', request: crm }, '?'],
    ['none', {}, {}, ''],
  ] as const)('%s of %j and %j: %s', (right, params, input, expected) => {
    expect(short(requestNeeds(right, { params, input }))).toBe(expected);
  });
});

describe('a job needs', () => {
  const from = { keyspace: 'crm', table: 'customers' };
  const target = { keyspace: 'shop', table: 'orders' };
  it.each([
    ['export', from, 'export crm.customers'],
    ['export', { statement: 'SELECT * FROM a.b' }, 'export a.b'],
    ['export', { statement: 'SELECT * FROM b' }, '?'],
    ['change', from, 'read crm.customers, write crm.customers'],
    ['load', from, 'write crm.customers'],
    ['compare', { ...from, target }, 'export crm.customers, export shop.orders'],
    ['copy', { ...from, target }, 'export crm.customers, write shop.orders'],
    ['copy', { ...from, target, create: true }, 'export crm.customers, write shop.orders, ddl shop.orders'],
    [
      'copy',
      { source: { from: 'table', ...from }, target, create: ['CREATE …'] },
      'export crm.customers, write shop.orders, ddl shop.orders',
    ],
    ['copy', { source: { from: 'job', directory: '/x' }, target, create: [] }, 'write shop.orders'],
    ['copy', { target }, '?'],
    ['spark', { do: 'copy', ...from, to: target }, 'export crm.customers, write shop.orders'],
    ['spark', { request: { do: 'export', ...from } }, 'export crm.customers'],
    ['spark', { do: 'copy', ...from }, '?'],
    ['later', from, '?'],
    ['export', null, '?'],
  ])('%s %j: %s', (kind, request, expected) => {
    expect(short(orderNeeds({ kind, cluster: 'prod', request }))).toBe(expected);
  });
});

describe('what a person lacks', () => {
  const rightsTo = (...given: object[]) =>
    rightsOf(
      given.map((role, at) => roleConfigSchema.parse({ name: `r${at}`, subjects: [{ everybody: true }], ...role })),
      { name: 'anna', way: 'local', groups: [] },
    );
  const place = { cluster: 'prod', keyspace: 'shop', table: 'orders' };

  it('is the first need without a rule, in words', () => {
    const rights = rightsTo({ as: 'viewer' });
    expect(lackOf(rights, [need('see', place)])).toBeNull();
    const lack = lackOf(rights, [need('see', place), need('read', place)]);
    expect(lack && lackText(lack)).toEqual({
      message: 'You may not do this: it needs read on shop.orders of prod.',
      hint: 'Ask whoever runs Ringside for read on shop.orders of prod.',
    });
  });

  it('is read where only export is given', () => {
    const rights = rightsTo({ allow: [{ verbs: ['export'] }] });
    expect(lackOf(rights, [need('export', place)])?.need.verb).toBe('read');
  });

  it('is a table with masks, unless another role shows all of it', () => {
    const masked = { as: 'editor', masks: [{ columns: ['email'] }] };
    for (const verb of ['read', 'export', 'write'] as const) {
      expect(lackOf(rightsTo(masked), [need(verb, place)])?.why).toBe('masks');
      expect(lackOf(rightsTo(masked, { as: 'editor' }), [need(verb, place)])).toBeNull();
    }
    expect(lackOf(rightsTo(masked), [need('see', place)])).toBeNull();
  });

  it('is not a table with masks where they are applied and nothing is changed', () => {
    const rights = rightsTo({ as: 'admin', masks: [{ columns: ['email'] }] });
    const reading = [need('read', place), need('export', place), need('see', place)];
    expect(lackOf(rights, reading, { masks: 'applied' })).toBeNull();
    expect(lackOf(rights, reading)?.why).toBe('masks');
    expect(lackOf(rights, [need('write', place)], { masks: 'applied' })?.why).toBe('masks');
    // A new view shows a row under another name, and the answer to UPDATE … IF shows it.
    const statements = [
      'CREATE MATERIALIZED VIEW crm.v AS SELECT * FROM crm.customers WHERE a = 1 PRIMARY KEY (a)',
      "UPDATE crm.customers SET name = 'x' WHERE id = 1 IF email = 'y'",
    ];
    for (const text of statements) {
      const needs = statementNeeds(text, { cluster: 'prod' }, 'read');
      expect('needs' in needs && lackOf(rights, needs.needs, { masks: 'applied' })?.why).toBe('masks');
    }
  });

  it('is not a table with masks where what is changed leaves masked cells alone', () => {
    const rights = rightsTo({ as: 'editor', masks: [{ columns: ['email'] }] });
    const changing = [need('read', place), need('write', place)];
    expect(lackOf(rights, changing, { masks: 'edits' })).toBeNull();
    expect(lackOf(rights, changing, { masks: 'applied' })?.need.verb).toBe('write');
    // A statement says itself what it changes.
    const statement = "UPDATE crm.customers SET email = 'x' WHERE id = 1";
    expect(lackOf(rights, [{ ...need('write', place), statement }], { masks: 'edits' })?.why).toBe('masks');
  });

  it('is a table with masks where a load or a copy into it repeats, and not where it is reviewed', () => {
    const rights = rightsTo({ as: 'editor', masks: [{ columns: ['email'] }] });
    const maskedIn = ({ table }: RightPlace) => new Set(table === place.table ? ['email'] : []);
    const { cluster, ...target } = place;
    const orders = [
      { kind: 'load', cluster, request: target },
      { kind: 'copy', cluster, request: { keyspace: 'crm', table: 'log', target } },
    ];
    for (const order of orders) {
      const masking = { masks: orderMasks(order.kind), maskedIn };
      const [once, repeated] = [orderNeeds(order), repeatedNeeds(order)];
      if (!('needs' in once && 'needs' in repeated)) throw new Error(`${order.kind} is unclear`);
      expect(lackOf(rights, once.needs, masking), order.kind).toBeNull();
      expect(lackOf(rights, repeated.needs, masking), order.kind).toMatchObject({ why: 'masks' });
    }
  });

  it('is a table with masks where another than its own reads are next to it', () => {
    const rights = rightsTo({ as: 'editor', masks: [{ columns: ['email'] }] });
    const other = need('write', { ...place, table: 'log' });
    const maskedIn = ({ table }: RightPlace) => new Set(table === place.table ? ['email'] : []);
    expect(lackOf(rights, [other, need('export', place)], { masks: 'applied', maskedIn })).toBeNull();
    expect(
      lackOf(rights, [other, { ...need('export', place), isUnmasked: true }], { masks: 'applied', maskedIn }),
    ).toMatchObject({ why: 'masks' });
  });

  it('is not a table whose columns no mask names', () => {
    const rights = rightsTo({ as: 'editor', masks: [{ columns: ['email'] }] });
    expect(lackOf(rights, [need('write', place)], { maskedIn: () => new Set() })).toBeNull();
    expect(lackOf(rights, [need('write', place)], { maskedIn: () => new Set(['email']) })?.why).toBe('masks');
  });

  it.each([
    ["UPDATE orders SET name = 'x' WHERE id = 1", null],
    ['BEGIN BATCH INSERT INTO orders (id) VALUES (1); DELETE x FROM log WHERE id = 1; APPLY BATCH', null],
    ["UPDATE orders SET email = 'x' WHERE id = 1", 'email'],
    ['BEGIN BATCH INSERT INTO orders (id) VALUES (1); DELETE email FROM log WHERE id = 1; APPLY BATCH', 'email'],
    ["UPDATE orders SET name = 'x' WHERE id = 1 IF name = 'y'", 'IF'],
    ['INSERT INTO orders (id) VALUES (1) IF NOT EXISTS', 'IF'],
    ['INSERT INTO orders JSON ?', 'JSON'],
    ['TRUNCATE orders', undefined],
  ])('is a table with masks as far as the statement uses them: %s', (text, used) => {
    const needs = statementNeeds(text, { cluster: 'prod', keyspace: 'shop' }, 'read');
    if (!('needs' in needs)) throw new Error(needs.unclear);
    const rights = rightsTo({ as: 'admin', masks: [{ columns: ['email'] }] });
    const maskedIn = ({ table }: RightPlace) => new Set(table === place.table ? ['email'] : []);
    const expected = used === null ? null : { why: 'masks', ...(used === undefined ? {} : { used }) };
    for (const masks of ['applied', 'writes'] as const) {
      const lack = lackOf(rights, needs.needs, { masks, maskedIn });
      if (expected === null) expect(lack).toBeNull();
      else expect(lack).toMatchObject(expected);
    }
    expect(lackOf(rights, needs.needs, { masks: 'applied' })?.why).toBe('masks');
    expect(lackOf(rights, needs.needs, { maskedIn })?.why).toBe('masks');
    if (used === null || used === undefined) return;
    const lack = lackOf(rights, needs.needs, { masks: 'writes', maskedIn });
    expect(lack && lackText(lack).message).toContain(`the statement uses ${used}.`);
  });

  it('is a table with masks for what is read where statements may only write', () => {
    const rights = rightsTo({ as: 'editor', masks: [{ columns: ['email'] }] });
    expect(lackOf(rights, [need('read', place)], { masks: 'writes' })?.why).toBe('masks');
  });

  it('never shrinks with a role less', () => {
    const role = fc.record({ as: fc.constantFrom('viewer', 'analyst', 'editor', 'operator', 'admin') });
    fc.assert(
      fc.property(fc.array(role, { maxLength: 3 }), role, fc.constantFrom(...VERBS), (some, more, verb) => {
        if (lackOf(rightsTo(...some), [need(verb, place)]) === null) {
          expect(lackOf(rightsTo(...some, more), [need(verb, place)])).toBeNull();
        }
      }),
    );
  });

  it('is also a right on the table of a view', () => {
    const about = { id: null, comment: '', columns: [], indexes: [] };
    const tables: Table[] = [
      { ...about, name: 'customers', kind: 'table', baseTable: null },
      { ...about, name: 'by_city', kind: 'view', baseTable: 'customers' },
    ];
    const of = { system: false, virtual: false, durableWrites: true, replication: {}, types: [], functions: [] };
    const schema: SchemaResponse = { keyspaces: [{ ...of, name: 'crm', tables }], asOf: '', gaps: [] };
    const ofView = (verb: 'read' | 'see', cluster = 'prod') =>
      short({ needs: withBases([need(verb, { cluster, keyspace: 'crm', table: 'by_city' })], 'prod', schema) });
    expect(ofView('read')).toBe('read crm.by_city, read crm.customers');
    expect(ofView('see')).toBe('see crm.by_city');
    expect(ofView('read', 'other')).toBe('read crm.by_city');
  });
});

it('the columns whose masks concern a job are all, but of a load those that it writes', () => {
  const request = { keyspace: 'crm', table: 'customers', bind: { mapping: [{ to: 'id' }, { to: 'name' }] } };
  expect(loadedColumns({ kind: 'load', cluster: 'prod', request })).toEqual(new Set(['id', 'name']));
  expect(loadedColumns({ kind: 'copy', cluster: 'prod', request })).toBeNull();
});

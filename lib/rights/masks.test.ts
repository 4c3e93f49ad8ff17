import { describe, expect, it } from 'vitest';
import { roleConfigSchema } from '@/lib/contract/rights';
import type { SchemaResponse, Table } from '@/lib/contract/schema';
import { columnMask, columnMaskIn, maskedColumns } from './masks';
import { hasMasks, rightsOf } from './rules';

const rightsTo = (...given: object[]) =>
  rightsOf(
    given.map((role, at) => roleConfigSchema.parse({ name: `r${at}`, subjects: [{ everybody: true }], ...role })),
    { name: 'anna', way: 'local', groups: [] },
  );
const ORDERS = { cluster: 'prod', keyspace: 'shop', table: 'orders' };
const masked = { as: 'analyst', keyspaces: ['shop'], masks: [{ columns: ['e*mail'] }] };

describe('a column is masked', () => {
  it.each([
    ['by the role that lets the person read it', [masked], { as: 'dots', role: 'r0' }],
    ['as null', [{ ...masked, masks: [{ columns: ['email'], as: 'null' }] }], { as: 'null', role: 'r0' }],
    ['not if another role shows it', [masked, { as: 'analyst' }], null],
    ['not if another role masks other columns', [masked, { ...masked, masks: [{ columns: ['city'] }] }], null],
    ['also if another role reads nothing', [masked, { as: 'viewer' }], { as: 'dots', role: 'r0' }],
    [
      'also if another role reads elsewhere',
      [masked, { as: 'analyst', keyspaces: ['crm'] }],
      { as: 'dots', role: 'r0' },
    ],
    ['also if another role only exports', [masked, { allow: [{ verbs: ['export'] }] }], { as: 'dots', role: 'r0' }],
    ['by the first role of several', [masked, masked], { as: 'dots', role: 'r0' }],
  ])('%s', (_name, roles, expected) => {
    expect(columnMask(rightsTo(...roles), ORDERS, 'email')).toEqual(expected);
    expect(columnMask(rightsTo(...roles), ORDERS, 'id')).toBeNull();
  });

  it('in a view where either the view or its table masks it', () => {
    const view = { ...ORDERS, table: 'orders_by_day' };
    const ofTable = rightsTo({ ...masked, tables: ['orders'] }, { as: 'analyst', tables: ['orders_by_day'] });
    expect(columnMaskIn(ofTable, [view], 'email')).toBeNull();
    expect(columnMaskIn(ofTable, [view, ORDERS], 'email')).toEqual({ as: 'dots', role: 'r0' });
  });

  it('never in the schema', () => {
    const all = rightsTo({ as: 'analyst', masks: [{ columns: ['*'] }] });
    expect(hasMasks(all, { cluster: 'prod', keyspace: 'system_schema', table: 'columns' })).toBe(false);
    expect(hasMasks(all, ORDERS)).toBe(true);
  });
});

describe('a table has masked columns', () => {
  const column = (name: string) =>
    ({ name, type: 'text', kind: 'regular', position: -1, clusteringOrder: 'none' }) as const;
  const table = (name: string, ...columns: string[]): Table => {
    const about = { id: null, kind: 'table', baseTable: null, comment: '', indexes: [] } as const;
    return { ...about, name, columns: columns.map(column), indexes: [] };
  };
  const of = { system: false, virtual: false, durableWrites: true, replication: {}, types: [], functions: [] };
  const tables = [table('orders', 'id', 'email'), table('items', 'id'), table('bare')];
  const schema: SchemaResponse = { keyspaces: [{ ...of, name: 'shop', tables }], asOf: '', gaps: [] };
  const maskedIn = maskedColumns(rightsTo(masked), 'prod', schema);

  it.each([
    ['with a name that a mask has', 'orders', ['email']],
    ['not without one', 'items', []],
    ['perhaps, if it is not known', 'new', null],
    ['perhaps, if its columns are not known', 'bare', null],
  ])('%s', (_name, name, expected) => {
    const found = maskedIn({ ...ORDERS, table: name });
    expect(found && [...found]).toEqual(expected);
  });

  it('only in its own cluster', () => expect(maskedIn({ ...ORDERS, cluster: 'other' })?.size).toBe(0));
});

import { describe, expect, it } from 'vitest';
import type { ResultColumn } from '@/lib/contract/frames';
import { keyspaceOf } from '../cql/mutation/test-mutations';
import { cellPlace, editableRows, filledTable, moveRefusal, type ResultToEdit, rowKeyOf, seenOf } from './editable';
import { editableOf, ROW } from './test-editable';

const KEYSPACES = [
  keyspaceOf('ks'),
  { ...keyspaceOf('system_auth'), system: true },
  { ...keyspaceOf('system_views'), virtual: true },
];
const COLUMNS: readonly ResultColumn[] = [
  { name: 'p', type: 'int', kind: 'partition_key' },
  { name: 'c', type: 'int', kind: 'clustering' },
  { name: 'c2', type: 'int', kind: 'clustering' },
  { name: 'v', type: 'int', kind: 'regular' },
  { name: 'max(v)', type: 'int', kind: 'computed' },
];
const RESULT: ResultToEdit = { keyspace: 'ks', name: 't', columns: COLUMNS, isReadOnly: false, keyspaces: KEYSPACES };

/** The keyspace as it is shown to somebody without a right on its tables. */
function lacking(verb: string): (typeof KEYSPACES)[number] {
  const keyspace = keyspaceOf('ks');
  return { ...keyspace, tables: keyspace.tables.map((table) => ({ ...table, lacks: [verb] })) };
}

function refusalOf(more: Partial<ResultToEdit>): string | null {
  const found = editableRows({ ...RESULT, ...more });
  return 'refusal' in found ? found.refusal : null;
}

describe('rows can be changed', () => {
  it.each([
    ['of a table', {}],
    ['of a statement with the whole key', { statement: 'SELECT p, c, c2, v FROM ks.t WHERE p = 1' }],
    ['of a statement with everything', { statement: 'SELECT * FROM t LIMIT 3' }],
    ['without another right', { keyspaces: [lacking('ddl')] }],
  ] satisfies [string, Partial<ResultToEdit>][])('%s', (_name, more) => {
    expect(refusalOf(more)).toBeNull();
  });

  it.each([
    ['where the cluster is read-only', { isReadOnly: true }, 'read-only here'],
    ['without the right to', { keyspaces: [lacking('write')] }, 'it needs write on ks.t'],
    ['where the table is not known', { name: null }, 'one known table'],
    ['of a view', { name: 'by_v' }, 'materialized view'],
    ['of a virtual table', { keyspace: 'system_views' }, 'virtual table'],
    ['of Cassandra’s own keyspaces', { keyspace: 'system_auth' }, 'belongs to Cassandra itself'],
    ['without a part of the key', { columns: COLUMNS.filter(({ name }) => name !== 'c2') }, ': c2 is not among'],
    [
      'where a column only has the name of a part of the key',
      { columns: COLUMNS.map((one) => (one.name === 'c' ? { ...one, kind: 'computed' } : one)) },
      ': c is not among',
    ],
    ['of DISTINCT', { statement: 'SELECT DISTINCT p, s FROM t' }, 'DISTINCT'],
    ['of JSON', { statement: 'SELECT JSON p, c, c2 FROM t' }, 'JSON'],
    ['of groups', { statement: 'SELECT p, c, c2, max(v) FROM t GROUP BY p, c, c2' }, 'GROUP BY'],
    ['of what is no SELECT', { statement: 'LIST ROLES' }, 'does not understand'],
  ] satisfies [string, Partial<ResultToEdit>, string][])('but not %s', (_name, more, reason) => {
    expect(refusalOf(more)).toContain(reason);
  });
});

describe('rows with a masked column', () => {
  const columns: readonly ResultColumn[] = [
    ...COLUMNS.slice(0, 3),
    { name: 'w', type: 'text', kind: 'regular' },
    { name: 'v', type: 'text', kind: 'computed', masked: 'reports' },
  ];
  const values = [1, 1, 1, 'a', '•••'];
  const found = editableRows({ ...RESULT, columns });
  const rows = 'refusal' in found ? editableOf('t') : found;

  it('can be changed but for its cells, and say by which role', () => {
    expect(cellPlace(rows, values, 3)).toMatchObject({ kind: 'cell', key: { p: 1, c: 1, c2: 1 } });
    expect(cellPlace(rows, values, 4)).toEqual({
      kind: 'refused',
      why: 'v is masked for you by the role reports, so it cannot be edited.',
    });
  });

  it('have no such column in what was seen, in new rows, and in what is pasted', () => {
    expect(seenOf(rows, values, 'row')).toEqual({ w: 'a' });
    const names = ({ shape }: typeof rows.table) => shape.columns.map(({ name }) => name);
    expect(names(filledTable(rows))).toEqual(names(rows.table).filter((name) => name !== 'v'));
    expect(rows.sources.has('v')).toBe(false);
  });

  it('are of the same table as those of a result without that column, so that changes wait for both', () => {
    expect(rows.table).toEqual(editableOf('t').table);
  });

  it('cannot get another key, because the masked value could not go with them', () => {
    expect(moveRefusal(rows)).toContain('v is masked for you by the role reports');
    expect(moveRefusal(editableOf('t'))).toBeNull();
  });
});

describe('a cell', () => {
  const rows = editableOf('t');
  const place = (name: string, values = ROW) => cellPlace(rows, values, rows.sources.get(name) ?? -1);

  it('is its row’s, or its partition’s where the column is static', () => {
    expect(place('v')).toMatchObject({ kind: 'cell', key: { p: 1, c: 1, c2: 1 } });
    expect(place('s')).toMatchObject({ kind: 'cell', key: { p: 1 } });
    expect(place('c')).toMatchObject({ kind: 'key' });
    expect(rowKeyOf(rows, ROW)).toEqual({ p: 1, c: 1, c2: 1 });
  });

  it('is none where it is computed, or where the partition has no row', () => {
    expect(cellPlace(rows, ROW, 99)).toMatchObject({ kind: 'refused', why: expect.stringContaining('computed') });
    const statics = ROW.map((value, source) => (source === 1 || source === 2 ? null : value));
    expect(place('v', statics)).toMatchObject({ kind: 'refused', why: expect.stringContaining('no rows') });
    expect(place('c', statics)).toMatchObject({ kind: 'refused' });
    expect(place('s', statics)).toMatchObject({ kind: 'cell', key: { p: 1 } });
  });

  it('is seen with its row, or with its partition', () => {
    expect(Object.keys(seenOf(rows, ROW, 'static'))).toEqual(['s', 'sl']);
    expect(seenOf(rows, ROW, 'row')).toMatchObject({ s: 5, v: 10, w: 'a' });
    expect(seenOf(rows, ROW, 'row')).not.toHaveProperty('p');
  });
});

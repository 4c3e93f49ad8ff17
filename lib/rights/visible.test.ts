import { describe, expect, it } from 'vitest';
import type { Asker } from '@/lib/contract/asker';
import type { ClusterSummary } from '@/lib/contract/clusters';
import { roleConfigSchema } from '@/lib/contract/rights';
import type { SchemaResponse } from '@/lib/contract/schema';
import { keyspaceOf } from '@/lib/cql/mutation/test-mutations';
import { rightsOf } from './rules';
import { shownClusters, shownSchema } from './visible';

const ANNA: Asker = { name: 'anna', way: 'local', groups: [] };
const rights = (...roles: object[]) =>
  rightsOf(
    roles.map((role, at) => roleConfigSchema.parse({ name: `r${at}`, subjects: [{ everybody: true }], ...role })),
    ANNA,
  );
const SHOP = keyspaceOf('shop');
const ofOne = SHOP.tables.map((table) => (table.kind === 'view' ? { ...table, baseTable: 'one' } : table));
const SCHEMA: SchemaResponse = { keyspaces: [{ ...SHOP, tables: ofOne }], asOf: '2026-01-01T00:00:00Z', gaps: [] };
const lacksIn = (given: ReturnType<typeof rights> | null) =>
  Object.fromEntries(
    shownSchema(SCHEMA, given, 'prod').keyspaces.flatMap(({ tables }) =>
      tables.map(({ name, lacks }) => [name, lacks]),
    ),
  );
const cluster = (name: string): ClusterSummary => ({
  ...{ name, label: name, colour: null, readOnly: false, consistency: 'LOCAL_ONE' as const, pageRows: 100 },
});
const CLUSTERS = [cluster('prod'), cluster('test')];

describe('what a page shows of rights', () => {
  it('is nothing where nobody signs in', () => {
    expect(shownSchema(SCHEMA, null, 'prod')).toBe(SCHEMA);
    expect(shownClusters(CLUSTERS, null)).toEqual(CLUSTERS);
  });

  it('says of each table what is lacking, and of a view what its table lacks', () => {
    expect(lacksIn(rights({ as: 'admin' })).t).toBeUndefined();
    expect(lacksIn(rights({ as: 'viewer' })).t).toEqual(['read', 'export', 'write', 'ddl']);
    const partly = rights(
      { as: 'viewer' },
      { as: 'analyst', tables: ['by_v', 'one'] },
      { as: 'editor', tables: ['t'] },
    );
    expect(lacksIn(partly)).toMatchObject({ t: ['ddl'], by_v: ['write', 'ddl'] });
    const viewOnly = rights({ as: 'viewer' }, { as: 'analyst', tables: ['by_v'] });
    expect(lacksIn(viewOnly).by_v).toContain('read');
  });

  it('counts writing as given where a column is masked: the other cells can be edited', () => {
    const masked = rights({ as: 'editor', masks: [{ columns: ['v'] }] });
    expect(lacksIn(masked).t).toEqual(['ddl']);
  });

  it('names the role that masks a column, of a view also where it masks that of its table', () => {
    const maskedIn = (given: ReturnType<typeof rights>, table: string) =>
      shownSchema(SCHEMA, given, 'prod')
        .keyspaces.flatMap(({ tables }) => tables)
        .find(({ name }) => name === table)
        ?.columns.flatMap(({ name, masked }) => (masked === undefined ? [] : [[name, masked]]));
    const masking = rights(
      { as: 'editor', tables: ['one', 't'], masks: [{ columns: ['v'] }] },
      { as: 'editor', tables: ['by_v'] },
    );
    expect(['t', 'one', 'by_v'].map((table) => maskedIn(masking, table))).toEqual([
      [['v', 'r0']],
      [['v', 'r0']],
      [['v', 'r0']],
    ]);
    expect(maskedIn(rights({ as: 'editor' }), 't')).toEqual([]);
  });

  it('leaves out tables and clusters that may not be seen', () => {
    const some = rights({ allow: [{ clusters: ['prod'], tables: ['t'], verbs: ['read'] }] });
    expect(Object.keys(lacksIn(some))).toEqual(['t']);
    expect(shownClusters(CLUSTERS, some).map(({ name }) => name)).toEqual(['prod']);
  });

  it('says of a cluster what is allowed for nothing on it, and of operate and admin whether they are for all of it', () => {
    const lacks = (...roles: object[]) => shownClusters(CLUSTERS, rights(...roles))[0]?.lacks;
    expect(lacks({ as: 'admin' })).toBeUndefined();
    expect(lacks({ as: 'editor', keyspaces: ['shop'] })).toEqual(['ddl', 'approve', 'operate', 'admin']);
    expect(lacks({ as: 'viewer' }, { as: 'operator', keyspaces: ['shop'] })).toContain('operate');
    expect(lacks({ as: 'operator' })).toEqual(['read', 'export', 'write', 'ddl', 'approve', 'admin']);
  });
});

import { HAS_5_0 } from '@/lib/test-release';
import { type TableShape, tableShape } from './schema-lookup';

/** A table with a column for each way in which Cassandra finds rows, or cannot. */

export const KEYSPACE = 'ringside_select_test';

type Kind = 'partition_key' | 'clustering' | 'static' | 'regular';
const column = (name: string, type: string, kind: Kind = 'regular', position = -1) => {
  return { name, type, kind, position, clusteringOrder: kind === 'clustering' ? 'desc' : 'none' } as const;
};
const SASI = 'org.apache.cassandra.index.sasi.SASIIndex';
const index = (name: string, target: string, className: string | null, options: Record<string, string> = {}) => {
  return { name, target, className, kind: className === null ? 'COMPOSITES' : 'CUSTOM', options };
};

const COLUMNS = [
  column('a', 'int', 'partition_key', 0),
  column('B', 'int', 'partition_key', 1),
  column('c', 'int', 'clustering', 0),
  column('d', 'int', 'clustering', 1),
  column('e', 'int', 'clustering', 2),
  column('s', 'int', 'static'),
  column('plain', 'int'),
  column('old', 'int'),
  column('older', 'int'),
  column('new', 'int'),
  column('newer', 'int'),
  column('number', 'int'),
  column('prefixed', 'text'),
  column('contained', 'text'),
  column('note', 'text'),
  column('tags', 'set<int>'),
  column('attrs', 'map<int, int>'),
  column('entries', 'map<int, int>'),
  column('counts', 'map<int, int>'),
  column('frozen', 'frozen<map<int, int>>'),
  column('lasts', 'duration'),
  column('pair', 'tuple<int, int>'),
];
export const VECTORS = [column('v', 'vector<float, 2>'), column('w', 'vector<float, 2>')];
const INDEXES = [
  index('i_old', 'old', null),
  index('i_older', 'older', null),
  index('i_tags', 'values(tags)', null),
  index('i_counts', 'entries(counts)', null),
  index('i_new', 'new', 'StorageAttachedIndex'),
  index('i_newer', 'newer', 'StorageAttachedIndex'),
  index('i_attrs', 'keys(attrs)', 'StorageAttachedIndex'),
  index('i_entries', 'entries(entries)', 'StorageAttachedIndex'),
  index('i_v', 'v', 'StorageAttachedIndex'),
  index('i_number', 'number', SASI),
  index('i_prefixed', 'prefixed', SASI),
  index('i_contained', 'contained', SASI, { mode: 'CONTAINS' }),
];
const columns = [...COLUMNS, ...(HAS_5_0 ? VECTORS : [])];
const indexes = INDEXES.filter(({ className }) => HAS_5_0 || className !== 'StorageAttachedIndex');
export const shape: TableShape = tableShape({ kind: 'table', columns, indexes }, KEYSPACE, () => undefined);

const SAI_DDL = [
  `CREATE INDEX i_new ON ${KEYSPACE}.t (new) USING 'sai'`,
  `CREATE INDEX i_newer ON ${KEYSPACE}.t (newer) USING 'sai'`,
  `CREATE INDEX i_attrs ON ${KEYSPACE}.t (keys(attrs)) USING 'sai'`,
  `CREATE INDEX i_entries ON ${KEYSPACE}.t (entries("entries")) USING 'sai'`,
  `CREATE INDEX i_v ON ${KEYSPACE}.t (v) USING 'sai'`,
];
export const DDL = [
  `CREATE KEYSPACE ${KEYSPACE} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
  `CREATE TABLE ${KEYSPACE}.t (${columns.map(({ name, type, kind }) => `"${name}" ${type}${kind === 'static' ? ' static' : ''}`).join(', ')},
   PRIMARY KEY ((a, "B"), c, d, e)) WITH CLUSTERING ORDER BY (c DESC, d DESC, e DESC)`,
  `CREATE INDEX i_old ON ${KEYSPACE}.t (old)`,
  `CREATE INDEX i_older ON ${KEYSPACE}.t (older)`,
  `CREATE INDEX i_tags ON ${KEYSPACE}.t (values(tags))`,
  `CREATE INDEX i_counts ON ${KEYSPACE}.t (entries(counts))`,
  ...(HAS_5_0 ? SAI_DDL : []),
  `CREATE CUSTOM INDEX i_number ON ${KEYSPACE}.t (number) USING '${SASI}'`,
  `CREATE CUSTOM INDEX i_prefixed ON ${KEYSPACE}.t (prefixed) USING '${SASI}'`,
  `CREATE CUSTOM INDEX i_contained ON ${KEYSPACE}.t (contained) USING '${SASI}' WITH OPTIONS = {'mode': 'CONTAINS'}`,
];

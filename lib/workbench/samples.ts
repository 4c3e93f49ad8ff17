import { firstTable } from '@/lib/cluster/first-table';
import type { Keyspace, Table } from '@/lib/contract/schema';
import { qualifiedName, quoteIdentifier } from '@/lib/cql/identifiers';

/** A statement to begin with, and what it shows of how Cassandra works. */
export interface Sample {
  readonly title: string;
  readonly why: string;
  readonly statement: string;
}

const ROWS = 20;

/** Three statements about a table of the cluster, from a few rows to one partition; about the schema where there is no table. */
export function sampleStatements(keyspaces: readonly Keyspace[]): readonly Sample[] {
  const chosen = firstTable(keyspaces);
  return chosen === undefined ? OF_THE_SCHEMA : samplesOf(chosen.keyspace, chosen.table);
}

function samplesOf(keyspace: string, table: Table): Sample[] {
  const name = qualifiedName(keyspace, table.name);
  const key = table.columns
    .filter(({ kind }) => kind === 'partition_key')
    .toSorted((one, other) => one.position - other.position);
  const names = key.map((column) => quoteIdentifier(column.name));
  const values = key.map(({ type }) => EXAMPLES[type] ?? `'…'`);
  const where = names.map((column, index) => `${column} = ${values[index]}`).join(' AND ');
  return [
    {
      title: 'Look at some rows',
      why: 'Without a WHERE, rows come in the order of their partitions’ tokens.',
      statement: `SELECT * FROM ${name} LIMIT ${ROWS}`,
    },
    {
      title: 'List partition keys',
      why: `The partition key (${names.join(', ')}) decides which nodes have a row.`,
      statement: `SELECT DISTINCT ${names.join(', ')} FROM ${name} LIMIT ${ROWS}`,
    },
    {
      title: 'Read one partition',
      why: 'The fast way to read: with the whole key, its replicas answer alone. Put in a key from the list.',
      statement: `SELECT * FROM ${name} WHERE ${where}`,
    },
  ];
}

/** A value of a type, to be replaced; null where the type has no short one. */
export function exampleOf(type: string): string {
  return EXAMPLES[type] ?? 'null';
}

/** A value of each type that a key can well have, to be replaced. */
const EXAMPLES: Readonly<Record<string, string>> = {
  text: "'a key'",
  ascii: "'a key'",
  tinyint: '1',
  smallint: '1',
  int: '1',
  bigint: '1',
  varint: '1',
  float: '1.5',
  double: '1.5',
  decimal: '1.5',
  boolean: 'true',
  blob: '0x00',
  date: "'2001-01-09'",
  time: "'06:10:00'",
  timestamp: "'2001-01-09T06:10:00Z'",
  inet: "'127.0.0.1'",
  uuid: '123e4567-e89b-42d3-a456-426614174000',
  timeuuid: '50554d6e-29bb-11e5-b345-feff819cdc9f',
};

const OF_THE_SCHEMA: readonly Sample[] = [
  {
    title: 'List keyspaces',
    why: 'A keyspace holds tables and says how often each row is stored.',
    statement: 'DESCRIBE KEYSPACES',
  },
  {
    title: 'Look at this node',
    why: 'Tables in system are about one node alone.',
    statement: 'SELECT cluster_name, release_version, data_center, rack FROM system.local',
  },
  {
    title: 'See how keyspaces are replicated',
    why: 'Replication says on how many nodes each row is.',
    statement: 'SELECT keyspace_name, replication FROM system_schema.keyspaces',
  },
];

import type { SparkColumn, SparkFormat, SparkVerdict } from '@/lib/contract/spark';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { formatCqlType } from '@/lib/cql/type-text';
import type { CqlType, NativeTypeName } from '@/lib/cql/types';

/** What becomes of a value on its way through the Spark Cassandra Connector 3.5, as tried on Cassandra 5.0. */
interface Passage {
  /** Null: Spark has none. */
  readonly sparkType: string | null;
  readonly verdict: SparkVerdict;
  readonly notes: readonly string[];
}

const exact = (sparkType: string, ...notes: string[]): Passage => ({ sparkType, verdict: 'exact', notes });
const retyped = (sparkType: string, ...notes: string[]): Passage => ({ sparkType, verdict: 'retyped', notes });
const loses = (sparkType: string, ...notes: string[]): Passage => ({ sparkType, verdict: 'may_lose', notes });
const unreadable = (note: string): Passage => ({ sparkType: null, verdict: 'unreadable', notes: [note] });

const NATIVE: Readonly<Record<NativeTypeName, Passage>> = {
  ascii: exact('string'),
  text: exact('string'),
  boolean: exact('boolean'),
  tinyint: exact('tinyint'),
  smallint: exact('smallint'),
  int: exact('int'),
  bigint: exact('bigint'),
  float: exact('float'),
  double: exact('double'),
  blob: exact('binary'),
  uuid: retyped('string', 'Written as text.'),
  timeuuid: retyped('string', 'Written as text.'),
  date: exact('date', 'A date outside the years 1 to 9999 may end the job.'),
  counter: retyped('bigint'),
  inet: retyped('string', 'Written as text; IPv6 addresses without “::”.'),
  time: retyped('bigint', 'Written as nanoseconds since midnight.'),
  decimal: loses(
    'decimal(38,18)',
    'All values get 18 decimal places: smaller ones are cut, down to 0. More than 20 digits before the point end the job.',
  ),
  varint: loses('decimal(38,0)', 'A number of more than 38 digits becomes null or ends the job.'),
  timestamp: loses(
    'timestamp',
    'Times before 1582-10-15 may shift by days. A time more than 292,000 years from 1970 ends the job.',
  ),
  duration: loses('string', 'A duration of zero becomes empty text.'),
};

const SEVERITY: Readonly<Record<SparkVerdict, number>> = { exact: 0, retyped: 1, may_lose: 2, unreadable: 3 };

/** The passage of a value that holds others: as bad as the worst of them. */
function holding(own: Passage, parts: readonly Passage[]): Passage {
  const all = [own, ...parts];
  const worst = all.reduce((a, b) => (SEVERITY[b.verdict] > SEVERITY[a.verdict] ? b : a));
  const notes = [...new Set(all.flatMap((one) => one.notes))];
  return { sparkType: worst.sparkType === null ? null : own.sparkType, verdict: worst.verdict, notes };
}

const EMPTY_IS_NULL = 'A missing collection is written as an empty one; Cassandra does not tell them apart.';
const FROZEN_EMPTY = 'Null becomes an empty collection.';

function collection(sparkType: string, isFrozen: boolean): Passage {
  return isFrozen ? loses(sparkType, FROZEN_EMPTY) : retyped(sparkType, EMPTY_IS_NULL);
}

/** The passage of a value of this type. @param isNested it is part of another value, where Cassandra has no null collection */
function passageOf(type: CqlType, isNested = false): Passage {
  const inner = (one: CqlType) => passageOf(one, true);
  switch (type.kind) {
    case 'native':
      return NATIVE[type.name];
    case 'list':
    case 'set': {
      const of = inner(type.of);
      return holding(collection(`array<${of.sparkType}>`, type.frozen === true || isNested), [of]);
    }
    case 'map': {
      const [key, value] = [inner(type.key), inner(type.value)];
      return holding(collection(`map<${key.sparkType},${value.sparkType}>`, type.frozen === true || isNested), [
        key,
        value,
      ]);
    }
    case 'tuple':
      return holding(retyped('struct'), type.of.map(inner));
    case 'udt':
      return holding(
        retyped('struct'),
        type.fields.map((field) => inner(field.type)),
      );
    case 'vector': {
      const isNumbers = type.of.kind === 'native' && ['float', 'double', 'int', 'bigint'].includes(type.of.name);
      if (!isNumbers) return unreadable('The connector reads vectors of numbers only.');
      const of = inner(type.of);
      return holding(retyped(`array<${of.sparkType}>`, 'Written as an array.'), [of]);
    }
    case 'custom':
      return unreadable('The connector does not know this type.');
    default:
      return type satisfies never;
  }
}

/**
 * What becomes of each column's values when Spark reads a table.
 * @param format of the files; null: rows go to another table
 */
export function columnsInSpark(columns: readonly ColumnShape[], format: SparkFormat | null): SparkColumn[] {
  return columns.map((column) => {
    const { sparkType, verdict, notes } = asWritten(wholePassage(column.type), column, format);
    return { column: column.name, type: formatCqlType(column.type), sparkType, verdict, notes: [...notes] };
  });
}

/** A duration of zero is lost only inside other values: as a column, the script puts it right. */
function wholePassage(type: CqlType): Passage {
  return type.kind === 'native' && type.name === 'duration' ? retyped('string', 'Written as text.') : passageOf(type);
}

/** CSV and JSON have text for what Parquet has types for. */
function asWritten(passage: Passage, { type }: ColumnShape, format: SparkFormat | null): Passage {
  if (format === null || format === 'parquet' || passage.verdict === 'unreadable') return passage;
  if (type.kind === 'native') {
    return type.name === 'blob' ? retyped('string', 'Written as 0x and hex digits.') : passage;
  }
  const blobs = formatCqlType(type).includes('blob') ? ['Blobs in it are Base64.'] : [];
  return holding(format === 'csv' ? retyped('string', 'Written as JSON.', ...blobs) : retyped('json', ...blobs), [
    passage,
  ]);
}

const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Why Spark cannot read a table at all; empty: it can. */
export function tableProblems({ partitionKey, isVirtual }: TableShape): string[] {
  const odd = partitionKey.filter((name) => !PLAIN_KEY.test(name));
  return [
    ...(isVirtual ? ['A virtual table belongs to one node, and Spark cannot split it.'] : []),
    ...odd.map(
      (name) => `The connector cannot read a table whose partition key has a name such as “${name}”. Move it here.`,
    ),
  ];
}

/** Why Spark must not write to a table; empty: it may. */
export function targetProblems(table: TableShape): string[] {
  const counters = table.columns.filter(({ type }) => type.kind === 'native' && type.name === 'counter');
  const [first] = counters;
  return [
    ...tableProblems(table),
    ...(table.isView ? ['A materialized view is filled by Cassandra: write to its table.'] : []),
    ...(first === undefined
      ? []
      : [`“${first.name}” is a counter: Spark may run a task again, and each run would add to it.`]),
  ];
}

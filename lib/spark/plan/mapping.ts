import type { MappedColumn, Mapping, Step } from '@/lib/contract/transforms';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { formatCqlType, fullTypeText, parseCqlType, type UdtLookup } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import { groupClass, numberPattern } from '@/lib/transform/number-format';
import { fromText, TEXT, textConstant } from './from-text';
import { SPARK_TYPES, SparkRefusal, sqlName, sqlText, zeroDuration } from './sql';

/** A column that is written: its value, and when a row's value does not fit. */
export interface SqlColumn {
  readonly name: string;
  /** Spark SQL. */
  readonly value: string;
  /** Spark SQL, each true for a row that cannot be written, with the reason. */
  readonly faults: readonly { readonly when: string; readonly reason: string }[];
}

/** Where the fields of a mapping come from. */
export interface Fields {
  /** The type of a field; undefined: there is no such field. Text for CSV and JSON. */
  readonly typeOf: (field: string) => CqlType | undefined;
  readonly udts: UdtLookup;
}

/** A value on its way: Spark SQL, its CQL type, and what can go wrong. */
interface Moment {
  readonly sql: string;
  readonly type: CqlType;
  readonly faults: SqlColumn['faults'];
}

/**
 * The columns of a target as Spark SQL over the fields of the source.
 * @throws SparkRefusal naming the column and the step that SQL cannot express
 */
export function mappedColumns(mapping: Mapping, target: TableShape, fields: Fields): SqlColumn[] {
  const columns = mapping.map((mapped) => mappedColumn(mapped, target, fields));
  const named = new Set(columns.map(({ name }) => name));
  if (named.size < columns.length) throw new SparkRefusal('A column is mapped twice.');
  const missing = [...target.partitionKey, ...target.clusteringKey].filter((name) => !named.has(name));
  if (missing.length > 0) throw new SparkRefusal(`The mapping has no value for the key: ${missing.join(', ')}.`);
  return columns;
}

function mappedColumn(mapped: MappedColumn, target: TableShape, fields: Fields): SqlColumn {
  const { to, from, steps, ttl, timestamp } = mapped;
  const column = target.columns.find(({ name }) => name === to);
  if (column === undefined) throw new SparkRefusal(`The target has no column “${to}”.`);
  if (ttl !== undefined || timestamp !== undefined) {
    throw new SparkRefusal(
      `The connector takes one TTL and write time for a row, so “${to}” cannot have its own: name a field for whole rows.`,
    );
  }
  const begin: Moment =
    'constant' in from ? constant(from.constant, column) : field(from.field, fields.typeOf(from.field));
  const changed = steps.reduce((moment, step) => stepped(moment, step, to, fields.udts), begin);
  const { sql, faults } = assigned(changed, column);
  return { name: to, value: sql, faults: [...faults, ...keyFaults(sql, column)] };
}

function field(name: string, type: CqlType | undefined): Moment {
  if (type === undefined) throw new SparkRefusal(`The source has no field “${name}”.`);
  return { sql: sqlName(name), type, faults: [] };
}

function constant(literal: string, { name, type }: ColumnShape): Moment {
  const text = textConstant(literal);
  if (text === null) throw new SparkRefusal(`The constant of “${name}” must be a text, a number, a boolean or a uuid.`);
  const moment = { sql: sqlText(text), type: TEXT, faults: [] };
  return type.kind === 'native' ? moment : unfit(moment, type, name);
}

function stepped(moment: Moment, step: Step, to: string, udts: UdtLookup): Moment {
  const { sql, type, faults } = moment;
  if (step.do !== 'cast' && !isText(type)) {
    throw new SparkRefusal(`“${to}”: ${step.do} changes text, and this is ${formatCqlType(type)}.`);
  }
  switch (step.do) {
    case 'trim':
      return { ...moment, sql: trimmed(sql) };
    case 'null_if':
      return { ...moment, sql: `nullif(${sql}, ${sqlText(step.text)})` };
    case 'split': {
      const parts = `split(${sql}, ${sqlText(regexOf(step.by))}, -1)`;
      const empty = 'CAST(array() AS ARRAY<STRING>)';
      return { sql: `if(${sql} = '', ${empty}, ${parts})`, type: { kind: 'list', of: TEXT }, faults };
    }
    case 'date_format':
      return dated(moment, step, to);
    case 'number_format':
      return numbered(moment, step, to);
    case 'cast':
      return cast(moment, parseCqlType(step.to, udts), to);
    default:
      return step satisfies never;
  }
}

function trimmed(sql: string): string {
  return `regexp_replace(${sql}, '^[ \\\\t\\\\r\\\\n]+|[ \\\\t\\\\r\\\\n]+$', '')`;
}

/** A text as a pattern of Java that means exactly it. */
function regexOf(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}

/** The letters that mean the same to Spark and to Ringside. */
const SHARED_FORMAT = /^(?:yyyy|MM|dd|HH|mm|ss|SSS|[-./: ]|'T'|'Z')+$/;

function dated({ sql, faults }: Moment, step: Step & { do: 'date_format' }, to: string): Moment {
  if (!SHARED_FORMAT.test(step.format)) {
    throw new SparkRefusal(`“${to}”: Spark reads dates by yyyy, MM, dd, HH, mm, ss and SSS, not by “${step.format}”.`);
  }
  const local = `try_to_timestamp(${sql}, ${sqlText(step.format)})`;
  const value = step.zone === undefined ? local : `to_utc_timestamp(${local}, ${sqlText(step.zone)})`;
  const reason = `${to}: not a time like ${step.format}`;
  return { sql: value, type: native('timestamp'), faults: [...faults, fault(sql, value, reason)] };
}

function numbered({ sql, type, faults }: Moment, step: Step & { do: 'number_format' }, to: string): Moment {
  const { decimal, group } = step;
  const number = trimmed(sql);
  const bare = group === undefined ? number : `regexp_replace(${number}, ${sqlText(groupClass(group))}, '')`;
  const value = `if(${number} rlike ${sqlText(numberPattern(step))}, replace(${bare}, '${decimal}', '.'), NULL)`;
  return { sql: value, type, faults: [...faults, fault(sql, value, `${to}: not a number with ${decimal}`)] };
}

function fault(before: string, after: string, reason: string) {
  return { when: `${before} IS NOT NULL AND ${after} IS NULL`, reason };
}

const native = (name: 'timestamp' | 'text'): CqlType => ({ kind: 'native', name });
const isText = (type: CqlType) => type.kind === 'native' && (type.name === 'text' || type.name === 'ascii');

/** Whole numbers, the narrowest first. */
const WHOLE: readonly string[] = ['tinyint', 'smallint', 'int', 'bigint', 'varint'];
/** Types whose every value is one of the other type. */
const WIDER: Readonly<Record<string, readonly string[]>> = {
  tinyint: ['smallint', 'int', 'bigint', 'varint', 'text'],
  smallint: ['int', 'bigint', 'varint', 'text'],
  int: ['bigint', 'varint', 'double', 'text'],
  bigint: ['varint', 'text'],
  float: ['double'],
  ascii: ['text'],
  timeuuid: ['uuid', 'text'],
  uuid: ['text'],
  inet: ['text'],
  boolean: ['text'],
};

/** A step that asks for a type: what does not fit becomes a fault of the row. */
function cast(moment: Moment, to: CqlType, column: string): Moment {
  if (isSame(moment.type, to)) return { ...moment, type: to };
  if (isText(moment.type)) return parsed(moment, to, column);
  if (moment.type.kind !== 'native' || to.kind !== 'native') return unfit(moment, to, column);
  const [from, name] = [moment.type.name, to.name];
  const isNarrower = WHOLE.includes(from) && WHOLE.includes(name);
  if (!isNarrower && WIDER[from]?.includes(name) !== true) return unfit(moment, to, column);
  const value = `try_cast(${moment.sql} AS ${SPARK_TYPES[name]})`;
  return { sql: value, type: to, faults: [...moment.faults, fault(moment.sql, value, `${column}: not ${name}`)] };
}

function parsed(moment: Moment, to: CqlType, column: string): Moment {
  const value = fromText(moment.sql, to);
  if (value === null) return unfit(moment, to, column);
  if (value === moment.sql) return { ...moment, type: to };
  const reason = `${column}: not ${formatCqlType(to)}`;
  return { sql: value, type: to, faults: [...moment.faults, fault(moment.sql, value, reason)] };
}

/** What is left of a value becomes the column's. */
function assigned(moment: Moment, { name, type }: ColumnShape): Moment {
  if (isSame(moment.type, type)) return writable(moment, name);
  if (isText(moment.type)) return parsed(moment, type, name);
  if (isListOfText(moment.type) && (type.kind === 'list' || type.kind === 'set')) return elements(moment, type, name);
  if (moment.type.kind === 'native' && type.kind === 'native') {
    const [from, to] = [moment.type.name, type.name];
    if (WIDER[from]?.includes(to) === true) return cast(moment, type, name);
    if (WHOLE.includes(from) && WHOLE.includes(to)) {
      throw new SparkRefusal(
        `“${name}” is ${to} and gets ${from}: the connector writes 0 for what does not fit. Add a cast to ${to}, which keeps such rows apart.`,
      );
    }
    if (from === 'timestamp' && to === 'date') {
      return { ...moment, sql: `CAST(${moment.sql} AS DATE)`, faults: [...moment.faults, midnight(moment.sql, name)] };
    }
  }
  return unfit(moment, type, name);
}

/** What the connector reads and yet cannot write: a duration of zero, which it reads as empty text, and a null tuple. */
function writable(moment: Moment, name: string): Moment {
  const { sql, type, faults } = moment;
  if (type.kind === 'tuple') {
    return {
      ...moment,
      faults: [...faults, { when: `${sql} IS NULL`, reason: `${name}: the connector writes no null tuple` }],
    };
  }
  return type.kind === 'native' && type.name === 'duration' ? { ...moment, sql: zeroDuration(sql) } : moment;
}

function midnight(sql: string, name: string) {
  return { when: `date_trunc('DAY', ${sql}) <> ${sql}`, reason: `${name}: not a whole day` };
}

function isListOfText(type: CqlType): boolean {
  return type.kind === 'list' && isText(type.of);
}

function elements(moment: Moment, type: CqlType & { kind: 'list' | 'set' }, column: string): Moment {
  const value = fromText('x', type.of);
  if (value === null) return unfit(moment, type, column);
  if (value === 'x') return { ...moment, type };
  const sql = `transform(${moment.sql}, x -> ${value})`;
  const when = `exists(${sql}, x -> x IS NULL)`;
  const reason = `${column}: an element is not ${formatCqlType(type.of)}`;
  return { sql, type, faults: [...moment.faults, { when, reason }] };
}

function unfit({ type }: Moment, to: CqlType, column: string): never {
  const [from, into] = [formatCqlType(type), formatCqlType(to)];
  throw new SparkRefusal(`“${column}”: Spark SQL cannot make ${into} of ${from} exactly. Move it here instead.`);
}

/** The same type for the connector: frozen or not is Cassandra's matter. */
function isSame(one: CqlType, other: CqlType): boolean {
  return bare(one) === bare(other);
}

function bare(type: CqlType): string {
  return fullTypeText(type).replaceAll('frozen<', '').replaceAll('>', '');
}

/** Cassandra has no null in a key, and no empty text as a whole partition key. */
function keyFaults(sql: string, { name, type, kind }: ColumnShape): SqlColumn['faults'] {
  if (kind !== 'partition_key' && kind !== 'clustering') return [];
  const missing = { when: `${sql} IS NULL`, reason: `${name}: the key is missing` };
  if (kind === 'clustering' || !isText(type)) return [missing];
  return [missing, { when: `${sql} = ''`, reason: `${name}: the key is empty` }];
}

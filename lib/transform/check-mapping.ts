import type { BindOptions } from '@/lib/contract/load-sources';
import type { MappedColumn } from '@/lib/contract/transforms';
import { nearest } from '@/lib/cql/help/nearest';
import { ValueError } from '@/lib/wire/errors';
import type { CqlTable } from '@/lib/wire/file-format';
import { fieldEncoder } from './encode-field';
import { compileSteps } from './steps';

/** What is wrong with a mapping, before any row is read. */
export interface MappingProblem {
  /** Null: the mapping as a whole. */
  readonly column: string | null;
  readonly problem: string;
}

type Options = Pick<BindOptions, 'mapping' | 'timestamp' | 'ttl'>;
type Column = CqlTable['columns'][number];

/** Every problem of a mapping with a table; empty where rows can be bound. */
export function checkMapping({ mapping, ttl, timestamp }: Options, table: CqlTable): MappingProblem[] {
  const counter = table.columns.find(({ type }) => type.kind === 'native' && type.name === 'counter');
  if (counter !== undefined) return [counterProblem(counter, table)];
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const problems = mapping.flatMap((mapped, at): MappingProblem[] => {
    const column = columns.get(mapped.to);
    if (column === undefined) return [{ column: mapped.to, problem: unknownColumn(mapped.to, table) }];
    if (mapping.findIndex(({ to }) => to === mapped.to) < at)
      return [{ column: mapped.to, problem: 'It is mapped twice.' }];
    return columnProblems(mapped, column);
  });
  return [...problems, ...missingKeys(mapping, table), ...usingProblems(ttl, timestamp)];
}

function counterProblem({ name }: Column, { keyspace, table }: CqlTable): MappingProblem {
  return {
    column: name,
    problem:
      `${keyspace}.${table} has counters, which can only be added to: a row that is sent again would count twice. ` +
      `Run UPDATE … SET ${name} = ${name} + ? for each row of a list instead, into an empty table.`,
  };
}

function unknownColumn(name: string, table: CqlTable): string {
  const like = nearest(
    name,
    table.columns.map((column) => column.name),
  );
  return `${table.keyspace}.${table.table} has no such column.${like === undefined ? '' : ` Is ${like} meant?`}`;
}

function columnProblems({ to, from, steps, ttl, timestamp }: MappedColumn, { type, kind }: Column): MappingProblem[] {
  const problems: MappingProblem[] = [];
  const check = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      problems.push({ column: to, problem: `${error.message}.` });
    }
  };
  check(() => compileSteps(steps, type));
  if ('constant' in from) {
    if (/^\s*null\s*$/i.test(from.constant)) {
      if (isKey(kind)) problems.push({ column: to, problem: 'A primary key column cannot be null.' });
    } else check(() => fieldEncoder(type, { form: 'literal', emptyText: 'refused', room })(from.constant));
  }
  if (isKey(kind) && (ttl !== undefined || timestamp !== undefined)) {
    problems.push({ column: to, problem: 'A primary key column has neither a TTL nor a write time.' });
  }
  return problems;
}

const room = (bytes: number) => new Uint8Array(bytes);

function isKey(kind: Column['kind']): boolean {
  return kind === 'partition_key' || kind === 'clustering';
}

/** Without clustering columns static ones can still be written. */
function missingKeys(mapping: Options['mapping'], { columns }: CqlTable): MappingProblem[] {
  const mapped = new Set(mapping.map(({ to }) => to));
  const written = columns.filter(({ name }) => mapped.has(name));
  const isStaticOnly =
    written.some(({ kind }) => kind === 'static') &&
    written.every(({ kind }) => kind === 'static' || kind === 'partition_key');
  return columns
    .filter(
      ({ name, kind }) => !mapped.has(name) && (kind === 'partition_key' || (kind === 'clustering' && !isStaticOnly)),
    )
    .map(({ name }) => ({
      column: name,
      problem: 'A primary key column needs a value: map a field or a constant to it.',
    }));
}

/** The highest TTL that Cassandra takes: 20 years of 365 days (`Attributes.MAX_TTL`). */
export const MOST_TTL_SECONDS = 20 * 365 * 24 * 60 * 60;
const INT_64 = 64;

function usingProblems(ttl: Options['ttl'], timestamp: Options['timestamp']): MappingProblem[] {
  const problems: MappingProblem[] = [];
  if (
    ttl !== undefined &&
    'constant' in ttl &&
    !(Number(ttl.constant) >= 0 && Number(ttl.constant) <= MOST_TTL_SECONDS)
  ) {
    problems.push({ column: null, problem: `A TTL is a number of seconds from 0 to ${MOST_TTL_SECONDS}.` });
  }
  const micros = timestamp !== undefined && 'constant' in timestamp ? BigInt(timestamp.constant) : 0n;
  if (BigInt.asIntN(INT_64, micros) !== micros) {
    problems.push({ column: null, problem: 'A write time is a number of microseconds in 64 bits.' });
  }
  return problems;
}

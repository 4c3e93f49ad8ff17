import type { BindOptions, UsingOrigin } from '@/lib/contract/load-sources';
import type { MappedColumn } from '@/lib/contract/transforms';
import { literalJson } from '@/lib/wire/cql-literal';
import { ValueError } from '@/lib/wire/errors';
import type { CqlTable } from '@/lib/wire/file-format';
import { checkMapping, type MappingProblem, MOST_TTL_SECONDS } from './check-mapping';
import { type FieldEncoder, fieldEncoder } from './encode-field';
import type { Bound, Field, FieldForm, FieldRow, Problem, Using, Write } from './fields';
import type { Room } from './quick-encoders';
import { compileSteps, type StepRun } from './steps';

/** A mapping that no row can be bound with. */
export class MappingError extends Error {
  override readonly name = 'MappingError';

  constructor(readonly problems: readonly MappingProblem[]) {
    super(problems.map(({ column, problem }) => (column === null ? problem : `${column}: ${problem}`)).join(' '));
  }
}

interface BoundColumn {
  readonly name: string;
  readonly kind: CqlTable['columns'][number]['kind'];
  /** Null for a constant. */
  readonly field: string | null;
  readonly constant: Uint8Array | null;
  readonly run: StepRun | null;
  readonly encode: FieldEncoder;
  readonly ttl: string | null;
  readonly timestamp: string | null;
}

type Value = Uint8Array | null | undefined;

/** Keys are stored with their length in 16 bits. */
const MOST_KEY_BYTES = 65_535;
/** How much of a value a problem shows. */
const SHOWN_CHARACTERS = 120;

/** Makes typed rows of fields, by a mapping that was compiled once. */
export class RowBinder {
  /** The columns that are written, in the order of `values`. */
  readonly columns: readonly string[];
  private readonly bound: readonly BoundColumn[];
  private readonly hasExtras: boolean;
  private readonly hasStatics: boolean;
  /** Nothing but static columns is mapped. */
  private readonly isStaticMapping: boolean;
  private readonly hasOneKey: boolean;
  /** Where the fields are among the names of the latest row; -1: it has none of the name. */
  private names: readonly string[] | null = null;
  private places: Int32Array;

  /**
   * @param room makes room for the bytes of one value; a server passes `Buffer.allocUnsafe`
   * @throws MappingError
   */
  constructor(
    private readonly options: BindOptions,
    table: CqlTable,
    form: FieldForm,
    room: Room = (bytes) => new Uint8Array(bytes),
  ) {
    const problems = checkMapping(options, table);
    if (problems.length > 0) throw new MappingError(problems);
    const kinds = new Map(table.columns.map((column) => [column.name, column]));
    this.bound = options.mapping.flatMap((mapped) => {
      const column = kinds.get(mapped.to);
      return column === undefined ? [] : [boundColumn(mapped, column, { form, emptyText: options.emptyText, room })];
    });
    this.columns = this.bound.map(({ name }) => name);
    this.hasExtras = this.bound.some(({ ttl, timestamp }) => ttl !== null || timestamp !== null);
    this.hasStatics = this.bound.some(({ kind }) => kind === 'static');
    this.isStaticMapping =
      this.hasStatics && this.bound.every(({ kind }) => kind === 'partition_key' || kind === 'static');
    this.hasOneKey = this.bound.filter(({ kind }) => kind === 'partition_key').length === 1;
    this.places = new Int32Array(this.bound.length);
  }

  /** Whether the value at a position of `columns` is part of the primary key. */
  isKey(at: number): boolean {
    const kind = this.bound[at]?.kind;
    return kind === 'partition_key' || kind === 'clustering';
  }

  /** The typed values of a row, or the first problem with them. */
  bind(row: FieldRow): Bound | Problem {
    if (row.names !== this.names) this.locate(row.names);
    const values = new Array<Value>(this.bound.length);
    for (let at = 0; at < values.length; at++) {
      const column = this.bound[at];
      if (column === undefined) continue;
      try {
        values[at] = this.valueOf(column, row.fields[this.places[at] ?? -1]);
      } catch (error) {
        if (error instanceof ValueError) return problemOf(column, row.fields[this.places[at] ?? -1], error.message);
        throw error;
      }
    }
    return this.rowOf(values, row);
  }

  private locate(names: readonly string[]): void {
    this.names = names;
    for (const [at, { field }] of this.bound.entries()) this.places[at] = field === null ? -1 : names.indexOf(field);
  }

  private valueOf(column: BoundColumn, field: Field): Value {
    if (column.field === null) return column.constant ?? this.nothing(column);
    if (field === undefined) return undefined;
    const value = column.run === null || field === null ? field : column.run(field);
    return value === null ? this.nothing(column) : column.encode(value);
  }

  /** What null is for a column. */
  private nothing({ kind }: BoundColumn): null | undefined {
    const isKey = kind === 'partition_key' || kind === 'clustering';
    return !isKey && this.options.nulls === 'tombstone' ? null : undefined;
  }

  private rowOf(values: Value[], row: FieldRow): Bound | Problem {
    let isStatic = false;
    for (let at = 0; at < values.length; at++) {
      const column = this.bound[at];
      if (column === undefined || !this.isKey(at)) continue;
      const value = values[at];
      if (value === undefined && column.kind === 'clustering' && this.isStaticOnly(values)) isStatic = true;
      else if (value === undefined || value === null) {
        return problemOf(column, null, 'a primary key column cannot be null: give it a value, or leave the row out');
      } else if (value.length === 0 && this.hasOneKey && column.kind === 'partition_key') {
        return problemOf(column, '', 'Cassandra takes no empty value as the whole partition key');
      } else if (value.length > MOST_KEY_BYTES) {
        const field = row.fields[this.places[at] ?? -1];
        return problemOf(column, field, `a key column has at most ${MOST_KEY_BYTES} bytes; this has ${value.length}`);
      }
    }
    if (isStatic) return this.writesOf(this.staticsOf(values), row, true);
    return this.writesOf(values, row, this.isStaticMapping);
  }

  /** True for a partition that has only static columns: its rows have no clustering columns and nothing else. */
  private isStaticOnly(values: readonly Value[]): boolean {
    if (!this.hasStatics) return false;
    return this.bound.every(({ kind }, at) => {
      const isThere = values[at] !== undefined && values[at] !== null;
      return kind === 'partition_key' || kind === 'static' || !isThere;
    });
  }

  private staticsOf(values: readonly Value[]): Value[] {
    return values.map((value, at) => {
      const kind = this.bound[at]?.kind;
      return kind === 'partition_key' || kind === 'static' ? value : undefined;
    });
  }

  private writesOf(values: Value[], row: FieldRow, isStatic: boolean): Bound | Problem {
    const using = this.usingOf(row);
    if ('kind' in using) return using;
    const whole: Write = { values, isStatic, ...using };
    if (!this.hasExtras) return { kind: 'bound', writes: [whole] };
    const groups = new Map<string, { using: Using; values: Value[] }>();
    for (const [at, column] of this.bound.entries()) {
      if (this.isKey(at) || values[at] === undefined) continue;
      const own = this.ownUsing(column, row, using);
      if ('kind' in own) return own;
      const key = `${own.ttlSeconds} ${own.timestampMicros}`;
      const group = groups.get(key) ?? { using: own, values: this.keysOf(values) };
      group.values[at] = values[at];
      groups.set(key, group);
    }
    if (groups.size === 0) return { kind: 'bound', writes: [whole] };
    return {
      kind: 'bound',
      writes: [...groups.values()].map((group) => ({ values: group.values, isStatic, ...group.using })),
    };
  }

  private keysOf(values: readonly Value[]): Value[] {
    return values.map((value, at) => (this.isKey(at) ? value : undefined));
  }

  /** What the options say, else the statement of the row. */
  private usingOf(row: FieldRow): Using | Problem {
    const { ttl, timestamp } = this.options;
    if (ttl === undefined && timestamp === undefined) return row.using ?? NO_USING;
    const ttlSeconds = ttl === undefined ? (row.using?.ttlSeconds ?? null) : ttlOf(countOf(ttl, row));
    const timestampMicros =
      timestamp === undefined ? (row.using?.timestampMicros ?? null) : microsOf(countOf(timestamp, row));
    return usingOrProblem(ttl, ttlSeconds, timestamp, timestampMicros, row);
  }

  private ownUsing({ ttl, timestamp }: BoundColumn, row: FieldRow, using: Using): Using | Problem {
    const origin = (field: string | null) => (field === null ? undefined : { field });
    const seconds = ttl === null ? null : ttlOf(countOf({ field: ttl }, row));
    const micros = timestamp === null ? null : microsOf(countOf({ field: timestamp }, row));
    const own = usingOrProblem(
      origin(ttl),
      // What is in its last second would live for ever with a TTL of 0.
      seconds === null || seconds === undefined ? seconds : Math.max(1, seconds),
      origin(timestamp),
      micros,
      row,
    );
    if ('kind' in own) return own;
    return {
      ttlSeconds: own.ttlSeconds ?? using.ttlSeconds,
      timestampMicros: own.timestampMicros ?? using.timestampMicros,
    };
  }
}

const NO_USING: Using = { ttlSeconds: null, timestampMicros: null };

function boundColumn(
  mapped: MappedColumn,
  { name, kind, type }: CqlTable['columns'][number],
  options: Parameters<typeof fieldEncoder>[1],
): BoundColumn {
  const { from, steps, ttl = null, timestamp = null } = mapped;
  const extras = { ttl, timestamp };
  if ('constant' in from) {
    const literal = fieldEncoder(type, { ...options, form: 'literal' });
    const constant = /^\s*null\s*$/i.test(from.constant) ? null : literal(from.constant);
    return { name, kind, field: null, constant, run: null, encode: literal, ...extras };
  }
  const run = compileSteps(steps, type);
  const base = { name, kind, field: from.field, constant: null, ...extras };
  if (run === null || options.form !== 'literal') return { ...base, run, encode: fieldEncoder(type, options) };
  // Steps change the text between the quotes of a literal.
  const bare: StepRun = (value) => run(typeof value === 'string' ? (literalJson(value, type) ?? value) : value);
  return { ...base, run: bare, encode: fieldEncoder(type, { ...options, form: 'text' }) };
}

function problemOf({ name, field }: BoundColumn, value: Field, expected: string): Problem {
  return { kind: 'problem', column: name, field, value: shown(value), expected };
}

function shown(value: Field): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS - 1)}…` : text;
}

/** The text of a number that a TTL or write time comes from; null where there is none. */
function countOf(origin: UsingOrigin, row: FieldRow): string | null {
  if ('constant' in origin) return origin.constant;
  const field = row.fields[row.names.indexOf(origin.field)];
  return field === undefined || field === null
    ? null
    : typeof field === 'string'
      ? field.trim()
      : JSON.stringify(field);
}

/** Undefined for what is no such number. */
function ttlOf(text: string | null): number | null | undefined {
  if (text === null) return null;
  const seconds = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return seconds <= MOST_TTL_SECONDS ? seconds : undefined;
}

function microsOf(text: string | null): bigint | null | undefined {
  if (text === null) return null;
  if (!/^-?\d{1,19}$/.test(text)) return undefined;
  const micros = BigInt(text);
  return BigInt.asIntN(64, micros) === micros ? micros : undefined;
}

function usingOrProblem(
  ttl: UsingOrigin | undefined,
  ttlSeconds: number | null | undefined,
  timestamp: UsingOrigin | undefined,
  timestampMicros: bigint | null | undefined,
  row: FieldRow,
): Using | Problem {
  if (ttlSeconds === undefined) {
    return usingProblem(ttl, row, `expected a TTL: whole seconds from 0 to ${MOST_TTL_SECONDS}`);
  }
  if (timestampMicros === undefined) {
    return usingProblem(timestamp, row, 'expected a write time: microseconds since 1970 as a whole number');
  }
  return { ttlSeconds, timestampMicros };
}

function usingProblem(origin: UsingOrigin | undefined, row: FieldRow, expected: string): Problem {
  const field = origin !== undefined && 'field' in origin ? origin.field : null;
  return {
    kind: 'problem',
    column: null,
    field,
    value: origin === undefined ? '' : shown(countOf(origin, row)),
    expected,
  };
}

import { isSameType } from '@/lib/compare/columns';
import type { MappedColumn, Mapping, Step } from '@/lib/contract/transforms';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { formatCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import { fieldEncoder } from '@/lib/transform/encode-field';
import { compileSteps } from '@/lib/transform/steps';
import { literalJson } from '@/lib/wire/cql-literal';
import { fromJson } from '@/lib/wire/encode';
import { ValueError } from '@/lib/wire/errors';
import { type Part, splitCollection } from '@/lib/wire/split';
import { toJson } from '@/lib/wire/values';
import { CopyError, type Field } from './fields';

/** When a cell was written and when it expires. Undefined: the copy does not keep it, or it is not known. */
export interface Age {
  /** 0: never. */
  readonly ttlSeconds: number | undefined;
  readonly micros: bigint | undefined;
  /** Its elements have several; these are the newest write time, and its TTL. */
  readonly isMerged: boolean;
}

/** Values for the mapped columns, in their order: undefined writes nothing, null a tombstone. */
export interface MappedRow {
  readonly values: readonly (Uint8Array | null | undefined)[];
  readonly ages: readonly Age[];
}

/** A row whose value cannot become a value of its column. */
export class MappingError extends ValueError {}

type Value = Uint8Array | null;

interface CompiledColumn {
  readonly shape: ColumnShape;
  readonly valueFrom: (cells: readonly Part[]) => Value;
  readonly ttlAt: number;
  readonly microsAt: number;
  /** The field that it comes from; null for a constant. */
  readonly origin: Field | null;
  /** It has exactly the origin's values. */
  readonly isCarried: boolean;
}

/** Of a field that has one value for all rows of a partition. */
const OF_PARTITION: ReadonlySet<Field['kind']> = new Set<Field['kind']>(['static', 'partition_key']);
const NO_AGE: Age = { ttlSeconds: undefined, micros: undefined, isMerged: false };

/** A mapping, checked against the fields and the target's columns once, and applied to every row. */
export class CopyMapper {
  readonly columns: readonly string[];
  /** Whether a static column has a value for each row and not for each partition. */
  readonly hasRowStatics: boolean;
  /** Whether any column keeps its TTL or write time. */
  readonly keepsAges: boolean;
  readonly #compiled: readonly CompiledColumn[];
  readonly #fields: readonly Field[];
  readonly #deletes: boolean;

  /** @throws CopyError naming what does not fit */
  constructor(mapping: Mapping, fields: readonly Field[], target: TableShape, nulls: 'leave' | 'delete') {
    checkMapping(mapping, target);
    this.#fields = fields;
    this.#deletes = nulls === 'delete';
    this.#compiled = mapping.map((column) => compiled(column, fields, target));
    this.columns = mapping.map(({ to }) => to);
    this.keepsAges = this.#compiled.some(({ ttlAt, microsAt }) => ttlAt !== -1 || microsAt !== -1);
    this.hasRowStatics = this.#compiled.some(
      ({ shape, origin }) => shape.kind === 'static' && origin !== null && !OF_PARTITION.has(origin.kind),
    );
  }

  /** The kinds of the mapped columns, in their order. */
  get kinds(): readonly ColumnShape['kind'][] {
    return this.#compiled.map(({ shape }) => shape.kind);
  }

  /** The field whose values a column has exactly, and not a mask of them; null: it has others, or is not mapped. */
  carriedBy(column: string): Field | null {
    const found = this.#compiled.find(({ shape }) => shape.name === column);
    return found?.isCarried === true && found.origin?.isMasked !== true ? found.origin : null;
  }

  /** Whether a field goes into any column. */
  uses(field: string): boolean {
    return this.#compiled.some(({ origin }) => origin?.name === field);
  }

  /** @throws MappingError naming the column */
  row(cells: readonly Part[]): MappedRow {
    const values: (Value | undefined)[] = [];
    const ages: Age[] = [];
    for (const column of this.#compiled) {
      const value = valueIn(column, cells);
      values.push(value === null && !this.#deletes ? undefined : value);
      ages.push(value === null ? NO_AGE : this.#ageOf(column, cells));
    }
    return { values, ages };
  }

  #ageOf({ ttlAt, microsAt }: CompiledColumn, cells: readonly Part[]): Age {
    if (ttlAt === -1 && microsAt === -1) return NO_AGE;
    const micros = microsAt === -1 ? [] : numbersIn(cells[microsAt] ?? null, this.#fields[microsAt]?.type);
    const ttls = ttlAt === -1 ? [] : numbersIn(cells[ttlAt] ?? null, this.#fields[ttlAt]?.type);
    const newest = micros.reduce<bigint | null>(
      (most, one) => (one !== null && (most === null || one > most) ? one : most),
      null,
    );
    const at = Math.max(0, micros.indexOf(newest));
    const ttl = ttls[at] ?? null;
    return {
      // What is in its last second would live for ever with a TTL of 0.
      ttlSeconds: ttlAt === -1 ? undefined : ttl === null ? 0 : Math.max(1, Number(ttl)),
      micros: newest ?? undefined,
      isMerged: new Set(micros).size > 1 || new Set(ttls).size > 1,
    };
  }
}

/** Columns outside the key that have exactly the values of the source's column of the same name. */
export function carriedColumns(mapper: CopyMapper, target: TableShape): string[] {
  const others = target.columns.filter(({ kind }) => kind === 'regular' || kind === 'static');
  return others.flatMap(({ name }) => (mapper.carriedBy(name)?.name === name ? [name] : []));
}

function checkMapping(mapping: Mapping, target: TableShape): void {
  const names = new Set<string>();
  for (const { to } of mapping) {
    if (names.has(to)) throw new CopyError(`“${to}” is mapped twice.`);
    names.add(to);
  }
  const missing = [...target.partitionKey, ...target.clusteringKey].find((name) => !names.has(name));
  if (missing !== undefined)
    throw new CopyError(`“${missing}” is part of the target’s primary key, so it needs a value.`);
}

function compiled(column: MappedColumn, fields: readonly Field[], target: TableShape): CompiledColumn {
  const shape = target.columns.find(({ name }) => name === column.to);
  if (shape === undefined) throw new CopyError(`The target has no column “${column.to}”.`);
  const placeOf = (name: string | undefined) =>
    name === undefined ? -1 : fields.findIndex((field) => field.name === name);
  const ages = { ttlAt: ageAt(column.ttl, placeOf), microsAt: ageAt(column.timestamp, placeOf) };
  const { from } = column;
  if ('constant' in from) {
    const bytes = constantBytes(column.to, from.constant, shape.type);
    return { shape, ...ages, origin: null, isCarried: false, valueFrom: () => bytes };
  }
  const at = placeOf(from.field);
  const origin = fields[at];
  if (origin === undefined)
    throw new CopyError(`The source has no column “${from.field}”, which “${column.to}” is mapped from.`);
  if (column.steps.length === 0 && isCarried(origin.type, shape.type)) {
    return { shape, ...ages, origin, isCarried: true, valueFrom: (cells) => cells[at] ?? null };
  }
  const convert = conversion(column.steps, origin, shape);
  return { shape, ...ages, origin, isCarried: false, valueFrom: (cells) => convert(cells[at] ?? null) };
}

function ageAt(name: string | undefined, placeOf: (name: string | undefined) => number): number {
  const at = placeOf(name);
  if (name !== undefined && at === -1) throw new CopyError(`The source has no field “${name}”.`);
  return at;
}

/** The bytes of one type are those of the other: frozen or not, and a counter's value is a bigint. */
function isCarried(from: CqlType, to: CqlType): boolean {
  return isSameType(from, to) || (isNative(from, 'counter') && isNative(to, 'bigint'));
}

function isNative(type: CqlType, name: string): boolean {
  return type.kind === 'native' && type.name === name;
}

function constantBytes(column: string, text: string, type: CqlType): Value {
  const json = literalJson(text, type);
  if (json !== undefined) return orCopyError(column, () => fromJson(json, type));
  throw new CopyError(
    `“${column}”: ${text} is not a CQL literal of ${formatCqlType(type)}.`,
    "Write texts in quotes: 'masked'.",
  );
}

/** @throws CopyError for steps that make no sense, and for a type that needs one */
function conversion(steps: readonly Step[], field: Field, { name, type }: ColumnShape): (value: Part) => Value {
  if (!steps.some(converts) && !isCarried(field.type, type)) {
    const [was, is] = [formatCqlType(field.type), formatCqlType(type)];
    if (field.isMasked === true) {
      throw new CopyError(
        `“${field.name}” is masked for you, and “${name}” is ${is}, of which ••• is no value.`,
        'Leave the column out, or give it a constant.',
      );
    }
    throw new CopyError(
      `“${name}” is ${is}, and “${field.name}” is ${was}.`,
      `Add a cast to ${is}, or leave the column out.`,
    );
  }
  const run = orCopyError(name, () => compileSteps(steps, type));
  const encode = fieldEncoder(type, { form: 'json', emptyText: 'value', room: Buffer.allocUnsafe });
  return (value) => {
    if (value === null) return null;
    const json = toJson(value, field.type);
    const changed = run === null ? json : run(json);
    return changed === null ? null : encode(changed);
  };
}

/** Whether a step makes a value of another type. */
function converts({ do: does }: Step): boolean {
  return does === 'cast' || does === 'split' || does === 'date_format' || does === 'number_format';
}

function orCopyError<T>(column: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ValueError) throw new CopyError(`“${column}”: ${error.message}.`);
    throw error;
  }
}

function valueIn({ shape, valueFrom }: CompiledColumn, cells: readonly Part[]): Value {
  try {
    return valueFrom(cells);
  } catch (error) {
    if (error instanceof MappingError || !(error instanceof ValueError)) throw error;
    throw new MappingError(`${shape.name}: ${error.message}`);
  }
}

/** Whole numbers of a cell: one, or one for each element. */
function numbersIn(cell: Part, type: CqlType | undefined): (bigint | null)[] {
  if (cell === null || type === undefined) return [];
  if (type.kind === 'list')
    return splitCollection(cell).flatMap((part) => numbersIn(part, type.of).concat(part === null ? [null] : []));
  const json = toJson(cell, type);
  return [json === null ? null : BigInt(String(json))];
}

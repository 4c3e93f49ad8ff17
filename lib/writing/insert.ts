import 'server-only';
import type { RowStatement } from '@/lib/cassandra/write/send-rows';
import { isCounterTable } from '@/lib/cql/mutation/checks';
import { filledInsert, joined, usingPieces } from '@/lib/cql/mutation/frames';
import type { MutatedTable } from '@/lib/cql/mutation/nodes';
import { isFrozen } from '@/lib/cql/mutation/places';
import { invalidRequest } from '@/lib/failure';
import { routingKey } from '@/lib/ring/murmur3';
import type { RowPart } from './rows';

/** Bytes of a request for each row beside its values. */
const ROW_BYTES = 64;
const NO_BYTES = new Uint8Array();

/** How rows of a table are written: one prepared INSERT, and another for partitions that have static values alone. */
export class RowInsert {
  /** With a `?` for each value, the write time and the TTL, in this order. */
  readonly statement: string;
  readonly #staticStatement: string | null;
  /** Positions among the columns. */
  readonly #partition: readonly number[];
  readonly #clustering: readonly number[];
  readonly #static: readonly number[];
  readonly #lists: readonly number[];
  /** Of values that are many cells each. */
  readonly #collections: readonly number[];

  /**
   * @param columns that are bound, the key's among them
   * @throws Failure `invalid_request` for a table of counters, a key column that is missing, a column that is not there
   */
  constructor(table: MutatedTable, columns: readonly string[]) {
    checkColumns(table, columns);
    const { shape } = table;
    const kinds = new Map(shape.columns.map((column) => [column.name, column]));
    const at = (is: (name: string) => boolean) => columns.flatMap((name, position) => (is(name) ? [position] : []));
    this.#partition = shape.partitionKey.map((name) => columns.indexOf(name));
    this.#clustering = at((name) => kinds.get(name)?.kind === 'clustering');
    this.#static = [...this.#partition, ...at((name) => kinds.get(name)?.kind === 'static')];
    this.#lists = at((name) => {
      const type = kinds.get(name)?.type;
      return type?.kind === 'list' && !isFrozen(type);
    });
    this.#collections = at((name) => {
      const type = kinds.get(name)?.type;
      return type !== undefined && !isFrozen(type);
    });
    this.statement = textOf(table, columns);
    const hasStatic = this.#clustering.length > 0 && this.#static.length > this.#partition.length;
    this.#staticStatement = hasStatic
      ? textOf(
          table,
          this.#static.map((position) => columns[position] ?? ''),
        )
      : null;
  }

  /** A value of a list that is not frozen: written again at the same time, its elements are there twice. */
  addsElements({ values }: RowPart): boolean {
    return this.#lists.some((position) => isGiven(values[position]));
  }

  /** A value with cells for its elements or fields, so that the server counts more bytes for it than the request has. */
  hasCollections({ values }: RowPart): boolean {
    return this.#collections.some((position) => isGiven(values[position]));
  }

  /** The key of a row's partition. */
  keyOf({ values }: RowPart): Uint8Array {
    const [only = 0] = this.#partition;
    if (this.#partition.length === 1) return values[only] ?? NO_BYTES;
    return routingKey(this.#partition.map((position) => values[position] ?? NO_BYTES));
  }

  statementOf({ values, ttlSeconds, timestampMicros }: RowPart): RowStatement {
    const statement = this.#staticStatement;
    if (statement === null || !this.#clustering.every((at) => !isGiven(values[at]))) {
      return { statement: this.statement, values, ttlSeconds, timestampMicros };
    }
    return { statement, values: this.#static.map((position) => values[position]), ttlSeconds, timestampMicros };
  }
}

/** Bytes of a part in a request, about. */
export function bytesOf({ values }: RowPart): number {
  let bytes = ROW_BYTES;
  for (const value of values) bytes += 4 + (value?.length ?? 0);
  return bytes;
}

function isGiven(value: Uint8Array | null | undefined): boolean {
  return value !== null && value !== undefined;
}

function textOf(table: MutatedTable, columns: readonly string[]): string {
  const pieces = [
    ...filledInsert(
      table,
      columns,
      columns.map(() => '?'),
    ),
    ...usingPieces('?', '?'),
  ];
  return joined([pieces], '').join('');
}

function checkColumns(table: MutatedTable, columns: readonly string[]): void {
  const { keyspace, table: name, shape } = table;
  if (isCounterTable(table)) {
    throw invalidRequest(
      `${keyspace}.${name} has counters, which can only be added to: a row that is sent twice would count twice.`,
      'Load into a table without counters, then add each row’s counts with one UPDATE that is never repeated.',
    );
  }
  const missing = [...shape.partitionKey, ...shape.clusteringKey].find((key) => !columns.includes(key));
  if (missing !== undefined) throw invalidRequest(`“${missing}” is part of the primary key, so it needs a value.`);
  const known = new Set(shape.columns.map((column) => column.name));
  const unknown = columns.find((column) => !known.has(column));
  if (unknown !== undefined) throw invalidRequest(`${keyspace}.${name} has no column “${unknown}”.`);
}

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

  /** The same for rows of one partition. */
  partitionOf({ values }: RowPart): string {
    const components = this.#partition.map((position) => values[position] ?? NO_BYTES);
    return Buffer.from(routingKey(components)).toString('latin1');
  }

  statementOf({ values, ttlSeconds, timestampMicros }: RowPart): RowStatement {
    const using = [int64(timestampMicros), ttlSeconds === null ? undefined : int32(ttlSeconds)];
    const isStatic = this.#staticStatement !== null && this.#clustering.every((at) => !isGiven(values[at]));
    if (!isStatic || this.#staticStatement === null)
      return { statement: this.statement, params: [...values, ...using] };
    const params = this.#static.map((position) => values[position]);
    return { statement: this.#staticStatement, params: [...params, ...using] };
  }
}

/** Bytes of a part in a request, about. */
export function bytesOf({ values }: RowPart): number {
  return values.reduce((sum, value) => sum + 4 + (value?.length ?? 0), ROW_BYTES);
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

function int32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int64(value: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

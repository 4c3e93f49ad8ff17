import 'server-only';
import { UNPAGED } from '@/lib/cassandra/client/answer';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { pageCells } from '@/lib/cassandra/read/page-values';
import { ColumnMemory, readPage } from '@/lib/cassandra/read/pages';
import type { Consistency } from '@/lib/contract/common';
import { qualifiedName, quoteIdentifier } from '@/lib/cql/identifiers';
import { equalsText, UPDATE } from '@/lib/cql/mutation/frames';
import type { ColumnShape } from '@/lib/cql/schema-lookup';
import { readLevel } from '@/lib/edit/outcome';
import { isSame } from '@/lib/edit/table';
import type { ChangedTable, Client } from '@/lib/mutations/table';
import type { Write } from '@/lib/transform/fields';
import { toJson } from '@/lib/wire/values';

/** What a row that was loaded is in the table now. */
export type FoundRow = 'equal' | 'different' | 'missing';

/** Of a row that is in the table, in the order of a write's values; undefined: not read. */
export type Cells = readonly (Uint8Array | null | undefined)[];

interface Reading {
  readonly table: ChangedTable;
  /** In the order of a write's values. */
  readonly columns: readonly string[];
  readonly consistency: Consistency;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Reads single rows back, and compares their values with those that were written. */
export class ReadBack {
  readonly #client: Client;
  readonly #reading: Reading;
  readonly #reader: ReturnType<Cluster['reads']['reader']>;
  readonly #row: Select;
  readonly #statics: Select;
  readonly #columns: readonly (ColumnShape | undefined)[];
  #largestBytes: number | null = null;

  constructor(cluster: Cluster, client: Client, reading: Reading) {
    this.#client = client;
    this.#reading = reading;
    this.#reader = cluster.reads.reader();
    const { table, columns } = reading;
    const shapes = new Map(table.shape.columns.map((column) => [column.name, column]));
    this.#columns = columns.map((name) => shapes.get(name));
    this.#row = selectOf(table, columns, [...table.shape.partitionKey, ...table.shape.clusteringKey], () => true);
    this.#statics = selectOf(table, columns, table.shape.partitionKey, (name) => shapes.get(name)?.kind === 'static');
  }

  /** The same for rows with the same key. */
  keyOf({ values, isStatic }: Pick<Write, 'values' | 'isStatic'>): string {
    const select = isStatic ? this.#statics : this.#row;
    let key = '';
    for (const at of select.key) key += partOfKey(values[at]);
    return key;
  }

  /** @param writes all of one row */
  async found(writes: readonly Write[]): Promise<FoundRow> {
    const [first] = writes;
    const cells = first === undefined ? null : await this.read(first);
    if (cells === null) return 'missing';
    return this.isEqual(writes, cells) ? 'equal' : 'different';
  }

  /** The row with the key of a write; null: there is none. @throws Failure, the signal's reason */
  async read({ values, isStatic }: Pick<Write, 'values' | 'isStatic'>): Promise<Cells | null> {
    const { statement, key, positions, memory } = isStatic ? this.#statics : this.#row;
    const { consistency, timeoutMs, signal, columns } = this.#reading;
    const params = key.map((at) => Buffer.from(values[at] ?? []));
    const page = await readPage(
      this.#client,
      {
        ...{ statement, params, consistency: readLevel(consistency), signal, timeoutMs, trace: false },
        ...{ pageRows: UNPAGED, pagingState: null, reader: this.#reader, expectedBytes: this.#largestBytes },
      },
      memory,
    );
    this.#largestBytes = Math.max(this.#largestBytes ?? 0, page.frameBytes);
    const [found] = pageCells(page);
    if (found === undefined) return null;
    const cells = columns.map((): Uint8Array | null | undefined => undefined);
    for (const [at, position] of positions.entries()) cells[position] = found[at] ?? null;
    return cells;
  }

  /** Whether what was written is what is there. @param writes all of one row */
  isEqual(writes: readonly Pick<Write, 'values'>[], cells: Cells): boolean {
    return writes.every(({ values }) => cells.every((cell, at) => this.#isSameCell(at, values[at], cell)));
  }

  #isSameCell(at: number, written: Uint8Array | null | undefined, there: Uint8Array | null | undefined): boolean {
    if (written === undefined || there === undefined || written === there) return true;
    if (written !== null && there !== null && Buffer.compare(written, there) === 0) return true;
    const column = this.#columns[at];
    // Cassandra sorts sets and maps, and stores an empty collection as null.
    return column !== undefined && isSame(column, toJson(written, column.type), toJson(there, column.type));
  }
}

/** No two lists of values have the same text. */
function partOfKey(value: Uint8Array | null | undefined): string {
  if (value == null) return '-';
  const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
  return `${text.length}:${text}`;
}

interface Select {
  readonly statement: string;
  /** Positions of the key among the columns, in the order of the markers. */
  readonly key: readonly number[];
  /** Positions of what is selected. */
  readonly positions: readonly number[];
  readonly memory: ColumnMemory;
}

function selectOf(
  { keyspace, table }: ChangedTable,
  columns: readonly string[],
  key: readonly string[],
  isRead: (column: string) => boolean,
): Select {
  const read = columns.filter((name) => key.includes(name) || isRead(name));
  const where = key.map((name) => `${equalsText(name)}?`).join(UPDATE.and);
  const distinct = read.length < columns.length ? 'DISTINCT ' : '';
  const statement = `SELECT ${distinct}${read.map(quoteIdentifier).join(', ')} FROM ${qualifiedName(keyspace, table)}${UPDATE.where}${where}`;
  const at = (name: string) => columns.indexOf(name);
  return { statement, key: key.map(at), positions: read.map(at), memory: new ColumnMemory() };
}

import 'server-only';
import { UNPAGED } from '@/lib/cassandra/client/answer';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { pageCells } from '@/lib/cassandra/read/page-values';
import { ColumnMemory, readPage } from '@/lib/cassandra/read/pages';
import type { Consistency } from '@/lib/contract/common';
import { qualifiedName, quoteIdentifier } from '@/lib/cql/identifiers';
import { equalsText, UPDATE } from '@/lib/cql/mutation/frames';
import { readLevel } from '@/lib/edit/outcome';
import { isSame } from '@/lib/edit/table';
import type { ChangedTable, Client } from '@/lib/mutations/table';
import type { Write } from '@/lib/transform/fields';
import { toJson } from '@/lib/wire/values';

/** What a row that was loaded is in the table now. */
export type FoundRow = 'equal' | 'different' | 'missing';

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
  #largestBytes: number | null = null;

  constructor(cluster: Cluster, client: Client, reading: Reading) {
    this.#client = client;
    this.#reading = reading;
    this.#reader = cluster.reads.reader();
    const { table, columns } = reading;
    const kinds = new Map(table.shape.columns.map(({ name, kind }) => [name, kind]));
    this.#row = selectOf(table, columns, [...table.shape.partitionKey, ...table.shape.clusteringKey], () => true);
    this.#statics = selectOf(table, columns, table.shape.partitionKey, (name) => kinds.get(name) === 'static');
  }

  /** The same for rows with the same key. */
  keyOf({ values, isStatic }: Write): string {
    const select = isStatic ? this.#statics : this.#row;
    return select.key.map((at) => Buffer.from(values[at] ?? []).toString('base64')).join('.');
  }

  /** @param writes all of one row */
  async found(writes: readonly Write[]): Promise<FoundRow> {
    const [first] = writes;
    if (first === undefined) return 'missing';
    const select = first.isStatic ? this.#statics : this.#row;
    const cells = await this.#read(select, first);
    if (cells === null) return 'missing';
    return writes.every((write) => this.#isEqual(select, write, cells)) ? 'equal' : 'different';
  }

  async #read({ statement, key, memory }: Select, { values }: Write): Promise<readonly (Uint8Array | null)[] | null> {
    const { consistency, timeoutMs, signal } = this.#reading;
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
    return pageCells(page)[0] ?? null;
  }

  #isEqual({ positions }: Select, { values }: Write, cells: readonly (Uint8Array | null)[]): boolean {
    const { columns, table } = this.#reading;
    return positions.every((at, cell) => {
      const [written, there] = [values[at], cells[cell] ?? null];
      if (written === undefined) return true;
      if (written === there) return true;
      if (written !== null && there !== null && Buffer.compare(written, there) === 0) return true;
      const column = table.shape.columns.find(({ name }) => name === columns[at]);
      // Cassandra sorts sets and maps, and stores an empty collection as null.
      return column !== undefined && isSame(column, toJson(written, column.type), toJson(there, column.type));
    });
  }
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

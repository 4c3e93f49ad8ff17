import 'server-only';
import type { Client } from 'cassandra-driver';
import type { Consistency, TableName } from '@/lib/contract/common';
import { type JsonValue, ownValue } from '@/lib/contract/json';
import type { CellRead, RowRead } from '@/lib/contract/mutations';
import type { Table } from '@/lib/contract/schema';
import { type EditSelect, editSelect } from '@/lib/cql/edit-select';
import type { RowKey } from '@/lib/cql/row-key';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { newestOf } from '@/lib/edit/table';
import { invalidRequest } from '../../failure';
import { UNPAGED } from '../client/answer';
import type { Cluster } from '../client/cluster';
import { encodeValue } from '../client/prepared';
import { pageValues } from './page-values';
import { ColumnMemory, readPage } from './pages';

/** A table whose rows are read to be changed. */
interface EditedTable extends TableName {
  readonly stored: Table;
  readonly shape: TableShape;
  readonly release: string | null;
}

/** Reads single rows with the write times and TTLs of their cells, within the cluster's budget of reads. */
export class EditRows {
  readonly #table: EditedTable;
  readonly #reader: ReturnType<Cluster['reads']['reader']>;
  readonly #client: Client;
  readonly #timeoutMs: number;
  readonly #columns = { row: new ColumnMemory(), statics: new ColumnMemory() };
  #largestBytes: number | null = null;
  #readBytes = 0;

  constructor(cluster: Cluster, client: Client, table: EditedTable, timeoutMs: number) {
    this.#reader = cluster.reads.reader();
    this.#client = client;
    this.#table = table;
    this.#timeoutMs = timeoutMs;
  }

  /** Bytes of all rows that were read, as Cassandra sent them. */
  get readBytes(): number {
    return this.#readBytes;
  }

  /**
   * The row with this key; the partition's static cells where it has no clustering columns. Null: there is none.
   * @throws Failure
   */
  async read(key: RowKey, consistency: Consistency, signal: AbortSignal): Promise<RowRead | null> {
    const { stored, shape, release } = this.#table;
    const isStatic = shape.clusteringKey.length > 0 && shape.clusteringKey.every((name) => !Object.hasOwn(key, name));
    const select = editSelect(this.#table, stored.columns, isStatic, release);
    const page = await readPage(
      this.#client,
      {
        ...{ statement: select.statement, params: this.#params(select, key), consistency, signal },
        ...{ pageRows: UNPAGED, pagingState: null, timeoutMs: this.#timeoutMs, trace: false },
        ...{ reader: this.#reader, expectedBytes: this.#largestBytes },
      },
      isStatic ? this.#columns.statics : this.#columns.row,
    );
    this.#largestBytes = Math.max(this.#largestBytes ?? 0, page.frameBytes);
    this.#readBytes += page.frameBytes;
    const [values] = await pageValues(page);
    return values === undefined ? null : rowOf(select, values);
  }

  #params({ key: columns }: EditSelect, key: RowKey): (Buffer | null)[] {
    return columns.map(({ name }) => {
      const type = this.#table.shape.columns.find((column) => column.name === name)?.type;
      const value = ownValue(key, name) ?? null;
      if (type === undefined || value === null) throw invalidRequest(`The key lacks ${name}.`);
      return encodeValue(name, value, type);
    });
  }
}

function rowOf({ cells }: EditSelect, values: readonly JsonValue[]): RowRead {
  const read = cells.map(({ name, value, writeTime, ttl, isInParts }): [string, CellRead] => {
    const age = { times: values[writeTime] ?? null, ttls: values[ttl] ?? null };
    const cell = values[value] ?? null;
    if (!isInParts) {
      return [name, { value: cell, writeTimeMicros: textOf(age.times), ttlSeconds: numberOf(age.ttls), parts: null }];
    }
    const [times, ttls] = [listOf(age.times), listOf(age.ttls)];
    const parts = times.map((time, at) => ({ writeTimeMicros: textOf(time), ttlSeconds: numberOf(ttls[at] ?? null) }));
    const newest = parts.flatMap(({ writeTimeMicros }) => (writeTimeMicros === null ? [] : [BigInt(writeTimeMicros)]));
    const writeTimeMicros = newest.length === 0 ? null : String(newestOf(newest));
    return [name, { value: cell, writeTimeMicros, ttlSeconds: null, parts }];
  });
  return { at: new Date().toISOString(), cells: Object.fromEntries(read) };
}

function textOf(value: JsonValue): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOf(value: JsonValue): number | null {
  return typeof value === 'number' ? value : null;
}

function listOf(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

import type { ErrorCode } from '@/lib/contract/errors';

/** Columns of a row that are written with one TTL and one write time. */
export interface RowPart {
  /** Encoded, in the order of the writer's columns; undefined leaves a column as it is, null writes a tombstone. */
  readonly values: readonly (Uint8Array | null | undefined)[];
  /** Null: the table's default. 0: never expires. */
  readonly ttlSeconds: number | null;
  /** Fixed before the row is sent first, so that it may be sent again. */
  readonly timestampMicros: bigint;
}

/** A row to write; all its parts have its key, and are written together. */
export interface WriteRow<Tag> extends RowPart {
  /** Columns with another TTL or write time. */
  readonly more?: readonly RowPart[] | undefined;
  /** What its outcome is reported with. */
  readonly tag: Tag;
}

/** How a row ended, once. `refused`: certainly not written; `unknown`: it may have been. */
export interface RowEnd<Tag> {
  readonly tag: Tag;
  readonly outcome: 'applied' | 'refused' | 'unknown';
  /** Of what was not applied. */
  readonly reason: { readonly code: ErrorCode; readonly message: string } | null;
}

/** Rows of one partition that are sent as one request. */
export interface Group<Row> {
  readonly rows: readonly Row[];
  /** The partition's key, as it decides where the rows are. */
  readonly key: Uint8Array;
  readonly bytes: number;
}

export interface GroupBounds {
  readonly rows: number;
  readonly bytes: number;
}

/** A row with what decides its group. */
export interface Grouped<Row> {
  readonly row: Row;
  readonly key: Uint8Array;
  readonly bytes: number;
}

/**
 * Rows by partition, in the order of the first row of each group; the rows of a partition keep their order. No group is
 * beyond the bounds but one row that is so alone.
 */
export function groupRows<Row>(rows: Iterable<Grouped<Row>>, most: GroupBounds): Group<Row>[] {
  const groups: { rows: Row[]; key: Uint8Array; bytes: number }[] = [];
  const open = new Map<string, { rows: Row[]; bytes: number }>();
  for (const { row, key, bytes } of rows) {
    const partition = latin1(key);
    const group = open.get(partition);
    if (group !== undefined && group.rows.length < most.rows && group.bytes + bytes <= most.bytes) {
      group.rows.push(row);
      group.bytes += bytes;
      continue;
    }
    const next = { rows: [row], key, bytes };
    open.set(partition, next);
    groups.push(next);
  }
  return groups;
}

/** Bytes as a text that is the same for the same bytes. */
function latin1(bytes: Uint8Array): string {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return buffer.toString('latin1');
}

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

/** Rows that are sent as one request: of one partition, or of several that the same nodes have. */
export interface Group<Row> {
  readonly rows: readonly Row[];
  /** Of the first row's partition, as it decides where the rows are. */
  readonly key: Uint8Array;
  readonly bytes: number;
  readonly partitions: number;
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
  const groups: (Group<Row> & { rows: Row[]; bytes: number })[] = [];
  const open = new Map<string, { rows: Row[]; bytes: number }>();
  for (const { row, key, bytes } of rows) {
    const partition = latin1(key);
    const group = open.get(partition);
    if (group !== undefined && group.rows.length < most.rows && group.bytes + bytes <= most.bytes) {
      group.rows.push(row);
      group.bytes += bytes;
      continue;
    }
    const next = { rows: [row], key, bytes, partitions: 1 };
    open.set(partition, next);
    groups.push(next);
  }
  return groups;
}

export interface JoinBounds {
  readonly partitions: number;
  readonly bytes: number;
}

export interface Joining<Row> {
  /** The same value for groups that the same nodes have; null: this one stays alone. */
  readonly placeOf: (group: Group<Row>) => unknown;
  /** As the server counts it for a batch. */
  readonly bytesOf: (group: Group<Row>) => number;
}

/**
 * Groups of one partition each, joined where the same nodes have them. Their order is that of the first group of each; no
 * joined group is beyond the bounds.
 */
export function joinGroups<Row>(
  groups: readonly Group<Row>[],
  most: JoinBounds,
  { placeOf, bytesOf }: Joining<Row>,
): Group<Row>[] {
  const joined: { group: Group<Row> & { rows: Row[]; bytes: number; partitions: number }; bytes: number }[] = [];
  const open = new Map<unknown, (typeof joined)[number]>();
  for (const group of groups) {
    const [place, bytes] = [placeOf(group), bytesOf(group)];
    const last = place === null ? undefined : open.get(place);
    if (last !== undefined && last.group.partitions < most.partitions && last.bytes + bytes <= most.bytes) {
      last.group.rows.push(...group.rows);
      last.group.bytes += group.bytes;
      last.group.partitions++;
      last.bytes += bytes;
      continue;
    }
    const next = { group: { ...group, rows: [...group.rows] }, bytes };
    if (place !== null) open.set(place, next);
    joined.push(next);
  }
  return joined.map(({ group }) => group);
}

/** Bytes as a text that is the same for the same bytes. */
function latin1(bytes: Uint8Array): string {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return buffer.toString('latin1');
}

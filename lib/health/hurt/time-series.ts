import type { Table, TableColumn } from '@/lib/contract/schema';
import type { SeenPartition, TimeSeriesAdvice } from '@/lib/contract/tables';
import { qualifiedName, quoteIdentifier } from '@/lib/cql/identifiers';
import { keyColumns } from '@/lib/cql/row-key';
import { formatBytes, formatCount, plural } from '@/lib/text/format';
import { LARGE_MEBIBYTES } from '../thresholds';

/**
 * Advice for a table whose partitions grow with time and have no bucket in their key. It is given only where the sample has
 * shown the growth: a wrong advice costs a migration.
 */

const TIME_TYPES: ReadonlySet<string> = new Set(['timestamp', 'timeuuid', 'date']);
/** What people call a column that cuts partitions into pieces. */
const BUCKET =
  /(^|_)(bucket|shard|slot|window|period|epoch|year|month|week|day|date|hour|minute|yyyy\w*|yymm\w*|ym|ymd|ts|time)(_|\d|$)/i;
const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;

/** The column by which rows of a partition are in the order of time, or why the advice is not for this table. */
export function timeColumnOf(table: Pick<Table, 'columns' | 'kind'>): TableColumn | string {
  const [first] = keyColumns(table.columns, 'clustering');
  if (table.kind !== 'table') return 'It is not a table of its own, so its key is not chosen here.';
  if (first === undefined) return 'Its partitions have one row each.';
  if (!TIME_TYPES.has(first.type)) return `Its rows are ordered by ${first.name}, which is no time.`;
  const bucket = keyColumns(table.columns, 'partition_key').find(isBucket);
  return bucket === undefined ? first : `Its partition key has ${bucket.name}, which looks like a bucket or a time.`;
}

function isBucket({ name, type }: TableColumn): boolean {
  return TIME_TYPES.has(type) || type === 'time' || BUCKET.test(name.replace(/([a-z])([A-Z])/g, '$1_$2'));
}

/** When a cell of a time column is of, in ms since 1970; null for a cell that says none. */
export function timeOfCell(cell: Uint8Array | null, type: string): number | null {
  if (cell === null) return null;
  const view = new DataView(cell.buffer, cell.byteOffset, cell.byteLength);
  if (type === 'timestamp') return cell.length === 8 ? Number(view.getBigInt64(0)) : null;
  if (type === 'date') return cell.length === 4 ? (view.getUint32(0) - 2 ** 31) * DAY_MS : null;
  // RFC 4122: 60 bits of 100 ns since 1582-10-15, the low ones first.
  if (type !== 'timeuuid' || cell.length !== 16) return null;
  const [low, middle, high] = [view.getUint32(0), view.getUint16(4), view.getUint16(6) & 0x0fff];
  const ticks = (BigInt(high) << 48n) | (BigInt(middle) << 32n) | BigInt(low);
  return Number((ticks - 0x01b2_1dd2_1381_4000n) / 10_000n);
}

interface Growth {
  readonly partition: SeenPartition;
  readonly rowsPerDay: number;
  readonly bytesPerRow: number;
  readonly spanDays: number;
  readonly days: number;
  /** How many days of rows a partition comes to hold: until its rows expire, or a year. */
  readonly heldDays: number;
  readonly heldBytes: number;
}

interface Sampled {
  readonly keyspace: string;
  readonly table: Pick<Table, 'name' | 'columns' | 'kind'>;
  readonly widest: readonly SeenPartition[];
  /** 0: rows do not expire by themselves. */
  readonly defaultTtlSeconds: number;
}

/** What to advise of a sampled table, or why nothing. */
export function timeSeriesAdvice(
  sampled: Sampled,
): { readonly advice: TimeSeriesAdvice } | { readonly noAdvice: string } {
  const time = timeColumnOf(sampled.table);
  if (typeof time === 'string') return { noAdvice: time };
  const grown = sampled.widest.flatMap((one) => growthOf(one, sampled.defaultTtlSeconds) ?? []);
  const [most] = grown.toSorted((a, b) => b.heldBytes - a.heldBytes);
  if (most === undefined) {
    return { noAdvice: 'No partition that was measured has rows of two days or more, so a day would not cut any.' };
  }
  const held = `${formatBytes(most.heldBytes)} in ${plural(Math.round(most.heldDays), 'day')}`;
  if (most.heldBytes < LARGE_MEBIBYTES * 2 ** 20) {
    return {
      noAdvice: `At the growth that was seen, the widest partition reaches ${held}: under ${LARGE_MEBIBYTES} MiB.`,
    };
  }
  return { advice: adviceOf(sampled, time, most) };
}

function growthOf(partition: SeenPartition, ttlSeconds: number): Growth | null {
  const { rows, bytesPerRow, time } = partition;
  if (bytesPerRow === null || time === null || time.days < 2) return null;
  const day = (text: string) => Math.floor(Date.parse(text) / DAY_MS);
  const spanDays = day(time.to) - day(time.from) + 1;
  const rowsPerDay = rows / spanDays;
  const heldDays = ttlSeconds > 0 ? Math.min(YEAR_DAYS, Math.max(1, ttlSeconds / 86_400)) : YEAR_DAYS;
  const heldBytes = rowsPerDay * bytesPerRow * heldDays;
  return { partition, rowsPerDay, bytesPerRow, spanDays, days: time.days, heldDays, heldBytes };
}

function adviceOf({ keyspace, table, defaultTtlSeconds }: Sampled, time: TableColumn, most: Growth): TimeSeriesAdvice {
  const { partition, rowsPerDay, bytesPerRow, spanDays, days, heldDays, heldBytes } = most;
  const names = new Set(table.columns.map(({ name }) => name));
  const day = ['day', 'day_utc', 'bucket_day'].find((name) => !names.has(name)) ?? 'day_of_row';
  const until = defaultTtlSeconds > 0 && heldDays < YEAR_DAYS ? 'until rows expire' : 'in a year';
  const rowsADay = partition.rows / days;
  return {
    observed: [
      `${formatCount(partition.rows)} rows${partition.isWhole ? '' : ' or more'} of one partition are of ${plural(days, 'day')} within ${plural(spanDays, 'day')}: ${formatCount(Math.round(rowsPerDay))} rows a day, of about ${formatBytes(bytesPerRow)} each.`,
      `At that rate it comes to ${formatBytes(heldBytes)} ${until}. Partitions should stay under ${LARGE_MEBIBYTES} MiB.`,
    ],
    would: [
      `${plural(days, 'partition')} instead of one for the rows seen: one for each day with rows, ${formatCount(Math.round(rowsADay))} rows and about ${formatBytes(rowsADay * bytesPerRow)} each.`,
      `The newest rows come first in a partition, so that reading the latest passes over nothing older.`,
      ...(table.columns.some(({ kind }) => kind === 'static')
        ? ['Static columns are kept once for each day then: keep them in a table by the old key instead.']
        : []),
      'These are estimates of a sample. Rows written USING TTL, or later in bursts, grow differently.',
    ],
    createTable: createTable(keyspace, table, { time, day, defaultTtlSeconds }),
    queries: queriesOf(keyspace, table, { time, day }),
  };
}

const bucketTable = (name: string) => `${name}_by_day`;

function createTable(
  keyspace: string,
  { name, columns }: Sampled['table'],
  { time, day, defaultTtlSeconds }: { time: TableColumn; day: string; defaultTtlSeconds: number },
): string {
  const partition = keyColumns(columns, 'partition_key');
  const clustering = keyColumns(columns, 'clustering');
  const others = columns.filter(({ kind }) => kind === 'static' || kind === 'regular');
  const line = ({ name: column, type, kind }: TableColumn) =>
    `  ${quoteIdentifier(column)} ${type}${kind === 'static' ? ' static' : ''},`;
  const list = (all: readonly TableColumn[]) => all.map((column) => quoteIdentifier(column.name)).join(', ');
  const order = clustering.map((column) => {
    const direction = column.name === time.name || column.clusteringOrder === 'desc' ? 'DESC' : 'ASC';
    return `${quoteIdentifier(column.name)} ${direction}`;
  });
  return [
    `CREATE TABLE ${qualifiedName(keyspace, bucketTable(name))} (`,
    ...partition.map(line),
    `  ${quoteIdentifier(day)} date,`,
    ...[...clustering, ...others].map(line),
    `  PRIMARY KEY ((${list(partition)}, ${quoteIdentifier(day)}), ${list(clustering)})`,
    `) WITH CLUSTERING ORDER BY (${order.join(', ')})${defaultTtlSeconds > 0 ? `\n  AND default_time_to_live = ${defaultTtlSeconds}` : ''};`,
  ].join('\n');
}

function queriesOf(
  keyspace: string,
  { name, columns }: Sampled['table'],
  { time, day }: { time: TableColumn; day: string },
): TimeSeriesAdvice['queries'] {
  const key = keyColumns(columns, 'partition_key').map((column) => `${quoteIdentifier(column.name)} = ?`);
  const [old, cut] = [qualifiedName(keyspace, name), qualifiedName(keyspace, bucketTable(name))];
  const at = quoteIdentifier(time.name);
  const where = key.join(' AND ');
  const dayIs = `${quoteIdentifier(day)} = ?`;
  return [
    {
      before: `SELECT * FROM ${old} WHERE ${where} AND ${at} >= ? AND ${at} < ?`,
      after: `SELECT * FROM ${cut} WHERE ${where} AND ${dayIs} AND ${at} >= ? AND ${at} < ? -- once for each day in UTC`,
    },
    {
      before: `SELECT * FROM ${old} WHERE ${where} ORDER BY ${at} DESC LIMIT 100`,
      after: `SELECT * FROM ${cut} WHERE ${where} AND ${dayIs} LIMIT 100 -- of today, then of the day before until there are enough`,
    },
  ];
}

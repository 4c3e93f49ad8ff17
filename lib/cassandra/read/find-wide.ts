import 'server-only';
import { FIND_BUDGETS } from '@/lib/contract/figures';
import type { JsonValue } from '@/lib/contract/json';
import type { Table } from '@/lib/contract/schema';
import type { FindRequest, Found } from '@/lib/contract/tables';
import { qualifiedName, quoteIdentifier } from '@/lib/cql/identifiers';
import { keyColumns } from '@/lib/cql/row-key';
import { type Counted, type Place, seenPartition, withPartition } from '@/lib/health/hurt/sampled';
import { timeColumnOf, timeOfCell, timeSeriesAdvice } from '@/lib/health/hurt/time-series';
import { toJson } from '@/lib/wire/values';
import type { Cluster } from '../client/cluster';
import { type BudgetedRead, budgetedRead, type FindTable, inTurns } from './find-places';
import { pageCells } from './page-values';
import type { PagePart } from './pages';

/** A partition may use this part of the rows: one that is very wide must not hide the others. */
const ROWS_SHARE = 20;
const MOST_SHOWN = 20;
/** The widest are read again: how large their rows are, and on where they go on. */
const MEASURED = 5;
const MEASURED_ROWS = 50;
/** Kept of the rows for that. */
const MEASURING_SHARE = 4;

interface Wide {
  widest: Counted[];
  partitions: number;
  readonly bytesPerRow: Map<Counted, number>;
}

/**
 * The widest partitions at places evenly spread over the ring, by rows: keys are read, and of the widest some whole rows.
 * Yields what is found so far, and returns the end.
 * @throws Failure `not_found`, `invalid_request`; the signal's reason
 */
export async function* findWide(
  cluster: Cluster,
  target: FindTable,
  request: FindRequest,
  signal: AbortSignal,
): AsyncGenerator<Found, Found, undefined> {
  const { table, name } = target;
  const budget = { ...FIND_BUDGETS.wide, ...limitsOf(request) };
  const read = await budgetedRead(cluster, budget, signal);
  const mostRows = Math.max(2, Math.floor(budget.rows / ROWS_SHARE));
  const time = timeColumnOf(table);
  const keys = keyStatement(target, typeof time === 'string' ? null : time.name, mostRows);
  const wide: Wide = { widest: [], partitions: 0, bytesPerRow: new Map() };
  const add = (one: Counted | null) => {
    if (one === null) return;
    wide.partitions += 1;
    wide.widest = withPartition(wide.widest, one, MOST_SHOWN);
  };
  const found = (ended: Found['ended']): Found => foundOf(read, { target, wide, statement: keys, ended });
  read.reserve(Math.floor(budget.rows / MEASURING_SHARE));
  const places = read.places(mostRows);
  const timeType = typeof time === 'string' ? null : time.type;
  const onPart = (place: Place, part: PagePart) => addRows(place, part, { table, timeType, add });
  for await (const _ of inTurns(read, places, keys, onPart, (place) => add(place.end()))) yield found('running');
  for (const place of places) add(place.stop());
  read.release();
  await measure(read, { name, table }, wide);
  return found(read.ended);
}

function limitsOf({ seconds, rows, places }: FindRequest): Partial<Record<'seconds' | 'rows' | 'places', number>> {
  return {
    ...(seconds === undefined ? {} : { seconds }),
    ...(rows === undefined ? {} : { rows }),
    ...(places === undefined ? {} : { places }),
  };
}

function keyStatement({ name, table }: FindTable, time: string | null, mostRows: number): string {
  const key = keyColumns(table.columns, 'partition_key').map((column) => quoteIdentifier(column.name));
  const token = `token(${key.join(', ')})`;
  const columns = [token, ...key, ...(time === null ? [] : [quoteIdentifier(time)])];
  return `SELECT ${columns.join(', ')} FROM ${qualifiedName(name.keyspace, name.table)} WHERE ${token} > ? AND ${token} <= ? PER PARTITION LIMIT ${mostRows}`;
}

interface RowSink {
  readonly table: Table;
  readonly timeType: string | null;
  readonly add: (ended: Counted | null) => void;
}

/** The first cell of a row is the token, then the partition key, then the time. */
function addRows(place: Place, part: PagePart, { table, timeType, add }: RowSink): void {
  const keys = keyColumns(table.columns, 'partition_key').length;
  for (const cells of pageCells(part)) {
    const token = tokenOf(cells[0] ?? null);
    if (place.current === null || place.current.token !== token) {
      const own = cells.slice(1, 1 + keys);
      const key = Object.fromEntries(
        (part.columns ?? [])
          .slice(1, 1 + keys)
          .map(({ name, type }, at): [string, JsonValue] => [name, toJson(own[at] ?? null, type)]),
      );
      // Copied: a cell is a view of its whole page.
      add(place.begin({ token, key, cells: own.map((cell) => (cell === null ? null : Buffer.from(cell))) }));
    }
    place.row(timeType === null ? null : timeOfCell(cells[keys + 1] ?? null, timeType));
  }
}

function tokenOf(cell: Uint8Array | null): bigint {
  return cell === null ? 0n : Buffer.from(cell).readBigInt64BE(0);
}

/** Of the widest: the bytes of some rows; and how many rows there are where more than were counted, while the budget lasts. */
async function measure(
  read: BudgetedRead,
  { name, table }: Pick<FindTable, 'name' | 'table'>,
  wide: Wide,
): Promise<void> {
  const key = keyColumns(table.columns, 'partition_key').map((column) => quoteIdentifier(column.name));
  const where = key.map((column) => `${column} = ?`).join(' AND ');
  const from = qualifiedName(name.keyspace, name.table);
  const top = wide.widest.slice(0, MEASURED);
  for (const counted of top) {
    const rows = await read.partition(`SELECT * FROM ${from} WHERE ${where}`, paramsOf(counted), MEASURED_ROWS);
    if (rows !== null && rows.rows > 0) wide.bytesPerRow.set(counted, rows.bytes / rows.rows);
  }
  for (const counted of top.filter(({ isWhole }) => !isWhole)) {
    const rows = await read.partition(`SELECT ${key[0]} FROM ${from} WHERE ${where}`, paramsOf(counted));
    if (rows === null || rows.rows < counted.rows) continue;
    counted.rows = rows.rows;
    counted.isWhole = rows.isWhole;
  }
  wide.widest = wide.widest.toSorted((a, b) => b.rows - a.rows);
}

const paramsOf = ({ cells }: Counted) => cells.map((cell) => (cell === null ? null : Buffer.from(cell)));

interface FoundParts {
  readonly target: FindTable;
  readonly wide: Wide;
  readonly statement: string;
  readonly ended: Found['ended'];
}

function foundOf(read: BudgetedRead, { target, wide, statement, ended }: FoundParts): Found {
  const widest = wide.widest.map((one) => seenPartition(one, wide.bytesPerRow.get(one) ?? null));
  const { keyspace } = target.name;
  const { table, defaultTtlSeconds } = target;
  const advised = timeSeriesAdvice({ keyspace, table, widest, defaultTtlSeconds });
  const isOver = ended !== 'running';
  return {
    what: 'wide',
    ...read.spent(wide.partitions),
    ended,
    statement,
    widest,
    tombstones: [],
    traced: 0,
    untraced: 0,
    advice: isOver && 'advice' in advised ? advised.advice : null,
    noAdvice: isOver && 'noAdvice' in advised ? advised.noAdvice : null,
  };
}

import 'server-only';
import { FIND_BUDGETS } from '@/lib/contract/figures';
import type { JsonValue } from '@/lib/contract/json';
import type { Table } from '@/lib/contract/schema';
import type { FindRequest, Found, TombstonePlace } from '@/lib/contract/tables';
import type { Trace } from '@/lib/contract/traces';
import { qualifiedName, quoteIdentifier } from '@/lib/cql/identifiers';
import { keyColumns } from '@/lib/cql/row-key';
import type { Place } from '@/lib/health/hurt/sampled';
import { rowsRead } from '@/lib/trace/groups';
import { toJson } from '@/lib/wire/values';
import type { Cluster } from '../client/cluster';
import { encodeValue } from '../client/prepared';
import { readTrace } from '../client/trace';
import { type BudgetedRead, budgetedRead, type FindTable } from './find-places';
import { pageCells } from './page-values';
import type { PagePart } from './pages';

/** Places with the most tombstones are looked into: some of their partitions are read alone. */
const [LOOKED_INTO, PARTITIONS_EACH] = [3, 4];
const MOST_SHOWN = 40;
/** Kept of the rows for that. */
const PARTITIONS_SHARE = 4;

interface KeyOf {
  readonly key: Readonly<Record<string, JsonValue>>;
  readonly token: bigint;
  readonly params: readonly Buffer[];
}

/** One place, as its traced read noted it, and the first partitions there. */
interface Noted {
  readonly place: TombstonePlace;
  readonly keys: readonly KeyOf[];
}

interface Search {
  readonly read: BudgetedRead;
  readonly target: FindTable;
  readonly noted: Noted[];
  readonly partitions: TombstonePlace[];
  traced: number;
  untraced: number;
}

/**
 * Where reads pass over tombstones, at places evenly spread over the ring: each is read once with tracing, and the replicas
 * note in the trace how many they passed over. Yields what is found so far, and returns the end.
 * @throws Failure `not_found`, `invalid_request`; the signal's reason
 */
export async function* findTombstones(
  cluster: Cluster,
  target: FindTable,
  request: FindRequest,
  signal: AbortSignal,
): AsyncGenerator<Found, Found, undefined> {
  const { seconds, rows, places } = { ...FIND_BUDGETS.tombstones, ...definedOf(request) };
  const budget = { seconds, rows, places: Math.min(places, rows) };
  const read = await budgetedRead(cluster, budget, signal);
  const search: Search = { read, target, noted: [], partitions: [], traced: 0, untraced: 0 };
  const all = read.places(Number.POSITIVE_INFINITY);
  const pageRows = Math.max(1, Math.floor((budget.rows * (PARTITIONS_SHARE - 1)) / PARTITIONS_SHARE / all.length));
  for (const place of all) {
    if (!read.mayReadOn) break;
    await readPlace(search, place, pageRows);
    yield foundOf(search, 'running');
  }
  for (const { place, keys } of worstOf(search)) {
    for (const key of keys.slice(0, PARTITIONS_EACH)) {
      if (!read.mayReadOn) break;
      await readPartition(search, place, key, pageRows);
    }
    yield foundOf(search, 'running');
  }
  return foundOf(search, read.ended);
}

function definedOf({ seconds, rows, places }: FindRequest) {
  return Object.fromEntries(Object.entries({ seconds, rows, places }).filter(([, value]) => value !== undefined));
}

function worstOf({ noted }: Search): Noted[] {
  return noted
    .filter(({ place }) => place.tombstones > 0)
    .sort((a, b) => b.place.tombstones - a.place.tombstones)
    .slice(0, LOOKED_INTO);
}

function keysOf({ name, table }: FindTable) {
  const key = keyColumns(table.columns, 'partition_key').map((column) => quoteIdentifier(column.name));
  return { key, token: `token(${key.join(', ')})`, from: qualifiedName(name.keyspace, name.table) };
}

function rangeStatement(target: FindTable): string {
  const { key, token, from } = keysOf(target);
  return `SELECT ${[token, ...key].join(', ')} FROM ${from} WHERE ${token} > ? AND ${token} <= ?`;
}

async function readPlace(search: Search, place: Place, pageRows: number): Promise<void> {
  const { read, target } = search;
  const { from, to } = place.range;
  const params = [from, to].map((token) => encodeValue('token', String(token), { kind: 'native', name: 'bigint' }));
  const keys: KeyOf[] = [];
  let last = from;
  read.begin(place);
  const result = await traced(search, { statement: rangeStatement(target), params, pageRows }, (part) => {
    last = addKeys(keys, part, target.table) ?? last;
  });
  if (result === null) return;
  if (result.isWhole) place.end();
  else place.upTo(last);
  search.noted.push({
    place: { from: String(from), to: String(result.isWhole ? to : last), ...result.counts, key: null },
    keys,
  });
}

/** The partitions of a page that are new, as many as are looked into. @returns the token of its last row */
function addKeys(keys: KeyOf[], part: PagePart, table: Table): bigint | null {
  const size = keyColumns(table.columns, 'partition_key').length;
  let last: bigint | null = null;
  for (const [token = null, ...cells] of pageCells(part)) {
    if (token === null) continue;
    last = Buffer.from(token).readBigInt64BE(0);
    if (keys.length >= PARTITIONS_EACH || keys.at(-1)?.token === last) continue;
    const names = (part.columns ?? []).slice(1, 1 + size);
    keys.push({
      token: last,
      key: Object.fromEntries(names.map(({ name, type }, at) => [name, toJson(cells[at] ?? null, type)])),
      params: cells.flatMap((cell) => (cell === null ? [] : [Buffer.from(cell)])),
    });
  }
  return last;
}

async function readPartition(search: Search, place: TombstonePlace, { key, token, params }: KeyOf, pageRows: number) {
  const { key: columns, from } = keysOf(search.target);
  const statement = `SELECT ${columns[0]} FROM ${from} WHERE ${columns.map((column) => `${column} = ?`).join(' AND ')}`;
  const result = await traced(search, { statement, params, pageRows }, () => undefined);
  if (result === null || result.counts.tombstones === 0) return;
  search.partitions.push({ from: place.from, to: String(token), ...result.counts, key });
}

interface TracedRead {
  readonly statement: string;
  readonly params: readonly (Buffer | null)[];
  readonly pageRows: number;
}

/** One traced request for `pageRows` rows; null where it, or its trace, says nothing. */
async function traced(search: Search, { statement, params, pageRows }: TracedRead, onPart: (part: PagePart) => void) {
  const { read } = search;
  const ids: string[] = [];
  try {
    const next = await read.page({ statement, params, rows: pageRows, isTraced: true }, (part) => {
      ids.push(...part.traces.map(({ id }) => id));
      onPart(part);
      return true;
    });
    if (next === undefined) return null;
    const counts = countsOf(await Promise.all(ids.map((id) => readTrace(read.cluster, id, read.signal, notesRows))));
    if (counts === null) search.untraced += 1;
    else search.traced += 1;
    return counts === null ? null : { counts, isWhole: next === null };
  } catch (error) {
    read.failed(error);
    return null;
  }
}

const notesRows = ({ events }: Trace) => events.some(({ activity }) => rowsRead(activity) !== null);

/** What all replicas that were read noted; at LOCAL_ONE each range is read on one. */
function countsOf(traces: readonly Trace[]): Pick<TombstonePlace, 'live' | 'tombstones'> | null {
  const noted = traces.flatMap(({ events }) => events.flatMap(({ activity }) => rowsRead(activity) ?? []));
  if (noted.length === 0) return null;
  return {
    live: noted.reduce((sum, { rows }) => sum + rows, 0),
    tombstones: noted.reduce((sum, { tombstones }) => sum + tombstones, 0),
  };
}

function foundOf({ read, target, noted, partitions, traced: hits, untraced }: Search, ended: Found['ended']): Found {
  const places = noted.map(({ place }) => place).filter(({ tombstones }) => tombstones > 0);
  const seen = new Set(noted.flatMap(({ keys }) => keys.map(({ token }) => token)));
  return {
    what: 'tombstones',
    ...read.spent(seen.size),
    ended,
    statement: rangeStatement(target),
    widest: [],
    tombstones: [...places, ...partitions].sort((a, b) => b.tombstones - a.tombstones).slice(0, MOST_SHOWN),
    traced: hits,
    untraced,
    advice: null,
    noAdvice: null,
  };
}

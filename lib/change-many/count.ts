import 'server-only';
import type { z } from 'zod';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { EditRows } from '@/lib/cassandra/read/edit-rows';
import { pageCells } from '@/lib/cassandra/read/page-values';
import { planTable } from '@/lib/cassandra/read/table-plan';
import type { DeletionCount, deletionCountRequestSchema } from '@/lib/contract/change-many';
import { DEFAULT_TIMEOUT_MS } from '@/lib/contract/common';
import type { Filter } from '@/lib/contract/filters';
import { ownValue } from '@/lib/contract/json';
import type { RowChange } from '@/lib/contract/mutations';
import type { Principal } from '@/lib/contract/principal';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { readLevel } from '@/lib/edit/outcome';
import { invalidRequest } from '@/lib/failure';
import { type ChangedTable, type Client, changedTable } from '@/lib/mutations/table';
import type { PersonRights } from '@/lib/rights/rules';
import { openScan } from '@/lib/scan/scan';

/** A deletion's rows are counted up to here. */
const MOST_ROWS = 10_000;
const PAGE_ROWS = 2_000;
/** What the count waits for at most. */
const MOST_MS = 10_000;

type Scope = Extract<RowChange, { readonly kind: 'delete_range' | 'delete_partition' }>;

interface Counting {
  readonly principal: Principal;
  /** What columns are masked by; absent: nothing is masked. */
  readonly rights?: PersonRights | null;
  readonly signal: AbortSignal;
}

/**
 * Counts the rows that a deletion of a range or a partition would cover, up to a bound. Nothing is written.
 * @throws Failure
 */
export async function countDeletion(
  cluster: Cluster,
  { keyspace, table: name, change }: z.output<typeof deletionCountRequestSchema>,
  { principal, signal, rights = null }: Counting,
): Promise<DeletionCount> {
  if (change.kind !== 'delete_range' && change.kind !== 'delete_partition') throw invalidRequest('Not a deletion.');
  const client = await cluster.client();
  const table = await changedTable(cluster, client, { keyspace, table: name }, rights);
  // A clustering column is null where a partition has static values alone.
  const column = table.shape.clusteringKey[0] ?? table.shape.partitionKey[0] ?? '';
  const consistency = readLevel(cluster.config.consistency ?? 'LOCAL_QUORUM');
  const plan = await planTable(
    cluster,
    { keyspace, table: name },
    { filters: filtersOf(table.shape, change), columns: [column], consistency, pageRows: PAGE_ROWS, maxPages: 0 },
  );
  const at = new Date().toISOString();
  const untilMs = performance.now() + MOST_MS;
  const scan = await openScan(plan, { principal, pieces: 'ordered', givesRows: false }, signal);
  let [rows, isComplete] = [0, true];
  for await (const page of scan.pages) {
    rows += pageCells(page).filter(([cell]) => cell !== null).length;
    if (page.last || (rows < MOST_ROWS && performance.now() < untilMs)) continue;
    isComplete = false;
    break;
  }
  const statics =
    change.kind === 'delete_partition' ? await staticsOf(cluster, client, { table, change, signal }) : null;
  return { rows, isComplete, at, statement: plan.shown, consistency: plan.consistency, statics };
}

function filtersOf({ clusteringKey }: TableShape, change: Scope): Filter[] {
  const equal = Object.entries(change.key).map(([column, value]): Filter => ({ column, operator: '=', value }));
  if (change.kind === 'delete_partition') return equal;
  const bounded = clusteringKey.find((name) => !Object.hasOwn(change.key, name));
  const { from, to } = change;
  if (bounded === undefined) return equal;
  return [
    ...equal,
    ...(from === undefined
      ? []
      : [{ column: bounded, operator: from.inclusive ? ('>=' as const) : ('>' as const), value: from.value }]),
    ...(to === undefined
      ? []
      : [{ column: bounded, operator: to.inclusive ? ('<=' as const) : ('<' as const), value: to.value }]),
  ];
}

interface OfPartition {
  readonly table: ChangedTable;
  readonly change: Scope;
  readonly signal: AbortSignal;
}

async function staticsOf(cluster: Cluster, client: Client, { table, change, signal }: OfPartition) {
  if (!table.shape.columns.some(({ kind }) => kind === 'static')) return null;
  const key = Object.fromEntries(table.shape.partitionKey.map((name) => [name, ownValue(change.key, name) ?? null]));
  const rows = new EditRows(cluster, client, table, DEFAULT_TIMEOUT_MS);
  const read = await rows.read(key, readLevel(cluster.config.consistency ?? 'LOCAL_QUORUM'), signal);
  const found = Object.entries(read?.cells ?? {}).filter(([, { value }]) => value !== null);
  return found.length === 0 ? null : Object.fromEntries(found.map(([name, { value }]) => [name, value]));
}

import 'server-only';
import { type JsonValue, ownValue } from '@/lib/contract/json';
import { COMPARED_NODES, COMPARED_ROW_BYTES, COMPARED_ROWS } from '@/lib/contract/limits';
import type { ReplicaResult, ReplicaResultsRequest, ReplicaResultsResponse } from '@/lib/contract/replica-results';
import type { ReplicasResponse } from '@/lib/contract/topology';
import type { Trace } from '@/lib/contract/traces';
import { type PinnedValue, pinnedKey } from '@/lib/cql/pinned-key';
import type { PersonRights } from '@/lib/rights/rules';
import { nodesThatRead } from '@/lib/trace/messages';
import { Failure, invalidRequest } from '../../failure';
import type { Cluster } from '../client/cluster';
import { nodeFailure } from '../client/node-failure';
import { locateKey } from '../nodes/replicas';
import { maskedPlan } from './masked-plan';
import { type NodeRead, type NodeReads, readOnNode, tracesOf } from './on-node';
import { pageValues } from './page-values';
import type { PagePart } from './pages';
import { classifyStatement, planQuery } from './query-plan';
import { headerOf, pagingOf, type ReadPlan, shownBytes } from './reads';

const NODE_TIMEOUT_MS = 5_000;

/** Where a partition is; without a token where the statement does not say which one it is. */
type Place = Omit<ReplicasResponse, 'token'> & { readonly token: string | null };

/**
 * Runs a SELECT of one partition on each of its replicas, or by given coordinators, each time with tracing: the trace shows
 * whose data it is. Reads at most {@link COMPARED_ROWS} rows and about 1 MiB from each.
 * @param rights what its columns are masked by; null: nothing is masked
 * @throws Failure `invalid_request` for anything but a SELECT of one partition; a node that does not answer is reported in
 *   the result
 */
export async function readReplicaResults(
  cluster: Cluster,
  request: ReplicaResultsRequest,
  signal: AbortSignal,
  rights: PersonRights | null = null,
): Promise<ReplicaResultsResponse> {
  const { statement, keyspace, params, consistency = 'ONE' } = request;
  await checkStatement(cluster, statement, keyspace);
  const asked = { statement, keyspace, params, consistency, pageRows: COMPARED_ROWS };
  const plan = maskedPlan(await planQuery(cluster, asked), rights);
  const place = await placeOf(cluster, plan, params);
  const nodes = request.nodes ?? place.replicas;
  if (nodes.length === 0) throw unplaced(place);
  if (nodes.length > COMPARED_NODES)
    throw invalidRequest(
      `The partition has ${nodes.length} replicas; at most ${COMPARED_NODES} are asked.`,
      'Name some as nodes.',
    );
  const client = await cluster.client(plan.keyspace);
  const reads = { cluster, client, reader: cluster.reads.reader(), signal };
  const answers = await Promise.all(nodes.map((node) => readResult(reads, plan, { node, place })));
  const first = answers.find(({ page }) => page?.columns != null)?.page;
  return {
    ...place,
    consistency,
    columns: first == null ? [] : headerOf(plan, first).columns,
    results: answers.map(({ result }) => result),
    mostRows: COMPARED_ROWS,
    asOf: new Date().toISOString(),
  };
}

/** @throws Failure for what must not run on several nodes, or would compare nothing */
async function checkStatement(cluster: Cluster, statement: string, keyspace: string | undefined): Promise<void> {
  const { isWrite, kind, verb, cost } = await classifyStatement(cluster, statement, keyspace);
  if (isWrite)
    throw invalidRequest(`${verb || 'This statement'} was not run: only a SELECT runs on each replica, never a write.`);
  if (kind === 'select' && cost.scope === 'one_partition') return;
  throw invalidRequest(
    'The statement was not run: only a SELECT of one partition has replicas to compare.',
    'Give every column of the partition key one value with =.',
  );
}

async function placeOf(cluster: Cluster, plan: ReadPlan, params: ReplicaResultsRequest['params']): Promise<Place> {
  const { table, classification } = plan;
  const unknown = (unknownReason: string): Place => ({ token: null, replicas: [], unknownReason });
  if (table === undefined || classification.table?.keyspace == null) return unknown('the table is not in the schema');
  const columns = table.columns.filter(({ kind }) => kind === 'partition_key').map(({ name }) => name);
  const pinned = pinnedKey(plan.statement, columns);
  const key = [...(pinned ?? [])].map(([name, value]) => [name, givenValue(value, params)] as const);
  if (pinned === undefined || key.some(([, value]) => value === undefined))
    return unknown('the partition key is not given as literals or values, so only Cassandra knows its token');
  const { keyspace, name } = classification.table;
  const known = Object.fromEntries(key.flatMap(([column, value]) => (value === undefined ? [] : [[column, value]])));
  try {
    return await locateKey(cluster, { keyspace, table: name, key: known });
  } catch (error) {
    // A literal that Cassandra may read and Ringside does not.
    if (error instanceof Failure && error.error.code === 'invalid_request') return unknown(error.error.message);
    throw error;
  }
}

function givenValue(pinned: PinnedValue, params: ReplicaResultsRequest['params']): JsonValue | undefined {
  if ('literal' in pinned) return pinned.literal;
  if (params === undefined) return undefined;
  const { position, name } = pinned.marker;
  // Named markers can be given in their order as well.
  if (isList(params)) return params[position];
  return name === null ? undefined : ownValue(params, name);
}

function isList(params: NonNullable<ReplicaResultsRequest['params']>): params is readonly JsonValue[] {
  return Array.isArray(params);
}

function unplaced({ unknownReason = 'the keyspace has none' }: Place): Failure {
  return invalidRequest(`The replicas are not known: ${unknownReason}.`, 'Choose the coordinators yourself.');
}

interface Asked {
  readonly node: string;
  readonly place: Place;
}

interface NodeAnswer {
  readonly page: PagePart | null;
  readonly result: ReplicaResult;
}

async function readResult(reads: NodeReads, plan: ReadPlan, { node, place }: Asked): Promise<NodeAnswer> {
  const isReplica = place.token === null ? null : place.replicas.includes(node);
  const nothing = { node, isReplica, rows: null, more: false, servedBy: [], elapsedMs: null, traceIds: [] };
  try {
    const { statement, params, consistency, mask } = plan;
    const { pageRows, fixedRows } = pagingOf(plan);
    const paging = { pageRows, fixedRows, timeoutMs: NODE_TIMEOUT_MS };
    const read: NodeRead = { statement, params, consistency, mask, ...paging };
    const page = await readOnNode(reads, read, node);
    if (page === null) return { page, result: { ...nothing, rows: [], proof: 'none' } };
    const bytes = shownBytes(plan, page);
    checkSize(bytes);
    const rows = await pageValues(page);
    const traces = await tracesOf(reads, page);
    const isTraced = traces.length > 0 && traces.length === page.traces.length;
    const { elapsedMs } = page;
    return {
      page,
      result: {
        ...nothing,
        rows,
        more: page.pagingState !== null,
        ...proofOf(hostOf(node), isTraced ? traces : []),
        elapsedMs,
        bytes,
        traceIds: page.traces.map(({ id }) => id),
      },
    };
  } catch (error) {
    reads.signal.throwIfAborted();
    return { page: null, result: { ...nothing, proof: 'none', error: nodeFailure(error, node).error } };
  }
}

/** Whose data it is. One request that no node claims leaves it open. */
function proofOf(host: string, traces: readonly Trace[]): Pick<ReplicaResult, 'proof' | 'servedBy'> {
  const readers = traces.map(({ events }) => nodesThatRead(events));
  const servedBy = [...new Set(readers.flat())];
  if (readers.length === 0 || readers.some((nodes) => nodes.length === 0)) return { proof: 'none', servedBy };
  return { proof: servedBy.every((node) => node === host) ? 'own' : 'others', servedBy };
}

/** `host:port` without its port; IPv6 without its brackets. */
function hostOf(address: string): string {
  return address.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

/** @throws Failure `invalid_request`: every result is held decoded, all in one response */
function checkSize(bytes: number): void {
  if (bytes <= COMPARED_ROW_BYTES) return;
  throw invalidRequest(
    `The first rows have ${bytes} bytes; results are compared only up to ${COMPARED_ROW_BYTES} bytes.`,
    'Select fewer columns.',
  );
}

import 'server-only';
import { UNPAGED } from '@/lib/cassandra/client/answer';
import { NODE_LOCAL_PROFILE } from '@/lib/cassandra/client/client-options';
import type { Client, Host } from '@/lib/cassandra/client/driver';
import { nearNodes } from '@/lib/cassandra/client/routing';
import { type RingMember, readRingMembers } from '@/lib/cassandra/nodes/ring-members';
import type { Truncations } from '@/lib/cassandra/nodes/truncations';
import type { BudgetReader } from '@/lib/cassandra/read/budget';
import type { PartRequest } from '@/lib/cassandra/read/pages';
import { nodeFor, pagingOf, type ReadPlan } from '@/lib/cassandra/read/reads';
import { findKeyspace, readSchema } from '@/lib/cassandra/schema/schema';
import { estimateBytes } from '@/lib/cassandra/schema/sizes';
import { rangeStatement } from '@/lib/cql/range-statement';
import { keyColumns } from '@/lib/cql/row-key';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/murmur3';
import { linearShare, type TokenRange } from '@/lib/ring/ranges';
import { parseReplication, type ReplicationStrategy } from '@/lib/ring/replication';
import { type PieceCount, pieceCount, planPieces, type ScanPiece } from './plan/pieces';
import type { ScanWork } from './plan/work';
import { type TableWatch, UNWATCHED, watchTable } from './table-watch';

/** The page size when rows are not the limit. */
const MOST_PAGE_ROWS = 10_000;
const WHOLE_RING: TokenRange = { from: MIN_TOKEN, to: MAX_TOKEN };

/** How a plan's rows are requested: piece by piece along the ring, or as one statement. */
export interface ScanSource {
  /** False: one piece, whose place only its paging state knows. */
  readonly isRanged: boolean;
  readonly bounds: TokenRange;
  /** @param workers most pages in flight */
  pieces(workers: number): ScanPiece[];
  /** The pieces of an earlier scan, with their current nodes. */
  held(ranges: readonly TokenRange[]): ScanPiece[];
  request(work: ScanWork, size: PartSize, host: Host | undefined, signal: AbortSignal): PartRequest;
  /** The most rows per page that the reader's limit and the statement's own allow. */
  readonly mostPageRows: number;
  /** Pages keep their size from the first on, and their bytes are not known in advance. */
  readonly hasFixedPages: boolean;
  /** The node of a node-local table; undefined for replicated ones. */
  readonly onlyHost: Host | undefined;
  /** How many nodes of the local datacenter answered when the scan started. */
  readonly nodes: number;
  /** The piece's nodes in the local datacenter that answer. */
  hosts(piece: ScanPiece): Host[];
  readonly table: TableWatch;
}

/** What a request asks for, and its expected bytes; null if unknown. */
interface PartSize {
  readonly rows: number;
  readonly expectedBytes: number | null;
}

export interface SourceOptions {
  /** The reader whose turns its pages take. */
  readonly reader: BudgetReader;
  /** One piece, in the order of the statement. */
  readonly ordered: boolean;
  /** The pieces come from an earlier scan: cut none. */
  readonly resumed: boolean;
  /** Address of the node that a checkpoint of a node-local read belongs to. */
  readonly node: string | null;
  /** The table's truncations, as known to a checkpoint. */
  readonly truncations: Truncations;
  /** Somebody else checks that the table stays what it is. */
  readonly unwatched?: boolean;
}

/** @throws Failure `table_truncated` if the table was truncated after the checkpoint */
export async function scanSource(
  plan: ReadPlan,
  client: Client,
  { reader, ordered, resumed, node, truncations, unwatched }: SourceOptions,
): Promise<ScanSource> {
  const ranged = plan.classification.splittable ? rangedStatement(plan) : null;
  const bounds = ranged?.bounds ?? plan.range ?? WHOLE_RING;
  const { localDatacenter } = await plan.cluster.identity();
  const near = () => nearNodes(client, localDatacenter);
  const isCut = ranged !== null && !ordered;
  const [ring, tableBytes, table] = await Promise.all([
    isCut ? readRing(plan, client) : NO_RING,
    isCut && !resumed ? estimateBytes(client, near(), plan.classification.table) : null,
    unwatched ? UNWATCHED : watchTable(plan, client, near, truncations),
  ]);
  const bytes = tableBytes === null ? null : tableBytes * linearShare(bounds.from, bounds.to);
  return {
    isRanged: ranged !== null,
    bounds,
    pieces: (workers) => {
      if (ranged === null || ordered) return [{ ...bounds, replicas: [] }];
      const pieces = planPieces(ring.members, ring.replication, bounds, pieceCount(workers, bytes));
      // Request empty bounds anyway: the response has the columns.
      return pieces.length > 0 ? pieces : [{ from: MAX_TOKEN, to: MAX_TOKEN, replicas: [] }];
    },
    held: (ranges) => held(ranges, planPieces(ring.members, ring.replication, bounds, pieceCount(1, null))),
    ...pageRowsOf(plan),
    onlyHost: nodeFor(plan, client, node),
    request: (work, { rows, expectedBytes }, host, signal) => ({
      ...baseRequest(plan, host, signal),
      reader,
      expectedBytes,
      statement: ranged?.statement ?? plan.statement,
      params: ranged?.params(work.from, work.to).map(toBuffer) ?? plan.params,
      pageRows: plan.pageRows === UNPAGED ? UNPAGED : rows,
      pagingState: toBuffer(work.pagingState),
    }),
    nodes: near().length,
    hosts: ({ replicas }) => near().filter((host) => replicas.includes(String(host.hostId))),
    table,
  };
}

/** A table's ring cut into pieces that are read on their own, and the watch over the table while they are. */
export interface RingCut {
  readonly pieces: readonly ScanPiece[];
  readonly watch: TableWatch;
}

export interface Cutting {
  /** Pages in flight at most. */
  readonly workers: number;
  /** The pieces to read, where they are known: of an earlier cut, or of another table. */
  readonly ranges: readonly TokenRange[] | null;
  /** The table's truncations, as known to a checkpoint. */
  readonly truncations: Truncations;
}

/**
 * Cuts the whole ring for a plan, for reads with `only`. Call it before the first row is read.
 * @throws Failure `table_truncated` if there is a newer truncation
 */
export async function cutRing(plan: ReadPlan, { workers, ranges, truncations }: Cutting): Promise<RingCut> {
  const client = await plan.cluster.client(plan.keyspace);
  const { localDatacenter } = await plan.cluster.identity();
  const near = () => nearNodes(client, localDatacenter);
  const [ring, bytes, watch] = await Promise.all([
    readRing(plan, client),
    ranges === null ? estimateBytes(client, near(), plan.classification.table) : null,
    watchTable(plan, client, near, truncations),
  ]);
  const cut = (count: PieceCount) => planPieces(ring.members, ring.replication, WHOLE_RING, count);
  const pieces = ranges === null ? cut(pieceCount(workers, bytes)) : held(ranges, cut(pieceCount(1, null)));
  return { pieces, watch };
}

/** Each range with the nodes that hold all of it. @param owned in token order */
function held(ranges: readonly TokenRange[], owned: readonly ScanPiece[]): ScanPiece[] {
  return ranges.map((range) => {
    const touched = owned.filter(({ from, to }) => from < range.to && to > range.from);
    const [first, ...more] = touched.map(({ replicas }) => replicas);
    return { ...range, replicas: first?.filter((id) => more.every((others) => others.includes(id))) ?? [] };
  });
}

function pageRowsOf(plan: ReadPlan): Pick<ScanSource, 'mostPageRows' | 'hasFixedPages'> {
  const { laterRows, fixedRows } = pagingOf(plan);
  if (fixedRows === UNPAGED) return { mostPageRows: MOST_PAGE_ROWS, hasFixedPages: true };
  return { mostPageRows: fixedRows ?? laterRows, hasFixedPages: fixedRows !== undefined };
}

function rangedStatement({ statement, params, table }: ReadPlan) {
  const key = keyColumns(table?.columns ?? [], 'partition_key');
  if (key.length === 0) return null;
  const names = key.map(({ name }) => name);
  return rangeStatement(statement, params, names);
}

function baseRequest(plan: ReadPlan, host: Host | undefined, signal: AbortSignal) {
  const { consistency, serialConsistency, timeoutMs, classification } = plan;
  const isNodeLocal = classification.cost.scope === 'one_node';
  return {
    consistency,
    serialConsistency,
    timeoutMs,
    signal,
    host,
    trace: false,
    ...(isNodeLocal && host !== undefined ? { executionProfile: NODE_LOCAL_PROFILE } : {}),
  };
}

function toBuffer(bytes: Uint8Array | null): Buffer | null {
  return bytes === null ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

interface RingView {
  readonly members: readonly RingMember[];
  readonly replication: ReplicationStrategy | null;
}

const NO_RING: RingView = { members: [], replication: null };

/** Placement is useful but not required: without it, any node coordinates the read. */
async function readRing(plan: ReadPlan, client: Client): Promise<RingView> {
  try {
    const keyspace = plan.classification.table?.keyspace ?? '';
    const up = client.hosts.values().filter((host) => host.isUp());
    const [schema, members] = await Promise.all([readSchema(plan.cluster), readRingMembers(client, up)]);
    const options = findKeyspace(schema, keyspace)?.replication;
    return { members, replication: options === undefined ? null : parseReplication(options) };
  } catch {
    return NO_RING;
  }
}

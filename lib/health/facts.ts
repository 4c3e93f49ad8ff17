import type { Keyspace } from '@/lib/contract/schema';
import type { IndexedValues } from '@/lib/contract/tables';
import type { NodeState } from '@/lib/contract/topology';

/** What every node says of itself and the others, as findings need it. Times are ISO 8601 UTC. */

/** A node's response to one statement about itself. */
export type Read<Row> =
  | {
      readonly outcome: 'rows';
      readonly rows: readonly Row[];
      readonly askedAt: string;
      readonly statement: string;
      /** An earlier response, at most ten minutes older: what has risen since. */
      readonly before?: { readonly rows: readonly Row[]; readonly askedAt: string };
    }
  | {
      readonly outcome: 'not_permitted';
      readonly statement: string;
      readonly reason: string;
      readonly role: string | null;
    }
  | { readonly outcome: 'no_such_table'; readonly statement: string }
  /** The node does not answer: `silence` of the node says since when. */
  | { readonly outcome: 'no_answer'; readonly statement: string };

export interface LocalRow {
  readonly clusterName: string;
  readonly partitioner: string;
  readonly release: string;
  readonly schemaVersion: string;
  /** The node's clock, and the times on Ringside's clock between which it was read; in ms since the epoch. */
  readonly clockMs: number;
  readonly sentMs: number;
  readonly receivedMs: number;
}

/** A node as another knows it: by gossip, or by `system.peers_v2`, which does not say whether it is up. */
export interface ViewRow {
  readonly hostId: string;
  readonly state: NodeState;
  readonly release: string | null;
  readonly schemaVersion: string | null;
  readonly datacenter: string | null;
  readonly rack: string | null;
  readonly loadBytes: number | null;
  /** The gossip generation: when the node started, in seconds since the epoch. */
  readonly startedS?: number | null;
}

interface PoolRow {
  readonly name: string;
  readonly active: number;
  /** Threads. */
  readonly limit: number;
  readonly pending: number;
  readonly blocked: number;
  readonly blockedEver: number;
}

interface OutboundRow {
  readonly target: string;
  readonly expired: number;
  readonly overloaded: number;
}

interface QueryRow {
  readonly runningMs: number;
}

interface HintRow {
  readonly hostId: string;
  readonly files: number;
  readonly oldest: string | null;
}

interface ClientRow {
  readonly address: string;
  readonly driver: string;
  readonly protocol: number;
  readonly user: string | null;
  readonly isEncrypted: boolean;
  /** As its driver was configured to say, since 4.1. */
  readonly application: string | null;
}

interface CacheRow {
  readonly name: string;
  readonly capacityBytes: number;
}

/** A number of one table on one node. */
interface TableRow {
  readonly keyspace: string;
  readonly table: string;
  readonly value: number;
}

/** What a node estimates of its primary ranges, from SSTables. */
interface EstimateRow {
  readonly keyspace: string;
  readonly table: string;
  readonly partitions: number;
  readonly bytes: number;
}

/** Local requests of one table: counted since the node started, percentiles of the last minutes with requests. */
interface LatencyRow {
  readonly keyspace: string;
  readonly table: string;
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

interface BuiltIndexRow {
  readonly keyspace: string;
  readonly name: string;
}

interface SaiIndexRow extends BuiltIndexRow {
  readonly queryable: boolean;
  readonly building: boolean;
}

/** An incremental repair that ended well. */
interface RepairRow {
  readonly tableIds: readonly string[];
  readonly repairedAt: string;
}

interface SnapshotRow {
  readonly name: string;
  readonly keyspace: string;
  readonly table: string;
  readonly trueBytes: number;
  readonly createdAt: string | null;
  readonly expiresAt: string | null;
}

interface TaskRow {
  /** `compaction`, `cleanup`, … in lower case. */
  readonly kind: string;
}

interface SettingRow {
  readonly name: string;
  /** Null: not set. */
  readonly value: string | null;
}

export interface FactRows {
  readonly local: LocalRow;
  readonly gossip: ViewRow;
  readonly peers: ViewRow;
  readonly pools: PoolRow;
  readonly outbound: OutboundRow;
  readonly queries: QueryRow;
  readonly hints: HintRow;
  readonly clients: ClientRow;
  readonly caches: CacheRow;
  readonly largest: TableRow;
  readonly tombstones: TableRow;
  readonly snapshots: SnapshotRow;
  readonly settings: SettingRow;
  readonly estimates: EstimateRow;
  readonly disk: TableRow;
  readonly localReads: LatencyRow;
  readonly localWrites: LatencyRow;
  readonly builtIndexes: BuiltIndexRow;
  readonly saiIndexes: SaiIndexRow;
  readonly repairs: RepairRow;
  readonly tasks: TaskRow;
}

/** What is asked, or asked more often, only while somebody looks at all tables. */
export const TABLE_FACTS = [
  'tombstones',
  'estimates',
  'disk',
  'localReads',
  'localWrites',
  'builtIndexes',
  'saiIndexes',
  'repairs',
] as const satisfies readonly (keyof FactRows)[];

export type FactName = keyof FactRows;

/** What is known of a node; a fact that was never asked is absent. */
export type NodeReads = { readonly [name in FactName]?: Read<FactRows[name]> };

export interface Silence {
  readonly lastAnswerAt: string | null;
  readonly reason: string;
  /** It was asked a moment ago and may still answer; otherwise the time for an answer is over. */
  readonly isLate: boolean;
}

export interface NodeFacts {
  readonly node: string;
  readonly hostId: string;
  readonly datacenter: string;
  readonly rack: string;
  /** Why and since when it does not answer; null: it does. */
  readonly silence: Silence | null;
  readonly reads: NodeReads;
}

/** A member of the ring, as one node knows it. */
export interface MemberFacts {
  readonly id: string;
  readonly node: string;
  readonly datacenter: string;
  readonly rack: string;
  readonly tokens: readonly bigint[];
  readonly release: string | null;
  /** As it last gossiped it to the node that was asked. */
  readonly schemaVersion: string | null;
}

/** The options of a table that findings go by. */
export interface TableOptions {
  readonly keyspace: string;
  readonly table: string;
  readonly compaction: string;
  readonly defaultTtlSeconds: number;
  readonly gcGraceSeconds?: number;
  /** From its id; null: the id does not say. */
  readonly createdAt?: string | null;
}

/** A repair, as its coordinator recorded it for the cluster. */
export interface RepairRecord {
  readonly id: string;
  readonly keyspace: string;
  readonly tables: readonly string[];
  readonly startedAt: string;
  /** Null: it runs, or its coordinator stopped before its end. */
  readonly finishedAt: string | null;
  readonly hasFailed: boolean;
}

/** All records of repairs; or why they are not known. */
export type RepairHistory =
  | {
      readonly outcome: 'rows';
      readonly rows: readonly RepairRecord[];
      readonly askedAt: string;
      readonly statement: string;
    }
  | { readonly outcome: 'unknown'; readonly why: string; readonly grant: string | null };

/** The values of an indexed column, in rows that somebody had sampled over the ring. */
export interface IndexSample extends Omit<IndexedValues, 'says'> {
  readonly keyspace: string;
  readonly table: string;
  readonly tableId: string | null;
  /** Places of the ring with rows, and partitions there. */
  readonly places: number;
  readonly partitions: number;
  /** Rows that were read; at most a few of each partition. */
  readonly rows: number;
  /** Of the whole table, as its nodes estimate it; null: not all of them say. */
  readonly estimatedPartitions: number | null;
  readonly askedAt: string;
  readonly statement: string;
}

export interface ClusterFacts {
  readonly asOf: string;
  readonly nodes: readonly NodeFacts[];
  readonly members: readonly MemberFacts[];
  readonly keyspaces: readonly Pick<Keyspace, 'name' | 'system' | 'virtual' | 'replication' | 'tables'>[];
  readonly tables: readonly TableOptions[];
  /** When the schema, the members and the options of tables were read; null: they are not known. */
  readonly schemaReadAt: string | null;
  readonly schemaFailure: string | null;
  /** Absent: nobody looks at it. */
  readonly repairHistory?: RepairHistory;
  /** Absent: nobody has sampled the values of an index. */
  readonly indexSamples?: readonly IndexSample[];
}

/** The rows of a fact, with when they were read; undefined where there is none. */
export function rowsOf<Name extends FactName>(
  node: NodeFacts,
  name: Name,
): Extract<NodeReads[Name], { readonly outcome: 'rows' }> | undefined {
  const read = node.reads[name];
  return node.silence === null && isRows(read) ? read : undefined;
}

function isRows<R extends { readonly outcome: string }>(
  read: R | undefined,
): read is Extract<R, { readonly outcome: 'rows' }> {
  return read?.outcome === 'rows';
}

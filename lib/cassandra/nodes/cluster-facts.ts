import 'server-only';
import { type Client, types } from 'cassandra-driver';
import type { ClusterFacts, FactName, MemberFacts, NodeFacts, TableOptions } from '@/lib/health/facts';
import type { Cluster } from '../client/cluster';
import { toFailure } from '../client/errors';
import { readSystem } from '../client/system-reads';
import { readSchema } from '../schema/schema';
import { type AskedNode, askNodes } from './ask-nodes';
import { indexSamples } from './index-samples';
import { repairHistory } from './repair-history';
import { readRingMembers } from './ring-members';

/** Schema, members and options of tables are read from one node, so they cost little. */
const RING_EVERY_MS = 30_000;
const WAIT_MS = 1_200;

type RingFacts = Pick<ClusterFacts, 'members' | 'keyspaces' | 'tables' | 'schemaReadAt' | 'schemaFailure'>;

interface Ring {
  facts: RingFacts;
  readMs: number | null;
  /** Nodes that the driver knew then. */
  hosts: number;
  reading: Promise<void> | null;
}

const KEY = Symbol.for('ringside.ring-facts');

/** By the client that a cluster keeps, as in ask-nodes.ts. */
function ringBy(client: Client): Ring {
  const global = globalThis as { [KEY]?: WeakMap<Client, Ring> };
  global[KEY] ??= new WeakMap();
  const ring: Ring = global[KEY].get(client) ?? {
    facts: { members: [], keyspaces: [], tables: [], schemaReadAt: null, schemaFailure: null },
    readMs: null,
    hosts: 0,
    reading: null,
  };
  global[KEY].set(client, ring);
  return ring;
}

interface FactsWanted {
  /** What is looked at besides what is always asked. */
  readonly demanded?: readonly FactName[];
  /** Whether the records of repairs are looked at. */
  readonly repairs?: boolean;
  /** How long to wait for schema and members while nothing is known of them. */
  readonly firstRingMs?: number;
}

/**
 * What is known of the cluster now: at most a moment is waited for what is being read.
 * @throws Failure when no node can be reached at all
 */
export async function readClusterFacts(
  cluster: Cluster,
  { demanded = [], repairs = false, firstRingMs = WAIT_MS }: FactsWanted = {},
): Promise<ClusterFacts> {
  const client = await cluster.client();
  const ring = ringBy(client);
  const isChanged = ring.hosts !== client.hosts.length;
  const isDue = ring.readMs === null || isChanged || performance.now() - ring.readMs >= RING_EVERY_MS;
  if (isDue) ring.reading ??= readRing(cluster, client, ring).finally(() => (ring.reading = null));
  const [asked, , history] = await Promise.all([
    askNodes(client, WAIT_MS, demanded),
    Promise.race([ring.reading, pause(ring.readMs === null ? firstRingMs : WAIT_MS)]),
    repairs ? repairHistory(client, WAIT_MS) : undefined,
  ]);
  const members = new Map(ring.facts.members.map((member) => [member.id, member]));
  const nodes = asked.map((node) => toNodeFacts(node, members)).sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const facts = { ...ring.facts, asOf: new Date().toISOString(), nodes, indexSamples: indexSamples(client) };
  return history === undefined ? facts : { ...facts, repairHistory: history };
}

/** Never rejects: what could not be read is said in the facts, and what was known stays. */
async function readRing(cluster: Cluster, client: Client, ring: Ring): Promise<void> {
  try {
    const hosts = client.hosts.values();
    ring.hosts = hosts.length;
    const up = hosts.filter((host) => host.isUp());
    const [members, schema, tables] = await Promise.all([
      readRingMembers(client, up.length > 0 ? up : hosts),
      readSchema(cluster),
      readTableOptions(client),
    ]);
    ring.facts = {
      members: members.map(({ address, ...member }): MemberFacts => ({ ...member, node: address })),
      keyspaces: schema.keyspaces,
      tables,
      schemaReadAt: new Date().toISOString(),
      schemaFailure: null,
    };
  } catch (error) {
    ring.facts = { ...ring.facts, schemaFailure: toFailure(error).message };
  }
  ring.readMs = performance.now();
}

const OPTIONS =
  'SELECT keyspace_name, table_name, id, compaction, default_time_to_live, gc_grace_seconds FROM system_schema.tables';

async function readTableOptions(client: Client): Promise<TableOptions[]> {
  const rows = await readSystem(client, OPTIONS);
  return rows.map((row): TableOptions => {
    const compaction: unknown = row.get('compaction');
    const className: unknown = compaction instanceof Map ? compaction.get('class') : undefined;
    return {
      keyspace: String(row.get('keyspace_name')),
      table: String(row.get('table_name')),
      compaction: String(className ?? '').replace(/^.*\./, ''),
      defaultTtlSeconds: Number(row.get('default_time_to_live') ?? 0),
      gcGraceSeconds: Number(row.get('gc_grace_seconds') ?? 0),
      createdAt: createdAt(row.get('id')),
    };
  });
}

/** Cassandra gives a table a UUID of its time, unless whoever made the table chose the id. */
function createdAt(id: unknown): string | null {
  if (!(id instanceof types.Uuid)) return null;
  const isOfTime = (id.getBuffer().readUInt8(6) ?? 0) >> 4 === 1;
  return isOfTime ? types.TimeUuid.fromString(id.toString()).getDate().toISOString() : null;
}

/** Datacenter and rack come from the ring's members, else from what the driver has learned of the node. */
function toNodeFacts({ host, reads, silence }: AskedNode, members: ReadonlyMap<string, MemberFacts>): NodeFacts {
  const member = members.get(String(host.hostId));
  return {
    node: host.address,
    hostId: String(host.hostId),
    datacenter: member?.datacenter ?? host.datacenter ?? 'unknown',
    rack: member?.rack ?? host.rack ?? 'unknown',
    silence,
    reads,
  };
}

function placeOf({ datacenter, rack, node }: NodeFacts): string {
  return [datacenter, rack, node].join('\u0000');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

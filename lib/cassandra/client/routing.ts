import 'server-only';
import { type Client, type Host, policies } from 'cassandra-driver';
import type { Keyspace } from '@/lib/contract/schema';
import { MIN_TOKEN, murmur3Token } from '@/lib/ring/murmur3';
import { type Placer, placer, type RingNode } from '@/lib/ring/placement';
import { type KnownReplication, parseReplication } from '@/lib/ring/replication';

/** The names and replication of keyspaces, as in the schema response. */
export type Replicated = Pick<Keyspace, 'name' | 'replication'>;

/** One text for each set of nodes, whichever of them comes first. */
class SetNames {
  readonly #names = new WeakMap<readonly string[], string>();

  of(addresses: readonly string[]): string {
    const known = this.#names.get(addresses);
    if (known !== undefined) return known;
    const name = addresses.toSorted().join(' ');
    this.#names.set(addresses, name);
    return name;
  }
}

/**
 * Knows where rows live, so that a request goes to a node that has them. The driver's own routing needs its copy of the
 * schema, which it keeps in objects keyed by names from outside: a keyspace `__proto__` breaks it. Nothing is read here:
 * until placement is known, requests go to any node of the datacenter.
 */
export class Routing {
  #place: Placer | null = null;
  /** Datacenters by address. */
  #datacenters: ReadonlyMap<string, string> = new Map();
  #strategies: ReadonlyMap<string, KnownReplication> = new Map();
  #sets = new SetNames();

  /** @param members the nodes of a ring with Murmur3 tokens, by the address that the driver uses for them */
  learnMembers(members: readonly RingNode[]): void {
    this.#place = placer(members);
    this.#sets = new SetNames();
    this.#datacenters = new Map(members.map(({ id, datacenter }) => [id, datacenter]));
  }

  learnKeyspaces(keyspaces: readonly Replicated[]): void {
    const strategies = new Map<string, KnownReplication>();
    for (const { name, replication } of keyspaces) {
      const strategy = parseReplication(replication);
      if (strategy.kind !== 'unknown' && strategy.kind !== 'local') strategies.set(name, strategy);
    }
    this.#strategies = strategies;
  }

  /** Addresses of the nodes that have a partition, the primary first; null if unknown. */
  replicas(keyspace: string, partitionKey: Uint8Array): readonly string[] | null {
    const strategy = this.#strategies.get(keyspace);
    if (this.#place === null || strategy === undefined) return null;
    return this.#place(murmur3Token(partitionKey), strategy);
  }

  /**
   * What is the same value for partitions that the same nodes have, and only for those; null where that is not known.
   */
  placeOf(keyspace: string, partitionKey: Uint8Array): unknown {
    const strategy = this.#strategies.get(keyspace);
    if (this.#place === null || strategy === undefined) return null;
    // Without a token where every node has every row.
    const any = this.#place(MIN_TOKEN, strategy);
    if (any.length === this.#datacenters.size) return this.#sets.of(any);
    return this.#sets.of(this.#place(murmur3Token(partitionKey), strategy));
  }

  /**
   * How many replicas each row of a keyspace has with all nodes up, in one datacenter or in all (null). Null where that is
   * not known, or differs from row to row: in one datacenter of several, for a strategy that does not count by datacenter.
   */
  replicaCount(keyspace: string, datacenter: string | null): number | null {
    const strategy = this.#strategies.get(keyspace);
    if (this.#place === null || strategy === undefined) return null;
    const replicas = this.#place(MIN_TOKEN, strategy);
    if (datacenter === null) return replicas.length;
    if (strategy.kind === 'simple' && new Set(this.#datacenters.values()).size > 1) return null;
    return replicas.filter((address) => this.#datacenters.get(address) === datacenter).length;
  }
}

/**
 * The driver's default policy (replicas in the local datacenter first, the less busy of two before the other, then the
 * datacenter's other nodes in turn), with replicas from our own placement. The driver accepts it as an option that its
 * types leave out.
 */
export class ReplicasFirst extends policies.loadBalancing.DefaultLoadBalancingPolicy {
  constructor(localDatacenter: string, routing: Routing) {
    const getReplicas = (keyspace: string, partitionKey: unknown): Host[] | null => {
      const replicas = Buffer.isBuffer(partitionKey) ? routing.replicas(keyspace, partitionKey) : null;
      const hosts = replicas?.flatMap((address) => this.#client?.hosts.get(address) ?? []);
      return hosts === undefined || hosts.length === 0 ? null : hosts;
    };
    super(Object.assign({ localDc: localDatacenter }, { getReplicas }));
  }

  #client: Client | null = null;

  override init(...[client, hosts, callback]: Parameters<policies.loadBalancing.LoadBalancingPolicy['init']>): void {
    this.#client = client;
    super.init(client, hosts, callback);
  }
}

/** The nodes of a datacenter that the driver holds to be up. */
export function nearNodes(client: Client, datacenter: string | null): readonly Host[] {
  return client.hosts.values().filter((host) => host.datacenter === datacenter && host.isUp());
}

import { quoteIdentifier } from '@/lib/cql/identifiers';
import { quoteString } from '@/lib/cql/literals';
import { parseReplication } from './replication';

/** Replication as it is recommended, and the statement that sets it. */

/** Replicas by datacenter. */
export type Factors = ReadonlyMap<string, number>;

const USUAL = 3;

/** Three replicas in each datacenter, or as many as it has nodes. @param nodes by datacenter */
export function usualFactors(nodes: Factors): Factors {
  return new Map([...nodes].map(([datacenter, count]) => [datacenter, Math.min(USUAL, count)]));
}

export function alterReplication(keyspace: string, factors: Factors): string {
  const options = [...factors].map(([datacenter, factor]) => `${quoteString(datacenter)}: ${factor}`);
  return `ALTER KEYSPACE ${quoteIdentifier(keyspace)} WITH replication = {'class': 'NetworkTopologyStrategy', ${options.join(', ')}}`;
}

export interface Shortfall {
  /** SimpleStrategy in several datacenters: replicas may all lie in one. */
  readonly isSimple: boolean;
  /** Datacenters with fewer replicas than usual. */
  readonly short: readonly string[];
}

/**
 * What is missing for logins to work while nodes are down: `system_auth` wants the usual replicas in every datacenter. Null:
 * nothing, or the strategy is not known.
 */
export function authShortfall(replication: Readonly<Record<string, string>>, nodes: Factors): Shortfall | null {
  const strategy = parseReplication(replication);
  const factorIn = (datacenter: string) => {
    if (strategy.kind === 'simple') return strategy.factor;
    return strategy.kind === 'network' ? (strategy.factors.get(datacenter) ?? 0) : USUAL;
  };
  const short = [...usualFactors(nodes)].flatMap(([name, factor]) => (factorIn(name) < factor ? [name] : []));
  const isSimple = strategy.kind === 'simple' && nodes.size > 1;
  return isSimple || short.length > 0 ? { isSimple, short } : null;
}

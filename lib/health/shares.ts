import { effectiveOwnership } from '@/lib/ring/ownership';
import { parseReplication } from '@/lib/ring/replication';
import type { MemberFacts } from './facts';

type Shares = ReadonlyMap<string, number> | undefined;

/** Placing every range of a large ring takes a while, and the members stay the same between two reads of the ring. */
const kept = new WeakMap<readonly MemberFacts[], Map<string, Shares>>();

/** The share of a keyspace's rows that each member holds, by its id; undefined where the placement is not known. */
export function sharesOf(members: readonly MemberFacts[], replication: Readonly<Record<string, string>>): Shares {
  const byOptions = kept.get(members) ?? new Map<string, Shares>();
  kept.set(members, byOptions);
  const options = JSON.stringify(replication);
  if (!byOptions.has(options)) {
    const strategy = parseReplication(replication);
    byOptions.set(options, strategy.kind === 'unknown' ? undefined : effectiveOwnership(members, strategy));
  }
  return byOptions.get(options);
}

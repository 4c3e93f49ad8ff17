import type { Keyspace, SizesResponse } from '@/lib/contract/schema';
import type { TopologyResponse } from '@/lib/contract/topology';
import type { RingNode } from '@/lib/ring/placement';
import { type KnownReplication, parseReplication } from '@/lib/ring/replication';

/** What the boards about a planned change have to go by. */
export interface Board {
  readonly topology: TopologyResponse;
  readonly members: readonly RingNode[];
  readonly keyspaces: readonly Keyspace[];
  /** Undefined: not read yet, or not readable. */
  readonly sizes: SizesResponse | undefined;
}

export interface Replicated {
  readonly name: string;
  readonly system: boolean;
  readonly replication: KnownReplication;
}

/** Keyspaces whose rows are replicated in a way that is known, people's own first. */
export function replicatedOf(keyspaces: readonly Keyspace[]): Replicated[] {
  return keyspaces
    .flatMap(({ name, system, virtual, replication: options }): Replicated[] => {
      const replication = parseReplication(options);
      if (virtual || replication.kind === 'unknown' || replication.kind === 'local') return [];
      return [{ name, system, replication }];
    })
    .sort((a, b) => Number(a.system) - Number(b.system) || a.name.localeCompare(b.name, 'en'));
}

import type { ClusterSummary } from '@/lib/contract/clusters';
import type { Consistency } from '@/lib/contract/common';
import type { Keyspace } from '@/lib/contract/schema';
import type { Change } from '@/lib/contract/statements';
import { replicationInWords } from '../cluster/replication-words';
import type { RunSettings } from './run';

/** The levels in effect. */
export interface ChangeSettings {
  /** Null: not known, since the cluster's default is not. */
  readonly consistency: Consistency | null;
  /** Null: Cassandra's default, SERIAL. */
  readonly serialConsistency: Consistency | null;
}

interface ChangeLine {
  readonly label: string;
  readonly text: string;
}

/** For a question: what is touched, on which replicas, at which levels. */
export function changeLines(
  change: Change,
  keyspaces: readonly Keyspace[],
  { consistency, serialConsistency }: ChangeSettings,
): readonly ChangeLine[] {
  const isData = /^(rows|range|partitions|static|batch|unknown)$/.test(change.scope);
  const replication = change.keyspaces.flatMap((name) => {
    const keyspace = keyspaces.find((one) => one.name === name);
    if (keyspace === undefined) return [];
    const words = replicationInWords(keyspace.replication);
    return [change.keyspaces.length === 1 ? words : `${name}: ${words}`];
  });
  return [
    { label: 'Touches', text: change.summary },
    ...(replication.length === 0 ? [] : [{ label: 'Replication', text: replication.join(' ') }]),
    ...(isData && consistency !== null ? [{ label: 'Consistency', text: consistency }] : []),
    ...(change.isConditional ? [{ label: 'Serial consistency', text: serialConsistency ?? 'SERIAL' }] : []),
  ];
}

/** The levels that a statement runs with. */
export function changeSettings(
  { consistency, serialConsistency = null }: Pick<RunSettings, 'consistency' | 'serialConsistency'>,
  cluster: Pick<ClusterSummary, 'consistency'> | undefined,
): ChangeSettings {
  return { consistency: consistency ?? cluster?.consistency ?? null, serialConsistency };
}

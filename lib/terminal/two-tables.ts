import 'server-only';
import type { TableName } from '@/lib/contract/common';
import type { ClusterConfig } from '@/lib/contract/configuration';
import type { ClusterArguments } from './arguments';
import { chooseCluster } from './clusters';
import { parseTableName } from './names';

/** A table at the prompt, `CLUSTER:KEYSPACE.TABLE`; without a cluster it is in the one that the options choose. */
interface TablePlace extends TableName {
  readonly cluster: string | undefined;
}

export interface TwoTables {
  readonly source: TablePlace;
  readonly target: TablePlace;
}

/** @throws UsageError */
export function parseTwoTables(given: { readonly source: string; readonly target: string }): TwoTables {
  return { source: parsePlace(given.source), target: parsePlace(given.target) };
}

function parsePlace(text: string): TablePlace {
  const [, cluster, rest = text] = /^([^:."\s]+):(.*)$/s.exec(text) ?? [];
  return { cluster, ...parseTableName(rest, undefined) };
}

/**
 * The clusters of two tables: one where both are in the same.
 * @param writes the target may be written to, where it is not configured
 * @throws UsageError, ConfigurationError
 */
export function clustersOf(
  { source, target }: TwoTables,
  given: ClusterArguments,
  writes: boolean,
): { readonly source: ClusterConfig; readonly target: ClusterConfig | null } {
  const configOf = (name: string | undefined, isWritten: boolean) =>
    chooseCluster(name === undefined ? given : { cluster: name }, process.env, isWritten);
  const ours = configOf(source.cluster, false);
  const isSame = source.cluster === target.cluster || target.cluster === ours.name;
  if (isSame) return { source: configOf(source.cluster, writes), target: null };
  return { source: ours, target: configOf(target.cluster, writes) };
}

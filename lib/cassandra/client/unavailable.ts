import 'server-only';
import type { ApiError } from '@/lib/contract/errors';
import type { Classification } from '@/lib/contract/statements';
import { plural } from '@/lib/text/format';
import { Failure } from '../../failure';
import { rootsOf } from './causes';
import type { Cluster } from './cluster';
import { toFailure } from './errors';

/** What a coordinator counted before it refused: replicas that the level needs, and those that it takes for up. */
interface Shortage {
  readonly level: string;
  readonly required: number;
  readonly alive: number;
}

/** Where a statement reads or writes. */
interface Asked {
  readonly cluster: Cluster;
  readonly keyspace?: string | undefined;
  readonly classification: Pick<Classification, 'table' | 'target'>;
}

/**
 * The failure of a statement; where too few replicas are up, with whether that can change at all: a level that needs
 * more replicas than the keyspace has can never be met, whichever nodes come back.
 */
export async function explainedShortage(
  { cluster, keyspace, classification }: Asked,
  error: unknown,
): Promise<unknown> {
  const { error: failure } = toFailure(error);
  const shortage = failure.code === 'not_enough_replicas' ? shortageOf(error) : undefined;
  if (shortage === undefined) return error;
  const name = classification.table?.keyspace ?? classification.target?.keyspace ?? keyspace;
  const datacenter = shortage.level.startsWith('LOCAL_') ? (await cluster.identity()).localDatacenter : null;
  const placed = name === undefined ? null : cluster.routing.replicaCount(name, datacenter);
  const place = datacenter === null ? `${name}` : `${name} in ${datacenter}`;
  return new Failure({ ...failure, ...shortageMeaning(shortage, placed, place) }, { cause: error });
}

/** The driver keeps the numbers of an Unavailable error (native protocol v4, section 9) in its message. */
function shortageOf(error: unknown): Shortage | undefined {
  for (const root of rootsOf(error)) {
    const text = root instanceof Error ? root.message : '';
    const [, level = '', required, alive] =
      /at consistency (\w+) \((\d+) required but only (\d+) alive\)/.exec(text) ?? [];
    if (required !== undefined) return { level, required: Number(required), alive: Number(alive) };
  }
  return undefined;
}

/**
 * @param placed replicas of a row, with all nodes up; null where that is not known
 * @param place of which keyspace, and in which datacenter for a LOCAL level
 */
export function shortageMeaning(
  { level, required, alive }: Shortage,
  placed: number | null,
  place: string,
): Pick<ApiError, 'message' | 'hint' | 'retryable'> {
  const needs = `${level} needs ${plural(required, 'replica')}`;
  if (placed !== null && placed < required) {
    return {
      message: `${needs}, but ${place} has ${placed}: the level cannot be met, even with every node up.`,
      hint: 'Choose a lower consistency level, or raise the keyspace’s replication factor and run a repair.',
      retryable: false,
    };
  }
  const unless = placed === null ? ' If none is down, the keyspace has fewer replicas than the level needs.' : '';
  return {
    message: `Too few replicas are up: ${needs}, and ${alive} ${alive === 1 ? 'is' : 'are'} up.`,
    hint: `Choose a lower consistency level, or bring nodes back: the Ring page shows which are down.${unless}`,
    retryable: true,
  };
}

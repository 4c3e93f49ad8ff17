import { type Consistency, serialConsistencySchema } from '@/lib/contract/common';
import type { Classification } from '@/lib/contract/statements';

/** Why a statement does not run at a consistency level, and what to do. */
export interface ConsistencyProblem {
  readonly message: string;
  readonly hint: string;
}

const NO_SERIAL = 'Choose another level: QUORUM is the nearest.';

/**
 * Says before it is sent what a level does not fit. A server of 4.0 to 5.0 is no help with SERIAL: it runs a SELECT over
 * several partitions without Paxos, at QUORUM, and says nothing (`StorageProxy.getRangeSlice`, and pages of an IN); it
 * takes BATCH, TRUNCATE and DDL at SERIAL as well. Null where the level fits.
 */
export function consistencyProblem(
  level: Consistency,
  { kind, isWrite, cost }: Pick<Classification, 'kind' | 'isWrite' | 'cost'>,
): ConsistencyProblem | null {
  if (level === 'ANY') return anyProblem(isWrite);
  if (!serialConsistencySchema.safeParse(level).success) return null;
  if (isWrite) {
    return {
      message: `${level} as a consistency level is for reads, and this is not one.`,
      hint: 'A conditional write (IF …) has its Paxos round without it; serialConsistency says whether that stays in one datacenter.',
    };
  }
  if (kind !== 'select') return null;
  switch (cost.scope) {
    case 'one_partition':
      return null;
    case 'unknown':
      return { message: `${level} reads one partition, and it is not certain that this does.`, hint: NO_SERIAL };
    case 'one_node':
      return { message: `${level} has no meaning for what one node says about itself.`, hint: NO_SERIAL };
    default:
      return {
        message: `${level} reads one partition at a time, and this reads more: Cassandra would run it without Paxos and not say so.`,
        hint: `Give the whole partition key with =, or choose another level: QUORUM is the nearest.`,
      };
  }
}

function anyProblem(isWrite: boolean): ConsistencyProblem {
  return isWrite
    ? {
        message: 'ANY cannot be sent: the driver would send ONE in its place.',
        hint: 'Choose ONE: then the write fails when no replica is up, and is not left to a hint.',
      }
    : { message: 'ANY is a consistency level for writes only.', hint: 'Choose another level: ONE is the nearest.' };
}

import { type Consistency, serialConsistencySchema } from '@/lib/contract/common';
import type { Classification } from '@/lib/contract/statements';

/** Why a statement cannot run at a consistency level, and what to do. */
export interface ConsistencyProblem {
  readonly message: string;
  readonly hint: string;
}

const NO_SERIAL = 'Choose another level: QUORUM is the nearest.';

/**
 * Checks, before sending, whether a level fits a statement; null if it does. Servers of 4.0 to 5.0 do not help with SERIAL:
 * they silently run a SELECT over several partitions without Paxos, at QUORUM (`StorageProxy.getRangeSlice`, and pages of
 * an IN), and also accept BATCH, TRUNCATE and DDL at SERIAL.
 */
export function consistencyProblem(
  level: Consistency,
  { kind, isWrite, cost }: Pick<Classification, 'kind' | 'isWrite' | 'cost'>,
): ConsistencyProblem | null {
  if (level === 'ANY') return anyProblem(isWrite);
  if (!serialConsistencySchema.safeParse(level).success) return null;
  if (isWrite) {
    return {
      message: `${level} is a consistency level for reads, and this statement is not one.`,
      hint: 'A conditional write (IF …) uses Paxos without it; serialConsistency sets whether the round stays in one datacenter.',
    };
  }
  if (kind !== 'select') return null;
  switch (cost.scope) {
    case 'one_partition':
      return null;
    case 'unknown':
      return {
        message: `${level} reads one partition, and this statement may read more.`,
        hint: NO_SERIAL,
      };
    case 'one_node':
      return { message: `${level} is meaningless for data that one node reports about itself.`, hint: NO_SERIAL };
    default:
      return {
        message: `${level} reads one partition at a time, and this reads more: Cassandra would silently run it without Paxos.`,
        hint: `Give the whole partition key with =, or choose another level: QUORUM is the nearest.`,
      };
  }
}

function anyProblem(isWrite: boolean): ConsistencyProblem {
  return isWrite
    ? {
        message: 'ANY cannot be sent: the driver would send ONE instead.',
        hint: 'Choose ONE: the write then fails if no replica is up, instead of relying on a hint.',
      }
    : { message: 'ANY is a consistency level for writes only.', hint: 'Choose another level: ONE is the nearest.' };
}

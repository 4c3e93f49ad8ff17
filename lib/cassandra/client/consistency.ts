import 'server-only';
import { types } from 'cassandra-driver';
import type { Consistency, SerialConsistency } from '@/lib/contract/common';

const { consistencies } = types;

const CODES: Readonly<Record<Consistency | SerialConsistency, types.consistencies>> = {
  ANY: consistencies.any,
  ONE: consistencies.one,
  TWO: consistencies.two,
  THREE: consistencies.three,
  QUORUM: consistencies.quorum,
  ALL: consistencies.all,
  LOCAL_QUORUM: consistencies.localQuorum,
  EACH_QUORUM: consistencies.eachQuorum,
  LOCAL_ONE: consistencies.localOne,
  SERIAL: consistencies.serial,
  LOCAL_SERIAL: consistencies.localSerial,
};

/** The driver's number for a consistency level. */
export function consistencyCode(level: Consistency | SerialConsistency): types.consistencies {
  return CODES[level];
}

/**
 * The consistency level in effect: the one requested, unless a warning from the server says that it lowered it, as it
 * does for vector searches: "…can only be run with consistency level ONE / LOCAL_ONE / NODE_LOCAL… Downgrading the
 * consistency level to ONE." (Cassandra 5.0, `SelectStatement.TOPK_CONSISTENCY_LEVEL_WARNING`).
 */
export function effectiveConsistency(asked: Consistency, warnings: readonly string[]): Consistency {
  for (const warning of warnings) {
    const lowered = /Downgrading the consistency level to (\w+)/i.exec(warning)?.[1];
    if (lowered === 'ONE' || lowered === 'LOCAL_ONE') return lowered;
  }
  return asked;
}

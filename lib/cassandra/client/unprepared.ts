import 'server-only';
import { errors, types } from 'cassandra-driver';
import { isPoolEmpty } from './once-connected';

/**
 * Nothing ran: each node that was asked had forgotten the statement, and could not prepare it again. The driver tries the
 * nodes one after another, and keeps only what they answered first (4.10.0, lib/request-execution.js).
 */
export function isUnprepared(error: unknown): boolean {
  if (error instanceof errors.ResponseError) return error.code === types.responseErrorCodes.unprepared;
  if (!(error instanceof errors.NoHostAvailableError)) return false;
  const inner: unknown = error.innerErrors;
  const reasons: unknown[] = typeof inner === 'object' && inner !== null ? Object.values(inner) : [];
  const ranNothing = (reason: unknown) => typeof reason === 'string' || isPoolEmpty(reason) || isUnprepared(reason);
  return reasons.some(isUnprepared) && reasons.every(ranNothing);
}

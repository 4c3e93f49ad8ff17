import 'server-only';
import { errors } from 'cassandra-driver';
import { Failure } from '../../failure';

/**
 * What is at the bottom of a failure: the error of each node that was tried (`innerErrors` of the driver's
 * NoHostAvailableError, in which a text stands for a node that was not even asked), else the error itself.
 */
export function rootsOf(error: unknown): readonly unknown[] {
  if (error instanceof Failure && error.cause !== undefined) return rootsOf(error.cause);
  if (!(error instanceof errors.NoHostAvailableError)) return [error];
  const inner: unknown = error.innerErrors;
  const roots = typeof inner === 'object' && inner !== null ? Object.values(inner) : [];
  return roots.length === 0 ? [error] : roots;
}

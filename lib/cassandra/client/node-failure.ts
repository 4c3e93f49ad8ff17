import 'server-only';
import { errors } from 'cassandra-driver';
import { Failure } from '../../failure';
import { rootsOf } from './causes';
import { toFailure } from './errors';

/**
 * What a request to one node alone failed with. The driver reports it as if no node of the cluster answered; here the
 * message names the node, why it does not answer, and what to do.
 * @param node `host:port`
 */
export function nodeFailure(error: unknown, node: string): Failure {
  const failure = toFailure(error);
  if (failure.error.code !== 'cluster_unreachable') return failure;
  const why =
    rootsOf(error)
      .map(reasonOf)
      .find((reason) => reason !== undefined) ?? 'it cannot be reached';
  return new Failure(
    {
      ...failure.error,
      message: `${node} does not answer: ${why}.`,
      hint: 'Check that Cassandra runs there and that Ringside can reach it. The Ring page shows what the other nodes report about it.',
    },
    { cause: failure },
  );
}

const BY_ERRNO: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'it refuses connections',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  ETIMEDOUT: 'it does not react to connections',
  EHOSTUNREACH: 'its host cannot be reached',
  ENETUNREACH: 'its network cannot be reached',
  ENOTFOUND: 'its name does not resolve',
};

function reasonOf(root: unknown): string | undefined {
  // A text of the driver's: the node is marked as down, and nothing was sent (lib/request-handler.js).
  if (typeof root === 'string') return 'its connections are closed, and new ones fail';
  if (root instanceof errors.OperationTimedOutError) return 'it does not react in time';
  const code = typeof root === 'object' && root !== null && 'code' in root ? String(root.code) : '';
  if (BY_ERRNO[code] !== undefined) return BY_ERRNO[code];
  return root instanceof Error && root.message === 'No connection available'
    ? 'no connection to it is open'
    : undefined;
}

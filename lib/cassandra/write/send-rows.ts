import 'server-only';
import { type Client, types } from 'cassandra-driver';
import type { Consistency } from '@/lib/contract/common';
import { consistencyCode } from '../client/consistency';
import { toFailure } from '../client/errors';
import { onceConnected } from '../client/once-connected';
import { ONCE } from './writes';

/** A prepared statement that writes a row or a part of one, with its encoded values: undefined leaves one as it is. */
export interface RowStatement {
  readonly statement: string;
  readonly params: readonly (Uint8Array | null | undefined)[];
}

export interface SentRows {
  readonly consistency: Consistency;
  readonly timeoutMs: number;
}

/**
 * Sends statements of one partition as one request, to one of its replicas, once. Several are an unlogged batch, which
 * Cassandra applies to one partition as one mutation: all of it or nothing.
 * @throws Failure
 */
export async function sendRows(
  client: Client,
  statements: readonly RowStatement[],
  { consistency, timeoutMs }: SentRows,
): Promise<void> {
  const options = { prepare: true, consistency: consistencyCode(consistency), readTimeout: timeoutMs, ...ONCE };
  const [first] = statements;
  if (first === undefined) return;
  try {
    if (statements.length === 1) {
      await onceConnected(() => client.execute(first.statement, values(first), options));
      return;
    }
    const queries = statements.map((statement) => ({ query: statement.statement, params: values(statement) }));
    await onceConnected(() => client.batch(queries, { ...options, logged: false }));
  } catch (error) {
    throw toFailure(error);
  }
}

function values({ params }: RowStatement): unknown[] {
  return params.map((value) => {
    if (value === undefined) return types.unset;
    return value === null || Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.length);
  });
}

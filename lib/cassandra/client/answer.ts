import 'server-only';
import { type Client, type Host, type QueryOptions, types } from 'cassandra-driver';
import type { Consistency, SerialConsistency } from '@/lib/contract/common';
import type { TracedRequest } from '@/lib/contract/frames';
import type { PlanColumn } from '@/lib/wire/plan';
import { consistencyCode, effectiveConsistency } from './consistency';
import { toFailure } from './errors';
import { onceConnected } from './once-connected';
import { UNSET } from './prepared';
import { undecoded, undecodedRows } from './undecoded';

/** The response to one request to Cassandra, with undecoded rows. */
export interface Answer {
  readonly rows: number;
  /** rows × columns cells from offset 0; what follows them must not be read. Empty if there are no rows. */
  readonly body: Buffer;
  /** Length of the response's frame. */
  readonly frameBytes: number;
  /** Null if the statement returns no rows at all (a write, a schema change). */
  readonly columns: readonly PlanColumn[] | null;
  readonly pagingState: Buffer | null;
  /** `host:port` of the node that answered. */
  readonly coordinator: string;
  readonly consistency: Consistency;
  readonly warnings: readonly string[];
  /** The traced requests that it took; empty where no trace was asked for. */
  readonly traces: readonly TracedRequest[];
  /** From request to response, without the time spent waiting for other reads. */
  readonly elapsedMs: number;
}

/** As `pageRows`: the whole result in one response. */
export const UNPAGED = 0;

/** Any request to Cassandra. */
export interface StatementRequest {
  readonly statement: string;
  /** Encoded values of the bind markers; null runs the statement unprepared. */
  readonly params: readonly (Buffer | null)[] | null;
  readonly consistency: Consistency;
  readonly serialConsistency?: SerialConsistency | undefined;
  readonly pageRows: number;
  readonly pagingState: Buffer | null;
  readonly timeoutMs: number;
  readonly trace: boolean;
  readonly host?: Host | undefined;
  readonly executionProfile?: string | undefined;
  /** Nothing is sent once it is aborted. */
  readonly signal: AbortSignal;
}

/** Whether and how the driver may retry a request: the calling room decides. */
export type Resending = Required<Pick<QueryOptions, 'isIdempotent'>> & Pick<QueryOptions, 'retry'>;

/**
 * Sends one request. If the driver gives up before sending anything, because a connection is still being opened, this
 * retries for a while.
 * @param columnsOf makes the columns from the driver's
 * @throws Failure; the signal's reason when it is aborted before anything is sent
 */
export async function ask(
  client: Client,
  request: StatementRequest,
  resending: Resending,
  columnsOf: (metadata: unknown) => Answer['columns'],
): Promise<Answer> {
  request.signal.throwIfAborted();
  const startedAt = performance.now();
  try {
    const params = (request.params ?? []).map((value) => (value === UNSET ? types.unset : value));
    const options = queryOptions(request, resending);
    const result = await onceConnected(() => client.execute(request.statement, params, options));
    return toAnswer(result, request, columnsOf(result.columns), performance.now() - startedAt);
  } catch (error) {
    throw toFailure(error);
  }
}

function queryOptions(request: StatementRequest, resending: Resending): QueryOptions {
  return undecoded({
    prepare: request.params !== null,
    fetchSize: request.pageRows,
    consistency: consistencyCode(request.consistency),
    readTimeout: request.timeoutMs,
    traceQuery: request.trace,
    ...resending,
    ...(request.pagingState === null ? {} : { pageState: request.pagingState }),
    ...(request.serialConsistency === undefined
      ? {}
      : { serialConsistency: consistencyCode(request.serialConsistency) }),
    ...(request.host === undefined ? {} : { host: request.host }),
    ...(request.executionProfile === undefined ? {} : { executionProfile: request.executionProfile }),
  });
}

function toAnswer(
  result: types.ResultSet,
  request: StatementRequest,
  columns: Answer['columns'],
  elapsedMs: number,
): Answer {
  const rows = undecodedRows(result.rows);
  const pagingState: unknown = Reflect.get(result, 'rawPageState');
  const warnings = result.info.warnings ?? [];
  return {
    rows: rows?.rows ?? 0,
    body: rows?.body ?? Buffer.alloc(0),
    frameBytes: rows?.frameBytes ?? 0,
    columns,
    pagingState: Buffer.isBuffer(pagingState) ? pagingState : null,
    coordinator: result.info.queriedHost,
    consistency: effectiveConsistency(request.consistency, warnings),
    warnings,
    traces: result.info.traceId ? [{ id: String(result.info.traceId), rows: rows?.rows ?? 0, elapsedMs }] : [],
    elapsedMs,
  };
}

/** The result of `promise`, or the signal's reason if it is aborted first. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    // Nobody awaits it any longer: without this its failure would end the process.
    promise.catch(() => undefined);
    return Promise.reject(signal.reason);
  }
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

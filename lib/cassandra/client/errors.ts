import 'server-only';
import { errors } from 'cassandra-driver';
import type { ApiError, ErrorCode } from '@/lib/contract/errors';
import { ConfigurationError } from '@/lib/env';
import { PlanError, ValueError, WireError } from '@/lib/wire/errors';
import { Failure } from '../../failure';
import { hasNoConnection } from './once-connected';
import { loginMeaning, NOT_PREPARED, OPEN_CLUSTER, SERVER_ERRORS, WRITE_TIMEOUTS } from './server-errors';
import { isUnprepared } from './unprepared';

/** Any error of the driver or a server as a {@link Failure}; one that already is comes back as it is. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure(meaningOf(error), { cause: error });
}

function meaningOf(error: unknown): ApiError {
  const refused = refusedFrame(error);
  if (refused !== null) return refused;
  if (error instanceof errors.NoHostAvailableError) return noHostMeaning(error);
  if (error instanceof errors.ResponseError) return serverMeaning(error);
  if (error instanceof errors.OperationTimedOutError) return timeoutMeaning(error);
  if (error instanceof errors.AuthenticationError) return { ...loginMeaning(error.message), detail: error.message };
  if (error instanceof errors.BusyConnectionError) {
    return {
      code: 'overloaded',
      message: 'Every connection to that node is in use.',
      hint: 'Wait a moment and try again.',
      detail: error.message,
      retryable: true,
    };
  }
  return (
    wireMeaning(error) ??
    configurationMeaning(error) ??
    tlsMeaning(error) ??
    socketMeaning(error) ??
    internalMeaning(error)
  );
}

/** What frame-bounds.ts found wrong with a frame: the request's own error, or why its socket was closed. */
function refusedFrame(error: unknown): ApiError | null {
  if (error instanceof Failure) return error.error;
  const inner = typeof error === 'object' && error !== null && 'innerError' in error ? error.innerError : null;
  return inner instanceof Failure ? inner.error : null;
}

/** Faults found while reading and writing values. */
function wireMeaning(error: unknown): ApiError | null {
  if (error instanceof ValueError) return { code: 'invalid_request', message: error.message, retryable: false };
  if (error instanceof PlanError) {
    const { message, option } = error;
    const named = option === undefined ? {} : { option, hint: `The option is ${option}.` };
    return { code: 'invalid_request', message, ...named, retryable: false };
  }
  if (!(error instanceof WireError)) return null;
  return {
    code: 'malformed_response',
    message: 'A page from Cassandra does not follow the protocol.',
    hint: 'Please report it with the details, the table’s columns and the Cassandra release.',
    detail: error.message,
    retryable: false,
  };
}

function serverMeaning(error: errors.ResponseError): ApiError {
  const meaning = SERVER_ERRORS[error.code];
  if (meaning === undefined) {
    return {
      code: 'server_error',
      message: 'Cassandra answered with an error.',
      detail: error.message,
      retryable: false,
    };
  }
  const open = OPEN_CLUSTER.find(({ said }) => said.test(error.message));
  if (open !== undefined) return { ...meaning, message: open.message, hint: open.hint, detail: error.message };
  const byWrite = meaning.code === 'write_timeout' ? WRITE_TIMEOUTS[writeTypeOf(error)] : undefined;
  if (byWrite !== undefined) return { ...meaning, ...byWrite, detail: error.message };
  const position = positionIn(error.message);
  // The server says best what is wrong with a statement.
  const message = SPEAKS_FOR_ITSELF.has(meaning.code)
    ? `${meaning.message} ${firstSentence(error.message)}`
    : meaning.message;
  return { ...meaning, message, detail: error.message, ...(position ? { position } : {}) };
}

/** The driver reads it from the error's frame, and does not declare it. */
function writeTypeOf(error: errors.ResponseError): string {
  return 'writeType' in error ? String(error.writeType) : '';
}

const SPEAKS_FOR_ITSELF: ReadonlySet<ErrorCode> = new Set([
  'syntax_error',
  'invalid_statement',
  'unauthorized',
  'function_failure',
  'not_enough_replicas',
]);

function firstSentence(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  const shown = line.length > 300 ? `${line.slice(0, 300)}…` : line;
  return /[.!?…]$/.test(shown) ? shown : `${shown}.`;
}

/** Cassandra's parser writes `line 3:14 no viable alternative …`. */
function positionIn(message: string): ApiError['position'] {
  const match = /\bline (\d+):(\d+)\b/.exec(message);
  return match ? { line: Number(match[1]), column: Number(match[2]) } : undefined;
}

function timeoutMeaning(error: errors.OperationTimedOutError): ApiError {
  return {
    code: 'request_timeout',
    message: `The node ${error.host ?? ''} did not answer in time.`.replace('  ', ' '),
    hint: 'It may be paused, overloaded or cut off. Try again: another node may answer.',
    detail: error.message,
    retryable: true,
  };
}

/** All nodes failed: each node's reason goes into the detail. */
function noHostMeaning(error: errors.NoHostAvailableError): ApiError {
  const reasons = Object.entries(innerErrorsOf(error));
  const detail = reasons.map(([host, reason]) => `${host}: ${messageOf(reason)}`).join('\n') || error.message;
  for (const [, reason] of reasons) {
    if (reason instanceof errors.AuthenticationError) return { ...loginMeaning(reason.message), detail };
    const tls = tlsMeaning(reason);
    if (tls) return { ...tls, detail };
  }
  // A node that answered was reached, so its answer is the reason, whatever happened to the others.
  if (isUnprepared(error)) return { ...NOT_PREPARED, detail };
  const answered = reasons.find(([, reason]) => reason instanceof errors.ResponseError && !isUnprepared(reason));
  if (answered !== undefined) return { ...meaningOf(answered[1]), detail };
  const refused = reasons.map(([, reason]) => refusedFrame(reason)).find((meaning) => meaning !== null);
  if (refused !== undefined && refused !== null) return { ...refused, detail };
  const meanings = reasons.map(([, reason]) => meaningOf(reason));
  const [first] = meanings;
  if (first !== undefined && ONE_REASON.has(first.code) && meanings.every(({ code }) => code === first.code)) {
    return { ...first, detail };
  }
  return {
    code: 'cluster_unreachable',
    message: 'No node of the cluster answers.',
    hint: 'Check that the nodes are up, and the contact points, port and firewall. Ringside retries automatically.',
    detail,
    retryable: true,
  };
}

/** Reasons that say more than that no node answers, if every node has the same. */
const ONE_REASON: ReadonlySet<ErrorCode> = new Set(['request_timeout', 'overloaded']);

function innerErrorsOf(error: errors.NoHostAvailableError): Record<string, unknown> {
  const inner: unknown = error.innerErrors;
  return typeof inner === 'object' && inner !== null ? { ...inner } : {};
}

function tlsMeaning(error: unknown): ApiError | null {
  const code = errnoOf(error);
  const tls = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|EPROTO)/.test(code);
  if (!tls) return null;
  return {
    code: 'tls_failed',
    message: `The node’s TLS certificate was not accepted (${code}).`,
    hint: 'Set tls.ca to the certificate authority and tls.serverName to the expected name; tls.verify: false turns checking off.',
    detail: messageOf(error),
    retryable: false,
  };
}

function socketMeaning(error: unknown): ApiError | null {
  const code = errnoOf(error);
  const isSocket = /^(ECONN|EHOST|ENET|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE)/.test(code) || isSocketError(error);
  if (!isSocket && !hasNoConnection(error)) return null;
  return {
    code: 'cluster_unreachable',
    message: 'The connection to Cassandra broke or could not be opened.',
    hint: 'Ringside retries automatically. The Ring page shows which nodes are down.',
    detail: messageOf(error),
    retryable: true,
  };
}

/** Its own text names files and variables, and stays in the log like an internal error's. */
function configurationMeaning(error: unknown): ApiError | null {
  if (!(error instanceof ConfigurationError)) return null;
  return {
    code: 'internal_error',
    message: 'The configuration of this cluster cannot be used.',
    hint: 'See the server’s log for what is missing.',
    detail: error.message,
    retryable: true,
  };
}

function internalMeaning(error: unknown): ApiError {
  return {
    code: 'internal_error',
    message: 'Something went wrong in Ringside.',
    hint: 'Please report it with what you did. The server’s log has the stack trace.',
    detail: messageOf(error),
    retryable: false,
  };
}

function errnoOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** The driver's mark on errors of its sockets. */
function isSocketError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'isSocketError' in error && error.isSocketError === true;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

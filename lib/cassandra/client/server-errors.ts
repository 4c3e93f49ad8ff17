import 'server-only';
import { types } from 'cassandra-driver';
import type { ErrorCode } from '@/lib/contract/errors';

/**
 * The one table from what a server says to what a person reads: code, meaning, what to do.
 * Server codes: native protocol v4, section 9 "Error codes".
 */

export interface Meaning {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly retryable: boolean;
}

/** A refused login, from whichever side it is told. */
export const CREDENTIALS: Meaning = {
  code: 'authentication_failed',
  message: 'Cassandra refused the user name or password.',
  hint: 'Check username and password of this cluster in the configuration.',
  retryable: false,
};

const { responseErrorCodes } = types;

/** By the server's error code. */
export const SERVER_ERRORS: Readonly<Record<number, Meaning>> = {
  [responseErrorCodes.serverError]: {
    code: 'server_error',
    message: 'Cassandra met an error of its own while answering.',
    hint: 'The coordinator’s log says more. If the statement is unusual, try a simpler one.',
    retryable: false,
  },
  [responseErrorCodes.protocolError]: {
    code: 'server_error',
    message: 'Cassandra did not understand the request at the protocol’s level.',
    hint: 'This is a fault in Ringside or an unsupported Cassandra release; please report it with the detail.',
    retryable: false,
  },
  [responseErrorCodes.badCredentials]: CREDENTIALS,
  [responseErrorCodes.unavailableException]: {
    code: 'not_enough_replicas',
    message: 'Too few replicas are up for this consistency level.',
    hint: 'Choose a lower consistency level, or bring nodes back: the Ring page shows which are down. If none is, the keyspace has fewer replicas than the level needs.',
    retryable: true,
  },
  [responseErrorCodes.overloaded]: {
    code: 'overloaded',
    message: 'The coordinator is overloaded and refused the request.',
    hint: 'Wait a moment and try again; fewer rows a page ask less of it.',
    retryable: true,
  },
  [responseErrorCodes.isBootstrapping]: {
    code: 'bootstrapping',
    message: 'The coordinator is still joining the ring.',
    hint: 'Try again when it has joined.',
    retryable: true,
  },
  [responseErrorCodes.truncateError]: {
    code: 'truncate_failed',
    message: 'The table could not be truncated.',
    hint: 'TRUNCATE needs every node up. The table may be truncated on some nodes: run it again when all are.',
    retryable: true,
  },
  [responseErrorCodes.writeTimeout]: {
    code: 'write_timeout',
    message: 'The replicas did not confirm the write in time. It may have been applied all the same.',
    hint: 'Read the row before you write again, above all for counters and lists.',
    retryable: false,
  },
  [responseErrorCodes.readTimeout]: {
    code: 'read_timeout',
    message: 'The replicas did not answer the read in time.',
    hint: 'Ask for fewer rows a page or a smaller share of the table; many tombstones have this effect too.',
    retryable: true,
  },
  [responseErrorCodes.readFailure]: {
    code: 'read_failure',
    message: 'A replica failed while reading.',
    hint: 'Often too many tombstones (tombstone_failure_threshold): read a smaller range. The replica’s log names the partition.',
    retryable: true,
  },
  [responseErrorCodes.functionFailure]: {
    code: 'function_failure',
    message: 'A user-defined function failed.',
    hint: 'The detail holds the function’s own error.',
    retryable: false,
  },
  [responseErrorCodes.writeFailure]: {
    code: 'write_failure',
    message: 'A replica failed while writing. Others may have applied it.',
    hint: 'The replica’s log says why; read before you write again.',
    retryable: false,
  },
  [responseErrorCodes.syntaxError]: {
    code: 'syntax_error',
    message: 'Cassandra could not read the statement.',
    hint: 'The place is marked where the server names one.',
    retryable: false,
  },
  [responseErrorCodes.unauthorized]: {
    code: 'unauthorized',
    message: 'This user may not do that.',
    hint: 'The detail names the permission that is missing; a superuser can GRANT it.',
    retryable: false,
  },
  [responseErrorCodes.invalid]: {
    code: 'invalid_statement',
    message: 'Cassandra refused the statement.',
    hint: 'Names must be those of the schema, which completion offers, and values of their columns’ types.',
    retryable: false,
  },
  [responseErrorCodes.configError]: {
    code: 'invalid_statement',
    message: 'Cassandra refused the options.',
    hint: 'The server’s reason names the option; DESCRIBE of a like table shows what it takes.',
    retryable: false,
  },
  [responseErrorCodes.alreadyExists]: {
    code: 'already_exists',
    message: 'A keyspace or table of this name exists.',
    hint: 'Choose another name, or add IF NOT EXISTS.',
    retryable: false,
  },
  [responseErrorCodes.unprepared]: {
    code: 'server_error',
    message: 'The node had forgotten the prepared statement.',
    hint: 'Try again.',
    retryable: true,
  },
};

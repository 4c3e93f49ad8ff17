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

/** A refused login, whether the driver or a server reports it. */
const CREDENTIALS: Meaning = {
  code: 'authentication_failed',
  message: 'Cassandra refused the user name or password.',
  hint: 'Check username and password of this cluster in the configuration.',
  retryable: false,
};

/** The same error where a node could not read the hash of the password, so that nobody knows whether it is right. */
const LOGIN_NOT_CHECKED: Meaning = {
  code: 'not_enough_replicas',
  message: 'Cassandra could not check the password.',
  hint: 'Too few replicas of system_auth are up. Bring nodes back, or replicate system_auth to more of them.',
  retryable: true,
};

/** What an error of a login means. @param said the server's words */
export function loginMeaning(said: string): Meaning {
  return /unable to perform authentication|error during authentication/i.test(said) ? LOGIN_NOT_CHECKED : CREDENTIALS;
}

const { responseErrorCodes } = types;

/** No node ran the statement: none had it any more, and none could prepare it again. */
export const NOT_PREPARED: Meaning = {
  code: 'not_prepared',
  message: 'The node no longer had the prepared statement, so it ran nothing.',
  hint: 'Try again. If it stays so, the table or a column may have been dropped.',
  retryable: true,
};

/** By the server's error code. */
export const SERVER_ERRORS: Readonly<Record<number, Meaning>> = {
  [responseErrorCodes.serverError]: {
    code: 'server_error',
    message: 'Cassandra failed with an internal error.',
    hint: 'See the coordinator’s log. If the statement is unusual, try a simpler one.',
    retryable: false,
  },
  [responseErrorCodes.protocolError]: {
    code: 'server_error',
    message: 'Cassandra rejected the request as a protocol error.',
    hint: 'This is a bug in Ringside or an unsupported Cassandra release. Please report it with the details.',
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
    hint: 'Wait a moment and try again; fewer rows per page lighten the load.',
    retryable: true,
  },
  [responseErrorCodes.isBootstrapping]: {
    code: 'bootstrapping',
    message: 'The coordinator is still joining the ring.',
    hint: 'Try again once it has joined.',
    retryable: true,
  },
  [responseErrorCodes.truncateError]: {
    code: 'truncate_failed',
    message: 'The table could not be truncated.',
    hint: 'TRUNCATE needs every node up. Some nodes may have truncated the table: run it again once all are up.',
    retryable: true,
  },
  [responseErrorCodes.writeTimeout]: {
    code: 'write_timeout',
    message: 'The replicas did not confirm the write in time. It may have been applied anyway.',
    hint: 'Read the row before you write again, especially with counters and lists.',
    retryable: false,
  },
  [responseErrorCodes.readTimeout]: {
    code: 'read_timeout',
    message: 'The replicas did not answer the read in time.',
    hint: 'Read fewer rows per page or a smaller part of the table. Many tombstones also cause this.',
    retryable: true,
  },
  [responseErrorCodes.readFailure]: {
    code: 'read_failure',
    message: 'A replica failed while reading.',
    hint: 'The usual cause is too many tombstones (tombstone_failure_threshold): read a smaller range. The replica’s log names the partition.',
    retryable: true,
  },
  [responseErrorCodes.functionFailure]: {
    code: 'function_failure',
    message: 'A user-defined function failed.',
    hint: 'The details have the function’s own error.',
    retryable: false,
  },
  [responseErrorCodes.writeFailure]: {
    code: 'write_failure',
    message: 'A replica failed while writing. Others may have applied it.',
    hint: 'See the replica’s log for the reason. Read the row before you write again.',
    retryable: false,
  },
  [responseErrorCodes.syntaxError]: {
    code: 'syntax_error',
    message: 'Cassandra does not understand the statement.',
    hint: 'Check the text at the named line and column, and just before it.',
    retryable: false,
  },
  [responseErrorCodes.unauthorized]: {
    code: 'unauthorized',
    message: 'This user lacks the permission.',
    hint: 'The details name the missing permission; a superuser can GRANT it.',
    retryable: false,
  },
  [responseErrorCodes.invalid]: {
    code: 'invalid_statement',
    message: 'Cassandra refused the statement.',
    hint: 'Check that every name exists in the schema and every value has the type of its column.',
    retryable: false,
  },
  [responseErrorCodes.configError]: {
    code: 'invalid_statement',
    message: 'Cassandra refused the options.',
    hint: 'The server’s message names the option; DESCRIBE a similar table to see the syntax.',
    retryable: false,
  },
  [responseErrorCodes.alreadyExists]: {
    code: 'already_exists',
    message: 'A keyspace or table with this name already exists.',
    hint: 'Choose another name, or add IF NOT EXISTS.',
    retryable: false,
  },
  [responseErrorCodes.unprepared]: NOT_PREPARED,
};

/**
 * What servers say about roles and permissions where nobody logs in. A superuser cannot help there: there is none. The
 * texts are those of 4.0 to 5.0: `ClientState.ensureNotAnonymous`, `AllowAllAuthorizer` and `CassandraRoleManager`, which
 * takes passwords only beside PasswordAuthenticator.
 */
export const OPEN_CLUSTER: readonly { readonly said: RegExp; readonly message: string; readonly hint: string }[] = [
  {
    said: /logged in and not anonymous/,
    message: 'This cluster has no logins, so it has no roles or permissions to manage.',
    hint: 'Its authenticator is AllowAllAuthenticator: everyone may read and change all data. To use roles, set authenticator and authorizer in cassandra.yaml on every node.',
  },
  {
    said: /not supported by AllowAllAuthorizer/,
    message: 'This cluster does not check permissions, so there are none to grant, revoke or list.',
    hint: 'Its authorizer is AllowAllAuthorizer: every role may do everything. To use permissions, set authorizer in cassandra.yaml on every node.',
  },
  {
    said: /CassandraRoleManager doesn't support PASSWORD/,
    message: 'This cluster has no logins, so roles have no passwords.',
    hint: 'Its authenticator is AllowAllAuthenticator. To use passwords, set authenticator to PasswordAuthenticator in cassandra.yaml on every node.',
  },
];

/**
 * What a write timeout means by the kind of write (native protocol v4, section 9, `writeType`): it decides whether the write
 * may be lost, half done, or done later.
 */
export const WRITE_TIMEOUTS: Readonly<Record<string, Pick<Meaning, 'message' | 'hint'>>> = {
  BATCH_LOG: {
    message: 'The batch was not written to the batch log in time, so none of it was applied.',
    hint: 'Run it again. The nodes that keep the batch log may be down or busy.',
  },
  BATCH: {
    message:
      'The replicas did not confirm the batch in time. It is in the batch log, so all of it is applied sooner or later.',
    hint: 'Do not run it again: read the rows in a while.',
  },
  UNLOGGED_BATCH: {
    message:
      'The replicas did not confirm the batch in time. Some of its statements may have been applied, others not.',
    hint: 'Read the rows before you write again. A logged batch is applied whole.',
  },
  COUNTER: {
    message: 'The replicas did not confirm the counter in time. It may have been changed anyway.',
    hint: 'Read the counter before you write again: a second time would count twice.',
  },
  CAS: {
    message: 'The conditional write did not end in time. It may have been applied, or may be by a later one.',
    hint: 'Read the row with consistency SERIAL, which finishes what is pending, before you write again.',
  },
  VIEW: {
    message: 'The table’s materialized views did not take the write in time.',
    hint: 'Read the row before you write again. Many views on one table make writes slow.',
  },
  CDC: {
    message: 'The write was refused because the space for change data capture is full.',
    hint: 'Let the program that reads cdc_raw on the nodes catch up, or raise cdc_total_space in cassandra.yaml.',
  },
};

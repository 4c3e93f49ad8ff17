import { errors, types } from 'cassandra-driver';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '@/lib/contract/errors';
import { apiErrorSchema } from '@/lib/contract/errors';
import { PlanError, WireError } from '@/lib/wire/errors';
import { Failure } from '../../failure';
import { toFailure } from './errors';

const { responseErrorCodes } = types;
const meaningOf = (error: unknown) => apiErrorSchema.parse(toFailure(error).error);
const coded = (code: string, message = code) => Object.assign(new Error(message), { code });
const noHost = (innerErrors: Record<string, unknown>) => {
  return Object.assign(new errors.NoHostAvailableError({}), { innerErrors });
};
const timeout = (host: string) => Object.assign(new errors.OperationTimedOutError('did not reply'), { host });

describe('every error code of the protocol', () => {
  const table: Record<keyof typeof responseErrorCodes, [ErrorCode, boolean]> = {
    serverError: ['server_error', false],
    protocolError: ['server_error', false],
    badCredentials: ['authentication_failed', false],
    unavailableException: ['not_enough_replicas', true],
    overloaded: ['overloaded', true],
    isBootstrapping: ['bootstrapping', true],
    truncateError: ['truncate_failed', true],
    writeTimeout: ['write_timeout', false],
    readTimeout: ['read_timeout', true],
    readFailure: ['read_failure', true],
    functionFailure: ['function_failure', false],
    writeFailure: ['write_failure', false],
    syntaxError: ['syntax_error', false],
    unauthorized: ['unauthorized', false],
    invalid: ['invalid_statement', false],
    configError: ['invalid_statement', false],
    alreadyExists: ['already_exists', false],
    unprepared: ['not_prepared', true],
    clientWriteFailure: ['server_error', false],
  };

  it('stands in the table', () => {
    expect(Object.keys(responseErrorCodes).sort()).toEqual(Object.keys(table).sort());
  });

  it.each(Object.entries(table))('%s is %s', (name, [code, retryable]) => {
    const number = Object.entries(responseErrorCodes).find(([known]) => known === name)?.[1];
    const meaning = meaningOf(new errors.ResponseError(Number(number), 'what the server said'));
    expect(meaning).toMatchObject({ code, retryable, detail: 'what the server said' });
    expect(meaning.message).toMatch(/^[A-Z].*\.$/s);
  });

  it('and one that nobody knows is a server error with its text', () => {
    expect(meaningOf(new errors.ResponseError(0x7777, 'new in 9.0'))).toMatchObject({
      code: 'server_error',
      detail: 'new in 9.0',
    });
  });
});

describe('a statement that is wrong', () => {
  it('comes with its place, as Cassandra counts it', () => {
    const text = "line 3:14 no viable alternative at input 'FORM' (SELECT * [FORM])";
    const meaning = meaningOf(new errors.ResponseError(responseErrorCodes.syntaxError, text));
    expect(meaning.position).toEqual({ line: 3, column: 14 });
    expect(meaning.message).toContain(text);
  });

  it('without a place has none', () => {
    const meaning = meaningOf(new errors.ResponseError(responseErrorCodes.invalid, 'table t does not exist'));
    expect(meaning).not.toHaveProperty('position');
    expect(meaning.message).toBe('Cassandra refused the statement. table t does not exist.');
  });

  it('shows the first line of a long reason', () => {
    const meaning = meaningOf(new errors.ResponseError(responseErrorCodes.invalid, `${'x'.repeat(400)}\nsecond`));
    expect(meaning.message).toMatch(/x…$/);
    expect(meaning.message).not.toContain('second');
    expect(meaning.detail).toContain('second');
  });
});

describe('roles and permissions of a cluster without logins', () => {
  it.each([
    [
      responseErrorCodes.unauthorized,
      'You have to be logged in and not anonymous to perform this request',
      'no logins',
    ],
    [
      responseErrorCodes.invalid,
      'GRANT operation is not supported by AllowAllAuthorizer',
      'does not check permissions',
    ],
    [
      responseErrorCodes.invalid,
      "org.apache.cassandra.auth.CassandraRoleManager doesn't support PASSWORD",
      'no passwords',
    ],
  ])('%i %s', (code, said, message) => {
    const meaning = meaningOf(new errors.ResponseError(code, said));
    expect(meaning.message).toContain(message);
    expect(meaning.hint).toContain('cassandra.yaml');
    expect(meaning.hint).not.toContain('superuser');
    expect(meaning.detail).toBe(said);
  });

  it('is not what a missing permission means', () => {
    const said = 'User analyst has no SELECT permission on <table k.t> or any of its parents';
    expect(meaningOf(new errors.ResponseError(responseErrorCodes.unauthorized, said)).hint).toContain('superuser');
  });
});

describe('no host available', () => {
  it('because every node refused the login', () => {
    const inner = {
      '10.0.0.1:9042': new errors.AuthenticationError('Provided username x and/or password are incorrect'),
    };
    expect(meaningOf(noHost(inner))).toMatchObject({
      code: 'authentication_failed',
      retryable: false,
      detail: '10.0.0.1:9042: Provided username x and/or password are incorrect',
    });
  });

  it('because a certificate was not accepted, after nodes that were only down', () => {
    const inner = { a: coded('ECONNREFUSED'), b: coded('SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate') };
    const meaning = meaningOf(noHost(inner));
    expect(meaning).toMatchObject({ code: 'tls_failed', retryable: false });
    expect(meaning.message).toContain('SELF_SIGNED_CERT_IN_CHAIN');
    expect(meaning.detail).toBe('a: ECONNREFUSED\nb: self-signed certificate');
  });

  it('because every node tried was silent', () => {
    const meaning = meaningOf(noHost({ a: timeout('a'), b: timeout('b') }));
    expect(meaning).toMatchObject({ code: 'request_timeout', retryable: true });
    expect(meaning.message).toContain('The node a ');
  });

  it('because the only node that answered lacks replicas', () => {
    const unavailable = new errors.ResponseError(responseErrorCodes.unavailableException, 'Cannot achieve ALL');
    const meaning = meaningOf(noHost({ a: coded('ECONNREFUSED'), b: unavailable }));
    expect(meaning).toMatchObject({ code: 'not_enough_replicas', detail: 'a: ECONNREFUSED\nb: Cannot achieve ALL' });
  });

  it('because every connection is in use', () => {
    expect(meaningOf(noHost({ a: new errors.BusyConnectionError('a', 1, 1) })).code).toBe('overloaded');
  });

  it.each([
    ['refused connections', { a: coded('ECONNREFUSED') }],
    ['a silent node among refusing ones', { a: timeout('a'), b: coded('ECONNREFUSED') }],
    ['nothing tried', {}],
  ])('because of %s', (_, inner) => {
    expect(meaningOf(noHost(inner))).toMatchObject({ code: 'cluster_unreachable', retryable: true });
  });
});

describe('errors that no server sent', () => {
  const socketError = Object.assign(new Error('Socket was closed'), { isSocketError: true });
  it.each<[string, unknown, ErrorCode]>([
    ['a silent node', timeout('10.0.0.1:9042'), 'request_timeout'],
    ['a refused login', new errors.AuthenticationError('no'), 'authentication_failed'],
    ['a busy connection', new errors.BusyConnectionError('a', 2048, 1), 'overloaded'],
    ['ECONNREFUSED', coded('ECONNREFUSED'), 'cluster_unreachable'],
    ['ECONNRESET', coded('ECONNRESET'), 'cluster_unreachable'],
    ['EHOSTUNREACH', coded('EHOSTUNREACH'), 'cluster_unreachable'],
    ['ENOTFOUND', coded('ENOTFOUND'), 'cluster_unreachable'],
    ['EPIPE', coded('EPIPE'), 'cluster_unreachable'],
    ["the driver's mark of a socket", socketError, 'cluster_unreachable'],
    ['a node whose connections have just broken', new Error('No connection available'), 'cluster_unreachable'],
    ['another name in the certificate', coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'tls_failed'],
    ['an expired certificate', coded('CERT_HAS_EXPIRED'), 'tls_failed'],
    ['no TLS at the other end', coded('EPROTO'), 'tls_failed'],
    ['bytes that do not follow the protocol', new WireError('short'), 'malformed_response'],
    ['columns that the format cannot hold', new PlanError('two columns are called x'), 'invalid_request'],
    ['a fault of Ringside', new TypeError('undefined is not a function'), 'internal_error'],
    ['what is not even an error', 'text', 'internal_error'],
  ])('%s', (_, error, code) => {
    const failure = toFailure(error);
    expect(failure.error.code).toBe(code);
    expect(failure.cause).toBe(error);
  });

  it('a failure is passed on as it is', () => {
    const failure = new Failure({ code: 'not_found', message: 'gone', retryable: false });
    expect(toFailure(failure)).toBe(failure);
  });

  it('columns that a format cannot hold keep the words of the code that found them', () => {
    expect(meaningOf(new PlanError('Two columns are called "x". Rename one.')).message).toContain('Rename one');
  });
});

describe('a write timeout', () => {
  const timedOut = (writeType: string) =>
    meaningOf(
      Object.assign(new errors.ResponseError(responseErrorCodes.writeTimeout, 'Server timeout'), { writeType }),
    );

  it.each([
    ['BATCH_LOG', /none of it was applied/, /Run it again/],
    ['BATCH', /all of it is applied/, /Do not run it again/],
    ['UNLOGGED_BATCH', /Some of its statements/, /before you write again/],
    ['COUNTER', /may have been changed anyway/, /count twice/],
    ['CAS', /conditional write/, /SERIAL/],
    ['VIEW', /materialized views/, /before you write again/],
    ['CDC', /change data capture/, /cdc_total_space/],
    ['SIMPLE', /may have been applied anyway/, /before you write again/],
    ['OF_A_LATER_RELEASE', /may have been applied anyway/, /before you write again/],
  ])('of %s says what may have happened', (writeType, message, hint) => {
    const meaning = timedOut(writeType);
    expect(meaning.message).toMatch(message);
    expect(meaning.hint).toMatch(hint);
    expect([meaning.code, meaning.retryable]).toEqual(['write_timeout', false]);
  });
});

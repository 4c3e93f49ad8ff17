import 'server-only';
import * as z from 'zod/mini';
import { toFailure } from '@/lib/cassandra/client/errors';
import type { ApiError, ErrorCode } from '@/lib/contract/errors';
import { jsonText } from '@/lib/contract/json';
import { requestId } from '@/lib/telemetry/request-scope';

/** Responses change all the time, so nothing may cache them, nor delay them by compressing them. */
export const NO_STORE = 'no-store, no-transform';

const STATUS: Readonly<Record<ErrorCode, number>> = {
  invalid_request: 400,
  forbidden: 403,
  forbidden_origin: 403,
  signed_out: 401,
  sign_in_refused: 403,
  sign_in_needed: 403,
  too_many_attempts: 429,
  not_found: 404,
  read_only: 403,
  audit_unavailable: 503,
  limit_reached: 403,
  too_many_reads: 429,
  confirmation_required: 409,
  approval_required: 403,
  syntax_error: 400,
  invalid_statement: 400,
  unauthorized: 403,
  authentication_failed: 502,
  already_exists: 409,
  cluster_unreachable: 503,
  tls_failed: 502,
  not_enough_replicas: 503,
  read_timeout: 504,
  write_timeout: 504,
  request_timeout: 504,
  read_failure: 502,
  write_failure: 502,
  function_failure: 400,
  overloaded: 503,
  bootstrapping: 503,
  not_prepared: 503,
  truncate_failed: 502,
  schema_changed: 409,
  table_truncated: 409,
  ranges_failed: 502,
  cursor_refused: 409,
  malformed_response: 502,
  disk_full: 507,
  storage_failed: 500,
  server_error: 502,
  server_stopping: 503,
  internal_error: 500,
  version_conflict: 409,
  spark_failed: 502,
  address_refused: 403,
  cluster_changed: 409,
};

/** What a handler responds with where it sets cookies too. */
export class WithCookies<T> {
  readonly value: T;
  readonly cookies: readonly string[];

  constructor(value: T, cookies: readonly string[]) {
    this.value = value;
    this.cookies = cookies;
  }
}

/** JSON, checked against its schema before it is sent: the page parses exactly what was checked here. */
export function json<T>(schema: z.core.$ZodType<T>, value: NoInfer<T>, status = 200): Response {
  const headers = { 'content-type': 'application/json', 'cache-control': NO_STORE };
  return new Response(jsonText(z.parse(schema, value)), { status, headers });
}

export function errorResponse(error: unknown): Response {
  const failure = toFailure(error);
  if (failure.error.code === 'internal_error') console.error(error);
  return Response.json(
    { error: publicError(failure.error) },
    { status: STATUS[failure.error.code], headers: { 'cache-control': NO_STORE } },
  );
}

/**
 * The public part of an error, with the id under which the log knows its request: the text and trace of an internal one
 * stay in the log.
 */
export function publicError(error: ApiError): ApiError {
  const id = requestId();
  const { detail, ...rest } = error;
  const open = error.code === 'internal_error' || detail === undefined ? rest : { ...rest, detail };
  return id === undefined ? open : { ...open, requestId: id };
}

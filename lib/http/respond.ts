import 'server-only';
import * as z from 'zod/mini';
import { toFailure } from '@/lib/cassandra/errors';
import { CassandraFailure } from '@/lib/cassandra/failure';
import type { ApiError, ErrorCode } from '@/lib/contract/errors';
import { jsonText } from '@/lib/contract/json';

// The contract's schemas know no language until they are given one; the browser, which shows no such message, need not.
z.config(z.locales.en());

/** Answers differ by the moment and must never be kept, nor be held back by a compressor on the way. */
export const NO_STORE = 'no-store, no-transform';

const MAX_BODY_BYTES = 4 * 1024 * 1024;

const STATUS: Readonly<Record<ErrorCode, number>> = {
  invalid_request: 400,
  forbidden_origin: 403,
  not_found: 404,
  read_only: 403,
  confirmation_required: 409,
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
  truncate_failed: 502,
  schema_changed: 409,
  table_truncated: 409,
  ranges_failed: 502,
  cursor_refused: 409,
  malformed_response: 502,
  disk_full: 507,
  storage_failed: 500,
  server_error: 502,
  internal_error: 500,
};

type Handler<P> = (request: Request, params: P) => Promise<Response>;

/**
 * A route handler whose failures become the contract's error answers. The raw error stays in the server's log.
 * Aborted requests get an empty answer that nobody reads.
 */
export function route<P = Record<string, never>>(handler: Handler<P>) {
  return async (request: Request, context: { params: Promise<P> }): Promise<Response> => {
    try {
      return await handler(request, await context.params);
    } catch (error) {
      if (request.signal.aborted) return new Response(null, { status: 499 });
      return errorResponse(error);
    }
  };
}

/** JSON, held against its schema before it leaves: what the page will parse is what was checked here. */
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

/** What of an error may leave: an internal one keeps its trace and text in the log. */
export function publicError(error: ApiError): ApiError {
  if (error.code !== 'internal_error') return error;
  const { detail: _detail, ...rest } = error;
  return rest;
}

/** @throws CassandraFailure `invalid_request` that names each field at fault */
export async function readBody<T extends z.core.$ZodType>(schema: T, request: Request): Promise<z.output<T>> {
  const text = await readText(request);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw badRequest('The request’s body is not JSON.', cause);
  }
  return parseInput(schema, value);
}

/** The body, counted while it comes: a request need not say how long it is. */
async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  for (let step = await reader?.read(); step?.value !== undefined; step = await reader?.read()) {
    bytes += step.value.length;
    if (bytes > MAX_BODY_BYTES) throw badRequest(`The request is larger than ${MAX_BODY_BYTES} bytes.`);
    chunks.push(step.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** @throws CassandraFailure `invalid_request` that names each field at fault */
export function parseInput<T extends z.core.$ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
  throw badRequest(`The request cannot be used: ${faults.join('; ')}.`, parsed.error);
}

/** A query parameter that holds JSON; undefined when it is absent. */
export function jsonParameter(search: URLSearchParams, name: string): unknown {
  const text = search.get(name);
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badRequest(`The parameter “${name}” is not JSON.`, cause);
  }
}

function badRequest(message: string, cause?: unknown): CassandraFailure {
  return new CassandraFailure({ code: 'invalid_request', message, retryable: false }, { cause });
}

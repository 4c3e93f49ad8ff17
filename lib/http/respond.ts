import 'server-only';
import * as z from 'zod/mini';
import { toFailure } from '@/lib/cassandra/client/errors';
import { CassandraFailure } from '@/lib/cassandra/client/failure';
import type { ApiError, ErrorCode } from '@/lib/contract/errors';
import { isDeeperThan, jsonText } from '@/lib/contract/json';
import { JSON_DEPTH, LISTED_FAULTS, URL_JSON_CHARACTERS } from '@/lib/contract/limits';
import { limits } from '@/lib/limits';

// The contract's schemas know no language until they are given one; the browser, which shows no such message, need not.
z.config(z.locales.en());

/** Answers differ by the moment and must never be kept, nor be held back by a compressor on the way. */
export const NO_STORE = 'no-store, no-transform';

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
  return parseInput(schema, parseOutside('The request’s body', await readText(request)));
}

/** JSON from outside. What is nested without end is refused on its text, before anything that recurses sees it. */
function parseOutside(what: string, text: string): unknown {
  if (isDeeperThan(text, JSON_DEPTH)) throw badRequest(`${what} is JSON nested more than ${JSON_DEPTH} deep.`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badRequest(`${what} is not JSON.`, cause);
  }
}

/** The body, counted while it comes: a request need not say how long it is. */
async function readText(request: Request): Promise<string> {
  const { requestBytes } = limits();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  for (let step = await reader?.read(); step?.value !== undefined; step = await reader?.read()) {
    bytes += step.value.length;
    if (bytes > requestBytes) {
      // Nobody reads the rest: the sender is to stop.
      await reader?.cancel();
      throw badRequest(
        `The request is larger than ${requestBytes} bytes.`,
        undefined,
        'Send less at a time, or set RINGSIDE_MAX_REQUEST_BYTES on the server.',
      );
    }
    chunks.push(step.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** @throws CassandraFailure `invalid_request` that names each field at fault */
export function parseInput<T extends z.core.$ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const faults = issues
    .slice(0, LISTED_FAULTS)
    .map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
  const more = issues.length > faults.length ? `; and ${issues.length - faults.length} more` : '';
  throw badRequest(`The request cannot be used: ${faults.join('; ')}${more}.`, parsed.error);
}

/** A query parameter that holds JSON; undefined when it is absent. */
export function jsonParameter(search: URLSearchParams, name: string): unknown {
  const text = search.get(name);
  if (text === null) return undefined;
  if (text.length > URL_JSON_CHARACTERS) {
    throw badRequest(
      `The parameter “${name}” is longer than ${URL_JSON_CHARACTERS} characters.`,
      undefined,
      'Send the request with POST.',
    );
  }
  return parseOutside(`The parameter “${name}”`, text);
}

function badRequest(message: string, cause?: unknown, hint?: string): CassandraFailure {
  const error = {
    code: 'invalid_request',
    message,
    ...(hint === undefined ? {} : { hint }),
    retryable: false,
  } as const;
  return new CassandraFailure(error, { cause });
}

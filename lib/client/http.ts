import * as z from 'zod/mini';
import { type ApiError, errorBodySchema } from '@/lib/contract/errors';
import { jsonText } from '@/lib/contract/json';

/** A request that Ringside's server refused or could not fulfil, with the evidence it gave. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';

  constructor(
    readonly error: ApiError,
    /** HTTP status; 0: no answer came. */
    readonly status: number,
    options?: ErrorOptions,
  ) {
    super(error.message, options);
  }
}

/**
 * GET a JSON answer and hold it against its schema.
 * @throws ApiFailure for every way of failing; an aborted `signal` throws its own reason.
 */
export function getJson<T>(
  schema: z.core.$ZodType<T>,
  path: string,
  options: { signal?: AbortSignal } = {},
): Promise<T> {
  return requestJson(schema, path, { method: 'GET', ...options });
}

/** POST `body` as JSON; otherwise as {@link getJson}. */
export function postJson<T>(
  schema: z.core.$ZodType<T>,
  path: string,
  body: unknown,
  options: { signal?: AbortSignal } = {},
): Promise<T> {
  const init = { method: 'POST', body: jsonText(body), headers: { 'content-type': 'application/json' } };
  return requestJson(schema, path, { ...init, ...options });
}

async function requestJson<T>(schema: z.core.$ZodType<T>, path: string, init: RequestInit): Promise<T> {
  const response = await request(path, init);
  if (!response.ok) throw await failureOf(response);
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = z.safeParse(schema, body);
  if (parsed.success) return parsed.data;
  throw new ApiFailure(
    {
      ...UNREADABLE,
      detail: parsed.error.issues.map(faultOf).join('\n'),
    },
    response.status,
  );
}

/** Schemas have no language in the browser, so that what was expected is said here. */
function faultOf(issue: z.core.$ZodIssue): string {
  const fault = 'expected' in issue ? `expected ${issue.expected}` : issue.code;
  return `${issue.path.join('.')}: ${fault}`;
}

/**
 * `fetch` whose network failures are {@link ApiFailure}s; the caller checks `ok`. The header `X-Ringside` says that the
 * request is this page's: another site's page cannot send it, and the server asks for it where an answer costs.
 */
export async function request(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('x-ringside', '1');
  try {
    return await fetch(path, { ...init, headers });
  } catch (cause) {
    if (init.signal?.aborted) throw init.signal.reason;
    throw new ApiFailure(UNANSWERED, 0, { cause });
  }
}

/** Reads the error that an answer with a failing status carries. */
export async function failureOf(response: Response): Promise<ApiFailure> {
  const parsed = errorBodySchema.safeParse(await response.json().catch(() => undefined));
  return new ApiFailure(parsed.success ? parsed.data.error : UNREADABLE, response.status);
}

const UNANSWERED: ApiError = {
  code: 'server_error',
  message: 'Ringside’s server does not answer.',
  hint: 'Is it still running? What is on the page stays; it is tried again by itself.',
  retryable: true,
};

/** An answer that no schema of this page takes. */
export const UNREADABLE: ApiError = {
  code: 'malformed_response',
  message: 'Ringside’s server answered with something this page does not understand.',
  hint: 'The page may be older than the server: reload it.',
  retryable: false,
};

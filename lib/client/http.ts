import * as z from 'zod/mini';
import { type AnswerOf, addressOf, type CallOf, type Endpoint } from '@/lib/contract/endpoint';
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

interface CallOptions {
  readonly signal?: AbortSignal;
  /** What the answer may be, where an endpoint can answer in several ways. */
  readonly accept?: string;
}

/**
 * Asks an endpoint that answers JSON, and holds the answer against its schema.
 * @throws ApiFailure for every way of failing; an aborted `signal` throws its own reason.
 */
export function call<E extends JsonEndpoint>(
  endpoint: E,
  given: CallOf<E>,
  options?: CallOptions,
): Promise<AnswerOf<E>>;
export async function call(endpoint: JsonEndpoint, given: CallOf<Endpoint>, options?: CallOptions): Promise<unknown> {
  const response = await send(endpoint, given, options);
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = z.safeParse(endpoint.answer.schema, body);
  if (parsed.success) return parsed.data;
  throw new ApiFailure(
    {
      ...UNREADABLE,
      detail: parsed.error.issues.map(faultOf).join('\n'),
    },
    response.status,
  );
}

type JsonEndpoint = Endpoint & { readonly answer: { readonly as: 'json' } };

/**
 * Asks an endpoint; the answer is whatever it gives.
 * @throws ApiFailure when it is refused or does not come; an aborted `signal` throws its own reason.
 */
export async function send<E extends Endpoint>(
  endpoint: E,
  given: CallOf<E>,
  { signal, accept }: CallOptions = {},
): Promise<Response> {
  const { method, input } = endpoint;
  const body = input.in === 'body' ? jsonText(given.input) : null;
  const headers = {
    ...(body === null ? {} : { 'content-type': 'application/json' }),
    ...(accept === undefined ? {} : { accept }),
  };
  const response = await request(addressOf(endpoint, given), { method, body, headers, signal: signal ?? null });
  if (!response.ok) throw await failureOf(response);
  return response;
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

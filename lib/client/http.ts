import type { AnswerOf, CallOf, Endpoint } from '@/lib/contract/endpoint';
import type { ApiError, errorBodySchema } from '@/lib/contract/errors';
import { jsonText } from '@/lib/contract/json';
import { CSRF_HEADER, csrfToken } from './csrf';

/** A request that Ringside's server refused or could not serve, with the evidence it gave. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';

  constructor(
    readonly error: ApiError,
    /** HTTP status; 0: no response arrived. */
    readonly status: number,
    options?: ErrorOptions,
  ) {
    super(error.message, options);
  }
}

/** Did it fail because Ringside's server, or the cluster, cannot be reached? The page then reconnects automatically. */
export function isDisconnected(error: unknown): boolean {
  return error instanceof ApiFailure && (error.status === 0 || error.error.code === 'cluster_unreachable');
}

type Contract = typeof import('./contract');

/** Names an endpoint: `(to) => to.schema.get`. The table of endpoints loads beside the page's first code. */
export type ToEndpoint<E extends Endpoint> = (to: Contract['endpoints']) => E;

let loading: Promise<Contract> | undefined;

/**
 * The endpoints that requests use, and the schemas that check the responses.
 * @throws ApiFailure while it cannot be loaded
 */
export async function contract(): Promise<Contract> {
  loading ??= import('./contract');
  try {
    return await loading;
  } catch (cause) {
    loading = undefined;
    throw new ApiFailure(UNANSWERED, 0, { cause });
  }
}

// Every page requests something immediately. The call that needs this reports its failure.
if (typeof window !== 'undefined') contract().catch(() => undefined);

interface CallOptions {
  readonly signal?: AbortSignal;
  /** The accepted response, where an endpoint has several. */
  readonly accept?: string;
  /** What is sent as it is, by an endpoint whose input is in its address. */
  readonly bytes?: Blob;
}

/**
 * Calls an endpoint that responds with JSON, and checks the response against its schema.
 * @throws ApiFailure for every way of failing; an aborted `signal` throws its own reason.
 */
export function call<E extends JsonEndpoint>(
  pick: ToEndpoint<E>,
  given: CallOf<E>,
  options?: CallOptions,
): Promise<AnswerOf<E>>;
export async function call(
  pick: ToEndpoint<JsonEndpoint>,
  given: CallOf<Endpoint>,
  options?: CallOptions,
): Promise<unknown> {
  const response = await send(pick, given, options);
  const body: unknown = await response.json().catch(() => undefined);
  const { endpoints, checked } = await contract();
  const answer = checked(pick(endpoints).answer.schema, body);
  if ('data' in answer) return answer.data;
  throw new ApiFailure({ ...UNREADABLE, detail: answer.faults }, response.status);
}

type JsonEndpoint = Endpoint & { readonly answer: { readonly as: 'json' } };

/**
 * Calls an endpoint and returns its raw response.
 * @throws ApiFailure when it is refused or no response arrives; an aborted `signal` throws its own reason.
 */
export async function send<E extends Endpoint>(
  pick: ToEndpoint<E>,
  given: CallOf<E>,
  { signal, accept, bytes }: CallOptions = {},
): Promise<Response> {
  const { endpoints, addressOf, errorBodySchema } = await contract();
  const endpoint = pick(endpoints);
  const isJson = endpoint.input.in === 'body';
  const body = isJson ? jsonText(given.input) : (bytes ?? null);
  const headers = {
    ...(isJson ? { 'content-type': 'application/json' } : {}),
    ...(accept === undefined ? {} : { accept }),
  };
  const address = addressOf(endpoint, given);
  const response = await request(address, { method: endpoint.method, body, headers, signal: signal ?? null });
  if (!response.ok) throw await failureOf(response, errorBodySchema);
  return response;
}

/**
 * `fetch` whose network failures are {@link ApiFailure}s; the caller checks `ok`. The header `X-Ringside` proves that
 * the request is from this page: another site's page cannot send it, and the server requires it for costly responses.
 */
export async function request(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('x-ringside', '1');
  const token = csrfToken();
  if (token !== null) headers.set(CSRF_HEADER, token);
  try {
    return await fetch(path, { ...init, headers });
  } catch (cause) {
    if (init.signal?.aborted) throw init.signal.reason;
    throw new ApiFailure(UNANSWERED, 0, { cause });
  }
}

/**
 * Reads the error in a response with a failing status.
 * @param schema the worker that reads rows includes it, a page loads it
 */
export async function failureOf(response: Response, schema: typeof errorBodySchema): Promise<ApiFailure> {
  const parsed = schema.safeParse(await response.json().catch(() => undefined));
  return new ApiFailure(parsed.success ? parsed.data.error : UNREADABLE, response.status);
}

const UNANSWERED: ApiError = {
  code: 'server_error',
  message: 'Ringside’s server is not responding.',
  hint: 'Check that it is still running. The page keeps what it shows and retries automatically.',
  retryable: true,
};

/** A response that matches no schema of this page. */
export const UNREADABLE: ApiError = {
  code: 'malformed_response',
  message: 'Ringside’s server sent a response this page does not understand.',
  hint: 'The page may be older than the server. Reload it.',
  retryable: false,
};

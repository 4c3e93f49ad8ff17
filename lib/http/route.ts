import 'server-only';
import { type AuditedCall, inCall } from '@/lib/audit/audited-call';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { toFailure } from '@/lib/cassandra/client/errors';
import { clusterFor, getCluster } from '@/lib/cassandra/client/registry';
import { LimitedWork, withinLimits } from '@/lib/cassandra/read/limited-work';
import type { AnswerOf, Endpoint, ParamsOf, ParsedOf } from '@/lib/contract/endpoint';
import type { Principal } from '@/lib/contract/principal';
import type { PersonRights } from '@/lib/rights/rules';
import { checkSeen } from '@/lib/server-rights';
import { countRequest } from '@/lib/telemetry/counts';
import { logRequest } from '@/lib/telemetry/log';
import { inRequest, REQUEST_ID_HEADER } from '@/lib/telemetry/request-scope';
import { auditedCall } from './audit';
import { usingCluster } from './cluster-use';
import { readInput } from './input';
import { principalOf } from './principal';
import { errorResponse, json, WithCookies } from './respond';
import { checkRights, rightsOfRequest } from './rights';
import { checkSecondPerson } from './second-person';
import { checkToken } from './token-use';

type ClusterOf<Path extends string> = Path extends `${string}{cluster}${string}` ? Cluster : undefined;

/** What a handler receives: who sent the request, its input, and when to stop. */
export interface RequestContext<E extends Endpoint> {
  readonly principal: Principal;
  /** What the principal may do, for answers that leave out the rest; null: everything. */
  readonly rights: PersonRights | null;
  /** The names in the path. */
  readonly params: ParamsOf<E>;
  /** The input, parsed with the endpoint's schema. */
  readonly input: ParsedOf<E>;
  /** The cluster in the path; undefined if the path has none. */
  readonly cluster: ClusterOf<E['path']>;
  /** What was sent besides the input: a file, or a piece of one. */
  readonly body: AsyncIterable<Uint8Array>;
  readonly headers: Headers;
  /** Aborted when the client leaves. */
  readonly signal: AbortSignal;
}

/** A value for the schema of an endpoint that responds with JSON; otherwise the response itself. */
type Handled<E extends Endpoint> = E['answer'] extends { readonly as: 'json' }
  ? AnswerOf<E> | WithCookies<AnswerOf<E>>
  : Response;

/** A route as the framework calls it. */
interface Route<E extends Endpoint> {
  (request: Request, context: { readonly params: Promise<ParamsOf<E>> }): Promise<Response>;
  readonly endpoint: E;
}

interface Rules {
  readonly principalOf: (request: Request) => Principal;
  readonly rightsOf: (request: Request) => PersonRights | null;
  /** Begins to record a request; null: it is not recorded. */
  readonly auditedCall: typeof auditedCall;
}

/** The names in a path. */
type Names = Readonly<Record<string, string>>;

/** What the framework passes with a request. */
interface Named {
  readonly params: Promise<Names | undefined>;
}

/** The handler of any endpoint. */
type AnyHandler = (context: AnyContext) => unknown;

interface AnyContext extends Omit<RequestContext<Endpoint>, 'cluster' | 'input' | 'params'> {
  readonly params: Names;
  readonly input: unknown;
  readonly cluster: Cluster | undefined;
}

/**
 * Makes `route`, which joins an endpoint and its handler. The request is parsed before the handler sees it, and JSON is
 * checked against its schema before it is sent. What is thrown becomes an error of the contract, and the raw error stays
 * in the log. A client that has left gets an empty response.
 */
export function routes(rules: Rules) {
  function route<E extends Endpoint>(
    endpoint: E,
    handler: (context: RequestContext<E>) => Handled<E> | Promise<Handled<E>>,
  ): Route<E>;
  function route(endpoint: Endpoint, handler: AnyHandler): unknown {
    return Object.assign(answering(endpoint, handler, rules), { endpoint });
  }
  return route;
}

/** This server's `route`. */
export const route = routes({ principalOf, rightsOf: rightsOfRequest, auditedCall });

function answering(endpoint: Endpoint, handler: AnyHandler, rules: Rules) {
  const answer = parsing(endpoint, handler, rules);
  const name = `${endpoint.method} ${endpoint.path}`;
  return (request: Request, context: Named): Promise<Response> =>
    inRequest(request.headers.get(REQUEST_ID_HEADER), async () => {
      const startedAt = performance.now();
      const response = await answer(request, context);
      const { status } = response;
      countRequest(name, status);
      logRequest({ endpoint: name, status, elapsedMs: performance.now() - startedAt });
      return response;
    });
}

function parsing(endpoint: Endpoint, handler: AnyHandler, rules: Rules) {
  return async (request: Request, context: Named): Promise<Response> => {
    const { headers, signal } = request;
    // The framework passes no params for a path without names.
    const asked = { principal: rules.principalOf(request), params: (await context.params) ?? {} };
    const call = rules.auditedCall({ ...asked, endpoint, headers });
    return inCall(call, async () => {
      try {
        checkToken(endpoint, asked.principal);
        const rights = rules.rightsOf(request);
        checkSeen(asked.params.cluster, rights);
        const input = await readInput(endpoint.input, request);
        call?.received(input);
        const cluster = clusterIn(endpoint, asked);
        const limits = await checkRights(endpoint, { params: asked.params, input }, rights);
        checkSecondPerson(endpoint, { params: asked.params, input }, asked.principal);
        await call?.begin();
        const given = { ...asked, rights, input, cluster, body: bodyOf(request), headers, signal };
        const work = rights === null ? null : new LimitedWork({ owner: asked.principal.id, limits, kind: 'request' });
        const answer = () => usingCluster(cluster, () => handler(given));
        const response = respond(endpoint, await withinLimits(work, answer));
        call?.answered();
        return response;
      } catch (error) {
        if (signal.aborted) return leftEarly(call);
        call?.answered(toFailure(error).error.code);
        return errorResponse(error);
      }
    });
  };
}

function leftEarly(call: AuditedCall | null): Response {
  call?.left();
  return new Response(null, { status: 499 });
}

async function* bodyOf({ body }: Request): AsyncGenerator<Uint8Array, void> {
  const reader = body?.getReader();
  try {
    for (let step = await reader?.read(); step?.value !== undefined; step = await reader?.read()) yield step.value;
  } finally {
    // The client stops sending what nobody takes.
    await reader?.cancel();
  }
}

/** The cluster in the path, as the endpoint asks it. @throws as {@link clusterFor} */
function clusterIn(
  { by }: Endpoint,
  { params: { cluster }, principal }: Pick<AnyContext, 'params' | 'principal'>,
): Cluster | undefined {
  if (cluster === undefined) return undefined;
  return by === 'monitoring' ? getCluster(cluster) : clusterFor(cluster, principal);
}

function respond({ answer, method, path }: Endpoint, value: unknown): Response {
  if (answer.as === 'json') {
    if (!(value instanceof WithCookies)) return json(answer.schema, value, answer.status);
    const response = json(answer.schema, value.value, answer.status);
    for (const cookie of value.cookies) response.headers.append('set-cookie', cookie);
    return response;
  }
  if (value instanceof Response) return value;
  throw new TypeError(`The handler of ${method} ${path} returned no response.`);
}

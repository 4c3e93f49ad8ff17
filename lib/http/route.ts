import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { toFailure } from '@/lib/cassandra/client/errors';
import { getCluster } from '@/lib/cassandra/client/registry';
import type { AnswerOf, Endpoint, ParamsOf, ParsedOf } from '@/lib/contract/endpoint';
import type { Principal } from '@/lib/contract/principal';
import { type Audit, type AuditEntry, NO_AUDIT } from './audit';
import { readInput } from './input';
import { principalOf } from './principal';
import { errorResponse, json } from './respond';

type ClusterOf<Path extends string> = Path extends `${string}{cluster}${string}` ? Cluster : undefined;

/** What a handler is given: who asks, for what, until when. */
export interface RequestContext<E extends Endpoint> {
  readonly principal: Principal;
  /** The names in the path. */
  readonly params: ParamsOf<E>;
  /** The request by the endpoint's schema. */
  readonly input: ParsedOf<E>;
  /** That of the path; undefined where the path names none. */
  readonly cluster: ClusterOf<E['path']>;
  readonly headers: Headers;
  /** Aborted when the reader has gone. */
  readonly signal: AbortSignal;
  readonly audit: Audit;
}

/** Where an endpoint answers JSON, the value for its schema; everywhere else the response. */
type Handled<E extends Endpoint> = E['answer'] extends { readonly as: 'json' } ? AnswerOf<E> : Response;

/** As the framework calls it. */
interface Route<E extends Endpoint> {
  (request: Request, context: { readonly params: Promise<ParamsOf<E>> }): Promise<Response>;
  readonly endpoint: E;
}

interface Rules {
  readonly principalOf: (request: Request) => Principal;
  readonly audit: Audit;
}

/** The names in a path. */
type Names = Readonly<Record<string, string>>;

/** Of any endpoint, for what does not know which. */
type AnyHandler = (context: AnyContext) => unknown;

interface AnyContext extends Omit<RequestContext<Endpoint>, 'cluster' | 'input' | 'params'> {
  readonly params: Names;
  readonly input: unknown;
  readonly cluster: Cluster | undefined;
}

/**
 * Makes `route`, which joins an endpoint and its handler. The request is parsed before its handler sees it; JSON is held
 * against its schema before it leaves. What is thrown becomes an error of the contract, and the raw error stays in the
 * log. A reader who has gone gets an empty answer.
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

/** Of this server. */
export const route = routes({ principalOf, audit: NO_AUDIT });

function answering(endpoint: Endpoint, handler: AnyHandler, rules: Rules) {
  return async (request: Request, context: { readonly params: Promise<Names | undefined> }): Promise<Response> => {
    const startedAt = performance.now();
    const { headers, signal } = request;
    // The framework gives nothing for a path without names.
    const asked = { principal: rules.principalOf(request), params: (await context.params) ?? {} };
    let input: unknown;
    let outcome: AuditEntry['outcome'] = 'answered';
    try {
      input = await readInput(endpoint.input, request);
      const cluster = clusterIn(asked.params);
      return respond(endpoint, await handler({ ...asked, input, cluster, headers, signal, audit: rules.audit }));
    } catch (error) {
      outcome = signal.aborted ? 'left' : toFailure(error).error.code;
      return signal.aborted ? new Response(null, { status: 499 }) : errorResponse(error);
    } finally {
      const kept = endpoint.records === 'input' ? { input } : {};
      const elapsedMs = performance.now() - startedAt;
      if (endpoint.records !== 'nothing') rules.audit.record({ ...asked, ...kept, endpoint, outcome, elapsedMs });
    }
  };
}

/** @throws CassandraFailure `not_found` when no cluster of this name is configured */
function clusterIn({ cluster }: Names): Cluster | undefined {
  return cluster === undefined ? undefined : getCluster(cluster);
}

function respond({ answer, method, path }: Endpoint, value: unknown): Response {
  if (answer.as === 'json') return json(answer.schema, value, answer.status);
  if (value instanceof Response) return value;
  throw new TypeError(`The handler of ${method} ${path} gave no response.`);
}

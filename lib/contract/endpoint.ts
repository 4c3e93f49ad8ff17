import * as z from 'zod/mini';
import { jsonText } from './json';
import type { Verb } from './rights';

/**
 * What a right must be for. Path or input name the table or keyspace: `table`: the table, or all of the keyspace or cluster
 * where they name none; `every cluster`: all that there are and will be; `keyspace`, `cluster`, `any cluster`: anything in it is enough, and the answer has nothing else;
 * `statement`: what the statements read and write, `source`: the same, or a table that is read; `target`: a table that is
 * written or compared; `saved`: any cluster, and for private statements `see` alone; `spark`, `repeated`: what the job of the input reads and writes; `traces`: system_traces.
 */
export type RightOf =
  | 'any cluster'
  | 'every cluster'
  | 'cluster'
  | 'whole cluster'
  | 'keyspace'
  | 'table'
  | 'traces'
  | 'saved'
  | 'statement'
  | 'source'
  | 'target'
  | 'spark'
  | 'repeated';

/** A verb, and what for. Of statements and jobs it is what a read needs; what they write needs its right as well. */
export type Right = `${Verb} ${RightOf}`;

/** `none`: whoever may enter, because what they get is theirs. Several: all of them. */
export type EndpointRight = 'none' | Right | readonly Right[];

/**
 * What an answer takes. `free`: it is in memory; `server`: work of this server; `cluster`: some bounded reads of Cassandra;
 * `heavy`: as much of a table as the request asks for.
 */
type RequestCost = 'free' | 'server' | 'cluster' | 'heavy';

/** What an audit keeps of a request. `call`: who, what, where, outcome; `input`: also what was sent, so never a secret. */
type Recorded = 'nothing' | 'call' | 'input';

/** How a search parameter holds a field: plain text where nothing else is said; `flag`: `true`, or anything else for false. */
export type SearchForm = 'json' | 'number' | 'flag';

type Schema = z.core.$ZodType;

/** Where a request's input is. `parameter`: the whole of it as JSON in one search parameter. */
export type InputForm =
  | { readonly in: 'nowhere' | 'body'; readonly schema: Schema }
  | { readonly in: 'search'; readonly schema: Schema; readonly forms?: Readonly<Record<string, SearchForm>> }
  | { readonly in: 'parameter'; readonly name: string; readonly schema: Schema };

export type AnswerForm =
  /** `status` is 200 where it is absent. */
  | { readonly as: 'json'; readonly schema: Schema; readonly status?: number }
  /** NDJSON, each line by the schema. */
  | { readonly as: 'lines'; readonly schema: Schema }
  /** NDJSON: rows as arrays, and the control frames of `frames.ts`. */
  | { readonly as: 'rows' }
  | { readonly as: 'file' }
  /** 204. */
  | { readonly as: 'nothing' }
  /** 303 to another address. */
  | { readonly as: 'redirect' };

/** One method of one address: all that routes, the page, the web server and the documentation know of it. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Parameters in braces: `/api/jobs/{id}`. */
  readonly path: string;
  readonly input: InputForm;
  readonly answer: AnswerForm;
  readonly right: EndpointRight;
  /**
   * `monitoring`: Cassandra is asked by the cluster’s own user, because nodes tell only that one; the answer has no rows.
   * Absent: by whoever asks, where they signed in as a Cassandra role.
   */
  readonly by?: 'monitoring';
  /**
   * `applied`: columns are masked for whoever may not see them, and statements may write the others; `edits`: the same, and
   * what is changed leaves masked cells alone; `writes`: statements may write the other columns, and read nothing of such a
   * table. Elsewhere their tables are refused.
   */
  readonly masks?: 'applied' | 'edits' | 'writes';
  /**
   * `not needed`: it changes nothing in Cassandra, although its right is one to change something. Elsewhere such a request
   * is refused on a cluster that wants a second person: what waits for approval runs by `approval.post` alone.
   */
  readonly secondPerson?: 'not needed';
  /**
   * `never`: only a person in a browser, never a program with an API token; `not read-only`: no token that is read-only,
   * because it changes or removes what its person keeps in Ringside. Absent: the right decides.
   */
  readonly tokens?: 'never' | 'not read-only';
  readonly cost: RequestCost;
  /** Must carry a sign that it is meant (`X-Ringside`, a ticket; docs/api.md), where a foreign page's GET would cost something. */
  readonly meant?: 'always' | 'beyond one page';
  readonly records: Recorded;
  /** For docs/api.md, in one line of Markdown. */
  readonly says: string;
}

/** One address and its methods. */
export type Endpoints = { readonly [method in 'get' | 'post' | 'delete']?: Endpoint };

type ParamNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamNames<Rest>
  : never;
/** The parameters of an endpoint's path. */
export type ParamsOf<E extends Endpoint> = { readonly [name in ParamNames<E['path']>]: string };
/** What a caller sends. */
type InputOf<E extends Endpoint> = z.input<E['input']['schema']>;
/** What a handler is given of it. */
export type ParsedOf<E extends Endpoint> = z.output<E['input']['schema']>;
/** The answer, or one line of it, where a schema says what that is. */
export type AnswerOf<E extends Endpoint> = E['answer'] extends { readonly schema: infer S extends Schema }
  ? z.output<S>
  : never;

/** What names a request: the parameters of the path, and the input where the endpoint has one. */
export type CallOf<E extends Endpoint> = ParamsOf<E> &
  (undefined extends InputOf<E> ? { readonly input?: InputOf<E> } : { readonly input: InputOf<E> });

/**
 * The address of a request: names in the path encoded, and the input where it belongs into the address.
 * @throws TypeError when a parameter of the path is missing
 */
export function addressOf<E extends Endpoint>(
  endpoint: E,
  given: ParamsOf<E> & { readonly input?: InputOf<E> },
): string {
  const values: ReadonlyMap<string, unknown> = new Map(Object.entries(given));
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_braces, name: string) => {
    const value = values.get(name);
    if (typeof value !== 'string') throw new TypeError(`${endpoint.path} needs ${name}`);
    return encodeURIComponent(value);
  });
  const search = searchOf(endpoint.input, values.get('input'));
  return search.size === 0 ? path : `${path}?${search}`;
}

function searchOf(form: InputForm, input: unknown): URLSearchParams {
  const search = new URLSearchParams();
  if (form.in === 'parameter' && input !== undefined) search.set(form.name, jsonText(input));
  if (form.in !== 'search' || typeof input !== 'object' || input === null) return search;
  for (const [name, value] of Object.entries(input)) {
    if (value !== undefined) search.set(name, form.forms?.[name] === 'json' ? jsonText(value) : String(value));
  }
  return search;
}

/** Of an endpoint that takes nothing but its path. */
export const NO_INPUT = { in: 'nowhere', schema: z.undefined() } as const;

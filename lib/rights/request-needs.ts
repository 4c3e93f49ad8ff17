import * as z from 'zod/mini';
import type { EndpointRight, Right, RightOf } from '@/lib/contract/endpoint';
import { isPrivatePath } from '@/lib/contract/private-path';
import { VERBS, type Verb } from '@/lib/contract/rights';
import { type Needs, NO_NEEDS, need, someNeed, together } from './needs';
import { orderNeeds, repeatedNeeds } from './order-needs';
import { EVERY_CLUSTER } from './rules';
import { statementNeeds } from './statement-needs';

/** A request, as far as rights depend on it. */
export interface RightsAsked {
  /** The names in the path. */
  readonly params: Readonly<Record<string, string>>;
  /** The parsed input. */
  readonly input: unknown;
}

const text = z.optional(z.string());
/** What an input may name. An endpoint whose input names nothing needs the right for the whole cluster. */
const inputSchema = z.object({
  keyspace: z.nullish(z.string()),
  table: text,
  statement: text,
  /** Of a script; elsewhere they are numbers. */
  statements: z.optional(z.unknown()),
  target: z.optional(z.object({ cluster: text, keyspace: z.string(), table: z.string() })),
  /** A target that is not there yet is created. */
  create: z.optional(z.boolean()),
  again: z.optional(z.object({ job: z.string() })),
  kind: text,
  request: z.optional(z.unknown()),
});
type Named = Omit<z.infer<typeof inputSchema>, 'keyspace'> & { readonly keyspace: string | undefined };

/** Where a saved statement is, and where it goes. */
const savedSchema = z.object({ path: z.string(), to: text });

const scriptSchema = z.array(z.object({ statement: z.string(), keyspace: text }));

/** What a request needs. */
export function requestNeeds(right: EndpointRight, { params, input }: RightsAsked): Needs {
  if (right === 'none') return NO_NEEDS;
  const parsed = z.safeParse(inputSchema, input ?? {});
  if (!parsed.success) return { unclear: 'Ringside cannot tell what this request is about.' };
  const { cluster, keyspace = parsed.data.keyspace ?? undefined, table = parsed.data.table } = params;
  const asked = { ...parsed.data, keyspace, table };
  const rights = typeof right === 'string' ? [right] : right;
  return together(rights.map((one) => needsOf(parted(one), cluster, asked, input)));
}

interface Parted {
  readonly verb: Verb;
  readonly of: RightOf;
}

function parted(right: Right): Parted {
  for (const verb of VERBS) {
    // A right is a verb, a space and what it is for: the type has no other.
    if (right.startsWith(`${verb} `)) return { verb, of: right.slice(verb.length + 1) as RightOf };
  }
  throw new TypeError(`The right “${right}” has no verb.`);
}

function needsOf({ verb, of }: Parted, cluster: string | undefined, asked: Named, input: unknown): Needs {
  if (of === 'any cluster') return { needs: [someNeed(verb, null)] };
  if (of === 'saved') return { needs: [someNeed(arePrivate(input) ? 'see' : verb, null)] };
  if (of === 'every cluster') return { needs: [need(verb, { cluster: EVERY_CLUSTER })] };
  if (cluster === undefined) return { unclear: 'The request names no cluster.' };
  switch (of) {
    case 'cluster':
      return { needs: [someNeed(verb, { cluster })] };
    case 'whole cluster':
      return { needs: [need(verb, { cluster })] };
    case 'keyspace':
      return { needs: [someNeed(verb, { cluster, keyspace: asked.keyspace })] };
    case 'table':
      return tableNeeds(verb, cluster, asked);
    case 'traces':
      return { needs: [need(verb, { cluster, keyspace: 'system_traces' })] };
    case 'statement':
    case 'source':
      return sourceNeeds(verb, cluster, asked);
    case 'target':
      return targetNeeds(verb, cluster, asked);
    case 'spark':
      return orderNeeds({ kind: 'spark', cluster, request: input });
    case 'repeated':
      return repeatedNeeds({ kind: asked.kind ?? '', cluster, request: asked.request });
    default:
      return of satisfies never;
  }
}

/** A statement that only its person sees is nobody else's concern. */
function arePrivate(input: unknown): boolean {
  const saved = z.safeParse(savedSchema, input).data;
  return saved !== undefined && [saved.path, saved.to ?? saved.path].every(isPrivatePath);
}

function tableNeeds(verb: Verb, cluster: string, { keyspace, table }: Named): Needs {
  if (keyspace === undefined && table !== undefined)
    return { unclear: 'The request names a table without its keyspace.' };
  return { needs: [need(verb, { cluster, keyspace, table })] };
}

function sourceNeeds(verb: Verb, cluster: string, asked: Named): Needs {
  const { keyspace, statement, statements, again } = asked;
  if (statements !== undefined) {
    const script = z.safeParse(scriptSchema, statements).data;
    if (script === undefined) return { unclear: 'Ringside cannot tell what this script runs.' };
    return together(script.map((one) => statementNeeds(one.statement, { ...one, cluster }, verb)));
  }
  if (statement !== undefined) return statementNeeds(statement, { cluster, keyspace }, verb);
  // The rows of an earlier job, which is the person's.
  if (again !== undefined) return { needs: [someNeed(verb, { cluster })] };
  return tableNeeds(verb, cluster, asked);
}

function targetNeeds(verb: Verb, cluster: string, { target, create = false }: Named): Needs {
  if (target === undefined) return { unclear: 'The request names no target.' };
  const place = { cluster: target.cluster ?? cluster, keyspace: target.keyspace, table: target.table };
  return { needs: [need(verb, place), ...(create ? [need('ddl', place)] : [])] };
}

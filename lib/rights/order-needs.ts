import * as z from 'zod/mini';
import type { Endpoint } from '@/lib/contract/endpoint';
import type { Verb } from '@/lib/contract/rights';
import { type Needs, need, together } from './needs';
import type { RightPlace } from './rules';
import { statementNeeds } from './statement-needs';

/** A job that is to run, or has run. */
export interface Order {
  readonly kind: string;
  readonly cluster: string;
  /** As it is asked for, or as the job's file keeps it. */
  readonly request: unknown;
}

const UNCLEAR: Needs = { unclear: 'Ringside cannot tell what this job reads or writes.' };

const text = z.optional(z.string());
const tableSchema = z.object({ keyspace: z.string(), table: z.string() });
const sourceSchema = z.object({ keyspace: text, table: text, statement: text });
type Source = z.infer<typeof sourceSchema>;
const targetSchema = z.object({ cluster: text, keyspace: z.string(), table: z.string() });
const copySchema = z.object({
  ...sourceSchema.shape,
  source: z.optional(z.object({ from: z.string(), ...sourceSchema.shape })),
  target: targetSchema,
  /** Whether the target is created, or the statements that create it. */
  create: z.optional(z.union([z.boolean(), z.array(z.string())])),
});
const loadSchema = z.object({ bind: z.object({ mapping: z.array(z.object({ to: z.string() })) }) });
const sparkSchema = z.object({
  do: z.enum(['export', 'copy', 'load']),
  ...tableSchema.shape,
  to: z.optional(tableSchema),
});
const wrappedSchema = z.object({ request: sparkSchema });

/** What a job needs of whoever starts it, goes on with it, or takes its files. */
export function orderNeeds({ kind, cluster, request }: Order): Needs {
  switch (kind) {
    case 'export':
      return sourceNeeds(cluster, z.safeParse(sourceSchema, request).data);
    case 'change':
      return tableNeeds(cluster, request, ['read', 'write']);
    case 'load':
      return tableNeeds(cluster, request, ['write']);
    case 'compare':
    case 'copy':
      return movedNeeds(kind, cluster, request);
    case 'spark':
      return sparkNeeds(cluster, request);
    default:
      return UNCLEAR;
  }
}

/** What jobs of a kind do about masks, as endpoints say it. */
export function orderMasks(kind: string): Endpoint['masks'] {
  if (kind === 'change' || kind === 'load' || kind === 'copy') return 'edits';
  return kind === 'export' || kind === 'compare' ? 'applied' : undefined;
}

/** Whether a job copies rows that an earlier one kept: it does not say from which table. */
export function takesEarlierRows({ kind, request }: Order): boolean {
  return kind === 'copy' && z.safeParse(copySchema, request).data?.source?.from === 'job';
}

/** The columns whose masks concern a load, which are those that it writes; null: of any other job, all. */
export function loadedColumns({ kind, request }: Order): ReadonlySet<string> | null {
  if (kind !== 'load') return null;
  const mapping = z.safeParse(loadSchema, request).data?.bind.mapping ?? [];
  return new Set(mapping.map(({ to }) => to));
}

/** What a job needs that repeats: masks are reviewed with a copy or a load, so only exports repeat for such tables. */
export function repeatedNeeds(order: Order): Needs {
  const all = orderNeeds(order);
  if ('unclear' in all || order.kind === 'export') return all;
  return { needs: all.needs.map((one) => ({ ...one, isUnmasked: true })) };
}

function sourceNeeds(cluster: string, source: Source | undefined): Needs {
  const { keyspace, table, statement } = source ?? {};
  if (statement !== undefined) return statementNeeds(statement, { cluster, keyspace }, 'export');
  if (keyspace === undefined || table === undefined) return UNCLEAR;
  return { needs: [need('export', { cluster, keyspace, table })] };
}

function tableNeeds(cluster: string, request: unknown, verbs: readonly Verb[]): Needs {
  const place = z.safeParse(tableSchema, request).data;
  return place === undefined ? UNCLEAR : { needs: verbs.map((verb) => need(verb, { cluster, ...place })) };
}

/** What goes from one table to another, or is compared with it. */
function movedNeeds(kind: 'compare' | 'copy', cluster: string, request: unknown): Needs {
  const parsed = z.safeParse(copySchema, request).data;
  if (parsed === undefined) return UNCLEAR;
  const { target, create = false } = parsed;
  const place: RightPlace = { ...target, cluster: target.cluster ?? cluster };
  if (kind === 'compare') return together([sourceNeeds(cluster, parsed), { needs: [need('export', place)] }]);
  const isCreated = create === true || (Array.isArray(create) && create.length > 0);
  const written: Needs = { needs: [need('write', place), ...(isCreated ? [need('ddl', place)] : [])] };
  // The failed rows of an earlier copy are in a file of whoever made it.
  return parsed.source?.from === 'job' ? written : together([sourceNeeds(cluster, parsed.source ?? parsed), written]);
}

function sparkNeeds(cluster: string, request: unknown): Needs {
  const parsed = z.safeParse(sparkSchema, request).data ?? z.safeParse(wrappedSchema, request).data?.request;
  if (parsed === undefined) return UNCLEAR;
  const { do: what, keyspace, table, to } = parsed;
  const place = { cluster, keyspace, table };
  if (what === 'load') return { needs: [need('write', place)] };
  if (what === 'export') return { needs: [need('export', place)] };
  return to === undefined ? UNCLEAR : { needs: [need('export', place), need('write', { cluster, ...to })] };
}

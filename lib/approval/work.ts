import 'server-only';
import { z } from 'zod';
import type { Endpoint } from '@/lib/contract/endpoint';
import {
  mutationOptionsSchema,
  mutationPlanSchema,
  plannedStatementSchema,
  rowChangeSchema,
  rowReadSchema,
} from '@/lib/contract/mutations';
import { queryRequestSchema } from '@/lib/contract/reads';
import { CHANGING, type Changing, VERBS } from '@/lib/contract/rights';
import { scriptRequestSchema } from '@/lib/contract/scripts';
import { type Need, type Needs, need, together } from '@/lib/rights/needs';
import { orderMasks, orderNeeds } from '@/lib/rights/order-needs';
import { statementNeeds } from '@/lib/rights/statement-needs';

/** What runs once it is approved: nothing in it depends on a review that is only in memory. */

const plannedSchema = z.object({
  keyspace: z.string(),
  table: z.string(),
  /** Of the table when the changes were reviewed. */
  version: z.string(),
  options: mutationOptionsSchema,
  plan: z.object({
    statements: z.array(
      z.object({
        ...plannedStatementSchema.shape,
        mayResend: z.boolean(),
        partition: z.string(),
      }),
    ),
    notes: mutationPlanSchema.shape.notes,
    refusals: mutationPlanSchema.shape.refusals,
  }),
  changes: z.array(
    z.object({
      change: rowChangeSchema,
      row: z.nullable(rowReadSchema),
      target: z.optional(z.nullable(rowReadSchema)),
    }),
  ),
});
export type KeptPlan = z.output<typeof plannedSchema>;

export const workSchema = z.discriminatedUnion('of', [
  /** One from the editor, or those of a script in their order. */
  z.object({
    of: z.literal('statements'),
    requests: z.array(queryRequestSchema),
    onFailure: scriptRequestSchema.shape.onFailure,
  }),
  z.object({ of: z.literal('mutations'), planned: plannedSchema }),
  /** A job, in the form of its kind. Its cluster is that of a copy's source. */
  z.object({ of: z.literal('job'), kind: z.string(), cluster: z.string(), request: z.unknown() }),
]);
export type Work = z.output<typeof workSchema>;

/** A place that a right is for, as a file keeps it. */
const placeSchema = z.object({
  cluster: z.string(),
  keyspace: z.string().optional(),
  table: z.string().optional(),
});
export type Place = z.output<typeof placeSchema>;

export const needSchema = z.object({
  verb: z.enum(VERBS),
  place: placeSchema.nullable(),
  extent: z.enum(['all', 'some']),
});

/** The rights that somebody needs to run it. */
export function workNeeds(work: Work, cluster: string): Needs {
  switch (work.of) {
    case 'statements':
      return together(
        work.requests.map(({ statement, keyspace }) => statementNeeds(statement, { cluster, keyspace }, 'read')),
      );
    case 'mutations': {
      const { keyspace, table } = work.planned;
      return orderNeeds({ kind: 'change', cluster, request: { keyspace, table } });
    }
    case 'job':
      return orderNeeds(work);
    default:
      return work satisfies never;
  }
}

/** What it does about masks, as endpoints say it. */
export function workMasks(work: Work): Endpoint['masks'] {
  if (work.of === 'statements') return 'writes';
  return orderMasks(work.of === 'job' ? work.kind : 'change');
}

/** The needs that change something, each with where. */
export function changingNeeds(needs: readonly Need[]): { readonly verb: Changing; readonly place: Place }[] {
  return needs.flatMap(({ verb, place }) => {
    const changing = CHANGING.find((one) => one === verb);
    return changing === undefined || place === null ? [] : [{ verb: changing, place }];
  });
}

/** What somebody needs to decide on a change: to approve what it changes, and to read what its statements show. */
export function decidingNeeds(needs: readonly Need[]): Need[] {
  return needs.map((one) => {
    const isChange = CHANGING.some((verb) => verb === one.verb);
    return isChange && one.place !== null ? need('approve', one.place) : one;
  });
}

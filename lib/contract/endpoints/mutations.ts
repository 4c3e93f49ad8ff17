import type { Endpoints } from '../endpoint';
import {
  mutationLineSchema,
  mutationLookSchema,
  mutationLooksSchema,
  mutationPlanSchema,
  mutationRequestSchema,
  mutationRunSchema,
  mutationStoppingSchema,
  mutationStopSchema,
} from '../mutations';

/** Changes of rows: planned, then run. A file of its own, because a page that only reads loads none of their schemas. */

export const mutations = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/mutations',
    input: { in: 'body', schema: mutationRequestSchema },
    answer: { as: 'json', schema: mutationPlanSchema },
    right: ['read table', 'write table'],
    masks: 'edits',
    secondPerson: 'not needed',
    cost: 'cluster',
    records: 'input',
    says: '`{keyspace, table, changes, options?}` → the exact statements that make changes of rows, and a token; writes nothing',
  },
} as const satisfies Endpoints;

export const mutationRun = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/mutations/run',
    input: { in: 'body', schema: mutationRunSchema },
    answer: { as: 'lines', schema: mutationLineSchema },
    right: 'write cluster',
    cost: 'heavy',
    // The token is worth a write.
    records: 'call',
    says: '`{token, confirmName?}` → runs what that plan showed: an outcome for each statement, then what undoes it',
  },
} as const satisfies Endpoints;

export const mutationStop = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/mutations/stop',
    input: { in: 'body', schema: mutationStopSchema },
    answer: { as: 'json', schema: mutationStoppingSchema },
    right: 'write cluster',
    secondPerson: 'not needed',
    cost: 'free',
    records: 'call',
    says: '`{token}` → sends no more statements of that run; its stream ends once those in flight have',
  },
} as const satisfies Endpoints;

export const mutationLook = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/mutations/look',
    input: { in: 'body', schema: mutationLookSchema },
    answer: { as: 'json', schema: mutationLooksSchema },
    right: 'write cluster',
    secondPerson: 'not needed',
    cost: 'cluster',
    records: 'call',
    says: '`{token, statements}` → what became of statements of that run; unknown ones are looked at again; writes nothing',
  },
} as const satisfies Endpoints;

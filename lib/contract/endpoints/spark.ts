import type { Endpoints } from '../endpoint';
import { jobSchema } from '../jobs';
import { sparkPlanSchema, sparkRequestSchema, sparkStartSchema } from '../spark';

/** Exports, copies and loads on Apache Spark. */

export const sparkPlan = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/spark',
    input: { in: 'body', schema: sparkRequestSchema },
    answer: { as: 'json', schema: sparkPlanSchema },
    right: 'export spark',
    secondPerson: 'not needed',
    cost: 'cluster',
    records: 'nothing',
    says: '`{do: export \\| copy \\| load, keyspace, table, …}` → what becomes of each column on Spark, an estimate, the script and its command; runs nothing',
  },
} as const satisfies Endpoints;

export const sparkStart = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/spark/start',
    input: { in: 'body', schema: sparkStartSchema },
    answer: { as: 'json', schema: jobSchema, status: 201 },
    right: 'export spark',
    cost: 'heavy',
    records: 'input',
    says: '`{request, confirmName?}` → the job on Spark; what writes to a table needs its name as `confirmName`',
  },
} as const satisfies Endpoints;

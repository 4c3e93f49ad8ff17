import {
  changeManyPlanSchema,
  changeManyRequestSchema,
  changeManyStartSchema,
  deletionCountRequestSchema,
  deletionCountSchema,
} from '../change-many';
import type { Endpoints } from '../endpoint';
import { jobSchema } from '../jobs';

/** Many rows changed alike, and what a deletion of many would cover. */

export const changeMany = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/change-many',
    input: { in: 'body', schema: changeManyRequestSchema },
    answer: { as: 'json', schema: changeManyPlanSchema },
    right: ['read table', 'write table'],
    masks: 'edits',
    secondPerson: 'not needed',
    cost: 'heavy',
    records: 'input',
    says: '`{keyspace, table, filters?, set \\| delete \\| again, …}` → how many rows a change would reach, the exact statements of the first 100, and a token; writes nothing',
  },
} as const satisfies Endpoints;

export const changeManyStart = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/change-many/start',
    input: { in: 'body', schema: changeManyStartSchema },
    answer: { as: 'json', schema: jobSchema, status: 201 },
    right: 'write cluster',
    cost: 'heavy',
    // The token is worth a write.
    records: 'call',
    says: '`{token, confirmName?}` → the job that changes those rows',
  },
} as const satisfies Endpoints;

export const deletionCount = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/mutations/count',
    input: { in: 'body', schema: deletionCountRequestSchema },
    answer: { as: 'json', schema: deletionCountSchema },
    right: ['read table', 'write table'],
    masks: 'edits',
    secondPerson: 'not needed',
    cost: 'cluster',
    records: 'nothing',
    says: '`{keyspace, table, change}` → the rows that the deletion of a range or partition would cover now, up to 10,000',
  },
} as const satisfies Endpoints;

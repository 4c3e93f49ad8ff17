import { copyPlanSchema, copyRequestSchema, copyStartSchema } from '../copy';
import type { Endpoints } from '../endpoint';
import { jobSchema } from '../jobs';

/** Rows copied into a table of the same or another cluster. */

export const copy = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/copy',
    input: { in: 'body', schema: copyRequestSchema },
    answer: { as: 'json', schema: copyPlanSchema },
    right: ['export source', 'write target'],
    masks: 'edits',
    secondPerson: 'not needed',
    cost: 'cluster',
    records: 'input',
    says: '`{keyspace, table \\| statement \\| again, target: {cluster?, keyspace, table}, mapping?, …}` → what a copy would read, create and write, and a token; writes nothing',
  },
} as const satisfies Endpoints;

export const copyStart = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/copy/start',
    input: { in: 'body', schema: copyStartSchema },
    answer: { as: 'json', schema: jobSchema, status: 201 },
    right: 'write any cluster',
    cost: 'heavy',
    // The token is worth a write.
    records: 'call',
    says: '`{token, confirmName?}` → the job that copies those rows',
  },
} as const satisfies Endpoints;

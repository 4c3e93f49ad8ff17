import { comparePlanSchema, compareRequestSchema } from '../compare';
import type { Endpoints } from '../endpoint';
import { jobSchema } from '../jobs';

/** Two tables compared. */

export const compare = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/compare',
    input: { in: 'body', schema: compareRequestSchema },
    answer: { as: 'json', schema: comparePlanSchema },
    right: ['export source', 'export target'],
    masks: 'applied',
    cost: 'cluster',
    records: 'nothing',
    says: '`{keyspace, table, target: {cluster?, keyspace, table}, columns?, …}` → what a comparison would read; reads only the schemas',
  },
} as const satisfies Endpoints;

export const compareStart = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/compare/start',
    input: { in: 'body', schema: compareRequestSchema },
    answer: { as: 'json', schema: jobSchema, status: 201 },
    right: ['export source', 'export target'],
    masks: 'applied',
    cost: 'heavy',
    records: 'input',
    says: 'the same → the job that compares the two tables',
  },
} as const satisfies Endpoints;

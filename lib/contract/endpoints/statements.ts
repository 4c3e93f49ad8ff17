import { type Endpoints, NO_INPUT } from '../endpoint';
import {
  historyEntrySchema,
  historyRequestSchema,
  historyResponseSchema,
  lastRunsRequestSchema,
  lastRunsResponseSchema,
} from '../history';
import {
  eachLineSchema,
  eachRequestSchema,
  eachStopSchema,
  prepareRequestSchema,
  prepareResponseSchema,
} from '../parameters';
import { queryRequestSchema } from '../reads';
import { replicaResultsRequestSchema, replicaResultsResponseSchema } from '../replica-results';
import { scriptLineSchema, scriptRequestSchema, scriptStopSchema } from '../scripts';
import { classifyRequestSchema, classifyResponseSchema } from '../statements';
import { traceSchema } from '../traces';

/** Statements: what they are, their runs, traces and history. */

export const classify = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/classify',
    input: { in: 'body', schema: classifyRequestSchema },
    answer: { as: 'json', schema: classifyResponseSchema },
    right: 'see cluster',
    cost: 'cluster',
    records: 'nothing',
    says: '`{statement, keyspace?}` → kind, cost, order, warnings, change, refusal',
  },
} as const satisfies Endpoints;

export const query = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/query',
    input: { in: 'body', schema: queryRequestSchema },
    answer: { as: 'rows' },
    right: 'read statement',
    masks: 'applied',
    cost: 'heavy',
    records: 'input',
    says: 'a statement → its rows',
  },
} as const satisfies Endpoints;

export const script = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/script',
    input: { in: 'body', schema: scriptRequestSchema },
    answer: { as: 'lines', schema: scriptLineSchema },
    right: 'read statement',
    masks: 'writes',
    cost: 'heavy',
    records: 'input',
    says: '`{id, statements: [{statement, confirm, …}], onFailure}` → the end of each, in order',
  },
} as const satisfies Endpoints;

export const scriptRun = {
  delete: {
    method: 'DELETE',
    path: '/api/clusters/{cluster}/script/{id}',
    input: NO_INPUT,
    answer: { as: 'json', schema: scriptStopSchema },
    right: 'none',
    cost: 'free',
    records: 'call',
    says: 'send no more statements of that request; its stream ends once the one in flight has',
  },
} as const satisfies Endpoints;

export const prepare = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/prepare',
    input: { in: 'body', schema: prepareRequestSchema },
    answer: { as: 'json', schema: prepareResponseSchema },
    right: 'read statement',
    // It shows names and types, and no values.
    masks: 'applied',
    secondPerson: 'not needed',
    cost: 'cluster',
    records: 'nothing',
    says: '`{statement, keyspace?}` → names and types of its bind markers; runs nothing',
  },
} as const satisfies Endpoints;

export const each = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/each',
    input: { in: 'body', schema: eachRequestSchema },
    answer: { as: 'lines', schema: eachLineSchema },
    right: 'read statement',
    masks: 'writes',
    cost: 'heavy',
    // A list may have a hundred thousand rows.
    records: 'call',
    says: 'a statement, run for each row of a list → outcomes, see below',
  },
} as const satisfies Endpoints;

export const eachRun = {
  delete: {
    method: 'DELETE',
    path: '/api/clusters/{cluster}/each/{id}',
    input: NO_INPUT,
    answer: { as: 'json', schema: eachStopSchema },
    right: 'none',
    cost: 'free',
    records: 'call',
    says: 'send no more rows of that run; its stream ends once those in flight have',
  },
} as const satisfies Endpoints;

export const trace = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/traces/{id}',
    input: NO_INPUT,
    answer: { as: 'json', schema: traceSchema },
    right: 'read traces',
    cost: 'cluster',
    meant: 'always',
    records: 'nothing',
    says: 'what the nodes noted of one traced request; 404 if it has expired',
  },
} as const satisfies Endpoints;

export const replicaResults = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/replica-results',
    input: { in: 'body', schema: replicaResultsRequestSchema },
    answer: { as: 'json', schema: replicaResultsResponseSchema },
    right: 'read statement',
    masks: 'applied',
    cost: 'cluster',
    records: 'input',
    says: 'a SELECT of one partition → up to 200 rows by each replica, or by the given `nodes`, and who read them, by the trace',
  },
} as const satisfies Endpoints;

export const historyList = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/history',
    input: { in: 'search', schema: historyRequestSchema, forms: { writesOnly: 'flag' } },
    answer: { as: 'json', schema: historyResponseSchema },
    right: 'see cluster',
    cost: 'server',
    meant: 'always',
    records: 'nothing',
    says: '`search?`, `outcome?`, `keyspace?`, `writesOnly?`, `cost?`, `since?`, `before?` → statements run, newest first, 100 at a time',
  },
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/history',
    input: { in: 'body', schema: lastRunsRequestSchema },
    answer: { as: 'json', schema: lastRunsResponseSchema },
    right: 'see cluster',
    cost: 'server',
    records: 'nothing',
    says: '`statement`, `keyspace` → the last 20 runs of exactly this statement, newest first',
  },
} as const satisfies Endpoints;

export const historyEntry = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/history/{id}',
    input: NO_INPUT,
    answer: { as: 'json', schema: historyEntrySchema },
    right: 'see cluster',
    cost: 'server',
    meant: 'always',
    records: 'nothing',
    says: 'one of them, with its whole statement',
  },
} as const satisfies Endpoints;

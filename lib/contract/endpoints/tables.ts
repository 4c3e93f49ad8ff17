import { type Endpoints, NO_INPUT } from '../endpoint';
import { countRequestSchema, rowsRequestSchema } from '../reads';
import { rowCopiesRequestSchema, rowCopiesResponseSchema } from '../row-copies';
import { countLineSchema } from '../scans';
import {
  sampleRequestSchema,
  sampleResponseSchema,
  tableDetailsResponseSchema,
  tableStatsResponseSchema,
} from '../stats';

/** The rows of a table, and what is known of it. */

export const rows = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/tables/{keyspace}/{table}/rows',
    input: {
      in: 'search',
      schema: rowsRequestSchema,
      forms: {
        filters: 'json',
        columns: 'json',
        pageRows: 'number',
        firstPageRows: 'number',
        maxPages: 'number',
        timeoutMs: 'number',
        reversed: 'flag',
      },
    },
    answer: { as: 'rows' },
    right: 'read table',
    masks: 'applied',
    cost: 'heavy',
    meant: 'beyond one page',
    records: 'input',
    says: 'rows of a table; `filters` and `columns` as JSON',
  },
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/tables/{keyspace}/{table}/rows',
    input: { in: 'body', schema: rowsRequestSchema },
    answer: { as: 'rows' },
    right: 'read table',
    masks: 'applied',
    cost: 'heavy',
    records: 'input',
    says: 'the same in a body',
  },
} as const satisfies Endpoints;

export const rowCopies = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/tables/{keyspace}/{table}/row-copies',
    input: { in: 'body', schema: rowCopiesRequestSchema },
    answer: { as: 'json', schema: rowCopiesResponseSchema },
    right: 'read table',
    masks: 'applied',
    cost: 'cluster',
    records: 'input',
    says: '`{key: {column: value}}` → the row as each replica has it, traced',
  },
} as const satisfies Endpoints;

export const tableStats = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/tables/{keyspace}/{table}/stats',
    input: NO_INPUT,
    answer: { as: 'json', schema: tableStatsResponseSchema },
    right: 'see table',
    by: 'monitoring',
    cost: 'cluster',
    meant: 'always',
    records: 'nothing',
    says: 'partitions, sizes, latencies, tombstones, by node',
  },
} as const satisfies Endpoints;

export const sample = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/tables/{keyspace}/{table}/sample',
    input: { in: 'body', schema: sampleRequestSchema },
    answer: { as: 'json', schema: sampleResponseSchema },
    right: 'read table',
    masks: 'applied',
    cost: 'cluster',
    records: 'input',
    says:
      '`{places?, partitionsPerPlace?}` → fill rates and examples from some partitions; for a node-local table, from ' +
      'one node',
  },
} as const satisfies Endpoints;

export const tableDetails = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/tables/{keyspace}/{table}/details',
    input: NO_INPUT,
    answer: { as: 'json', schema: tableDetailsResponseSchema },
    right: 'see table',
    by: 'monitoring',
    cost: 'cluster',
    records: 'nothing',
    says: 'properties as stored; indexes: built on which node',
  },
} as const satisfies Endpoints;

export const count = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/count',
    input: { in: 'body', schema: countRequestSchema },
    answer: { as: 'lines', schema: countLineSchema },
    right: 'read table',
    masks: 'applied',
    cost: 'heavy',
    records: 'input',
    says: '`{keyspace, table, filters?, allowFiltering?, …}`: rows, by reading keys',
  },
} as const satisfies Endpoints;

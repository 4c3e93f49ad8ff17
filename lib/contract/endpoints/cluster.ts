import { type Endpoints, NO_INPUT } from '../endpoint';
import { eventsRequestSchema, eventsResponseSchema } from '../events';
import { describeRequestSchema, describeResponseSchema, schemaResponseSchema, sizesResponseSchema } from '../schema';
import {
  replicasRequestSchema,
  replicasResponseSchema,
  topologyRequestSchema,
  topologyResponseSchema,
} from '../topology';

/** What a cluster consists of, and what happened to it. */

export const schema = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/schema',
    input: NO_INPUT,
    answer: { as: 'json', schema: schemaResponseSchema },
    right: 'see cluster',
    cost: 'cluster',
    records: 'nothing',
    says: 'keyspaces, tables, views, types, functions, indexes',
  },
} as const satisfies Endpoints;

export const describe = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/describe',
    input: { in: 'search', schema: describeRequestSchema },
    answer: { as: 'json', schema: describeResponseSchema },
    right: 'see table',
    cost: 'cluster',
    records: 'nothing',
    says: '`keyspace`, `table?` → the server’s own DDL',
  },
} as const satisfies Endpoints;

export const sizes = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/sizes',
    input: NO_INPUT,
    answer: { as: 'json', schema: sizesResponseSchema },
    right: 'see cluster',
    by: 'monitoring',
    cost: 'cluster',
    records: 'nothing',
    says: 'sizes, estimated and on disk, with their source and age',
  },
} as const satisfies Endpoints;

export const topology = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/topology',
    input: { in: 'search', schema: topologyRequestSchema },
    answer: { as: 'json', schema: topologyResponseSchema },
    right: 'see keyspace',
    by: 'monitoring',
    cost: 'cluster',
    records: 'nothing',
    says: '`keyspace?` → nodes, tokens, states by source, ownership',
  },
} as const satisfies Endpoints;

export const replicas = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/replicas',
    input: { in: 'body', schema: replicasRequestSchema },
    answer: { as: 'json', schema: replicasResponseSchema },
    right: 'see table',
    cost: 'cluster',
    records: 'nothing',
    says: '`{keyspace, table, key: {column: value}}` → token, replicas',
  },
} as const satisfies Endpoints;

export const clusterEvents = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/events',
    input: { in: 'search', schema: eventsRequestSchema },
    answer: { as: 'json', schema: eventsResponseSchema },
    right: 'see whole cluster',
    by: 'monitoring',
    cost: 'server',
    meant: 'always',
    records: 'nothing',
    says: '`about?`, `node?`, `before?` → what Ringside saw happen to the cluster, newest first, 100 at a time',
  },
} as const satisfies Endpoints;

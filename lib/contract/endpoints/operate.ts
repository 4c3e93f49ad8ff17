import { type Endpoints, NO_INPUT } from '../endpoint';
import { muteRequestSchema, nodeViewsResponseSchema, unmuteRequestSchema, verdictResponseSchema } from '../health';
import { liveRequestSchema, liveResponseSchema } from '../live';
import { nodeSectionRequestSchema, nodeSectionSchema, nodesResponseSchema } from '../nodes';
import {
  findLineSchema,
  findRequestSchema,
  tableNodesResponseSchema,
  tableRepairRequestSchema,
  tableRepairResponseSchema,
  tablesResponseSchema,
} from '../tables';

/** What an operator asks about the state of a cluster. */

export const verdict = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/verdict',
    input: NO_INPUT,
    answer: { as: 'json', schema: verdictResponseSchema },
    right: 'see whole cluster',
    by: 'monitoring',
    cost: 'cluster',
    meant: 'always',
    records: 'nothing',
    says: 'findings, the worst first, with evidence, threshold and what to do; what is muted, and what is not known',
  },
} as const satisfies Endpoints;

export const mutes = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/mutes',
    input: { in: 'body', schema: muteRequestSchema },
    answer: { as: 'json', schema: verdictResponseSchema },
    right: 'operate whole cluster',
    by: 'monitoring',
    cost: 'cluster',
    records: 'input',
    says: '`{id, reason, days}`: hide a finding until then, or until it gets worse → the verdict',
  },
  delete: {
    method: 'DELETE',
    path: '/api/clusters/{cluster}/mutes',
    input: { in: 'search', schema: unmuteRequestSchema },
    answer: { as: 'json', schema: verdictResponseSchema },
    right: 'operate whole cluster',
    by: 'monitoring',
    cost: 'cluster',
    records: 'input',
    says: '`id`: show a finding again → the verdict',
  },
} as const satisfies Endpoints;

export const nodeViews = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/node-views',
    input: NO_INPUT,
    answer: { as: 'json', schema: nodeViewsResponseSchema },
    right: 'operate whole cluster',
    by: 'monitoring',
    cost: 'cluster',
    meant: 'always',
    records: 'nothing',
    says: 'what each node says of each, and the settings in which nodes differ, secrets masked',
  },
} as const satisfies Endpoints;

export const live = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/live',
    input: { in: 'search', schema: liveRequestSchema, forms: { nodes: 'json', after: 'number' } },
    answer: { as: 'json', schema: liveResponseSchema },
    right: 'see table',
    by: 'monitoring',
    cost: 'cluster',
    meant: 'always',
    records: 'nothing',
    says: '`nodes?`, `keyspace?`, `table?`, `pool?`, `after?` → what moved within the hour: requests, latencies, tasks that wait, disk; asks the nodes on while somebody looks',
  },
} as const satisfies Endpoints;

export const tables = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/tables',
    input: NO_INPUT,
    answer: { as: 'json', schema: tablesResponseSchema },
    right: 'see cluster',
    by: 'monitoring',
    cost: 'cluster',
    meant: 'always',
    records: 'nothing',
    says: 'all tables with size, latencies, tombstones, rates and index states, what hurts most first, and why',
  },
} as const satisfies Endpoints;

export const tableNodes = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/tables/{keyspace}/{table}/nodes',
    input: NO_INPUT,
    answer: { as: 'json', schema: tableNodesResponseSchema },
    right: 'see table',
    by: 'monitoring',
    cost: 'cluster',
    meant: 'always',
    records: 'nothing',
    says: 'the same of one table on each node, with its share of the ring and its last incremental repair',
  },
} as const satisfies Endpoints;

export const tableRepair = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/tables/{keyspace}/{table}/repairs',
    input: { in: 'search', schema: tableRepairRequestSchema },
    answer: { as: 'json', schema: tableRepairResponseSchema },
    right: 'see table',
    by: 'monitoring',
    cost: 'cluster',
    meant: 'always',
    records: 'nothing',
    says: '`token?` → when the table was last repaired, and the range of the token, by the records of the last 30 days',
  },
} as const satisfies Endpoints;

export const find = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/tables/{keyspace}/{table}/find',
    input: { in: 'body', schema: findRequestSchema },
    answer: { as: 'lines', schema: findLineSchema },
    right: 'read table',
    cost: 'heavy',
    records: 'input',
    says: '`{what, seconds?, rows?, places?}`, `what` being `wide`, `tombstones` or `indexes` → what is found at places of the ring, within a budget',
  },
} as const satisfies Endpoints;

export const nodes = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/nodes',
    input: NO_INPUT,
    answer: { as: 'json', schema: nodesResponseSchema },
    right: 'operate whole cluster',
    by: 'monitoring',
    cost: 'cluster',
    meant: 'always',
    records: 'nothing',
    says: 'every node in a line: state, place, sizes, pools, hints, clients, queries, compactions; each with its age',
  },
} as const satisfies Endpoints;

export const nodeSection = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/nodes/section',
    input: { in: 'search', schema: nodeSectionRequestSchema, forms: { literals: 'flag' } },
    answer: { as: 'json', schema: nodeSectionSchema },
    right: 'operate whole cluster',
    by: 'monitoring',
    cost: 'cluster',
    meant: 'always',
    records: 'input',
    says: '`node` (host id or address), `section`, `literals`: one virtual table of that node, as text, or why it is not known',
  },
} as const satisfies Endpoints;

import { clustersResponseSchema, healthResponseSchema, restartResponseSchema, stateResponseSchema } from './clusters';
import {
  connectTestRequestSchema,
  connectTestResponseSchema,
  cqlshrcRequestSchema,
  cqlshrcResponseSchema,
} from './connect';
import { type Endpoints, NO_INPUT } from './endpoint';
import { eventsRequestSchema, eventsResponseSchema } from './events';
import { exportProgressLineSchema, exportProgressSchema, exportsResponseSchema, heldExportSchema } from './exports';
import { historyEntrySchema, historyRequestSchema, historyResponseSchema } from './history';
import { jobActionSchema, jobSchema, jobsResponseSchema } from './jobs';
import {
  eachLineSchema,
  eachRequestSchema,
  eachStopSchema,
  prepareRequestSchema,
  prepareResponseSchema,
} from './parameters';
import { countRequestSchema, exportRequestSchema, queryRequestSchema, rowsRequestSchema } from './reads';
import { replicaResultsRequestSchema, replicaResultsResponseSchema } from './replica-results';
import { rowCopiesRequestSchema, rowCopiesResponseSchema } from './row-copies';
import {
  importRequestSchema,
  keepTextRequestSchema,
  keptTextIdSchema,
  keptTextSchema,
  moveRequestSchema,
  savedFilesRequestSchema,
  savedListRequestSchema,
  savedListResponseSchema,
  savedPlaceSchema,
  savedStatementSchema,
  savedVersionSchema,
  saveRequestSchema,
} from './saved-statements';
import { countLineSchema } from './scans';
import { describeRequestSchema, describeResponseSchema, schemaResponseSchema, sizesResponseSchema } from './schema';
import { classifyRequestSchema, classifyResponseSchema } from './statements';
import {
  sampleRequestSchema,
  sampleResponseSchema,
  tableDetailsResponseSchema,
  tableStatsResponseSchema,
} from './stats';
import { ticketSchema } from './tickets';
import {
  replicasRequestSchema,
  replicasResponseSchema,
  topologyRequestSchema,
  topologyResponseSchema,
} from './topology';
import { traceSchema } from './traces';

/**
 * Every endpoint of Ringside, one constant an address. They are plain literals: a bundler can then leave out of a page
 * what the page does not call.
 */

export const health = {
  get: {
    method: 'GET',
    path: '/api/health',
    input: NO_INPUT,
    answer: { as: 'json', schema: healthResponseSchema },
    right: 'none',
    cost: 'free',
    records: 'nothing',
    says: '`{"status": "alive"}`, for anyone',
  },
} as const satisfies Endpoints;

export const state = {
  get: {
    method: 'GET',
    path: '/api/state',
    input: NO_INPUT,
    answer: { as: 'json', schema: stateResponseSchema },
    right: 'read',
    cost: 'server',
    meant: 'always',
    records: 'nothing',
    says: 'every cluster’s state, progress of the demo data; `own`: why the Cassandra of `npm start` ended',
  },
} as const satisfies Endpoints;

/** Answered by the web server itself (server/): there is no route. */
export const tickets = {
  post: {
    method: 'POST',
    path: '/api/tickets',
    input: NO_INPUT,
    answer: { as: 'json', schema: ticketSchema, status: 201 },
    right: 'none',
    cost: 'free',
    meant: 'always',
    records: 'nothing',
    says: '`{ticket}` for one link, see below',
  },
} as const satisfies Endpoints;

export const clusters = {
  get: {
    method: 'GET',
    path: '/api/clusters',
    input: NO_INPUT,
    answer: { as: 'json', schema: clustersResponseSchema },
    right: 'read',
    cost: 'free',
    records: 'nothing',
    says: 'the configured clusters',
  },
} as const satisfies Endpoints;

export const schema = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/schema',
    input: NO_INPUT,
    answer: { as: 'json', schema: schemaResponseSchema },
    right: 'read',
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
    right: 'read',
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
    right: 'read',
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
    right: 'read',
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
    right: 'read',
    cost: 'cluster',
    records: 'nothing',
    says: '`{keyspace, table, key: {column: value}}` → token, replicas',
  },
} as const satisfies Endpoints;

export const classify = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/classify',
    input: { in: 'body', schema: classifyRequestSchema },
    answer: { as: 'json', schema: classifyResponseSchema },
    right: 'read',
    cost: 'cluster',
    records: 'nothing',
    says: '`{statement, keyspace?}` → kind, cost, order, warnings, change, refusal',
  },
} as const satisfies Endpoints;

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
    right: 'read',
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
    right: 'read',
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
    right: 'read',
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
    right: 'read',
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
    right: 'read',
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
    right: 'read',
    cost: 'cluster',
    records: 'nothing',
    says: 'properties as stored; indexes: built on which node',
  },
} as const satisfies Endpoints;

export const query = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/query',
    input: { in: 'body', schema: queryRequestSchema },
    answer: { as: 'rows' },
    right: ['read', 'write', 'schema', 'admin'],
    cost: 'heavy',
    records: 'input',
    says: 'a statement → its rows',
  },
} as const satisfies Endpoints;

export const prepare = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/prepare',
    input: { in: 'body', schema: prepareRequestSchema },
    answer: { as: 'json', schema: prepareResponseSchema },
    right: 'read',
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
    right: ['read', 'write'],
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
    right: ['read', 'write'],
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
    right: 'read',
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
    right: 'read',
    cost: 'cluster',
    records: 'input',
    says: 'a SELECT of one partition → up to 200 rows by each replica, or by the given `nodes`, and who read them, by the trace',
  },
} as const satisfies Endpoints;

export const download = {
  /** A download is a link. */
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/export',
    input: { in: 'parameter', name: 'request', schema: exportRequestSchema },
    answer: { as: 'file' },
    right: 'export',
    cost: 'heavy',
    meant: 'always',
    records: 'input',
    says: '`request`: a table or statement, as JSON → a file',
  },
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/export',
    input: { in: 'body', schema: exportRequestSchema },
    answer: { as: 'file' },
    right: 'export',
    cost: 'heavy',
    records: 'input',
    says: 'the same in a body; as frames on request',
  },
} as const satisfies Endpoints;

export const exportList = {
  get: {
    method: 'GET',
    path: '/api/exports',
    input: NO_INPUT,
    answer: { as: 'json', schema: exportsResponseSchema },
    right: 'export',
    cost: 'free',
    records: 'nothing',
    says: 'running and ended downloads, and the compressions on offer',
  },
} as const satisfies Endpoints;

export const exportProgress = {
  get: {
    method: 'GET',
    path: '/api/exports/{id}',
    input: NO_INPUT,
    answer: { as: 'lines', schema: exportProgressLineSchema },
    right: 'export',
    cost: 'free',
    records: 'nothing',
    says: 'one download’s progress, live until it ends',
  },
  delete: {
    method: 'DELETE',
    path: '/api/exports/{id}',
    input: NO_INPUT,
    answer: { as: 'json', schema: exportProgressSchema },
    right: 'export',
    cost: 'free',
    records: 'call',
    says: 'stop the download',
  },
} as const satisfies Endpoints;

export const jobStart = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/jobs',
    input: { in: 'body', schema: exportRequestSchema },
    answer: { as: 'json', schema: jobSchema, status: 201 },
    right: 'export',
    cost: 'heavy',
    records: 'input',
    says: 'an export that the server writes into its own directory → the job',
  },
} as const satisfies Endpoints;

export const jobList = {
  get: {
    method: 'GET',
    path: '/api/jobs',
    input: NO_INPUT,
    answer: { as: 'json', schema: jobsResponseSchema },
    right: 'export',
    cost: 'server',
    records: 'nothing',
    says: 'jobs and the directory they are in',
  },
} as const satisfies Endpoints;

export const job = {
  get: {
    method: 'GET',
    path: '/api/jobs/{id}',
    input: NO_INPUT,
    answer: { as: 'lines', schema: jobSchema },
    right: 'export',
    cost: 'server',
    records: 'nothing',
    says: 'one job, live until it stops',
  },
  post: {
    method: 'POST',
    path: '/api/jobs/{id}',
    input: { in: 'body', schema: jobActionSchema },
    answer: { as: 'json', schema: jobSchema },
    right: 'export',
    cost: 'server',
    records: 'input',
    says: '`{action: pause \\| resume \\| cancel}`; responds once it has that state',
  },
  delete: {
    method: 'DELETE',
    path: '/api/jobs/{id}',
    input: NO_INPUT,
    answer: { as: 'nothing' },
    right: 'export',
    cost: 'server',
    records: 'call',
    says: 'stop the job and remove its directory with all files',
  },
} as const satisfies Endpoints;

export const jobPart = {
  get: {
    method: 'GET',
    path: '/api/jobs/{id}/parts/{name}',
    input: NO_INPUT,
    answer: { as: 'file' },
    right: 'export',
    cost: 'server',
    meant: 'always',
    records: 'call',
    says: 'a complete part, or `manifest.json`',
  },
} as const satisfies Endpoints;

export const count = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/count',
    input: { in: 'body', schema: countRequestSchema },
    answer: { as: 'lines', schema: countLineSchema },
    right: 'read',
    cost: 'heavy',
    records: 'input',
    says: '`{keyspace, table, filters?, allowFiltering?, …}`: rows, by reading keys',
  },
} as const satisfies Endpoints;

export const ownCassandraRestart = {
  post: {
    method: 'POST',
    path: '/api/own-cassandra/restart',
    input: NO_INPUT,
    answer: { as: 'json', schema: restartResponseSchema, status: 202 },
    right: 'operate',
    cost: 'server',
    records: 'call',
    says: 'restart the Cassandra of `npm start` after it ended; 404 if there is nothing to restart',
  },
} as const satisfies Endpoints;

export const connectTest = {
  post: {
    method: 'POST',
    path: '/api/connect/test',
    input: { in: 'body', schema: connectTestRequestSchema },
    answer: { as: 'json', schema: connectTestResponseSchema },
    right: 'admin',
    cost: 'server',
    // The request holds a password.
    records: 'call',
    says: 'the Connect page’s test, see below',
  },
} as const satisfies Endpoints;

export const cqlshrc = {
  post: {
    method: 'POST',
    path: '/api/connect/cqlshrc',
    input: { in: 'body', schema: cqlshrcRequestSchema },
    answer: { as: 'json', schema: cqlshrcResponseSchema },
    right: 'admin',
    cost: 'server',
    records: 'nothing',
    says: '`{text}` of a cqlshrc → the fields of the Connect page',
  },
} as const satisfies Endpoints;

/** A request too long for an address is sent first, and its download is a link as ever. */
export const holdExport = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/export/requests',
    input: { in: 'body', schema: exportRequestSchema },
    answer: { as: 'json', schema: heldExportSchema, status: 201 },
    right: 'export',
    cost: 'free',
    records: 'nothing',
    says: 'a request too long for an address → `{id}`, kept for a minute for one download',
  },
} as const satisfies Endpoints;

export const heldDownload = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/export/requests/{id}',
    input: NO_INPUT,
    answer: { as: 'file' },
    right: 'export',
    cost: 'heavy',
    meant: 'always',
    records: 'call',
    says: 'the file of that request, once',
  },
} as const satisfies Endpoints;

export const clusterEvents = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/events',
    input: { in: 'search', schema: eventsRequestSchema },
    answer: { as: 'json', schema: eventsResponseSchema },
    right: 'read',
    cost: 'server',
    meant: 'always',
    records: 'nothing',
    says: '`about?`, `node?`, `before?` → what Ringside saw happen to the cluster, newest first, 100 at a time',
  },
} as const satisfies Endpoints;

export const historyList = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/history',
    input: { in: 'search', schema: historyRequestSchema, forms: { writesOnly: 'flag' } },
    answer: { as: 'json', schema: historyResponseSchema },
    right: 'read',
    cost: 'server',
    meant: 'always',
    records: 'nothing',
    says: '`search?`, `outcome?`, `keyspace?`, `writesOnly?`, `before?` → statements run, newest first, 100 at a time',
  },
} as const satisfies Endpoints;

export const historyEntry = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/history/{id}',
    input: NO_INPUT,
    answer: { as: 'json', schema: historyEntrySchema },
    right: 'read',
    cost: 'server',
    meant: 'always',
    records: 'nothing',
    says: 'one of them, with its whole statement',
  },
} as const satisfies Endpoints;

export const savedStatements = {
  get: {
    method: 'GET',
    path: '/api/statements',
    input: { in: 'search', schema: savedListRequestSchema },
    answer: { as: 'json', schema: savedListResponseSchema },
    right: 'read',
    cost: 'server',
    meant: 'always',
    records: 'nothing',
    says: '`search?` → saved statements, at most 1,000, and the directory they are in',
  },
  post: {
    method: 'POST',
    path: '/api/statements',
    input: { in: 'body', schema: saveRequestSchema },
    answer: { as: 'json', schema: savedStatementSchema },
    right: 'read',
    cost: 'server',
    // The text may hold a password.
    records: 'call',
    says: 'save one: new (`version: null`), or over the version you have seen',
  },
} as const satisfies Endpoints;

export const savedStatement = {
  get: {
    method: 'GET',
    path: '/api/statements/file',
    input: { in: 'search', schema: savedPlaceSchema },
    answer: { as: 'json', schema: savedStatementSchema },
    right: 'read',
    cost: 'server',
    meant: 'always',
    records: 'nothing',
    says: '`path` → one saved statement with its version',
  },
  delete: {
    method: 'DELETE',
    path: '/api/statements/file',
    input: { in: 'search', schema: savedVersionSchema },
    answer: { as: 'nothing' },
    right: 'read',
    cost: 'server',
    records: 'input',
    says: '`path`, `version`: remove it',
  },
} as const satisfies Endpoints;

export const moveStatement = {
  post: {
    method: 'POST',
    path: '/api/statements/move',
    input: { in: 'body', schema: moveRequestSchema },
    answer: { as: 'json', schema: savedStatementSchema },
    right: 'read',
    cost: 'server',
    records: 'input',
    says: '`{path, to, version}`: rename it, or move it to another folder',
  },
} as const satisfies Endpoints;

export const importStatement = {
  post: {
    method: 'POST',
    path: '/api/statements/import',
    input: { in: 'body', schema: importRequestSchema },
    answer: { as: 'json', schema: savedStatementSchema },
    right: 'read',
    cost: 'server',
    records: 'call',
    says: '`{path, text}`: a whole `.cql` file, with or without a header, as a new statement',
  },
} as const satisfies Endpoints;

export const savedFiles = {
  get: {
    method: 'GET',
    path: '/api/statements/download',
    input: { in: 'search', schema: savedFilesRequestSchema },
    answer: { as: 'file' },
    right: 'read',
    cost: 'server',
    meant: 'always',
    records: 'call',
    says: '`path?` → the file as it is; all of them as a tar without `path`',
  },
} as const satisfies Endpoints;

export const keepText = {
  post: {
    method: 'POST',
    path: '/api/texts',
    input: { in: 'body', schema: keepTextRequestSchema },
    answer: { as: 'json', schema: keptTextIdSchema, status: 201 },
    right: 'read',
    cost: 'server',
    records: 'call',
    says: 'keep a statement too long for an address → `{id}` for a link, for 30 days',
  },
} as const satisfies Endpoints;

export const keptText = {
  get: {
    method: 'GET',
    path: '/api/texts/{id}',
    input: NO_INPUT,
    answer: { as: 'json', schema: keptTextSchema },
    right: 'read',
    cost: 'server',
    meant: 'always',
    records: 'nothing',
    says: 'the statement of such a link',
  },
} as const satisfies Endpoints;

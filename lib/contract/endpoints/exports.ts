import { type Endpoints, NO_INPUT } from '../endpoint';
import { exportProgressLineSchema, exportProgressSchema, exportsResponseSchema, heldExportSchema } from '../exports';
import { jobActionSchema, jobSchema, jobsResponseSchema } from '../jobs';
import { exportRequestSchema } from '../reads';

/** Files, and the jobs that make them. */

export const download = {
  /** A download is a link. */
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/export',
    input: { in: 'parameter', name: 'request', schema: exportRequestSchema },
    answer: { as: 'file' },
    right: 'export source',
    masks: 'applied',
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
    right: 'export source',
    masks: 'applied',
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
    right: 'none',
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
    right: 'none',
    cost: 'free',
    records: 'nothing',
    says: 'one download’s progress, live until it ends',
  },
  delete: {
    method: 'DELETE',
    path: '/api/exports/{id}',
    input: NO_INPUT,
    answer: { as: 'json', schema: exportProgressSchema },
    right: 'none',
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
    right: 'export source',
    masks: 'applied',
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
    right: 'none',
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
    right: 'none',
    cost: 'server',
    records: 'nothing',
    says: 'one job, live until it stops',
  },
  post: {
    method: 'POST',
    path: '/api/jobs/{id}',
    input: { in: 'body', schema: jobActionSchema },
    answer: { as: 'json', schema: jobSchema },
    right: 'none',
    cost: 'server',
    records: 'input',
    says: '`{action: pause \\| resume \\| cancel}`, or `{action: rate, maxRowsPerSecond}` of a job that changes rows; responds once it has that state',
  },
  delete: {
    method: 'DELETE',
    path: '/api/jobs/{id}',
    input: NO_INPUT,
    answer: { as: 'nothing' },
    right: 'none',
    tokens: 'not read-only',
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
    right: 'export any cluster',
    cost: 'server',
    meant: 'always',
    records: 'call',
    says: 'a complete part, or `manifest.json`',
  },
} as const satisfies Endpoints;

/** A request too long for an address is sent first, and its download is a link as ever. */
export const holdExport = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/export/requests',
    input: { in: 'body', schema: exportRequestSchema },
    answer: { as: 'json', schema: heldExportSchema, status: 201 },
    right: 'export source',
    masks: 'applied',
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
    right: 'export cluster',
    cost: 'heavy',
    meant: 'always',
    records: 'call',
    says: 'the file of that request, once',
  },
} as const satisfies Endpoints;

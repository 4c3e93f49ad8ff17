import { type Endpoints, NO_INPUT } from '../endpoint';
import { jobSchema } from '../jobs';
import {
  loadDryRunLineSchema,
  loadFilesRequestSchema,
  loadFilesSchema,
  loadPreviewRequestSchema,
  loadPreviewSchema,
  loadRequestSchema,
  loadStartSchema,
  newUploadSchema,
  uploadPieceSchema,
  uploadSchema,
  uploadsSchema,
} from '../load';

/** Files loaded into tables. */

export const loadUploads = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/load/uploads',
    input: NO_INPUT,
    answer: { as: 'json', schema: uploadsSchema },
    right: 'write cluster',
    secondPerson: 'not needed',
    cost: 'server',
    meant: 'always',
    records: 'nothing',
    says: 'your uploaded files that no load has taken yet; each is removed a day after its last piece',
  },
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/load/uploads',
    input: { in: 'body', schema: newUploadSchema },
    answer: { as: 'json', schema: uploadSchema, status: 201 },
    right: 'write cluster',
    secondPerson: 'not needed',
    cost: 'server',
    records: 'input',
    says: '`{name, bytes}` → an upload that waits for its pieces',
  },
} as const satisfies Endpoints;

export const loadUpload = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/load/uploads/{id}',
    input: { in: 'search', schema: uploadPieceSchema, forms: { at: 'number' } },
    answer: { as: 'json', schema: uploadSchema },
    right: 'write cluster',
    secondPerson: 'not needed',
    cost: 'server',
    records: 'call',
    says: '`at`: the body is the next piece of the file, up to 16 MiB → how much has arrived',
  },
  delete: {
    method: 'DELETE',
    path: '/api/clusters/{cluster}/load/uploads/{id}',
    input: NO_INPUT,
    answer: { as: 'nothing' },
    right: 'write cluster',
    secondPerson: 'not needed',
    cost: 'server',
    records: 'call',
    says: 'remove an uploaded file',
  },
} as const satisfies Endpoints;

export const loadFiles = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/load/files',
    input: { in: 'search', schema: loadFilesRequestSchema },
    answer: { as: 'json', schema: loadFilesSchema },
    right: 'write cluster',
    secondPerson: 'not needed',
    cost: 'server',
    meant: 'always',
    records: 'call',
    says: '`path?`: files on the server that may be loaded, in the configured directories',
  },
} as const satisfies Endpoints;

export const loadPreview = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/load/preview',
    input: { in: 'body', schema: loadPreviewRequestSchema },
    answer: { as: 'json', schema: loadPreviewSchema },
    right: 'write table',
    masks: 'edits',
    secondPerson: 'not needed',
    cost: 'cluster',
    records: 'input',
    says: '`{keyspace, table, from, source?, bind?, options?}` → format and mapping, given or guessed, what the first records become, the statement, and a token; writes nothing',
  },
} as const satisfies Endpoints;

export const loadDryRun = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/load/dry-run',
    input: { in: 'body', schema: loadRequestSchema },
    answer: { as: 'lines', schema: loadDryRunLineSchema },
    right: 'write table',
    masks: 'edits',
    secondPerson: 'not needed',
    cost: 'server',
    records: 'input',
    says: '`{keyspace, table, from, source, bind}` → every record read, typed and checked: problems, counts, duplicate keys; writes nothing',
  },
} as const satisfies Endpoints;

export const loadStart = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/load/start',
    input: { in: 'body', schema: loadStartSchema },
    answer: { as: 'json', schema: jobSchema, status: 201 },
    right: 'write cluster',
    cost: 'heavy',
    // The token is worth a write.
    records: 'call',
    says: '`{token, confirmName?}` → the job that loads the file',
  },
} as const satisfies Endpoints;

import { type Endpoints, NO_INPUT } from '../endpoint';
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
  writtenStatementSchema,
} from '../saved-statements';

/** Saved statements, and texts kept for links. */

export const savedStatements = {
  get: {
    method: 'GET',
    path: '/api/statements',
    input: { in: 'search', schema: savedListRequestSchema },
    answer: { as: 'json', schema: savedListResponseSchema },
    right: 'see any cluster',
    cost: 'server',
    meant: 'always',
    records: 'nothing',
    says: '`search?` → your own and the shared saved statements, at most 1,000, and the directory of the shared ones',
  },
  post: {
    method: 'POST',
    path: '/api/statements',
    input: { in: 'body', schema: saveRequestSchema },
    answer: { as: 'json', schema: writtenStatementSchema },
    right: 'write saved',
    tokens: 'not read-only',
    cost: 'server',
    // The text may hold a password.
    records: 'call',
    says: 'save one: new (`version: null`), or over the version you have seen; private where its path begins with `private:/`',
  },
} as const satisfies Endpoints;

export const savedStatement = {
  get: {
    method: 'GET',
    path: '/api/statements/file',
    input: { in: 'search', schema: savedPlaceSchema },
    answer: { as: 'json', schema: savedStatementSchema },
    right: 'see any cluster',
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
    right: 'write saved',
    tokens: 'not read-only',
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
    answer: { as: 'json', schema: writtenStatementSchema },
    right: 'write saved',
    tokens: 'not read-only',
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
    answer: { as: 'json', schema: writtenStatementSchema },
    right: 'write saved',
    tokens: 'not read-only',
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
    right: 'see any cluster',
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
    right: 'see any cluster',
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
    right: 'see any cluster',
    cost: 'server',
    meant: 'always',
    records: 'nothing',
    says: 'the statement of such a link',
  },
} as const satisfies Endpoints;

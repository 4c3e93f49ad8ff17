import { auditFilterSchema, auditRequestSchema, auditResponseSchema } from '../audit';
import type { Endpoints } from '../endpoint';

/** Who did what. Whoever reads it is in it too. */

export const audit = {
  get: {
    method: 'GET',
    path: '/api/audit',
    input: { in: 'search', schema: auditRequestSchema },
    answer: { as: 'json', schema: auditResponseSchema },
    right: 'admin every cluster',
    cost: 'server',
    meant: 'always',
    records: 'input',
    says: '`person?`, `cluster?`, `table?`, `outcome?`, `since?`, `until?`, `text?`, `before?` → lines of the audit, newest first, at most 100; `next`: where to search on',
  },
} as const satisfies Endpoints;

export const auditFile = {
  get: {
    method: 'GET',
    path: '/api/audit/file',
    input: { in: 'search', schema: auditFilterSchema },
    answer: { as: 'file' },
    right: 'admin every cluster',
    cost: 'server',
    meant: 'always',
    records: 'input',
    says: 'the same but `before` → all lines that match, as NDJSON, newest first',
  },
} as const satisfies Endpoints;

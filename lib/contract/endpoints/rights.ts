import type { Endpoints } from '../endpoint';
import { ownRightsRequestSchema, personRightsRequestSchema, rightsAnswerSchema } from '../rights-answer';

/** What people may do, and by which rule. */

export const ownRights = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/rights',
    input: { in: 'search', schema: ownRightsRequestSchema },
    answer: { as: 'json', schema: rightsAnswerSchema },
    right: 'none',
    cost: 'cluster',
    meant: 'always',
    records: 'nothing',
    says: '`keyspace?`, `table?` → for each verb the role and rule that give it to you, or what is missing',
  },
} as const satisfies Endpoints;

export const personRights = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/rights/person',
    input: { in: 'search', schema: personRightsRequestSchema, forms: { groups: 'json' } },
    answer: { as: 'json', schema: rightsAnswerSchema },
    right: 'admin every cluster',
    cost: 'cluster',
    meant: 'always',
    records: 'nothing',
    says: '`keyspace?`, `table?`, `name`, `way`, `groups?` → the same for somebody else; without `groups` those of a local user',
  },
} as const satisfies Endpoints;

import { type Endpoints, NO_INPUT } from '../endpoint';
import { rolesResponseSchema } from '../roles';

/** Cassandra's own roles. */

export const roles = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/roles',
    input: NO_INPUT,
    answer: { as: 'json', schema: rolesResponseSchema },
    right: 'operate whole cluster',
    cost: 'cluster',
    meant: 'always',
    records: 'call',
    says: 'Cassandra’s roles, who has whom, and all permissions, as far as Ringside’s own role may list them; what is missing, with the GRANT that helps',
  },
} as const satisfies Endpoints;

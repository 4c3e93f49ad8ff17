import {
  approvalActionSchema,
  approvalSchema,
  approvalsResponseSchema,
  askApprovalSchema,
  takePassSchema,
} from '../approvals';
import { type Endpoints, NO_INPUT } from '../endpoint';
import { passSchema } from '../passes';

/** Changes that wait for a second person. */

export const approvals = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/approvals',
    input: NO_INPUT,
    answer: { as: 'json', schema: approvalsResponseSchema },
    right: 'see cluster',
    cost: 'cluster',
    meant: 'always',
    records: 'nothing',
    says: 'changes that wait for approval or did: your own, and those that you may approve; emergency passes that last',
  },
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/approvals',
    input: { in: 'body', schema: askApprovalSchema },
    answer: { as: 'json', schema: approvalSchema, status: 201 },
    // Its handler asks for the rights that the change itself needs.
    right: 'see cluster',
    tokens: 'never',
    cost: 'cluster',
    records: 'call',
    says: '`{of: statement \\| script, request, reason}`, or `{of: mutations \\| change \\| load \\| copy, token, confirmName?, reason}` → the change that waits for approval; runs nothing',
  },
} as const satisfies Endpoints;

export const approval = {
  get: {
    method: 'GET',
    path: '/api/clusters/{cluster}/approvals/{id}',
    input: NO_INPUT,
    answer: { as: 'json', schema: approvalSchema },
    right: 'see cluster',
    cost: 'cluster',
    meant: 'always',
    records: 'nothing',
    says: 'one of them, with everything that runs',
  },
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/approvals/{id}',
    input: { in: 'body', schema: approvalActionSchema },
    answer: { as: 'json', schema: approvalSchema },
    right: 'see cluster',
    tokens: 'never',
    cost: 'heavy',
    records: 'input',
    says: '`{action: approve \\| withdraw \\| run}` or `{action: refuse, reason}`: `run` answers when it has ended, or its job has begun',
  },
} as const satisfies Endpoints;

export const pass = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/pass',
    input: { in: 'body', schema: takePassSchema },
    answer: { as: 'json', schema: passSchema, status: 201 },
    right: 'write cluster',
    secondPerson: 'not needed',
    tokens: 'never',
    cost: 'server',
    records: 'input',
    says: '`{reason, minutes}` → an emergency pass: until then your changes do not wait for a second person',
  },
  delete: {
    method: 'DELETE',
    path: '/api/clusters/{cluster}/pass',
    input: NO_INPUT,
    answer: { as: 'nothing' },
    right: 'see cluster',
    tokens: 'never',
    cost: 'server',
    records: 'call',
    says: 'end your emergency pass',
  },
} as const satisfies Endpoints;

import { configurationSchema, editPlanSchema, editRequestSchema, saveRequestSchema } from '../configured';
import { connectTestResponseSchema } from '../connect';
import { type Endpoints, NO_INPUT } from '../endpoint';

/** The configuration of clusters. Whoever may change it decides where passwords are sent: all of it needs `admin`. */

export const configuration = {
  get: {
    method: 'GET',
    path: '/api/configuration',
    input: NO_INPUT,
    answer: { as: 'json', schema: configurationSchema },
    right: 'admin every cluster',
    cost: 'server',
    meant: 'always',
    records: 'nothing',
    says: 'where the clusters are configured, what is wrong with the file, the clusters without secrets',
  },
} as const satisfies Endpoints;

export const configurationPlan = {
  post: {
    method: 'POST',
    path: '/api/configuration/plan',
    input: { in: 'body', schema: editRequestSchema },
    answer: { as: 'json', schema: editPlanSchema },
    right: 'admin every cluster',
    cost: 'server',
    records: 'nothing',
    says: '`{cluster}` → the text that would be written and what it changes; writes nothing',
  },
} as const satisfies Endpoints;

export const configurationSave = {
  post: {
    method: 'POST',
    path: '/api/configuration/save',
    input: { in: 'body', schema: saveRequestSchema },
    answer: { as: 'json', schema: configurationSchema },
    right: 'admin every cluster',
    cost: 'server',
    records: 'input',
    says: '`{cluster, revision}` → writes the file, uses it, and the configuration as it is then; 409 if the file has changed',
  },
} as const satisfies Endpoints;

export const configurationTest = {
  post: {
    method: 'POST',
    path: '/api/configuration/test',
    input: { in: 'body', schema: editRequestSchema },
    answer: { as: 'json', schema: connectTestResponseSchema },
    right: 'admin every cluster',
    cost: 'server',
    records: 'call',
    says: '`{cluster}` → the connection test with the login that the cluster would have',
  },
} as const satisfies Endpoints;

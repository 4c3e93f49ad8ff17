import { clustersResponseSchema, healthResponseSchema, restartResponseSchema, stateResponseSchema } from '../clusters';
import {
  connectTestRequestSchema,
  connectTestResponseSchema,
  cqlshrcRequestSchema,
  cqlshrcResponseSchema,
} from '../connect';
import { type Endpoints, NO_INPUT } from '../endpoint';
import { ticketSchema } from '../tickets';

/** This server, and the connections that it is given. */

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
    right: 'none',
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
    right: 'none',
    cost: 'free',
    records: 'nothing',
    says: 'the configured clusters',
  },
} as const satisfies Endpoints;

export const ownCassandraRestart = {
  post: {
    method: 'POST',
    path: '/api/own-cassandra/restart',
    input: NO_INPUT,
    answer: { as: 'json', schema: restartResponseSchema, status: 202 },
    right: 'operate every cluster',
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
    right: 'admin every cluster',
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
    right: 'admin every cluster',
    cost: 'server',
    records: 'nothing',
    says: '`{text}` of a cqlshrc → the fields of the Connect page',
  },
} as const satisfies Endpoints;

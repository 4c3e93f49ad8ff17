import { apiTokensSchema, madeApiTokenSchema, newApiTokenSchema, peopleApiTokensSchema } from '../api-tokens';
import { type Endpoints, NO_INPUT } from '../endpoint';
import {
  changePasswordRequestSchema,
  oidcBeginRequestSchema,
  oidcCallbackSchema,
  peopleSessionsRequestSchema,
  peopleSessionsSchema,
  sessionsSchema,
  signedOutSchema,
  signInRequestSchema,
  signInStateSchema,
} from '../sign-in';

/** Who is signed in, and their sessions. */

export const signIn = {
  get: {
    method: 'GET',
    path: '/api/sign-in',
    input: NO_INPUT,
    answer: { as: 'json', schema: signInStateSchema },
    right: 'none',
    tokens: 'never',
    cost: 'free',
    meant: 'always',
    records: 'nothing',
    says: 'how people sign in here, and who you are',
  },
  post: {
    method: 'POST',
    path: '/api/sign-in',
    input: { in: 'body', schema: signInRequestSchema },
    answer: { as: 'nothing' },
    right: 'none',
    tokens: 'never',
    cost: 'server',
    // The request holds a password.
    records: 'call',
    says: '`{name, password, cluster?}` → a session, in cookies; `cluster`: the name is that of a Cassandra role there',
  },
  delete: {
    method: 'DELETE',
    path: '/api/sign-in',
    input: NO_INPUT,
    answer: { as: 'json', schema: signedOutSchema },
    right: 'none',
    tokens: 'never',
    cost: 'server',
    records: 'call',
    says: 'end this session → `{to}`: the page to go to, which may be the identity provider’s',
  },
} as const satisfies Endpoints;

export const signInOidc = {
  get: {
    method: 'GET',
    path: '/api/sign-in/oidc/{provider}',
    input: { in: 'search', schema: oidcBeginRequestSchema },
    answer: { as: 'redirect' },
    right: 'none',
    tokens: 'never',
    cost: 'server',
    records: 'nothing',
    says: '`to?` → the identity provider',
  },
} as const satisfies Endpoints;

export const signInOidcCallback = {
  get: {
    method: 'GET',
    path: '/api/sign-in/oidc/{provider}/callback',
    input: { in: 'search', schema: oidcCallbackSchema },
    answer: { as: 'redirect' },
    right: 'none',
    tokens: 'never',
    cost: 'server',
    // The address has a code.
    records: 'call',
    says: 'where the identity provider sends the browser back → a page, with a session',
  },
} as const satisfies Endpoints;

export const sessions = {
  get: {
    method: 'GET',
    path: '/api/sessions',
    input: NO_INPUT,
    answer: { as: 'json', schema: sessionsSchema },
    right: 'none',
    tokens: 'never',
    cost: 'free',
    meant: 'always',
    records: 'nothing',
    says: 'your own open sessions, and whether you may end those of others',
  },
} as const satisfies Endpoints;

export const session = {
  delete: {
    method: 'DELETE',
    path: '/api/sessions/{id}',
    input: NO_INPUT,
    answer: { as: 'nothing' },
    right: 'none',
    tokens: 'never',
    cost: 'free',
    records: 'call',
    says: 'end one of your own sessions',
  },
} as const satisfies Endpoints;

export const ownPassword = {
  post: {
    method: 'POST',
    path: '/api/sign-in/password',
    input: { in: 'body', schema: changePasswordRequestSchema },
    answer: { as: 'nothing' },
    right: 'none',
    tokens: 'never',
    cost: 'server',
    // The request holds two passwords.
    records: 'call',
    says: '`{current, password}`: change your own password, where Ringside keeps it; ends your other sessions',
  },
} as const satisfies Endpoints;

export const peopleSessions = {
  get: {
    method: 'GET',
    path: '/api/people/sessions',
    input: { in: 'search', schema: peopleSessionsRequestSchema },
    answer: { as: 'json', schema: peopleSessionsSchema },
    right: 'admin every cluster',
    tokens: 'never',
    cost: 'free',
    meant: 'always',
    records: 'call',
    says: '`search?` → the open sessions of everybody, by person, at most 500',
  },
} as const satisfies Endpoints;

export const peopleSession = {
  delete: {
    method: 'DELETE',
    path: '/api/people/sessions/{id}',
    input: NO_INPUT,
    answer: { as: 'nothing' },
    right: 'admin every cluster',
    tokens: 'never',
    cost: 'free',
    records: 'call',
    says: 'end a session, whoever has it',
  },
} as const satisfies Endpoints;

export const personSessions = {
  delete: {
    method: 'DELETE',
    path: '/api/people/{person}/sessions',
    input: NO_INPUT,
    answer: { as: 'nothing' },
    right: 'admin every cluster',
    tokens: 'never',
    cost: 'free',
    records: 'call',
    says: 'end all sessions of a person',
  },
} as const satisfies Endpoints;

export const apiTokens = {
  get: {
    method: 'GET',
    path: '/api/tokens',
    input: NO_INPUT,
    answer: { as: 'json', schema: apiTokensSchema },
    right: 'none',
    tokens: 'never',
    cost: 'free',
    meant: 'always',
    records: 'nothing',
    says: 'your own API tokens without their texts, and whether you may make some or end those of others',
  },
  post: {
    method: 'POST',
    path: '/api/tokens',
    input: { in: 'body', schema: newApiTokenSchema },
    answer: { as: 'json', schema: madeApiTokenSchema, status: 201 },
    right: 'none',
    tokens: 'never',
    cost: 'server',
    records: 'input',
    says: '`{name, days, readOnly?, clusters?}` → an API token with its text, which nobody can have again',
  },
} as const satisfies Endpoints;

export const apiToken = {
  delete: {
    method: 'DELETE',
    path: '/api/tokens/{id}',
    input: NO_INPUT,
    answer: { as: 'nothing' },
    right: 'none',
    tokens: 'never',
    cost: 'server',
    records: 'call',
    says: 'revoke one of your own API tokens',
  },
} as const satisfies Endpoints;

export const peopleApiTokens = {
  get: {
    method: 'GET',
    path: '/api/people/tokens',
    input: { in: 'search', schema: peopleSessionsRequestSchema },
    answer: { as: 'json', schema: peopleApiTokensSchema },
    right: 'admin every cluster',
    tokens: 'never',
    cost: 'free',
    meant: 'always',
    records: 'call',
    says: '`search?` → the open API tokens of everybody, by person, at most 500',
  },
} as const satisfies Endpoints;

export const peopleApiToken = {
  delete: {
    method: 'DELETE',
    path: '/api/people/tokens/{id}',
    input: NO_INPUT,
    answer: { as: 'nothing' },
    right: 'admin every cluster',
    tokens: 'never',
    cost: 'server',
    records: 'call',
    says: 'end an API token, whoever has it',
  },
} as const satisfies Endpoints;

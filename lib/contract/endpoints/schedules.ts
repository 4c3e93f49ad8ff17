import { type Endpoints, NO_INPUT } from '../endpoint';
import {
  newScheduleSchema,
  nextTimesSchema,
  scheduleActionSchema,
  schedulePlanRequestSchema,
  schedulePlanSchema,
  scheduleSchema,
  schedulesResponseSchema,
  whenSchema,
} from '../schedules';

/** Jobs that repeat. */

export const scheduleCreate = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/schedules',
    input: { in: 'body', schema: newScheduleSchema },
    answer: { as: 'json', schema: scheduleSchema, status: 201 },
    right: 'export repeated',
    masks: 'applied',
    tokens: 'not read-only',
    cost: 'cluster',
    records: 'input',
    says: 'a job that repeats, and when → the schedule; of a load or copy also `confirm: {statement, name?}`, as the plan shows them',
  },
} as const satisfies Endpoints;

export const schedulePlan = {
  post: {
    method: 'POST',
    path: '/api/clusters/{cluster}/schedules/plan',
    input: { in: 'body', schema: schedulePlanRequestSchema },
    answer: { as: 'json', schema: schedulePlanSchema },
    right: 'export repeated',
    masks: 'applied',
    secondPerson: 'not needed',
    cost: 'cluster',
    records: 'input',
    says: '`{kind, request}` → what each run of such a schedule would send, and what to confirm; writes nothing',
  },
} as const satisfies Endpoints;

export const scheduleList = {
  get: {
    method: 'GET',
    path: '/api/schedules',
    input: NO_INPUT,
    answer: { as: 'json', schema: schedulesResponseSchema },
    right: 'none',
    cost: 'server',
    records: 'nothing',
    says: 'schedules with their next time and last runs, and the names of the webhooks',
  },
} as const satisfies Endpoints;

export const schedule = {
  get: {
    method: 'GET',
    path: '/api/schedules/{name}',
    input: NO_INPUT,
    answer: { as: 'json', schema: scheduleSchema },
    right: 'none',
    cost: 'server',
    records: 'nothing',
    says: 'one schedule',
  },
  post: {
    method: 'POST',
    path: '/api/schedules/{name}',
    input: { in: 'body', schema: scheduleActionSchema },
    answer: { as: 'json', schema: scheduleSchema },
    right: 'none',
    tokens: 'not read-only',
    cost: 'heavy',
    records: 'input',
    says: '`{action: pause \\| resume \\| run}`, or `{action: change, …}` with when, what to keep, the webhook, and `request?`, `confirm?` for what it repeats',
  },
  delete: {
    method: 'DELETE',
    path: '/api/schedules/{name}',
    input: NO_INPUT,
    answer: { as: 'nothing' },
    right: 'none',
    tokens: 'not read-only',
    cost: 'server',
    records: 'call',
    says: 'remove the schedule; its jobs and their files stay',
  },
} as const satisfies Endpoints;

export const scheduleTimes = {
  get: {
    method: 'GET',
    path: '/api/schedule-times',
    input: { in: 'search', schema: whenSchema },
    answer: { as: 'json', schema: nextTimesSchema },
    right: 'none',
    cost: 'free',
    meant: 'always',
    records: 'nothing',
    says: '`pattern`, `timeZone` → the next five times',
  },
} as const satisfies Endpoints;

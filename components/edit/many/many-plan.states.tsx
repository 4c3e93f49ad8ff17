import { ignore, type SharedPart } from '@/components/ui/states';
import type { ChangeManyPlan } from '@/lib/contract/change-many';
import { ManyPlanView } from './many-plan';

export const PLAN: ChangeManyPlan = {
  ...{ token: 'token', expiresAt: '2026-11-29T12:05:00.000Z', confirmName: null },
  statement: "UPDATE shop.orders SET state = 'done' WHERE customer = ? AND id = ? IF state = ?",
  read: "SELECT customer, id, state FROM shop.orders WHERE state = 'old' ALLOW FILTERING",
  cost: { scope: 'whole_ring' },
  counted: { rows: 2, isComplete: true, at: '2026-11-29T12:00:00.000Z' },
  first: [
    {
      key: { customer: 1, id: 7 },
      cql: "UPDATE shop.orders SET state = 'done' WHERE customer = 1 AND id = 7 IF state = 'old'",
      before: { state: 'old' },
    },
    {
      ...{ key: { customer: 1, id: 8 }, cql: null, before: { state: 'done' } },
      message: 'It has these values already: nothing is sent.',
    },
  ],
  notes: ['Before a statement is sent, the old values are on disk in the journal.'],
  ...{ consistency: 'LOCAL_QUORUM', serialConsistency: 'SERIAL' },
};

const view = (plan: Partial<ChangeManyPlan>) => () => (
  <ManyPlanView plan={{ ...PLAN, ...plan }} typed="" onType={ignore} />
);

export const manyPlanStates: SharedPart = {
  name: 'change-many',
  place: 'w-[min(600px,100vw)]',
  states: {
    counted: { draw: view({}), shows: [['status'], ['list']] },
    'more than it counted, by name': {
      draw: view({ counted: { ...PLAN.counted, rows: 100_000, isComplete: false }, confirmName: 'orders' }),
      shows: [['status'], ['textbox', 'Type orders to confirm']],
    },
    'nothing matches': {
      draw: view({ token: null, counted: { ...PLAN.counted, rows: 0 }, first: [] }),
      shows: [['status']],
    },
  },
};

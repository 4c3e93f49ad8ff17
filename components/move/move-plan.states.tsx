import { ignore, type SharedPart } from '@/components/ui/states';
import type { CopyPlan } from '@/lib/contract/copy';
import { ComparePlanView, CopyPlanView } from './move-plan';

export const COPY_PLAN: CopyPlan = {
  ...{ token: 'token', expiresAt: '2026-11-29T12:05:00.000Z', confirmName: null },
  read: 'SELECT id, email, city FROM shop.customers',
  create: ['CREATE TABLE shop.customers (\n  id int,\n  email text,\n  PRIMARY KEY ((id))\n)'],
  write: 'INSERT INTO shop.customers (id, email) VALUES (?, ?) USING TIMESTAMP ? AND TTL ?',
  mapping: [
    { to: 'id', from: { field: 'id' }, steps: [] },
    { to: 'email', from: { constant: "'masked'" }, steps: [] },
  ],
  fields: [{ name: 'id', type: 'int' }],
  left: [{ name: 'city', why: 'it is not copied' }],
  estimate: { bytes: 4_000_000, partitions: 1_000 },
  notes: ['A null writes nothing: what the target has there stays.'],
  ...{ consistency: 'LOCAL_QUORUM', targetConsistency: 'LOCAL_QUORUM' },
};

const view = (plan: Partial<CopyPlan>) => () => (
  <CopyPlanView plan={{ ...COPY_PLAN, ...plan }} typed="" onType={ignore} />
);

export const movePlanStates: SharedPart = {
  name: 'copy-or-compare',
  place: 'w-[min(600px,100vw)]',
  states: {
    'a copy that creates its table': { draw: view({}), shows: [['status'], ['list']] },
    'by name': {
      draw: view({ confirmName: 'customers', create: [], estimate: null }),
      shows: [['status'], ['textbox', 'Type customers to confirm']],
    },
    'a comparison': {
      draw: () => (
        <ComparePlanView
          plan={{
            ...{ key: ['id'], compared: ['email'], left: [{ name: 'city', why: 'only the source has it' }] },
            ...{ source: 'SELECT id, email FROM shop.customers', target: 'SELECT id, email FROM shop.copy' },
            notes: ['Write times and TTLs are not compared.'],
          }}
        />
      ),
      shows: [['status'], ['list']],
    },
  },
};

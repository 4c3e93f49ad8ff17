import type { SharedPart } from '@/components/ui/states';
import type { NodeSection } from '@/lib/contract/nodes';
import { SectionRows } from './node-section';

const ROWS: NodeSection = {
  outcome: 'rows',
  statement: 'SELECT * FROM system_views.queries',
  columns: ['running_micros', 'queued_micros', 'task', 'thread_id'],
  rows: [
    ['1234567', '12', "QUERY SELECT * FROM flights.airports WHERE iata = '***'", 'Native-Transport-Requests-1'],
    ['90', null, 'QUERY SELECT * FROM flights.by_route', 'Native-Transport-Requests-2'],
  ],
  notShown: 0,
  askedAt: '2026-11-29T10:00:00.000Z',
  why: null,
  grant: null,
};
const NONE: NodeSection = { ...ROWS, columns: [], rows: [], askedAt: null };

export const SECTIONS = {
  rows: ROWS,
  'more rows than are shown': { ...ROWS, notShown: 1_200 },
  'no rows': { ...NONE, askedAt: ROWS.askedAt },
  'the release lacks it': {
    ...NONE,
    outcome: 'no_such_table',
    why: 'Cassandra 4.0.19 has no system_views.queries, since 4.1.',
  },
  'may not be read': {
    ...NONE,
    outcome: 'not_permitted',
    why: 'The user reader may not read system_views.queries.',
    grant: 'GRANT SELECT ON KEYSPACE system_views TO reader',
  },
  'no answer since': { ...ROWS, outcome: 'no_answer', why: 'The node has not answered within 1.2 s.' },
} satisfies Record<string, NodeSection>;

const draw = (name: keyof typeof SECTIONS) => () => <SectionRows section="queries" data={SECTIONS[name]} />;

export const nodeSectionStates: SharedPart = {
  name: 'section-of-a-node',
  states: {
    rows: { draw: draw('rows'), shows: [['table', 'Running queries']] },
    'more rows than are shown': { draw: draw('more rows than are shown'), shows: [['table', 'Running queries']] },
    'no rows': { draw: draw('no rows'), shows: [['paragraph']] },
    'the release lacks it': { draw: draw('the release lacks it'), shows: [['status']] },
    'may not be read': { draw: draw('may not be read'), shows: [['button', 'Copy the GRANT']] },
    'no answer since': {
      draw: draw('no answer since'),
      shows: [['status'], ['table', 'Running queries']],
    },
  },
};

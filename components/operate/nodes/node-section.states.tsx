import type { SharedPart } from '@/components/ui/states';
import type { NodeSection } from '@/lib/contract/nodes';
import { SectionRows } from './node-section';

const CLIENTS: NodeSection = {
  outcome: 'rows',
  why: null,
  grant: null,
  statement: 'SELECT * FROM system_views.clients',
  columns: ['username', 'address', 'driver_name', 'request_count'],
  rows: [
    ['ringside', '10.0.0.9', 'Apache Cassandra Node.js Driver', '9223372036854775807'],
    ['anonymous', '10.0.0.8', null, '0'],
  ],
  notShown: 0,
  askedAt: '2026-11-29T09:14:50.000Z',
};
const NOTHING: NodeSection = { ...CLIENTS, columns: [], rows: [] };

const drawn = (data: Partial<NodeSection>) => () => <SectionRows section="clients" data={{ ...CLIENTS, ...data }} />;

export const nodeSectionStates: SharedPart = {
  name: 'node-section',
  states: {
    rows: {
      draw: drawn({}),
      shows: [
        ['table', 'Clients'],
        ['cell', '9,223,372,036,854,775,807'],
      ],
    },
    'more rows than are shown': { draw: drawn({ notShown: 1_200 }), shows: [['table', 'Clients'], ['paragraph']] },
    'no row': { draw: drawn(NOTHING), shows: [['paragraph']] },
    'no answer, with what was known': {
      draw: drawn({ outcome: 'no_answer', why: 'The node has not answered within 1.2 s.' }),
      shows: [['status'], ['table', 'Clients']],
    },
    'a release without it': {
      draw: drawn({
        ...NOTHING,
        outcome: 'no_such_table',
        why: 'Cassandra 4.0.19 has no system_views.queries, since 4.1.',
      }),
      shows: [['status']],
    },
    'may not be read': {
      draw: drawn({
        ...NOTHING,
        outcome: 'not_permitted',
        why: 'User reader has no SELECT permission on <table system_views.clients> or any of its parents',
        grant: 'GRANT SELECT ON KEYSPACE system_views TO reader',
      }),
      shows: [['status'], ['button', 'Copy the GRANT']],
    },
  },
};

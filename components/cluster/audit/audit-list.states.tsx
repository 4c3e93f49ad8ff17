import { ignore, type SharedPart } from '@/components/ui/states';
import type { AuditEntry } from '@/lib/contract/audit';
import { AuditList } from './audit-list';

const ANNA = { person: 'anna', personId: 'person-1', way: 'local', address: '192.0.2.1' } as const;

export const LINES: readonly AuditEntry[] = [
  {
    ...ANNA,
    id: '5',
    time: '2026-11-30T09:13:00.000Z',
    event: 'request',
    requestId: 'b2a1',
    cluster: 'demo',
    endpoint: 'POST /api/clusters/{cluster}/query',
    tables: ['flights.airports'],
    statement: "DELETE FROM flights.airports WHERE iata = 'SEA'",
    consistency: 'LOCAL_QUORUM',
    coordinators: ['10.0.0.1:9042'],
    rows: 0,
    bytes: 412,
    elapsedMs: 8,
    outcome: 'done',
    applied: 'applied',
  },
  {
    id: '4',
    time: '2026-11-30T09:12:00.000Z',
    event: 'request',
    person: null,
    attempted: 'ben',
    address: '192.0.2.7',
    endpoint: 'POST /api/sign-in',
    outcome: 'refused',
    error: 'sign_in_refused',
  },
  {
    id: '3',
    time: '2026-11-30T09:11:00.000Z',
    event: 'lost',
    person: null,
    outcome: 'failed',
    lost: {
      lines: 26,
      since: '2026-11-30T09:11:00.000Z',
      until: '2026-11-30T09:11:30.000Z',
      why: 'The disk is full (/var/lib/ringside/audit/audit.ndjson).',
    },
  },
  {
    id: '2',
    time: '2026-11-30T09:10:00.000Z',
    event: 'job',
    person: null,
    personId: 'person-1',
    cluster: 'demo',
    rows: 61,
    outcome: 'failed',
    error: 'overloaded',
    job: { id: '1', kind: 'export', step: 'failed', title: 'flights.airports', schedule: 'nightly' },
  },
  { id: '1', time: '2026-11-30T09:00:00.000Z', event: 'server', person: null, outcome: 'begun' },
];

const listOf = (entries: readonly AuditEntry[], given: Partial<Parameters<typeof AuditList>[0]> = {}) => (
  <AuditList entries={entries} onPerson={ignore} more={null} {...given} />
);

export const auditStates: SharedPart = {
  name: 'audit',
  states: {
    lines: {
      draw: () => listOf(LINES, { more: { busy: false, onMore: ignore } }),
      shows: [
        ['list', 'Lines'],
        ['button', 'Only lines of anna'],
        ['button', 'Show older'],
      ],
    },
    'none such': { draw: () => listOf([]), shows: [] },
    'none among the newest': {
      draw: () => listOf([], { more: { busy: false, onMore: ignore } }),
      shows: [['button', 'Show older']],
    },
  },
};

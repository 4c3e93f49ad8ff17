import { ignore, type SharedPart } from '@/components/ui/states';
import type { ClusterEvent } from '@/lib/contract/events';
import { EventList } from './event-list';

const PLAIN = { since: null, node: null, source: 'Ringside’s connections', fields: [], changes: [], moreChanges: 0 };

export const SEEN: readonly ClusterEvent[] = [
  {
    ...PLAIN,
    id: '7',
    kind: 'settings_changed',
    at: '2026-11-29T09:13:00.000Z',
    node: '10.0.0.2:9042',
    source: 'its system_views.settings',
    fields: [{ field: 'read_request_timeout', before: '5000ms', after: '7000ms' }],
  },
  { ...PLAIN, id: '6', kind: 'node_up', at: '2026-11-29T09:12:40.000Z', node: '10.0.0.2:9042' },
  {
    ...PLAIN,
    id: '5',
    kind: 'node_restarted',
    at: '2026-11-29T09:12:40.000Z',
    node: '10.0.0.2:9042',
    source: 'gossip_generation in its system.local',
    fields: [{ field: 'started', before: '2026-11-20T07:00:00.000Z', after: '2026-11-29T09:12:11.000Z' }],
  },
  { ...PLAIN, id: '4', kind: 'node_down', at: '2026-11-29T09:10:02.000Z', node: '10.0.0.2:9042' },
  {
    ...PLAIN,
    id: '3',
    kind: 'schema_changed',
    at: '2026-11-28T15:00:00.000Z',
    since: '2026-11-28T14:59:40.000Z',
    source: 'system_schema of 10.0.0.1:9042',
    changes: [
      {
        what: 'table',
        path: ['shop', 'orders'],
        how: 'changed',
        fields: [{ field: 'gc_grace_seconds', before: '864000', after: '3600' }],
      },
      { what: 'column', path: ['shop', 'orders', 'total'], how: 'added', fields: [] },
      { what: 'table', path: ['shop', 'Carts'], how: 'recreated', fields: [] },
    ],
  },
  {
    ...PLAIN,
    id: '2',
    kind: 'schema_changed',
    at: '2026-11-28T09:00:00.000Z',
    since: '2026-11-27T18:00:00.000Z',
    source: 'system_schema of 10.0.0.1:9042',
    changes: [{ what: 'index', path: ['shop', 'orders', 'by_total'], how: 'added', fields: [] }],
  },
  {
    ...PLAIN,
    id: '1',
    kind: 'watching_began',
    at: '2026-11-28T09:00:00.000Z',
    since: '2026-11-27T18:00:00.000Z',
    fields: [{ field: 'nodes', before: null, after: '3' }],
  },
];

const listOf = (events: readonly ClusterEvent[], given: Partial<Parameters<typeof EventList>[0]> = {}) => (
  <EventList cluster="demo" events={events} isFiltered={false} onNode={ignore} more={null} {...given} />
);

export const eventStates: SharedPart = {
  name: 'events',
  states: {
    seen: {
      draw: () => listOf(SEEN, { more: { busy: false, onMore: ignore } }),
      shows: [
        ['button', 'Show older'],
        ['link', 'Open shop.orders'],
      ],
    },
    'none yet': { draw: () => listOf([]), shows: [] },
    'none such': { draw: () => listOf([], { isFiltered: true }), shows: [] },
  },
};

import type { SharedPart } from '@/components/ui/states';
import type { NodeViews, Subject } from '@/lib/contract/health';
import { NodeViewsPanel } from './node-views-panel';
import { SettingsPanel } from './settings-panel';

const AT = '2026-11-29T10:00:00.000Z';
const NODES = ['127.0.0.1:9042', '127.0.0.2:9042', '127.0.0.3:9042'];

const subject = (node: string, more: Partial<Subject> = {}): Subject => ({
  node,
  datacenter: 'dc1',
  rack: 'rack1',
  isAgreed: true,
  common: { state: 'up' },
  others: [],
  fields: [],
  ...more,
});
const BASE: NodeViews = {
  observers: NODES.map((node) => ({ node, source: 'gossip', askedAt: AT })),
  subjects: NODES.map((node) => subject(node)),
  settings: { nodes: NODES.map((node) => ({ node, askedAt: AT })), compared: 638, rows: [] },
  unknown: [],
  silent: [],
  pace: { nodes: 3, everyMs: 15_000, statementsPerMinute: 73 },
  asOf: AT,
};
const DIFFERS: NodeViews = {
  ...BASE,
  subjects: [
    subject('127.0.0.1:9042'),
    subject('127.0.0.2:9042'),
    subject('127.0.0.3:9042', {
      isAgreed: false,
      others: [{ observer: '127.0.0.1:9042', state: 'down', reason: 'no heartbeat for 31 s' }],
      fields: [
        {
          field: 'rack',
          values: [
            { value: 'r1', observers: ['127.0.0.1:9042'] },
            { value: 'r3', observers: ['127.0.0.3:9042'] },
          ],
        },
      ],
    }),
  ],
};
const SILENT: NodeViews = {
  ...BASE,
  observers: BASE.observers.slice(0, 2),
  silent: [
    { node: '127.0.0.3:9042', lastAnswerAt: AT, reason: '127.0.0.3:9042 does not answer: it does not react in time.' },
  ],
};
const SETTINGS: NodeViews = {
  ...BASE,
  settings: {
    ...BASE.settings,
    rows: [
      { name: 'read_request_timeout', kind: 'must_agree', values: ['5s', '6s', '5s'], isMasked: false },
      { name: 'keystore_password', kind: 'differs', values: ['hidden A', 'hidden B', null], isMasked: true },
      { name: 'listen_address', kind: 'own', values: NODES, isMasked: false },
    ],
  },
};
const matrix = ['table', 'What each node says of each'] as const;

export const nodeAgreementStates: SharedPart = {
  name: 'node-agreement',
  states: {
    'all agree': { draw: () => <NodeViewsPanel cluster="demo" views={BASE} />, shows: [matrix] },
    'one sees another as down': { draw: () => <NodeViewsPanel cluster="demo" views={DIFFERS} />, shows: [matrix] },
    'one does not answer': { draw: () => <NodeViewsPanel cluster="demo" views={SILENT} />, shows: [matrix] },
    'settings differ': { draw: () => <SettingsPanel views={SETTINGS} />, shows: [['table', 'Settings that differ']] },
    'no setting differs': { draw: () => <SettingsPanel views={BASE} />, shows: [['region', 'Settings side by side']] },
  },
};

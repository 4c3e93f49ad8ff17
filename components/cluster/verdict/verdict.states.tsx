import { ignore, type SharedPart } from '@/components/ui/states';
import type { Finding, Verdict } from '@/lib/contract/health';
import { RiskLines } from '../risk-lines';
import { VerdictView } from './verdict-view';

const AT = '2026-11-29T10:00:00.000Z';

const SINGLE: Finding = {
  id: 'single_replica:logs',
  kind: 'single_replica',
  severity: 'warn',
  title: 'logs has one replica of each row, in a cluster of 3 nodes.',
  evidence: [
    { what: 'Replication', value: 'SimpleStrategy, replication_factor 1', unit: null, node: null, at: AT },
    { what: 'Nodes', value: 3, unit: 'count', node: null, at: AT },
  ],
  threshold: { text: 'One replica and more than one node.', source: 'Cassandra’s guide to production' },
  meaning: 'While any node is down, its share of the rows can be neither read nor written.',
  action: 'Raise the replication factor, then repair.',
  statement: 'SELECT keyspace_name, replication FROM system_schema.keyspaces',
  blindSpot: null,
};
const DOWN: Finding = {
  ...SINGLE,
  id: 'node_down:127.0.0.3:9042',
  kind: 'node_down',
  severity: 'danger',
  title: '127.0.0.3:9042 is down: every node that answers sees it so.',
};
const LARGE: Finding = {
  ...SINGLE,
  id: 'large_partition:logs.lines',
  kind: 'large_partition',
  severity: 'notice',
  title: 'logs.lines has a partition of 1,204 MiB.',
  evidence: [{ what: 'Largest partition', value: 1_204, unit: 'MiB', node: '127.0.0.1:9042', at: AT }],
  blindSpot: 'Which partition it is.',
};

const HEALTHY: Verdict = {
  findings: [],
  muted: [],
  notShown: 0,
  unknown: [],
  silent: [],
  nodes: 3,
  pace: { nodes: 3, everyMs: 15_000, statementsPerMinute: 73 },
  asOf: AT,
};
const mute = {
  id: SINGLE.id,
  reason: 'Only a cache',
  until: '2026-12-06T10:00:00.000Z',
  by: 'anonymous',
  at: AT,
  severity: 'warn',
} as const;
const REFUSED = {
  what: 'Hints that wait',
  why: 'This user lacks the permission.',
  nodes: ['127.0.0.1:9042'],
  grant: 'GRANT SELECT ON KEYSPACE system_views TO reader',
};

const WORKS = {
  keyspaces: ['logs'],
  tone: 'warn',
  text: 'QUORUM works, ALL fails: r3 (127.0.0.3:9042) is down.',
} as const;

const draw = (more: Partial<Verdict>) => () => (
  <VerdictView
    cluster="demo"
    verdict={{ ...HEALTHY, ...more }}
    muting={{ mute: () => Promise.resolve(), unmute: ignore }}
  />
);
const region = ['region', 'Verdict'] as const;

export const verdictStates: SharedPart = {
  name: 'verdict',
  states: {
    healthy: { draw: draw({}), shows: [region, ['status']] },
    findings: { draw: draw({ findings: [DOWN, SINGLE, LARGE] }), shows: [region, ['status']] },
    'a node is down': {
      draw: () => (
        <VerdictView
          cluster="demo"
          verdict={{ ...HEALTHY, findings: [DOWN] }}
          works={<RiskLines lines={[WORKS]} />}
          muting={{ mute: () => Promise.resolve(), unmute: ignore }}
        />
      ),
      shows: [region, ['region', 'Consistency levels'], ['status']],
    },
    'one is muted': { draw: draw({ muted: [{ finding: SINGLE, mute }] }), shows: [region, ['status']] },
    'something is not known': { draw: draw({ unknown: [REFUSED] }), shows: [region, ['status']] },
    'more than are sent': { draw: draw({ findings: [SINGLE], notShown: 41 }), shows: [region, ['status']] },
  },
};

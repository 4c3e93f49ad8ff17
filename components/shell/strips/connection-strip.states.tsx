import type { SharedPart } from '@/components/ui/states';
import type { Connection } from '@/lib/cluster/connection';
import { ConnectionStrip } from './connection-strip';
import DemoStage from './demo-stage';
import OwnCassandraNotice from './own-cassandra-notice';
import { SignedOutStrip } from './signed-out-strip';

const strip = (connection: Connection, goodAtMs: number | null) => () => (
  <ConnectionStrip connection={connection} goodAtMs={goodAtMs} />
);

export const connectionStates: SharedPart = {
  name: 'connection-strip',
  states: {
    connecting: { draw: strip({ state: 'connecting' }, null), shows: [] },
    'the server is lost': {
      draw: strip({ state: 'server-lost', message: 'Ringside does not answer.' }, null),
      shows: [['status']],
    },
    'the cluster is lost': {
      draw: strip(
        {
          state: 'cluster-lost',
          error: {
            code: 'cluster_unreachable',
            message: 'No node answers.',
            hint: 'Check the nodes.',
            retryable: true,
          },
        },
        Date.UTC(2026, 0, 1),
      ),
      shows: [['status']],
    },
    'the session has ended': { draw: () => <SignedOutStrip />, shows: [['status'], ['link', 'Sign in in a new tab']] },
    'the Cassandra of npm start has ended': {
      draw: () => (
        <OwnCassandraNotice
          own={{ cluster: 'demo', state: 'ended', message: 'Cassandra has ended.', hint: 'Its data is kept.' }}
        />
      ),
      shows: [['button']],
    },
    'it is started again': {
      draw: () => (
        <OwnCassandraNotice own={{ cluster: 'demo', state: 'starting', message: 'Cassandra is starting.', hint: '' }} />
      ),
      shows: [],
    },
    'demo data loads': {
      draw: () => (
        <DemoStage
          demo={{
            state: 'loading',
            keyspace: 'flights',
            table: 'by_route',
            rows: 120_000,
            total: 200_000,
            rowsPerSecond: 21_000,
          }}
        />
      ),
      shows: [['progressbar']],
    },
    'demo data failed': {
      draw: () => <DemoStage demo={{ state: 'failed', message: 'The disk is full.' }} />,
      shows: [['alert']],
    },
  },
};

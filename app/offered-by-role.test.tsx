import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import OverviewVerdict from '@/components/cluster/verdict/verdict';
import { ScheduleCard } from '@/components/exports/schedules/schedule-item';
import { TransferCard } from '@/components/exports/transfers/transfer-item';
import { TablePanel } from '@/components/operate/tables/table-panel';
import { RunButton } from '@/components/query/run/run-button';
import { SCHEDULE } from '@/components/repeat/test-schedules';
import { ROLES } from '@/components/roles/roles.states';
import { RolesView } from '@/components/roles/roles-view';
import OwnCassandraNotice from '@/components/shell/strips/own-cassandra-notice';
import { TableHead } from '@/components/table-head/table-head';
import { render } from '@/components/ui/test-render';
import { verdictQuery } from '@/lib/client/health';
import { clustersQuery, schemaQuery } from '@/lib/client/queries';
import { tableNodesQuery } from '@/lib/client/tables';
import { testJob } from '@/lib/client/test-transfers';
import { readRolesAddress } from '@/lib/cluster/roles-address';
import type { Finding } from '@/lib/contract/health';
import type { Job } from '@/lib/contract/jobs';
import { roleConfigSchema } from '@/lib/contract/rights';
import { classify } from '@/lib/cql/classifier';
import { keyspaceOf } from '@/lib/cql/mutation/test-mutations';
import { rightsOf } from '@/lib/rights/rules';
import { shownClusters, shownSchema } from '@/lib/rights/visible';
import { withheldFrom } from '@/lib/rights/withheld';
import { permitted, runnableAll } from '@/lib/workbench/runnable';

/** What parts of pages offer to the ready-made roles, with the lists that the server gives to each. */

const PLACE = { cluster: 'demo', keyspace: 'ks', table: 't' };
const AT = '2026-11-29T10:00:00.000Z';
const FINDING: Finding = {
  ...{ id: 'node_down:1', kind: 'node_down', severity: 'danger', title: 'A node is down.', evidence: [] },
  ...{ threshold: { text: 'Any.', source: 'here' }, meaning: 'Down.', action: 'Start it.', statement: 'SELECT 1' },
  blindSpot: null,
};
const PACE = { nodes: 3, everyMs: 15_000, statementsPerMinute: 73 };

afterEach(() => vi.restoreAllMocks());

function clientOf(as: string) {
  const role = roleConfigSchema.parse({ name: 'r', subjects: [{ everybody: true }], as });
  const rights = rightsOf([role], { name: 'anna', way: 'local', groups: [] });
  const client = new QueryClient();
  const cluster = {
    name: 'demo',
    label: 'Demo',
    colour: null,
    readOnly: false,
    consistency: 'ONE',
    pageRows: 100,
  } as const;
  client.setQueryData(clustersQuery().queryKey, { clusters: shownClusters([cluster], rights) });
  const schema = shownSchema({ keyspaces: [keyspaceOf('ks')], asOf: AT, gaps: [] }, rights, 'demo');
  client.setQueryData(schemaQuery('demo').queryKey, schema);
  client.setQueryData(verdictQuery('demo').queryKey, {
    ...{ findings: [FINDING], muted: [], notShown: 0, unknown: [], silent: [], nodes: 3, pace: PACE, asOf: AT },
  });
  client.setQueryData(tableNodesQuery(PLACE).queryKey, { nodes: [], statements: [], unknown: [], asOf: AT });
  const table = schema.keyspaces[0]?.tables.find(({ name }) => name === 't');
  const jobOf = (kind: string, state: Job['state']) => {
    const withheld = withheldFrom(rights, { kind, cluster: 'demo', request: { keyspace: 'ks', table: 't' } });
    return testJob({ kind, state, title: `${state} ${kind}`, ...(withheld === null ? {} : { withheld }) });
  };
  const runnableOf = (statement: string) =>
    permitted(runnableAll(statement, null), classify(statement), schema.keyspaces, null);
  return { client, table, jobOf, runnableOf };
}

const SELECT = 'SELECT * FROM ks.t';
const INSERT = 'INSERT INTO ks.t (a) VALUES (1)';

function Parts({ as }: { as: string }) {
  const { client, table, jobOf, runnableOf } = clientOf(as);
  const jobs = [jobOf('export', 'paused'), jobOf('load', 'paused'), jobOf('export', 'complete')];
  const ignore = () => undefined;
  return (
    <QueryClientProvider client={client}>
      <Suspense>
        <TableHead
          place={PLACE}
          keyspace={keyspaceOf('ks')}
          table={table}
          tab="Rows"
          exportLink={<a href="/x">Export</a>}
        />
        <OverviewVerdict cluster="demo" />
        <ScheduleCard schedule={{ ...SCHEDULE, name: 'out' }} onEdit={ignore} onRemove={ignore} />
        <ScheduleCard schedule={{ ...SCHEDULE, name: 'in', kind: 'load' }} onEdit={ignore} onRemove={ignore} />
        <RolesView cluster="demo" data={ROLES} address={readRolesAddress('?role=ada')} onChange={ignore} />
        <TablePanel place={PLACE} row={undefined} onClose={ignore} />
        {jobs.map((job) => (
          <TransferCard key={job.title} source={{ kind: 'job', job }} />
        ))}
        {[SELECT, INSERT].map((statement) => (
          <section key={statement} aria-label={statement}>
            <RunButton runnable={runnableOf(statement)} running={false} onRun={ignore} onStop={ignore} />
          </section>
        ))}
        <OwnCassandraNotice own={{ cluster: 'demo', state: 'ended', message: 'It ended.', hint: 'Start it.' }} />
      </Suspense>
    </QueryClientProvider>
  );
}

const ASKED: Readonly<Record<string, () => readonly Element[]>> = {
  load: () => page.getByRole('link', { name: 'Load', exact: true }).elements(),
  export: () => page.getByRole('link', { name: 'Export', exact: true }).elements(),
  mute: () => page.getByText('Mute…', { exact: true }).elements(),
  'run the export': () => inSchedule('out', 'Run now'),
  'edit the export': () => inSchedule('out', 'Edit…'),
  'run the load': () => inSchedule('in', 'Run now'),
  'remove a schedule': () => inSchedule('in', 'Remove…'),
  'create a role': () => page.getByRole('button', { name: 'Create a role…' }).elements(),
  'drop a role': () => page.getByRole('button', { name: 'Drop…' }).elements(),
  'revoke a right': () => page.getByRole('button', { name: /^Revoke / }).elements(),
  'search the table': () => page.getByRole('button', { name: 'Find wide partitions' }).elements(),
  'resume an export': () => resumeOf('paused export'),
  'resume a load': () => resumeOf('paused load'),
  'cancel a job': () => page.getByRole('button', { name: 'Cancel' }).elements().slice(0, 1),
  'take a file': () => page.getByRole('link', { name: 'manifest' }).elements(),
  'run a SELECT': () => runOf(SELECT),
  'run an INSERT': () => runOf(INSERT),
  restart: () => page.getByRole('button', { name: 'Start Cassandra again' }).elements(),
};
const resumeOf = (job: string) =>
  page
    .getByRole('article', { name: `Job of ${job}` })
    .getByRole('button', { name: 'Resume' })
    .elements();
const runOf = (statement: string) =>
  page.getByRole('region', { name: statement }).getByRole('button', { name: /^Run/, disabled: false }).elements();
const inSchedule = (name: string, button: string) =>
  page
    .getByRole('article', { name: `Schedule ${name}` })
    .getByRole('button', { name: button })
    .elements();

const READING = ['export', 'run the export', 'edit the export', 'search the table', 'run a SELECT'];
const TAKING = [...READING, 'resume an export', 'take a file'];
const WRITING = ['load', 'run the load', 'resume a load', 'run an INSERT'];
const OPERATING = ['mute', 'restart'];

it.each<[string, readonly string[]]>([
  ['viewer', []],
  ['analyst', TAKING],
  ['editor', [...TAKING, ...WRITING]],
  ['operator', OPERATING],
  ['admin', [...TAKING, ...WRITING, ...OPERATING, 'create a role', 'drop a role', 'revoke a right']],
])('the pages offer to a %s only what the server allows', async (as, expected) => {
  vi.spyOn(window, 'fetch').mockImplementation(() => new Promise(() => undefined));
  render(<Parts as={as} />);
  await expect.element(page.getByText('It ended.')).toBeVisible();
  await page.getByRole('button', { name: 'Details of complete export' }).click();
  const offered = Object.entries(ASKED).flatMap(([what, found]) => (found().length > 0 ? [what] : []));
  expect(offered.sort()).toEqual(['cancel a job', 'remove a schedule', ...expected].sort());
});

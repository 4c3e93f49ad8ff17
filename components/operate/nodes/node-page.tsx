'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { ReadNote } from '@/components/shell/age';
import { FailureState } from '@/components/shell/failure-state';
import { NODE_TONES } from '@/components/token-ring/node-state';
import { StatusDot } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { Checkbox } from '@/components/ui/input';
import { laterModule, useLaterModule } from '@/components/ui/later-module';
import { Notice } from '@/components/ui/notice';
import { PAGE_BODY, PAGE_PANELS } from '@/components/ui/page';
import { Panel } from '@/components/ui/panel';
import { shown } from '@/components/ui/shown';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { nodeViewsQuery } from '@/lib/client/health';
import { nodesQuery } from '@/lib/client/nodes';
import { pagePath } from '@/lib/client/paths';
import { topologyQuery } from '@/lib/client/topology-query';
import { nodeNamed } from '@/lib/cluster/node-named';
import { NODE_COLUMNS } from '@/lib/cluster/nodes-table';
import { NODE_SECTIONS, type NodeRow, type NodesResponse } from '@/lib/contract/nodes';
import { formatAge, plural } from '@/lib/text/format';
import { NodeSectionPanel, WhyNot } from './node-section';

const plots = laterModule(() => import('@/components/live-plots/live-plots'));

/** One node: who it is, and what it says of itself now. A node that does not answer delays only its own sections. */
export function NodePage({ cluster, node }: { cluster: string; node: string }) {
  const { data, error, isFetching, refetch } = useQuery(nodesQuery(cluster));
  const [literals, showLiterals] = useState(false);
  const row = data && nodeNamed(data.nodes, node);
  return (
    <div className={PAGE_BODY}>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="font-mono font-semibold text-xl">{shown(row?.node ?? node, 'name')}</h1>
        <Link
          href={pagePath.nodes(cluster)}
          className="inline-flex min-h-6 items-center text-accent text-sm hover:underline"
        >
          All nodes
        </Link>
        {data !== undefined && (
          <p className="ml-auto text-faint text-xs">
            <ReadNote asOf={data.asOf} error={error} />
          </p>
        )}
      </header>
      {data === undefined && error !== null && (
        <FailureState
          title="The node could not be read"
          error={error}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {data === undefined && error === null && (
        <Loading label="Asking the node">
          <Skeleton className="h-40" />
        </Loading>
      )}
      {data !== undefined && row === undefined && (
        <Notice tone="warn">The cluster has no node {node}. It may have left.</Notice>
      )}
      {data !== undefined && row !== undefined && (
        <>
          <div className={PAGE_PANELS}>
            <Identity cluster={cluster} row={row} nodes={data} />
            <Settings cluster={cluster} node={row.node} />
          </div>
          <NodePlots cluster={cluster} node={row.node} />
          {NODE_SECTIONS.map((section) => (
            <NodeSectionPanel
              key={section}
              cluster={cluster}
              node={row.hostId}
              section={section}
              literals={section === 'queries' && literals}
              {...(section === 'queries'
                ? {
                    actions: (
                      <Checkbox checked={literals} onChange={({ target }) => showLiterals(target.checked)}>
                        Show values
                      </Checkbox>
                    ),
                  }
                : {})}
            />
          ))}
        </>
      )}
    </div>
  );
}

/** What moves at the node, over the last hour. */
function NodePlots(place: { cluster: string; node: string }) {
  const loaded = useLaterModule(plots);
  return (
    <Panel title="Live" note="while this page is open">
      {loaded === undefined ? <Skeleton className="h-64" /> : <loaded.default {...place} />}
    </Panel>
  );
}

function Identity({ cluster, row, nodes }: { cluster: string; row: NodeRow; nodes: NodesResponse }) {
  const facts = NODE_COLUMNS.filter(({ id }) => id !== 'node' && id !== 'state');
  return (
    <Panel title="Identity">
      <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1 text-sm">
        <Fact name="State">
          <span className="inline-flex items-center gap-1.5">
            <StatusDot tone={NODE_TONES[row.state]} />
            {row.state}
            {row.lastAnswerAt !== null && `, no answer since ${row.lastAnswerAt.slice(0, 19).replace('T', ' ')} UTC`}
          </span>
          {row.reason !== null && <p className="text-faint text-xs">{row.reason}</p>}
        </Fact>
        <SeenByOthers cluster={cluster} node={row.node} />
        <SchemaVersion cluster={cluster} hostId={row.hostId} />
        <Fact name="Host id">
          <span className="break-all font-mono text-xs">{row.hostId}</span>
        </Fact>
        {facts.map((column) => {
          const value = column.value(row);
          const cell = column.number === undefined ? undefined : row.numbers[column.number];
          const source = column.number === undefined ? '' : ` · ${nodes.sources[column.number]}`;
          const age = cell?.at == null ? '' : ` · read ${formatAge(Date.parse(nodes.asOf) - Date.parse(cell.at))}`;
          return (
            <Fact key={column.id} name={column.label}>
              {value === null ? 'unknown' : column.text(value)}{' '}
              <span className="break-words text-faint text-xs">
                {value === null ? (cell?.why ?? '') : `${column.unit}${source}${age}`}
              </span>
            </Fact>
          );
        })}
      </dl>
      <Tokens cluster={cluster} hostId={row.hostId} />
    </Panel>
  );
}

/** Its state by the gossip of every other node that answers. */
function SeenByOthers({ cluster, node }: { cluster: string; node: string }) {
  const { data } = useQuery(nodeViewsQuery(cluster));
  const subject = data?.subjects.find((one) => one.node === node);
  if (data === undefined || subject === undefined) return null;
  const observers = data.observers.filter((one) => one.node !== node);
  if (observers.length === 0) return <Fact name="As others see it">unknown: no other node could be asked</Fact>;
  const others = subject.others.filter(({ observer }) => observer !== node);
  const oldest = observers.map(({ askedAt }) => askedAt).toSorted()[0] ?? data.asOf;
  const sources = [...new Set(observers.map(({ source }) => SOURCES[source]))].join(' and ');
  return (
    <Fact name="As others see it">
      <span className="inline-flex items-center gap-1.5">
        <StatusDot tone={NODE_TONES[subject.common.state]} />
        {subject.common.state}, by {observers.length - others.length} of {plural(observers.length, 'node')}
      </span>
      {others.map(({ observer, state }) => (
        <span key={observer} className="block text-warn text-xs">
          {state} by {observer}
        </span>
      ))}{' '}
      <span className="break-words text-faint text-xs">
        {sources} · read {formatAge(Date.parse(data.asOf) - Date.parse(oldest))}
      </span>
    </Fact>
  );
}

const SOURCES = { gossip: 'system_views.gossip_info', peers: 'system.peers_v2' } as const;

function SchemaVersion({ cluster, hostId }: { cluster: string; hostId: string }) {
  const { data } = useQuery(topologyQuery(cluster));
  const node = data?.nodes.find((one) => one.hostId === hostId);
  if (data === undefined || node === undefined) return null;
  const { agreed, versions } = data.schemaAgreement;
  return (
    <Fact name="Schema version">
      <span className="break-all font-mono text-xs">{node.schemaVersion ?? 'unknown'}</span>{' '}
      <span className={agreed === false ? 'text-warn text-xs' : 'text-faint text-xs'}>
        {agreed === false ? `the nodes have ${versions.length} versions` : 'as all nodes that answered'} · system.local
        or gossip · read {formatAge(Date.now() - Date.parse(data.asOf))}
      </span>
    </Fact>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function Tokens({ cluster, hostId }: { cluster: string; hostId: string }) {
  const tokens = useQuery(topologyQuery(cluster)).data?.nodes.find((node) => node.hostId === hostId)?.tokens;
  if (tokens === undefined || tokens.length === 0) return null;
  return (
    <details className="mt-2 text-sm">
      <summary className="min-h-6 cursor-pointer text-accent">Show {plural(tokens.length, 'token')}</summary>
      <p className="break-words font-mono text-xs">{tokens.join(', ')}</p>
    </details>
  );
}

interface Setting {
  readonly name: string;
  readonly own: string | null;
  readonly others: readonly (string | null)[];
}

const SETTING_COLUMNS: readonly DataColumn<Setting>[] = [
  {
    id: 'name',
    header: 'Setting',
    rowHeader: true,
    mono: true,
    className: 'whitespace-normal! min-w-48 [overflow-wrap:anywhere]',
    cell: ({ name }) => name,
  },
  {
    id: 'own',
    header: 'Here',
    mono: true,
    className: 'whitespace-normal! break-all',
    cell: ({ own }) => own ?? 'not set',
  },
  {
    id: 'others',
    header: 'Elsewhere',
    mono: true,
    className: 'whitespace-normal! break-all',
    cell: ({ others }) => [...new Set(others)].map((value) => value ?? 'not set').join(' · '),
  },
];

/** CQL does not say what a default is, so what can be shown is where this node differs from the others. */
function Settings({ cluster, node }: { cluster: string; node: string }) {
  const { data } = useQuery(nodeViewsQuery(cluster));
  const settings = data?.settings;
  const at = settings?.nodes.findIndex((one) => one.node === node) ?? -1;
  // A right is given for a whole keyspace, so what helps one table of it helps the settings.
  const unread = data?.unknown.find(({ nodes, grant }) => grant !== null && nodes.includes(node));
  const rows = (settings?.rows ?? []).map(({ name, values }) => ({
    name,
    own: values[at] ?? null,
    others: values.filter((_, index) => index !== at),
  }));
  return (
    <Panel title="Settings that differ" note="from the other nodes; CQL does not say which are defaults" flush>
      {at < 0 && (
        <WhyNot
          why={`The settings of this node have not been read. ${unread?.why ?? ''}`}
          grant={unread?.grant ?? null}
        />
      )}
      {at >= 0 && rows.length === 0 && <p className="p-4 text-muted text-sm">No setting differs.</p>}
      {at >= 0 && rows.length > 0 && (
        <DataTable caption="Settings that differ" columns={SETTING_COLUMNS} rows={rows} rowKey={({ name }) => name} />
      )}
    </Panel>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy } from 'react';
import { ReadNote } from '@/components/shell/age';
import { FailureState } from '@/components/shell/failure-state';
import { Input, Select } from '@/components/ui/input';
import { Later } from '@/components/ui/later';
import { PAGE_BODY } from '@/components/ui/page';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { nodesQuery } from '@/lib/client/nodes';
import { useSearchState } from '@/lib/client/use-search-state';
import { readNodesAddress, writeNodesAddress } from '@/lib/cluster/nodes-address';
import { NODE_GROUPS, type NodesAddress, nodeLines } from '@/lib/cluster/nodes-table';
import { NODE_STATES } from '@/lib/contract/nodes';
import { plural } from '@/lib/text/format';
import { NodesTable } from './nodes-table';

/** Few addresses are damaged. */
const UnreadNodesNotice = lazy(() => import('./unread-nodes-notice'));
const NODES = { read: readNodesAddress, write: writeNodesAddress };
const NONE_CLOSED: ReadonlySet<string> = new Set();

/** All nodes of a cluster: sorted, grouped and filtered, as its address says. */
export function NodesPage({ cluster }: { cluster: string }) {
  const [address, change] = useSearchState(NODES);
  const { data, error, isFetching, refetch } = useQuery(nodesQuery(cluster));
  const found = data && nodeLines(data.nodes, { ...address, group: null }, NONE_CLOSED).length;
  return (
    <div className={PAGE_BODY}>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="font-semibold text-xl">Nodes</h1>
        <Filters address={address} onChange={change} />
        {data !== undefined && (
          <p className="ml-auto text-faint text-xs">
            {found === data.nodes.length ? '' : `${found} of `}
            {plural(data.nodes.length, 'node')} · <ReadNote asOf={data.asOf} error={error} />
          </p>
        )}
      </header>
      <Later>
        <UnreadNodesNotice />
      </Later>
      {data === undefined && error !== null && (
        <FailureState
          title="The nodes could not be read"
          error={error}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {data === undefined && error === null && (
        <Loading label="Asking every node">
          <Skeleton className="h-64" />
        </Loading>
      )}
      {data !== undefined && (
        <div className="min-w-0 rounded-md border border-line bg-surface">
          {found === 0 ? (
            <p className="p-4 text-muted text-sm">No node matches. Change the words or the state.</p>
          ) : (
            <NodesTable cluster={cluster} nodes={data} address={address} onSort={(sort) => change(sort, 'push')} />
          )}
        </div>
      )}
    </div>
  );
}

interface FiltersProps {
  address: NodesAddress;
  onChange: (change: Partial<NodesAddress>, step: 'push' | 'typed') => void;
}

export function Filters({ address, onChange }: FiltersProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Input
        type="search"
        aria-label="Find nodes"
        placeholder="address, place, release"
        className="w-56!"
        value={address.find}
        onChange={({ target }) => onChange({ find: target.value }, 'typed')}
      />
      <Select
        className="w-32!"
        aria-label="State"
        value={address.state ?? ''}
        onChange={({ target }) =>
          onChange({ state: NODE_STATES.find((name) => name === target.value) ?? null }, 'push')
        }
      >
        <option value="">any state</option>
        {NODE_STATES.map((state) => (
          <option key={state}>{state}</option>
        ))}
      </Select>
      <Select
        className="w-36!"
        aria-label="Group"
        value={address.group ?? ''}
        onChange={({ target }) =>
          onChange({ group: NODE_GROUPS.find((name) => name === target.value) ?? null }, 'push')
        }
      >
        <option value="">no groups</option>
        <option value="datacenter">by datacenter</option>
        <option value="rack">by rack</option>
      </Select>
    </div>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useParams } from 'next/navigation';
import { type KeyboardEvent, lazy, useEffect, useId, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Later } from '@/components/ui/later';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { isDisconnected } from '@/lib/client/http';
import { schemaQuery } from '@/lib/client/queries';
import { matchesFilter } from '@/lib/cluster/tree-filter';
import { TREE_FILTER } from '../palette/focus-tree-filter';
import { decodeSegment } from '../segments';
import type { CurrentPlace } from './tree';

const loadTree = () => import('./tree');
const Tree = lazy(() => loadTree().then((tree) => ({ default: tree.Tree })));

/** Filter and tree of keyspaces and tables, in each of their states. */
export function TreePanel({ cluster }: { cluster: string }) {
  const current = useCurrent();
  const [filter, setFilter] = useTreeFilter(current);
  const panel = useRef<HTMLElement>(null);
  const id = useId();

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') {
      if (filter === '') event.currentTarget.blur();
      setFilter('');
    } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      const [table, ...others] = panel.current?.querySelectorAll<HTMLElement>('[data-table]') ?? [];
      if (event.key === 'Enter' && filter.trim() !== '' && table !== undefined && others.length === 0) table.click();
      else panel.current?.querySelector<HTMLElement>('[role=treeitem]')?.focus();
    }
  };

  return (
    <nav ref={panel} aria-label="Keyspaces and tables" className="flex min-h-0 flex-1 flex-col border-line border-t">
      <div className="relative p-2">
        <Search size={14} aria-hidden="true" className="absolute top-[17px] left-4 text-faint" />
        <label htmlFor={id} className="sr-only">
          Filter keyspaces and tables
        </label>
        <Input
          id={id}
          type="search"
          placeholder="Filter ( / )"
          className="pl-7"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          onKeyDown={onKeyDown}
          {...{ [TREE_FILTER]: '' }}
        />
      </div>
      <div className="thin-scrollbar min-h-0 flex-1 overflow-y-auto px-2 pb-4">
        <TreeStates cluster={cluster} filter={filter} current={current} />
      </div>
    </nav>
  );
}

/** The keyspace and table of the page, if it has them. */
function useCurrent(): CurrentPlace {
  const { keyspace, table } = useParams();
  return { keyspace: decodeSegment(keyspace), table: decodeSegment(table) };
}

/** The filter's text. It goes when somebody jumps to a table that it hides, since the tree shows where they are. */
function useTreeFilter({ keyspace, table }: CurrentPlace): [string, (filter: string) => void] {
  const place = JSON.stringify([keyspace, table]);
  const [held, setHeld] = useState({ place, filter: '' });
  if (held.place !== place) {
    const isHidden = keyspace !== undefined && table !== undefined && !matchesFilter(keyspace, table, held.filter);
    setHeld({ place, filter: isHidden ? '' : held.filter });
  }
  return [held.filter, (filter) => setHeld({ place, filter })];
}

function TreeStates({ cluster, filter, current }: { cluster: string; filter: string; current: CurrentPlace }) {
  const { data, error, isPending, isFetching, refetch } = useQuery(schemaQuery(cluster));
  useEffect(() => {
    // The tree's code loads while the schema is being read.
    void loadTree();
  }, []);
  if (data !== undefined) {
    return (
      <Later fallback={<TreeSkeleton />}>
        <Tree cluster={cluster} keyspaces={data.keyspaces} filter={filter} current={current} />
      </Later>
    );
  }
  if (isPending) return <TreeSkeleton />;
  return (
    <div role="alert" className="px-2 py-1 text-sm">
      {isDisconnected(error) ? (
        <p className="text-muted">Not loaded yet: waiting for the connection.</p>
      ) : (
        <p className="text-danger">{error.message}</p>
      )}
      <Button size="sm" className="mt-2" onClick={() => refetch()} busy={isFetching}>
        Try again
      </Button>
    </div>
  );
}

const SKELETON_WIDTHS = ['w-24', 'w-36', 'w-32', 'w-40', 'w-20', 'w-44', 'w-28'];

function TreeSkeleton() {
  return (
    <Loading label="Reading the schema">
      {SKELETON_WIDTHS.map((width) => (
        <div key={width} className="flex h-7 items-center pl-5">
          <Skeleton className={`h-3 ${width}`} />
        </div>
      ))}
    </Loading>
  );
}

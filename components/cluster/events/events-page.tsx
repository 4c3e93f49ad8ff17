'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { lazy, useCallback, useMemo } from 'react';
import { FailureState } from '@/components/shell/failure-state';
import { IconButton } from '@/components/ui/icon-button';
import { Select } from '@/components/ui/input';
import { Later } from '@/components/ui/later';
import { PAGE_BODY } from '@/components/ui/page';
import { Shown } from '@/components/ui/shown';
import { Skeleton } from '@/components/ui/skeleton';
import { eventsQuery } from '@/lib/client/events';
import { useSearchState } from '@/lib/client/use-search-state';
import { type EventsAddress, readEventsAddress, writeEventsAddress } from '@/lib/cluster/events-address';
import { EVENT_TOPICS, type EventTopic } from '@/lib/contract/events';
import { NodeLink } from '../node-link';
import { EventList } from './event-list';
import { WatchNote } from './watch-note';

/** Few addresses are damaged. */
const UnreadEventsNotice = lazy(() => import('./unread-events-notice'));
const EVENTS = { read: readEventsAddress, write: writeEventsAddress };

/** What Ringside saw happen to a cluster: nodes that went and came, and changes of the schema. */
export function EventsPage({ cluster }: { cluster: string }) {
  const [{ about, node }, write] = useSearchState(EVENTS);
  const change = useCallback((wanted: Partial<EventsAddress>) => write(wanted, 'push'), [write]);
  const request = useMemo(
    () => ({ ...(about === null ? {} : { about }), ...(node === null ? {} : { node }) }),
    [about, node],
  );
  const list = useInfiniteQuery(eventsQuery(cluster, request));
  const pages = list.data?.pages;
  return (
    <div className={PAGE_BODY}>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="font-semibold text-xl">Events</h1>
        <Topics about={about} onChoose={(topic) => change({ about: topic })} />
        {node !== null && <OneNode cluster={cluster} node={node} onClear={() => change({ node: null })} />}
        {pages !== undefined && <WatchNote since={pages[0]?.watchingSince ?? null} />}
      </header>
      <Later>
        <UnreadEventsNotice />
      </Later>
      {list.error !== null && (
        <FailureState
          title={pages === undefined ? 'The events could not be read' : 'The events could not be refreshed'}
          error={list.error}
          onRetry={() => void list.refetch()}
          retrying={list.isFetching}
        />
      )}
      {pages === undefined && list.error === null && <Skeleton className="h-48" />}
      {pages !== undefined && (
        <EventList
          cluster={cluster}
          events={pages.flatMap(({ events }) => events)}
          isFiltered={about !== null || node !== null}
          onNode={(address) => change({ node: address })}
          more={list.hasNextPage ? { busy: list.isFetchingNextPage, onMore: () => void list.fetchNextPage() } : null}
        />
      )}
    </div>
  );
}

function Topics({ about, onChoose }: { about: EventTopic | null; onChoose: (about: EventTopic | null) => void }) {
  return (
    <Select
      dense
      aria-label="About"
      className="max-w-36"
      value={about ?? ''}
      onChange={({ target }) => onChoose(EVENT_TOPICS.find((name) => name === target.value) ?? null)}
    >
      <option value="">Everything</option>
      <option value="nodes">Nodes</option>
      <option value="schema">Schema</option>
    </Select>
  );
}

function OneNode({ cluster, node, onClear }: { cluster: string; node: string; onClear: () => void }) {
  return (
    <span className="inline-flex h-7 items-center gap-1 rounded bg-selected pl-2 text-sm">
      <NodeLink cluster={cluster} node={node}>
        <Shown text={node} as="text" />
      </NodeLink>
      <IconButton size="sm" label="Show events of all nodes" onClick={onClear}>
        <X size={14} aria-hidden="true" />
      </IconButton>
    </span>
  );
}

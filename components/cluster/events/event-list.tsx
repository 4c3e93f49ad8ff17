'use client';

import { Activity } from 'lucide-react';
import { EmptyState } from '@/components/ui/empty-state';
import { type Older, ShowOlder } from '@/components/ui/show-older';
import type { ClusterEvent } from '@/lib/contract/events';
import { EventItem } from './event-item';

interface EventListProps {
  cluster: string;
  /** Newest first. */
  events: readonly ClusterEvent[];
  isFiltered: boolean;
  onNode: (address: string) => void;
  /** Null: there are no more. */
  more: Older | null;
}

/** Events by day. */
export function EventList({ cluster, events, isFiltered, onNode, more }: EventListProps) {
  if (events.length === 0) return <NoEvents isFiltered={isFiltered} />;
  return (
    <div className="flex max-w-4xl flex-col gap-4">
      {[...byDay(events)].map(([day, some]) => (
        <section key={day} aria-label={day}>
          <h2 className="mb-1 font-semibold text-muted text-sm">{day}</h2>
          <ol className="divide-y divide-line rounded-md border border-line bg-surface">
            {some.map((event) => (
              <EventItem key={event.id} cluster={cluster} event={event} onNode={onNode} />
            ))}
          </ol>
        </section>
      ))}
      {more !== null && <ShowOlder {...more} />}
    </div>
  );
}

function NoEvents({ isFiltered }: { isFiltered: boolean }) {
  return (
    <EmptyState
      icon={<Activity size={24} aria-hidden="true" />}
      title={isFiltered ? 'No such events' : 'No events yet'}
    >
      While Ringside is connected, it keeps when a node goes or comes back, joins, leaves or restarts, and what changes
      in the schema and in settings.
    </EmptyState>
  );
}

const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'full' });

function byDay(events: readonly ClusterEvent[]): Map<string, ClusterEvent[]> {
  const days = new Map<string, ClusterEvent[]>();
  for (const event of events) {
    const day = DAY.format(new Date(event.at));
    const some = days.get(day);
    if (some === undefined) days.set(day, [event]);
    else some.push(event);
  }
  return days;
}

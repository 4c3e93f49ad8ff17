import { useQuery } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { scheduleAnchor } from '@/components/repeat/schedule-words';
import { schedulesQuery } from '@/lib/client/schedules';
import type { Transfer } from '@/lib/client/transfers';

/** The schedule that started a job; a link to it while it is among those of the page. */
export function ScheduleName({ schedule: { id, name } }: { schedule: NonNullable<Transfer['schedule']> }) {
  const isThere = useQuery(schedulesQuery()).data?.schedules.some((one) => one.id === id);
  return (
    <span className="inline-flex shrink-0 items-center gap-1 text-muted text-xs">
      <CalendarClock size={12} role="img" aria-label="Schedule" />
      {isThere === true ? (
        <a href={`#${scheduleAnchor(name)}`} className="underline hover:text-ink">
          {name}
        </a>
      ) : (
        name
      )}
    </span>
  );
}

import Link from 'next/link';
import { pagePath } from '@/lib/client/paths';
import { eventTitle, eventTone } from '@/lib/cluster/event-words';
import { writeEventsAddress } from '@/lib/cluster/events-address';
import type { Mark } from '@/lib/live/marks';
import { formatCount, plural } from '@/lib/text/format';
import { spelledOut } from '@/lib/text/unseen';

const TONES = { bad: 'bg-danger', good: 'bg-ok', plain: 'bg-muted' } as const;
const TIME = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hourCycle: 'h23', timeZone: 'UTC' });

interface EventStripProps {
  cluster: string;
  marks: readonly Mark[];
  span: readonly [fromMs: number, toMs: number];
}

/** What happened within the span, as marks that lead to the events. */
export function EventStrip({ cluster, marks, span: [fromMs, toMs] }: EventStripProps) {
  if (marks.length === 0) return <p className="text-faint text-xs">No events within this span.</p>;
  return (
    <ol aria-label="Events within this span" className="relative h-7 rounded border border-line bg-surface">
      {marks.map((mark) => (
        <li
          key={mark.events[0]?.id}
          className="absolute top-0 -translate-x-1/2"
          style={{ left: `${2 + (96 * (mark.atMs - fromMs)) / Math.max(1, toMs - fromMs)}%` }}
        >
          <Link
            href={eventsPath(cluster, mark)}
            aria-label={markWords(mark)}
            title={markWords(mark)}
            className="flex h-6 min-w-6 items-center justify-center gap-1 hover:bg-hover"
          >
            <span className={`size-2.5 shrink-0 rotate-45 ${TONES[toneOf(mark)]}`} />
            {mark.events.length > 1 && (
              <span className="text-2xs text-muted tabular-nums">{formatCount(mark.events.length)}</span>
            )}
          </Link>
        </li>
      ))}
    </ol>
  );
}

/** The events of one node, where the mark is of one. */
function eventsPath(cluster: string, { events }: Mark): string {
  const [first, ...others] = events;
  const node = first !== undefined && others.every((event) => event.node === first.node) ? first.node : null;
  const search = writeEventsAddress('', { node });
  return `${pagePath.events(cluster)}${search === '' ? '' : `?${search}`}`;
}

function toneOf({ events }: Mark): keyof typeof TONES {
  const tones = events.map(eventTone);
  return tones.find((tone) => tone === 'bad') ?? tones.find((tone) => tone === 'good') ?? 'plain';
}

/** "14:02:11 UTC: 10.0.0.2:9042 Restarted and 2 more". */
function markWords({ atMs, events: [first, ...others] }: Mark): string {
  if (first === undefined) return '';
  const more = others.length === 0 ? '' : ` and ${plural(others.length, 'more event')}`;
  const node = first.node === null ? '' : `${first.node} `;
  return spelledOut(`${TIME.format(new Date(atMs))} UTC: ${node}${eventTitle(first)}${more}`);
}

import { FIND_BUDGETS, MOST_OF_A_PARTITION } from '@/lib/contract/figures';
import type { FindRequest, Found } from '@/lib/contract/tables';
import { formatCount, formatElapsed, formatShare, plural } from '@/lib/text/format';

/** What a search may read, and what it has read, in words. */

/** A request with nothing left to the server. */
interface FindPlan {
  readonly what: FindRequest['what'];
  readonly seconds: number;
  readonly rows: number;
  readonly places: number;
}

/** What the page asks for: all that the server reads by itself, so that what is shown is what runs. */
export const FIND_REQUESTS: Readonly<Record<FindRequest['what'], FindPlan>> = {
  wide: { what: 'wide', ...FIND_BUDGETS.wide },
  tombstones: { what: 'tombstones', ...FIND_BUDGETS.tombstones },
  indexes: { what: 'indexes', ...FIND_BUDGETS.indexes },
};

/** Shown before it runs. */
export function costWords({ what, seconds, rows, places }: FindPlan): string {
  const budget = `at most ${formatCount(rows)} rows in ${seconds} s, at ${plural(places, 'place')} evenly spread over the ring`;
  switch (what) {
    case 'wide':
      return `Reads keys at LOCAL_ONE, two ranges at a time, ${budget}; and some whole rows of the widest partitions.`;
    case 'tombstones':
      return `Reads each place once at LOCAL_ONE with tracing, one after another, ${budget}; then some partitions where most was found. Each read writes a trace, which Cassandra keeps for a day.`;
    case 'indexes':
      return `Reads keys and the indexed columns at LOCAL_ONE, two ranges at a time, ${budget}, at most ${MOST_OF_A_PARTITION} rows of a partition.`;
    default:
      return what satisfies never;
  }
}

const ENDS: Readonly<Record<Exclude<Found['ended'], 'running'>, string>> = {
  whole: 'Every place was read to its end.',
  rows: 'The budget of rows is used up.',
  seconds: 'The time is up.',
  failures: 'Some places could not be read.',
};

/** How far it got, and how sure that makes it. */
export function spentWords({ spent, ended }: Pick<Found, 'spent' | 'ended'>): string {
  const { rows, partitions, share, begun, places, elapsedMs } = spent;
  const far = `${plural(partitions, 'partition')} of ${formatShare(share)} of the ring, at ${begun} of ${plural(places, 'place')}: ${plural(rows, 'row')} in ${formatElapsed(elapsedMs)}`;
  if (ended === 'running') return `${far} so far`;
  const elsewhere = share >= 1 ? '' : ' What is elsewhere was not seen.';
  return `${far}. ${ENDS[ended]}${elsewhere}`;
}

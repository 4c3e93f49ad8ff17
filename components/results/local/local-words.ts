import { sortProblem } from '@/lib/local/arrange';
import type { LocalView } from '@/lib/local/local-view';
import { sortText } from '@/lib/local/local-view';
import type { LocalColumn } from '@/lib/local/quick-filter';
import { estimatedRows, type ReadState } from '@/lib/reader/read-state';
import type { ResultState } from '@/lib/reader/result-state';
import { WHOLE_LIMITS } from '@/lib/reader/whole';
import { type Wholeness, type WholeRefusal, wholenessOf } from '@/lib/reader/wholeness';
import { formatBytes, formatCount, plural } from '@/lib/text/format';
import { refusalOf } from './press-header';

/** What arranging the rows on this page has come to. */
export type Arrangement =
  | { readonly state: 'waiting' }
  | { readonly state: 'arranged'; readonly shown: number; readonly of: number }
  | { readonly state: 'failed'; readonly why: string };

/** A line that says how the rows are arranged, or why they are not. */
export interface Standing {
  readonly text: string;
  readonly tone: 'ok' | 'busy' | 'warn';
}

/** Why a result cannot be sorted or filtered here, and what to do instead. */
export function refusalText(why: WholeRefusal, reading: ReadState): string {
  const most = `at most ${formatCount(WHOLE_LIMITS.rows)} rows or ${formatBytes(WHOLE_LIMITS.bytes)} are sorted here`;
  const narrow = 'Filter by the partition key to read fewer, or let Cassandra reverse the clustering order.';
  switch (why) {
    case 'too_many_rows': {
      const estimate = estimatedRows(reading);
      const rows = estimate === null ? `more than ${formatCount(WHOLE_LIMITS.rows)}` : `about ${formatCount(estimate)}`;
      return `the result has ${rows} rows, and ${most}. ${narrow}`;
    }
    case 'too_many_bytes':
      return `the result is larger than ${formatBytes(WHOLE_LIMITS.bytes)}, and ${most}. ${narrow}`;
    case 'once':
      return 'not all rows of this statement were returned, and it is not run twice.';
    default:
      return why satisfies never;
  }
}

/** What sorting or filtering would take, for those who have not asked for it yet; null where it takes nothing. */
export function costText(wholeness: Wholeness, reading: ReadState): string | null {
  if (wholeness.kind === 'whole') return null;
  if (wholeness.kind === 'refused') return `Not possible here: ${refusalText(wholeness.why, reading)}`;
  return `Reads all rows first (${formatCount(wholeness.rows)} so far, ${formatCount(WHOLE_LIMITS.rows)} at most).`;
}

/** Why rows are not sorted by a column whose header was pressed; null when they can be by now. */
export function pressRefusal(
  column: string,
  columns: readonly LocalColumn[],
  { state, repeatable }: Pick<Facts, 'state' | 'repeatable'>,
): Standing | null {
  const problem = sortProblem([{ column, descending: false }], columns);
  if (problem !== null) return { text: `Not sorted: ${problem}.`, tone: 'warn' };
  const why = refusalOf(state, repeatable);
  return why === null ? null : { text: `Not sorted by ${column}: ${refusalText(why, state.reading)}`, tone: 'warn' };
}

interface Facts {
  readonly view: LocalView;
  readonly state: ResultState;
  readonly repeatable: boolean;
  /** Why the columns cannot be sorted so; null where they can. */
  readonly problem: string | null;
  readonly arrangement: Arrangement;
}

/** How the rows are arranged that `view` asks for. */
export function standingOf({ view, state, repeatable, problem, arrangement }: Facts): Standing {
  const not = view.sort.length > 0 ? 'Not sorted' : 'Not filtered';
  if (problem !== null) return { text: `${not}: ${problem}.`, tone: 'warn' };
  if (arrangement.state === 'failed') return { text: `${not}: ${arrangement.why}`, tone: 'warn' };
  const wholeness = wholenessOf(state, repeatable);
  if (wholeness.kind === 'refused') {
    return { text: `${not}: ${refusalText(wholeness.why, state.reading)}`, tone: 'warn' };
  }
  if (state.whole !== 'whole') return unfinished(not, state);
  const { rows } = wholeness;
  if (arrangement.state !== 'arranged') return { text: `Arranging ${plural(rows, 'row')}…`, tone: 'busy' };
  return arrangedStanding(view, arrangement, state.window.changed);
}

/** Not all rows are here yet. */
function unfinished(not: string, { reading, refillError, window }: ResultState): Standing {
  const rows = plural(window.marks.rowCount, 'row');
  if (refillError !== null) {
    return { text: `${not}: rows that had left memory could not be reread. ${refillError.message}`, tone: 'warn' };
  }
  if (reading.phase === 'stopped') {
    return { text: `${not}: you stopped reading after ${rows}. Resume to read the rest.`, tone: 'warn' };
  }
  if (reading.phase === 'failed') return { text: `${not}: reading failed after ${rows}.`, tone: 'warn' };
  return { text: `Reading all rows first: ${rows} so far…`, tone: 'busy' };
}

function arrangedStanding(
  { sort, quick }: LocalView,
  { shown, of }: { shown: number; of: number },
  changed: boolean,
): Standing {
  const rows = quick === '' ? plural(of, 'row') : `${formatCount(shown)} of ${plural(of, 'row')}`;
  const end = changed ? 'rows changed while they were read: Refresh' : 'complete';
  if (sort.length === 0) return { text: `Filtered here: ${rows}, ${end}`, tone: changed ? 'warn' : 'ok' };
  const text = `Sorted here by ${sortText(sort)}: ${rows}, ${end}. Nulls last.`;
  return { text, tone: changed ? 'warn' : 'ok' };
}

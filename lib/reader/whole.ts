import type { Row } from '@/lib/client/stream-events';
import { markAt } from '@/lib/grid/page-marks';
import type { PageRows } from '@/lib/grid/page-rows';
import { emptyWindow, type PageWindow, type WindowLimits, windowReducer } from '@/lib/grid/page-window';
import { estimatedRows, type ReadState } from './read-state';
import type { Segment } from './segment';

/**
 * Whether all rows of a result are kept in memory, as sorting and filtering on the page need. `unread`: nobody wants them;
 * `asked`: the missing ones are being read, unless the read was stopped or has failed; `whole`: they are; the others: there
 * are more than may be kept.
 */
export type Whole = 'unread' | 'asked' | 'whole' | 'too_many_rows' | 'too_many_bytes';

/** The most that is kept in memory of a whole result. */
export const WHOLE_LIMITS: WindowLimits = {
  pages: Number.POSITIVE_INFINITY,
  rows: 100_000,
  bytes: 64 * 1024 * 1024,
};

/** An estimate may be wrong by this factor: only beyond it does an estimate alone count as too large. */
const ESTIMATE_DOUBT = 2;

/** True when nothing is left to be read, and no page has left memory. */
export function holdsAll({ window }: Pick<Segment, 'window'>): boolean {
  const { marks, next, prior, loaded } = window;
  return next === null && prior === null && loaded.size === marks.endPage - marks.firstPage;
}

/** Why the result cannot be kept whole; null as long as nothing rules it out. */
export function tooLarge(
  { window }: Pick<Segment, 'window'>,
  reading: ReadState,
): 'too_many_rows' | 'too_many_bytes' | null {
  const { marks } = window;
  const estimate = estimatedRows(reading) ?? 0;
  if (marks.rowCount > WHOLE_LIMITS.rows || estimate > ESTIMATE_DOUBT * WHOLE_LIMITS.rows) return 'too_many_rows';
  let bytes = 0;
  for (let page = marks.firstPage; page < marks.endPage; page += 1) bytes += markAt(marks, page)?.bytes ?? 0;
  return bytes > WHOLE_LIMITS.bytes ? 'too_many_bytes' : null;
}

/** The rows of the pages in memory, in the order of the result. */
export function pagesInOrder({ loaded }: PageWindow<Row>): readonly PageRows<Row>[] {
  return [...loaded].sort(([a], [b]) => a - b).map(([, rows]) => rows);
}

/** Rows that are all in memory, as a window over them. */
export function windowOf(rows: PageRows<Row>): PageWindow<Row> {
  const facts = { rows: rows.length, bytes: 0, share: null, lead: null, kept: rows };
  const empty = emptyWindow<Row>({ kind: 'start' }, null, WHOLE_LIMITS);
  return windowReducer(empty, { type: 'append', page: facts, next: null });
}

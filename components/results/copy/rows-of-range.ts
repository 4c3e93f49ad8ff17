import { openStream, type Row } from '@/lib/client/stream';
import { markAt, type PageMark, pageOfRow } from '@/lib/grid/page-marks';
import type { PageWindow, RowRange } from '@/lib/grid/page-window';
import { type ResultSource, requestAt } from '@/lib/reader/source';
import { CopyRefused } from './copy-forms';

/** More than this is a file's size: an export writes it, and says when it is complete. */
const MOST_ROWS = 100_000;

/**
 * The rows of a range, all of them: what has left memory is reloaded.
 * @throws CopyRefused when they are too many, or no longer those that were there
 */
export async function rowsOfRange(
  source: ResultSource,
  window: PageWindow<Row>,
  { first, last }: RowRange,
  signal: AbortSignal,
): Promise<Row[]> {
  if (last - first >= MOST_ROWS) {
    throw new CopyRefused(
      `Not copied: more than ${MOST_ROWS.toLocaleString('en-US')} rows. Export writes files of any size.`,
    );
  }
  const rows: Row[] = [];
  const from = pageOfRow(window.marks, first);
  const to = pageOfRow(window.marks, last);
  if (from === undefined || to === undefined) throw new CopyRefused('Not copied: these rows are no longer there.');
  for (let page = from; page <= to; page += 1) {
    const mark = markAt(window.marks, page);
    if (mark === undefined) throw new CopyRefused('Not copied: these rows are no longer there.');
    const all = window.loaded.get(page) ?? (await readAgain(source, mark, signal));
    if (all.length !== mark.rows) {
      throw new CopyRefused('Not copied: some of these rows have changed since they were read. Refresh first.');
    }
    for (let at = Math.max(0, first - mark.firstRow); at < all.length && mark.firstRow + at <= last; at += 1) {
      const row = all.at(at);
      if (row !== undefined) rows.push(row);
    }
  }
  return rows;
}

async function readAgain(source: ResultSource, { anchor }: PageMark, signal: AbortSignal): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const event of openStream(source.path, requestAt(source, anchor, 1), { signal })) {
    if (event.kind === 'rows') rows.push(...event.rows);
    if (event.kind === 'error') {
      throw new CopyRefused(`Not copied: rows that had left memory could not be reloaded. ${event.error.message}`);
    }
  }
  return anchor.kind === 'value' && anchor.back ? rows.reverse() : rows;
}

import { openStream, type StreamEvent } from '@/lib/client/stream';
import type { Row } from '@/lib/client/stream-events';
import type { Anchor } from '@/lib/grid/page-marks';
import { type NewPage, WINDOW_LIMITS } from '@/lib/grid/page-window';
import { followRuns, type RunEnd } from '@/lib/grid/row-runs';
import { cutStep, firstStep, isTop, nextStep, type UpStep } from './rail-steps';
import { StreamFailure } from './read-events';
import type { Sample } from './read-state';
import { densityOf, endOf, type KeyOf, type PagesAbove, type Segment, shareOf, upperBound } from './segment';
import { anchorAfter, type ResultSource, requestAt, rowsUpTo } from './source';

export interface AboveReader {
  readonly source: ResultSource;
  readonly keyOf: KeyOf;
  readonly signal: AbortSignal;
  readonly sample: Sample | null;
  /** Each event as it comes, for the state of the read. */
  readonly onEvent: (event: StreamEvent) => void;
}

/** Rows wanted at a time until a page has been seen. */
const ROWS_UNTIL_KNOWN = 600;
/** Of a page: rows a little denser than expected still fit one page. */
const SHARE_OF_PAGE = 0.75;

/**
 * Reads about a page of rows above a segment; none only when there are none.
 * @throws ApiFailure, StreamFailure, the signal's reason
 */
export async function* readAbove(segment: Segment, reader: AboveReader): AsyncGenerator<PagesAbove, void> {
  const { prior } = segment.window;
  if (prior === null) return;
  const to = upperBound(prior);
  if (to === null) yield* readBack(prior, reader);
  else yield* readRing(segment, to, reader);
}

/** A page of a partition, read in reverse order and turned back. */
async function* readBack(prior: Anchor, { source, signal, onEvent }: AboveReader): AsyncGenerator<PagesAbove, void> {
  for await (const event of events(openStream(source.path, requestAt(source, prior, 1), { signal }), onEvent)) {
    if (event.kind !== 'rows') continue;
    const { rows, page } = event;
    const facts = { rows: rows.length, bytes: page.bytes, anchor: prior, share: null, lead: null };
    const pages = [{ ...facts, kept: rows.toReversed() }];
    yield { pages, prior: anchorAfter(prior, page.cursor), range: null, step: null };
  }
}

async function* readRing(segment: Segment, to: bigint, reader: AboveReader): AsyncGenerator<PagesAbove, void> {
  const wanted = (segment.pageRows || ROWS_UNTIL_KNOWN) * SHARE_OF_PAGE;
  const known = segment.step?.to === to ? segment.step : null;
  let step = known ?? firstStep(to, wanted, densityOf(segment, reader.sample));
  for (;;) {
    const read = await readRange(step, wanted, reader);
    if ('cut' in read) {
      step = read.cut;
      continue;
    }
    const next = nextStep(step, read.rows, wanted);
    yield { pages: read.pages, prior: isTop(step) ? null : rowsUpTo(step.from), range: step, step: next };
    if (read.rows > 0 || isTop(step)) return;
    step = next;
  }
}

/** All pages of a range, in order, the last ones with their rows; or, when it is too long, the part of it to read instead. */
async function readRange(
  step: UpStep,
  wanted: number,
  { source, signal, onEvent, keyOf }: AboveReader,
): Promise<{ readonly pages: NewPage<Row>[]; readonly rows: number } | { readonly cut: UpStep }> {
  const start: Anchor = { kind: 'range', from: String(step.from), to: String(step.to), cursor: null };
  const pages: NewPage<Row>[] = [];
  let anchor: Anchor | null = start;
  let runs: RunEnd | null = null;
  let [reached, rowCount] = [step.from, 0];
  for await (const event of events(openStream(source.path, requestAt(source, start, 0), { signal }), onEvent)) {
    if (event.kind !== 'rows' || anchor === null) continue;
    const { rows, page } = event;
    const end = endOf(page, step.to) ?? step.to;
    const { lead, end: run }: { lead: number; end: RunEnd | null } = followRuns(rows, keyOf, runs);
    const share = shareOf({ from: reached, to: end });
    pages.push({ rows: rows.length, bytes: page.bytes, anchor, share, lead, kept: rows });
    letGo(pages);
    [reached, rowCount, runs] = [end, rowCount + rows.length, run];
    anchor = anchorAfter(anchor, page.cursor);
    const cut = anchor && cutStep(step, { pages: pages.length, rows: rowCount, token: end }, wanted);
    if (cut) return { cut };
  }
  signal.throwIfAborted();
  return { pages, rows: rowCount };
}

/** Of a range with one large partition, only the rows nearest to the view stay in memory. */
function letGo(pages: NewPage<Row>[]): void {
  let [kept, rows, bytes] = [0, 0, 0];
  for (let at = pages.length - 1; at >= 0; at -= 1) {
    const page = pages[at];
    if (page === undefined || page.kept === null) return;
    kept += 1;
    rows += page.rows;
    bytes += page.bytes;
    const fits = kept <= WINDOW_LIMITS.pages && rows <= WINDOW_LIMITS.rows && bytes <= WINDOW_LIMITS.bytes;
    if (!fits) pages[at] = { ...page, kept: null };
  }
}

async function* events(
  stream: AsyncGenerator<StreamEvent, void>,
  onEvent: (event: StreamEvent) => void,
): AsyncGenerator<StreamEvent, void> {
  for await (const event of stream) {
    if (event.kind === 'error') throw new StreamFailure(event.error);
    onEvent(event);
    yield event;
  }
}

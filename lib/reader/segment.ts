import type { Row } from '@/lib/client/stream-events';
import type { PageFrame } from '@/lib/contract/frames';
import type { Anchor } from '@/lib/grid/page-marks';
import type { PageRows } from '@/lib/grid/page-rows';
import {
  emptyWindow,
  type NewPage,
  type PageWindow,
  type RowRange,
  type WindowLimits,
  windowReducer,
} from '@/lib/grid/page-window';
import { followRuns, type RunEnd } from '@/lib/grid/row-runs';
import type { TokenRange } from '@/lib/ring/ranges';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/token-ends';
import { shareAt } from './rail-coverage';
import type { Density, UpStep } from './rail-steps';
import type { Sample } from './read-state';
import { anchorAfter, openingsAt, type ReadStart, type ResultSource } from './source';

/** Distinguishes the rows of one partition, or of one clustering value, from others. */
export type KeyOf = (row: Row) => string;

/** What has been read around one place, without gaps. */
export interface Segment {
  readonly place: ReadStart;
  readonly window: PageWindow<Row>;
  /** The token after which the next page starts; null where the rows are not in token order. */
  readonly reached: bigint | null;
  /** The token after which the first page starts. */
  readonly began: bigint | null;
  /** The last run of rows, going down. */
  readonly runs: RunEnd | null;
  /** The range to read above, once its density is known. */
  readonly step: UpStep | null;
  /** Rows of the largest page so far. */
  readonly pageRows: number;
}

/** Rows drawn around the place at first: they stay in memory until they are seen. */
const VIEW_ROWS = 60;

export function openSegment(source: ResultSource, place: ReadStart): Segment {
  const { next, prior } = openingsAt(source, place);
  const reached = source.order?.by === 'token' ? tokenOf(next) : null;
  const first = 'skip' in place && prior !== null ? place.skip : 0;
  const window = windowReducer<Row>(emptyWindow(next, prior), {
    type: 'view',
    view: { first, last: first + VIEW_ROWS },
  });
  return { place, window, reached, began: reached, runs: null, step: null, pageRows: 0 };
}

/** The token after which `next` starts: the ring's end where nothing follows. */
function tokenOf(next: Anchor | null): bigint {
  if (next === null) return MAX_TOKEN;
  return next.kind === 'range' ? BigInt(next.from) : MIN_TOKEN;
}

/** `segment` with the page that follows; `range`: the part of the ring that it covers. */
export function takeBelow(
  segment: Segment,
  page: { readonly rows: PageRows<Row>; readonly frame: PageFrame },
  keyOf: KeyOf,
): { segment: Segment; range: TokenRange | null } {
  const { window, reached } = segment;
  const { rows, frame } = page;
  if (window.next === null) return { segment, range: null };
  const end = endOf(frame, MAX_TOKEN);
  const range = reached === null || end === null ? null : { from: reached, to: end };
  const { lead, end: runs } = followRuns(rows, keyOf, segment.runs);
  const facts = { rows: rows.length, bytes: frame.bytes, share: range && shareOf(range), lead, kept: rows };
  const next = anchorAfter(window.next, frame.cursor);
  return {
    segment: {
      ...segment,
      window: windowReducer(window, { type: 'append', page: facts, next }),
      reached: end,
      runs,
      pageRows: Math.max(segment.pageRows, rows.length),
    },
    range,
  };
}

/** The token at which a page ends; `to`, the range's end, for the last one. Null where rows are not in token order. */
export function endOf(frame: PageFrame, to: bigint): bigint | null {
  if (frame.token !== null) return BigInt(frame.token);
  return frame.cursor === null && frame.ringFraction !== null ? to : null;
}

export function shareOf({ from, to }: TokenRange): readonly [number, number] {
  return [shareAt(from), shareAt(to)];
}

/** Pages that go above those of a segment, in the order of their rows. */
export interface PagesAbove {
  readonly pages: readonly NewPage<Row>[];
  /** What is above them. */
  readonly prior: Anchor | null;
  /** The part of the ring that was read; null where the rows are not in token order. */
  readonly range: TokenRange | null;
  /** The range to read next, where this one has shown the density. */
  readonly step: UpStep | null;
}

/** `segment` with pages above its first. */
export function takeAbove(segment: Segment, { pages, prior, range, step }: PagesAbove): Segment {
  const window = windowReducer(segment.window, { type: 'prepend', pages, prior });
  return { ...segment, window, began: range?.from ?? segment.began, step };
}

/** `segment` with what is in view of it now, which decides what stays in memory. */
export function withView(segment: Segment, view: RowRange): Segment {
  return { ...segment, window: windowReducer(segment.window, { type: 'view', view }) };
}

/** `segment` with other limits on what it keeps in memory. */
export function withLimits(segment: Segment, limits: WindowLimits): Segment {
  return { ...segment, window: windowReducer(segment.window, { type: 'limit', limits }) };
}

/** `segment` with the rows of a page that had left memory. */
export function withPage(segment: Segment, page: number, rows: PageRows<Row>): Segment {
  return { ...segment, window: windowReducer(segment.window, { type: 'refill', page, rows }) };
}

/** The token up to which the rows above reach. */
export function upperBound(prior: Anchor): bigint | null {
  return prior.kind === 'range' ? BigInt(prior.to) : null;
}

/** The density of the rows read; null while unknown. */
export function densityOf({ window, began, reached }: Segment, sample: Sample | null): Density | null {
  const { rowCount } = window.marks;
  if (began !== null && reached !== null && reached > began && rowCount > 0) {
    return { rows: rowCount, tokens: reached - began };
  }
  if (sample === null || sample.share <= 0) return null;
  return { rows: sample.rows, tokens: BigInt(Math.floor(sample.share * 2 ** 64)) };
}

/** The basis for estimating the number of all rows. */
export function sampleOf({ window, began, reached }: Segment): Sample | null {
  if (began === null || reached === null || reached <= began) return null;
  const { marks } = window;
  return { rows: marks.rowCount, share: shareAt(reached) - shareAt(began) };
}

/** True when the place's first rows can be shown, or there are none. */
export function isReady({ place, window }: Segment): boolean {
  const { marks, next, prior } = window;
  if (place.kind === 'end') return marks.rowCount > 0 || prior === null;
  const skip = 'skip' in place ? place.skip : 0;
  return marks.endRow > skip || next === null;
}

/** The row to show, and whether at the bottom of the view. */
export function landingOf({ place, window }: Segment): { row: number; end: boolean } {
  const { endRow, firstRow } = window.marks;
  if (place.kind === 'end') return { row: endRow - 1, end: true };
  const skip = 'skip' in place ? place.skip : 0;
  return { row: Math.max(firstRow, Math.min(skip, endRow - 1)), end: false };
}

/** No rows on either side of a clustering value: only static columns are left of the partition, seen from its start. */
export function isBarren({ place, window }: Segment): boolean {
  const { marks, next, prior } = window;
  return place.kind === 'value' && marks.rowCount === 0 && next === null && prior === null;
}

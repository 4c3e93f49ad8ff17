import type { Row } from '@/lib/client/stream-events';
import type { ApiError } from '@/lib/contract/errors';
import type { EndFrame, HeaderFrame, PageFrame, SchemaAgreement, TracedRequest } from '@/lib/contract/frames';
import type { PageRows } from '@/lib/grid/page-rows';

/**
 * The state of reading one result. `paused`: more rows exist and nothing is being read; `stopped`: a person ended it;
 * `failed`: see `error`. Only `complete` says that every row was read.
 */
type Phase = 'idle' | 'reading' | 'paused' | 'complete' | 'stopped' | 'failed';

/** One page, or continuously to the end. */
export type ReadMode = 'page' | 'on';

export interface ReadState {
  readonly phase: Phase;
  /** How many other reads of the cluster it is waiting for; null when it is not waiting. */
  readonly waitsFor: number | null;
  readonly mode: ReadMode;
  readonly header: HeaderFrame | null;
  /** Rows, pages and bytes read so far, over all requests. */
  readonly rows: number;
  readonly pages: number;
  readonly bytes: number;
  /** The last page read: its token, share of the ring, coordinator, consistency. */
  readonly page: PageFrame | null;
  /** The first and the last row read: how far a scan without ring share has got. */
  readonly firstRow: Row | null;
  readonly lastRow: Row | null;
  /** From the request to Cassandra to the page's arrival, for the last pages, the newest last. */
  readonly latenciesMs: readonly number[];
  /** The servers' warnings, each once. */
  readonly warnings: readonly string[];
  readonly error: ApiError | null;
  /** It failed because no server could be reached: it is retried automatically. */
  readonly disconnected: boolean;
  readonly result: EndFrame['result'] | null;
  /** The traces of the requests so far, the latest {@link TRACES_KEPT}, in order. */
  readonly traces: readonly PagedTrace[];
  /** Of a schema change: which nodes have the new schema, as last reported. */
  readonly agreement: SchemaAgreement | null;
  /** When the first page arrived; null before. */
  readonly asOfMs: number | null;
  /** Where unread rows are, as of the last time that the read rested. */
  readonly more: More;
  /** Rows of the whole result; null unless it is complete. */
  readonly total: number | null;
  /** The basis for estimating the number of all rows: the rows around one place, and the share of the ring they cover. */
  readonly sample: Sample | null;
  /** The basis for rows per second: when the continuous read started, and its latest page. */
  readonly pace: { readonly sinceMs: number; readonly rowsBefore: number; readonly untilMs: number };
}

/** A request to Cassandra that was traced, with its page. */
export interface PagedTrace extends TracedRequest {
  /** From 0. */
  readonly pageIndex: number;
  /** Which of the page's requests it is, from 0, and how many those are. */
  readonly nth: number;
  readonly ofPage: number;
}

export interface More {
  readonly above: boolean;
  readonly below: boolean;
}

export interface Sample {
  readonly rows: number;
  readonly share: number;
}

export type ReadingEvent =
  | { readonly type: 'ask'; readonly mode: ReadMode; readonly nowMs: number }
  | { readonly type: 'waiting'; readonly reads: number }
  | { readonly type: 'agreement'; readonly agreement: SchemaAgreement }
  | { readonly type: 'header'; readonly header: HeaderFrame }
  | { readonly type: 'page'; readonly page: PageFrame; readonly rows: PageRows<Row>; readonly nowMs: number }
  /** The basis for an estimate of all rows, from what was read around one place. */
  | { readonly type: 'sample'; readonly sample: Sample | null }
  | {
      readonly type: 'end';
      readonly result: EndFrame['result'];
      readonly more: More;
      readonly rows: number;
      readonly agreement?: SchemaAgreement | null;
    }
  | { readonly type: 'fail'; readonly error: ApiError; readonly disconnected: boolean }
  | { readonly type: 'stop' }
  /** The read rests, or continues elsewhere: earlier errors no longer matter. */
  | { readonly type: 'rest'; readonly more: More };

const LATENCIES_KEPT = 40;
/** Of a traced read to its end; tracing a whole table would trace more requests than a list is of use for. */
export const TRACES_KEPT = 500;
/** With fewer rows an estimate of the whole would be a guess: partitions differ in size. */
const ROWS_FOR_ESTIMATE = 2_000;

export const NOT_READ: ReadState = {
  phase: 'idle',
  waitsFor: null,
  mode: 'page',
  header: null,
  rows: 0,
  pages: 0,
  bytes: 0,
  page: null,
  firstRow: null,
  lastRow: null,
  latenciesMs: [],
  warnings: [],
  error: null,
  disconnected: false,
  result: null,
  traces: [],
  agreement: null,
  asOfMs: null,
  more: { above: false, below: true },
  total: null,
  sample: null,
  pace: { sinceMs: 0, rowsBefore: 0, untilMs: 0 },
};

/** Events for a read that is not running are ignored: they are late events of one that was stopped. */
export function readingReducer(state: ReadState, event: ReadingEvent): ReadState {
  // Whatever else happens to a read, it no longer waits.
  const waitsFor = event.type === 'waiting' ? event.reads : event.type === 'sample' ? state.waitsFor : null;
  const next = reduce(state, event);
  return next.phase !== 'reading' || next.waitsFor === waitsFor ? next : { ...next, waitsFor };
}

function reduce(state: ReadState, event: ReadingEvent): ReadState {
  if (event.type === 'ask') return ask(state, event);
  if (event.type === 'sample') return { ...state, sample: event.sample ?? state.sample };
  if (event.type === 'rest') {
    const rested = event.more.above || event.more.below ? 'paused' : 'complete';
    const phase = state.phase === 'idle' ? 'idle' : rested;
    return { ...state, phase, more: event.more, error: null, disconnected: false };
  }
  if (state.phase !== 'reading') return state;
  switch (event.type) {
    case 'waiting':
      return state;
    case 'agreement':
      return { ...state, agreement: event.agreement };
    case 'header':
      return { ...state, header: event.header, error: null, disconnected: false };
    case 'page':
      return addPage(state, event);
    case 'end':
      return {
        ...state,
        phase: event.more.above || event.more.below ? 'paused' : 'complete',
        result: event.result,
        agreement: event.agreement ?? state.agreement,
        more: event.more,
        total: event.more.above || event.more.below ? null : event.rows,
      };
    case 'fail':
      return { ...state, phase: 'failed', error: event.error, disconnected: event.disconnected };
    case 'stop':
      return { ...state, phase: 'stopped', error: null, disconnected: false };
    default:
      return event satisfies never;
  }
}

function ask(state: ReadState, { mode, nowMs }: Extract<ReadingEvent, { type: 'ask' }>): ReadState {
  if (state.phase === 'reading' || state.phase === 'complete') return state;
  const pace = { sinceMs: nowMs, rowsBefore: state.rows, untilMs: nowMs };
  // An automatic retry changes nothing on screen: the error stays until there is a response.
  const said = state.disconnected ? {} : { error: null };
  return { ...state, ...said, phase: 'reading', mode, pace };
}

function addPage(state: ReadState, { page, rows, nowMs }: Extract<ReadingEvent, { type: 'page' }>): ReadState {
  const fresh = page.warnings.filter((warning) => !state.warnings.includes(warning));
  return {
    ...state,
    rows: state.rows + page.rows,
    pages: state.pages + 1,
    bytes: state.bytes + page.bytes,
    page,
    firstRow: state.firstRow ?? rows.at(0) ?? null,
    lastRow: rows.at(-1) ?? state.lastRow,
    latenciesMs: [...state.latenciesMs.slice(1 - LATENCIES_KEPT), page.elapsedMs],
    traces: withTraces(state.traces, page),
    warnings: fresh.length === 0 ? state.warnings : [...state.warnings, ...fresh],
    asOfMs: state.asOfMs ?? nowMs,
    pace: { ...state.pace, untilMs: nowMs },
  };
}

function withTraces(before: readonly PagedTrace[], page: PageFrame): readonly PagedTrace[] {
  const { traces = [], index: pageIndex } = page;
  if (traces.length === 0) return before;
  const fresh = traces.map((trace, nth) => ({ ...trace, pageIndex, nth, ofPage: traces.length }));
  return [...before, ...fresh].slice(-TRACES_KEPT);
}

/** Rows of the whole result, extrapolated from the share of the ring read; null where that would be a guess, or the number is known. */
export function estimatedRows({ phase, sample }: ReadState): number | null {
  if (phase === 'complete' || sample === null || sample.share <= 0 || sample.rows < ROWS_FOR_ESTIMATE) return null;
  return Math.max(sample.rows, Math.round(sample.rows / sample.share));
}

/** Rows per second of a continuous read; null while unknown. */
export function rowsPerSecond({ phase, mode, rows, pace }: ReadState): number | null {
  const elapsedMs = pace.untilMs - pace.sinceMs;
  if (phase !== 'reading' || mode !== 'on' || elapsedMs <= 0) return null;
  return ((rows - pace.rowsBefore) * 1_000) / elapsedMs;
}

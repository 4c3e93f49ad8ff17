import type { HistoryRequest } from '@/lib/contract/history';
import type { RunEnd } from '@/lib/contract/run-ends';
import type { Cost } from '@/lib/contract/statements';

export type { RunOutcome } from '@/lib/contract/run-ends';

/** What the filters of the history choose from. */
export interface HistoryFilter {
  readonly search: string;
  /** Empty: any. */
  readonly outcome: RunEnd | '';
  /** Empty: any. */
  readonly keyspace: string;
  readonly writesOnly: boolean;
  /** The scope of a cost. Empty: any. */
  readonly cost: string;
  /** Empty: any time. */
  readonly within: Span | '';
}

export const NO_FILTER: HistoryFilter = {
  search: '',
  outcome: '',
  keyspace: '',
  writesOnly: false,
  cost: '',
  within: '',
};

const HOUR_MS = 3_600_000;
/** How far back, by the words for it. */
export const SPANS = [
  ['last hour', HOUR_MS],
  ['last 24 hours', 24 * HOUR_MS],
  ['last 7 days', 7 * 24 * HOUR_MS],
  ['last 30 days', 30 * 24 * HOUR_MS],
] as const;
type Span = (typeof SPANS)[number][0];

/** Scopes that {@link scopeWords} has words for. Writes and changes of the schema have their own filters. */
export const COSTS = [
  'one_partition',
  'partitions',
  'index',
  'ring_share',
  'whole_ring',
  'whole_ring_filtering',
  'one_node',
  'unknown',
] as const satisfies readonly Cost['scope'][];

/** The request that a filter stands for. */
export function historyRequest(filter: HistoryFilter, nowMs: number): HistoryRequest {
  const { search, outcome, keyspace, writesOnly, cost, within } = filter;
  const spanMs = SPANS.find(([name]) => name === within)?.[1];
  return {
    ...(search.trim() === '' ? {} : { search: search.trim() }),
    ...(outcome === '' ? {} : { outcome }),
    ...(keyspace === '' ? {} : { keyspace }),
    ...(writesOnly ? { writesOnly } : {}),
    ...(cost === '' ? {} : { cost }),
    ...(spanMs === undefined ? {} : { since: new Date(nowMs - spanMs).toISOString() }),
  };
}

/** The scope of a cost as words: `whole ring filtering`. Empty where it says nothing. */
export function scopeWords(scope: string): string {
  if (scope === 'none' || scope === 'write' || scope === 'schema') return '';
  return scope === 'unknown' ? 'cost unknown' : scope.replaceAll('_', ' ');
}

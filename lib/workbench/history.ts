import type { HistoryRequest, RunOutcome } from '@/lib/contract/history';

export type { RunOutcome } from '@/lib/contract/history';

/** What the filters of the history choose from. */
export interface HistoryFilter {
  readonly search: string;
  /** Empty: any. */
  readonly outcome: RunOutcome | '';
  /** Empty: any. */
  readonly keyspace: string;
  readonly writesOnly: boolean;
}

export const NO_FILTER: HistoryFilter = { search: '', outcome: '', keyspace: '', writesOnly: false };

/** The request that a filter stands for. */
export function historyRequest({ search, outcome, keyspace, writesOnly }: HistoryFilter): HistoryRequest {
  return {
    ...(search.trim() === '' ? {} : { search: search.trim() }),
    ...(outcome === '' ? {} : { outcome }),
    ...(keyspace === '' ? {} : { keyspace }),
    ...(writesOnly ? { writesOnly } : {}),
  };
}

/** The scope of a cost as words: `whole ring filtering`. Empty where it says nothing. */
export function scopeWords(scope: string): string {
  if (scope === 'none' || scope === 'write' || scope === 'schema') return '';
  return scope === 'unknown' ? 'cost unknown' : scope.replaceAll('_', ' ');
}

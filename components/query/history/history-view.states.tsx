import { ignore, type SharedPart } from '@/components/ui/states';
import { ApiFailure } from '@/lib/client/http';
import type { ListedEntry } from '@/lib/contract/history';
import { NO_FILTER } from '@/lib/workbench/history';
import { HistoryView } from './history-view';

export const RUNS: readonly ListedEntry[] = [
  {
    id: '1',
    at: '2026-11-29T07:00:00.000Z',
    who: 'anonymous',
    statement: "SELECT iata, name FROM airports WHERE iata = 'SEA'",
    characters: 50,
    isRedacted: false,
    keyspace: 'flights',
    consistency: 'LOCAL_ONE',
    isWrite: false,
    cost: 'one_partition',
    outcome: 'complete',
    rows: 1,
    elapsedMs: 4,
  },
  {
    id: '2',
    at: '2026-11-29T06:59:00.000Z',
    who: 'anonymous',
    statement: "ALTER ROLE reader WITH PASSWORD = '•••'",
    characters: 39,
    isRedacted: true,
    keyspace: null,
    consistency: 'LOCAL_ONE',
    isWrite: true,
    cost: 'schema',
    outcome: 'failed',
    rows: 0,
    elapsedMs: 12,
    message: 'It failed; the message is not kept, because it may quote the password.',
  },
  {
    id: '3',
    at: '2026-11-29T06:58:00.000Z',
    who: 'ada',
    statement: "INSERT INTO airports (iata) VALUES ('SEA') IF NOT EXISTS",
    characters: 56,
    isRedacted: false,
    keyspace: 'flights',
    consistency: 'LOCAL_QUORUM',
    isWrite: true,
    cost: 'write',
    outcome: 'complete',
    rows: 1,
    elapsedMs: 4,
    applied: 'not_applied',
  },
  {
    id: '4',
    at: '2026-11-29T06:57:00.000Z',
    who: 'ada',
    statement: "UPDATE airports SET name = 'x' WHERE iata = 'SEA'",
    characters: 49,
    isRedacted: false,
    keyspace: 'flights',
    consistency: 'LOCAL_QUORUM',
    isWrite: true,
    cost: 'write',
    outcome: 'failed',
    rows: 0,
    elapsedMs: 2_000,
    message: 'No response within 2 s: whether the write was applied is unknown.',
    applied: 'unknown',
  },
  {
    id: '5',
    at: '2026-11-29T06:56:00.000Z',
    who: 'ada',
    statement: 'INSERT INTO airports (iata, name) VALUES (?, ?) IF NOT EXISTS',
    characters: 61,
    isRedacted: false,
    keyspace: 'flights',
    consistency: 'LOCAL_QUORUM',
    isWrite: true,
    cost: 'write',
    outcome: 'failed',
    rows: 0,
    elapsedMs: 12_000,
    message: '10 of 1,000 rows failed.',
    applied: 'not_applied',
    list: { rows: 1_000, done: 990, notApplied: 4, refused: 10, unknown: 0 },
  },
];

const UNREACHABLE = new ApiFailure(
  { code: 'server_error', message: 'Ringside’s server is not responding.', retryable: true },
  0,
);

/** The history with these entries; null: they could not be read. */
export function historyOf(
  entries: readonly ListedEntry[] | undefined | null,
  given: Partial<Parameters<typeof HistoryView>[0]> = {},
) {
  return (
    <HistoryView
      filter={NO_FILTER}
      onFilter={ignore}
      entries={entries ?? undefined}
      error={entries === null ? UNREACHABLE : null}
      onRetry={ignore}
      more={null}
      onFill={ignore}
      onClose={ignore}
      {...given}
    />
  );
}

export const historyStates: SharedPart = {
  name: 'history',
  place: 'h-96 w-80',
  states: {
    runs: {
      draw: () => historyOf(RUNS, { more: { busy: false, onMore: ignore } }),
      shows: [
        ['complementary', 'History'],
        ['button', 'Show older'],
        ['searchbox', 'Search the history'],
      ],
    },
    loading: { draw: () => historyOf(undefined), shows: [['complementary', 'History']] },
    empty: { draw: () => historyOf([]), shows: [['complementary', 'History']] },
    'nothing found': {
      draw: () => historyOf([], { filter: { ...NO_FILTER, writesOnly: true } }),
      shows: [['checkbox', 'Writes only']],
    },
    'cannot be read': { draw: () => historyOf(null), shows: [['alert'], ['button', 'Try again']] },
  },
};

import type { ListedEntry, RunOutcome } from '@/lib/contract/history';
import { formatElapsed, plural } from '@/lib/text/format';

/** So many runs of a statement are drawn. */
const MOST_RUNS = 20;

/** One run of a statement: how long it took, and what it came to. */
export type LastRun = Pick<ListedEntry, 'id' | 'at' | 'elapsedMs' | 'rows' | 'outcome'>;

/** The last runs of exactly this statement in this keyspace, the oldest first. @param history newest first */
export function lastRuns(
  history: readonly ListedEntry[],
  { statement, keyspace }: Pick<ListedEntry, 'statement' | 'keyspace'>,
): readonly LastRun[] {
  const wanted = statement.trim();
  return history
    .filter((entry) => entry.keyspace === keyspace && entry.statement.trim() === wanted)
    .slice(0, MOST_RUNS)
    .toReversed();
}

export const OUTCOME_WORDS: Readonly<Record<RunOutcome, string>> = {
  complete: 'complete',
  paused: 'paused',
  stopped: 'stopped',
  failed: 'failed',
  done: 'done',
  schema_change: 'schema changed',
};

/** `14 ms · 268 rows · complete`. */
export function runWords({ elapsedMs, rows, outcome }: LastRun): string {
  return [formatElapsed(elapsedMs), plural(rows, 'row'), OUTCOME_WORDS[outcome]].join(' · ');
}

/** `5 runs: 12 ms to 40 ms, the last 14 ms`. */
export function runsWords(runs: readonly LastRun[]): string {
  const times = runs.map(({ elapsedMs }) => elapsedMs);
  const ends = [Math.min(...times), Math.max(...times)].map(formatElapsed).join(' to ');
  return `${plural(runs.length, 'run')}: ${ends}, the last ${formatElapsed(times.at(-1) ?? 0)}`;
}

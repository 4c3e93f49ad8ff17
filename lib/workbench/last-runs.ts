import type { LastRun } from '@/lib/contract/history';
import { runEndOf } from '@/lib/contract/run-ends';
import { formatElapsed, plural } from '@/lib/text/format';
import { END_WORDS } from './outcome-words';

/** `14 ms · 268 rows · complete`. */
export function runWords({ elapsedMs, rows, ...run }: LastRun): string {
  return [formatElapsed(elapsedMs), plural(rows, 'row'), END_WORDS[runEndOf(run)].word].join(' · ');
}

/** `5 runs: 12 ms to 40 ms, the last 14 ms`. */
export function runsWords(runs: readonly LastRun[]): string {
  const times = runs.map(({ elapsedMs }) => elapsedMs);
  const ends = [Math.min(...times), Math.max(...times)].map(formatElapsed).join(' to ');
  return `${plural(runs.length, 'run')}: ${ends}, the last ${formatElapsed(times.at(-1) ?? 0)}`;
}

import type { DryCounts, LoadProblem } from '@/lib/contract/load';
import type { SourceOptions } from '@/lib/contract/load-sources';
import type { RowBinder } from '@/lib/transform/row-binder';
import { DryRunLines } from './dry-run-lines';
import type { Source } from './records';

/** What a dry run came to. */
export interface DryRunReport {
  readonly counts: DryCounts;
  readonly problems: readonly LoadProblem[];
  readonly sha256: string | null;
  /** Why the input could not be read to its end. */
  readonly message: string | null;
}

/** A dry run over one source, as a load over one file makes it. */
export async function dryRunOf(
  source: Source,
  { binder, format, keySlots }: { binder: RowBinder; format: SourceOptions['format']; keySlots?: number | undefined },
): Promise<DryRunReport> {
  const open = () => Promise.resolve({ name: 'file', header: null, source });
  const inputs = { count: 1, totalBytes: null, isLasting: false, open, check: () => undefined };
  const { signal } = new AbortController();
  const running = { inputs, binder, source: { format }, signal };
  const problems: LoadProblem[] = [];
  for await (const line of new DryRunLines(running, keySlots).lines()) {
    if ('problems' in line) problems.push(...line.problems);
    if ('end' in line) return { problems, ...line.end };
  }
  throw new Error('a dry run without an end');
}

import type { DryCounts, LoadDuplicate, LoadProblem } from '@/lib/contract/load';
import type { SourceOptions } from '@/lib/contract/load-sources';
import type { RowBinder } from '@/lib/transform/row-binder';
import type { CqlTable } from '@/lib/wire/file-format';
import { DryRunLines } from './dry-run-lines';
import type { Source } from './records';

/** What a dry run came to. */
export interface DryRunReport {
  readonly counts: DryCounts;
  readonly problems: readonly LoadProblem[];
  readonly duplicates: readonly LoadDuplicate[];
  readonly sha256: string | null;
  /** Why the input could not be read to its end. */
  readonly message: string | null;
}

interface Trying {
  readonly binder: RowBinder;
  readonly columns: CqlTable['columns'];
  readonly format: SourceOptions['format'];
  readonly keySlots?: number | undefined;
}

/** A dry run over one source, as a load over one file makes it. */
export async function dryRunOf(source: Source, { binder, columns, format, keySlots }: Trying): Promise<DryRunReport> {
  const open = () => Promise.resolve({ name: 'file', header: null, source });
  const inputs = { count: 1, totalBytes: null, isLasting: false, open, check: () => undefined };
  const { signal } = new AbortController();
  const running = { inputs, binder, columns, source: { format }, signal };
  const [problems, duplicates]: [LoadProblem[], LoadDuplicate[]] = [[], []];
  for await (const line of new DryRunLines(running, keySlots).lines()) {
    if ('problems' in line) problems.push(...line.problems);
    if ('duplicates' in line) duplicates.push(...line.duplicates);
    if ('end' in line) return { problems, duplicates, ...line.end };
  }
  throw new Error('a dry run without an end');
}

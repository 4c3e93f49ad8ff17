import 'server-only';
import type { DryRun, LoadFailure } from '@/lib/contract/load-reports';
import type { Bound, Write } from '@/lib/transform/fields';
import type { RowBinder } from '@/lib/transform/row-binder';
import { badRecordFailure, problemFailure, sourceFailure } from './failures';
import { KeyHash, KeySet } from './key-set';
import { type LoadRecord, type Source, SourceError, type SourceItem } from './records';

/** Failures and duplicates that a report lists; the rest are counted. */
const LISTED = 100;

export interface DryRunOptions {
  /** Called after each batch, with the report so far. */
  readonly onProgress?: (report: DryRun) => void;
  /** Slots for keys, for tests. */
  readonly keySlots?: number;
}

/**
 * Reads a whole source, types every record and looks for primary keys that come twice; writes nothing. A source that ends
 * early is part of the report; what the signal of the source stops is thrown.
 */
export async function dryRun(source: Source, binder: RowBinder, options: DryRunOptions = {}): Promise<DryRun> {
  const run = new Run(source, binder, options.keySlots);
  try {
    for await (const batch of source) {
      for (const item of batch) run.take(item);
      options.onProgress?.(run.report(null, null));
    }
    return run.report(source.sha256(), null);
  } catch (error) {
    if (error instanceof SourceError) return run.report(null, error);
    throw error;
  }
}

class Run {
  private records = 0;
  private rows = 0;
  private failed = 0;
  private duplicates = 0;
  private readonly failures: LoadFailure[] = [];
  private readonly first: DryRun['duplicates']['first'] = [];
  private readonly keys: KeySet;
  private readonly hash = new KeyHash();

  constructor(
    private readonly source: Source,
    private readonly binder: RowBinder,
    keySlots: number | undefined,
  ) {
    this.keys = new KeySet(keySlots);
  }

  take(item: SourceItem): void {
    this.records++;
    if (item.kind === 'bad') this.fail(badRecordFailure(item));
    else {
      const bound = this.binder.bind(item);
      if (bound.kind === 'problem') this.fail(problemFailure(item, bound));
      else this.pass(item, bound);
    }
  }

  report(sha256: string | null, error: SourceError | null): DryRun {
    return {
      records: this.records,
      rows: this.rows,
      failed: this.failed,
      failures: [...this.failures],
      duplicates: { count: this.duplicates, first: [...this.first], unchecked: this.keys.missedKeys },
      bytes: this.source.bytesRead,
      sha256,
      error: error === null ? null : sourceFailure(error),
    };
  }

  private pass(record: LoadRecord, { writes }: Bound): void {
    this.rows++;
    const [write] = writes;
    if (write !== undefined && !write.isStatic) this.seek(record, write);
  }

  private fail(failure: LoadFailure): void {
    this.failed++;
    if (this.failures.length < LISTED) this.failures.push(failure);
  }

  private seek({ number, line }: LoadRecord, { values }: Write): void {
    this.hash.reset();
    for (const [at, value] of values.entries()) {
      if (this.binder.isKey(at)) this.hash.part(value ?? new Uint8Array());
      // The statements of one exported row have the same key and different columns.
      else if (this.source.form === 'literal' && value !== undefined) this.hash.mark(at);
    }
    const firstRecord = this.keys.add(this.hash.finish(), number);
    if (firstRecord === 0) return;
    this.duplicates++;
    if (this.first.length < LISTED) this.first.push({ record: number, line, firstRecord });
  }
}

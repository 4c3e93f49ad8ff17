import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import type { ScanLimits } from '@/lib/contract/scans';
import type { ExportSource } from '@/lib/export/source';
import type { Moment } from './progress-line';
import type { FileKind } from './target';

/** An export that is planned and ready to run. */
export interface ExportRun {
  readonly cluster: Cluster;
  readonly source: ExportSource;
  readonly kind: FileKind;
  readonly limits: ScanLimits;
  readonly signal: AbortSignal;
  /** Called once there is progress to watch. */
  readonly watch: (now: () => Moment) => void;
}

export interface Finished {
  readonly rows: number;
  readonly bytes: number;
  /** Of the file; null for a directory of several. */
  readonly sha256: string | null;
  /** Warnings from the cluster. */
  readonly warnings: readonly string[];
}

/** Where an export's bytes go. */
export interface Destination {
  /**
   * Checks that it can be used, before anything is requested from Cassandra.
   * @throws UsageError
   */
  prepare(): Promise<void>;
  /** Writes all rows. If it throws, {@link aftermath} tells what happened to the bytes already written. */
  run(job: ExportRun): Promise<Finished>;
  aftermath(canGoOn: boolean): string[];
  /** Whether a thread waits for a reader, which would delay the end of the process. */
  isBlocked(): boolean;
}

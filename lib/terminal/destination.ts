import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import type { ScanLimits } from '@/lib/contract/scans';
import type { ExportSource } from '@/lib/export/source';
import type { Moment } from './progress-line';
import type { FileKind } from './target';

/** An export that has been worked out. */
export interface Job {
  readonly cluster: Cluster;
  readonly source: ExportSource;
  readonly kind: FileKind;
  readonly limits: ScanLimits;
  readonly signal: AbortSignal;
  /** Told once there is something to watch. */
  readonly watch: (now: () => Moment) => void;
}

export interface Finished {
  readonly rows: number;
  readonly bytes: number;
  /** Of the file; null where it is many. */
  readonly sha256: string | null;
  /** What the cluster had to say. */
  readonly warnings: readonly string[];
}

/** A place for an export's bytes. */
export interface Destination {
  /**
   * Looks whether it can be used, before anything is asked of Cassandra.
   * @throws UsageError
   */
  prepare(): Promise<void>;
  /** Writes all rows. Whatever it throws, {@link aftermath} then tells what has become of what was written. */
  run(job: Job): Promise<Finished>;
  aftermath(canGoOn: boolean): string[];
  /** Does a thread wait for a reader? It would hold up the end of the process. */
  isBlocked(): boolean;
}

import { countRows } from '@/lib/client/count';
import { type ErrorText, errorText } from '@/lib/client/error-text';
import { ApiFailure } from '@/lib/client/http';
import type { CountRequest } from '@/lib/contract/reads';
import type { ScanProgress } from '@/lib/contract/scans';
import { Listeners } from '@/lib/listeners';
import { NOT_READ, type ReadState } from './read-state';
import type { FollowedReader } from './running-reads';

/** `idle`: not started. Only `counted` knows how many rows there are; `stopped` and `failed` know how far it got. */
export type Counting =
  | { readonly state: 'idle' }
  | { readonly state: 'counting' | 'stopped'; readonly progress: ScanProgress | null }
  | { readonly state: 'failed'; readonly progress: ScanProgress | null; readonly error: ErrorText }
  | { readonly state: 'counted'; readonly rows: number; readonly elapsedMs: number; readonly statement: string };

const PHASES: Readonly<Record<Counting['state'], ReadState['phase']>> = {
  idle: 'idle',
  counting: 'reading',
  stopped: 'stopped',
  failed: 'failed',
  counted: 'complete',
};

/** Counts the rows of one request on demand. It goes on without a view of it, like a read to the end. */
export class RowCount implements FollowedReader {
  readonly what = 'Count';
  readonly source;
  private counting: Counting = { state: 'idle' };
  private running: AbortController | undefined;
  private readonly listeners = new Listeners();
  readonly subscribe = this.listeners.subscribe;
  readonly getCounting = (): Counting => this.counting;

  constructor(
    private readonly cluster: string,
    private readonly request: CountRequest,
  ) {
    this.source = { key: countKey(cluster, request), label: `${request.keyspace}.${request.table}` };
  }

  getState() {
    const { counting } = this;
    const reading: ReadState = { ...NOT_READ, phase: PHASES[counting.state], mode: 'on', rows: this.rows };
    return { reading };
  }

  getProgress() {
    const progress = 'progress' in this.counting ? this.counting.progress : null;
    return { fraction: progress?.ringFraction ?? null, rowsPerSecond: progress?.rowsPerSecond ?? null };
  }

  /** Counts from the first row, also if it has counted before. */
  start(): void {
    this.stop();
    const controller = new AbortController();
    this.running = controller;
    void this.count(controller);
  }

  stop(): void {
    this.running?.abort();
  }

  dispose(): void {
    this.stop();
  }

  private get rows(): number {
    if (this.counting.state === 'counted') return this.counting.rows;
    return 'progress' in this.counting ? (this.counting.progress?.rows ?? 0) : 0;
  }

  private async count(controller: AbortController): Promise<void> {
    const { signal } = controller;
    let progress: ScanProgress | null = null;
    const show = (counting: Counting) => {
      if (this.running !== controller) return;
      this.counting = counting;
      this.listeners.notify();
    };
    show({ state: 'counting', progress });
    try {
      for await (const line of countRows(this.cluster, this.request, signal)) {
        if ('progress' in line) progress = line.progress;
        if ('progress' in line) show({ state: 'counting', progress });
        else if ('end' in line) show({ state: 'counted', ...line.end });
        else show({ state: 'failed', progress, error: errorText(new ApiFailure(line.error, 0)) });
      }
    } catch (error) {
      show(signal.aborted ? { state: 'stopped', progress } : { state: 'failed', progress, error: errorText(error) });
    }
  }
}

/** Two counts with one key are the same count. */
export function countKey(cluster: string, request: CountRequest): string {
  return JSON.stringify(['count', cluster, request]);
}

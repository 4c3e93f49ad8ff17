import { runEach, stopEach } from '@/lib/client/each';
import { ApiFailure } from '@/lib/client/http';
import type { ApiError } from '@/lib/contract/errors';
import type {
  EachFault,
  EachLine,
  EachOutcome,
  EachProgress,
  EachRequest,
  EachResult,
} from '@/lib/contract/parameters';
import { Listeners } from '@/lib/listeners';

export interface EachState {
  readonly phase: 'running' | 'stopping' | 'ended' | 'broken';
  /** The latest count; after the connection broke, rows may have run that it does not have. */
  readonly progress: EachProgress | null;
  readonly outcome: EachOutcome | null;
  /** Rows that failed, in the order in which they did. The array grows: it is never copied. */
  readonly faults: readonly EachFault[];
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly results: readonly EachResult[];
  /** Why it could not start, or broke. */
  readonly error: ApiError | null;
}

/** One run of a statement for each row of a list. It lives outside of components: what was sent cannot be taken back. */
export class EachSession {
  readonly #faults: EachFault[] = [];
  readonly #results: EachResult[] = [];
  readonly #left = new AbortController();
  readonly #listeners = new Listeners();
  #state: EachState = {
    ...{ phase: 'running', progress: null, outcome: null, columns: [], error: null },
    faults: this.#faults,
    results: this.#results,
  };

  constructor(
    private readonly cluster: string,
    private readonly request: EachRequest,
  ) {}

  readonly getState = (): EachState => this.#state;

  readonly subscribe = this.#listeners.subscribe;

  async run(): Promise<void> {
    try {
      for await (const line of runEach(this.cluster, this.request, this.#left.signal)) this.#take(line);
    } catch (error) {
      if (this.#left.signal.aborted) return;
      this.#set({ phase: 'broken', error: apiErrorOf(error) });
    }
  }

  /** Nothing more is sent; what is in flight is still counted. */
  async stop(): Promise<void> {
    if (this.#state.phase !== 'running') return;
    this.#set({ phase: 'stopping' });
    try {
      await stopEach(this.cluster, this.request.id);
    } catch {
      // The server cannot be reached to be asked: leaving the stream stops it as well, but nothing more is counted.
      this.#left.abort();
      this.#set({ phase: 'broken', error: UNCOUNTED });
    }
  }

  /** The page leaves: the server sends nothing more. */
  dispose(): void {
    this.#left.abort();
  }

  #take(line: EachLine): void {
    if ('faults' in line) this.#faults.push(...line.faults);
    if ('results' in line) this.#results.push(...line.results);
    if ('columns' in line) this.#set({ columns: line.columns });
    if ('progress' in line) this.#set({ progress: line.progress });
    if ('error' in line) this.#set({ phase: 'broken', error: line.error });
    if ('end' in line) this.#set({ phase: 'ended', ...line.end });
  }

  #set(change: Partial<EachState>): void {
    this.#state = { ...this.#state, ...change };
    this.#listeners.notify();
  }
}

const UNCOUNTED: ApiError = {
  code: 'server_error',
  message: 'Ringside’s server could not be asked to stop, so the connection was closed. It sends nothing more.',
  hint: 'Rows that were in flight are not counted: check them before you run the list again.',
  retryable: false,
};

function apiErrorOf(error: unknown): ApiError {
  if (error instanceof ApiFailure) return error.error;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'internal_error', message: 'Something went wrong on this page.', detail, retryable: false };
}

/** How many rows of a list were sent: they are sent in order, so those after them were not. */
export function sentRows({ progress }: EachState): number {
  if (progress === null) return 0;
  const { done, refused, unknown, inFlight } = progress;
  return done + refused + unknown + inFlight;
}

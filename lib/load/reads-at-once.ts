import 'server-only';
import { toFailure } from '@/lib/cassandra/client/errors';
import { Adapting, SLOW_DOWN } from '@/lib/each/adapting';

/** Reads in flight at most, of one read-back. */
const MOST_AT_ONCE = 64;
/** A cluster that was busy may be free later. */
const GROW_AGAIN_MS = 2_000;
const PAUSES_MS = [200, 400, 800, 1_600, 3_200] as const;

/** As many reads of single rows in flight as make the whole faster. One that a busy cluster fails is sent again later. */
export class ReadsAtOnce {
  readonly #pace = new Adapting(MOST_AT_ONCE, performance.now(), GROW_AGAIN_MS);
  readonly #waiting: (() => void)[] = [];
  #inFlight = 0;

  /** @throws what `read` throws; the signal's reason */
  async run<Result>(read: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    while (this.#inFlight >= this.#pace.atOnce) await new Promise<void>((wake) => this.#waiting.push(wake));
    this.#inFlight++;
    try {
      return await this.#read(read, signal);
    } finally {
      this.#inFlight--;
      for (const wake of this.#waiting.splice(0, this.#pace.atOnce - this.#inFlight)) wake();
    }
  }

  /** For a list of any length. The first failure ends it. */
  async all<Item>(items: readonly Item[], read: (item: Item) => Promise<void>, signal: AbortSignal): Promise<void> {
    const waiting = items.values();
    const worker = async () => {
      for (const item of waiting) await this.run(() => read(item), signal);
    };
    await Promise.all(Array.from({ length: Math.min(MOST_AT_ONCE, items.length) }, worker));
  }

  async #read<Result>(read: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    for (let attempt = 0; ; attempt++) {
      signal.throwIfAborted();
      try {
        const result = await read();
        this.#pace.answered(performance.now());
        return result;
      } catch (error) {
        const { code } = toFailure(error).error;
        const pauseMs = PAUSES_MS[attempt];
        if (!SLOW_DOWN.has(code) || pauseMs === undefined || signal.aborted) throw error;
        this.#pace.backOff(performance.now());
        await paused(pauseMs, signal);
      }
    }
  }
}

/** Ends early when the signal is aborted. */
function paused(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}

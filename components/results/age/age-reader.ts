import type { TablePlace } from '@/lib/client/place';
import type { KeyPlaces } from '@/lib/cql/row-key';
import { rowAt } from '@/lib/grid/page-window';
import { Listeners } from '@/lib/listeners';
import type { ResultReader } from '@/lib/reader/result-reader';
import { type Age, type AgedColumn, type AgeRead, agesIn, planAgeReads } from './age-plan';
import { readAll } from './read-all';

export interface AgesState {
  /** By row of the window, then by which value of the row; a row that is not here has not been read. */
  readonly ages: ReadonlyMap<number, ReadonlyMap<number, Age | null>>;
  readonly reading: boolean;
  readonly error: string | null;
  /** A statement that was sent, for the person to see. */
  readonly statement: string | null;
}

/** Reads at a time: the rows in view are wanted soon, but nobody else should notice. */
const AT_ONCE = 4;
/** While somebody scrolls nothing is asked. */
const REST_MS = 150;
/** Rows whose ages are kept; those nearest to the view. */
const MOST_ROWS = 1_000;

/** Reads the ages of the rows in view, and stops reading those that have left it. */
export class AgeReader {
  private state: AgesState = { ages: new Map(), reading: false, error: null, statement: null };
  private readonly listeners = new Listeners();
  private readonly running = new Map<AgeRead, AbortController>();
  private waiting: AgeRead[] = [];
  private rest: ReturnType<typeof setTimeout> | undefined;
  private leave: (() => void)[] = [];

  constructor(
    private readonly rows: ResultReader,
    private readonly place: TablePlace,
    private readonly key: KeyPlaces,
    private readonly columns: readonly AgedColumn[],
  ) {}

  readonly getState = (): AgesState => this.state;

  readonly subscribe = this.listeners.subscribe;

  start(): void {
    const look = () => {
      clearTimeout(this.rest);
      this.rest = setTimeout(() => this.look(), REST_MS);
    };
    this.leave = [this.rows.subscribeView(look), this.rows.subscribe(look)];
    this.look();
  }

  dispose(): void {
    clearTimeout(this.rest);
    for (const leave of this.leave) leave();
    this.waiting = [];
    for (const read of this.running.keys()) this.drop(read);
  }

  /** Tries again after a failure. */
  retry(): void {
    this.set({ error: null });
    this.look();
  }

  private look(): void {
    if (this.state.error !== null || this.columns.length === 0) return;
    const { first, last } = this.rows.getView();
    const { window } = this.rows.getState();
    const inView = (read: AgeRead) => [...read.rows.values()].some((row) => row >= first && row <= last);
    for (const read of this.running.keys()) if (!inView(read)) this.drop(read);
    const asked = new Set([...this.running.keys()].flatMap(({ rows }) => [...rows.values()]));
    const missing = [];
    for (let row = first; row <= last; row += 1) {
      const values = rowAt(window, row);
      if (values != null && !this.state.ages.has(row) && !asked.has(row)) missing.push({ row, values });
    }
    this.waiting = [...planAgeReads(this.place, this.key, this.columns, missing)];
    this.readNext();
  }

  private readNext(): void {
    while (this.running.size < AT_ONCE) {
      const read = this.waiting.shift();
      if (read === undefined) break;
      void this.read(read);
    }
    const reading = this.running.size > 0;
    if (reading !== this.state.reading) this.set({ reading });
  }

  private async read(read: AgeRead): Promise<void> {
    const abort = new AbortController();
    this.running.set(read, abort);
    this.set({ statement: read.statement });
    try {
      const { statement, params } = read;
      this.keep(
        read,
        agesIn(read, await readAll(this.place.cluster, { statement, params: [...params] }, abort.signal)),
      );
    } catch (cause) {
      if (!abort.signal.aborted) this.fail(cause);
    }
    this.running.delete(read);
    this.readNext();
  }

  /** Forgotten at once: its rows may be wanted again before it has ended. */
  private drop(read: AgeRead): void {
    this.running.get(read)?.abort();
    this.running.delete(read);
  }

  private fail(cause: unknown): void {
    this.waiting = [];
    this.set({ error: cause instanceof Error ? cause.message : String(cause) });
  }

  private keep(read: AgeRead, found: ReturnType<typeof agesIn>): void {
    const ages = new Map(this.state.ages);
    for (const row of read.rows.values()) {
      // A row without an answer is gone: it is not requested again and again.
      ages.set(row, new Map([...(ages.get(row) ?? []), ...(found.get(row) ?? [])]));
    }
    this.set({ ages: this.nearest(ages) });
  }

  private nearest(
    ages: Map<number, ReadonlyMap<number, Age | null>>,
  ): ReadonlyMap<number, ReadonlyMap<number, Age | null>> {
    if (ages.size <= MOST_ROWS) return ages;
    const { first, last } = this.rows.getView();
    const middle = (first + last) / 2;
    const kept = [...ages].sort(([a], [b]) => Math.abs(a - middle) - Math.abs(b - middle));
    return new Map(kept.slice(0, MOST_ROWS));
  }

  private set(change: Partial<AgesState>): void {
    this.state = { ...this.state, ...change };
    this.listeners.notify();
  }
}

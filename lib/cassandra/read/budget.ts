import 'server-only';
import type { PersonLimits } from '@/lib/rights/limits';
import { Failure } from '../../failure';
import {
  type BudgetLimits,
  type BudgetState,
  beginNext,
  letGo,
  NOTHING_UNDER_WAY,
  nextLateMs,
  waitsFor,
  want,
} from './budget-turns';
import { currentWork, type LimitedWork } from './limited-work';

/** Reads that may wait at the same time. More would wait longer than anyone is willing to. */
export const MOST_WAITING = 100;

/**
 * A request that the driver gave up on stays counted until the server stops working on it, at its own timeout
 * (`range_request_timeout`, 10 s by default).
 */
const SERVER_GIVES_UP_MS = 10_000;

/** The state of a cluster's budget: plain data, so that all instances of this module share it. */
export interface BudgetRoom {
  state: BudgetState;
  lastId: number;
  /** What has been read since the process started. */
  readonly taken: { pages: number; rows: number; bytes: number };
  /** Starts each of the waiting pages. */
  readonly begin: Map<number, () => void>;
  timer: NodeJS.Timeout | undefined;
}

export function emptyRoom(): BudgetRoom {
  return {
    state: NOTHING_UNDER_WAY,
    lastId: 0,
    taken: { pages: 0, rows: 0, bytes: 0 },
    begin: new Map(),
    timer: undefined,
  };
}

/** One for each cluster: every page of rows that Ringside requests from it passes through here. */
export class ReadBudget {
  readonly #room: BudgetRoom;
  readonly #limits: () => BudgetLimits;
  readonly #cluster: string;

  /** @param cluster its name, for the limits of whoever reads from it */
  constructor(room: BudgetRoom, limits: () => BudgetLimits, cluster = '') {
    this.#room = room;
    this.#limits = limits;
    this.#cluster = cluster;
  }

  /** Its current state. */
  get state(): BudgetState {
    return this.#room.state;
  }

  /** What has been read since the process started: requests that were answered, their rows, and bytes of their frames. */
  get taken(): Readonly<BudgetRoom['taken']> {
    return this.#room.taken;
  }

  /** Counts a page that has arrived. */
  take(rows: number, bytes: number): void {
    const { taken } = this.#room;
    taken.pages++;
    taken.rows += rows;
    taken.bytes += bytes;
  }

  /** A new read, within the limits of what it is a part of. */
  reader(): BudgetReader {
    return new BudgetReader(this, ++this.#room.lastId, this.#cluster, currentWork());
  }

  /**
   * Waits for room for a page, then requests it.
   * @param bytes the page's expected bytes; null if unknown
   * @param signal gives up the place in the queue. A requested page stays counted until it arrives: the server works on
   *   it whether or not anyone still wants it
   * @throws Failure `overloaded` when too many reads wait; the signal's reason; what `ask` throws
   */
  async page<T>(reader: number, bytes: number | null, signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    const id = await this.#turn(reader, bytes, signal);
    const sinceMs = performance.now();
    try {
      const page = await ask();
      this.#done(id);
      return page;
    } catch (error) {
      const leftMs = isGivenUp(error) ? sinceMs + SERVER_GIVES_UP_MS - performance.now() : 0;
      if (leftMs <= 0) this.#done(id);
      else setTimeout(() => this.#done(id), leftMs).unref();
      throw error;
    }
  }

  #turn(reader: number, bytes: number | null, signal: AbortSignal): Promise<number> {
    signal.throwIfAborted();
    const room = this.#room;
    // A read that has rows may continue: otherwise they would be lost.
    if (bytes === null && room.state.waiting.length >= MOST_WAITING) throw tooManyWait();
    const id = ++room.lastId;
    return new Promise<number>((resolve, reject) => {
      const leave = () => {
        room.begin.delete(id);
        this.#done(id);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      room.begin.set(id, () => {
        signal.removeEventListener('abort', leave);
        resolve(id);
      });
      room.state = want(room.state, { id, reader, bytes });
      this.#pump();
    });
  }

  #done(id: number): void {
    this.#room.state = letGo(this.#room.state, id);
    this.#pump();
  }

  /** Starts all pages that there is room for. */
  #pump(): void {
    const room = this.#room;
    clearTimeout(room.timer);
    const [limits, now] = [this.#limits(), performance.now()];
    for (let next = beginNext(room.state, limits, now); next !== null; next = beginNext(room.state, limits, now)) {
      room.state = next.state;
      const begin = room.begin.get(next.page.id);
      room.begin.delete(next.page.id);
      begin?.();
    }
    const lateMs = nextLateMs(room.state, limits, now);
    if (lateMs < Number.POSITIVE_INFINITY) room.timer = setTimeout(() => this.#pump(), lateMs).unref();
  }
}

/** One read, whose pages take turns with those of all other reads, within the limits of whoever reads. */
export class BudgetReader {
  readonly #budget: ReadBudget;
  readonly #id: number;
  readonly #cluster: string;
  readonly #work: LimitedWork | null;

  constructor(budget: ReadBudget, id: number, cluster = '', work: LimitedWork | null = null) {
    this.#budget = budget;
    this.#id = id;
    this.#cluster = cluster;
    this.#work = work;
  }

  /** What limits it. */
  get limits(): PersonLimits {
    return this.#work?.reading(this.#cluster) ?? {};
  }

  /** How many other reads it waits for; null if it does not wait. */
  readonly waitsFor = (): number | null => this.#work?.waitsFor ?? waitsFor(this.#budget.state, this.#id);

  /** Like {@link ReadBudget.page}. */
  page<T>(bytes: number | null, signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    return this.#budget.page(this.#id, bytes, signal, ask);
  }

  /**
   * Sends a request for so many rows when the limits allow it. Its turn in the budget comes after that, so that whoever has
   * used up a rate holds up nobody else.
   * @throws Failure as {@link LimitedWork.page}; the signal's reason; what `ask` throws
   */
  limited<T extends { readonly rows: number }>(rows: number, signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    if (this.#work === null) return ask();
    return this.#work.page({ cluster: this.#cluster, reader: this.#id, rows, signal }, ask);
  }

  /** Like {@link ReadBudget.take}. */
  take(rows: number, bytes: number): void {
    this.#budget.take(rows, bytes);
  }
}

function isGivenUp(error: unknown): boolean {
  return error instanceof Failure && error.error.code === 'request_timeout';
}

function tooManyWait(): Failure {
  return new Failure({
    code: 'overloaded',
    message: `${MOST_WAITING} other reads are already waiting for this cluster.`,
    hint: 'Try again when some of them have ended.',
    retryable: true,
  });
}

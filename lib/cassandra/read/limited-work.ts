import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setMaxListeners } from 'node:events';
import { Failure } from '@/lib/failure';
import { timeReached, tooManyReads } from '@/lib/rights/limit-texts';
import type { Limit, PersonLimits, WorkLimits } from '@/lib/rights/limits';
import { orAborted } from '../client/answer';
import { type LimitRooms, serverLimitRooms } from './limit-rooms';

/** How long a request waits for the other reads of its person; a job waits until it is its turn. */
export const MOST_WAIT_MS = 30_000;

interface WorkOptions {
  /** A principal's id. */
  readonly owner: string;
  readonly limits: WorkLimits;
  /** A job has no end in time, and waits for other reads as long as they take. */
  readonly kind: 'request' | 'job';
  /** Default: those of this server. */
  readonly rooms?: LimitRooms;
}

/** One request for rows that a reader wants to send. */
interface Wanted {
  readonly cluster: string;
  readonly reader: number;
  /** Rows that it asks for. */
  readonly rows: number;
  readonly signal: AbortSignal;
}

const NOTHING: PersonLimits = {};

/**
 * One piece of work of a person, such as a request or the run of a job, within the limits of their roles. All of its
 * readers together are one read. It ends when nobody is inside any more.
 */
export class LimitedWork {
  readonly #options: WorkOptions;
  readonly #rooms: LimitRooms;
  /** By cluster, once it has begun to read there. */
  readonly #begun = new Map<string, Promise<void>>();
  readonly #ends: (() => void)[] = [];
  readonly #late = new AbortController();
  #waitsFor: number | null = null;
  #inside = 0;

  constructor(options: WorkOptions) {
    this.#options = options;
    this.#rooms = options.rooms ?? serverLimitRooms();
    // Each request for rows listens.
    setMaxListeners(0, this.#late.signal);
  }

  get limits(): WorkLimits {
    return this.#options.limits;
  }

  reading(cluster: string): PersonLimits {
    return this.#options.limits.reading.get(cluster) ?? NOTHING;
  }

  writing(cluster: string): PersonLimits {
    return this.#options.limits.writing.get(cluster) ?? NOTHING;
  }

  /** How many other reads of its person it waits for; null if it does not wait. */
  get waitsFor(): number | null {
    return this.#waitsFor;
  }

  /** Keeps the work from ending. @returns ends that; more calls do nothing */
  enter(): () => void {
    this.#inside++;
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      this.#inside--;
      if (this.#inside === 0) for (const end of this.#ends.splice(0)) end();
    };
  }

  /**
   * Sends a request for rows as soon as the limits allow it.
   * @throws Failure `too_many_reads`, `limit_reached` when its time is over; the signal's reason; what `ask` throws
   */
  async page<T extends { readonly rows: number }>(wanted: Wanted, ask: () => Promise<T>): Promise<T> {
    const { cluster, signal } = wanted;
    const limits = this.reading(cluster);
    if (limits === NOTHING) return ask();
    await this.#begin(cluster, limits, signal);
    const { signal: late } = this.#late;
    late.throwIfAborted();
    if (limits.rowsPerSecond === undefined) return orAborted(ask(), late);
    return orAborted(this.#paced(wanted, limits.rowsPerSecond, ask), late);
  }

  /**
   * Waits until so many rows may be written, which count from then on.
   * @throws the signal's reason
   */
  async write(cluster: string, rows: number, signal: AbortSignal): Promise<void> {
    const limit = this.writing(cluster).rowsPerSecond;
    if (limit === undefined) return;
    const rate = this.#rooms.rate({ owner: this.#options.owner, cluster, side: 'writing' }, limit);
    await rate.turn(0, rows, signal);
    rate.came(rows, rows);
  }

  async #paced<T extends { readonly rows: number }>(wanted: Wanted, limit: Limit, ask: () => Promise<T>): Promise<T> {
    const { cluster, reader, rows: asked, signal } = wanted;
    const rate = this.#rooms.rate({ owner: this.#options.owner, cluster, side: 'reading' }, limit);
    await rate.turn(reader, asked, signal);
    let rows = 0;
    try {
      this.#late.signal.throwIfAborted();
      const page = await ask();
      rows = page.rows;
      return page;
    } finally {
      rate.came(asked, rows);
    }
  }

  /** Once for a cluster: takes a slot, and begins to count the time. */
  #begin(cluster: string, limits: PersonLimits, signal: AbortSignal): Promise<void> {
    const begun = this.#begun.get(cluster);
    if (begun !== undefined) return begun;
    const beginning = this.#enterSlot(cluster, limits.reads, signal).then(() =>
      this.#limitTime(limits.statementSeconds),
    );
    this.#begun.set(cluster, beginning);
    beginning.catch(() => this.#begun.delete(cluster));
    return beginning;
  }

  async #enterSlot(cluster: string, limit: Limit | undefined, signal: AbortSignal): Promise<void> {
    // What goes on after its request has nobody who would free the slot.
    if (limit === undefined || this.#inside === 0) return;
    const slots = this.#rooms.slots({ owner: this.#options.owner, cluster, side: 'reading' }, limit);
    if (slots.isCrowded) throw new Failure(tooManyReads(limit, null));
    const patience = new AbortController();
    const isPatient = this.#options.kind === 'job';
    const giveUp = () => patience.abort(new Failure(tooManyReads(limit, MOST_WAIT_MS)));
    const forget = isPatient ? () => undefined : this.#rooms.clock.after(MOST_WAIT_MS, giveUp);
    this.#waitsFor = slots.before;
    try {
      this.#atEnd(await slots.take(AbortSignal.any([signal, patience.signal])));
    } finally {
      this.#waitsFor = null;
      forget();
    }
  }

  /** The shortest counts where several clusters are read. */
  #limitTime(limit: Limit | undefined): void {
    if (limit === undefined || this.#options.kind === 'job') return;
    const end = () => this.#late.abort(new Failure(timeReached(limit)));
    this.#atEnd(this.#rooms.clock.after(limit.most * 1_000, end));
  }

  #atEnd(end: () => void): void {
    if (this.#inside === 0) end();
    else this.#ends.push(end);
  }
}

/** The bundler may make several instances of this module: they share what is under way. */
const KEY = Symbol.for('ringside.limited-work');

function scope(): AsyncLocalStorage<LimitedWork | null> {
  const global = globalThis as { [KEY]?: AsyncLocalStorage<LimitedWork | null> };
  global[KEY] ??= new AsyncLocalStorage();
  return global[KEY];
}

/** Does something within limits; null: without any. */
export async function withinLimits<T>(work: LimitedWork | null, run: () => T | Promise<T>): Promise<T> {
  const leave = work?.enter();
  try {
    return await scope().run(work, run);
  } finally {
    leave?.();
  }
}

/** The work that this is a part of; null: nothing limits it. */
export function currentWork(): LimitedWork | null {
  return scope().getStore() ?? null;
}

/** Runs what a stream does later within the limits of now. */
export function inThisWork(): <T>(run: () => T) => T {
  const work = currentWork();
  return (run) => scope().run(work, run);
}

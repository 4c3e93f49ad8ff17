import 'server-only';
import { randomUUID } from 'node:crypto';
import type { AuditEntry, AuditStanding } from '@/lib/contract/audit';
import { storageFailure } from '@/lib/jobs/storage-failure';

/** Lines that wait for a disk that does not take them; further ones are lost, and counted. */
const MOST_WAITING = 10_000;
const MOST_WAITING_BYTES = 16 * 1024 * 1024;
/** How long after a failure it is tried again, where no write asks before. */
const RETRY_MS = 2_000;

/** Where lines go: all of a batch, or none. */
export type AuditSink = (lines: Buffer) => Promise<void>;

interface Waiting {
  readonly line: Buffer;
  /** Nobody goes on before it is written; if it is not, what it announced does not happen. */
  readonly isAnnounced: boolean;
  readonly done: (isWritten: boolean) => void;
}

type Lost = NonNullable<AuditEntry['lost']>;

/**
 * Lines in their order, in batches. While they cannot be written they wait, as many as fit; how many were lost beyond that
 * is written as soon as lines can be.
 */
export class AuditLog {
  readonly #sink: AuditSink;
  readonly #where: string;
  readonly #onFailing: () => void;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #turn: Promise<void> | null = null;
  #retry: NodeJS.Timeout | undefined;
  #failing: AuditStanding['failing'] = null;
  #lost: Lost | null = null;
  readonly #counts = { lines: 0, lost: 0 };

  /**
   * @param where the lines go, for people
   * @param onFailing called when lines cannot be written any more
   */
  constructor(sink: AuditSink, where: string, onFailing: () => void = () => undefined) {
    this.#sink = sink;
    this.#where = where;
    this.#onFailing = onFailing;
  }

  get standing(): Pick<AuditStanding, 'failing' | 'lines' | 'lost'> {
    return { failing: this.#failing, ...this.#counts };
  }

  /** Adds a line. @returns whether it is written: false if it waits for the disk, or is lost */
  append(entry: AuditEntry): Promise<boolean> {
    return this.#add(entry, false);
  }

  /** Adds a line, or nothing at all. @returns whether it is written */
  announce(entry: AuditEntry): Promise<boolean> {
    return this.#add(entry, true);
  }

  /** Waits until lines that have been added are written, or that has failed. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  /** Tries to write what waits. */
  async close(): Promise<void> {
    await this.#turn;
    this.#begin();
    await this.#turn;
  }

  #add(entry: AuditEntry, isAnnounced: boolean): Promise<boolean> {
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    if (this.#waiting.length >= MOST_WAITING || this.#waitingBytes + line.length > MOST_WAITING_BYTES) {
      if (!isAnnounced) this.#lose(1);
      return Promise.resolve(false);
    }
    const written = new Promise<boolean>((done) => this.#waiting.push({ line, isAnnounced, done }));
    this.#waitingBytes += line.length;
    // While it fails, only what cannot go on without an answer makes it try at once.
    if (this.#failing === null || isAnnounced) this.#begin();
    return this.#failing === null || isAnnounced ? written : Promise.resolve(false);
  }

  #begin(): void {
    this.#turn ??= this.#run();
  }

  async #run(): Promise<void> {
    clearTimeout(this.#retry);
    // Lines of one moment are one batch.
    await Promise.resolve();
    while (this.#waiting.length > 0 || this.#lost !== null) {
      const batch = this.#waiting;
      const lost = this.#lost;
      const lines = batch.map(({ line }) => line);
      if (lost !== null) lines.push(Buffer.from(`${JSON.stringify(lostEntry(lost))}\n`));
      [this.#waiting, this.#waitingBytes] = [[], 0];
      try {
        await this.#sink(Buffer.concat(lines));
        this.#written(batch, lost);
      } catch (error) {
        this.#failed(batch, error);
        break;
      }
    }
    this.#turn = null;
  }

  #written(batch: readonly Waiting[], lost: Lost | null): void {
    if (this.#failing !== null) console.log(`Audit: it is written again to ${this.#where}.`);
    this.#failing = null;
    this.#counts.lines += batch.length + (lost === null ? 0 : 1);
    // More may have been lost while this was being written.
    if (lost !== null && this.#lost !== null) {
      const lines = this.#lost.lines - lost.lines;
      this.#lost = lines === 0 ? null : { ...this.#lost, lines };
    }
    for (const { done } of batch) done(true);
  }

  #failed(batch: readonly Waiting[], cause: unknown): void {
    const isNew = this.#failing === null;
    if (isNew) console.error('Audit: it cannot be written.', cause);
    this.#failing = { since: this.#failing?.since ?? new Date().toISOString(), why: whyOf(cause, this.#where) };
    const all = [...batch, ...this.#waiting];
    for (const { done } of all) done(false);
    const kept = all.filter(({ isAnnounced }) => !isAnnounced);
    this.#lose(kept.splice(MOST_WAITING).length);
    this.#waiting = kept;
    this.#waitingBytes = kept.reduce((bytes, { line }) => bytes + line.length, 0);
    this.#retry = setTimeout(() => this.#begin(), RETRY_MS).unref();
    if (isNew) this.#onFailing();
  }

  #lose(lines: number): void {
    if (lines === 0) return;
    const until = new Date().toISOString();
    const { lines: before = 0, since = until } = this.#lost ?? {};
    this.#lost = { lines: before + lines, since, until, why: this.#failing?.why ?? 'The disk is too slow.' };
    this.#counts.lost += lines;
  }
}

function lostEntry(lost: Lost): AuditEntry {
  return { id: randomUUID(), time: lost.since, event: 'lost', person: null, outcome: 'failed', lost };
}

function whyOf(cause: unknown, where: string): string {
  const isGone = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
  return isGone ? `The folder is gone (${where}).` : storageFailure(cause, where).error.message;
}

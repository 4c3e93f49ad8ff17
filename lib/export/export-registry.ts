import 'server-only';
import { randomUUID } from 'node:crypto';
import type { ApiError } from '@/lib/contract/errors';
import type { ExportProgress } from '@/lib/contract/exports';
import type { Principal } from '@/lib/contract/principal';
import type { ScanProgress } from '@/lib/contract/scans';
import { Failure } from '@/lib/failure';

/** Ended exports that are remembered, newest first. */
const MOST_ENDED = 100;
/** Exports at a time, so that a handful of clicks cannot keep a cluster busy. */
const MOST_RUNNING = 4;

const KEY = Symbol.for('ringside.exports');

export type ExportStart = Pick<
  ExportProgress,
  'cluster' | 'title' | 'statement' | 'format' | 'compression' | 'fileName'
>;
export type ExportStep = Partial<Pick<ExportProgress, 'rows' | 'bytes'>>;

/** One running or ended export. It ends once: anything reported later is ignored. */
export class ExportRecord {
  #progress: ExportProgress;
  readonly #startedAt = performance.now();
  readonly #controller = new AbortController();
  #scan: (() => ScanProgress) | null = null;

  constructor(
    id: string,
    start: ExportStart,
    /** Its owner; nobody else sees it. */
    readonly owner: Principal,
  ) {
    this.#progress = {
      ...start,
      id,
      state: 'running',
      rows: 0,
      bytes: 0,
      pages: 0,
      ringFraction: null,
      token: null,
      startedAt: new Date().toISOString(),
      endedAt: null,
      elapsedMs: 0,
      sha256: null,
      error: null,
      scan: null,
    };
  }

  get id(): string {
    return this.#progress.id;
  }

  /** Aborted when a person stops the export. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isRunning(): boolean {
    return this.#progress.state === 'running';
  }

  snapshot(): ExportProgress {
    return this.isRunning ? this.#now() : this.#progress;
  }

  /** Includes the scan's progress from now on. */
  follow(scan: () => ScanProgress): void {
    this.#scan = scan;
  }

  advance(step: ExportStep): void {
    if (this.isRunning) this.#progress = { ...this.#progress, ...step };
  }

  /** @param sha256 of the whole file; null if this download wrote only the rest of it */
  complete(sha256: string | null): void {
    this.#end({ state: 'complete', sha256 });
  }

  fail(error: ApiError): void {
    this.#end({ state: 'failed', error });
  }

  /** By a person, or because the reader of the file left. */
  stop(): void {
    this.#end({ state: 'stopped' });
    this.#controller.abort(new DOMException('The export was stopped.', 'AbortError'));
  }

  #end(outcome: Partial<ExportProgress>): void {
    if (!this.isRunning) return;
    this.#progress = { ...this.#now(), ...outcome, endedAt: new Date().toISOString() };
  }

  #now(): ExportProgress {
    const elapsedMs = performance.now() - this.#startedAt;
    const scan = this.#scan?.() ?? null;
    if (scan === null) return { ...this.#progress, elapsedMs };
    return { ...this.#progress, elapsedMs, scan, pages: scan.pages, ringFraction: scan.ringFraction };
  }
}

function records(): Map<string, ExportRecord> {
  const global = globalThis as { [KEY]?: Map<string, ExportRecord> };
  global[KEY] ??= new Map();
  return global[KEY];
}

/** @throws Failure when too many are running, or the id is taken */
export function beginExport(start: ExportStart, owner: Principal, id: string = randomUUID()): ExportRecord {
  const known = records();
  const running = [...known.values()].filter((record) => record.isRunning).length;
  if (running >= MOST_RUNNING) {
    throw new Failure({
      code: 'overloaded',
      message: `${MOST_RUNNING} exports are already running.`,
      hint: 'Wait for one to end, or stop one on the Exports page.',
      retryable: true,
    });
  }
  if (known.has(id)) {
    throw new Failure({
      code: 'invalid_request',
      message: 'An export with this id already exists.',
      retryable: false,
    });
  }
  const record = new ExportRecord(id, start, owner);
  known.set(id, record);
  forgetOldest(known);
  return record;
}

/** Remembers an export that could not start, so that whoever requested it can look up why by its id. */
export function rememberRefused(start: ExportStart, owner: Principal, id: string, error: ApiError): void {
  const known = records();
  if (known.has(id)) return;
  const record = new ExportRecord(id, start, owner);
  record.fail(error);
  known.set(id, record);
  forgetOldest(known);
}

/** A principal's exports, newest first. */
export function listExports(principal: Principal): ExportProgress[] {
  const own = [...records().values()].filter((record) => isThere(record, principal));
  return own.reverse().map((record) => record.snapshot());
}

/** @throws Failure `not_found`, even for an export that belongs to somebody else */
export function getExport(id: string, principal: Principal): ExportRecord {
  const record = records().get(id);
  if (record !== undefined && isThere(record, principal)) return record;
  throw new Failure({
    code: 'not_found',
    message: 'There is no export with this id.',
    hint: 'It has not started yet, or the server has restarted since.',
    retryable: true,
  });
}

function forgetOldest(known: Map<string, ExportRecord>): void {
  const ended = [...known.values()].filter((record) => !record.isRunning);
  for (const record of ended.slice(0, Math.max(0, ended.length - MOST_ENDED))) known.delete(record.id);
}

/** An API token for some clusters finds only the exports of those. */
function isThere(record: ExportRecord, { id, asker }: Principal): boolean {
  const clusters = asker?.narrowed?.clusters ?? null;
  return record.owner.id === id && (clusters === null || clusters.includes(record.snapshot().cluster));
}

import 'server-only';
import { rm } from 'node:fs/promises';
import { invalidRequest } from '@/lib/cassandra/client/failure';
import { getCluster } from '@/lib/cassandra/client/registry';
import type { BudgetReader } from '@/lib/cassandra/read/budget';
import type { ApiError } from '@/lib/contract/errors';
import type { Job, JobPart, JobState } from '@/lib/contract/jobs';
import type { ScanProgress } from '@/lib/contract/scans';
import { otherWriter } from '@/lib/jobs/directory-lock';
import { type JobEvent, nextState } from '@/lib/jobs/job-state';
import { openScan, progressBefore } from '@/lib/scan/scan';
import { aboutExport } from './about';
import { exportFailure } from './failures';
import { type JobFile, readJobFile, writeJobFile } from './job-file';
import { readManifest, readPartsState } from './parts-state';
import { planExport } from './source';
import { PartsWriter } from './write-parts';

type StopEvent = 'stand' | 'cancel' | 'wait';

/** Why a running job is stopped: its end will be that event. */
class Stop extends Error {
  constructor(readonly event: StopEvent) {
    super(`stopped: ${event}`);
  }
}

interface Standing {
  readonly parts: readonly JobPart[];
  readonly scan: ScanProgress | null;
}

/** One export that runs on the server: its state, kept on the disk, and while it runs its writer. */
export class ExportJob {
  readonly #directory: string;
  #file: JobFile;
  /** As it stood when it last stood still. */
  #standing: Standing;
  #writer: PartsWriter | null = null;
  #reader: BudgetReader | null = null;
  #startedAt = 0;
  #controller = new AbortController();
  #run: Promise<void> = Promise.resolve();
  #writing: Promise<void> = Promise.resolve();

  private constructor(directory: string, file: JobFile, parts: readonly JobPart[]) {
    this.#directory = directory;
    this.#file = file;
    this.#standing = { parts, scan: null };
  }

  /** A new one, whose directory exists. */
  static async create(directory: string, file: JobFile): Promise<ExportJob> {
    await writeJobFile(directory, file);
    return new ExportJob(directory, file, []);
  }

  /**
   * One of an earlier process, which goes on by itself when it ran then; null when the directory holds none.
   * @throws CassandraFailure when it cannot be understood
   */
  static async load(directory: string): Promise<ExportJob | null> {
    const file = await readJobFile(directory);
    if (file === null) return null;
    const parts = await partsIn(directory);
    const state = nextState(file.state, 'wait');
    if (state === null) return new ExportJob(directory, file, parts);
    const other = await otherWriter(directory);
    // Another Ringside runs it: it says so here, and nothing is written that would confuse the other.
    if (other !== null) return new ExportJob(directory, { ...file, state: 'paused', error: other.error }, parts);
    return new ExportJob(directory, { ...file, state }, parts);
  }

  get id(): string {
    return this.#file.id;
  }

  get state(): JobState {
    return this.#file.state;
  }

  get createdAt(): string {
    return this.#file.createdAt;
  }

  get directory(): string {
    return this.#directory;
  }

  snapshot(): Job {
    const { version: _version, request: _request, ...facts } = this.#file;
    const { parts, scan: begun } = this.#writer?.progress() ?? this.#standing;
    const scan = begun ?? (this.#writer === null || this.#reader === null ? null : progressBefore(this.#reader));
    const sum = (key: 'rows' | 'bytes') => parts.reduce((total, part) => total + part[key], 0);
    return {
      ...facts,
      ...{ directory: this.#directory, parts: [...parts], scan, rows: sum('rows'), bytes: sum('bytes') },
      elapsedMs: this.#file.elapsedMs + (this.state === 'running' ? performance.now() - this.#startedAt : 0),
    };
  }

  /**
   * Runs until it stands still for whatever reason, which its state then tells.
   * @param isRestart begun by a restart of Ringside: without a cluster it is paused and not failed
   */
  start(isRestart: boolean): Promise<void> {
    this.#controller = new AbortController();
    this.#startedAt = performance.now();
    this.#change('begin', { error: null, endedAt: null, startedAt: this.#file.startedAt ?? new Date().toISOString() });
    this.#run = this.#toItsEnd(isRestart);
    return this.#run;
  }

  async #toItsEnd(isRestart: boolean): Promise<void> {
    const { signal } = this.#controller;
    const [event, error] = await this.#work(signal).then(
      (): [JobEvent, null] => ['complete', null],
      (cause: unknown): [JobEvent, ApiError | null] => {
        // Whatever it fails with then, it fails because it was stopped.
        if (signal.reason instanceof Stop) return [signal.reason.event, null];
        const failure = exportFailure(cause);
        if (failure.error.code === 'internal_error') console.error(cause);
        const isLost = isRestart && failure.error.code === 'cluster_unreachable';
        return [isLost ? 'lose' : 'fail', failure.error];
      },
    );
    if (this.#writer !== null) this.#standing = this.#writer.progress();
    this.#writer = null;
    const elapsedMs = this.#file.elapsedMs + performance.now() - this.#startedAt;
    const isOver = event === 'complete' || event === 'cancel' || event === 'fail';
    this.#change(event, { error, elapsedMs, endedAt: isOver ? new Date().toISOString() : null });
    await this.#writing;
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { request } = this.#file;
    const cluster = getCluster(this.#file.cluster);
    const source = await planExport(cluster, request);
    const about = await aboutExport(cluster, source);
    const reader = cluster.reads.reader();
    this.#reader = reader;
    this.#writer = new PartsWriter({
      ...{ directory: this.#directory, format: source.format, compression: this.#file.compression, about },
      open: (resume, stop) => openScan({ ...source.plan, reader }, { limits: request.limits, resume }, stop),
    });
    await this.#writer.run(signal);
  }

  /**
   * Stops it, and waits until it stands still; one that has ended before stays ended.
   * @throws CassandraFailure `invalid_request` when it is over
   */
  async stop(event: StopEvent): Promise<void> {
    if (nextState(this.state, event) === null) throw this.#misfit(event);
    if (this.state !== 'running') this.#change(event, event === 'cancel' ? { endedAt: new Date().toISOString() } : {});
    this.#controller.abort(new Stop(event));
    await this.#run;
    await this.#writing;
  }

  /** @throws CassandraFailure `invalid_request` when it runs or is over, `storage_failed` when another Ringside runs it */
  async resume(): Promise<void> {
    if (nextState(this.state, 'resume') === null) throw this.#misfit('resume');
    await this.#checkOwner();
    this.#change('resume', { error: null, endedAt: null });
    await this.#writing;
  }

  /**
   * Removes its directory with all that is in it. It must not run.
   * @throws CassandraFailure `storage_failed` when another Ringside writes there
   */
  async remove(): Promise<void> {
    await this.#checkOwner();
    await this.#writing;
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #checkOwner(): Promise<void> {
    const other = await otherWriter(this.#directory);
    if (other !== null) throw other;
  }

  #change(event: JobEvent, facts: Partial<JobFile>): void {
    const state = nextState(this.state, event);
    if (state === null) return;
    this.#file = { ...this.#file, ...facts, state };
    const file = this.#file;
    // A full disk takes no state either: then this process alone knows it, and the next one begins from the last.
    const write = () => writeJobFile(this.#directory, file).catch((error: unknown) => console.error(error));
    this.#writing = this.#writing.then(write);
  }

  #misfit(event: JobEvent) {
    const word = event === 'stand' ? 'paused' : event === 'cancel' ? 'cancelled' : 'resumed';
    return invalidRequest(`A job that is ${this.state} cannot be ${word}.`);
  }
}

async function partsIn(directory: string): Promise<JobPart[]> {
  const state = await readPartsState(directory);
  if (state !== null) {
    return state.parts.map(({ name, rows, bytes, sha256, isComplete }) => {
      return { name, rows, bytes, sha256: isComplete ? sha256 : null };
    });
  }
  const manifest = await readManifest(directory);
  return (manifest?.parts ?? []).map(({ name, rows, bytes, sha256 }) => ({ name, rows, bytes, sha256 }));
}

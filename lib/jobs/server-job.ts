import 'server-only';
import { rm } from 'node:fs/promises';
import { toFailure } from '@/lib/cassandra/client/errors';
import { LimitedWork, withinLimits } from '@/lib/cassandra/read/limited-work';
import type { Asker } from '@/lib/contract/asker';
import type { ApiError, ErrorCode } from '@/lib/contract/errors';
import type { Job, JobState } from '@/lib/contract/jobs';
import { isActive } from '@/lib/contract/transfers';
import { type Failure, invalidRequest } from '@/lib/failure';
import { NO_LIMITS, type WorkLimits } from '@/lib/rights/limits';
import { otherWriter } from './directory-lock';
import { descriptionIn, type JobFile, readJobFile, writeJobFile } from './job-file';
import type { JobGuard, JobOrder } from './job-guard';
import { type CheckedKind, type JobProgress, unknownKind } from './job-kind';
import { type JobEvent, nextState } from './job-state';
import { Stop, type StopEvent } from './stop';
import { readStanding, standingOf } from './work-directory';

const PROGRESS_EVERY_MS = 250;

/** What somebody can put right: the job is paused for it. */
const WAITED_FOR: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['sign_in_needed', 'audit_unavailable']);

/** A job of this server: its state, which is kept on disk, and its progress while it runs. */
export class ServerJob {
  readonly #directory: string;
  /** Null if only another version of Ringside can run it. */
  readonly #kind: CheckedKind | null;
  #file: JobFile;
  #progress: () => JobProgress;
  #startedAt = 0;
  #controller = new AbortController();
  #run: Promise<void> = Promise.resolve();
  #writing: Promise<void> = Promise.resolve();

  private constructor(directory: string, kind: CheckedKind | null, file: JobFile, progress: JobProgress) {
    this.#directory = directory;
    this.#kind = kind;
    this.#file = file;
    this.#progress = () => progress;
  }

  /** A new job; its directory exists. */
  static async create(directory: string, kind: CheckedKind, file: JobFile): Promise<ServerJob> {
    await writeJobFile(directory, file);
    return new ServerJob(directory, kind, file, { ...standingOf([]), scan: null });
  }

  /**
   * A job of an earlier process, which resumes by itself if it was running; null if the directory has none.
   * @throws Failure when its file is not valid
   */
  static async load(directory: string, kinds: ReadonlyMap<string, CheckedKind>): Promise<ServerJob | null> {
    const file = await readJobFile(directory);
    if (file === null) return null;
    const kind = kinds.get(file.kind) ?? null;
    const standing = await (kind === null ? readStanding(directory) : kind.standing(directory));
    const job = (now: Partial<JobFile>) =>
      new ServerJob(directory, kind, { ...file, ...now }, { ...standing, scan: null });
    const state = nextState(file.state, 'wait');
    if (state === null) return job({});
    // Here it is paused and says why; its file stays unchanged, for the version or process that runs it.
    const other = kind === null ? unknownKind(file.kind) : await otherWriter(directory);
    return other === null ? job({ state }) : job({ state: 'paused', error: other.error });
  }

  get id(): string {
    return this.#file.id;
  }

  /** The name of its kind, which this version may not know. */
  get kind(): string {
    return this.#file.kind;
  }

  /** What it was asked to do, and by which rights. */
  get order(): JobOrder {
    const { kind, cluster, request, granted = null } = this.#file;
    return { kind, cluster, request, granted };
  }

  /** The id under which a second person approved it; undefined: nobody did. */
  get approval(): string | undefined {
    return this.#file.approval;
  }

  /** The principal's id. */
  get owner(): string {
    return this.#file.owner;
  }

  /** The name of the principal when they created it. */
  get ownerName(): string | undefined {
    return this.#file.ownerName;
  }

  get state(): JobState {
    return this.#file.state;
  }

  isPausedFor(code: ErrorCode): boolean {
    return this.state === 'paused' && this.#file.error?.code === code;
  }

  /** Whether it reads or writes one of these clusters and can be paused: what runs elsewhere has its own connections. */
  needs(clusters: ReadonlySet<string>): boolean {
    if (this.#kind === null || this.#kind.isPausable === false) return false;
    return clusters.has(this.#file.cluster) || clusters.has(this.#kind.otherCluster(this.#file.request) ?? '');
  }

  get createdAt(): string {
    return this.#file.createdAt;
  }

  get directory(): string {
    return this.#directory;
  }

  snapshot(): Job {
    const { id, kind, cluster, state, createdAt, startedAt, endedAt, error, maxRowsPerSecond, schedule } = this.#file;
    const { parts, ...progress } = this.#progress();
    return {
      ...descriptionIn(this.#file),
      id,
      kind,
      cluster,
      state,
      createdAt,
      startedAt,
      endedAt,
      error,
      directory: this.#directory,
      ...progress,
      parts: [...parts],
      ...(maxRowsPerSecond === undefined ? {} : { maxRowsPerSecond }),
      ...(schedule === undefined ? {} : { schedule }),
      elapsedMs: this.#file.elapsedMs + (state === 'running' ? performance.now() - this.#startedAt : 0),
    };
  }

  /** The job several times a second, until it has stopped or the signal is aborted. */
  async *watch(signal: AbortSignal): AsyncGenerator<Job, void, undefined> {
    while (!signal.aborted) {
      const now = this.snapshot();
      yield now;
      if (!isActive(now)) return;
      await new Promise((resolve) => setTimeout(resolve, PROGRESS_EVERY_MS));
    }
  }

  /**
   * Runs until it stops for any reason; its state then says which.
   * @param isRestart resumed by a restart of Ringside: without a cluster it is paused, not failed
   */
  start(isRestart: boolean, guard: JobGuard): Promise<void> {
    this.#controller = new AbortController();
    this.#startedAt = performance.now();
    this.#change('begin', { error: null, endedAt: null, startedAt: this.#file.startedAt ?? new Date().toISOString() });
    this.#run = this.#toItsEnd(isRestart, guard);
    return this.#run;
  }

  async #toItsEnd(isRestart: boolean, guard: JobGuard): Promise<void> {
    const { signal } = this.#controller;
    const [event, error] = await this.#work(signal, guard).then(
      (): [JobEvent, null] => ['complete', null],
      (cause: unknown): [JobEvent, ApiError | null] => {
        // Any failure from here on is the result of stopping it.
        if (signal.reason instanceof Stop) return [signal.reason.event, signal.reason.error];
        const failure = toFailure(cause);
        if (failure.error.code === 'internal_error') console.error(cause);
        const isLost = isRestart && failure.error.code === 'cluster_unreachable';
        return [isLost || WAITED_FOR.has(failure.error.code) ? 'lose' : 'fail', failure.error];
      },
    );
    const progress = this.#progress();
    this.#progress = () => progress;
    const elapsedMs = this.#file.elapsedMs + performance.now() - this.#startedAt;
    const isOver = event === 'complete' || event === 'cancel' || event === 'fail';
    this.#change(event, { error, elapsedMs, endedAt: isOver ? new Date().toISOString() : null });
    await this.#writing;
  }

  async #work(signal: AbortSignal, guard: JobGuard): Promise<void> {
    const limits = await this.#checked(guard);
    signal.throwIfAborted();
    const { cluster, request, owner: id, granted = null } = this.#file;
    const watch = (progress: () => JobProgress) => {
      this.#progress = progress;
    };
    const maxRowsPerSecond = () => this.#file.maxRowsPerSecond;
    const given = { owner: { id }, granted, cluster, request, directory: this.#directory };
    const run = { ...given, signal, maxRowsPerSecond, watch };
    await withinLimits(new LimitedWork({ owner: id, limits, kind: 'job' }), () => this.#known().run(run));
  }

  /** Stops it if its owner may no longer do it, and waits until it has stopped. Where that is not known it goes on. */
  async stopIfWithdrawn(guard: JobGuard): Promise<void> {
    if (this.#file.granted === undefined) return;
    const failure = await guard.check(this.order).then(
      () => null,
      (error: unknown) => toFailure(error).error,
    );
    if (failure?.code !== 'forbidden' || this.state !== 'running') return;
    await this.stop(this.#kind?.isPausable === false ? 'cancel' : 'stand', failure);
  }

  /** @throws Failure `forbidden` when its owner may not do it any more; it is paused then */
  async #checked(guard: JobGuard): Promise<WorkLimits> {
    if (this.#file.granted === undefined) return NO_LIMITS;
    try {
      return await guard.check(this.order);
    } catch (error) {
      const { error: failure } = toFailure(error);
      if (failure.code === 'forbidden') this.#controller.abort(new Stop('stand', failure));
      throw error;
    }
  }

  /**
   * Stops it and waits until it has stopped; a job that has ended stays ended.
   * @param error why, if not because a person wanted it
   * @throws Failure `invalid_request` when it is over, `storage_failed` when its kind is unknown
   */
  async stop(event: StopEvent, error: ApiError | null = null): Promise<void> {
    const kind = this.#known();
    if (event === 'stand' && kind.isPausable === false) {
      throw invalidRequest('This job runs elsewhere and cannot be paused.', 'Cancel it, which ends it there.');
    }
    if (nextState(this.state, event) === null) throw this.#misfit(event);
    if (this.state !== 'running') {
      this.#change(event, { error, ...(event === 'cancel' ? { endedAt: new Date().toISOString() } : {}) });
    }
    this.#controller.abort(new Stop(event, error));
    await this.#run;
    await this.#writing;
  }

  /**
   * @param asker whoever resumes it; the masks of its start stay
   * @throws Failure `invalid_request` when it is running or over, `storage_failed` when another Ringside runs it
   *   or its kind is unknown
   */
  async resume(asker: Asker | undefined): Promise<void> {
    this.#known();
    if (nextState(this.state, 'resume') === null) throw this.#misfit('resume');
    await this.#checkWriter();
    const { granted } = this.#file;
    const given = granted === undefined || asker === undefined ? {} : { granted: { ...granted, asker } };
    this.#change('resume', { error: null, endedAt: null, ...given });
    await this.#writing;
  }

  /**
   * Keeps the most rows a second; a run that goes on asks for it before its next rows.
   * @throws Failure `invalid_request` for a job without a rate, or that is over
   */
  async setRate(maxRowsPerSecond: number | null): Promise<void> {
    this.#known();
    if (this.#file.maxRowsPerSecond === undefined) throw invalidRequest('This job has no rate that can be changed.');
    if (this.state === 'complete' || this.state === 'cancelled') {
      throw invalidRequest(`This job is ${this.state}, so its rate cannot be changed.`);
    }
    this.#file = { ...this.#file, maxRowsPerSecond };
    this.#write();
    await this.#writing;
  }

  /**
   * Removes its directory with everything in it. It must not be running.
   * @throws Failure `storage_failed` when another Ringside is writing there
   */
  async remove(): Promise<void> {
    await this.#checkWriter();
    await this.#writing;
    await rm(this.#directory, { recursive: true, force: true });
  }

  #known(): CheckedKind {
    if (this.#kind === null) throw unknownKind(this.#file.kind);
    return this.#kind;
  }

  async #checkWriter(): Promise<void> {
    const other = await otherWriter(this.#directory);
    if (other !== null) throw other;
  }

  #change(event: JobEvent, facts: Partial<JobFile>): void {
    const state = nextState(this.state, event);
    if (state === null) return;
    this.#file = { ...this.#file, ...facts, state };
    this.#write();
  }

  #write(): void {
    const file = this.#file;
    // A full disk cannot store the state either: only this process knows it, and the next one starts from the last.
    const write = () => writeJobFile(this.#directory, file).catch((error: unknown) => console.error(error));
    this.#writing = this.#writing.then(write);
  }

  #misfit(event: JobEvent): Failure {
    const word = event === 'stand' ? 'paused' : event === 'cancel' ? 'cancelled' : 'resumed';
    return invalidRequest(`This job is ${this.state}, so it cannot be ${word}.`);
  }
}

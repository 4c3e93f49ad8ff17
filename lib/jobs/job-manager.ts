import 'server-only';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Asker } from '@/lib/contract/asker';
import type { ApiError, ErrorCode } from '@/lib/contract/errors';
import type { Job, JobAction } from '@/lib/contract/jobs';
import type { Principal } from '@/lib/contract/principal';
import { isActive } from '@/lib/contract/transfers';
import { Failure, invalidRequest } from '@/lib/failure';
import { OWNER_ONLY_DIRECTORY } from '@/lib/regular-file';
import type { Granted } from '@/lib/rights/granted';
import { isWithin } from '@/lib/rights/narrowed';
import { type JobGuard, NO_GUARD } from './job-guard';
import type { CheckedKind } from './job-kind';
import { ServerJob } from './server-job';
import { storageFailure } from './storage-failure';

/** Jobs in any state, all of which the page lists. */
const MOST_JOBS = 500;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A request to do something. */
export interface Order {
  /** The name of one of the manager's kinds. */
  readonly kind: string;
  /** The cluster's name. */
  readonly cluster: string;
  /** In the form of the kind's schema. */
  readonly request: unknown;
  /** Whose work it is, and their rights; absent where nobody signs in. */
  readonly granted?: Granted | undefined;
  /** The schedule that orders it. */
  readonly schedule?: NonNullable<Job['schedule']>;
  /** The id under which a second person approved it. */
  readonly approval?: string;
}

/** What is said of a job to whoever follows it. */
export type FollowedJob = Pick<Job, 'id' | 'kind' | 'cluster' | 'title' | 'statement' | 'consistency' | 'schedule'> &
  Partial<Pick<Job, 'rows' | 'bytes' | 'elapsedMs' | 'error'>> & {
    readonly owner: string;
    readonly ownerName?: string;
  };

/** Hears of all steps of all jobs. */
export interface JobFollower {
  /** A job is about to be created or resumed. What it throws keeps that from happening. */
  before(step: 'created' | 'resumed', job: FollowedJob): Promise<void>;
  /** A job began to run, or has come to rest in this state, or is removed. */
  after(step: 'started' | 'removed' | Job['state'], job: FollowedJob): void;
}

/**
 * The jobs of one directory, each in a subdirectory named after its id. Some run, the others wait. People see only their
 * own.
 */
export class JobManager {
  readonly directory: string;
  readonly #kinds: ReadonlyMap<string, CheckedKind>;
  readonly #atOnce: number;
  readonly #guard: JobGuard;
  readonly #jobs = new Map<string, ServerJob>();
  /** Jobs of an earlier process that have not run in this one. */
  readonly #recovered = new Set<string>();
  readonly #listeners = new Set<(job: Job) => void>();
  #follower: JobFollower | null = null;
  #recovery: Promise<void> | null = null;
  #isClosing = false;

  /**
   * @param kinds the known kinds; jobs of other kinds are listed and left alone
   * @param atOnce jobs that run at the same time, whoever owns them
   * @param guard default: everybody may do everything
   */
  constructor(directory: string, kinds: readonly CheckedKind[], atOnce: number, guard: JobGuard = NO_GUARD) {
    this.#kinds = new Map(kinds.map((kind) => [kind.name, kind]));
    this.directory = resolve(/* turbopackIgnore: true */ directory);
    this.#atOnce = atOnce;
    this.#guard = guard;
  }

  /** Finds the jobs of earlier processes; those that ran or waited resume. Runs once, however often it is called. */
  recover(): Promise<void> {
    this.#recovery ??= this.#find();
    return this.#recovery;
  }

  async #find(): Promise<void> {
    // Before the first job there is no directory.
    const entries = await readdir(this.directory, { withFileTypes: true }).catch(() => []);
    // Ringside never makes a link to a folder.
    const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    for (const name of names.filter((id) => UUID.test(id))) {
      try {
        const job = await ServerJob.load(join(this.directory, name), this.#kinds);
        if (job?.id !== name) continue;
        this.#jobs.set(name, job);
        this.#recovered.add(name);
      } catch (error) {
        console.error(error);
      }
    }
    this.#pump();
  }

  /** Newest first. */
  async list(principal: Principal): Promise<Job[]> {
    return (await this.all(principal)).map((job) => job.snapshot());
  }

  /** The same, each with what it was asked to do. */
  async all(principal: Principal): Promise<ServerJob[]> {
    await this.recover();
    return [...this.#jobs.values()]
      .filter((job) => isThere(job, principal))
      .toSorted(byAge)
      .reverse();
  }

  /** How many jobs there are of each kind in each state, whoever owns them; kinds of another version are `unknown`. */
  counts(): { readonly kind: string; readonly state: string; readonly jobs: number }[] {
    const counts = new Map<string, { kind: string; state: string; jobs: number }>();
    for (const job of this.#jobs.values()) {
      const kind = this.#kinds.has(job.kind) ? job.kind : 'unknown';
      const key = `${kind} ${job.state}`;
      counts.set(key, { kind, state: job.state, jobs: (counts.get(key)?.jobs ?? 0) + 1 });
    }
    return [...counts.values()];
  }

  /** @throws Failure `not_found`, even for somebody else's job, and for one beyond what the person's API token may do */
  async get(principal: Principal, id: string): Promise<ServerJob> {
    await this.recover();
    const job = this.#jobs.get(id);
    if (job !== undefined && isThere(job, principal)) return job;
    throw new Failure({ code: 'not_found', message: 'There is no job with this id.', retryable: false });
  }

  /**
   * Has its kind check the request, and starts the job as soon as it is its turn.
   * @throws Failure when it could not run, `overloaded`, `storage_failed`
   */
  async create(principal: Principal, order: Order): Promise<Job> {
    const { kind: name, cluster, request, granted, schedule, approval } = order;
    const kind = this.kind(name);
    await this.recover();
    this.#checkRoom();
    const plan = await kind.plan(cluster, request, { owner: principal, rights: granted?.rights ?? null });
    const id = randomUUID();
    const directory = join(this.directory, id);
    const ownedBy = ownerOf(principal.id, principal.name);
    const about = { id, kind: name, cluster, ...plan.description, ...ownedBy };
    await this.#follower?.before('created', schedule === undefined ? about : { ...about, schedule });
    try {
      await mkdir(directory, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
      const job = await ServerJob.create(directory, kind, {
        version: 1,
        id,
        kind: name,
        ...ownedBy,
        cluster,
        ...plan.description,
        request: plan.request,
        ...(plan.maxRowsPerSecond === undefined ? {} : { maxRowsPerSecond: plan.maxRowsPerSecond }),
        state: 'waiting',
        createdAt: new Date().toISOString(),
        startedAt: null,
        endedAt: null,
        elapsedMs: 0,
        error: null,
        ...(granted === undefined ? {} : { granted }),
        ...(schedule === undefined ? {} : { schedule }),
        ...(approval === undefined ? {} : { approval }),
      });
      this.#jobs.set(id, job);
      this.#pump();
      return job.snapshot();
    } catch (error) {
      throw storageFailure(error, this.directory);
    }
  }

  /** @throws Failure `invalid_request` for a kind that this version does not know */
  kind(name: string): CheckedKind {
    const kind = this.#kinds.get(name);
    if (kind !== undefined) return kind;
    throw invalidRequest(`There are no jobs of the kind “${name}”.`);
  }

  /** Calls `listener` with each job that has come to rest: it ended, or it was paused. */
  onRest(listener: (job: Job) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells `follower`, and nobody else, of every step from now on. */
  followedBy(follower: JobFollower): void {
    this.#follower = follower;
  }

  #rested(job: ServerJob): void {
    if (isActive(job)) return;
    const now = job.snapshot();
    this.#follower?.after(now.state, followed(job));
    for (const listener of this.#listeners) listener(now);
  }

  #checkRoom(): void {
    if (this.#jobs.size < MOST_JOBS) return;
    throw new Failure({
      code: 'overloaded',
      message: `There are already ${MOST_JOBS} jobs.`,
      hint: 'Delete some that have ended.',
      retryable: true,
    });
  }

  /**
   * Resolves when the job has the requested state.
   * @throws Failure `not_found`; `invalid_request` when the action does not fit its state
   */
  async act(principal: Principal, id: string, action: JobAction): Promise<Job> {
    const job = await this.get(principal, id);
    const { state } = job;
    if (action === 'resume') await this.#resume(job, principal.asker);
    else await job.stop(action === 'pause' ? 'stand' : 'cancel');
    this.#recovered.delete(id);
    // The end of a run is heard where it was started.
    if (state !== 'running') this.#rested(job);
    this.#pump();
    return job.snapshot();
  }

  async #resume(job: ServerJob, asker: Asker | undefined): Promise<void> {
    await this.#follower?.before('resumed', followed(job));
    await job.resume(asker);
  }

  /**
   * Sets the most rows a second, for the run of now and those to come.
   * @throws Failure `not_found`; `invalid_request` for a job that has no rate, or is over
   */
  async setRate(principal: Principal, id: string, maxRowsPerSecond: number | null): Promise<Job> {
    const job = await this.get(principal, id);
    await job.setRate(maxRowsPerSecond);
    return job.snapshot();
  }

  /** Stops the job and removes its directory with everything in it. @throws Failure `not_found` */
  async remove(principal: Principal, id: string): Promise<void> {
    const job = await this.get(principal, id);
    if (isActive(job)) {
      const { state } = job;
      await job.stop('cancel');
      if (state !== 'running') this.#rested(job);
    }
    await this.#forget(job);
    this.#pump();
  }

  /** Like {@link remove}, but leaves a job alone that has not ended. @returns whether it is removed */
  async removeEnded(principal: Principal, id: string): Promise<boolean> {
    const job = await this.get(principal, id);
    if (isActive(job) || job.state === 'paused') return false;
    await this.#forget(job);
    return true;
  }

  async #forget(job: ServerJob): Promise<void> {
    await job.remove();
    this.#jobs.delete(job.id);
    this.#follower?.after('removed', followed(job));
  }

  /**
   * Pauses the jobs that need one of these clusters, at a checkpoint; they say why.
   * @param which `running`: those that wait can still begin
   */
  async pauseFor(clusters: ReadonlySet<string>, which: 'running' | 'all', why: ApiError): Promise<void> {
    const affected = [...this.#jobs.values()].filter(
      (job) => (job.state === 'running' || (which === 'all' && job.state === 'waiting')) && job.needs(clusters),
    );
    const waiting = affected.filter(({ state }) => state === 'waiting');
    // One that ends meanwhile has ended; all others stop at once, before the end of one lets another begin.
    await Promise.allSettled(affected.map((job) => job.stop('stand', why)));
    // The end of a run is heard where it was started.
    for (const job of waiting) this.#rested(job);
    this.#pump();
  }

  /** Pauses the running jobs of some kinds, at a checkpoint; they say why. What cannot be paused goes on. */
  async pauseKinds(isPaused: (kind: string) => boolean, why: ApiError): Promise<void> {
    const running = [...this.#jobs.values()].filter(({ kind, state }) => state === 'running' && isPaused(kind));
    const pausable = running.filter(({ kind }) => this.#kinds.get(kind)?.isPausable !== false);
    await Promise.allSettled(pausable.map((job) => job.stop('stand', why)));
  }

  /** Pauses the jobs of a person that run, at a checkpoint; they say why. Those that wait will find out themselves. */
  async pauseOf({ id }: Pick<Principal, 'id'>, why: ApiError): Promise<void> {
    const running = [...this.#jobs.values()].filter(({ owner, state }) => owner === id && state === 'running');
    await Promise.allSettled(running.map((job) => job.stop('stand', why)));
  }

  /** The jobs of a person that are paused because of this. */
  async pausedFor({ id }: Pick<Principal, 'id'>, code: ErrorCode): Promise<ServerJob[]> {
    await this.recover();
    return [...this.#jobs.values()].filter((job) => job.owner === id && job.isPausedFor(code));
  }

  /**
   * Stops the running jobs whose owners may no longer do what they do: at a checkpoint, or for good where that is not
   * possible. They say what is missing.
   */
  async stopWithdrawn(): Promise<void> {
    const running = [...this.#jobs.values()].filter(({ state }) => state === 'running');
    await Promise.all(running.map((job) => job.stopIfWithdrawn(this.#guard)));
  }

  /** Brings running jobs to a checkpoint, from which the next process resumes them. */
  async suspend(): Promise<void> {
    this.#isClosing = true;
    const running = [...this.#jobs.values()].filter(({ state }) => state === 'running');
    await Promise.all(running.map((job) => job.stop('wait')));
  }

  #pump(): void {
    const all = [...this.#jobs.values()].toSorted(byAge);
    const free = this.#atOnce - all.filter(({ state }) => state === 'running').length;
    if (this.#isClosing || free <= 0) return;
    for (const job of all.filter(({ state }) => state === 'waiting').slice(0, free)) {
      this.#follower?.after('started', followed(job));
      void job.start(this.#recovered.delete(job.id), this.#guard).then(() => {
        this.#rested(job);
        this.#pump();
      });
    }
  }
}

function followed(job: ServerJob): FollowedJob {
  return { ...job.snapshot(), ...ownerOf(job.owner, job.ownerName) };
}

function ownerOf(owner: string, ownerName: string | undefined): Pick<FollowedJob, 'owner' | 'ownerName'> {
  return ownerName === undefined ? { owner } : { owner, ownerName };
}

/** Whether a job is there for somebody: for its owner, and for their API token as far as it may do the same. */
function isThere({ owner, order }: ServerJob, { id, asker }: Principal): boolean {
  return owner === id && isWithin(asker?.narrowed, order);
}

function byAge(one: ServerJob, other: ServerJob): number {
  return one.createdAt < other.createdAt ? -1 : 1;
}

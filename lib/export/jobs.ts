import 'server-only';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { CassandraFailure, invalidRequest } from '@/lib/cassandra/client/failure';
import type { Job, JobAction } from '@/lib/contract/jobs';
import { readEnvironment } from '@/lib/env';
import { isActive } from '@/lib/jobs/job-state';
import { storageFailure } from '@/lib/jobs/storage-failure';
import { OWNER_ONLY_DIRECTORY } from '@/lib/regular-file';
import { ExportJob } from './job';
import { type ExportAsked, planExport } from './source';

/** Jobs that wait or stand, all of which the page lists. */
const MOST_JOBS = 500;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const KEY = Symbol.for('ringside.jobs');

/** The jobs of one directory: each has a directory of its own there, called by its id. Some run, the others wait. */
export class JobManager {
  readonly directory: string;
  readonly #atOnce: number;
  readonly #jobs = new Map<string, ExportJob>();
  /** Jobs of an earlier process, which have not run in this one. */
  readonly #recovered = new Set<string>();
  #recovery: Promise<void> | null = null;
  #isClosing = false;

  /** @param atOnce jobs that run at the same time */
  constructor(directory: string, atOnce: number) {
    this.directory = resolve(/* turbopackIgnore: true */ directory);
    this.#atOnce = atOnce;
  }

  /** Finds the jobs of earlier processes; those that ran or waited go on. Once, whoever asks. */
  recover(): Promise<void> {
    this.#recovery ??= this.#find();
    return this.#recovery;
  }

  async #find(): Promise<void> {
    // There is no directory before the first job.
    const entries = await readdir(this.directory, { withFileTypes: true }).catch(() => []);
    // A link to a folder is none of ours.
    const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    for (const name of names.filter((id) => UUID.test(id))) {
      try {
        const job = await ExportJob.load(join(this.directory, name));
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
  async list(): Promise<Job[]> {
    await this.recover();
    return [...this.#jobs.values()]
      .toSorted(byAge)
      .reverse()
      .map((job) => job.snapshot());
  }

  /** @throws CassandraFailure `not_found` */
  async get(id: string): Promise<ExportJob> {
    await this.recover();
    const job = this.#jobs.get(id);
    if (job !== undefined) return job;
    throw new CassandraFailure({ code: 'not_found', message: 'There is no job of this id.', retryable: false });
  }

  /**
   * Checks the request as a download's is, and begins as soon as it is its turn.
   * @throws CassandraFailure when it could not run, `overloaded`, `storage_failed`
   */
  async create(cluster: Cluster, { id: _id, resume, ...request }: ExportAsked): Promise<Job> {
    if (resume !== undefined) throw invalidRequest('A job has no checkpoint of a download: it keeps its own.');
    await this.recover();
    if (this.#jobs.size >= MOST_JOBS) {
      throw new CassandraFailure({
        code: 'overloaded',
        message: `There are ${MOST_JOBS} jobs already.`,
        hint: 'Delete some that have ended.',
        retryable: true,
      });
    }
    const { plan, title } = await planExport(cluster, request);
    const id = randomUUID();
    const directory = join(this.directory, id);
    try {
      await mkdir(directory, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
      const { format, compression = 'none' } = request;
      const job = await ExportJob.create(directory, {
        ...{ version: 1, id, cluster: cluster.name, title, statement: plan.shown, format, compression },
        ...{ consistency: plan.consistency, request, state: 'waiting', createdAt: new Date().toISOString() },
        ...{ startedAt: null, endedAt: null, elapsedMs: 0, error: null },
      });
      this.#jobs.set(id, job);
      this.#pump();
      return job.snapshot();
    } catch (error) {
      throw storageFailure(error, this.directory);
    }
  }

  /**
   * Answers when the job stands as asked.
   * @throws CassandraFailure `not_found`; `invalid_request` when the action does not fit its state
   */
  async act(id: string, action: JobAction): Promise<Job> {
    const job = await this.get(id);
    if (action === 'resume') await job.resume();
    else await job.stop(action === 'pause' ? 'stand' : 'cancel');
    this.#recovered.delete(id);
    this.#pump();
    return job.snapshot();
  }

  /** Stops the job and removes its directory with all that is in it. @throws CassandraFailure `not_found` */
  async remove(id: string): Promise<void> {
    const job = await this.get(id);
    if (isActive(job.state)) await job.stop('cancel');
    await job.remove();
    this.#jobs.delete(id);
    this.#pump();
  }

  /** Brings what runs to its next checkpoint; it goes on in the next process. */
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
      void job.start(this.#recovered.delete(job.id)).then(() => this.#pump());
    }
  }
}

/** The jobs of this server, in `RINGSIDE_EXPORT_DIR`; the same for every instance of this module. */
export function exportJobs(): JobManager {
  const global = globalThis as { [KEY]?: JobManager };
  global[KEY] ??= newManager();
  return global[KEY];
}

function newManager(): JobManager {
  const { RINGSIDE_EXPORT_DIR, RINGSIDE_DATA_DIR, RINGSIDE_EXPORT_JOBS } = readEnvironment();
  return new JobManager(RINGSIDE_EXPORT_DIR ?? join(RINGSIDE_DATA_DIR, 'exports'), RINGSIDE_EXPORT_JOBS);
}

function byAge(one: ExportJob, other: ExportJob): number {
  return one.createdAt < other.createdAt ? -1 : 1;
}

import 'server-only';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { toFailure } from '@/lib/cassandra/client/errors';
import type { HistoryEntry } from '@/lib/contract/history';
import type { Job } from '@/lib/contract/jobs';
import { hasOwnRole, type Principal } from '@/lib/contract/principal';
import type { NewSchedule, Schedule, ScheduleAction, ScheduleRun, SchedulesResponse } from '@/lib/contract/schedules';
import { Failure } from '@/lib/failure';
import { type DirectoryLock, lockWith } from '@/lib/jobs/directory-lock';
import type { Asked, CheckedKind } from '@/lib/jobs/job-kind';
import type { JobManager } from '@/lib/jobs/job-manager';
import { storageFailure } from '@/lib/jobs/storage-failure';
import { isWithin } from '@/lib/rights/narrowed';
import type { Clock } from './clock';
import { dueAt } from './due';
import { historyEntryOf } from './records';
import {
  alreadyThere,
  neverComes,
  noRoom,
  noSchedule,
  notConfirmed,
  notNamed,
  notUnattended,
  noWebhook,
  standsStill,
  stillGoing,
  tooMany,
} from './refusals';
import { removableJobs } from './retention';
import { checkMayRun, type Ground, runsAs } from './run-as';
import { changedRun, isGoing, isSkippedAgain, newRun, runOfJob, withRun } from './runs';
import {
  makeFolder,
  readScheduleFiles,
  removeScheduleFile,
  type ScheduleFile,
  scheduleKey,
  writeScheduleFile,
} from './schedule-file';
import { publicOf } from './shown';
import { nextTime } from './times';
import { deliver, reportOf } from './webhook';

/** Of one person, so that nobody learns from a refusal what others have; and of one server. */
const MOST_OF_ONE = 100;
const MOST_SCHEDULES = 2_000;
/** The clock is looked at this often, whatever is due: it may have been set. */
const LOOK_MS = 30_000;

type ScheduleChange = Extract<ScheduleAction, { readonly action: 'change' }>;

/** What is to be repeated. */
interface Repeated {
  readonly principal: Principal;
  readonly cluster: string;
  readonly kind: string;
  readonly request?: unknown;
}

interface SchedulesWith {
  readonly folder: string;
  readonly jobs: JobManager;
  readonly ground: Ground;
  /** Addresses by name, as configured now. */
  readonly webhooks: () => ReadonlyMap<string, string>;
  readonly clock: Clock;
  /** Keeps a run in the history of its cluster. */
  readonly record: (cluster: string, entry: HistoryEntry) => Promise<void>;
}

/**
 * The schedules of one folder. One process at a time runs them and changes their files; a second one only says so. What
 * changes a schedule takes turns, so that no two changes of its file meet.
 */
export class Schedules {
  readonly #with: SchedulesWith;
  /** By the key that the owner and the name make. */
  readonly #files = new Map<string, ScheduleFile>();
  readonly #ending = new AbortController();
  /** Runs that are being started or reported. */
  readonly #work = new Set<Promise<unknown>>();
  #lock: DirectoryLock | null = null;
  #standstill: string | null = null;
  #starting: Promise<void> | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #callOff = (): void => undefined;
  #stopListening = (): void => undefined;

  constructor(parts: SchedulesWith) {
    this.#with = parts;
  }

  /** Finds the schedules of earlier processes and runs them from now on. Once, however often it is called. */
  start(): Promise<void> {
    this.#starting ??= this.#inTurn(async () => {
      this.#stopListening = this.#with.jobs.onRest((job) => this.#rested(job));
      await this.#take();
      this.#arm();
    });
    return this.#starting;
  }

  /** Takes the folder and reads it; while another process has it, only what stands in it is known. */
  async #take(): Promise<void> {
    const { folder, jobs } = this.#with;
    try {
      await makeFolder(folder);
      this.#lock = await lockWith(join(folder, 'lock'), folder);
      this.#standstill = null;
    } catch (error) {
      this.#standstill = storageFailure(error, folder).error.message;
    }
    this.#files.clear();
    for (const file of await readScheduleFiles(folder, this.#lock !== null)) this.#files.set(scheduleKey(file), file);
    if (this.#lock === null) return;
    await jobs.recover();
    for (const file of this.#files.values()) await this.#settleEarlier(file);
  }

  /** Says of runs that an earlier process left how they stand; jobs that go on report themselves. */
  async #settleEarlier(file: ScheduleFile): Promise<void> {
    const open = file.runs.filter(({ state }) => state === 'running' || state === 'paused');
    if (open.length === 0) return;
    const jobs = await this.#jobsOf(file);
    for (const run of open) {
      const job = jobs.find(({ schedule }) => schedule?.run === run.id);
      const isSame = job !== undefined && runOfJob(run, job).state === run.state;
      if (isSame || (job === undefined && run.state === 'paused')) continue;
      const lost = { ...run, state: 'failed' as const, message: LOST, endedAt: this.#now().toISOString() };
      this.#keepWorking(this.#settle(scheduleKey(file), run.id, () => (job === undefined ? lost : runOfJob(run, job))));
    }
  }

  /** Stops running schedules. Jobs go on; a report on its way is given up and said to be. */
  async close(): Promise<void> {
    this.#ending.abort();
    this.#callOff();
    this.#stopListening();
    await Promise.allSettled([...this.#work]);
    await this.#turn;
    await this.#lock?.release();
    this.#lock = null;
  }

  async list(principal: Principal): Promise<SchedulesResponse> {
    await this.start();
    const own = this.#ownFiles(principal).filter((file) => isWithin(principal.asker?.narrowed, file));
    const jobs = await this.#with.jobs.list(principal);
    return {
      schedules: own.map((file) => publicOf(file, jobs)).toSorted((one, other) => (one.name < other.name ? -1 : 1)),
      webhooks: [...this.#with.webhooks().keys()],
      standstill: this.#standstill,
    };
  }

  /** @throws Failure `not_found`, even for somebody else's */
  async get(principal: Principal, name: string): Promise<Schedule> {
    await this.start();
    const file = this.#own(principal, name);
    return publicOf(file, await this.#with.jobs.list(principal));
  }

  /**
   * Has the kind check the request as a run would, and keeps the schedule.
   * @throws Failure when it could not run, `already_exists`, `overloaded`, `storage_failed`
   */
  async create(principal: Principal, cluster: string, given: NewSchedule): Promise<Schedule> {
    await this.start();
    const { name, pattern, timeZone, keep, webhook, kind: kindName, request, confirm } = given;
    const now = this.#now();
    const next = nextTime({ pattern, timeZone }, now);
    if (next === null) throw neverComes(pattern);
    this.#checkHook(webhook);
    const { kind, kept } = await this.#confirmed({ principal, cluster, kind: kindName, request }, confirm);
    return this.#inTurn(async () => {
      this.#checkHeld();
      if (this.#files.has(scheduleKey({ owner: principal.id, name }))) throw alreadyThere(name);
      if (this.#ownFiles(principal).length >= MOST_OF_ONE) throw tooMany(MOST_OF_ONE);
      if (this.#files.size >= MOST_SCHEDULES) throw noRoom();
      const file = await this.#save({
        ...{ version: 1 as const, id: randomUUID(), name, owner: principal.id, cluster, kind, ...kept },
        ...(principal.asker === undefined ? {} : { asker: principal.asker }),
        ...{ pattern, timeZone, keep, webhook, isPaused: false },
        ...{ createdAt: now.toISOString(), dueAt: next.toISOString(), lastAt: null, runs: [] },
      });
      this.#arm();
      return publicOf(file, []);
    });
  }

  /**
   * What the runs of a schedule would do. Nothing is kept.
   * @throws Failure when it could not run, or cannot repeat
   */
  async plan(principal: Principal, cluster: string, given: Pick<NewSchedule, 'kind' | 'request'>) {
    const { kept, ...plan } = await this.#planned({ principal, cluster, ...given });
    return { title: kept.description.title, ...plan };
  }

  async #planned({ principal, cluster, kind: name, request }: Repeated) {
    if (hasOwnRole(principal)) throw notUnattended();
    const kind = this.#with.jobs.kind(name);
    checkMayRun({ cluster, request }, kind, this.#with.ground);
    const granted = await this.#with.ground.checkOwner({ kind: name, cluster, request }, principal.asker);
    const isWrite = kind.repeats === 'writes';
    const asked = { cluster, owner: runsAs({ owner: principal.id }), request };
    const first = await kind.repeating?.keep(asked);
    const kept = first === undefined ? { request } : { request: first.request, reviewed: first.reviewed };
    const run = await renewed(kind, { ...asked, ...kept });
    const by = { owner: asked.owner, rights: granted?.rights ?? null };
    const { title, statement, consistency } = (await kind.plan(cluster, run, by)).description;
    return {
      ...{ kind: kind.name, kept: { ...kept, description: { title, statement, consistency } }, isWrite },
      ...{ statement: first?.statement ?? statement, confirmName: first?.confirmName ?? null },
      notes: [...(first?.notes ?? [])],
    };
  }

  /** @throws Failure `confirmation_required` for what writes and was not seen by a person */
  async #confirmed(repeated: Repeated, confirm: NewSchedule['confirm']) {
    const planned = await this.#planned(repeated);
    const { statement, confirmName, isWrite } = planned;
    if (isWrite && confirm?.statement !== statement) throw notConfirmed(statement);
    if (confirmName !== null && confirm?.name !== confirmName) throw notNamed(confirmName);
    return planned;
  }

  /**
   * Pauses, resumes, runs or changes one; `run` resolves when its job exists.
   * @throws Failure `not_found`, `invalid_request` when its run is still going, `storage_failed`; why a run did not start
   */
  async act(principal: Principal, name: string, act: ScheduleAction): Promise<Schedule> {
    await this.start();
    if (act.action === 'run') return this.#runNow(principal, name);
    const { action, ...change } = act.action === 'change' ? await this.#changed(principal, name, act) : act;
    await this.#inTurn(async () => {
      this.#checkHeld();
      const file = this.#own(principal, name);
      const now = this.#now();
      const asker = principal.asker === undefined ? {} : { asker: principal.asker };
      const next = { ...file, ...asker, ...change, ...(action === 'change' ? {} : { isPaused: action === 'pause' }) };
      if ('webhook' in change) this.#checkHook(next.webhook);
      const dueNext = nextTime(next, now);
      if (dueNext === null && action === 'change') throw neverComes(next.pattern);
      // What was due while it was paused was not missed.
      await this.#save({ ...next, dueAt: next.isPaused ? null : (dueNext?.toISOString() ?? null), lastAt: null });
      this.#arm();
    });
    return this.get(principal, name);
  }

  /** A change with what it repeats from now on, where that was given. @throws Failure when that could not run */
  async #changed(principal: Principal, name: string, { request, confirm, ...change }: ScheduleChange) {
    if (request === undefined) return change;
    const { cluster, kind } = this.#own(principal, name);
    const { kept } = await this.#confirmed({ principal, cluster, kind, request }, confirm);
    return { ...change, ...kept };
  }

  async #runNow(principal: Principal, name: string): Promise<Schedule> {
    const key = scheduleKey({ owner: principal.id, name });
    const run = await this.#inTurn(async () => {
      this.#checkHeld();
      const file = this.#own(principal, name);
      if (isGoing(file, await this.#jobsOf(file))) throw stillGoing(name);
      return this.#claim(file, newRun({ id: randomUUID(), by: 'person', at: this.#now(), state: 'running' }));
    });
    await this.#keepWorking(this.#begin(key, run.id));
    return this.get(principal, name);
  }

  /** Removes the schedule. Its jobs and their files stay. @throws Failure `not_found`, `storage_failed` */
  async remove(principal: Principal, name: string): Promise<void> {
    await this.start();
    await this.#inTurn(async () => {
      this.#checkHeld();
      const key = scheduleKey(this.#own(principal, name));
      await removeScheduleFile(this.#with.folder, key);
      this.#files.delete(key);
      this.#arm();
    });
  }

  #own(principal: Principal, name: string): ScheduleFile {
    const file = this.#files.get(scheduleKey({ owner: principal.id, name }));
    // Beyond what the person's API token may do, it is not there.
    if (file !== undefined && isWithin(principal.asker?.narrowed, file)) return file;
    throw noSchedule(name);
  }

  #ownFiles({ id }: Principal): ScheduleFile[] {
    return [...this.#files.values()].filter(({ owner }) => owner === id);
  }

  #checkHeld(): void {
    if (this.#standstill !== null) throw standsStill(this.#standstill);
  }

  #checkHook(name: string | null): void {
    if (name !== null && !this.#with.webhooks().has(name)) throw noWebhook(name);
  }

  /** Wakes up when the next schedule is due, and now and then in case the clock was set. */
  #arm(): void {
    this.#callOff();
    if (this.#ending.signal.aborted) return;
    const due = [...this.#files.values()].flatMap(({ dueAt: at }) => (at === null ? [] : [Date.parse(at)]));
    const delayMs = Math.min(LOOK_MS, Math.max(0, Math.min(...due) - this.#now().getTime()));
    const look = () => void this.#keepWorking(this.#inTurn(() => this.#look()));
    this.#callOff = this.#with.clock.after(this.#lock === null ? LOOK_MS : delayMs, look);
  }

  async #look(): Promise<void> {
    if (this.#ending.signal.aborted) return;
    if (this.#lock === null) await this.#take();
    if (this.#lock !== null) for (const file of [...this.#files.values()]) await this.#lookAt(file);
    this.#arm();
  }

  /** A schedule whose file cannot be written does not run: after a restart nobody would know. */
  async #lookAt(file: ScheduleFile): Promise<void> {
    if (file.isPaused) return;
    try {
      const standing = { dueAt: dateOf(file.dueAt), lastAt: dateOf(file.lastAt) };
      const { now, dueAt: due, lastAt } = dueAt(file, standing, this.#now());
      const next = { ...file, dueAt: due?.toISOString() ?? null, lastAt: lastAt?.toISOString() ?? null };
      if (now !== null) await this.#meet(next, now);
      else if (next.dueAt !== file.dueAt) await this.#save(next);
    } catch (error) {
      console.error(error);
    }
  }

  async #meet(file: ScheduleFile, { what, at }: { what: 'run' | 'miss'; at: Date }): Promise<void> {
    const run = { id: randomUUID(), by: 'time' as const, at };
    if (what === 'miss') return this.#keepQuiet(file, newRun({ ...run, state: 'missed', message: MISSED }));
    if (isGoing(file, await this.#jobsOf(file))) {
      return this.#keepQuiet(file, newRun({ ...run, state: 'skipped', message: SKIPPED }));
    }
    await this.#claim(file, newRun({ ...run, state: 'running' }));
    void this.#keepWorking(this.#begin(scheduleKey(file), run.id).catch(() => undefined));
  }

  /** A run that does not take place; of several in a row that are skipped, the first is reported. */
  async #keepQuiet(file: ScheduleFile, run: ScheduleRun): Promise<void> {
    const isRepeated = isSkippedAgain(file.runs[0], run);
    const saved = await this.#save({ ...file, runs: withRun(file.runs, run) });
    if (!isRepeated) void this.#keepWorking(this.#report(saved, run));
  }

  /** The run is on disk before it begins, so that no restart begins it a second time. */
  async #claim(file: ScheduleFile, run: ScheduleRun): Promise<ScheduleRun> {
    await this.#save({ ...file, runs: withRun(file.runs, run) });
    return run;
  }

  /** @throws Failure why it did not start, after the run says so too */
  async #begin(key: string, runId: string): Promise<void> {
    const file = this.#files.get(key);
    if (file === undefined) return;
    const { jobs, ground } = this.#with;
    const { id, name, kind, cluster } = file;
    try {
      checkMayRun(file, jobs.kind(kind), ground);
      const granted = await ground.checkOwner(file, file.asker);
      const request = await renewed(jobs.kind(kind), { ...file, owner: runsAs(file) });
      const schedule = { id, name, run: runId };
      const job = await jobs.create(runsAs(file), { kind, cluster, request, granted, schedule });
      await this.#change(key, runId, (run) => ({ ...run, jobId: job.id }));
    } catch (error) {
      const { message } = toFailure(error).error;
      const endedAt = this.#now().toISOString();
      await this.#settle(key, runId, (run) => ({ ...run, state: 'failed', endedAt, message }));
      const { code } = toFailure(error).error;
      if (code === 'forbidden' || code === 'approval_required') await this.#disable(key);
      throw error;
    }
  }

  /** A schedule whose owner has lost the right to its work does not come again by itself. */
  #disable(key: string): Promise<void> {
    return this.#inTurn(async () => {
      const file = this.#files.get(key);
      if (file !== undefined) await this.#save({ ...file, isPaused: true, dueAt: null });
      this.#arm();
    });
  }

  #rested(job: Job): void {
    const { schedule } = job;
    const file = [...this.#files.values()].find(({ id }) => id === schedule?.id);
    if (schedule === undefined || file === undefined) return;
    void this.#keepWorking(this.#settle(scheduleKey(file), schedule.run, (run) => runOfJob(run, job)));
  }

  /** How a run came to rest: kept, and if it is over, reported, before what is no longer kept is removed. */
  async #settle(key: string, runId: string, change: (run: ScheduleRun) => ScheduleRun): Promise<void> {
    const changed = await this.#change(key, runId, change);
    if (changed === null || changed.run.state === 'paused' || changed.run.state === 'running') return;
    await this.#tidy(changed.file, runId);
    await this.#report(changed.file, changed.run);
  }

  /** Null: the schedule or the run is no longer known. */
  #change(key: string, runId: string, change: (run: ScheduleRun) => ScheduleRun) {
    return this.#inTurn(async () => {
      const file = this.#files.get(key);
      if (file === undefined) return null;
      const saved = { ...file, runs: changedRun(file.runs, runId, change) };
      // A full disk cannot keep how a run ended: only this process knows it, and the next one asks the job.
      await this.#save(saved).catch((error: unknown) => console.error(error));
      this.#files.set(key, saved);
      const run = saved.runs.find(({ id }) => id === runId);
      return run === undefined ? null : { file: saved, run };
    });
  }

  async #tidy(file: ScheduleFile, runId: string): Promise<void> {
    const owner = runsAs(file);
    let removed = 0;
    for (const id of removableJobs(file.id, await this.#with.jobs.list(owner), file.keep, this.#now())) {
      // One that somebody resumes or removes at this moment is theirs.
      const isGone = await this.#with.jobs.removeEnded(owner, id).catch((error: unknown) => console.error(error));
      if (isGone === true) removed++;
    }
    if (removed > 0) await this.#change(scheduleKey(file), runId, (run) => ({ ...run, removed }));
  }

  async #report(file: ScheduleFile, run: ScheduleRun): Promise<void> {
    const { record, webhooks, jobs } = this.#with;
    const entry = historyEntryOf(file, run, jobs.kind(file.kind).repeats === 'writes');
    if (entry !== null) await record(file.cluster, entry);
    if (file.webhook === null) return;
    const hook = await deliver(webhooks(), file.webhook, reportOf(file, run), this.#ending.signal);
    await this.#change(scheduleKey(file), run.id, (now) => ({ ...now, hook }));
  }

  #jobsOf(file: ScheduleFile): Promise<Job[]> {
    return this.#with.jobs.list(runsAs(file));
  }

  async #save(file: ScheduleFile): Promise<ScheduleFile> {
    try {
      await writeScheduleFile(this.#with.folder, file);
    } catch (error) {
      throw storageFailure(error, this.#with.folder);
    }
    this.#files.set(scheduleKey(file), file);
    return file;
  }

  #now(): Date {
    return this.#with.clock.now();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Shutting down waits for it. */
  #keepWorking<T>(work: Promise<T>): Promise<T> {
    const ended: Promise<unknown> = work
      .catch((error: unknown) => {
        if (!(error instanceof Failure)) console.error(error);
      })
      .finally(() => this.#work.delete(ended));
    this.#work.add(ended);
    return work;
  }
}

const MISSED = 'Ringside was not running then, or the clock was set forward. What was missed is not caught up.';
const SKIPPED = 'The run before was still going.';
const LOST = 'Ringside was stopped before this run had a job, or its job was removed.';

/** The request of a run, as things are now. @throws Failure when they are not as they were reviewed */
async function renewed({ repeating }: CheckedKind, kept: Asked & { readonly reviewed?: unknown }): Promise<unknown> {
  return repeating === undefined ? kept.request : repeating.renew({ ...kept, reviewed: kept.reviewed });
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

import 'server-only';
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { lstat, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { toFailure } from '@/lib/cassandra/client/errors';
import { clusterFor } from '@/lib/cassandra/client/registry';
import { readLoadSettings } from '@/lib/config';
import type { HistoryEntry } from '@/lib/contract/history';
import type { JobPart } from '@/lib/contract/jobs';
import type { LoadStanding, LoadVerified } from '@/lib/contract/load-standing';
import type { Principal } from '@/lib/contract/principal';
import { history } from '@/lib/history/history';
import type { JobKind, JobPlan, JobProgress, JobRun } from '@/lib/jobs/job-kind';
import { sha256Of } from '@/lib/jobs/lines-file';
import { withSmallHeap } from '@/lib/jobs/small-heap';
import { WorkDirectory } from '@/lib/jobs/work-directory';
import { type ChangedTable, changedTable, checkWritable } from '@/lib/mutations/table';
import type { PersonRights } from '@/lib/rights/rules';
import { binderOf } from './binder';
import { EarlierRows } from './earlier-rows';
import { FailedNumbers } from './failed-numbers';
import { FullReadBack } from './full-read-back';
import { FileInputs, type LoadInputs } from './inputs';
import { type LoadJobRequest, loadJobRequestSchema } from './job-request';
import { changedSchema, LoadRun } from './load-run';
import { ReadBack } from './read-back';
import { repeatLoad } from './repeat-load';
import { removeFiles } from './row-files';
import { Sample } from './sample';
import { SampleReadBack, type Verifying } from './sample-read-back';
import { sourceFailure } from './source-failure';
import {
  begin,
  ended,
  type FullState,
  failedOf,
  filesOf,
  type LoadState,
  loadStateSchema,
  partsDone,
  readLoadStanding,
  termsOf,
} from './state';
import { INPUT_FILE, Uploads } from './uploads';

/** Files loaded into a table, as a job. It was planned and reviewed before: see `previewLoad`. */
export const loadKind: JobKind<LoadJobRequest> = {
  name: 'load',
  repeats: 'writes',
  repeating: repeatLoad,
  requestSchema: loadJobRequestSchema,
  plan: (_cluster, request) => Promise.resolve(planned(request)),
  run,
  standing: readLoadStanding,
};

function planned(request: LoadJobRequest): JobPlan<LoadJobRequest> {
  const { keyspace, table, statement, options } = request;
  const { consistency } = options;
  const description = { title: `${keyspace}.${table}`, statement, consistency, loaded: { keyspace, table } };
  return { description, request };
}

async function run(running: JobRun<LoadJobRequest>): Promise<void> {
  const { cluster: name, request, owner, granted, directory, signal, watch } = running;
  const open = () => inputsOf(request, owner, directory);
  const rights = granted?.rights ?? null;
  const work = { request, owner, rights, directory, signal: AbortSignal.any([signal]), watch, open };
  await runLoad(clusterFor(name, owner), work);
}

/** The files of a job; an upload is taken into its directory first. */
async function inputsOf({ input, source }: LoadJobRequest, owner: Principal, directory: string): Promise<LoadInputs> {
  if (input.from === 'files') return new FileInputs(input.files, source);
  if (input.from === 'stdin') throw new Error('a job has no standard input');
  const jobs = dirname(directory);
  const path = await new Uploads(jobs, () => readLoadSettings().uploadBytes).moveTo(owner, input.id, directory);
  const { mtimeMs: modifiedMs } = await lstat(path);
  return new FileInputs([{ name: input.name, path, bytes: input.bytes, modifiedMs, sha256: null }], source);
}

export interface LoadWork extends Pick<JobRun<LoadJobRequest>, 'request' | 'owner' | 'directory' | 'signal'> {
  /** What columns are masked by; absent: nothing is masked. */
  readonly rights?: PersonRights | null;
  readonly watch: (progress: () => JobProgress) => void;
  /** The inputs; called when the directory has a checkpoint. */
  readonly open: () => Promise<LoadInputs>;
  /** Called before the first checkpoint: what it keeps is there whenever there is something to resume. */
  readonly begin?: () => Promise<void>;
}

/** What became of a load. */
export interface Loaded {
  readonly load: LoadStanding;
  /** Every record is in the table, and was found there as far as that was asked for. */
  readonly isAllWritten: boolean;
  /** Of a single input, hex; null where there are several. */
  readonly sha256: string | null;
}

/**
 * Loads the files of a request, from the checkpoint in the directory if there is one, and reads back what was asked for.
 * @throws Failure for anything a person can act on
 */
export async function runLoad(cluster: Cluster, work: LoadWork): Promise<Loaded> {
  const { request, directory, signal } = work;
  checkWritable(cluster);
  // Every row that waits or is read listens.
  setMaxListeners(0, signal);
  const terms = termsOf(request);
  const place = new WorkDirectory(directory, { noun: 'load', terms, schema: loadStateSchema });
  const lock = await place.hold();
  try {
    let state = await place.load();
    if (state === null) {
      state = begin(terms, BigInt(Date.now()) * 1_000n);
      await work.begin?.();
      // Before all other files, so that none of them is ever in a directory without a checkpoint.
      await place.save(state);
    }
    const begun = state;
    return await withSmallHeap(() => loadFrom(cluster, work, place, begun));
  } catch (error) {
    throw sourceFailure(error);
  } finally {
    await lock.release();
  }
}

async function loadFrom(
  cluster: Cluster,
  work: LoadWork,
  place: WorkDirectory<LoadState>,
  state: LoadState,
): Promise<Loaded> {
  const { request, rights = null, directory, signal, watch } = work;
  const table = await changedTable(cluster, await cluster.client(), request, rights);
  if (table.version !== request.tableVersion) throw changedSchema(table);
  const opened = await work.open();
  const binder = binderOf(table, request.source, request.bind);
  const bind = binder.bind.bind(binder);
  const sample = isSampledMeanwhile(request, opened, state) ? new Sample() : null;
  const inputs = sample === null ? opened : await withEarlier(opened, work, { state, bind, sample });
  const loading = { cluster, request, rights, table, directory, inputs, bind, signal };
  const save = (next: LoadState) => place.save(next);
  const load = await LoadRun.open({ ...loading, save, written: sample?.add }, state);
  watch(() => ({ ...partsDone(load.progress().load, load.progress().parts), scan: null }));
  try {
    if (state.doing === 'writing') await recorded(cluster, work, load);
  } finally {
    await load.close();
  }
  const done: LoadState = { ...load.state, doing: 'verifying' };
  await place.save(done);
  const verified = await verify(cluster, work, { table, inputs, bind, state: done, sample, save });
  return finish(place, work, { state: done, verified, inputs });
}

/** Rows are chosen while they are written, so that no file is read twice; what earlier runs wrote of files is not seen. */
function isSampledMeanwhile({ options }: LoadJobRequest, { isLasting }: LoadInputs, state: LoadState): boolean {
  return options.verify === 'sample' && (!isLasting || (state.doing === 'writing' && ended(state.counts) === 0));
}

/** A stream comes again as a whole: the sample takes from all of it, whatever run wrote a row. */
async function withEarlier(
  inputs: LoadInputs,
  { directory, signal }: LoadWork,
  { state, bind, sample }: Pick<Verifying, 'bind'> & { readonly state: LoadState; readonly sample: Sample },
): Promise<LoadInputs> {
  const records = ended(state.counts);
  if (records === 0) return inputs;
  const failed = new FailedNumbers(directory);
  const earlier = new EarlierRows(inputs, {
    records,
    bind,
    failed,
    written: ({ number }, writes) => sample.add(number, writes),
  });
  if (state.file === inputs.count) await earlier.passAll(signal);
  return earlier;
}

interface Verifiable extends Pick<Verifying, 'inputs' | 'bind'> {
  readonly table: ChangedTable;
  readonly state: LoadState;
  readonly sample: Sample | null;
  readonly save: (state: LoadState) => Promise<void>;
}

async function verify(cluster: Cluster, work: LoadWork, given: Verifiable): Promise<LoadVerified | null> {
  const { request, directory, signal, watch } = work;
  const { verify: extent, consistency, timeoutMs } = request.options;
  const { table, state, sample, save, ...rest } = given;
  if (extent === 'none') return null;
  const columns = request.bind.mapping.map(({ to }) => to);
  const back = new ReadBack(cluster, await cluster.client(), { table, columns, consistency, timeoutMs, signal });
  const failed = () => new FailedNumbers(directory);
  const verifying = { ...rest, back, failed, records: ended(state.counts), signal };
  const watched = <Reading extends { readonly verified: LoadVerified }>(reading: Reading) => {
    const load = () => ({ ...totals(state, rest.inputs), verified: reading.verified });
    watch(() => ({ ...partsDone(load(), filesOf(state)), scan: null }));
    return reading;
  };
  if (extent === 'full') {
    const keep = (readBack: FullState) => save({ ...state, readBack });
    const reading = { ...verifying, cluster, table, request, directory, owner: work.owner, save: keep };
    return watched(new FullReadBack(reading, state.readBack)).run();
  }
  const reading = watched(new SampleReadBack(verifying));
  return sample === null ? reading.run() : reading.compareAll(sample.rows);
}

function totals(state: LoadState, { totalBytes }: LoadInputs): LoadStanding {
  const bytes = state.inputs.reduce((sum, input) => sum + input.bytes, 0);
  const { doing, counts } = state;
  return { doing, read: ended(counts), ...counts, bytes, totalBytes, rowsPerSecond: null, verified: null };
}

interface Finishing {
  readonly state: LoadState;
  readonly verified: LoadVerified | null;
  readonly inputs: LoadInputs;
}

/** Writes the manifest, last of all. */
async function finish(
  place: WorkDirectory<LoadState>,
  { directory, watch, request }: LoadWork,
  { state, verified, inputs }: Finishing,
): Promise<Loaded> {
  const load: LoadStanding = { ...totals(state, inputs), verified };
  const isFound = verified === null ? request.options.verify === 'none' : verified.different + verified.missing === 0;
  const isAllWritten = failedOf(state.counts) === 0 && isFound;
  const files: JobPart[] = [];
  for (const file of filesOf(state)) files.push({ ...file, sha256: await sha256Of(`${directory}/${file.name}`) });
  await place.writeManifest({
    ...{ isComplete: true, startedAt: state.startedAt, warnings: [], parts: [], rows: load.read, bytes: load.bytes },
    ...{ load, isAllWritten, inputs: state.inputs, files },
  });
  await removeFiles(directory);
  if (isAllWritten) await rm(`${directory}/${INPUT_FILE}`, { force: true });
  watch(() => ({ ...partsDone(load, files), scan: null }));
  const [only] = state.inputs;
  return { load, isAllWritten, sha256: state.inputs.length === 1 && only !== undefined ? only.sha256 : null };
}

/** Runs it, with one entry in the history for all its rows. */
async function recorded(cluster: Cluster, { request, owner }: LoadWork, load: LoadRun): Promise<void> {
  const [at, startedAt, before] = [new Date().toISOString(), performance.now(), load.counts];
  const keep = (how: Pick<HistoryEntry, 'outcome' | 'message'>) => {
    const { counts } = load;
    const [rows, done] = [ended(counts) - ended(before), counts.written - before.written];
    const [refused, unknown] = [failedOf(counts) - failedOf(before), counts.unknown - before.unknown];
    return history().append(cluster.name, {
      ...{ id: randomUUID(), at, who: owner.id, statement: request.statement, isRedacted: false },
      ...{ keyspace: request.keyspace, consistency: request.options.consistency, isWrite: true, cost: 'write' },
      ...{ rows: 0, elapsedMs: performance.now() - startedAt, applied: unknown > 0 ? 'unknown' : 'applied' },
      ...{ list: { rows, done, notApplied: 0, refused: refused - unknown, unknown } },
      ...how,
    });
  };
  try {
    await load.run();
  } catch (error) {
    await keep({ outcome: 'failed', message: toFailure(sourceFailure(error)).error.message });
    throw error;
  }
  await keep({ outcome: 'done' });
}

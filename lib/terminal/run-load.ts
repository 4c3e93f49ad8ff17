import 'server-only';
import { rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { parseJson } from '@/lib/contract/json';
import type { LoadDuplicate } from '@/lib/contract/load';
import type { LoadStanding } from '@/lib/contract/load-standing';
import { Failure } from '@/lib/failure';
import { readJson, writeJson } from '@/lib/jobs/atomic-file';
import { binderOf } from '@/lib/load/binder';
import { type DecidedLoad, decideLoad } from '@/lib/load/decide';
import { DryRunLines } from '@/lib/load/dry-run-lines';
import { filesIn, inputFile } from '@/lib/load/find-files';
import { type FirstInput, firstOfFile, firstOfStream } from '@/lib/load/first-input';
import { FileInputs, headerOf, type LoadInputs, StreamInput } from '@/lib/load/inputs';
import { type InputFile, type LoadInput, type LoadJobRequest, loadJobRequestSchema } from '@/lib/load/job-request';
import { type Loaded, runLoad as load } from '@/lib/load/load-kind';
import { loadNotes } from '@/lib/load/notes';
import { sourceFailure } from '@/lib/load/source-failure';
import { loadManifestSchema } from '@/lib/load/state';
import { confirmNameOf } from '@/lib/mutations/marked-red';
import { changedTable, checkWritable } from '@/lib/mutations/table';
import { plural } from '@/lib/text/format';
import type { LoadArguments } from './arguments';
import { confirmedBy } from './confirmed';
import { loadRequest } from './load-request';
import { parseTableName } from './names';
import { AT_THE_PROMPT } from './principal';
import { print } from './print';
import { byteText, durationText, grouped } from './progress-line';
import type { Reporter } from './reporter';
import { UsageError } from './usage';
import { namesIn } from './work-directory';

/** What was reviewed, in the directory of the load: `--resume` goes on with it, and cannot go on with anything else. */
const REQUEST_FILE = 'job.json';
const MANIFEST_FILE = 'manifest.json';
const STDIN = '-';
/** Problems that a dry run prints. */
const SHOWN_PROBLEMS = 100;

interface Running {
  readonly cluster: Cluster;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
  /** What to type to resume the load, should it end now; null: nothing. */
  readonly began: (howToGoOn: string | null) => void;
}

/** @throws UsageError for options that contradict each other, before anything is connected */
export function checkLoad(given: LoadArguments): void {
  const { files, resume, verify } = given;
  loadRequest(given);
  if (resume) {
    if (files.some((file) => file !== STDIN))
      throw new UsageError('--resume goes on with the files of before: name none.');
    return;
  }
  if (files.length === 0) throw new UsageError('Name a file to load, or - for standard input.');
  if (!files.includes(STDIN)) return;
  if (files.length > 1) throw new UsageError('Standard input cannot be loaded together with files.');
  if (verify === 'full') {
    throw new UsageError('Standard input cannot be read twice, so --verify full needs a file. Use --verify sample.');
  }
}

/** Shows what the first records become, and loads the files once that is confirmed. */
export async function runLoad(given: LoadArguments, running: Running): Promise<void> {
  const { cluster, signal } = running;
  if (given.resume) return resumed(given, running);
  checkWritable(cluster);
  const asked = loadRequest(given);
  const table = await changedTable(cluster, await cluster.client(), asked);
  const found = await findInput(given, signal);
  const decided = await decideLoad(table, { ...asked, isExport: found.isExport }, found.first, signal);
  if (decided.problem !== null) throw new UsageError(decided.problem);
  const { source, bind, options } = decided;
  const header = found.stream === null ? null : await headerOf(source, (of) => found.first.open(of));
  const inputs = inputsOf(found, decided, header);
  if (given.dryRun) return dryRun(decided, inputs, running);
  running.reporter.note(reviewText(decided, found));
  const question = `Load ${found.what} into ${given.table}?`;
  await confirmedBy({ question, confirmName: confirmNameOf(cluster, asked.table) }, given, signal);
  const { keyspace, table: name } = table;
  const statement = decided.statement ?? '';
  const tableVersion = table.version;
  const request = { keyspace, table: name, input: found.input, source, bind, options, tableVersion, statement };
  await clearDone(directoryOf(given));
  await work(request, given, { ...running, inputs });
}

interface FoundInput {
  readonly input: LoadInput;
  readonly files: readonly InputFile[];
  readonly first: FirstInput;
  readonly stream: Readable | null;
  readonly isExport: boolean;
  /** For people. */
  readonly what: string;
}

async function findInput({ files: names }: LoadArguments, signal: AbortSignal): Promise<FoundInput> {
  if (names.includes(STDIN)) {
    const { first, all } = await firstOfStream(process.stdin, 'standard input', signal);
    return {
      input: { from: 'stdin' },
      files: [],
      first,
      stream: all,
      isExport: false,
      what: 'standard input',
    };
  }
  const files: InputFile[] = [];
  let isExport = names.length > 0;
  for (const name of names) {
    const found = await filesAt(name);
    files.push(...found.files);
    isExport &&= found.isExport;
  }
  const [first] = files;
  if (first === undefined) throw new UsageError('There is no file to load.');
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const what = `${files.length === 1 ? first.name : plural(files.length, 'file')} (${byteText(bytes)})`;
  return { input: { from: 'files', files }, files, first: firstOfFile(first, signal), stream: null, isExport, what };
}

async function filesAt(name: string) {
  const path = resolve(name);
  const found = await stat(path).catch((cause: unknown) => {
    throw new UsageError(`There is no file ${name}.`, { cause });
  });
  if (found.isDirectory()) return filesIn(path);
  if (!found.isFile()) throw new UsageError(`${name} is no plain file. Pass - to load from a pipe.`);
  return { files: [await inputFile(path, name)], isExport: false };
}

function inputsOf({ stream, files }: FoundInput, { source }: DecidedLoad, header: Uint8Array | null): LoadInputs {
  return stream === null ? new FileInputs(files, source) : new StreamInput(stream, source, header);
}

function reviewText(
  { table, source, bind, options, statement, items }: DecidedLoad,
  { what, stream }: FoundInput,
): string {
  const binder = binderOf(table, source, bind);
  const bad = items.filter((item) => item.kind === 'bad' || binder.bind(item).kind === 'problem').length;
  return [
    `-- ${what} as ${source.format}, ${options.consistency}`,
    `-- for each record: ${statement}`,
    ...bind.mapping.map(
      ({ to, from }) => `--   ${to} ← ${'field' in from ? from.field : `the constant ${from.constant}`}`,
    ),
    ...loadNotes(table, { bind, options, isLasting: stream === null }).map((text) => `-- ${text}`),
    ...(bad === 0 ? [] : [`-- ${bad} of the first ${plural(items.length, 'record')} are no rows: --dry-run says why.`]),
  ].join('\n');
}

/** @throws Failure unless every record is a row */
async function dryRun(decided: DecidedLoad, inputs: LoadInputs, { reporter, signal }: Running): Promise<void> {
  const { table, source, bind } = decided;
  const { columns } = table.shape;
  const run = new DryRunLines({ inputs, binder: binderOf(table, source, bind), columns, source, signal });
  let shown = 0;
  reporter.watch(() => ({ scan: null, rows: 0, bytes: null, load: standingOf(run) }));
  for await (const line of run.lines()) {
    if ('problems' in line) {
      reporter.stop();
      for (const { line: at, number, message } of line.problems) {
        if (shown++ < SHOWN_PROBLEMS) await print(`${at === null ? `record ${number}` : `line ${at}`}: ${message}\n`);
      }
    }
    if ('duplicates' in line) {
      reporter.stop();
      const unit = source.format === 'parquet' ? 'record' : 'line';
      process.stdout.write(line.duplicates.map((one) => duplicateText(one, unit)).join(''));
    }
    if (!('end' in line)) continue;
    reporter.stop();
    const { counts, message, outcome, sha256 } = line.end;
    reporter.note(
      `${counts.bad === 0 && outcome === 'complete' ? '✓' : '✗'} ${dryText(run)}${sha256 === null ? '' : ` · SHA-256 ${sha256}`}`,
    );
    if (outcome === 'failed') throw new Failure({ code: 'invalid_request', message: message ?? '', retryable: false });
    if (counts.bad > 0) throw notAllGood(counts.bad);
  }
}

function duplicateText({ key, later, earlier }: LoadDuplicate, unit: 'line' | 'record'): string {
  const where = ({ file, at }: LoadDuplicate['later']) => `${file === null ? '' : `${file}, `}${unit} ${at}`;
  return `${where(later)}: the key of ${where(earlier)} again, so this row is what remains: ${key}\n`;
}

function standingOf({ counts }: DryRunLines): LoadStanding {
  const { records, bad, bytes, totalBytes, elapsedMs } = counts;
  const rowsPerSecond = elapsedMs > 0 ? (records * 1_000) / elapsedMs : null;
  const none = { written: 0, refused: 0, unknown: 0, verified: null };
  return { ...none, doing: 'writing', read: records, bad, bytes, totalBytes, rowsPerSecond };
}

function dryText({ counts }: DryRunLines): string {
  const { records, good, bad, duplicates, allKeysCompared, bytes, elapsedMs } = counts;
  const twice = `${allKeysCompared ? '' : 'at least '}${grouped(duplicates)} with the key of an earlier one`;
  return [
    `${grouped(records)} records, ${grouped(good)} good, ${grouped(bad)} bad`,
    ...(duplicates === 0 && allKeysCompared ? [] : [twice]),
    byteText(bytes),
    durationText(elapsedMs),
    'nothing was written',
  ].join(' · ');
}

function notAllGood(bad: number): Failure {
  return new Failure({
    code: 'invalid_request',
    message: `${plural(bad, 'record')} would not be loaded.`,
    hint: 'Mend the file or the mapping. A load keeps such records in a file, and loads the others.',
    retryable: false,
  });
}

function directoryOf({ work, table }: LoadArguments): string {
  const { keyspace, table: name } = parseTableName(table, undefined);
  return resolve(work ?? `${keyspace}.${name}.load`.replaceAll('/', '_'));
}

/** A directory of a load that has ended well is used again. @throws UsageError when there is anything else in it */
async function clearDone(directory: string): Promise<void> {
  const names = namesIn(directory);
  if (names.length === 0) return;
  const manifest = await readJson(join(directory, MANIFEST_FILE), loadManifestSchema).catch(() => null);
  if (manifest?.isAllWritten !== true) {
    throw new UsageError(
      `${directory} is not empty. Go on with the load in it by --resume, or choose another directory with --work.`,
    );
  }
  for (const name of [REQUEST_FILE, MANIFEST_FILE]) await rm(join(directory, name), { force: true });
}

async function resumed(given: LoadArguments, running: Running): Promise<void> {
  const directory = directoryOf(given);
  const stored = await readJson(join(directory, REQUEST_FILE), loadJobRequestSchema);
  const { keyspace, table } = parseTableName(given.table, undefined);
  if (stored?.keyspace !== keyspace || stored.table !== table) {
    throw new UsageError(
      `${directory} has no load into ${given.table} to go on with. Leave out --resume to begin one.`,
    );
  }
  const isStream = stored.input.from === 'stdin';
  if (isStream !== given.files.includes(STDIN)) {
    throw new UsageError(
      isStream
        ? 'Pass - and the same input again: what was loaded is skipped.'
        : 'This load is from files: leave out -.',
    );
  }
  await work(stored, given, { ...running, inputs: await inputsAgain(stored, running.signal) });
}

async function inputsAgain({ input, source }: LoadJobRequest, signal: AbortSignal): Promise<LoadInputs> {
  if (input.from === 'files') return new FileInputs(input.files, source);
  const { first, all } = await firstOfStream(process.stdin, 'standard input', signal);
  return new StreamInput(all, source, await headerOf(source, (of) => first.open(of)));
}

/** @throws Failure unless every record is in the table, and was found there */
async function work(request: LoadJobRequest, given: LoadArguments, running: Running & { readonly inputs: LoadInputs }) {
  const { cluster, reporter, signal, inputs, began } = running;
  const directory = directoryOf(given);
  const startedAt = performance.now();
  began(
    `To go on: ringside load ${quoted(given.table)}${inputs.isLasting ? '' : ' -'} --work ${quoted(directory)} --resume, with the same options for the cluster${inputs.isLasting ? '' : ' and the same input'}.`,
  );
  const loaded = await load(cluster, {
    ...{ request, owner: AT_THE_PROMPT, directory, signal: AbortSignal.any([signal]) },
    open: () => Promise.resolve(inputs),
    begin: () => writeJson(join(directory, REQUEST_FILE), parseJson(JSON.stringify(request))),
    watch: (progress) => {
      reporter.stop();
      reporter.watch(() => {
        const { rows, bytes, load: standing } = progress();
        return { scan: null, rows, bytes, load: standing };
      });
    },
  })
    .catch((error: unknown) => {
      throw sourceFailure(error);
    })
    .finally(() => reporter.stop());
  began(null);
  const { load: standing, isAllWritten } = loaded;
  reporter.note(`${isAllWritten ? '✓' : '✗'} ${loadedText(loaded, performance.now() - startedAt)}`);
  if (!isAllWritten) throw notAllWritten(standing, directory);
}

function quoted(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function loadedText({ load: standing, sha256 }: Loaded, elapsedMs: number): string {
  const { written, bad, refused, unknown, bytes, verified } = standing;
  const facts: [number, string][] = [
    [bad, 'no rows of the table'],
    [refused, 'refused'],
    [unknown, 'unknown'],
  ];
  const rate = elapsedMs > 0 ? ` (${grouped(Math.round((written * 1_000) / elapsedMs))} rows/s)` : '';
  return [
    `${grouped(written)} written`,
    ...facts.flatMap(([count, what]) => (count > 0 ? [`${grouped(count)} ${what}`] : [])),
    byteText(bytes),
    `${durationText(elapsedMs)}${rate}`,
    ...(verified === null ? [] : [verifiedText(verified)]),
    ...(sha256 === null ? [] : [`SHA-256 ${sha256}`]),
  ].join(' · ');
}

function verifiedText({ rows, equal, different, missing, overwritten }: NonNullable<LoadStanding['verified']>): string {
  const facts: [number, string][] = [
    [overwritten, 'overwritten by a later record'],
    [different, 'different'],
    [missing, 'missing'],
  ];
  const others = facts.flatMap(([count, what]) => (count > 0 ? [`, ${grouped(count)} ${what}`] : [])).join('');
  return `${grouped(equal)} of ${grouped(rows)} read back equal${others}`;
}

function notAllWritten({ bad, refused, unknown, verified }: LoadStanding, directory: string): Failure {
  const failed = bad + refused + unknown;
  const differ = (verified?.different ?? 0) + (verified?.missing ?? 0);
  const message =
    failed > 0
      ? `${plural(failed, 'record')} did not get into the table for certain.`
      : `${plural(differ, 'row')} that ${differ === 1 ? 'was' : 'were'} written ${differ === 1 ? 'is' : 'are'} not there as loaded.`;
  const hint =
    failed > 0
      ? `${join(directory, 'reasons.ndjson')} says why, and the records are next to it as they came. Mend them and load that file.`
      : 'Something newer may be there, or somebody changed the rows meanwhile. Read some of them.';
  return new Failure({ code: 'write_failure', message, hint, retryable: false });
}

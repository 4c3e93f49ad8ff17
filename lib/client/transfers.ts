import type { ExportProgress } from '@/lib/contract/exports';
import { canGoOn } from '@/lib/contract/going-on';
import type { Job, ManyCounts } from '@/lib/contract/jobs';
import type { LoadStanding } from '@/lib/contract/load-standing';
import type { Compared, Copied } from '@/lib/contract/move-counts';
import type { ScanProgress } from '@/lib/contract/scans';
import type { SparkProgress } from '@/lib/contract/spark-progress';
import { isActive, type TransferState } from '@/lib/contract/transfers';
import { type ErrorText, errorText } from './error-text';
import { ApiFailure } from './http';

/** A file that this page writes. Only `complete` says that nothing is missing from it. */
export interface Save {
  readonly key: string;
  readonly cluster: string;
  readonly title: string;
  readonly fileName: string;
  readonly startedAt: string;
  /** The server's ids of the downloads that wrote to it, the newest last. */
  readonly exportIds: readonly string[];
  readonly state: 'running' | 'complete' | 'stopped' | 'broken';
  /** Of the file. */
  readonly bytes: number;
  /** Known when complete. */
  readonly rows: number | null;
  /** Of the file on disk, hex; null while it is not complete, and for one too large to hash. */
  readonly sha256: string | null;
  /** It can resume after its bytes; otherwise it has to start over. */
  readonly canGoOn: boolean;
  readonly error: ErrorText | null;
}

/** Where a transfer comes from. A file's download is undefined while the server's list has none. */
export type Source =
  | { readonly kind: 'job'; readonly job: Job }
  | { readonly kind: 'download'; readonly download: ExportProgress }
  | { readonly kind: 'file'; readonly save: Save; readonly download: ExportProgress | undefined };

/** What can be done with each kind, at one time or another. */
export interface ActionsOf {
  readonly job: 'pause' | 'resume' | 'cancel' | 'delete';
  readonly download: 'stop';
  readonly file: 'stop' | 'resume' | 'restart' | 'forget';
}
export type TransferAction = ActionsOf[Source['kind']];

/** Rows on their way into files, or what became of them: one model of jobs, downloads and files on the person's disk. */
export interface Transfer {
  readonly kind: Source['kind'];
  readonly id: string;
  readonly cluster: string;
  readonly title: string;
  /** Null: not known. */
  readonly statement: string | null;
  readonly state: TransferState;
  /** Null: not known. */
  readonly rows: number | null;
  readonly bytes: number;
  /** Share of the ring that was read, 0 to 1; null: not known. */
  readonly fraction: number | null;
  /** Ring, pace and estimates of the read; null: none, or not started. */
  readonly scan: ScanProgress | null;
  /** Now while it runs, on average when it is complete; null: not known. */
  readonly rowsPerSecond: number | null;
  /** Null: not known. */
  readonly elapsedMs: number | null;
  readonly error: ErrorText | null;
  readonly startedAt: string;
  /** How often it was resumed; 0 where nobody counts. */
  readonly resumed: number;
  /** What it writes. */
  readonly output: Output;
  /** Of a job that changes rows: how they ended so far. */
  readonly changes?: ManyCounts | undefined;
  /** Of a job that loads files: how its records stand. */
  readonly load?: LoadStanding | undefined;
  /** Of a job on Spark: how its application stands. */
  readonly spark?: SparkProgress | undefined;
  /** Of a job that copies rows, and of one that compares two tables: what it came to so far. */
  readonly copied?: Copied | undefined;
  readonly compared?: Compared | undefined;
  /** Of a job that a schedule started. */
  readonly schedule?: Job['schedule'];
  /** Of a job: why it may neither go on nor its files be taken; absent: nothing is in the way. */
  readonly withheld?: string | undefined;
  /** In the order that buttons stand. */
  readonly can: readonly TransferAction[];
}

type Output =
  | { readonly kind: 'file'; readonly name: string; readonly sha256: string | null }
  | {
      readonly kind: 'directory';
      readonly path: string;
      readonly parts: Job['parts'];
      readonly about: readonly string[];
    };

/** Within its kind. */
export function idOf(source: Source): string {
  return transferOf(source).id;
}

export function transferOf(source: Source): Transfer {
  switch (source.kind) {
    case 'job':
      return ofJob(source.job);
    case 'download':
      return ofDownload(source.download);
    case 'file':
      return ofFile(source.save, source.download);
    default:
      return source satisfies never;
  }
}

function ofJob(job: Job): Transfer {
  const { id, cluster, title, statement, state, rows, bytes, scan, elapsedMs, createdAt, directory, parts } = job;
  const about = [formatText(job), job.consistency];
  return {
    ...{ kind: 'job', id, cluster, title, statement, state, rows, bytes, scan, elapsedMs, startedAt: createdAt },
    ...{
      fraction: state === 'complete' ? 1 : (scan?.ringFraction ?? loadedShare(job)),
      resumed: 0,
      error: shown(job.error),
    },
    rowsPerSecond: rateOf({ state, scan, rows, elapsedMs }),
    output: { kind: 'directory', path: directory, parts, about },
    can: jobActions(job),
    ...{ changes: job.changes, copied: job.copied, compared: job.compared, load: job.load, spark: job.spark },
    ...{ schedule: job.schedule, withheld: job.withheld },
  };
}

/** Of a load whose files are known. */
function loadedShare({ load }: Job): number | null {
  return load?.totalBytes == null || load.totalBytes === 0 ? null : load.bytes / load.totalBytes;
}

/** What can be done with a job now. */
export function jobActions({ kind, state, error, withheld }: Job): ActionsOf['job'][] {
  switch (state) {
    case 'waiting':
    case 'running':
      // Spark cannot pause an application.
      return kind === 'spark' ? ['cancel'] : ['pause', 'cancel'];
    case 'paused':
    case 'failed':
      return canGoOn(error) && withheld === undefined ? ['resume', 'cancel', 'delete'] : ['cancel', 'delete'];
    case 'complete':
    case 'cancelled':
      return ['delete'];
    default:
      return state satisfies never;
  }
}

function ofDownload(download: ExportProgress): Transfer {
  const { id, cluster, title, statement, state, rows, bytes, scan, elapsedMs, startedAt, fileName, sha256 } = download;
  return {
    ...{ kind: 'download', id, cluster, title, statement, state, rows, bytes, scan, elapsedMs, startedAt, resumed: 0 },
    ...{ fraction: state === 'complete' ? 1 : download.ringFraction, error: shown(download.error) },
    rowsPerSecond: rateOf({ state, scan, rows, elapsedMs }),
    output: { kind: 'file', name: fileName, sha256 },
    can: state === 'running' ? ['stop'] : [],
  };
}

function ofFile(save: Save, download: ExportProgress | undefined): Transfer {
  const { key, cluster, title, fileName, state, bytes, error, startedAt, sha256, exportIds } = save;
  const [rows, scan] = [save.rows ?? download?.rows ?? null, download?.scan ?? null];
  return {
    ...{ kind: 'file', id: key, cluster, title, statement: download?.statement ?? null, state, rows, bytes, scan },
    ...{ fraction: state === 'complete' ? 1 : (download?.ringFraction ?? null), elapsedMs: null, error, startedAt },
    rowsPerSecond: rateOf({ state, scan, rows, elapsedMs: null }),
    resumed: Math.max(0, exportIds.length - 1),
    output: { kind: 'file', name: fileName, sha256 },
    can: fileActions(save),
  };
}

function fileActions({ state, canGoOn }: Save): ActionsOf['file'][] {
  if (state === 'running') return ['stop'];
  if (state === 'complete') return ['forget'];
  return canGoOn ? ['resume', 'restart', 'forget'] : ['restart', 'forget'];
}

function rateOf({ state, scan, rows, elapsedMs }: Pick<Transfer, 'state' | 'scan' | 'rows' | 'elapsedMs'>) {
  if (state === 'running') return scan?.rowsPerSecond ?? null;
  if (state !== 'complete' || rows === null || rows === 0 || elapsedMs === null || elapsedMs <= 0) return null;
  return (rows * 1_000) / elapsedMs;
}

function shown(error: Job['error']): ErrorText | null {
  return error === null ? null : errorText(new ApiFailure(error, 0));
}

function formatText({ kind, format, compression = 'none' }: Job): string {
  const what = format ?? kind;
  return compression === 'none' ? what : `${what}, ${compression}`;
}

/** What the list and a stream know of the same job or download. */
interface Known {
  readonly id: string;
  readonly state: TransferState;
  readonly elapsedMs: number;
}

/** Whichever knows more: the list is polled every second, some transfers are watched live. */
function newer<T extends Known>(listed: T, live: T | null | undefined): T {
  if (live == null || live.id !== listed.id) return listed;
  return listed.state !== 'running' || listed.elapsedMs > live.elapsedMs ? listed : live;
}

/** The source with what its streams say of it, where that is more. */
export function withLive(
  source: Source,
  live: { readonly job?: Job | null | undefined; readonly download?: ExportProgress | null | undefined },
): Source {
  switch (source.kind) {
    case 'job':
      return { ...source, job: newer(source.job, live.job) };
    case 'download':
      return { ...source, download: newer(source.download, live.download) };
    case 'file':
      return source.download === undefined ? source : { ...source, download: newer(source.download, live.download) };
    default:
      return source satisfies never;
  }
}

/** A transfer of the list. */
export interface Listed {
  readonly source: Source;
  /** It may hold a connection for its progress. */
  readonly watched: boolean;
}

export interface TransferList {
  readonly jobs: readonly Listed[];
  readonly files: readonly Listed[];
  /** Without those that write a file of this page, which has a line already. */
  readonly downloads: readonly Listed[];
}

/** All that runs and has run, each thing once, and which may be watched live. Each kind keeps its given order. */
export function listTransfers(
  jobs: readonly Job[],
  saves: readonly Save[],
  downloads: readonly ExportProgress[],
): TransferList {
  const running = downloads.filter(isActive);
  const active = jobs.filter(isActive);
  const shares = streamShares(running.length, active.length);
  const watched = new Set<object>([...running.slice(0, shares.downloads), ...active.slice(0, shares.jobs)]);
  const written = new Set(saves.flatMap(({ exportIds }) => exportIds));
  return {
    jobs: jobs.map((job) => ({ source: { kind: 'job', job }, watched: watched.has(job) })),
    files: saves.map((save) => {
      const download = downloads.find(({ id }) => id === save.exportIds.at(-1));
      return { source: { kind: 'file', save, download }, watched: download !== undefined && watched.has(download) };
    }),
    downloads: downloads
      .filter(({ id }) => !written.has(id))
      .map((download) => ({ source: { kind: 'download', download }, watched: watched.has(download) })),
  };
}

/** What a person has chosen to see of the list. */
export interface TransferView {
  /** Ids of what this browser has started; only these are shown. Null: all are. */
  readonly only: ReadonlySet<string> | null;
  /** Downloads that have ended and started no later than this (ISO 8601) were cleared away. Null: none were. */
  readonly clearedUpTo: string | null;
}

/** The list without what was cleared away, or was started elsewhere where only one's own is wanted. */
export function viewedTransfers(list: TransferList, { only, clearedUpTo }: TransferView): TransferList {
  const isWanted = ({ source }: Listed) => only === null || isOwn(source, only);
  return {
    jobs: list.jobs.filter(isWanted),
    files: list.files,
    downloads: list.downloads.filter((listed) => isWanted(listed) && !isCleared(listed, clearedUpTo)),
  };
}

/** A file is written by this page; jobs and downloads are known by their ids. */
export function isOwn(source: Source, started: ReadonlySet<string>): boolean {
  return source.kind === 'file' || started.has(idOf(source));
}

function isCleared({ source }: Listed, upTo: string | null): boolean {
  const transfer = transferOf(source);
  return upTo !== null && !isActive(transfer) && transfer.startedAt <= upTo;
}

/** The mark that clears away every download of the list that has ended; null: none has. By the server's clock. */
export function clearMark(downloads: readonly Listed[]): string | null {
  const ended = downloads.map(({ source }) => transferOf(source)).filter((transfer) => !isActive(transfer));
  return ended.reduce<string | null>(
    (last, { startedAt }) => (last === null || startedAt > last ? startedAt : last),
    null,
  );
}

/** A browser opens this many connections to a server over HTTP/1.1; some must be left for everything else. */
const CONNECTIONS = 6;
const FOR_ALL_ELSE = 2;

/**
 * How many downloads and how many jobs are watched by a stream each; a download also holds a connection itself. The
 * others are as fresh as their list.
 */
export function streamShares(downloads: number, jobs: number): { downloads: number; jobs: number } {
  const free = Math.max(0, CONNECTIONS - FOR_ALL_ELSE - downloads);
  const forDownloads = Math.min(downloads, free);
  return { downloads: forDownloads, jobs: Math.min(jobs, free - forDownloads) };
}

import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { toFailure } from '@/lib/cassandra/client/errors';
import type { download } from '@/lib/contract/endpoints';
import { canContinue } from '@/lib/contract/export-formats';
import { FRAMED_TYPE } from '@/lib/contract/exports';
import type { ScanProgress } from '@/lib/contract/scans';
import { beginExport, type ExportRecord, type ExportStart, rememberRefused } from '@/lib/export/export-registry';
import { exportFailure } from '@/lib/export/failures';
import { decodeResumePoint, type ResumePoint } from '@/lib/export/resume-point';
import { type ExportSource, maskedSource, type ParsedExportRequest, planExport } from '@/lib/export/source';
import { begun, writeFile } from '@/lib/export/write-file';
import { invalidRequest } from '@/lib/failure';
import { openScan, progressBefore } from '@/lib/scan/scan';
import { contentType } from '@/lib/wire/row-writer';
import { noteInAudit } from './audit';
import { framedResponse } from './file-frames';
import { fileResponse } from './file-stream';
import { NO_STORE, publicError } from './respond';
import type { RequestContext } from './route';
import { toStream } from './to-stream';

type Download = (typeof download)['get' | 'post'];

const PROGRESS_EVERY_MS = 250;
const CHECKPOINT_EVERY_MS = 1_000;

/**
 * An export as a download, registered so that it can be watched and stopped; as frames if the request's `accept` header
 * says so.
 * @throws Failure when it cannot start
 */
export async function openExport(context: RequestContext<Download>): Promise<Response> {
  const { cluster, input: asked, principal, headers, signal } = context;
  const isFramed = headers.get('accept')?.includes(FRAMED_TYPE) === true;
  const { source, start, record } = await beginPlanned(context, isFramed);
  try {
    const { plan, format, fileName, warnings } = source;
    const options = { principal, limits: asked.limits, resume: start?.checkpoint };
    const reader = cluster.reads.reader();
    record.follow(() => withWarnings(progressBefore(reader), warnings));
    const scan = await openScan({ ...plan, reader }, options, signal, record.signal);
    record.follow(() => withWarnings(scan.progress(), warnings));
    const compression = asked.compression ?? 'none';
    const chunks = await begun(
      writeFile(scan, {
        format,
        compression,
        isContinued: start !== null,
        checkpointEveryMs: isFramed ? CHECKPOINT_EVERY_MS : null,
      }),
    );
    const download = { scan, record, chunks, fileName, contentType: contentType(asked.format, compression) };
    return isFramed ? framedResponse(download, format, start ?? { rows: 0, bytes: 0 }) : fileResponse(download);
  } catch (error) {
    const failure = exportFailure(error);
    if (signal.aborted || record.signal.aborted) record.stop();
    else record.fail(publicError(failure.error));
    throw failure;
  }
}

interface Begun {
  readonly source: ExportSource;
  /** Where the download resumes; null: it starts at the beginning. */
  readonly start: ResumePoint | null;
  readonly record: ExportRecord;
}

/** A refused download shows no reason in the browser, so the page that chose its id looks up the reason by that id. */
async function beginPlanned(
  { cluster, input: asked, principal, rights }: RequestContext<Download>,
  isFramed: boolean,
): Promise<Begun> {
  try {
    checkFramed(asked, isFramed);
    const source = maskedSource(await planExport(cluster, asked), rights);
    const start = asked.resume === undefined ? null : decodeResumePoint(source.format, asked.resume);
    const { title, plan, fileName } = source;
    const { statement } = asked;
    noteInAudit({
      consistency: plan.consistency,
      ...(statement === undefined ? { built: plan.shown } : { statement }),
    });
    const begun = startOf(cluster, asked, title, plan.shown, fileName);
    return { source, start, record: beginExport(begun, principal, asked.id) };
  } catch (error) {
    const title = asked.table === undefined ? 'query' : `${asked.keyspace}.${asked.table}`;
    const start = startOf(cluster, asked, title, asked.statement ?? title, title);
    if (asked.id !== undefined) rememberRefused(start, principal, asked.id, publicError(toFailure(error).error));
    throw error;
  }
}

function checkFramed({ format, compression = 'none', resume }: ParsedExportRequest, isFramed: boolean): void {
  if (isFramed && !canContinue(format, compression)) {
    const kind = compression === 'none' ? format : `${format} with ${compression}`;
    throw invalidRequest(
      `A download as ${kind} cannot be resumed.`,
      'Use CSV, NDJSON or CQL without compression, or run the export as a job on the server.',
    );
  }
  if (resume !== undefined && !isFramed) {
    throw invalidRequest(`Downloads can only be resumed as frames: send the header accept: ${FRAMED_TYPE}.`);
  }
}

function startOf(
  { name: cluster }: Cluster,
  { format, compression = 'none' }: ParsedExportRequest,
  title: string,
  statement: string,
  fileName: string,
): ExportStart {
  return { cluster, title, statement, format, compression, fileName };
}

function withWarnings(progress: ScanProgress, warnings: readonly string[]): ScanProgress {
  return warnings.length === 0 ? progress : { ...progress, warnings: [...warnings, ...progress.warnings] };
}

/** An export's progress as NDJSON, several lines a second until it ends. */
export function exportProgressResponse(record: ExportRecord, signal: AbortSignal): Response {
  return new Response(
    toStream(progressLines(record, signal), () => undefined),
    {
      headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': NO_STORE },
    },
  );
}

async function* progressLines(record: ExportRecord, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  while (!signal.aborted) {
    const progress = record.snapshot();
    yield encoder.encode(`${JSON.stringify(progress)}\n`);
    if (progress.state !== 'running') return;
    await new Promise((resolve) => setTimeout(resolve, PROGRESS_EVERY_MS));
  }
}

import 'server-only';
import type { z } from 'zod';
import type { Cluster } from '@/lib/cassandra/cluster';
import { toFailure } from '@/lib/cassandra/errors';
import { invalidRequest } from '@/lib/cassandra/failure';
import { planQuery } from '@/lib/cassandra/query-plan';
import { openRead, type ReadPlan } from '@/lib/cassandra/reads';
import { planTable } from '@/lib/cassandra/table-plan';
import type { exportRequestSchema } from '@/lib/contract/reads';
import { beginExport, type ExportRecord, type ExportStart, rememberRefused } from '@/lib/export/export-registry';
import { compilePlan, csvHeader } from '@/lib/wire/plan';
import { type FileFormat, fileResponse } from './file-stream';
import { NO_STORE, publicError } from './respond';
import { toStream } from './row-stream';

type ExportAsked = z.output<typeof exportRequestSchema>;

const EXPORT_PAGE_ROWS = 5_000;
const PROGRESS_EVERY_MS = 250;

/**
 * An export as a download, registered so that its progress can be watched and it can be stopped.
 * @throws CassandraFailure when it cannot begin
 */
export async function openExport(cluster: Cluster, asked: ExportAsked, signal: AbortSignal): Promise<Response> {
  const { plan, start, record } = await beginPlanned(cluster, asked);
  try {
    const read = await openRead(plan, signal, record.signal);
    return await fileResponse(read, record, start.fileName, fileFormat(asked));
  } catch (error) {
    record.fail(publicError(toFailure(error).error));
    throw error;
  }
}

/** A download tells no reason when it is refused: the page that chose its id finds the reason under that id. */
async function beginPlanned(cluster: Cluster, asked: ExportAsked) {
  try {
    const { plan, title } = await planExport(cluster, asked);
    const start = startOf(cluster, asked, title, plan.shown);
    return { plan, start, record: beginExport(start, asked.id) };
  } catch (error) {
    const title = asked.table === undefined ? 'query' : `${asked.keyspace}.${asked.table}`;
    const start = startOf(cluster, asked, title, asked.statement ?? title);
    if (asked.id !== undefined) rememberRefused(start, asked.id, publicError(toFailure(error).error));
    throw error;
  }
}

function startOf({ name: cluster }: Cluster, { format }: ExportAsked, title: string, statement: string): ExportStart {
  const fileName = `${title.replace(/[^\p{L}\p{N}_.-]+/gu, '_').slice(0, 80)}.${format}`;
  return { cluster, title, statement, format, compression: 'none', fileName };
}

async function planExport(cluster: Cluster, asked: ExportAsked): Promise<{ plan: ReadPlan; title: string }> {
  const { keyspace, table, statement, filters, columns, consistency, timeoutMs } = asked;
  const options = { consistency, timeoutMs, pageRows: asked.pageRows ?? EXPORT_PAGE_ROWS, maxPages: 0 };
  if (statement === undefined) {
    const name = { keyspace: keyspace ?? '', table: table ?? '' };
    return { plan: await planTable(cluster, name, { ...options, filters, columns }), title: `${keyspace}.${table}` };
  }
  const plan = await planQuery(cluster, { ...options, statement, keyspace });
  if (plan.classification.isWrite) throw invalidRequest('Only a statement that reads can be exported.');
  return { plan, title: plan.table === undefined ? 'query' : `${plan.table.name}-query` };
}

function fileFormat({ format, csv }: ExportAsked): FileFormat {
  switch (format) {
    case 'ndjson':
      return {
        contentType: 'application/x-ndjson; charset=utf-8',
        plan: (columns) => compilePlan(columns, 'ndjson-object'),
        head: () => '',
      };
    case 'csv': {
      const options = { delimiter: csv?.delimiter ?? ',', formulaSafe: csv?.formulaSafe ?? false };
      return {
        contentType: 'text/csv; charset=utf-8',
        plan: (columns) => compilePlan(columns, 'csv', options),
        head: (columns) => (csv?.header === false ? '' : csvHeader(columns, options)),
      };
    }
    case 'json':
    case 'cql':
    case 'parquet':
      throw invalidRequest(`A download as ${format} cannot be had yet.`);
    default:
      return format satisfies never;
  }
}

/** An export's progress as NDJSON, a line whenever it has moved, until it has ended. */
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

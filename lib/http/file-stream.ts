import 'server-only';
import { createHash } from 'node:crypto';
import { toFailure } from '@/lib/cassandra/errors';
import type { Read, ReadPage } from '@/lib/cassandra/reads';
import { EXPORT_ID_HEADER } from '@/lib/contract/exports';
import type { ExportRecord } from '@/lib/export/export-registry';
import type { RowPlan } from '@/lib/wire/plan';
import { TextSink } from '@/lib/wire/sink';
import { NO_STORE, publicError } from './respond';
import { toStream, writeRows } from './row-stream';

/** How a file's text is made of a read's columns. */
export interface FileFormat {
  readonly contentType: string;
  /** @throws Error when the columns cannot be written in this format */
  plan(columns: NonNullable<ReadPage['columns']>): RowPlan;
  /** What stands in front of the first row. */
  head(columns: NonNullable<ReadPage['columns']>): string;
}

/**
 * A read as a file that the browser saves while it comes. A failure on the way breaks the transfer, so that the
 * browser marks the file as failed: an incomplete file never looks whole.
 * @throws CassandraFailure when the first page cannot be had
 */
export async function fileResponse(
  read: Read,
  record: ExportRecord,
  fileName: string,
  format: FileFormat,
): Promise<Response> {
  const pages = read.pages[Symbol.asyncIterator]();
  let first: IteratorResult<ReadPage, void>;
  let plan: RowPlan | null;
  try {
    first = await pages.next();
    plan = first.done || first.value.columns === null ? null : format.plan(first.value.columns);
  } catch (error) {
    record.fail(publicError(toFailure(error).error));
    await pages.return?.();
    throw error;
  }
  const chunks = fileChunks(read, record, { first, plan, pages, format });
  const stop = async (reason: unknown) => {
    record.stop();
    read.abort(reason);
    // Frees the source also when no chunk was ever taken: the generator of chunks has not begun then.
    await pages.return?.();
  };
  return new Response(toStream(chunks, stop), {
    headers: {
      'content-type': format.contentType,
      'content-disposition': contentDisposition(fileName),
      'cache-control': NO_STORE,
      [EXPORT_ID_HEADER]: record.id,
    },
  });
}

interface Opened {
  readonly first: IteratorResult<ReadPage, void>;
  readonly plan: RowPlan | null;
  readonly pages: AsyncIterator<ReadPage, void>;
  readonly format: FileFormat;
}

async function* fileChunks(read: Read, record: ExportRecord, opened: Opened): AsyncGenerator<Uint8Array> {
  const { plan, pages, format } = opened;
  const sink = new TextSink();
  const hash = createHash('sha256');
  let [rows, bytes, pageCount] = [0, 0, 0];
  const counted = (chunk: Uint8Array) => {
    hash.update(chunk);
    bytes += chunk.length;
    record.advance({ bytes });
    return chunk;
  };
  try {
    for (let step = opened.first; !step.done; step = await pages.next()) {
      const page = step.value;
      if (pageCount === 0 && page.columns !== null) sink.text(format.head(page.columns));
      if (plan !== null) for (const chunk of writeRows(plan, page, sink)) yield counted(chunk);
      if (sink.length > 0) yield counted(sink.take());
      rows += page.rows;
      pageCount++;
      record.advance({ rows, pages: pageCount, ringFraction: page.frame.ringFraction, token: page.frame.token });
    }
    record.complete(hash.digest('hex'));
  } catch (error) {
    if (read.signal.aborted) record.stop();
    else record.fail(publicError(toFailure(error).error));
    throw error;
  } finally {
    // Left early: the reader went away.
    record.stop();
    await pages.return?.();
  }
}

/** RFC 6266: a plain name for all, the exact one for those who read it. */
function contentDisposition(fileName: string): string {
  const plain = fileName.replace(/[^\w.-]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`;
}

import 'server-only';
import { createHash } from 'node:crypto';
import { EXPORT_ID_HEADER } from '@/lib/contract/exports';
import type { ExportRecord } from '@/lib/export/export-registry';
import { exportFailure } from '@/lib/export/failures';
import type { FileChunks } from '@/lib/export/write-file';
import type { Scan } from '@/lib/scan/scan';
import { isStoppedByServer, SERVER_STOPPING, stoppingFailure } from '@/lib/stopping';
import { noteInAudit } from './audit';
import { NO_STORE, publicError } from './respond';
import { toStream } from './to-stream';

/** A file that is sent to a browser. */
export interface Download {
  readonly scan: Scan;
  readonly record: ExportRecord;
  readonly chunks: FileChunks;
  readonly fileName: string;
  readonly contentType: string;
}

/**
 * A file that the browser saves while it arrives. A failure midway breaks the transfer, so that the browser marks the
 * file as failed: an incomplete file never looks complete.
 */
export function fileResponse(download: Download): Response {
  return downloadResponse(download, fileBytes(download), download.contentType);
}

async function* fileBytes({ scan, record, chunks }: Download): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let length = 0;
  try {
    for await (const { bytes, rows } of chunks) {
      hash.update(bytes);
      length += bytes.length;
      record.advance({ rows, bytes: length });
      noteInAudit({ rows });
      if (bytes.length > 0) yield bytes;
    }
    record.complete(hash.digest('hex'));
  } catch (error) {
    endRecord(record, scan, error);
    throw error;
  } finally {
    // Ended early: the reader left.
    record.stop();
  }
}

/** Records how an incomplete download ended. */
export function endRecord(record: ExportRecord, scan: Scan, error: unknown): void {
  const isStopped = isStoppedByServer(scan.signal);
  if (scan.signal.aborted && !isStopped) {
    record.stop();
    return;
  }
  const failure = isStopped ? SERVER_STOPPING : exportFailure(error).error;
  noteInAudit({ error: failure.code });
  record.fail(publicError(failure));
}

/** The response with `bytes`; a reader that leaves stops the export and the scan. */
export function downloadResponse(
  { scan, record, chunks, fileName }: Download,
  bytes: AsyncGenerator<Uint8Array>,
  contentType: string,
): Response {
  const stop = async (reason: unknown) => {
    record.stop();
    scan.abort(reason);
    // Frees the source even if no chunk was ever taken, when the generator of chunks has not started.
    await chunks.return();
  };
  const onStop = () => scan.abort(stoppingFailure());
  return new Response(toStream(bytes, stop, { onStop }), {
    headers: {
      'content-type': contentType,
      'content-disposition': contentDisposition(fileName),
      'cache-control': NO_STORE,
      [EXPORT_ID_HEADER]: record.id,
    },
  });
}

/** RFC 6266: an ASCII name for every client, and the exact one for those that support it. */
export function contentDisposition(fileName: string): string {
  const plain = fileName.replace(/[^\w.-]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`;
}

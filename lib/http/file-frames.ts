import 'server-only';
import { FRAMED_TYPE } from '@/lib/contract/exports';
import { exportFailure } from '@/lib/export/failures';
import { encodeResumePoint, type ResumePoint } from '@/lib/export/resume-point';
import { isStoppedByServer, SERVER_STOPPING } from '@/lib/stopping';
import type { FileFormat } from '@/lib/wire/row-writer';
import { noteInAudit } from './audit';
import { type Download, downloadResponse, endRecord } from './file-stream';
import { publicError } from './respond';

/** A type byte and an unsigned 32-bit length. */
const HEAD_BYTES = 5;

const encoder = new TextEncoder();

/**
 * A file as frames (see the contract), so that it can resume from its last checkpoint. A failure is the last frame; a
 * stop breaks the transfer.
 * @param start how much of the file exists already
 */
export function framedResponse(
  download: Download,
  format: FileFormat,
  start: Omit<ResumePoint, 'checkpoint'>,
): Response {
  return downloadResponse(download, fileFrames(download, format, start), FRAMED_TYPE);
}

async function* fileFrames(
  { scan, record, chunks }: Download,
  format: FileFormat,
  start: Omit<ResumePoint, 'checkpoint'>,
): AsyncGenerator<Uint8Array> {
  let { rows, bytes } = start;
  try {
    for await (const chunk of chunks) {
      rows = start.rows + chunk.rows;
      bytes += chunk.bytes.length;
      record.advance({ rows, bytes });
      noteInAudit({ rows });
      if (chunk.bytes.length > 0) yield frame('F', chunk.bytes);
      if (chunk.checkpoint !== null) {
        yield frame('C', encoder.encode(encodeResumePoint(format, { checkpoint: chunk.checkpoint, rows, bytes })));
      }
    }
    yield frame('Z', encoder.encode(JSON.stringify({ rows, bytes })));
    record.complete(null);
  } catch (error) {
    endRecord(record, scan, error);
    const isStopped = isStoppedByServer(scan.signal);
    if (scan.signal.aborted && !isStopped) throw error;
    const failure = isStopped ? SERVER_STOPPING : exportFailure(error).error;
    yield frame('E', encoder.encode(JSON.stringify(publicError(failure))));
  } finally {
    // Ended early: the reader left.
    record.stop();
  }
}

function frame(type: string, body: Uint8Array): Uint8Array {
  const framed = Buffer.allocUnsafe(HEAD_BYTES + body.length);
  framed.write(type, 0, 'latin1');
  framed.writeUInt32BE(body.length, 1);
  framed.set(body, HEAD_BYTES);
  return framed;
}

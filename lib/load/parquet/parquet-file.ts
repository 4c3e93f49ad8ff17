import 'server-only';
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { AsyncBuffer } from 'hyparquet';
import { formatBytes } from '@/lib/text/format';
import { SourceError } from '../records';

/** Bytes of a footer that is parsed: it is held as a whole, with an object for each column of each row group. */
const FOOTER_BYTES = 64 * 1024 * 1024;
/** The file's magic at its start, and its footer's length with the magic again at its end. */
const MAGIC = 'PAR1';
const TRAILER_BYTES = 8;

const HASH_CHUNK_BYTES = 256 * 1024;

/** Access to a file's bytes for hyparquet. */
export function asyncBuffer(file: FileHandle, byteLength: number): AsyncBuffer {
  return {
    byteLength,
    slice: async (start, end = byteLength) => (await readExactly(file, start, end - start)).buffer,
  };
}

/** Checks that a file has a footer of a size that can be held. Throws SourceError. */
export async function checkTrailer(file: FileHandle, byteLength: number): Promise<void> {
  const short = byteLength < MAGIC.length + TRAILER_BYTES;
  const start = Buffer.from(await readExactly(file, 0, Math.min(MAGIC.length, byteLength))).toString('latin1');
  if (byteLength === 0) throw new SourceError('The file is empty.');
  if (start !== MAGIC) {
    const hint = start === 'PARE' ? 'It is encrypted: decrypt it first.' : 'Choose the format that the file has.';
    throw new SourceError(`The file is not Parquet: it does not begin with ${MAGIC}.`, { hint });
  }
  const trailer = short
    ? Buffer.alloc(TRAILER_BYTES)
    : Buffer.from(await readExactly(file, byteLength - TRAILER_BYTES, TRAILER_BYTES));
  const footerBytes = trailer.readUInt32LE(0);
  if (trailer.toString('latin1', 4) !== MAGIC || footerBytes > byteLength - TRAILER_BYTES - MAGIC.length) {
    throw new SourceError(`The Parquet file is cut off: the footer at its end is missing.`, {
      hint: 'Nothing was read. Copy the file again, and compare its size or checksum.',
    });
  }
  if (footerBytes <= FOOTER_BYTES) return;
  throw new SourceError(
    `The footer of the Parquet file has ${formatBytes(footerBytes)}; at most ${formatBytes(FOOTER_BYTES)} are read.`,
    { hint: 'Write the rows to several files, or with larger row groups.' },
  );
}

async function readExactly(file: FileHandle, start: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, start + done);
    if (bytesRead === 0) throw new SourceError('The Parquet file became shorter while it was read.');
    done += bytesRead;
  }
  return bytes;
}

/** The SHA-256 of a whole file, hex. */
export async function sha256OfFile(file: FileHandle, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const chunk = new Uint8Array(HASH_CHUNK_BYTES);
  for (let at = 0; ; ) {
    signal.throwIfAborted();
    const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(chunk.subarray(0, bytesRead));
    at += bytesRead;
  }
}

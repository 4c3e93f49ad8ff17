import 'server-only';
import { createHash } from 'node:crypto';
import { Duplex, Readable } from 'node:stream';
import zlib from 'node:zlib';
import type { SourceLimits, SourceOptions } from '@/lib/contract/load-sources';
import { formatBytes } from '@/lib/text/format';
import { SourceError } from './records';

/** Bytes that a decompressor outputs at a time. */
const CHUNK_BYTES = 64 * 1024;

/** Below this size no ratio is suspicious: a short file of one value compresses well. */
const UNSUSPICIOUS_BYTES = 64 * 1024 * 1024;

type Compression = Exclude<SourceOptions['compression'], 'auto'>;

/**
 * The decompressed bytes of a stream, in chunks of about 64 KiB. Counts and hashes the bytes as they came, and bounds what
 * they grow to. Iterate it once; leaving the loop destroys the stream.
 */
export class Input implements AsyncIterable<Buffer> {
  private readonly hash = createHash('sha256');
  private read = 0;
  private digest: string | null = null;

  constructor(
    private readonly stream: Readable,
    private readonly compression: SourceOptions['compression'],
    private readonly limits: SourceLimits,
    private readonly signal: AbortSignal,
  ) {}

  /** Of the stream, as they came. */
  get bytesRead(): number {
    return this.read;
  }

  /** Hex; the whole stream must have been read. */
  sha256(): string {
    this.digest ??= this.hash.digest('hex');
    return this.digest;
  }

  /** Throws SourceError for damaged or truncated input and beyond the limits; the signal's reason when aborted. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void> {
    const raw = this.raw();
    try {
      const first = await beginning(raw);
      const rest = prepended(first, raw);
      const compression = this.compression === 'auto' ? compressionOf(first) : this.compression;
      if (compression === 'none') yield* rest;
      else yield* this.decompressed(rest, compression);
    } finally {
      this.stream.destroy();
    }
  }

  private async *raw(): AsyncGenerator<Buffer, void> {
    this.signal.throwIfAborted();
    const stop = () => this.stream.destroy(abortError(this.signal));
    this.signal.addEventListener('abort', stop, { once: true });
    try {
      for await (const chunk of this.stream) {
        const bytes = bufferOf(chunk);
        this.read += bytes.length;
        this.hash.update(bytes);
        yield bytes;
      }
      this.signal.throwIfAborted();
    } finally {
      this.signal.removeEventListener('abort', stop);
    }
  }

  private async *decompressed(
    chunks: AsyncIterable<Buffer>,
    compression: Exclude<Compression, 'none'>,
  ): AsyncGenerator<Buffer, void> {
    const decompressor = decompressorFor(compression);
    const source = Readable.from(chunks, { objectMode: false });
    source.on('error', (error) => decompressor.destroy(error));
    let written = 0;
    try {
      for await (const chunk of source.pipe(decompressor)) {
        const bytes = bufferOf(chunk);
        written += bytes.length;
        this.checkSize(written);
        yield bytes;
      }
      this.checkTail(decompressor);
    } catch (error) {
      throw this.signal.aborted ? this.signal.reason : decompressionError(error, compression, written);
    } finally {
      source.destroy();
      decompressor.destroy();
    }
  }

  /** zlib ignores what follows the last member of a gzip file; it may be rows. */
  private checkTail(decompressor: Duplex): void {
    if (!('bytesWritten' in decompressor) || decompressor.bytesWritten === this.read) return;
    throw new SourceError(
      `The gzip data ends after ${String(decompressor.bytesWritten)} of ${this.read} bytes; what follows is not gzip.`,
      { hint: 'All records before it were read. Compress the file again, as a whole.' },
    );
  }

  private checkSize(written: number): void {
    const { decompressedBytes, ratio } = this.limits;
    if (written > decompressedBytes) {
      throw new SourceError(`The file is longer than ${formatBytes(decompressedBytes)} once decompressed.`, {
        hint: 'Raise the limit on decompressed bytes if it is meant to be that long.',
      });
    }
    if (written < UNSUSPICIOUS_BYTES || written <= this.read * ratio) return;
    throw new SourceError(
      `${formatBytes(this.read)} became ${formatBytes(written)} and more, over ${ratio} times as much: it looks like a decompression bomb.`,
      { hint: 'Raise the limit on the ratio if the file is meant to be like this.' },
    );
  }
}

function abortError(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('aborted', { cause: signal.reason });
}

function bufferOf(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk;
  if (chunk instanceof Uint8Array) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new TypeError('a stream of bytes yielded something else');
}

const MAGIC_BYTES = 4;
const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** The first bytes, enough to see what they are. */
async function beginning(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  let first = Buffer.alloc(0);
  while (first.length < MAGIC_BYTES) {
    const next = await chunks.next();
    if (next.done) break;
    first = first.length === 0 ? Buffer.from(next.value) : Buffer.concat([first, next.value]);
  }
  return first;
}

async function* prepended(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  if (first.length > 0) yield first;
  yield* rest;
}

function compressionOf(first: Buffer): Compression {
  if (first[0] === 0x1f && first[1] === 0x8b) return 'gzip';
  return first.subarray(0, MAGIC_BYTES).equals(ZSTD_MAGIC) ? 'zstd' : 'none';
}

function decompressorFor(compression: Exclude<Compression, 'none'>): Duplex {
  if (compression === 'gzip') return zlib.createGunzip({ chunkSize: CHUNK_BYTES });
  // The types are for the oldest Node that Ringside supports, which lacks it.
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress');
  const stream: unknown = typeof create === 'function' ? create({ chunkSize: CHUNK_BYTES }) : null;
  if (stream instanceof Duplex) return stream;
  throw new SourceError(`Node ${process.versions.node} cannot decompress zstd.`, {
    hint: 'Decompress the file first, or run Ringside with Node 22.15 or later.',
  });
}

function decompressionError(error: unknown, compression: Compression, written: number): unknown {
  if (!(error instanceof Error) || error instanceof SourceError || !('code' in error)) return error;
  const code = String(error.code);
  if (!code.startsWith('Z_') && !code.startsWith('ZSTD_')) return error;
  const isCut = code === 'Z_BUF_ERROR' || code === 'ZSTD_error_srcSize_wrong';
  const after = `after ${formatBytes(written)} of decompressed data`;
  return new SourceError(
    isCut
      ? `The ${compression} file ends too early, ${after}: it was cut off.`
      : `The ${compression} file is damaged ${after}: ${error.message}.`,
    { hint: 'All records before that were read. Copy the file again, and compare its size or checksum.', cause: error },
  );
}

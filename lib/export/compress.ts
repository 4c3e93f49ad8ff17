import 'server-only';
import { Transform } from 'node:stream';
import zlib from 'node:zlib';
import type { Compression } from '@/lib/contract/exports';
import { invalidRequest } from '@/lib/failure';

/** Bytes that a compressor outputs at a time. */
const CHUNK_BYTES = 64 * 1024;

/** zlib's fastest level. The default makes files a sixth smaller but takes three times as long (flights as CSV). */
const GZIP_LEVEL = 1;

const NOTHING = new Uint8Array(0);

/** Compresses one stream of bytes. Its outputs in order are the compressed stream. */
export interface Compressor {
  /** Takes bytes, which the caller must not change; resolves with the output so far, often empty. */
  push(bytes: Uint8Array): Promise<Uint8Array>;
  /** Ends the stream and resolves with the rest. Several ended streams in a row make one valid file. */
  end(): Promise<Uint8Array>;
  /** Frees its memory; for a stream that is abandoned. */
  close(): void;
}

/** What this runtime supports: zstd needs Node 22.15, or 23.8. */
export function availableCompressions(): Compression[] {
  return zstdFactory() === null ? ['none', 'gzip'] : ['none', 'gzip', 'zstd'];
}

/** @throws Failure `invalid_request` where the runtime lacks it */
export function openCompressor(compression: Compression): Compressor {
  switch (compression) {
    case 'none':
      return { push: async (bytes) => bytes, end: async () => NOTHING, close: () => undefined };
    case 'gzip':
      return new StreamCompressor(zlib.createGzip({ level: GZIP_LEVEL, chunkSize: CHUNK_BYTES }));
    case 'zstd':
      return new StreamCompressor(createZstd());
    default:
      return compression satisfies never;
  }
}

/** @throws Failure `invalid_request` where the runtime lacks it */
export function checkCompression(compression: Compression): void {
  if (availableCompressions().includes(compression)) return;
  throw invalidRequest(
    `This server cannot compress with ${compression}: Node ${process.versions.node} does not support it.`,
    'Choose gzip, or run Ringside with Node 22.15 or later.',
  );
}

function createZstd(): Transform {
  checkCompression('zstd');
  const stream: unknown = zstdFactory()?.({ chunkSize: CHUNK_BYTES });
  if (stream instanceof Transform) return stream;
  throw new TypeError('zlib.createZstdCompress did not return a stream');
}

/** The types are for the oldest Node that Ringside supports, which lacks it. */
function zstdFactory(): ((options: object) => unknown) | null {
  const factory: unknown = Reflect.get(zlib, 'createZstdCompress');
  return typeof factory === 'function' ? (options) => Reflect.apply(factory, zlib, [options]) : null;
}

class StreamCompressor implements Compressor {
  readonly #stream: Transform;
  readonly #ready: Uint8Array[] = [];
  readonly #ended: Promise<void>;
  /** The bytes being compressed while the caller produces the next. */
  #pending: Promise<void> = Promise.resolve();

  constructor(stream: Transform) {
    this.#stream = stream;
    stream.on('data', (chunk: Buffer) => this.#ready.push(chunk));
    this.#ended = new Promise((resolve, reject) => stream.once('end', resolve).once('error', reject));
    this.#ended.catch(() => undefined);
  }

  async push(bytes: Uint8Array): Promise<Uint8Array> {
    await this.#pending;
    this.#pending = new Promise((resolve, reject) => {
      this.#stream.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
    this.#pending.catch(() => undefined);
    return this.#take();
  }

  async end(): Promise<Uint8Array> {
    await this.#pending;
    this.#stream.end();
    await this.#ended;
    return this.#take();
  }

  close(): void {
    this.#stream.destroy();
  }

  #take(): Uint8Array {
    const ready = this.#ready.splice(0);
    const [only = NOTHING] = ready;
    return ready.length < 2 ? only : Buffer.concat(ready);
  }
}

import { randomBytes } from 'node:crypto';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Compression } from '@/lib/contract/exports';
import { availableCompressions, checkCompression, openCompressor } from './compress';

/** Looked up by name: the types are for the oldest Node that Ringside supports, which lacks zstd. */
const zstdDecompress: unknown = Reflect.get(zlib, 'zstdDecompressSync');
const hasZstd = typeof zstdDecompress === 'function';

function decompress(compression: Compression, bytes: Buffer): Buffer {
  if (compression === 'none') return bytes;
  if (compression === 'gzip') return zlib.gunzipSync(bytes);
  if (typeof zstdDecompress !== 'function') throw new TypeError('this Node has no zstd');
  return Buffer.from(Reflect.apply(zstdDecompress, zlib, [bytes]));
}

/** One complete stream of chunks. */
async function compress(compression: Compression, chunks: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const compressor = openCompressor(compression);
  const out: Uint8Array[] = [];
  for (const chunk of chunks) out.push(await compressor.push(chunk));
  out.push(await compressor.end());
  return out;
}

describe('compressed bytes', () => {
  it('can be zstd only if this Node supports it', () => {
    expect(availableCompressions()).toEqual(['none', 'gzip', ...(hasZstd ? ['zstd'] : [])]);
    if (!hasZstd) expect(() => checkCompression('zstd')).toThrow('cannot compress with zstd');
  });

  it.each(availableCompressions())('decompress to the original: %s, several streams in a row', async (compression) => {
    const chunks = [Buffer.from('a,b\r\n'), randomBytes(300_000), Buffer.alloc(1_000_000, 'x'), new Uint8Array(0)];
    const file = [...(await compress(compression, chunks)), ...(await compress(compression, chunks))];
    expect(decompress(compression, Buffer.concat(file)).equals(Buffer.concat([...chunks, ...chunks]))).toBe(true);
  });
});

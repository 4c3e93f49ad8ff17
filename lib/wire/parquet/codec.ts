import { snappyCompress } from 'hyparquet-writer/src/snappy.js';
import { PlanError } from '@/lib/wire/errors';
import type { ParquetOptions } from '@/lib/wire/file-format';

/** How a file's pages are compressed. */
export interface Codec {
  /** Its number in Parquet's CompressionCodec. */
  readonly id: number;
  /** Undefined: pages are stored uncompressed. */
  readonly compress: ((bytes: Uint8Array) => Uint8Array) | undefined;
}

/** Throws PlanError for gzip without a compressor. */
export function codecOf({ compression = 'snappy', gzip }: ParquetOptions): Codec {
  switch (compression) {
    case 'none':
      return { id: 0, compress: undefined };
    case 'snappy':
      return { id: 1, compress: snappyCompress };
    case 'gzip':
      if (gzip === undefined) throw new PlanError('Parquet with gzip needs a compressor, and none was given.');
      return { id: 2, compress: gzip };
    default:
      return compression satisfies never;
  }
}

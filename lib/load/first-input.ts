import 'server-only';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { type SourceOptions, sourceOptionsSchema } from '@/lib/contract/load-sources';
import { openRegular } from '@/lib/regular-file';
import { Input } from './input';
import type { InputFile } from './job-request';
import { openSource } from './open-source';
import { type Source, SourceError } from './records';

/** What the format is guessed from. */
const GUESS_BYTES = 16 * 1024;
/** What is looked at of a stream before it is loaded. */
const PEEK_BYTES = 256 * 1024;

/** The first input of a load, to find out what it is. */
export interface FirstInput {
  readonly name: string;
  /** The first bytes, decompressed; none where they cannot be. */
  readonly beginning: () => Promise<Uint8Array>;
  readonly open: (options: SourceOptions) => Promise<Source>;
  /** Only the beginning can be read, and ends anywhere. */
  readonly isCut: boolean;
}

export function firstOfFile({ path, name }: InputFile, signal: AbortSignal): FirstInput {
  return {
    name,
    beginning: async () => beginningOf((await openRegular(path, 'read')).createReadStream(), signal),
    open: (options) => openSource({ path }, options, signal),
    isCut: false,
  };
}

/** The beginning of a stream, and all of it: what was looked at is in front of the rest. */
export async function firstOfStream(
  stream: Readable,
  name: string,
  signal: AbortSignal,
): Promise<{ readonly first: FirstInput; readonly all: Readable }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  while (bytes < PEEK_BYTES && !stream.readableEnded) {
    const chunk: unknown = stream.read();
    if (Buffer.isBuffer(chunk)) bytes += chunks.push(chunk) > 0 ? chunk.length : 0;
    else if (stream.readableEnded || stream.destroyed) break;
    else await Promise.race([once(stream, 'readable', { signal }), once(stream, 'end', { signal })]);
  }
  const peeked = Buffer.concat(chunks);
  const isCut = !stream.readableEnded;
  const again = () => Readable.from([peeked], { objectMode: false });
  if (isCut) stream.unshift(peeked);
  const first = {
    name,
    beginning: () => beginningOf(again(), signal),
    open: (options: SourceOptions) => openSource({ stream: again() }, options, signal),
    isCut,
  };
  // Nothing can be put back into a stream that has ended.
  return { first, all: isCut ? stream : again() };
}

async function beginningOf(stream: Readable, signal: AbortSignal): Promise<Uint8Array> {
  const { limits } = sourceOptionsSchema.parse({ format: 'csv' });
  try {
    for await (const chunk of new Input(stream, 'auto', limits, signal)) return chunk.subarray(0, GUESS_BYTES);
  } catch (error) {
    // Reading it for the preview says what is wrong.
    if (!(error instanceof SourceError)) throw error;
  }
  return new Uint8Array();
}

import 'server-only';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { SourceOptions } from '@/lib/contract/load-sources';
import type { FirstBytes } from './find-options';
import type { InputFile } from './job-request';
import { openSource } from './open-source';
import type { Source } from './records';

/** What is looked at of a stream before it is loaded. */
const PEEK_BYTES = 256 * 1024;

/** The first input of a load, to find out what it is. */
export interface FirstInput {
  readonly name: string;
  /** What its format is guessed from. */
  readonly bytes: FirstBytes;
  readonly open: (options: SourceOptions) => Promise<Source>;
  /** Only the beginning can be read, and ends anywhere. */
  readonly isCut: boolean;
}

export function firstOfFile({ path, name }: InputFile, signal: AbortSignal): FirstInput {
  return {
    name,
    bytes: { path },
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
    bytes: { name: null, head: peeked, isWhole: !isCut },
    open: (options: SourceOptions) => openSource({ stream: again() }, options, signal),
    isCut,
  };
  // Nothing can be put back into a stream that has ended.
  return { first, all: isCut ? stream : again() };
}

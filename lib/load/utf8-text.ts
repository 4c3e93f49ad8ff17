import 'server-only';
import type { CsvSource } from '@/lib/contract/load-sources';
import { SourceError } from './records';

type Encoding = CsvSource['encoding'];

const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
const MOST_MARK_BYTES = 3;

/** The encoding that a byte-order mark at the start of a file states, and the mark's length; null if there is none. */
export function markedEncoding(first: Uint8Array): { encoding: Encoding; length: number } | null {
  for (const [encoding, mark] of MARKS) {
    if (mark.every((byte, i) => first[i] === byte)) return { encoding, length: mark.length };
  }
  return null;
}

/**
 * Text in any encoding as UTF-8, without its byte-order mark. UTF-8 is passed through unchecked: whoever cuts records out
 * of it checks each one. Throws SourceError for damaged UTF-16, in which no record boundary is certain.
 */
export async function* utf8Text(chunks: AsyncIterable<Buffer>, stated: Encoding): AsyncGenerator<Buffer, void> {
  let start: Buffer | null = Buffer.alloc(0);
  let transcode: Transcoder | null = null;
  for await (const chunk of chunks) {
    if (start === null) {
      yield transcode === null ? chunk : transcode(chunk);
      continue;
    }
    start = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
    if (start.length < MOST_MARK_BYTES) continue;
    const begun = begin(start, stated);
    transcode = begun.transcode;
    start = null;
    yield begun.first;
  }
  if (start !== null) {
    const begun = begin(start, stated);
    transcode = begun.transcode;
    yield begun.first;
  }
  if (transcode !== null) yield transcode(null);
}

/** Null ends the text. */
type Transcoder = (chunk: Buffer | null) => Buffer;

function begin(start: Buffer, stated: Encoding): { first: Buffer; transcode: Transcoder | null } {
  const marked = markedEncoding(start);
  const transcode = transcoder(marked?.encoding ?? stated);
  const first = start.subarray(marked?.length ?? 0);
  return { first: transcode === null ? first : transcode(first), transcode };
}

function transcoder(encoding: Encoding): Transcoder | null {
  if (encoding === 'utf-8') return null;
  // The label `latin1` of a TextDecoder means windows-1252, which has other characters from 0x80 to 0x9f.
  if (encoding === 'latin1') return (chunk) => Buffer.from(chunk === null ? '' : chunk.toString('latin1'), 'utf8');
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  let done = 0;
  return (chunk) => {
    try {
      const text = chunk === null ? decoder.decode() : decoder.decode(chunk, { stream: true });
      done += chunk?.length ?? 0;
      return Buffer.from(text, 'utf8');
    } catch (cause) {
      const where = chunk === null ? 'at its end' : `between bytes ${done} and ${done + chunk.length}`;
      throw new SourceError(`The text is not ${encoding.toUpperCase()} ${where}: half of a character is missing.`, {
        hint: 'Choose the encoding that the file was saved in.',
        cause,
      });
    }
  };
}

import 'server-only';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CassandraFailure } from '@/lib/cassandra/client/failure';
import { parseJson } from '@/lib/contract/json';
import type { FileFormat } from '@/lib/wire/row-writer';

/** Where a download goes on: the scan's checkpoint, with what the file had become by then. */
export interface ResumePoint {
  readonly checkpoint: string;
  /** Of the file so far. */
  readonly rows: number;
  readonly bytes: number;
}

const headSchema = z.object({ f: z.string(), r: z.number().int().nonnegative(), b: z.number().int().nonnegative() });

/** `format` goes in, so that a file never goes on in another format than it began. */
export function encodeResumePoint(format: FileFormat, { checkpoint, rows, bytes }: ResumePoint): string {
  const head = JSON.stringify({ f: fingerprint(format), r: rows, b: bytes });
  return `${Buffer.from(head).toString('base64url')}~${checkpoint}`;
}

/** @throws CassandraFailure `cursor_refused` when it is none, or of a file in another format */
export function decodeResumePoint(format: FileFormat, text: string): ResumePoint {
  const at = text.indexOf('~');
  const parsed = headSchema.safeParse(parseJson(Buffer.from(text.slice(0, Math.max(0, at)), 'base64url').toString()));
  if (!parsed.success) throw refused('It is not a checkpoint of a download.');
  const { f, r, b } = parsed.data;
  if (f !== fingerprint(format)) throw refused('The file was begun in another format, or with other options.');
  return { checkpoint: text.slice(at + 1), rows: r, bytes: b };
}

function fingerprint(format: FileFormat): string {
  return createHash('sha256').update(JSON.stringify(format)).digest('base64url').slice(0, 16);
}

function refused(reason: string): CassandraFailure {
  return new CassandraFailure({
    code: 'cursor_refused',
    message: `The download cannot go on. ${reason}`,
    hint: 'Start it anew.',
    retryable: false,
  });
}

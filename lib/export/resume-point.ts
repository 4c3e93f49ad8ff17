import 'server-only';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '@/lib/contract/json';
import { Failure } from '@/lib/failure';
import type { FileFormat } from '@/lib/wire/row-writer';

/** Where a download resumes: the scan's checkpoint, with the file's rows and bytes up to it. */
export interface ResumePoint {
  readonly checkpoint: string;
  /** Written to the file so far. */
  readonly rows: number;
  readonly bytes: number;
}

const headSchema = z.object({ f: z.string(), r: z.number().int().nonnegative(), b: z.number().int().nonnegative() });

/** Includes `format`, so that a file never continues in a different format. */
export function encodeResumePoint(format: FileFormat, { checkpoint, rows, bytes }: ResumePoint): string {
  const head = JSON.stringify({ f: fingerprint(format), r: rows, b: bytes });
  return `${Buffer.from(head).toString('base64url')}~${checkpoint}`;
}

/** @throws Failure `cursor_refused` when it is invalid, or for a file in another format */
export function decodeResumePoint(format: FileFormat, text: string): ResumePoint {
  const at = text.indexOf('~');
  const parsed = headSchema.safeParse(parseJson(Buffer.from(text.slice(0, Math.max(0, at)), 'base64url').toString()));
  if (!parsed.success) throw refused('This is not a download’s checkpoint.');
  const { f, r, b } = parsed.data;
  if (f !== fingerprint(format)) throw refused('The file was started in another format or with other options.');
  return { checkpoint: text.slice(at + 1), rows: r, bytes: b };
}

function fingerprint(format: FileFormat): string {
  return createHash('sha256').update(JSON.stringify(format)).digest('base64url').slice(0, 16);
}

function refused(reason: string): Failure {
  return new Failure({
    code: 'cursor_refused',
    message: `The download cannot be resumed. ${reason}`,
    hint: 'Start it again.',
    retryable: false,
  });
}

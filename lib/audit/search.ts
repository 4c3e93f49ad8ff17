import 'server-only';
import type { FileHandle } from 'node:fs/promises';
import { stat } from 'node:fs/promises';
import * as z from 'zod/mini';
import { type AuditEntry, type AuditFilter, auditEntrySchema } from '@/lib/contract/audit';
import { parseJson } from '@/lib/contract/json';
import { invalidRequest } from '@/lib/failure';
import { openRegular } from '@/lib/regular-file';

/** Read at a time. */
const CHUNK_BYTES = 256 * 1024;
/** No line that Ringside writes is as long; what is, is not a line. */
const MOST_LINE_BYTES = 4 * 1024 * 1024;

/** A line and where it begins: the number of its file, which stays when the file is set aside, and the byte in it. */
interface FoundLine {
  readonly text: string;
  readonly place: string;
}

/**
 * The lines of files from the newest to the oldest, in bounded memory. Files may be set aside meanwhile.
 * @param paths the newest file first
 * @param before the place of a line: only those older than it
 * @throws Failure `invalid_request` when that line's file is gone
 */
export async function* linesBackwards(paths: readonly string[], before?: string): AsyncGenerator<FoundLine, void> {
  const [fromFile, fromByte] = before?.split('.') ?? [];
  let isReached = before === undefined;
  for (const path of paths) {
    const file = await openRegular(path, 'read').catch(() => null);
    if (file === null) continue;
    try {
      const { ino, size } = await file.stat();
      const isFirst = !isReached && String(ino) === fromFile;
      if (isFirst) isReached = true;
      if (isReached) yield* fileBackwards(file, String(ino), isFirst ? Math.min(Number(fromByte), size) : size);
    } finally {
      await file.close();
    }
  }
  if (!isReached) {
    throw invalidRequest('The lines after which to search on have been removed.', 'Search from the newest line again.');
  }
}

async function* fileBackwards(file: FileHandle, ino: string, end: number): AsyncGenerator<FoundLine, void> {
  let rest: Buffer = Buffer.alloc(0);
  for (let at = end; at > 0; ) {
    const length = Math.min(CHUNK_BYTES, at);
    at -= length;
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, at);
    const bytes = Buffer.concat([buffer.subarray(0, bytesRead), rest]);
    // What is before the first line end may go on in the chunk before.
    let until = bytes.length;
    for (let mark = bytes.lastIndexOf(10, until - 1); mark >= 0 && until > 0; mark = lastLineEnd(bytes, mark)) {
      if (until > mark + 1) yield { text: bytes.toString('utf8', mark + 1, until), place: `${ino}.${at + mark + 1}` };
      until = mark;
    }
    rest = bytes.subarray(0, until);
    if (rest.length > MOST_LINE_BYTES) rest = Buffer.alloc(0);
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), place: `${ino}.0` };
}

/** `lastIndexOf` counts from the end where it is given a negative index. */
function lastLineEnd(bytes: Buffer, before: number): number {
  return before === 0 ? -1 : bytes.lastIndexOf(10, before - 1);
}

/** What one request looks through; the next goes on from there. */
export interface SearchBounds {
  readonly entries: number;
  readonly bytes: number;
}

export interface Found {
  readonly entries: AuditEntry[];
  /** Where to search on; null: there is nothing older. */
  readonly next: string | null;
}

/** The newest lines that match, newest first, as far as the bounds go. @throws Failure as {@link linesBackwards} */
export async function searchAudit(
  paths: readonly string[],
  { before, ...filter }: AuditFilter & { readonly before?: string | undefined },
  bounds: SearchBounds,
): Promise<Found> {
  const entries: AuditEntry[] = [];
  let bytes = 0;
  for await (const { entry, line } of matchingLines(await since(paths, filter), filter, before)) {
    if (entry !== null) entries.push(entry);
    bytes += line.text.length;
    if (entries.length >= bounds.entries || bytes >= bounds.bytes) return { entries, next: line.place };
  }
  return { entries, next: null };
}

/** Every line that matches, newest first. @throws Failure as {@link linesBackwards} */
export async function* matchingEntries(
  paths: readonly string[],
  filter: AuditFilter,
): AsyncGenerator<AuditEntry, void> {
  for await (const { entry } of matchingLines(await since(paths, filter), filter)) if (entry !== null) yield entry;
}

async function* matchingLines(paths: readonly string[], filter: AuditFilter, before?: string) {
  const text = filter.text?.toLowerCase() ?? '';
  for await (const line of linesBackwards(paths, before)) {
    const isCandidate = text === '' || line.text.toLowerCase().includes(text);
    const entry = isCandidate ? entryIn(line.text) : null;
    yield { line, entry: entry !== null && matches(entry, filter) ? entry : null };
  }
}

/** What is damaged, or of another version, is passed over. */
function entryIn(line: string): AuditEntry | null {
  return z.safeParse(auditEntrySchema, parseJson(line)).data ?? null;
}

/** Files that were written to since the time: older ones have only what began before. */
async function since(paths: readonly string[], { since: time }: AuditFilter): Promise<readonly string[]> {
  if (time === undefined) return paths;
  const fromMs = Date.parse(time);
  const found = await Promise.all(
    paths.map(async (path) => {
      const changed = await stat(path).catch(() => null);
      return changed === null || changed.mtimeMs < fromMs ? [] : [path];
    }),
  );
  return found.flat();
}

/** Whether a line is looked for; its text has been compared. */
export function matches(entry: AuditEntry, filter: Omit<AuditFilter, 'text'>): boolean {
  const { person, cluster, table, outcome, since: from, until } = filter;
  const timeMs = Date.parse(entry.time);
  return (
    (person === undefined || [entry.person, entry.personId, entry.attempted].includes(person)) &&
    (cluster === undefined || entry.cluster === cluster) &&
    (outcome === undefined || entry.outcome === outcome) &&
    (table === undefined || isAbout(entry, table)) &&
    (from === undefined || timeMs >= Date.parse(from)) &&
    (until === undefined || timeMs <= Date.parse(until))
  );
}

/** A table by `keyspace.table`, or all of a keyspace. */
function isAbout({ tables = [] }: AuditEntry, table: string): boolean {
  return tables.some((one) => one === table || one.startsWith(`${table}.`));
}

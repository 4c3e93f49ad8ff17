import 'server-only';
import { constants } from 'node:fs';
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import {
  type HistoryEntry,
  type HistoryRequest,
  type HistoryResponse,
  historyEntrySchema,
} from '@/lib/contract/history';
import { parseJson } from '@/lib/contract/json';
import { OWNER_ONLY_DIRECTORY, OWNER_ONLY_FILE, PLAIN_FLAGS, readRegular } from '@/lib/regular-file';

/** A cluster's file is set aside when it is this large, and the one set aside before it is dropped. */
const FILE_BYTES = 8 * 1024 * 1024;
/** Entries in one response. */
export const MOST_ENTRIES = 100;
/** How much of a statement a list shows; the whole is read on its own. */
export const LISTED_CHARACTERS = 2_000;
/** Entries that wait for a slow disk; further ones are dropped. */
const MOST_WAITING = 1_000;

const APPEND = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | PLAIN_FLAGS;

/**
 * What was run on each cluster, as lines of JSON that are only ever added to. A damaged line, such as the last one before a
 * power cut, is skipped.
 */
export class HistoryLog {
  readonly #directory: string;
  readonly #fileBytes: number;
  /** Files that this process has written to: before that, one may end within a line. */
  readonly #begun = new Set<string>();
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(directory: string, fileBytes = FILE_BYTES) {
    this.#directory = directory;
    this.#fileBytes = fileBytes;
  }

  /**
   * Adds an entry after those before it. Never fails: what cannot be kept is said in the server's log, because no statement
   * may fail for its history.
   * @returns when it is written, for tests
   */
  append(cluster: string, entry: HistoryEntry): Promise<void> {
    if (this.#waiting >= MOST_WAITING) {
      console.error(`History: an entry of ${cluster} was not kept, because the disk is too slow.`);
      return Promise.resolve();
    }
    this.#waiting++;
    this.#turn = this.#turn
      .then(() => this.#write(cluster, `${JSON.stringify(entry)}\n`))
      .catch((error: unknown) => console.error(`History: an entry of ${cluster} was not kept.`, error))
      .finally(() => {
        this.#waiting--;
      });
    return this.#turn;
  }

  /** The newest entries that match, newest first. */
  async list(cluster: string, request: HistoryRequest): Promise<HistoryResponse> {
    const matches = matcher(request);
    // What has ended is in the list of whoever saw it end.
    await this.#turn;
    const entries: HistoryResponse['entries'][number][] = [];
    let isBefore = request.before !== undefined;
    for (const entry of await this.#newestFirst(cluster)) {
      if (isBefore) {
        isBefore = entry.id !== request.before;
        continue;
      }
      if (!matches(entry)) continue;
      if (entries.length === MOST_ENTRIES) return { entries, hasMore: true };
      const { statement } = entry;
      entries.push({ ...entry, statement: statement.slice(0, LISTED_CHARACTERS), characters: statement.length });
    }
    return { entries, hasMore: false };
  }

  /** Null: it is not kept, or no longer. */
  async find(cluster: string, id: string): Promise<HistoryEntry | null> {
    for (const entry of await this.#newestFirst(cluster)) if (entry.id === id) return entry;
    return null;
  }

  async #write(cluster: string, line: string): Promise<void> {
    const path = this.#path(cluster, '');
    await mkdir(this.#directory, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
    const size = await stat(path).then(
      (found) => found.size,
      () => 0,
    );
    if (size > 0 && size + line.length > this.#fileBytes) await rename(path, this.#path(cluster, '.old'));
    const file = await open(path, APPEND, OWNER_ONLY_FILE);
    try {
      await file.appendFile(this.#begun.has(cluster) ? line : `\n${line}`);
    } finally {
      await file.close();
    }
    this.#begun.add(cluster);
  }

  async #newestFirst(cluster: string): Promise<Iterable<HistoryEntry>> {
    const [now, old] = await Promise.all([
      readIfThere(this.#path(cluster, '')),
      readIfThere(this.#path(cluster, '.old')),
    ]);
    return parsedBackwards([old, now]);
  }

  #path(cluster: string, part: string): string {
    return join(this.#directory, `${cluster}${part}.ndjson`);
  }
}

/** From the last line of the last text; parses no more than is asked for. */
function* parsedBackwards(texts: readonly string[]): Generator<HistoryEntry> {
  for (const text of texts.toReversed()) {
    for (let end = text.length; end > 0; ) {
      const start = text.lastIndexOf('\n', end - 1) + 1;
      const entry = z.safeParse(historyEntrySchema, parseJson(text.slice(start, end))).data;
      if (entry !== undefined) yield entry;
      end = start - 1;
    }
  }
}

function matcher({
  search = '',
  outcome,
  keyspace,
  writesOnly = false,
}: HistoryRequest): (entry: HistoryEntry) => boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return (entry) => {
    if (outcome !== undefined && entry.outcome !== outcome) return false;
    if (keyspace !== undefined && entry.keyspace !== keyspace) return false;
    if (writesOnly && !entry.isWrite) return false;
    const text = `${entry.statement} ${entry.keyspace ?? ''} ${entry.message ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readRegular(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

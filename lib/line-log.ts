import 'server-only';
import { constants } from 'node:fs';
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { parseJson } from '@/lib/contract/json';
import { OWNER_ONLY_DIRECTORY, OWNER_ONLY_FILE, PLAIN_FLAGS, readRegular } from '@/lib/regular-file';

/** A cluster's file is set aside when it is this large, and the one set aside before it is dropped. */
const FILE_BYTES = 8 * 1024 * 1024;
/** Entries that wait for a slow disk; further ones are dropped. */
const MOST_WAITING = 1_000;

const APPEND = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | PLAIN_FLAGS;

/**
 * What happened to each cluster, as lines of JSON that are only ever added to. A damaged line, such as the last one before a
 * power cut, is skipped.
 */
export class LineLog<Entry> {
  readonly #directory: string;
  readonly #schema: z.ZodMiniType<Entry>;
  readonly #name: string;
  readonly #fileBytes: number;
  /** Files that this process has written to: before that, one may end within a line. */
  readonly #begun = new Set<string>();
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** @param name begins what the server's log says about it, for example `History` */
  constructor(directory: string, schema: z.ZodMiniType<Entry>, name: string, fileBytes = FILE_BYTES) {
    this.#directory = directory;
    this.#schema = schema;
    this.#name = name;
    this.#fileBytes = fileBytes;
  }

  /**
   * Adds an entry after those before it. Never fails: what cannot be kept is said in the server's log, because nothing that
   * is logged may fail for its log.
   * @returns when it is written, for tests
   */
  append(cluster: string, entry: Entry): Promise<void> {
    if (this.#waiting >= MOST_WAITING) {
      console.error(`${this.#name}: an entry of ${cluster} was not kept, because the disk is too slow.`);
      return Promise.resolve();
    }
    this.#waiting++;
    this.#turn = this.#turn
      .then(() => this.#write(cluster, `${JSON.stringify(entry)}\n`))
      .catch((error: unknown) => console.error(`${this.#name}: an entry of ${cluster} was not kept.`, error))
      .finally(() => {
        this.#waiting--;
      });
    return this.#turn;
  }

  /**
   * From the newest to the oldest; parses no more than is asked for. What has been appended is in it.
   * @param holding a text that the lines have
   */
  async newestFirst(cluster: string, holding = ''): Promise<Iterable<Entry>> {
    await this.#turn;
    const [now, old] = await Promise.all([
      readIfThere(this.#path(cluster, '')),
      readIfThere(this.#path(cluster, '.old')),
    ]);
    return this.#parsedBackwards([old, now], holding);
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

  *#parsedBackwards(texts: readonly string[], holding: string): Generator<Entry> {
    for (const text of texts.toReversed()) {
      for (let end = text.length; end > 0; ) {
        const start = text.lastIndexOf('\n', end - 1) + 1;
        const line = text.slice(start, end);
        end = start - 1;
        if (!line.includes(holding)) continue;
        const entry = z.safeParse(this.#schema, parseJson(line)).data;
        if (entry !== undefined) yield entry;
      }
    }
  }

  #path(cluster: string, part: string): string {
    return join(this.#directory, `${cluster}${part}.ndjson`);
  }
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readRegular(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

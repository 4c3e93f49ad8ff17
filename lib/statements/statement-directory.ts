import 'server-only';
import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { mkdir, open, readdir, realpath, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SAVED_DEPTH } from '@/lib/contract/limits';
import type {
  SavedList,
  SavedStatement,
  SavedSummary,
  SaveRequest,
  WrittenStatement,
} from '@/lib/contract/saved-statements';
import { withoutPasswords } from '@/lib/cql/redact';
import { Failure, invalidRequest } from '@/lib/failure';
import { writeText } from '@/lib/jobs/atomic-file';
import { OWNER_ONLY_DIRECTORY, OWNER_ONLY_FILE, openRegularIn } from '@/lib/regular-file';
import { diskFailure, isMissing } from './disk-failure';
import { FILE_END, folded, folderOf, nameOf, pathFault } from './names';
import { formatStatementFile, parseStatementFile, type StatementFile } from './statement-file';

/** A list holds at most so many files; a search looks at as many more as it must. */
export const MOST_LISTED = 1_000;
/** Names looked at in all folders together. */
const MOST_NAMES = 20_000;
/** A list reads so much of each file: its header, and what a search finds. */
const LISTED_BYTES = 32 * 1024;
/** A file has its header besides the statement, and a character has up to four bytes. */
const HEADER_BYTES = 256 * 1024;

const EXCERPT_CHARACTERS = 200;

/** What was read of a file. */
interface Content {
  readonly bytes: Buffer;
  readonly modifiedAt: string;
  readonly isWhole: boolean;
}

/**
 * Saved statements: files in a directory that people may also edit, and keep in git. Nothing is cached, so that a change
 * made elsewhere is seen at once. Changes take turns within this process; a change made elsewhere is found by its version.
 * Whatever is written has no passwords of roles.
 */
export class StatementDirectory {
  readonly #root: string;
  readonly #mostCharacters: number;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(root: string, mostCharacters: number) {
    this.#root = root;
    this.#mostCharacters = mostCharacters;
  }

  /** The statements whose path, description, keyspace or beginning has all words of `search`, by path. */
  async list(search = ''): Promise<Pick<SavedList, 'directory' | 'statements' | 'hasMore'>> {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const { paths, isCut } = await this.#paths();
    const seen = new Map<string, string>();
    const statements: SavedSummary[] = [];
    let hasMore = isCut;
    for (const path of paths) {
      const summary = await this.#summary(path, words, seen);
      if (summary === null) continue;
      if (statements.length === MOST_LISTED) {
        hasMore = true;
        break;
      }
      statements.push(summary);
    }
    return { directory: this.#root, statements, hasMore };
  }

  /** Every path, in order; for an archive of all. */
  async paths(): Promise<readonly string[]> {
    return (await this.#paths()).paths.filter((path) => pathFault(path) === null);
  }

  /** @throws Failure `not_found`, `invalid_request`, `storage_failed` */
  async read(path: string): Promise<SavedStatement> {
    checkPath(path);
    return this.#parsed(path, await this.#content(path));
  }

  /** The file as it is. @throws as {@link read} */
  async file(path: string): Promise<{ readonly bytes: Uint8Array; readonly modifiedAt: string }> {
    checkPath(path);
    return this.#content(path);
  }

  /**
   * Writes a statement: a new one, or over the version that the caller has seen.
   * @throws Failure `already_exists`, `version_conflict`, `invalid_request`, `disk_full`, `storage_failed`
   */
  save(request: SaveRequest): Promise<WrittenStatement> {
    const { path, version, ...about } = request;
    checkPath(path);
    return this.#inTurn(async () => {
      const before = version === null ? null : await this.#current(path, version);
      const others = before === null ? [] : parseStatementFile(textOf(before.bytes).text).others;
      return this.#write(path, { ...about, name: nameOf(path), others }, before === null);
    });
  }

  /** Writes a whole file, with or without a header, as a new statement. @throws as {@link save} */
  import(path: string, content: string): Promise<WrittenStatement> {
    checkPath(path);
    return this.#inTurn(() => this.#write(path, { ...parseStatementFile(content), name: nameOf(path) }, true));
  }

  /** @throws as {@link save} */
  move(path: string, to: string, version: string): Promise<WrittenStatement> {
    checkPath(path);
    checkPath(to);
    return this.#inTurn(async () => {
      const { bytes } = await this.#current(path, version);
      const file = { ...parseStatementFile(textOf(bytes).text), name: nameOf(to) };
      if (folded(path) === folded(to)) {
        // The same file to some file systems: it cannot be written beside itself.
        await this.#guarded(rename(this.#fileOf(path), this.#fileOf(to)));
        return this.#write(to, file, false);
      }
      const written = await this.#write(to, file, true);
      await this.#drop(path);
      return written;
    });
  }

  /** @throws as {@link save} */
  remove(path: string, version: string): Promise<void> {
    checkPath(path);
    return this.#inTurn(async () => {
      await this.#current(path, version);
      await this.#drop(path);
    });
  }

  /** The file, if it still has this version. */
  async #current(path: string, version: string): Promise<Content> {
    const content = await this.#content(path).catch((error: unknown) => {
      if (error instanceof Failure && error.error.code === 'not_found') throw conflict(`${path} was removed or moved`);
      throw error;
    });
    if (versionOf(content.bytes) !== version) throw conflict(`${path} was changed elsewhere`);
    return content;
  }

  async #write(path: string, file: Omit<StatementFile, 'faults'>, isNew: boolean): Promise<WrittenStatement> {
    const whole = formatStatementFile(file);
    const { text: content, isRedacted } = withoutPasswords(whole);
    const characters = file.text.length + Math.max(0, content.length - whole.length);
    if (characters > this.#mostCharacters) {
      throw invalidRequest(
        `The statement was not saved: it has ${characters} characters, and at most ${this.#mostCharacters} are allowed.`,
        'Save it in parts, or raise RINGSIDE_MAX_STATEMENT_CHARACTERS on the server.',
      );
    }
    await this.#guarded(this.#put(path, content, isNew));
    return { ...(await this.read(path)), isRedacted };
  }

  async #put(path: string, content: string, isNew: boolean): Promise<void> {
    const target = this.#fileOf(path);
    await mkdir(this.#root, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
    if (isNew) {
      await this.#checkFree(path);
      await this.#makeFolders(folderOf(path));
    }
    await this.#checkInside(dirname(target));
    // Takes the name, or fails where a file has come there meanwhile.
    if (isNew) await (await open(target, 'wx', OWNER_ONLY_FILE)).close();
    try {
      await writeText(target, content);
    } catch (error) {
      if (isNew) await rm(target, { force: true });
      throw error;
    }
  }

  /** @throws Failure `already_exists` where the path, or a folder of it, differs from an existing name only in case */
  async #checkFree(path: string): Promise<void> {
    const names = path.split('/').map((name, index, all) => (index === all.length - 1 ? name + FILE_END : name));
    let folder = this.#root;
    for (const [index, name] of names.entries()) {
      const entries = await readdir(folder).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
      const same = entries.find((entry) => folded(entry) === folded(name));
      if (same === undefined) return;
      const isFile = index === names.length - 1;
      if (isFile || same !== name) throw exists([...names.slice(0, index), same].join('/').replace(/\.cql$/i, ''));
      folder = join(folder, name);
    }
  }

  /** One by one: a recursive `mkdir` would follow a link in the middle. */
  async #makeFolders(folder: string): Promise<void> {
    let path = this.#root;
    for (const name of folder.split('/').filter(Boolean)) {
      await this.#checkInside(path);
      path = join(path, name);
      await mkdir(path, { mode: OWNER_ONLY_DIRECTORY }).catch((error: unknown) => {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      });
    }
  }

  /** A link among the folders may lead out of the directory. The directory itself may be one: whoever runs Ringside chose it. */
  async #checkInside(folder: string): Promise<string> {
    const [real, root] = await Promise.all([realpath(folder), realpath(this.#root)]);
    if (real === join(root, folder.slice(this.#root.length))) return real;
    throw invalidRequest(`${folder} is a link, or in one.`, 'Saved statements are kept in plain folders only.');
  }

  async #drop(path: string): Promise<void> {
    const file = this.#fileOf(path);
    await this.#guarded(this.#checkInside(dirname(file)).then(() => rm(file)));
    // A folder lasts as long as there is something in it.
    for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
      const isGone = await rmdir(join(this.#root, folder)).then(
        () => true,
        () => false,
      );
      if (!isGone) return;
    }
  }

  async #content(path: string, most = this.#mostCharacters * 4 + HEADER_BYTES): Promise<Content> {
    const target = this.#fileOf(path);
    try {
      const folder = await this.#checkInside(dirname(target));
      const file = await openRegularIn(folder, nameOf(path) + FILE_END);
      try {
        const { size, mtime } = await file.stat();
        const bytes = Buffer.alloc(Math.min(size, most));
        const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
        return { bytes: bytes.subarray(0, bytesRead), modifiedAt: mtime.toISOString(), isWhole: size <= most };
      } finally {
        await file.close();
      }
    } catch (error) {
      if (isMissing(error)) throw missing(path);
      throw diskFailure(error, this.#root);
    }
  }

  #parsed(path: string, { bytes, modifiedAt, isWhole }: Content): SavedStatement {
    if (!isWhole) throw tooLong(path);
    const { text: content, faults: unread } = textOf(bytes);
    const { name, cluster, keyspace, description, parameters, faults, text } = parseStatementFile(content);
    if (text.length > this.#mostCharacters) throw tooLong(path);
    const all = [...unread, ...faults, ...misnamed(name, path)];
    const about = { cluster, keyspace, description, parameters: [...parameters] };
    return { path, version: versionOf(bytes), text, ...about, modifiedAt, faults: all };
  }

  /** Null: a search does not find it, or it has gone. */
  async #summary(path: string, words: readonly string[], seen: Map<string, string>): Promise<SavedSummary | null> {
    const twin = seen.get(folded(path));
    seen.set(folded(path), path);
    const about = await this.#about(path);
    if (about === null) return null;
    const { text, ...summary } = about;
    const found = [path, summary.description, summary.keyspace, text].join('\n').toLowerCase();
    if (!words.every((word) => found.includes(word))) return null;
    const same = twin === undefined ? [] : [`some systems take its name for that of ${twin}: rename one of them`];
    return { ...summary, faults: [...summary.faults, ...same] };
  }

  async #about(path: string): Promise<(SavedSummary & { readonly text: string }) | null> {
    const fault = pathFault(path);
    const nothing = { path, cluster: null, keyspace: null, description: null, excerpt: '', modifiedAt: '', text: '' };
    if (fault !== null) return { ...nothing, faults: [`it cannot be opened, because ${fault}: rename the file`] };
    try {
      const { bytes, modifiedAt, isWhole } = await this.#content(path, LISTED_BYTES);
      const { text: content, faults: unread } = textOf(bytes, isWhole);
      const { name, cluster, keyspace, description, text, faults } = parseStatementFile(content);
      const all = [...unread, ...faults, ...misnamed(name, path)];
      return { path, cluster, keyspace, description, excerpt: excerptOf(text), modifiedAt, text, faults: all };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return error.error.code === 'not_found' ? null : { ...nothing, faults: [error.error.message] };
    }
  }

  async #paths(): Promise<{ readonly paths: readonly string[]; readonly isCut: boolean }> {
    const paths: string[] = [];
    let left = MOST_NAMES;
    const visit = async (folder: string, depth: number): Promise<void> => {
      for (const entry of await this.#entries(folder)) {
        if (left-- <= 0) return;
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.name.startsWith('.')) continue;
        if (entry.isDirectory() && depth < SAVED_DEPTH) await visit(path, depth + 1);
        else if (entry.isFile() && entry.name.endsWith(FILE_END)) paths.push(path.slice(0, -FILE_END.length));
      }
    };
    await visit('', 1);
    // By path: a file system sorts `a b.cql` before `a.cql`.
    return { paths: paths.toSorted(), isCut: left < 0 };
  }

  /** Of a folder, by name; none where it has gone. */
  async #entries(folder: string): Promise<readonly Dirent[]> {
    try {
      const entries = await readdir(join(this.#root, folder), { withFileTypes: true });
      return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      if (isMissing(error)) return [];
      throw diskFailure(error, this.#root);
    }
  }

  #fileOf(path: string): string {
    return join(this.#root, ...path.split('/')) + FILE_END;
  }

  async #guarded<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw exists('A file of this name');
      throw diskFailure(error, this.#root);
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work, work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}

function checkPath(path: string): void {
  const fault = pathFault(path);
  if (fault !== null) throw invalidRequest(`“${path}” cannot name a saved statement: ${fault}.`);
}

/** The text of a file; one that is not UTF-8 is readable as far as it goes. */
function textOf(bytes: Buffer, isWhole = true): { readonly text: string; readonly faults: readonly string[] } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isWhole }), faults: [] };
  } catch {
    return { text: bytes.toString('utf8'), faults: ['it is not UTF-8: saving it replaces what cannot be read'] };
  }
}

function misnamed(name: string | null, path: string): readonly string[] {
  if (name === null || name === nameOf(path)) return [];
  return [`its header says “${name}”; the file’s name counts`];
}

function excerptOf(text: string): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  return line.trim().slice(0, EXCERPT_CHARACTERS);
}

function versionOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest().subarray(0, 16).toString('base64url');
}

function missing(path: string): Failure {
  const hint = 'It may have been moved or removed. Search for it in the saved statements.';
  return new Failure({ code: 'not_found', message: `There is no saved statement ${path}.`, hint, retryable: false });
}

function exists(path: string): Failure {
  return new Failure({
    code: 'already_exists',
    message: `${path} already exists.`,
    hint: 'Choose another name. Names that differ only in case count as the same.',
    retryable: false,
  });
}

function conflict(what: string): Failure {
  return new Failure({
    code: 'version_conflict',
    message: `${what} since you opened it; nothing was written.`,
    hint: 'Compare both, then keep yours as a copy, take theirs, or overwrite it.',
    retryable: false,
  });
}

function tooLong(path: string): Failure {
  return invalidRequest(
    `${path} is too long to open.`,
    'Split it into several files, or raise RINGSIDE_MAX_STATEMENT_CHARACTERS on the server.',
  );
}

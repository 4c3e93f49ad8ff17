import 'server-only';
import { isPrivatePath, plainPath, privatePath } from '@/lib/contract/private-path';
import type { SavedList, SavedStatement, SaveRequest, WrittenStatement } from '@/lib/contract/saved-statements';
import { MOST_LISTED, type StatementDirectory } from './statement-directory';

interface Place {
  readonly directory: StatementDirectory;
  readonly path: string;
  readonly isPrivate: boolean;
}

/**
 * The saved statements that one person sees: those that are shared, and their own in a folder that no request of anybody
 * else reaches. The path says which (`private:/…`). Failures are those of {@link StatementDirectory}.
 */
export class SeenStatements {
  readonly #shared: StatementDirectory;
  readonly #own: StatementDirectory | null;

  /** @param own null where nobody signs in: all are shared, and no path is private */
  constructor(shared: StatementDirectory, own: StatementDirectory | null) {
    this.#shared = shared;
    this.#own = own;
  }

  /** Own ones first. */
  async list(search?: string): Promise<Omit<SavedList, 'mayShare'>> {
    const [shared, own] = await Promise.all([this.#shared.list(search), this.#own?.list(search)]);
    const all = [...(own?.statements ?? []).map(asPrivate), ...shared.statements];
    const hasMore = shared.hasMore || own?.hasMore === true || all.length > MOST_LISTED;
    return { ...shared, statements: all.slice(0, MOST_LISTED), hasMore, mayBePrivate: own !== undefined };
  }

  /** Every path, in order, own ones first. */
  async paths(): Promise<readonly string[]> {
    const [shared, own = []] = await Promise.all([this.#shared.paths(), this.#own?.paths()]);
    return [...own.map(privatePath), ...shared];
  }

  async read(path: string): Promise<SavedStatement> {
    const at = this.#at(path);
    return shownAt(at, await at.directory.read(at.path));
  }

  file(path: string): ReturnType<StatementDirectory['file']> {
    const at = this.#at(path);
    return at.directory.file(at.path);
  }

  async save(request: SaveRequest): Promise<WrittenStatement> {
    const at = this.#at(request.path);
    return shownAt(at, await at.directory.save({ ...request, path: at.path }));
  }

  async import(path: string, content: string): Promise<WrittenStatement> {
    const at = this.#at(path);
    return shownAt(at, await at.directory.import(at.path, content));
  }

  remove(path: string, version: string): Promise<void> {
    const at = this.#at(path);
    return at.directory.remove(at.path, version);
  }

  /** Moves it within its directory, or makes a private one shared and the other way round. */
  async move(path: string, to: string, version: string): Promise<WrittenStatement> {
    const [from, into] = [this.#at(path), this.#at(to)];
    if (from.directory === into.directory) {
      return shownAt(into, await from.directory.move(from.path, into.path, version));
    }
    const { bytes } = await from.directory.file(from.path);
    const moved = await into.directory.import(into.path, new TextDecoder().decode(bytes));
    try {
      await from.directory.remove(from.path, version);
    } catch (error) {
      // It is another version, or gone: nothing is moved.
      await into.directory.remove(into.path, moved.version);
      throw error;
    }
    return shownAt(into, moved);
  }

  #at(path: string): Place {
    const isPrivate = this.#own !== null && isPrivatePath(path);
    if (!isPrivate || this.#own === null) return { directory: this.#shared, path, isPrivate: false };
    return { directory: this.#own, path: plainPath(path), isPrivate };
  }
}

function shownAt<T extends SavedStatement>({ isPrivate }: Place, statement: T): T {
  return isPrivate ? asPrivate(statement) : statement;
}

function asPrivate<T extends { readonly path: string }>(one: T): T {
  return { ...one, path: privatePath(one.path) };
}

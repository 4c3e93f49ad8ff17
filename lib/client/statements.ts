import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { SavedStatement, SaveRequest, WrittenStatement } from '@/lib/contract/saved-statements';
import { ApiFailure, call, send } from './http';

const savedKey = ['statements'];

/** The saved statements that a search finds. */
export const savedQuery = (search: string) =>
  queryOptions({
    queryKey: [...savedKey, search],
    queryFn: ({ signal }) =>
      call((to) => to.savedStatements.get, { input: search === '' ? {} : { search } }, { signal }),
    placeholderData: keepPreviousData,
    // Others change the files too.
    staleTime: 0,
  });

/** Everything that is read of saved statements, to have it reloaded. */
export const SAVED_KEY: readonly string[] = savedKey;

export const openSaved = (path: string): Promise<SavedStatement> =>
  call((to) => to.savedStatement.get, { input: { path } });

export const saveStatement = (input: SaveRequest): Promise<WrittenStatement> =>
  call((to) => to.savedStatements.post, { input });

export const moveSaved = (path: string, to: string, version: string): Promise<WrittenStatement> =>
  call((at) => at.moveStatement.post, { input: { path, to, version } });

export const importSaved = (path: string, text: string): Promise<WrittenStatement> =>
  call((to) => to.importStatement.post, { input: { path, text } });

export async function removeSaved(path: string, version: string): Promise<void> {
  await send((to) => to.savedStatement.delete, { input: { path, version } });
}

/** Somebody else has a file of this name, or changed it. */
export function isConflict(error: unknown): boolean {
  return (
    error instanceof ApiFailure && (error.error.code === 'version_conflict' || error.error.code === 'already_exists')
  );
}

/** A statement kept on the server, for a link that an address cannot hold. */
export const keepText = async (text: string, keyspace: string | null): Promise<string> =>
  (await call((to) => to.keepText.post, { input: { text, keyspace } })).id;

export const openKept = (id: string, signal?: AbortSignal) =>
  call((to) => to.keptText.get, { id }, signal === undefined ? {} : { signal });

export const keptTextQuery = (id: string) =>
  queryOptions({
    queryKey: ['texts', id],
    queryFn: ({ signal }) => openKept(id, signal),
    enabled: id !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });

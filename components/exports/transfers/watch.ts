import { queryOptions, experimental_streamedQuery as streamedQuery } from '@tanstack/react-query';
import { exportsQuery } from '@/lib/client/exports-query';
import { ApiFailure, send } from '@/lib/client/http';
import { readLines } from '@/lib/client/lines';
import * as endpoints from '@/lib/contract/endpoints';
import type { ExportProgress } from '@/lib/contract/exports';

const RUNNING_MS = 1_000;
const IDLE_MS = 5_000;

/**
 * The exports of this server, running and ended, newest first. Asked every second while one of them runs.
 * @param isAwaited one has begun that the list may not hold yet: asked every second as well
 */
export const exportListQuery = (isAwaited = false) =>
  queryOptions({
    ...exportsQuery(),
    select: ({ exports }) => exports.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt)),
    refetchInterval: ({ state }) =>
      isAwaited || state.data?.exports.some((progress) => progress.state === 'running') === true ? RUNNING_MS : IDLE_MS,
  });

/** A download may reach the server later than the question about it: so often, so far apart, is it asked again. */
const NOT_YET_TRIES = 20;
const NOT_YET_MS = 250;

/** One export, live until it has ended, or until nothing shows it any more. */
export const exportProgressQuery = (id: string) =>
  queryOptions({
    queryKey: ['exports', id],
    queryFn: streamedQuery<ExportProgress, ExportProgress | null>({
      streamFn: ({ signal }) => readLines(endpoints.exportProgress.get, { id }, signal),
      // What was known stays while a stream that broke is opened again.
      refetchMode: 'append',
      reducer: (_known, progress) => progress,
      initialValue: null,
    }),
    retry: (failures, error) =>
      error instanceof ApiFailure && (error.status === 404 || error.error.retryable) && failures < NOT_YET_TRIES,
    retryDelay: NOT_YET_MS,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? RUNNING_MS : false),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Asks the server to end an export: no further page is read, and the browser's download breaks off. */
export async function stopExport(id: string): Promise<void> {
  await send(endpoints.exportProgress.delete, { id });
}

import { queryOptions, experimental_streamedQuery as streamedQuery } from '@tanstack/react-query';
import type { ExportProgress } from '@/lib/contract/exports';
import { isActive } from '@/lib/contract/transfers';
import { ApiFailure, call, send } from './http';
import { readLines } from './lines';

const RUNNING_MS = 1_000;
/** Where only their number is shown. */
const COUNTED_MS = 2_000;
const IDLE_MS = 5_000;
const COUNTED_IDLE_MS = 10_000;

/** Running and ended exports of this server; polled often only while one is running. */
export const exportsQuery = () =>
  queryOptions({
    queryKey: ['exports'],
    queryFn: ({ signal }) => call((to) => to.exportList.get, {}, { signal }),
    refetchInterval: ({ state }) => (state.data?.exports.some(isActive) === true ? COUNTED_MS : COUNTED_IDLE_MS),
  });

/**
 * The exports of this server, running and ended, newest first. Polled every second while one of them runs.
 * @param isAwaited one has started that the list may not hold yet: polled every second as well
 */
export const exportListQuery = (isAwaited = false) =>
  queryOptions({
    ...exportsQuery(),
    select: ({ exports }) => exports.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt)),
    refetchInterval: ({ state }) => (isAwaited || state.data?.exports.some(isActive) === true ? RUNNING_MS : IDLE_MS),
  });

/** A download may reach the server after the request for its progress, which is then retried. */
const NOT_YET_TRIES = 20;
const NOT_YET_MS = 250;

/** One export, live until it has ended, or until nothing shows it any more. */
export const exportProgressQuery = (id: string) =>
  queryOptions({
    queryKey: ['exports', id],
    queryFn: streamedQuery<ExportProgress, ExportProgress | null>({
      streamFn: ({ signal }) => readLines((to) => to.exportProgress.get, { id }, signal),
      // What is known stays while a broken stream is reopened.
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

/** Asks the server to end an export: no more pages are requested, and the browser's download fails. */
export async function stopExport(id: string): Promise<void> {
  await send((to) => to.exportProgress.delete, { id });
}

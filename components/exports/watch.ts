import { queryOptions, experimental_streamedQuery as streamedQuery } from '@tanstack/react-query';
import { ApiFailure, failureOf, request } from '@/lib/client/http';
import { apiPath } from '@/lib/client/paths';
import { exportsQuery } from '@/lib/client/queries';
import { type ExportProgress, exportProgressLineSchema } from '@/lib/contract/exports';

const RUNNING_MS = 1_000;
const IDLE_MS = 5_000;

/** The exports of this server, running and ended, newest first. Asked every second while one of them runs. */
export const exportListQuery = () =>
  queryOptions({
    ...exportsQuery(),
    select: ({ exports }) => exports.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt)),
    refetchInterval: ({ state }) =>
      state.data?.exports.some((progress) => progress.state === 'running') === true ? RUNNING_MS : IDLE_MS,
  });

/** A download may reach the server later than the question about it: so often, so far apart, is it asked again. */
const NOT_YET_TRIES = 20;
const NOT_YET_MS = 250;

/**
 * One export, live until it has ended. Kept to one at a time: over HTTP/1.1 a browser opens six connections to a
 * server, and each download holds one.
 */
export const exportProgressQuery = (id: string) =>
  queryOptions({
    queryKey: ['exports', id],
    queryFn: streamedQuery<ExportProgress, ExportProgress | null>({
      streamFn: ({ signal }) => watchExport(id, signal),
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

/** The lines of one export's progress. Ends with the export, or early when the connection does. */
export async function* watchExport(id: string, signal: AbortSignal): AsyncGenerator<ExportProgress, void, undefined> {
  const response = await request(apiPath.exportProgress(id), { signal });
  if (!response.ok || response.body === null) throw await failureOf(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (pending + value).split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) {
        if (line !== '') yield exportProgressLineSchema.parse(JSON.parse(line));
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Asks the server to end an export: no further page is read, and the browser's download breaks off. */
export async function stopExport(id: string): Promise<void> {
  const response = await request(apiPath.exportProgress(id), { method: 'DELETE' });
  if (!response.ok) throw await failureOf(response);
}

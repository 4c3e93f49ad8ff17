'use client';

import { useQuery } from '@tanstack/react-query';
import { FileDown } from 'lucide-react';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Notice } from '@/components/ui/notice';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { errorText } from '@/lib/client/error-text';
import type { ExportProgress } from '@/lib/contract/exports';
import { ExportItem } from './export-item';
import { withLive } from './export-progress';
import { exportListQuery, exportProgressQuery } from './watch';

/** The server runs no more than these at once. */
const MOST_AT_ONCE = 4;

/** The exports that this server runs and has run; `started` is the one begun on this page, watched live. */
export function ExportList({ started }: { started: string | null }) {
  const { data, error, isPending, isFetching, refetch } = useQuery(exportListQuery());
  const live = useQuery({ ...exportProgressQuery(started ?? ''), enabled: started !== null });
  if (isPending) {
    return (
      <Loading label="Reading the exports">
        <Skeleton className="m-4 h-12" />
      </Loading>
    );
  }
  const exports = withLive(data ?? [], live.data ?? null);
  const running = exports.filter(({ state }) => state === 'running').length;
  return (
    <div className="divide-y divide-line">
      {error !== null && (
        <ErrorState
          className="m-4"
          title={data === undefined ? 'The exports could not be read' : 'The list is no longer up to date'}
          {...errorText(error)}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {started !== null && live.isFetching && live.data === undefined && !isListed(exports, started) && (
        <p role="status" className="px-4 py-3 text-muted text-sm">
          Waiting for the download to begin…
        </p>
      )}
      {started !== null && live.error !== null && !isListed(exports, started) && (
        <ErrorState className="m-4" title="The download did not begin" {...errorText(live.error)}>
          <p className="text-muted">Did the browser ask for leave to download, or refuse it?</p>
        </ErrorState>
      )}
      {running >= MOST_AT_ONCE && (
        <Notice tone="warn" className="m-4">
          {running} exports are running, as many as this server runs at once: another is refused until one has ended.
        </Notice>
      )}
      {exports.map((progress) => (
        <ExportItem key={progress.id} progress={progress} />
      ))}
      {exports.length === 0 && error === null && started === null && (
        <EmptyState icon={<FileDown size={24} aria-hidden="true" />} title="No exports yet">
          Choose a table or type a statement, then Download. Running and ended exports of this server are listed here.
        </EmptyState>
      )}
    </div>
  );
}

function isListed(exports: readonly ExportProgress[], id: string): boolean {
  return exports.some((progress) => progress.id === id);
}

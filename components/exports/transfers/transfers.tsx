'use client';

import { useQuery } from '@tanstack/react-query';
import { FileDown } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { errorText } from '@/lib/client/error-text';
import { isActive, jobsQuery } from '@/lib/client/jobs';
import type { ExportProgress } from '@/lib/contract/exports';
import type { Job } from '@/lib/contract/jobs';
import { type Save, saves } from '../disk/saves';
import { ExportItem } from './export-item';
import { JobItem } from './job-item';
import { SaveItem } from './save-item';
import { exportListQuery, exportProgressQuery, streamShares } from './watch';

/** The server runs no more than these at once. */
const MOST_AT_ONCE = 4;

/** What runs and has run: jobs on the server, files that this page writes, downloads. */
export function Transfers({ started }: { started: string | null }) {
  const exports = useQuery(exportListQuery());
  const jobs = useQuery(jobsQuery());
  const files = useSyncExternalStore(saves.subscribe, saves.getList, saves.getServerList);
  const running = (exports.data ?? []).filter(({ state }) => state === 'running');
  const active = (jobs.data?.jobs ?? []).filter(isActive);
  const shares = streamShares(running.length, active.length);
  const watchedExports = new Set(running.slice(0, shares.downloads).map(({ id }) => id));
  const watchedJobs = new Set(active.slice(0, shares.jobs).map(({ id }) => id));
  return (
    <div className="space-y-4">
      <Jobs jobs={jobs.data?.jobs ?? []} watched={watchedJobs} />
      {jobs.error !== null && (
        <ErrorState title="The jobs could not be read" {...errorText(jobs.error)} onRetry={() => void jobs.refetch()} />
      )}
      <Files files={files} exports={exports.data ?? []} watched={watchedExports} />
      <Panel title="Downloads" note="of this server, all clusters, newest first" flush>
        {exports.isPending ? (
          <Loading label="Reading the exports">
            <Skeleton className="m-4 h-12" />
          </Loading>
        ) : (
          <Downloads exports={withoutFiles(exports.data ?? [], files)} watched={watchedExports} started={started} />
        )}
      </Panel>
    </div>
  );
}

function Jobs({ jobs, watched }: { jobs: readonly Job[]; watched: ReadonlySet<string> }) {
  if (jobs.length === 0) return null;
  return (
    <Panel title="Jobs on the server" note="all clusters, newest first" flush>
      <div className="divide-y divide-line">
        {jobs.map((job) => (
          <JobItem key={job.id} listed={job} watched={watched.has(job.id)} />
        ))}
      </div>
    </Panel>
  );
}

interface FilesProps {
  files: readonly Save[];
  exports: readonly ExportProgress[];
  watched: ReadonlySet<string>;
}

function Files({ files, exports, watched }: FilesProps) {
  if (files.length === 0) return null;
  return (
    <Panel title="Files on this computer" note="written by this page" flush>
      <div className="divide-y divide-line">
        {files.map((save) => {
          const listed = exports.find(({ id }) => id === save.exportIds.at(-1));
          const isWatched = listed !== undefined && watched.has(listed.id);
          return <SaveItem key={save.key} save={save} listed={listed} watched={isWatched} />;
        })}
      </div>
    </Panel>
  );
}

/** A file that this page writes has a line of its own. */
function withoutFiles(exports: readonly ExportProgress[], files: readonly Save[]): readonly ExportProgress[] {
  const own = new Set(files.flatMap(({ exportIds }) => exportIds));
  return exports.filter(({ id }) => !own.has(id));
}

interface DownloadsProps {
  exports: readonly ExportProgress[];
  /** Ids of those that may be watched live. */
  watched: ReadonlySet<string>;
  started: string | null;
}

function Downloads({ exports, watched, started }: DownloadsProps) {
  const { error, isFetching, refetch, data } = useQuery(exportListQuery());
  const running = exports.filter(({ state }) => state === 'running').length;
  const awaited = started !== null && !exports.some(({ id }) => id === started);
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
      {awaited && <Awaited id={started} />}
      {running >= MOST_AT_ONCE && (
        <Notice tone="warn" className="m-4">
          {running} exports are running, as many as this server runs at once: another is refused until one has ended.
        </Notice>
      )}
      {exports.map((progress) => (
        <ExportItem key={progress.id} listed={progress} watched={watched.has(progress.id)} />
      ))}
      {exports.length === 0 && error === null && started === null && (
        <EmptyState icon={<FileDown size={24} aria-hidden="true" />} title="No exports yet">
          Choose a table or type a statement, then Download. Running and ended exports of this server are listed here.
        </EmptyState>
      )}
    </div>
  );
}

/** A download that the list does not hold yet. */
function Awaited({ id }: { id: string }) {
  const live = useQuery(exportProgressQuery(id));
  if (live.data != null) return <ExportItem listed={live.data} watched />;
  if (live.error === null) {
    return (
      <p role="status" className="px-4 py-3 text-muted text-sm">
        Waiting for the download to begin…
      </p>
    );
  }
  return (
    <ErrorState className="m-4" title="The download did not begin" {...errorText(live.error)}>
      <p className="text-muted">Did the browser ask for leave to download, or refuse it?</p>
    </ErrorState>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { FileDown } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Checkbox } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { saves } from '@/lib/client/disk/saves';
import { errorText } from '@/lib/client/error-text';
import { exportListQuery, exportProgressQuery } from '@/lib/client/exports-query';
import { jobsQuery } from '@/lib/client/jobs';
import {
  clearMark,
  idOf,
  isOwn,
  type Listed,
  listTransfers,
  type TransferList,
  transferOf,
  viewedTransfers,
} from '@/lib/client/transfers';
import { isActive } from '@/lib/contract/transfers';
import type { Started } from '../use-start';
import { TransferItem } from './transfer-item';
import type { KeptView } from './use-kept-view';

/** The most that the server runs at once. */
const MOST_AT_ONCE = 4;

interface TransfersProps {
  /** What this page has just started, which comes into view; null: nothing. */
  started: Started | null;
  kept: KeptView;
}

/** What runs and has run: jobs on the server, files that this page writes, downloads. */
export function Transfers({ started, kept }: TransfersProps) {
  const files = useSyncExternalStore(saves.subscribe, saves.getList, saves.getServerList);
  const exports = useQuery(exportListQuery(files.some(isActive)));
  const jobs = useQuery(jobsQuery());
  const [onlyOwn, setOnlyOwn] = useState(false);
  const all = listTransfers(jobs.data?.jobs ?? [], files, exports.data ?? []);
  const list = viewedTransfers(all, { only: onlyOwn ? kept.started : null, clearedUpTo: kept.clearedUpTo });
  const line = (listed: Listed) => (
    <TransferItem key={idOf(listed.source)} listed={listed} isNew={idOf(listed.source) === started?.id} />
  );
  return (
    <div className="min-w-0 space-y-4">
      {(onlyOwn || isMixed(all, kept.started)) && (
        <Checkbox checked={onlyOwn} onChange={({ target }) => setOnlyOwn(target.checked)}>
          Only what this browser started
        </Checkbox>
      )}
      {list.jobs.length > 0 && (
        <Panel title="Jobs on the server" note="all clusters, newest first" flush>
          <div className="divide-y divide-line">{list.jobs.map(line)}</div>
        </Panel>
      )}
      {jobs.error !== null && (
        <ErrorState title="Could not load the jobs" {...errorText(jobs.error)} onRetry={() => void jobs.refetch()} />
      )}
      {list.files.length > 0 && (
        <Panel
          title="Files on this computer"
          note="written by this page"
          actions={<ClearFiles list={list.files} />}
          flush
        >
          <div className="divide-y divide-line">{list.files.map(line)}</div>
        </Panel>
      )}
      <Panel
        title="Downloads"
        note="of this server, all clusters, newest first"
        actions={<ClearDownloads list={list.downloads} kept={kept} />}
        flush
      >
        {exports.isPending ? (
          <Loading label="Reading the exports">
            <Skeleton className="m-4 h-12" />
          </Loading>
        ) : (
          <div className="divide-y divide-line">
            <DownloadNotes list={list.downloads} awaited={awaitedDownload(all, started)} />
            {list.downloads.map(line)}
          </div>
        )}
      </Panel>
    </div>
  );
}

/** Some are this browser's and some are not: a filter has something to do. */
function isMixed({ jobs, downloads }: TransferList, started: ReadonlySet<string>): boolean {
  const own = [...jobs, ...downloads].map(({ source }) => isOwn(source, started));
  return own.includes(true) && own.includes(false);
}

/** The id of a download that was started here, and that no list holds yet; null: none. */
function awaitedDownload({ downloads }: TransferList, started: Started | null): string | null {
  if (started?.kind !== 'download') return null;
  return downloads.some(({ source }) => idOf(source) === started.id) ? null : started.id;
}

function ClearDownloads({ list, kept }: { list: readonly Listed[]; kept: KeptView }) {
  const { refetch } = useQuery(exportListQuery());
  if (clearMark(list) === null) return null;
  const clear = async () => {
    // A line shows that an export has ended before the list does.
    const { data } = await refetch();
    const mark = clearMark(listTransfers([], [], data ?? []).downloads);
    if (mark !== null) kept.clearUpTo(mark);
  };
  return (
    <Button size="sm" variant="ghost" onClick={() => void clear()}>
      Clear finished
    </Button>
  );
}

/** Only complete ones: an unfinished file could no longer be resumed. */
function ClearFiles({ list }: { list: readonly Listed[] }) {
  const complete = list.map(({ source }) => transferOf(source)).filter(({ state }) => state === 'complete');
  if (complete.length === 0) return null;
  return (
    <Button size="sm" variant="ghost" onClick={() => complete.forEach(({ id }) => void saves.forget(id))}>
      Clear finished
    </Button>
  );
}

interface DownloadNotesProps {
  list: readonly Listed[];
  /** The id of a download that is about to start; null: none. */
  awaited: string | null;
}

/** What is to be said of the downloads before their list. */
function DownloadNotes({ list, awaited }: DownloadNotesProps) {
  const { error, isFetching, refetch, data } = useQuery(exportListQuery());
  const running = list.filter(({ source }) => isActive(transferOf(source))).length;
  return (
    <>
      {error !== null && (
        <ErrorState
          className="m-4"
          title={data === undefined ? 'Could not load the exports' : 'This list is out of date'}
          {...errorText(error)}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {awaited !== null && <Awaited id={awaited} />}
      {running >= MOST_AT_ONCE && (
        <Notice tone="warn" className="m-4">
          {running} exports are running, the most that this server runs at once. Wait for one to end before you start
          another.
        </Notice>
      )}
      {list.length === 0 && error === null && awaited === null && (
        <EmptyState icon={<FileDown size={24} aria-hidden="true" />} title="No downloads">
          Choose a table or type a statement, then Download. Running and finished downloads are listed here.
        </EmptyState>
      )}
    </>
  );
}

/** A download that the list does not hold yet. */
function Awaited({ id }: { id: string }) {
  const live = useQuery(exportProgressQuery(id));
  if (live.data != null) {
    return <TransferItem listed={{ source: { kind: 'download', download: live.data }, watched: true }} isNew />;
  }
  if (live.error === null) {
    return (
      <p role="status" className="px-4 py-3 text-muted text-sm">
        Waiting for the download to start…
      </p>
    );
  }
  return (
    <ErrorState className="m-4" title="The download did not start" {...errorText(live.error)}>
      <p className="text-muted">Check whether the browser blocked the download or is waiting for your permission.</p>
    </ErrorState>
  );
}

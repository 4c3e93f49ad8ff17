'use client';

import { useQuery } from '@tanstack/react-query';
import { FileDown } from 'lucide-react';
import { type ReactNode, useSyncExternalStore } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { errorText } from '@/lib/client/error-text';
import { jobsQuery } from '@/lib/client/jobs';
import { idOf, type Listed, listTransfers, transferOf } from '@/lib/client/transfers';
import { isActive } from '@/lib/contract/transfers';
import { saves } from '../disk/saves';
import { TransferItem } from './transfer-item';
import { exportListQuery, exportProgressQuery } from './watch';

/** The server runs no more than these at once. */
const MOST_AT_ONCE = 4;

/** What runs and has run: jobs on the server, files that this page writes, downloads. */
export function Transfers({ started }: { started: string | null }) {
  const files = useSyncExternalStore(saves.subscribe, saves.getList, saves.getServerList);
  const exports = useQuery(exportListQuery(files.some(isActive)));
  const jobs = useQuery(jobsQuery());
  const list = listTransfers(jobs.data?.jobs ?? [], files, exports.data ?? []);
  return (
    <div className="space-y-4">
      {list.jobs.length > 0 && (
        <Panel title="Jobs on the server" note="all clusters, newest first" flush>
          <TransferList list={list.jobs} />
        </Panel>
      )}
      {jobs.error !== null && (
        <ErrorState title="The jobs could not be read" {...errorText(jobs.error)} onRetry={() => void jobs.refetch()} />
      )}
      {list.files.length > 0 && (
        <Panel title="Files on this computer" note="written by this page" flush>
          <TransferList list={list.files} />
        </Panel>
      )}
      <Panel title="Downloads" note="of this server, all clusters, newest first" flush>
        {exports.isPending ? (
          <Loading label="Reading the exports">
            <Skeleton className="m-4 h-12" />
          </Loading>
        ) : (
          <Downloads list={list.downloads} started={started} />
        )}
      </Panel>
    </div>
  );
}

/** A line each; what stands before them is theirs as well. */
function TransferList({ list, children }: { list: readonly Listed[]; children?: ReactNode }) {
  return (
    <div className="divide-y divide-line">
      {children}
      {list.map((listed) => (
        <TransferItem key={idOf(listed.source)} listed={listed} />
      ))}
    </div>
  );
}

interface DownloadsProps {
  list: readonly Listed[];
  /** The id of a download that this page began; null: none. */
  started: string | null;
}

function Downloads({ list, started }: DownloadsProps) {
  const { error, isFetching, refetch, data } = useQuery(exportListQuery());
  const ids = list.map(({ source }) => idOf(source));
  const running = list.filter(({ source }) => isActive(transferOf(source))).length;
  return (
    <TransferList list={list}>
      {error !== null && (
        <ErrorState
          className="m-4"
          title={data === undefined ? 'The exports could not be read' : 'The list is no longer up to date'}
          {...errorText(error)}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {started !== null && !ids.includes(started) && <Awaited id={started} />}
      {running >= MOST_AT_ONCE && (
        <Notice tone="warn" className="m-4">
          {running} exports are running, as many as this server runs at once: another is refused until one has ended.
        </Notice>
      )}
      {list.length === 0 && error === null && started === null && (
        <EmptyState icon={<FileDown size={24} aria-hidden="true" />} title="No exports yet">
          Choose a table or type a statement, then Download. Running and ended exports of this server are listed here.
        </EmptyState>
      )}
    </TransferList>
  );
}

/** A download that the list does not hold yet. */
function Awaited({ id }: { id: string }) {
  const live = useQuery(exportProgressQuery(id));
  if (live.data != null)
    return <TransferItem listed={{ source: { kind: 'download', download: live.data }, watched: true }} />;
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

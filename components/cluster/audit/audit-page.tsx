'use client';

import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Download, RefreshCw } from 'lucide-react';
import { lazy, useMemo } from 'react';
import { FailureState } from '@/components/shell/failure-state';
import { Button } from '@/components/ui/button';
import { Later } from '@/components/ui/later';
import { PAGE_BODY } from '@/components/ui/page';
import { Skeleton } from '@/components/ui/skeleton';
import { auditQuery, downloadAudit } from '@/lib/client/audit';
import { useDebounced } from '@/lib/client/use-debounced';
import { useSearchState } from '@/lib/client/use-search-state';
import { auditFilterOf, readAuditAddress, writeAuditAddress } from '@/lib/cluster/audit-address';
import type { AuditFilter } from '@/lib/contract/audit';
import { AuditFilters } from './audit-filters';
import { AuditList } from './audit-list';
import { AuditStandingNotice } from './audit-standing';

/** Few addresses are damaged. */
const UnreadAuditNotice = lazy(() => import('./unread-audit-notice'));
const AUDIT = { read: readAuditAddress, write: writeAuditAddress };
/** A search reads the server's files. */
const TYPING_MS = 400;

/** Who did what: the lines that the server keeps. */
export function AuditPage({ cluster }: { cluster: string }) {
  const [address, write] = useSearchState(AUDIT);
  const wanted = useMemo(() => auditFilterOf(cluster, address), [cluster, address]);
  const filter = useDebounced(wanted, TYPING_MS);
  const list = useInfiniteQuery(auditQuery(filter));
  const pages = list.data?.pages;
  const standing = pages?.[0]?.standing;
  return (
    <div className={PAGE_BODY}>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="font-semibold text-xl">Audit</h1>
        {standing != null && standing.file !== null && (
          <Actions filter={filter} busy={list.isRefetching} onRefresh={() => void list.refetch()} />
        )}
      </header>
      <Later>
        <UnreadAuditNotice />
      </Later>
      <section aria-label="What was done" className="flex flex-col gap-4">
        {list.error !== null && (
          <FailureState
            title="The audit could not be read"
            error={list.error}
            onRetry={() => void list.refetch()}
            retrying={list.isFetching}
          />
        )}
        {standing !== undefined && <AuditStandingNotice standing={standing} />}
        {standing?.file != null && <AuditFilters address={address} onChange={write} />}
        {pages === undefined && list.error === null && <Skeleton className="h-48" />}
        {pages !== undefined && standing?.file != null && (
          <AuditList
            entries={pages.flatMap(({ entries }) => entries)}
            onPerson={(person) => write({ person }, 'push')}
            more={list.hasNextPage ? { busy: list.isFetchingNextPage, onMore: () => void list.fetchNextPage() } : null}
          />
        )}
      </section>
    </div>
  );
}

function Actions({ filter, busy, onRefresh }: { filter: AuditFilter; busy: boolean; onRefresh: () => void }) {
  const save = useMutation({ mutationFn: () => downloadAudit(filter) });
  return (
    <>
      <Button size="sm" busy={busy} icon={<RefreshCw size={12} />} onClick={onRefresh}>
        Refresh
      </Button>
      <Button size="sm" icon={<Download size={12} />} busy={save.isPending} onClick={() => save.mutate()}>
        Export as NDJSON
      </Button>
      {save.error !== null && (
        <FailureState title="The file was not downloaded" error={save.error} onRetry={() => save.mutate()} />
      )}
    </>
  );
}

'use client';

import { lazy, useCallback } from 'react';
import { Later } from '@/components/ui/later';
import { laterModule, useLaterModule } from '@/components/ui/later-module';
import { PAGE_BODY } from '@/components/ui/page';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useSearchState } from '@/lib/client/use-search-state';
import { type LiveView, readLiveAddress, writeLiveAddress } from '@/lib/live/live-address';

const plots = laterModule(() => import('@/components/live-plots/live-plots'));
/** Few addresses are damaged. */
const UnreadLiveNotice = lazy(() => import('./unread-live-notice'));
const LIVE = { read: readLiveAddress, write: writeLiveAddress };

/** What moves in a cluster, over the last hour. */
export function LivePage({ cluster }: { cluster: string }) {
  const [view, write] = useSearchState(LIVE);
  const change = useCallback((wanted: Partial<LiveView>) => write(wanted, 'replace'), [write]);
  const loaded = useLaterModule(plots);
  return (
    <div className={PAGE_BODY}>
      <h1 className="font-semibold text-xl">Live</h1>
      <Later>
        <UnreadLiveNotice />
      </Later>
      {loaded === undefined ? (
        <Loading label="Loading the plots">
          <Skeleton className="h-64" />
        </Loading>
      ) : (
        <loaded.default cluster={cluster} view={view} onView={change} />
      )}
    </div>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { LinkButton } from '@/components/ui/link-button';
import { Popover } from '@/components/ui/popover';
import { saves } from '@/lib/client/disk/saves';
import { exportsQuery } from '@/lib/client/exports-query';
import { activeJobsQuery } from '@/lib/client/jobs';
import { pagePath } from '@/lib/client/paths';
import { listTransfers } from '@/lib/client/transfers';
import { runningCounts } from '@/lib/reader/running-counts';
import { runningReads } from '@/lib/reader/running-reads';
import { plural } from '@/lib/text/format';
import { trayItems } from './tray-items';
import { TrayList } from './tray-list';

interface TrayProps {
  cluster: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Long operations, findable from every page: transfers, jobs and reads to the end, each with a way to stop it. */
export default function Tray({ cluster, open, onOpenChange }: TrayProps) {
  const items = useTrayItems(open);
  const count = items.filter(({ running }) => running).length;
  const trigger = (
    <IconButton label={count === 0 ? 'Nothing is running' : `${plural(count, 'operation')} running`} keys="activity">
      <span className="relative">
        <Activity size={16} aria-hidden="true" />
        {items.length > 0 && <Count of={count} />}
      </span>
    </IconButton>
  );
  return (
    <Popover
      label="Running operations"
      align="end"
      trigger={trigger}
      open={open}
      onOpenChange={onOpenChange}
      className="w-[min(24rem,calc(100vw-16px))]"
    >
      <TrayList items={items} onGo={() => onOpenChange(false)} />
      <div className="mt-3 flex justify-end border-line border-t pt-3">
        <LinkButton size="sm" href={pagePath.exports(cluster)} onClick={() => onOpenChange(false)}>
          All exports and jobs
        </LinkButton>
      </div>
    </Popover>
  );
}

/** How many run; a dot where reads have ended while nobody looked. */
function Count({ of }: { of: number }) {
  return (
    <span
      aria-hidden="true"
      className="absolute -top-2 -right-2.5 flex h-3.5 min-w-3.5 items-center justify-center rounded-full bg-accent px-0.5 font-medium text-2xs text-accent-ink leading-none"
    >
      {of > 0 && of}
    </span>
  );
}

function useTrayItems(isSeen: boolean) {
  const files = useSyncExternalStore(saves.subscribe, saves.getList, saves.getServerList);
  const reads = useSyncExternalStore(runningReads.subscribe, runningReads.getList, runningReads.getServerList);
  const counts = useSyncExternalStore(runningCounts.subscribe, runningCounts.getList, runningCounts.getServerList);
  const { data: downloads } = useQuery(exportsQuery());
  const { data: jobs } = useQuery(activeJobsQuery(isSeen));
  return trayItems(listTransfers(jobs ?? [], files, downloads?.exports ?? []), [...reads, ...counts]);
}

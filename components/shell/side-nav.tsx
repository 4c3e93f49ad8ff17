'use client';

import clsx from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { lazy, type ReactNode } from 'react';
import { Later } from '@/components/ui/later';
import { CLUSTER_PAGES, pagesWithout } from '@/lib/client/pages';
import { clusterPath } from '@/lib/client/paths';
import type { ClusterSummary } from '@/lib/contract/clusters';
import { FileIcon } from './file-icon';
import { TreePanel } from './tree/tree-panel';

const RunningExports = lazy(() => import('./running-exports'));

/** Navigation: the cluster's pages that the person can use, then its keyspaces and tables. */
export function SideNav({ cluster: { name: cluster, lacks } }: { cluster: Pick<ClusterSummary, 'name' | 'lacks'> }) {
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <nav aria-label="Pages" className="flex flex-col gap-px p-2">
        {pagesWithout(lacks).map((name) => (
          <PageLink key={name} href={clusterPath(cluster, name)} icon={<FileIcon name={name} />}>
            {CLUSTER_PAGES[name].label}
            {name === 'exports' && (
              <Later>
                <RunningExports cluster={cluster} />
              </Later>
            )}
          </PageLink>
        ))}
      </nav>
      <TreePanel cluster={cluster} />
    </div>
  );
}

function PageLink({ href, icon, children }: { href: string; icon: ReactNode; children: ReactNode }) {
  const current = usePathname() === href;
  return (
    <Link
      href={href}
      aria-current={current ? 'page' : undefined}
      className={clsx(
        'flex h-8 items-center gap-2 rounded px-2 text-sm',
        current ? 'bg-selected font-medium text-ink' : 'text-muted hover:bg-hover hover:text-ink',
      )}
    >
      {icon}
      {children}
    </Link>
  );
}

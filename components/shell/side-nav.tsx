'use client';

import clsx from 'clsx';
import {
  Activity,
  Circle,
  CircleSlash2,
  Download,
  Equal,
  LayoutGrid,
  type LucideIcon,
  SquareTerminal,
} from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { lazy, type ReactNode, Suspense } from 'react';
import { useHydrated } from '@/components/ui/use-hydrated';
import { CLUSTER_PAGE_NAMES, CLUSTER_PAGES, type ClusterPage } from '@/lib/client/pages';
import { clusterPath } from '@/lib/client/paths';
import { TreePanel } from './tree/tree-panel';

const ICONS: Readonly<Record<ClusterPage, LucideIcon>> = {
  overview: LayoutGrid,
  query: SquareTerminal,
  ring: Circle,
  agreement: Equal,
  whatIf: CircleSlash2,
  events: Activity,
  exports: Download,
};

const RunningExports = lazy(() => import('./running-exports'));

/** Navigation: the cluster's pages, then its keyspaces and tables. */
export function SideNav({ cluster }: { cluster: string }) {
  const hydrated = useHydrated();
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <nav aria-label="Pages" className="flex flex-col gap-px p-2">
        {CLUSTER_PAGE_NAMES.map((name) => {
          const Icon = ICONS[name];
          return (
            <PageLink key={name} href={clusterPath(cluster, name)} icon={<Icon size={16} aria-hidden="true" />}>
              {CLUSTER_PAGES[name].label}
              {name === 'exports' && hydrated && (
                <Suspense>
                  <RunningExports cluster={cluster} />
                </Suspense>
              )}
            </PageLink>
          );
        })}
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

import Link from 'next/link';
import { pagePath } from '@/lib/client/paths';
import type { ClusterSummary } from '@/lib/contract/clusters';
import { ClusterMark } from './cluster-switcher';
import { ThemeMenu } from './theme-menu';

/** The header of a page that belongs to no cluster, with links to all of them. */
export function PlainHeader({ clusters }: { clusters: readonly ClusterSummary[] }) {
  return (
    <header className="flex h-11 items-center gap-4 border-line border-b bg-surface px-4">
      <Link href="/" className="font-semibold">
        Ringside
      </Link>
      <nav aria-label="Clusters" className="thin-scrollbar flex min-w-0 flex-1 gap-1 overflow-x-auto">
        {clusters.map(({ name, label, colour }) => (
          <Link
            key={name}
            href={pagePath.overview(name)}
            className="inline-flex h-7 shrink-0 items-center gap-2 rounded px-2 text-muted hover:bg-hover hover:text-ink"
          >
            <ClusterMark colour={colour} />
            {label}
          </Link>
        ))}
      </nav>
      <ThemeMenu />
    </header>
  );
}

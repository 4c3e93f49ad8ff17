'use client';

import { usePathname } from 'next/navigation';
import { lazy, type ReactNode, useCallback, useMemo, useState } from 'react';
import { Later } from '@/components/ui/later';
import type { ClusterSummary } from '@/lib/contract/clusters';
import type { SignedIn } from '@/lib/contract/sign-in';
import { Header } from './header';
import { focusTreeFilter } from './palette/focus-tree-filter';
import { type ShellKeys, useShortcuts } from './palette/use-shortcuts';
import { SideNav } from './side-nav';
import { useConnection } from './strips/use-connection';

const ShellLater = lazy(() => import('./shell-later'));
const Strips = lazy(() => import('./strips/strips'));

type AppShellProps = {
  cluster: ClusterSummary;
  clusters: readonly ClusterSummary[];
  /** Null where nobody signs in. */
  person: SignedIn | null;
  children: ReactNode;
};

/** The frame around every page of a cluster. `main` fills the rest of the window: a page scrolls inside it. */
export function AppShell({ cluster, clusters, person, children }: AppShellProps) {
  const { connection, goodAtMs } = useConnection(cluster.name);
  const [drawerFor, setDrawerFor] = useState<string>();
  const pathname = usePathname();
  const { open, toggle, close } = useOpen();
  // Bound with the page's first code: a key pressed early is not lost.
  useShortcuts(useMemo((): ShellKeys => ({ ...toggle, treeFilter: focusTreeFilter }), [toggle]));

  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <a
        href="#main"
        className="sr-only focus-visible:not-sr-only focus-visible:fixed focus-visible:top-2 focus-visible:left-2 focus-visible:z-50 focus-visible:rounded focus-visible:bg-raised focus-visible:px-3 focus-visible:py-1 focus-visible:shadow-float"
      >
        Skip to the content
      </a>
      <Header
        cluster={cluster}
        clusters={clusters}
        person={person}
        connection={connection}
        onOpenPalette={toggle.palette}
        onOpenDrawer={() => setDrawerFor(pathname)}
        activityOpen={open === 'activity'}
        onActivity={(isOpen) => (isOpen ? toggle.activity() : close())}
      />
      <Later>
        <Strips cluster={cluster.name} connection={connection} goodAtMs={goodAtMs} />
      </Later>
      <div className="flex min-h-0 flex-1">
        <div className="flex w-60 shrink-0 flex-col border-line border-r bg-surface max-[640px]:hidden">
          <SideNav cluster={cluster} />
        </div>
        <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col overflow-auto outline-none">
          {children}
        </main>
      </div>
      <Later>
        {/* Open for one page only: going somewhere closes it. */}
        <ShellLater
          {...{ cluster, clusters, toggle }}
          open={open ?? (drawerFor === pathname ? 'drawer' : undefined)}
          onClose={() => (open === undefined ? setDrawerFor(undefined) : close())}
        />
      </Later>
    </div>
  );
}

type Opened = 'palette' | 'keys' | 'activity';

/** What stands open over the page, one at a time. */
function useOpen() {
  const [open, setOpen] = useState<Opened>();
  const close = useCallback(() => setOpen(undefined), []);
  const toggle = useMemo(() => {
    const toggleOf = (what: Opened) => () => setOpen((now) => (now === what ? undefined : what));
    return { palette: toggleOf('palette'), keys: toggleOf('keys'), activity: toggleOf('activity') };
  }, []);
  return { open, toggle, close };
}

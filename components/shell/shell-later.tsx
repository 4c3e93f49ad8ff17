'use client';

import { lazy } from 'react';
import { Later } from '@/components/ui/later';
import { ToastRegion } from '@/components/ui/toast-region';
import type { ClusterSummary } from '@/lib/contract/clusters';
import { useShellCommands } from './palette/shell-commands';

const Drawer = lazy(() => import('./drawer'));
const KeysSheet = lazy(() => import('./keys/keys-sheet'));
const Palette = lazy(() => import('./palette/palette'));

interface ShellLaterProps {
  cluster: ClusterSummary;
  clusters: readonly ClusterSummary[];
  /** Opens and closes what stands over the page. */
  toggle: Readonly<Record<'keys' | 'activity', () => void>>;
  /** What stands open over the page; the header shows the activity itself. */
  open: 'drawer' | 'palette' | 'keys' | 'activity' | undefined;
  onClose: () => void;
}

/** What every page has and its first view does not need: the shell's commands, what opens over a page, and toasts. */
export default function ShellLater({ cluster, clusters, toggle, open, onClose }: ShellLaterProps) {
  useShellCommands(cluster.name, { onKeys: toggle.keys, onActivity: toggle.activity });
  return (
    <>
      <ToastRegion />
      <Later>
        {open === 'drawer' && <Drawer cluster={cluster} onClose={onClose} />}
        {open === 'palette' && <Palette cluster={cluster.name} clusters={clusters} onClose={onClose} />}
        {open === 'keys' && <KeysSheet onClose={onClose} />}
      </Later>
    </>
  );
}

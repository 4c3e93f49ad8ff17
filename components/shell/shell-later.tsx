'use client';

import { useMemo } from 'react';
import { ToastRegion } from '@/components/ui/toast-region';
import { focusTreeFilter } from './palette/focus-tree-filter';
import { useShellCommands } from './palette/shell-commands';
import { type ShellKeys, useShortcuts } from './palette/use-shortcuts';

interface ShellLaterProps {
  cluster: string;
  /** Opens and closes what stands over the page. */
  toggle: Readonly<Record<'palette' | 'keys' | 'activity', () => void>>;
}

/** What every page has and its first view does not need: keys, the shell's commands, the place for toasts. */
export default function ShellLater({ cluster, toggle }: ShellLaterProps) {
  useShortcuts(useMemo((): ShellKeys => ({ ...toggle, treeFilter: focusTreeFilter }), [toggle]));
  useShellCommands(cluster, { onKeys: toggle.keys, onActivity: toggle.activity });
  return <ToastRegion />;
}

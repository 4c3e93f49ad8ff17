'use client';

import { ToastRegion } from '@/components/ui/toast-region';
import { useShellCommands } from './palette/shell-commands';

interface ShellLaterProps {
  cluster: string;
  /** Opens and closes what stands over the page. */
  toggle: Readonly<Record<'keys' | 'activity', () => void>>;
}

/** What every page has and its first view does not need: the shell's commands and the place for toasts. */
export default function ShellLater({ cluster, toggle }: ShellLaterProps) {
  useShellCommands(cluster, { onKeys: toggle.keys, onActivity: toggle.activity });
  return <ToastRegion />;
}

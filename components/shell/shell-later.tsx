'use client';

import { ToastRegion } from '@/components/ui/toast-region';
import { useShellCommands } from './palette/shell-commands';

interface ShellLaterProps {
  cluster: string;
  onKeys: () => void;
  onActivity: () => void;
}

/** What every page has and none needs at first: the shell's commands, and the place for toasts. */
export default function ShellLater({ cluster, onKeys, onActivity }: ShellLaterProps) {
  useShellCommands(cluster, { onKeys, onActivity });
  return <ToastRegion />;
}

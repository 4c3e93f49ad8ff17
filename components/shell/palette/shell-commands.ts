'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Command, useOfferCommands } from '@/components/ui/commands';
import { toast } from '@/components/ui/toasts';
import { clusterKey } from '@/lib/client/queries';
import { isBeyondAddress } from '@/lib/client/use-search-state';
import { applyTheme, THEMES } from '../theme';
import { THEME_WORDS } from '../theme-menu';
import { focusTreeFilter } from './focus-tree-filter';

interface ShellActions {
  onKeys: () => void;
  onActivity: () => void;
}

/** What can be done on every page of a cluster. */
export function useShellCommands(cluster: string, { onKeys, onActivity }: ShellActions): void {
  const client = useQueryClient();
  const commands = useMemo(
    (): Command[] => [
      {
        id: 'filter',
        label: 'Filter keyspaces and tables',
        group: 'navigation',
        keys: 'treeFilter',
        run: focusTreeFilter,
      },
      { id: 'activity', label: 'Show what is running', group: 'navigation', keys: 'activity', run: onActivity },
      { id: 'keys', label: 'Keyboard shortcuts', group: 'help', keys: 'keys', run: onKeys },
      { id: 'copy-link', label: 'Copy link to this page', group: 'page', run: () => void copyLink() },
      {
        id: 'refresh',
        label: 'Reload schema, sizes and nodes',
        group: 'page',
        run: () => void client.invalidateQueries({ queryKey: clusterKey(cluster) }),
      },
      ...THEMES.map((theme) => ({
        id: `theme-${theme}`,
        label: `Theme: ${THEME_WORDS[theme]}`,
        group: 'appearance',
        run: () => applyTheme(theme),
      })),
    ],
    [client, cluster, onKeys, onActivity],
  );
  useOfferCommands(commands);
}

const SHORT_LINK = 'Copied a link to this page, without what no address can hold: the link opens less than you see.';

async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(window.location.href);
    toast({ text: isBeyondAddress() ? SHORT_LINK : 'Copied the link to this page' });
  } catch {
    // The browser gives no usable reason: no permission, or no focus.
    toast({ text: 'Not copied: the browser refused. Copy the address from its bar.', tone: 'danger' });
  }
}

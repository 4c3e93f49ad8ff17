'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Command, useOfferCommands } from '@/components/ui/commands';
import { applyTheme, THEMES } from '../theme';
import { THEME_WORDS } from '../theme-menu';
import { TREE_FILTER } from '../tree/tree-panel';

/** What can be done on every page of a cluster. */
export function useShellCommands(cluster: string): void {
  const client = useQueryClient();
  const commands = useMemo(
    (): Command[] => [
      { id: 'filter', label: 'Filter keyspaces and tables', group: 'navigation', keys: '/', run: focusTreeFilter },
      {
        id: 'copy-link',
        label: 'Copy link to this page',
        group: 'page',
        run: () => void navigator.clipboard.writeText(window.location.href),
      },
      {
        id: 'refresh',
        label: 'Read schema, sizes and nodes again',
        group: 'page',
        run: () => void client.invalidateQueries({ queryKey: ['cluster', cluster] }),
      },
      ...THEMES.map((theme) => ({
        id: `theme-${theme}`,
        label: `Theme: ${THEME_WORDS[theme]}`,
        group: 'appearance',
        run: () => applyTheme(theme),
      })),
    ],
    [client, cluster],
  );
  useOfferCommands(commands);
}

/** Puts the caret into the tree's filter where one can be seen; false where none can. */
export function focusTreeFilter(): boolean {
  const inputs = document.querySelectorAll<HTMLInputElement>(`[${TREE_FILTER}]`);
  const shown = [...inputs].find((input) => input.offsetParent !== null);
  shown?.focus();
  shown?.select();
  return shown !== undefined;
}

'use client';

import { Contrast } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { FileIcon } from './file-icon';
import { applyTheme, currentTheme, onThemeChange, THEMES, type Theme } from './theme';

export const THEME_WORDS: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' };

/** Light, dark, or the system's choice. */
export function ThemeMenu() {
  const theme = useSyncExternalStore(onThemeChange, currentTheme, () => undefined);
  const trigger = (
    <IconButton label="Theme">
      <Contrast size={16} aria-hidden="true" />
    </IconButton>
  );
  return (
    <Menu trigger={trigger} align="end">
      {THEMES.map((choice) => (
        <MenuItem
          key={choice}
          checked={theme === choice}
          icon={<FileIcon name={`theme-${choice}`} className="size-3.5" />}
          onSelect={() => applyTheme(choice)}
        >
          {THEME_WORDS[choice]}
        </MenuItem>
      ))}
    </Menu>
  );
}

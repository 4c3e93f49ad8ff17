'use client';

import { Contrast, Monitor, Moon, Sun } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { applyTheme, currentTheme, onThemeChange, THEMES, type Theme } from './theme';

export const THEME_WORDS: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' };
const ICONS: Record<Theme, typeof Sun> = { system: Monitor, light: Sun, dark: Moon };

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
      {THEMES.map((choice) => {
        const Icon = ICONS[choice];
        return (
          <MenuItem
            key={choice}
            checked={theme === choice}
            icon={<Icon size={14} aria-hidden="true" />}
            onSelect={() => applyTheme(choice)}
          >
            {THEME_WORDS[choice]}
          </MenuItem>
        );
      })}
    </Menu>
  );
}

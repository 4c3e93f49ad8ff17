'use client';

import clsx from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import type { ShortcutId } from './shortcuts';
import { Tooltip } from './tooltip';

type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'title'> & {
  /** What it does, in words: the accessible name and the tooltip. */
  label: string;
  /** Keys that do the same, shown in the tooltip. */
  keys?: ShortcutId | undefined;
  size?: 'sm' | 'md';
  children: ReactNode;
};

/** A button whose face is an icon alone. */
export function IconButton({ label, keys, size = 'md', className, children, ...props }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <button
        type="button"
        {...props}
        aria-label={label}
        className={clsx(
          'inline-flex shrink-0 items-center justify-center rounded text-muted hover:bg-hover hover:text-ink',
          'disabled:pointer-events-none disabled:opacity-50 aria-pressed:bg-selected aria-pressed:text-ink',
          size === 'sm' ? 'size-6 pointer-coarse:size-8' : 'size-8 pointer-coarse:size-10',
          className,
        )}
      >
        {children}
      </button>
    </Tooltip>
  );
}

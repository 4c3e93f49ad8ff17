'use client';

import clsx from 'clsx';
import type { ReactNode } from 'react';
import { TitledModal } from './modal';

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** One sentence under the title, read out with it. */
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons at the bottom, the primary one last. */
  footer?: ReactNode;
  width?: 'sm' | 'md' | 'lg';
};

const WIDTHS = { sm: 'max-w-md', md: 'max-w-xl', lg: 'max-w-3xl' };

/** Where every dialog stands. */
export const dialogPlace = 'top-[10vh] mx-auto max-h-[80vh] w-[calc(100vw-32px)] rounded-lg';

/** Asks or shows one thing before anything else. Escape and a press outside close it; focus returns. */
export function Dialog({ open, onOpenChange, width = 'md', children, ...parts }: DialogProps) {
  if (!open) return null;
  return (
    <TitledModal
      {...parts}
      onClose={() => onOpenChange(false)}
      className={clsx(dialogPlace, WIDTHS[width])}
      bodyClassName="px-4 py-3"
    >
      {children}
    </TitledModal>
  );
}

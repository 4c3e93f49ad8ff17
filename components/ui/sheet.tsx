'use client';

import clsx from 'clsx';
import type { ReactNode } from 'react';
import { TitledModal } from './modal';

type SheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  side?: 'left' | 'right';
  children: ReactNode;
  footer?: ReactNode;
  className?: string | undefined;
};

/** A dialog along one side, full height. `className` sets its width. */
export function Sheet({
  open,
  onOpenChange,
  side = 'right',
  children,
  className = 'w-[min(480px,100vw)]',
  ...parts
}: SheetProps) {
  if (!open) return null;
  return (
    <TitledModal
      {...parts}
      onClose={() => onOpenChange(false)}
      className={clsx('h-dvh max-h-none max-w-none', side === 'right' ? 'ml-auto' : 'mr-auto', className)}
      bodyClassName=""
    >
      {children}
    </TitledModal>
  );
}

'use client';

import clsx from 'clsx';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { DialogHeader, overlayClass } from './dialog';

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
  title,
  description,
  side = 'right',
  children,
  footer,
  className = 'w-[min(480px,100vw)]',
}: SheetProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayClass} />
        <Primitive.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className={clsx(
            'fixed inset-y-0 z-50 flex flex-col bg-raised shadow-float outline-none',
            side === 'right' ? 'right-0' : 'left-0',
            className,
          )}
        >
          <DialogHeader title={title} description={description} />
          <div className="thin-scrollbar min-h-0 flex-1 overflow-auto">{children}</div>
          {footer !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-line border-t px-4 py-3">{footer}</footer>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

'use client';

import clsx from 'clsx';
import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';

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

export const overlayClass = 'fixed inset-0 z-40 bg-black/40';

/** Asks or shows one thing before anything else goes on. Escape and a press outside close it; focus returns. */
export function Dialog({ open, onOpenChange, title, description, children, footer, width = 'md' }: DialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayClass} />
        <Primitive.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className={clsx(
            'fixed top-[10vh] left-1/2 z-50 flex max-h-[80vh] w-[calc(100vw-32px)] -translate-x-1/2 flex-col rounded-lg bg-raised shadow-float outline-none',
            WIDTHS[width],
          )}
        >
          <DialogHeader title={title} description={description} />
          <div className="thin-scrollbar min-h-0 flex-1 overflow-auto px-4 py-3">{children}</div>
          {footer !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-line border-t px-4 py-3">{footer}</footer>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Title, description and the close button of a dialog or sheet. */
export function DialogHeader({ title, description }: { title: ReactNode; description?: ReactNode }) {
  return (
    <header className="flex items-start gap-2 border-line border-b px-4 py-3">
      <div className="min-w-0 flex-1">
        <Primitive.Title className="font-semibold text-base">{title}</Primitive.Title>
        {description !== undefined && (
          <Primitive.Description className="text-muted text-sm">{description}</Primitive.Description>
        )}
      </div>
      <Primitive.Close
        aria-label="Close"
        className="-mr-1 inline-flex size-6 items-center justify-center rounded text-muted hover:bg-hover hover:text-ink"
      >
        <X size={16} aria-hidden="true" />
      </Primitive.Close>
    </header>
  );
}

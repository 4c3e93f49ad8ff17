'use client';

import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { Align, Side } from './anchor';
import { focusInside } from './focus';
import { type Trigger, useSurface } from './use-surface';

type PopoverProps = {
  /** The button that opens it. */
  trigger: Trigger;
  /** Names the popover for people who do not see where it opens. */
  label: string;
  children: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: Align;
  side?: Side;
  className?: string | undefined;
};

/** A small surface beside its button. Escape closes it and gives the focus back. */
export function Popover({
  trigger,
  label,
  children,
  align = 'start',
  side = 'bottom',
  className,
  ...state
}: PopoverProps) {
  const { face, props, shown } = useSurface({ trigger, role: 'dialog', side, align, onShown: focusInside, ...state });
  return (
    <>
      {face}
      <div
        {...props}
        role="dialog"
        aria-label={label}
        className={clsx('thin-scrollbar rounded-md bg-raised p-3 font-sans text-sm shadow-float', className)}
      >
        {shown && children}
      </div>
    </>
  );
}

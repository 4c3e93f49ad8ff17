import clsx from 'clsx';
import { type MouseEvent, type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { beside } from '@/components/ui/anchor';
import { focusInside } from '@/components/ui/focus';

interface CellSurfaceProps {
  /** Of the element that it stands below, which is anchored to it. */
  id: string;
  /** Names it for people who do not see where it stands. */
  label: string;
  /** A panel, which takes the focus; else as large as what is in it. */
  wide: boolean;
  inside?: RefObject<HTMLDivElement | null>;
  children: ReactNode;
}

/** What belongs to a cell and does not fit it: below it, in the browser's top layer, inside the window. */
export function CellSurface({ id, label, wide, inside, children }: CellSurfaceProps) {
  const own = useRef<HTMLDivElement>(null);
  const surface = inside ?? own;
  // Its content appears once it is shown, because only then can it take the focus.
  const [shown, setShown] = useState(false);
  useLayoutEffect(() => {
    const { current } = surface;
    current?.showPopover();
    setShown(true);
    return () => current?.hidePopover();
  }, [surface]);
  useLayoutEffect(() => {
    if (!shown || !wide || surface.current === null) return;
    const field = surface.current.querySelector<HTMLElement>('input:not([hidden]), textarea, select');
    if (surface.current.contains(document.activeElement)) return;
    if (field === null) focusInside(surface.current);
    else field.focus();
  }, [shown, wide, surface]);
  const onMouseDown = (event: MouseEvent) => {
    // A press on a button leaves the focus where text is typed: some browsers would give it to nothing.
    if (event.target instanceof Element && event.target.closest('button') !== null) event.preventDefault();
  };
  return (
    <div
      ref={surface}
      id={id}
      // The cell decides when it goes: a press outside keeps the value first.
      popover="manual"
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      data-beside="bottom"
      style={beside(id, 'bottom', 'start')}
      onMouseDown={onMouseDown}
      className={clsx(
        'thin-scrollbar rounded-md bg-raised p-2 font-sans text-sm shadow-float',
        wide ? 'w-[min(34rem,calc(100vw-16px))]' : 'w-max min-w-40 max-w-[min(26rem,calc(100vw-16px))]!',
      )}
    >
      {shown && children}
    </div>
  );
}

'use client';

import {
  type ComponentProps,
  cloneElement,
  lazy,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useState,
} from 'react';
import { anchored, beside, type Side } from './anchor';
import { Later } from './later';
import type { ShortcutId } from './shortcuts';
import { shown } from './shown';

/** Keys come later, with the list of them. */
const Kbd = lazy(() => import('./kbd').then(({ Kbd: kbd }) => ({ default: kbd })));

/** Rest the pointer this long to see the words. */
const OPEN_MS = 400;
/** A tooltip that follows another so soon opens at once: somebody is looking along a row of buttons. */
const FOLLOW_MS = 300;
/** Time to move the pointer from the element onto the words. */
const LEAVE_MS = 120;

/** Only one is open at a time. */
let closeLast: (() => void) | undefined;
let closedAtMs = Number.NEGATIVE_INFINITY;

type TooltipProps = {
  text: ReactNode;
  keys?: ShortcutId | undefined;
  side?: Side;
  /** One element that can have the focus and takes an element's properties. */
  children: ReactElement<ComponentProps<'button'>>;
};

type Handler<Event> = ((event: Event) => void) | undefined;

/** Words beside an element on hover and focus. Never the only place where something needed is said. */
export function Tooltip({ text, keys, side = 'bottom', children }: TooltipProps) {
  const id = useId();
  const { open, show, hide } = useOpen();
  const own = children.props;
  const element = cloneElement(children, {
    'aria-describedby': open ? [own['aria-describedby'], id].filter(Boolean).join(' ') : own['aria-describedby'],
    style: anchored(own.style, id),
    onPointerEnter: both(own.onPointerEnter, ({ pointerType }) => {
      if (pointerType !== 'touch') show(performance.now() - closedAtMs < FOLLOW_MS ? 0 : OPEN_MS);
    }),
    onPointerLeave: both(own.onPointerLeave, () => hide(LEAVE_MS)),
    onPointerDown: both(own.onPointerDown, () => hide(0)),
    onClick: both(own.onClick, () => hide(0)),
    onFocus: both(own.onFocus, ({ currentTarget }) => {
      if (currentTarget.matches(':focus-visible')) show(0);
    }),
    onBlur: both(own.onBlur, () => hide(0)),
  });
  return (
    <>
      {element}
      {open && (
        <span
          ref={showPopover}
          id={id}
          role="tooltip"
          popover="manual"
          data-beside={side}
          style={beside(id, side, 'center')}
          onPointerEnter={() => show(0)}
          onPointerLeave={() => hide(LEAVE_MS)}
          className="inset-x-2 flex max-w-80 items-center gap-2 rounded bg-raised px-2 py-1 font-sans text-xs shadow-float"
        >
          {shown(text)}
          {keys !== undefined && (
            <Later>
              <Kbd of={keys} />
            </Later>
          )}
        </span>
      )}
    </>
  );
}

function both<Event>(first: Handler<Event>, second: (event: Event) => void): (event: Event) => void {
  return (event) => {
    first?.(event);
    second(event);
  };
}

function showPopover(element: HTMLElement | null): void {
  element?.showPopover();
}

/** Open or not, each after a while; the last wish counts. Escape closes at once. */
function useOpen() {
  const [open, setOpen] = useState(false);
  const [wish, setWish] = useState<{ open: boolean; afterMs: number }>();
  useEffect(() => {
    if (wish === undefined) return;
    const timer = setTimeout(() => setOpen(wish.open), wish.afterMs);
    return () => clearTimeout(timer);
  }, [wish]);
  useEffect(() => {
    if (!open) return;
    const close = () => {
      setWish(undefined);
      setOpen(false);
    };
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') close();
    };
    closeLast?.();
    closeLast = close;
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      document.removeEventListener('keydown', onKeyDown, { capture: true });
      closedAtMs = performance.now();
      if (closeLast === close) closeLast = undefined;
    };
  }, [open]);
  return {
    open,
    show: (afterMs: number) => setWish({ open: true, afterMs }),
    hide: (afterMs: number) => setWish({ open: false, afterMs }),
  };
}

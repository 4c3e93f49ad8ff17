'use client';

import {
  type ComponentProps,
  cloneElement,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type RefObject,
  type ToggleEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { type Align, anchored, beside, type Side } from './anchor';

/** An element that takes a button's properties and hands them to its button. */
export type Trigger = ReactElement<ComponentProps<'button'>>;

type SurfaceOptions = {
  trigger: Trigger;
  role: 'dialog' | 'menu';
  side: Side;
  align: Align;
  /** Given: who shows the surface decides whether it is open. */
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  /** Puts the focus into the surface that was just opened; `byKeyboard`: with Enter, Space or an arrow key. */
  onShown: (surface: HTMLElement, byKeyboard: boolean) => void;
};

/**
 * A surface that its trigger opens in the browser's top layer (the popover attribute): the browser closes it at Escape
 * and at a press outside and gives the focus back. Its content lives only while it is open.
 */
export function useSurface({ trigger, role, side, align, onShown, ...given }: SurfaceOptions) {
  const id = useId();
  const [own, setOwn] = useState(false);
  const open = given.open ?? own;
  const setOpen = (next: boolean) => {
    setOwn(next);
    if (next !== open) given.onOpenChange?.(next);
  };
  const byKeyboard = useRef(false);
  const { element, shown } = useShown(open, (surface) => onShown(surface, byKeyboard.current));

  const toggle = (event: MouseEvent<HTMLButtonElement>) => {
    trigger.props.onClick?.(event);
    // The browser would toggle it as well, before React has drawn what stands in it.
    event.preventDefault();
    byKeyboard.current = event.detail === 0;
    setOpen(!open);
  };
  const openByArrow = (event: KeyboardEvent<HTMLButtonElement>) => {
    trigger.props.onKeyDown?.(event);
    if (role !== 'menu' || event.key !== 'ArrowDown') return;
    event.preventDefault();
    byKeyboard.current = true;
    setOpen(true);
  };
  const face = cloneElement(trigger, {
    'aria-haspopup': role,
    'aria-expanded': open,
    'aria-controls': id,
    // Makes a press on the trigger one inside the surface: else it would close it first and then open it again.
    popoverTarget: id,
    style: anchored(trigger.props.style, id),
    onClick: toggle,
    onKeyDown: openByArrow,
  });
  const props = {
    ref: element,
    id,
    popover: 'auto',
    tabIndex: -1,
    'data-beside': side,
    style: beside(id, side, align),
    onToggle: ({ newState }: ToggleEvent) => {
      if (newState === 'closed') setOpen(false);
    },
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
      if (!(relatedTarget instanceof Element) || currentTarget.contains(relatedTarget)) return;
      if (relatedTarget.getAttribute('aria-controls') !== id) setOpen(false);
    },
  } as const;
  return { face, props, shown, close: () => setOpen(false) };
}

/** Shows and hides the surface. `shown` follows, so that what stands in it can take the focus when it appears. */
function useShown(
  open: boolean,
  onShown: (surface: HTMLElement) => void,
): { element: RefObject<HTMLDivElement | null>; shown: boolean } {
  const element = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(false);
  useLayoutEffect(() => {
    element.current?.togglePopover(open);
    setShown(open);
  }, [open]);
  const latest = useRef(onShown);
  useLayoutEffect(() => {
    latest.current = onShown;
  });
  useEffect(() => {
    if (shown && element.current !== null) latest.current(element.current);
  }, [shown]);
  return { element, shown };
}

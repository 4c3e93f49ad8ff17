'use client';

import clsx from 'clsx';
import { Check } from 'lucide-react';
import { type KeyboardEvent, lazy, type MouseEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import type { Align } from './anchor';
import { Later } from './later';
import { menuTarget } from './menu-keys';
import type { ShortcutId } from './shortcuts';
import { type Trigger, useSurface } from './use-surface';

/** Keys come later, with the list of them. */
const Kbd = lazy(() => import('./kbd').then(({ Kbd: kbd }) => ({ default: kbd })));

type MenuProps = {
  trigger: Trigger;
  children: ReactNode;
  align?: Align;
  className?: string | undefined;
  /** Given: who shows the menu decides whether it is open. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

/** Letters further apart than this start a new word. */
const TYPING_MS = 1_000;

/** A list of actions that drops from its button; arrows and letters move in it. */
export function Menu({ trigger, children, align = 'start', className, ...state }: MenuProps) {
  const typing = useRef({ text: '', atMs: 0 });
  const onShown = (menu: HTMLElement, byKeyboard: boolean) => {
    typing.current = { text: '', atMs: 0 };
    enter(menu, byKeyboard);
  };
  const { face, props, shown, close } = useSurface({ trigger, role: 'menu', side: 'bottom', align, onShown, ...state });

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Tab') close();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typed = typedWith(typing.current, event);
    const items = itemsOf(event.currentTarget);
    const at = items.findIndex((item) => item.matches(':focus'));
    const labels = items.map((item) => item.textContent);
    const target = menuTarget(labels, at, { key: event.key, typed });
    if (target === undefined) return;
    event.preventDefault();
    items[target]?.focus();
  };

  return (
    <>
      {face}
      <div
        {...props}
        role="menu"
        onKeyDown={onKeyDown}
        className={clsx('min-w-44 rounded-md bg-raised p-1 font-sans text-sm shadow-float', className)}
      >
        {shown && children}
      </div>
    </>
  );
}

/** A menu opened with a key focuses its first item; one opened by pointer marks none until the pointer is on it. */
function enter(menu: HTMLElement, byKeyboard: boolean): void {
  const [first] = itemsOf(menu);
  if (byKeyboard && first !== undefined) first.focus();
  else menu.focus();
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)')];
}

/** The word being typed, with this key. A space belongs to a word only after its first letter; otherwise it presses the item. */
function typedWith(typing: { text: string; atMs: number }, { key, timeStamp }: KeyboardEvent): string {
  const begun = timeStamp - typing.atMs < TYPING_MS ? typing.text : '';
  if (key.length !== 1 || (key === ' ' && begun === '')) return '';
  typing.text = begun + key;
  typing.atMs = timeStamp;
  return typing.text;
}

type MenuItemProps = {
  onSelect: () => void;
  icon?: ReactNode;
  /** Keys that do the same. */
  keys?: ShortcutId;
  disabled?: boolean;
  danger?: boolean;
  /** Given: the item is one of several choices, and this says whether it is the present one. */
  checked?: boolean;
  children: ReactNode;
};

const ITEM =
  'flex min-h-7 w-full select-none items-center gap-2 rounded px-2 text-left text-sm outline-none focus:bg-hover disabled:opacity-50';

export function MenuItem({ onSelect, icon, keys, disabled = false, danger = false, checked, children }: MenuItemProps) {
  const choose = ({ currentTarget }: MouseEvent<HTMLElement>) => {
    // First of all the focus goes back to the trigger: what is chosen may want it, or remember where it was.
    currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
    onSelect();
  };
  const role = checked === undefined ? { role: 'menuitem' } : { role: 'menuitemcheckbox', 'aria-checked': checked };
  return (
    <button
      type="button"
      {...role}
      tabIndex={-1}
      disabled={disabled}
      onClick={choose}
      onPointerMove={({ currentTarget }: PointerEvent<HTMLElement>) => currentTarget.focus({ preventScroll: true })}
      onPointerLeave={({ currentTarget }) => currentTarget.closest<HTMLElement>('[popover]')?.focus()}
      className={clsx(ITEM, danger ? 'text-danger' : 'text-ink')}
    >
      {checked !== undefined && <Check size={14} aria-hidden="true" className={checked ? '' : 'invisible'} />}
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      {keys !== undefined && (
        <Later>
          <Kbd of={keys} />
        </Later>
      )}
    </button>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className="px-2 py-1 text-faint text-xs">{children}</div>;
}

export function MenuSeparator() {
  return <hr className="my-1 h-px bg-line" />;
}

'use client';

import clsx from 'clsx';
import { Check } from 'lucide-react';
import { DropdownMenu as Primitive } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './kbd';

type MenuProps = {
  trigger: ReactElement;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  className?: string | undefined;
};

/** A list of actions that drops from its button; arrows and letters move in it. */
export function Menu({ trigger, children, align = 'start', className }: MenuProps) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={clsx('z-50 min-w-44 rounded-md bg-raised p-1 shadow-float outline-none', className)}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

type MenuItemProps = {
  onSelect: () => void;
  icon?: ReactNode;
  keys?: string;
  disabled?: boolean;
  danger?: boolean;
  /** Given: the item is one of several choices, and this says whether it is the present one. */
  checked?: boolean;
  children: ReactNode;
};

const ITEM =
  'flex min-h-7 select-none items-center gap-2 rounded px-2 text-sm outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover';

export function MenuItem({ onSelect, icon, keys, disabled = false, danger = false, checked, children }: MenuItemProps) {
  const face = (
    <>
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      {keys !== undefined && <Kbd>{keys}</Kbd>}
    </>
  );
  const className = clsx(ITEM, danger ? 'text-danger' : 'text-ink');
  if (checked === undefined) {
    return (
      <Primitive.Item disabled={disabled} onSelect={onSelect} className={className}>
        {face}
      </Primitive.Item>
    );
  }
  return (
    <Primitive.CheckboxItem checked={checked} disabled={disabled} onSelect={onSelect} className={className}>
      <Check size={14} aria-hidden="true" className={checked ? '' : 'invisible'} />
      {face}
    </Primitive.CheckboxItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Primitive.Label className="px-2 py-1 text-faint text-xs">{children}</Primitive.Label>;
}

export function MenuSeparator() {
  return <Primitive.Separator className="my-1 h-px bg-line" />;
}

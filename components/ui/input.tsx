import clsx from 'clsx';
import type { ComponentProps } from 'react';

const CONTROL = clsx(
  'w-full min-w-0 rounded border border-line-strong bg-surface text-ink',
  'disabled:opacity-50 aria-invalid:border-danger',
);

type Mono = { mono?: boolean | undefined };

/** `mono` for data and code: names, addresses, values. */
export function Input({ className, mono = false, ...props }: ComponentProps<'input'> & Mono) {
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      {...props}
      className={clsx(CONTROL, 'h-8 px-2 text-sm', mono && 'font-mono', className)}
    />
  );
}

export function Textarea({ className, mono = false, ...props }: ComponentProps<'textarea'> & Mono) {
  return (
    <textarea
      autoComplete="off"
      spellCheck={false}
      {...props}
      className={clsx(CONTROL, 'thin-scrollbar block px-2 py-1.5 text-sm', mono && 'font-mono text-xs', className)}
    />
  );
}

/** The system's own list: works with every keyboard, screen reader and phone. */
export function Select({
  className,
  dense = false,
  children,
  ...props
}: ComponentProps<'select'> & { dense?: boolean | undefined }) {
  return (
    <select
      {...props}
      className={clsx(CONTROL, dense ? 'h-6 px-1 text-xs pointer-coarse:min-h-8' : 'h-8 px-1.5 text-sm', className)}
    >
      {children}
    </select>
  );
}

/** {@link Select} of a truth value, as text; empty until one is chosen. */
export function TrueOrFalse(props: Omit<ComponentProps<typeof Select>, 'children'>) {
  return (
    <Select {...props}>
      <option value="">choose</option>
      <option>true</option>
      <option>false</option>
    </Select>
  );
}

/** A tick box with its label, both clickable. */
export function Checkbox({ children, className, ...props }: Omit<ComponentProps<'input'>, 'type'>) {
  return (
    <label className={clsx('inline-flex min-h-6 items-center gap-2 text-sm has-disabled:opacity-50', className)}>
      <input type="checkbox" {...props} className="size-3.5 shrink-0 accent-accent focus-visible:outline-offset-2" />
      <span className="min-w-0">{children}</span>
    </label>
  );
}

import clsx from 'clsx';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { Spinner } from './spinner';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ButtonSize = 'sm' | 'md';

export type Look = {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  className?: string | undefined;
};

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-accent-ink hover:brightness-110 pointer-coarse:min-h-10',
  secondary: 'border-line-strong bg-surface text-ink hover:bg-hover',
  ghost: 'border-transparent text-muted hover:bg-hover hover:text-ink',
  danger: 'border-transparent bg-danger text-danger-ink hover:brightness-110',
};

const SIZES: Record<ButtonSize, string> = {
  sm: 'h-6 gap-1 px-2 text-xs pointer-coarse:min-h-8',
  md: 'h-8 gap-1.5 px-3 text-sm',
};

/** Classes of a button, for elements that must look like one without being one. */
export function buttonClass({ variant = 'secondary', size = 'md', className }: Look): string {
  return clsx(
    'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded border font-medium',
    'disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50',
    'focus-visible:outline-offset-1',
    VARIANTS[variant],
    SIZES[size],
    className,
  );
}

export type ButtonProps = ComponentProps<'button'> & Look & { busy?: boolean | undefined; icon?: ReactNode };

/**
 * `type` is "button" unless said otherwise. `busy` shows that the action runs and keeps it from being started twice; the
 * button keeps the focus meanwhile, which a disabled one would lose.
 */
export function Button({ variant, size, className, busy = false, icon, children, onClick, ...props }: ButtonProps) {
  return (
    <button
      type="button"
      {...props}
      onClick={busy ? doNothing : onClick}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      className={buttonClass({ variant, size, className })}
    >
      {busy ? <Spinner size={14} /> : icon}
      {children}
    </button>
  );
}

/** Nor does a form that the button would submit do anything. */
function doNothing(event: MouseEvent): void {
  event.preventDefault();
}

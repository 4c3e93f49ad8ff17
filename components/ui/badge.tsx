import clsx from 'clsx';
import type { ComponentProps } from 'react';

export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'danger';

const TONES: Record<Tone, string> = {
  neutral: 'bg-hover text-muted',
  accent: 'bg-accent-soft text-accent',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  danger: 'bg-danger-soft text-danger',
};

/** A word or two of state beside the thing they speak of. */
export function Badge({ tone = 'neutral', className, ...props }: ComponentProps<'span'> & { tone?: Tone }) {
  return (
    <span
      {...props}
      className={clsx(
        'inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded-sm px-1.5 font-medium text-xs',
        TONES[tone],
        className,
      )}
    />
  );
}

const DOTS: Record<Tone, string> = {
  neutral: 'bg-faint',
  accent: 'bg-accent',
  ok: 'bg-ok',
  warn: 'bg-warn',
  danger: 'bg-danger',
};

/** A point of colour; the words beside it say the same. */
export function StatusDot({ tone = 'neutral' }: { tone?: Tone }) {
  return <span aria-hidden="true" className={clsx('inline-block size-2 shrink-0 rounded-full', DOTS[tone])} />;
}

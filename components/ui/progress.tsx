import clsx from 'clsx';

type ProgressProps = {
  label: string;
  /** 0 to 1; null: how far it is cannot be known. */
  fraction: number | null;
  className?: string | undefined;
};

/** A bar that fills. It never guesses: without a fraction it only shows that something is running. */
export function Progress({ label, fraction, className }: ProgressProps) {
  const percent = fraction === null ? null : Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { 'aria-valuenow': percent })}
      className={clsx('h-1 overflow-hidden rounded-full bg-hover', className)}
    >
      <div
        className={clsx(
          'h-full rounded-full bg-accent',
          percent === null && 'motion-safe:animate-[shimmer_1.6s_infinite]',
        )}
        style={{ width: `${percent ?? 100}%` }}
      />
    </div>
  );
}

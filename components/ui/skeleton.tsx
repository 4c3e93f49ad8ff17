import clsx from 'clsx';

/** A grey place of the size of what will stand there. `className` gives that size. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'block motion-safe:animate-[shimmer_1.6s_ease-in-out_infinite] rounded bg-hover',
        className ?? 'h-4 w-full',
      )}
    />
  );
}

/** Says to screen readers that something is on its way, while skeletons say it to the eye. */
export function Loading({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div role="status" aria-busy="true">
      <span className="sr-only">{label}</span>
      {children}
    </div>
  );
}

import type { ReactNode } from 'react';

/** A key or chord, as printed on the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-4 shrink-0 items-center rounded-sm border border-line px-1 font-sans text-2xs text-muted">
      {children}
    </kbd>
  );
}

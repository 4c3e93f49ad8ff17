import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

/** A part of the form that most exports leave as it is; while closed, its title shows the current choice. */
export function Fold({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <details className="group rounded border border-line">
      <summary className="flex min-h-8 items-center px-2 text-sm hover:bg-hover">
        <ChevronRight size={14} aria-hidden="true" className="mr-1 shrink-0 text-muted group-open:rotate-90" />
        <span className="min-w-0">{title}</span>
      </summary>
      <div className="border-line border-t p-2">{children}</div>
    </details>
  );
}

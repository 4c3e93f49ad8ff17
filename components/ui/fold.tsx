import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

interface FoldProps {
  title: ReactNode;
  /** Called when it is opened or closed, for contents that cost a request. */
  onToggle?: (isOpen: boolean) => void;
  children: ReactNode;
}

/** A part of a form that most people leave as it is; while closed, its title shows the current choice. */
export function Fold({ title, onToggle, children }: FoldProps) {
  return (
    <details
      className="group rounded border border-line"
      onToggle={({ currentTarget }) => onToggle?.(currentTarget.open)}
    >
      <summary className="flex min-h-8 items-center px-2 text-sm hover:bg-hover">
        <ChevronRight size={14} aria-hidden="true" className="mr-1 shrink-0 text-muted group-open:rotate-90" />
        <span className="min-w-0">{title}</span>
      </summary>
      <div className="border-line border-t p-2">{children}</div>
    </details>
  );
}

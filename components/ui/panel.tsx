import clsx from 'clsx';
import { type ReactNode, useId } from 'react';

type PanelProps = {
  title: ReactNode;
  /** Small facts beside the title: source, age. */
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
  /** No padding: for a table that reaches the edges. */
  flush?: boolean;
};

/** A titled surface: one subject of a page. */
export function Panel({ title, note, actions, children, className, flush = false }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={clsx('min-w-0 rounded-md border border-line bg-surface', className)}>
      <header className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-1.5">
        <h2 id={id} className="font-semibold text-sm">
          {title}
        </h2>
        {note !== undefined && <div className="min-w-0 text-faint text-xs">{note}</div>}
        {actions !== undefined && <div className="ml-auto flex items-center gap-1">{actions}</div>}
      </header>
      <div className={flush ? 'min-w-0' : 'min-w-0 p-4'}>{children}</div>
    </section>
  );
}

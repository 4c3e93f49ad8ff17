import clsx from 'clsx';
import { Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { shown } from './shown';

type NoticeProps = {
  tone?: 'info' | 'warn';
  title?: ReactNode;
  children?: ReactNode;
  className?: string | undefined;
};

/** Something to know about what is shown, above all what is missing from it and why. */
export function Notice({ tone = 'info', title, children, className }: NoticeProps) {
  const Icon = tone === 'warn' ? TriangleAlert : Info;
  return (
    <div
      role="note"
      className={clsx(
        'flex gap-2 rounded-md px-3 py-2 text-sm',
        tone === 'warn' ? 'bg-warn-soft' : 'bg-accent-soft',
        className,
      )}
    >
      <Icon
        size={16}
        aria-hidden="true"
        className={clsx('mt-0.5 shrink-0', tone === 'warn' ? 'text-warn' : 'text-accent')}
      />
      <div className="min-w-0 flex-1 break-words">
        {title !== undefined && <p className="font-medium">{shown(title)}</p>}
        {shown(children)}
      </div>
    </div>
  );
}

/** The partial state: what is missing from a view, item by item. Renders nothing when nothing is missing. */
export function Gaps({ title = 'Some of this could not be read', gaps }: { title?: string; gaps: readonly string[] }) {
  if (gaps.length === 0) return null;
  return (
    <Notice tone="warn" title={title}>
      <ul className="text-muted">
        {gaps.map((gap) => (
          <li key={gap}>{shown(gap)}</li>
        ))}
      </ul>
    </Notice>
  );
}

import type { ReactNode } from 'react';
import { shown } from './shown';

type EmptyStateProps = {
  icon?: ReactNode;
  title: ReactNode;
  /** Why it is empty and what to do next. */
  children?: ReactNode;
  action?: ReactNode;
};

/** Nothing here, and that is known: never used for something that failed or is still loading. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-12 text-center">
      {icon !== undefined && <div className="text-faint">{icon}</div>}
      <p className="font-medium text-base">{shown(title)}</p>
      {children !== undefined && <div className="max-w-md text-muted text-sm">{children}</div>}
      {action !== undefined && <div className="mt-2">{action}</div>}
    </div>
  );
}

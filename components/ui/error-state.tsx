import clsx from 'clsx';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button';
import { shown } from './shown';

type ErrorStateProps = {
  /** What could not be done; left out where the place says it. */
  title?: ReactNode;
  /** What went wrong, in a person's words; left out where the title says it. */
  message?: ReactNode;
  hint?: ReactNode;
  /** The cause as the server reported it, one click away. */
  detail?: string | undefined;
  onRetry?: (() => void) | undefined;
  retrying?: boolean | undefined;
  className?: string | undefined;
  children?: ReactNode;
};

/** What went wrong, what to do, and the cause one click away. */
export function ErrorState({ title, message, hint, detail, onRetry, retrying, className, children }: ErrorStateProps) {
  return (
    <div
      role="alert"
      className={clsx('flex gap-3 rounded-md border border-danger/40 bg-danger-soft px-4 py-3 text-sm', className)}
    >
      <CircleAlert size={16} aria-hidden="true" className="mt-0.5 shrink-0 text-danger" />
      <div className="min-w-0 flex-1">
        {title !== undefined && <p className="break-words font-semibold">{shown(title)}</p>}
        {message !== undefined && <p className="break-words">{shown(message)}</p>}
        {hint !== undefined && <p className="break-words text-muted">{shown(hint)}</p>}
        {children}
        {detail !== undefined && detail !== '' && (
          <details className="mt-1">
            <summary className="w-fit text-muted text-xs hover:text-ink">Details</summary>
            <pre className="thin-scrollbar mt-1 max-h-60 overflow-auto whitespace-pre-wrap break-words rounded bg-surface p-2 text-xs">
              {shown(detail)}
            </pre>
          </details>
        )}
        {onRetry !== undefined && (
          <Button size="sm" className="mt-2" onClick={onRetry} busy={retrying}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}

'use client';

import clsx from 'clsx';
import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { shown } from './shown';
import { dismissToast, getToasts, type ShownToast, subscribeToasts } from './toasts';

const NONE: readonly ShownToast[] = [];

/** The one place for toasts. It is there before any of them, since screen readers announce only what changes. */
export function ToastRegion() {
  const toasts = useSyncExternalStore(subscribeToasts, getToasts, () => NONE);
  return <ToastList toasts={toasts} />;
}

/** Above the line that stands at the bottom of a page, and pressed through but for its buttons. */
export function ToastList({ toasts }: { toasts: readonly ShownToast[] }) {
  return (
    <div
      role="status"
      aria-label="Notices"
      className="pointer-events-none fixed inset-x-0 bottom-12 z-40 flex flex-col items-center gap-2 px-4"
    >
      {toasts.map((toast) => (
        <Line key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function Line({ toast: { id, text, tone = 'info', action } }: { toast: ShownToast }) {
  return (
    <div className="flex max-w-full items-center gap-2 rounded-md bg-raised py-1 pr-1 pl-3 text-sm shadow-float">
      <p className={clsx('min-w-0 break-words', tone === 'danger' && 'text-danger')}>{shown(text)}</p>
      {action !== undefined && (
        <button
          type="button"
          onClick={() => {
            dismissToast(id);
            action.run();
          }}
          className="pointer-events-auto inline-flex h-6 shrink-0 items-center rounded px-2 font-medium text-accent hover:bg-hover"
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        aria-label="Dismiss"
        onClick={() => dismissToast(id)}
        className="pointer-events-auto inline-flex size-6 shrink-0 items-center justify-center rounded text-muted hover:bg-hover hover:text-ink"
      >
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}

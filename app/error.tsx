'use client';

/**
 * The last resort: a page that could not be rendered. Failures that a view expects, it shows in place. This uses no
 * other component: it might be what broke, and every page would have to load it.
 */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="mx-auto w-full max-w-2xl p-6">
      <div role="alert" className="rounded-md border border-danger/40 bg-danger-soft px-4 py-3 text-sm">
        <p className="font-semibold">Something went wrong</p>
        <p>This page could not be shown because of a bug in Ringside. Nothing was changed in the cluster.</p>
        <p className="text-muted">Try again. If it happens again, report it with the details below.</p>
        <details className="mt-1">
          <summary className="w-fit text-muted text-xs hover:text-ink">Details</summary>
          <pre className="thin-scrollbar mt-1 max-h-60 overflow-auto whitespace-pre-wrap break-words rounded bg-surface p-2 text-xs">
            {[error.message, error.digest && `digest ${error.digest}`].filter(Boolean).join('\n')}
          </pre>
        </details>
        <button
          type="button"
          onClick={reset}
          className="mt-2 h-6 rounded border border-line-strong bg-surface px-2 font-medium text-ink text-xs hover:bg-hover focus-visible:outline-offset-1"
        >
          Try again
        </button>
      </div>
    </main>
  );
}

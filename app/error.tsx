'use client';

/**
 * The last resort: a page that could not be drawn. What a view expects to fail, it shows in its own place. This stands
 * on no other component, which might be what broke, and which every page would load for it.
 */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="mx-auto w-full max-w-2xl p-6">
      <div role="alert" className="rounded-md border border-danger/40 bg-danger-soft px-4 py-3 text-sm">
        <p className="font-semibold">This page broke</p>
        <p>Ringside made a mistake while drawing it. Nothing was changed in the cluster.</p>
        <p className="text-muted">Try again; if it stays, the details help to report it.</p>
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

'use client';

import { ErrorState } from '@/components/ui/error-state';

/** The last resort: a page that could not be drawn. What a view expects to fail, it shows in its own place. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="mx-auto w-full max-w-2xl p-6">
      <ErrorState
        title="This page broke"
        message="Ringside made a mistake while drawing it. Nothing was changed in the cluster."
        hint="Try again; if it stays, the details help to report it."
        detail={[error.message, error.digest && `digest ${error.digest}`].filter(Boolean).join('\n')}
        onRetry={reset}
      />
    </main>
  );
}

import type { Metadata } from 'next';
import { buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        icon={<Compass />}
        title="There is no page at this address"
        action={
          // Every page loads this one as well: an ordinary link keeps it small.
          <a href="/" className={buttonClass({ variant: 'primary' })}>
            Go to the first cluster
          </a>
        }
      >
        The link may be mistyped, or its cluster is not configured in this Ringside.
      </EmptyState>
    </main>
  );
}

/** Lucide's compass, drawn here: with the library, every page would load it twice. */
function Compass() {
  return (
    <svg
      width="32"
      height="32"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <circle cx="12" cy="12" r="10" />
      <path d="m16.24 7.76-1.804 5.411a2 2 0 0 1-1.265 1.265L7.76 16.24l1.804-5.411a2 2 0 0 1 1.265-1.265z" />
    </svg>
  );
}
